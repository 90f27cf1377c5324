"""Compares what a program did as one file with what it did as cells."""

import difflib
import re

# One file names its module, and where in the memory what is local to a function was described; kdbook prints plain names.
MODULE = re.compile(r"\(extension in main\):|\bmain\.")
LOCAL = re.compile(r"\(unknown context at \$[0-9a-f]+\)\.?")


def plain(text):
    return LOCAL.sub("", MODULE.sub("", text))


def difference(one_file, notebook):
    """Words for how two outcomes differ, or nothing. The first line is the kind of difference."""
    if notebook.failure:
        return f"fails: {notebook.gist}\n{notebook.failure.strip()}"
    expected, found = plain(one_file.printed), plain(notebook.printed)
    if expected == found:
        return ""
    lines = difflib.unified_diff(expected.split("\n"), found.split("\n"), "one file", "cells", n=1, lineterm="")
    return "prints another text\n" + "\n".join(lines)


def kind(words):
    """What stays the same of a difference while a program is reduced."""
    return re.sub(r"\d+x\d+|\d+", "", words.split("\n")[0])
