"""Changes a crate here and there, and asks `kdbook verify` what became of it: see script/prove-crate."""

import hashlib
import re
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

METADATA = "ro-crate-metadata.json"


class Crate:
    """A crate as a folder, whose files may be changed."""

    def __init__(self, folder):
        self.folder = folder

    def copy(self, folder):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.folder, folder)
        return Crate(folder)

    def paths(self, pattern):
        return [str(path.relative_to(self.folder)) for path in sorted(self.folder.glob(pattern))]

    def text(self, path):
        return (self.folder / path).read_text()

    def change(self, path, make, is_sealed):
        """Changes a file's bytes; with `is_sealed`, the digest that the metadata states of it, too."""
        file = self.folder / path
        before = file.read_bytes()
        after = make(before)
        assert after != before, f"nothing was changed in {path}"
        file.write_bytes(after)
        if is_sealed:
            metadata = self.folder / METADATA
            old, new = (hashlib.sha256(content).hexdigest() for content in (before, after))
            assert old in metadata.read_text(), f"the metadata states no digest of {path}"
            metadata.write_text(metadata.read_text().replace(old, new))


class Change:
    """What is changed in a file, and the words by which it is found where its digest was made to fit."""

    def __init__(self, what, path, make, words, needs_running=False):
        self.what, self.path, self.make, self.words, self.needs_running = what, path, make, words, needs_running


def replaced(old, new):
    return lambda content: content.replace(old.encode(), new.encode(), 1)


def flipped(content):
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1:]


def first(crate, pattern, found):
    """The first file whose text has what a pattern finds, and what that is."""
    for path in crate.paths(pattern):
        match = re.search(found, crate.text(path))
        if match:
            return path, match
    sys.exit(f"script/prove-crate: error: no {pattern} of the crate has {found}")


def changes(crate):
    records = "Output/default/*/record.json"
    picture = crate.paths("Output/default/**/*.png")[0]
    printed, number = first(crate, records, r'("text" : "[^"\n]*?\d\.\d*)([1-8])(?!\d)')
    decided, claim = first(
        crate, records, r'"id" : "(\w+)",[^{}]*\{[^{}]*\},\s+"tolerance" : [^\n]*,\s+"verdict" : "supported"')
    ruled, rule = first(crate, records, r'"path" : "(Notebooks/rules/\w+\.json)",\s+"sha256" : "(\w+)"')
    _, data = first(crate, records, r'"path" : "(Data/[^"]+)",\s+"sha256" : "(\w+)"')
    notebook = f"Notebooks/{Path(printed).parent.name}.md"
    return [
        Change("a number of a record", printed, replaced(number[0], f"{number[1]}{int(number[2]) + 1}"),
               rf"{re.escape(notebook)}:\d+: .*: different: .*: recorded .*, now ", needs_running=True),
        Change("a byte of a picture", picture, flipped, rf"{re.escape(picture)}: different: "),
        Change("the verdict of a claim", decided, replaced(claim[0], claim[0][:-len('supported"')] + 'refuted"'),
               rf"{re.escape(decided)}: claim {claim[1]}: different: verdict: recorded refuted, derived supported"),
        Change("an input", data[1], lambda content: content.replace(b"1", b"2", 1),
               rf"input {re.escape(data[1])}: different: recorded SHA-256 {data[2][:12]}"),
        Change("a rule", rule[1], lambda content: content + b"\n",
               rf"rule {re.escape(rule[1])}: different: recorded SHA-256 {rule[2][:12]}"),
        Change("the digest of a rule", ruled, replaced(rule[2], rule[2][::-1]),
               rf"rule {re.escape(rule[1])}: different: recorded SHA-256 {rule[2][::-1][:12]}"),
    ]


class Verifier:
    def __init__(self, tool, folder):
        self.tool, self.folder, self.failures = tool, folder, 0

    def check(self, holds, words):
        if not holds:
            self.failures += 1
            print(f"FAILED: {words}", flush=True)

    def verify(self, bundle, *options):
        began = time.monotonic()
        done = subprocess.run([self.tool, "verify", bundle, *options], cwd=self.folder, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        last = done.stdout.rstrip().split("\n")[-1]
        print(f"{last}  ({time.monotonic() - began:.1f} s)", flush=True)
        return done.returncode, done.stdout

    def whole(self, *options):
        """The crate as packed: all is exact, but what reads published data, which a crate only describes."""
        status, said = self.verify("book.zip", *options)
        others = [line for line in said.split("\n")[:-2]
                  if not line.endswith("is not in the bundle") and line != "cells: not verified: nothing was run"]
        self.check(status in (0, 3) and not others, "\n".join(others[:20]))

    def one(self, crate, change):
        print(f"== {change.what}: {change.path}", flush=True)
        for is_sealed in (False, True):
            if is_sealed and change.needs_running:
                continue
            copy = crate.copy(self.folder / "changed")
            copy.change(change.path, change.make, is_sealed)
            status, said = self.verify("changed", "--without-running")
            differences = [line for line in said.split("\n") if ": different: " in line]
            words = change.words if is_sealed else rf"^{re.escape(change.path)}: different: stated SHA-256 "
            self.check(status == 1 and any(re.search(words, line) for line in differences), f"{words}: {differences}")

    def all_at_once(self, crate, changes):
        print("== all of these at once, run again", flush=True)
        copy = crate.copy(self.folder / "changed")
        for change in changes:
            copy.change(change.path, change.make, True)
        status, said = self.verify("changed")
        differences = "\n".join(line for line in said.split("\n") if ": different: " in line)
        for change in changes:
            self.check(status == 1 and re.search(change.words, differences), f"{change.words}: {differences}")


def main():
    folder, options = Path(sys.argv[1]).resolve(), sys.argv[2:]
    zipfile.ZipFile(folder / "book.zip").extractall(folder / "crate")
    crate = Crate(folder / "crate")
    verifier = Verifier(folder / "kdbook/bin/kdbook", folder)
    verifier.whole("--without-running")
    if "--running" in options:
        verifier.whole()
    tried = changes(crate)
    for change in tried:
        verifier.one(crate, change)
    if "--running" in options:
        # A rule that is changed and whose digest is changed differ by one line.
        verifier.all_at_once(crate, [change for change in tried if change.what != "a rule"])
    if verifier.failures:
        sys.exit(f"script/prove-crate: error: {verifier.failures} of what is promised does not hold")
    print(f"{len(tried)} changes, each found and named")


main()
