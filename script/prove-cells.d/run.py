"""Runs Swift text as one file and as a notebook's cells. Either gives an `Outcome`."""

import json
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
TOOL = HOME / ".build/kdbook/bin/kdbook"
# Beyond this a run hangs, in seconds. All but the largest take a few.
PATIENCE = 300
# A cell has Foundation without asking for it.
HEAD = "import Foundation\n"


@dataclass(frozen=True)
class Outcome:
    """What a program printed, or, where it did not come to its end, what was said of that."""
    printed: str = ""
    failure: str = ""

    @property
    def gist(self):
        """The first error: that by which one failure is told from another."""
        lines = [line for line in self.failure.split("\n") if "error: " in line]
        return lines[0].split("error: ", 1)[1] if lines else self.failure.strip().split("\n")[0]


class Workshop:
    """A folder for one-file programs and for a book. Its user is one thread."""

    def __init__(self):
        self.root = Path(tempfile.mkdtemp(prefix="prove-cells-"))
        self.notebooks = self.root / "Notebooks"
        self.notebooks.mkdir()
        self.known = {}
        self.is_open = True

    def one_file(self, text):
        """Each text is run once."""
        if text not in self.known:
            self.known[text] = self.compiled(text)
        return self.known[text]

    def compiled(self, text):
        source, program = self.root / "main.swift", self.root / "program"
        source.write_text(HEAD + text + "\n")
        program.unlink(missing_ok=True)
        status, _, said = self.call("swiftc", "-swift-version", "6", "-O", "-module-name", "main", source, "-o", program)
        if status != 0:
            return Outcome(failure=said or f"swiftc ended with status {status}")
        status, printed, said = self.call(program)
        return Outcome(printed) if status == 0 else Outcome(failure=f"error: status {status} of the program\n{said}")

    def notebook(self, cells):
        for old in self.notebooks.iterdir():
            old.unlink()
        shutil.rmtree(self.root / "Output", ignore_errors=True)
        (self.notebooks / "program.md").write_text("".join(f"```swift\n{cell}\n```\n\n" for cell in cells))
        status, printed, said = self.call(TOOL, "render", "--force", "--quiet", "--jobs", "1", "program")
        record = self.root / "Output/default/program/record.json"
        if status != 0 or not record.exists():
            return Outcome(failure=printed + said or f"kdbook ended with status {status}")
        return Outcome("".join(display.get("text", "") for cell in json.loads(record.read_text())["cells"]
                               for display in cell["displays"]))

    def call(self, *command):
        if not self.is_open:
            raise InterruptedError("the proof was ended")
        try:
            done = subprocess.run(command, cwd=self.root, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                                  errors="replace", timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            return None, "", f"error: no end after {PATIENCE} seconds"
        return done.returncode, done.stdout, done.stderr

    def remove(self):
        shutil.rmtree(self.root, ignore_errors=True)
