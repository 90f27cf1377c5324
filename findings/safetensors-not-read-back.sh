#!/bin/sh
# safetensors for NumPy writes types that it does not read back, and its two readers differ in which.
#
# Guess: what safetensors.numpy.save_file accepts, load_file gives back in its type, and load(bytes) gives the same as load_file.
#
# Seen with safetensors 0.8.0 (numpy 2.4.6, ml_dtypes 0.6.0): save_file takes ml_dtypes' bfloat16 and 8-bit numbers without a word. load_file
# gives bfloat16 back and fails at the 8-bit ones with an AttributeError about numpy; load fails at both with a KeyError that names
# the type only. One such tensor keeps all others of its file back.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet safetensors==0.8.0 numpy==2.4.6 ml_dtypes==0.6.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import ml_dtypes
import numpy
import safetensors
from safetensors.numpy import load, load_file, save_file


def attempt(read):
    try:
        return "read" if len(read()) == 2 else "other"
    except Exception as error:
        return f"{type(error).__name__}: {error}"


found = {}
for name in ["bfloat16", "float8_e4m3fn", "float8_e8m0fnu"]:
    array = numpy.arange(4).astype(getattr(ml_dtypes, name))
    save_file({"a": array, "b": numpy.zeros(3, "f4")}, "x.safetensors")
    with open("x.safetensors", "rb") as file:
        content = file.read()
    found[name] = [attempt(lambda: load_file("x.safetensors")), attempt(lambda: load(content))]
print("safetensors", safetensors.__version__)
for name, (of_file, of_bytes) in found.items():
    print(f"{name:16} load_file: {of_file:72} load: {of_bytes}")
kinds = {name: [outcome.split(":")[0] for outcome in pair] for name, pair in found.items()}
seen = kinds == {
    "bfloat16": ["read", "KeyError"],
    "float8_e4m3fn": ["AttributeError", "KeyError"],
    "float8_e8m0fnu": ["AttributeError", "KeyError"],
}
print("seen again" if seen else "this has changed")
sys.exit(not seen)
PYTHON
