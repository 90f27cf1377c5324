#!/bin/sh
# numpy.load gives another array than the one asked for, where a .npz file has the names `a` and `a.npy`.
#
# Guess: numpy.savez keeps arrays by name, and numpy.load gives each back under its own; what `files` lists is what can be asked for.
#
# Seen with numpy 2.4.6: the file holds both arrays (`a.npy` and `a.npy.npy`), and `files` lists both names. But a name is first looked for
# among the names of the zip archive, ending included: asked for `a.npy`, it gives `a`, also through `items()`. There is no name that gives
# the second array, but `a.npy.npy`, which is not listed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet numpy==2.4.6
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import numpy

print("numpy", numpy.__version__)
numpy.savez("both.npz", **{"a": numpy.arange(2), "a.npy": numpy.arange(5)})
file = numpy.load("both.npz")
print("names:", file.files)
found = {name: array.tolist() for name, array in file.items()}
print("by name:", found)
print("under the name that is not listed:", file["a.npy.npy"].tolist())
seen = file.files == ["a", "a.npy"] and found["a.npy"] == [0, 1] and file["a.npy.npy"].tolist() == [0, 1, 2, 3, 4]
print("seen again" if seen else "this has changed")
sys.exit(not seen)
PYTHON
