#!/bin/sh
# conllu reads a treebank and writes less: values behind a second '=' and repeated comments are gone.
#
# Guess: parse(text)[0].serialize() gives back a sentence that is valid CoNLL-U, up to white space.
#
# Seen with conllu 6.0.0: a MISC entry is cut at its second '=', so that Gloss=dog=SG becomes Gloss=dog; of comments with one key only
# the last is kept. Nothing is said. pyconll 3.3.1 keeps the whole value, and the last comment only, too.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet conllu==6.0.0
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import conllu

rows = [
    "# sent_id = 1",
    "# text = Hunde bellen",
    "# annotator = first pass",
    "# annotator = second pass",
    "1\tHunde\tHund\tNOUN\t_\tNumber=Plur\t2\tnsubj\t_\tGloss=dog=PL",
    "2\tbellen\tbellen\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No",
]
text = "\n".join(rows) + "\n\n"
written = conllu.parse(text)[0].serialize().splitlines()
lost = [row for row in rows if row not in written]
for row in lost:
    print("not written:", row)
for row in written:
    if row and row not in rows:
        print("in its place:", row)
seen = lost == [rows[2], rows[4]] and rows[4][: -len("=PL")] in written
print("seen again" if seen else "this has changed")
sys.exit(not seen)
PYTHON
