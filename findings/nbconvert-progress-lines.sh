#!/bin/sh
# A progress bar in a notebook means four things in four of nbconvert's exporters.
#
# Guess: what a training loop prints with carriage returns ("10 %", back to the line's start, "50 %", ..., "done") stands on
# every export as on a terminal and in JupyterLab, "done" alone; and colours are either shown or taken out.
#
# Seen with nbconvert 7.17.2 (nbformat 5.11.1):
# - HTML hands the carriage returns on, which HTML reads as line ends: three lines;
# - LaTeX joins the states with spaces: "10 % 50 % done";
# - reStructuredText keeps the last state: "done";
# - Markdown hands the carriage returns on.
# Markdown and reStructuredText hand escape sequences for colours on, too, although HTML and LaTeX make colours of them.
# So whoever reads a log from an export must know by which exporter it was made; interpret the output before it is stored.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet nbconvert==7.17.2 nbformat==5.11.1
"$folder/venv/bin/python" - <<'PYTHON'
import re
import sys

import nbconvert
from nbformat.v4 import new_code_cell, new_notebook, new_output


def exported(text, exporter):
    """What stands on an export for a cell that printed `text`."""
    output = new_output("stream", name="stdout", text=text)
    notebook = new_notebook(cells=[new_code_cell("train()", outputs=[output])])
    body = exporter().from_notebook_node(notebook)[0]
    if exporter is nbconvert.HTMLExporter:
        return re.findall(r"<pre>(.*?)</pre>", body, re.S)[-1].strip("\n")
    if exporter is nbconvert.LatexExporter:
        return re.findall(r"\\begin\{Verbatim\}\[.*?\]\n(.*?)\n *\\end\{Verbatim\}", body, re.S)[-1]
    return body.rstrip("\n").split("\n\n")[-1].strip(" \n")


progress, colour = "10 %\r50 %\rdone\n", "\x1b[31mloss\x1b[0m\n"
seen = {
    "HTML, progress": (exported(progress, nbconvert.HTMLExporter), "10 %\r50 %\rdone"),
    "LaTeX, progress": (exported(progress, nbconvert.LatexExporter), r"10 \% 50 \% done"),
    "reStructuredText, progress": (exported(progress, nbconvert.RSTExporter), "done"),
    "Markdown, progress": (exported(progress, nbconvert.MarkdownExporter), "10 %\r50 %\rdone"),
    "HTML, colour": (exported(colour, nbconvert.HTMLExporter), '<span class="ansi-red-fg">loss</span>'),
    "LaTeX, colour": (exported(colour, nbconvert.LatexExporter), r"\textcolor{ansi-red}{loss}"),
    "reStructuredText, colour": (exported(colour, nbconvert.RSTExporter), "\x1b[31mloss\x1b[0m"),
    "Markdown, colour": (exported(colour, nbconvert.MarkdownExporter), "\x1b[31mloss\x1b[0m"),
}
for name, (value, expected) in seen.items():
    print(f"{name}: {value!r}" + ("" if value == expected else f"  (was {expected!r})"))
sys.exit(any(value != expected for value, expected in seen.values()))
PYTHON
