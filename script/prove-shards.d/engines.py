"""Has an engine carry out a small book's experiments in parts, and ends some of them: script/prove-shards has the words on it."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOOL = HERE.parents[1] / ".build/kdbook/bin/kdbook"
NOTEBOOK = "small"


class Book:
    """The small book in a folder of its own."""

    def __init__(self, folder):
        self.folder = folder
        (folder / "Notebooks").mkdir(parents=True)
        shutil.copy(HERE / "small.md", folder / "Notebooks")

    def kdbook(self, *arguments, **settings):
        return subprocess.run([TOOL, *arguments], cwd=self.folder, check=True, text=True, stdout=subprocess.PIPE, **settings).stdout

    def rendered(self):
        """The record, rendered from what the parts left; nothing may be missing."""
        left = self.kdbook("run-experiment", NOTEBOOK, "--shard", "0/1", "--results", "results")
        assert "every run is in the results folder" in left, left
        self.kdbook("render", NOTEBOOK, "--results", "results")
        return (self.folder / f"Output/default/{NOTEBOOK}/record.json").read_bytes()

    def results(self):
        return {file.name: file.read_bytes() for file in (self.folder / "results").glob("*.json")}


def parts(of):
    """The processes that carry out a part of a book: their numbers, and which part."""
    found = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                words = Path(f"/proc/{entry}/cmdline").read_bytes().decode(errors="replace").split("\0")
                place = os.readlink(f"/proc/{entry}/cwd")
            except OSError:
                continue
            if words[1:3] == ["run-experiment", NOTEBOOK] and place == str(of.folder):
                shard = words[words.index("--shard") + 1]
                if not shard.startswith("0/"):
                    found[int(entry)] = shard
    return found


def kill_a_part(book, within):
    """Ends a part that is at its runs, as a machine that breaks down would."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        for process, shard in parts(book).items():
            if book.results():
                os.kill(process, signal.SIGKILL)
                return shard
        time.sleep(0.02)
    sys.exit("script/prove-shards: error: no part was at work that could be killed")


def alone(folder):
    """The record of a machine that carries out all by itself, and what the runs come to."""
    book = Book(folder)
    book.kdbook("render", NOTEBOOK)
    record = (book.folder / f"Output/default/{NOTEBOOK}/record.json").read_bytes()
    book.kdbook("run-experiment", NOTEBOOK, "--results", "results")
    return record, book.results()


def check(book, whole, words):
    assert book.rendered() == whole[0], "the record is another one"
    assert book.results() == whole[1], "the results are others"
    print(f"{words}: {len(whole[1])} runs and the record are the same, byte for byte", flush=True)


def snakemake(folder, program):
    whole = alone(folder / "alone")
    engine = {**os.environ, "PATH": f"{Path(program).parent}:{os.environ['PATH']}"}

    book = Book(folder / "killed-part")
    book.kdbook("run-experiment", NOTEBOOK, "--shards", "3", "--results", "results", "--snakemake", "Snakefile")
    log = (folder / "log").open("w")
    command = [program, "--cores", "2", "--snakefile", "Snakefile", "--config", f"kdbook={TOOL}"]
    running = subprocess.Popen(command, cwd=book.folder, stdout=log, stderr=log, env=engine)
    shard = kill_a_part(book, 120)
    assert running.wait(600) == 0, (folder / "log").read_text()
    assert re.search(r"(?i)attempt|retry|Trying to restart", (folder / "log").read_text()), (folder / "log").read_text()
    check(book, whole, f"Snakemake, two workers, part {shard} killed and tried again")
    again = subprocess.run(command, cwd=book.folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=engine)
    assert again.returncode == 0 and "Nothing to be done" in again.stdout, again.stdout
    check(book, whole, "the same workflow again, which has nothing to do")

    book = Book(folder / "killed-engine")
    running = subprocess.Popen([TOOL, "render", NOTEBOOK, "--shards", "3", "--results", "results"], cwd=book.folder, stdout=log,
                               stderr=log, env=engine)
    kill_a_part(book, 120)
    running.send_signal(signal.SIGINT)
    running.wait(60)
    assert not parts(book), "kdbook left a part behind"
    book.kdbook("render", NOTEBOOK, "--shards", "3", "--results", "results", env=engine, stderr=log)
    check(book, whole, "kdbook render --shards, interrupted and given again")


def twice(folder):
    whole = alone(folder / "whole")
    book = Book(folder / "twice")
    for _ in range(2):
        command = [TOOL, "run-experiment", NOTEBOOK, "--results", "results", "--shard"]
        running = [subprocess.Popen([*command, part], cwd=book.folder, stdout=subprocess.DEVNULL)
                   for part in ("1/2", "1/2", "2/2")]
        assert [process.wait(600) for process in running] == [0, 0, 0]
    check(book, whole, "a part that was carried out twice at once")


def slurm(folder):
    whole = alone(folder / "alone")
    book = Book(folder / "slurm")
    shutil.copy(HERE / "experiment.sh", book.folder)
    environment = {**os.environ, "KDBOOK": str(TOOL), "NOTEBOOK": NOTEBOOK}

    def submitted():
        return subprocess.Popen(["sbatch", "--wait", "experiment.sh"], cwd=book.folder, env=environment, text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    first = submitted()
    shard = kill_a_part(book, 300)
    said, _ = first.communicate(timeout=600)
    assert first.returncode != 0, said
    rounds = 1
    while "every run" not in book.kdbook("run-experiment", NOTEBOOK, "--shard", "0/1", "--results", "results"):
        job = submitted()
        said, _ = job.communicate(timeout=600)
        assert job.returncode == 0, said + "".join(file.read_text() for file in book.folder.glob("slurm-*.out"))
        rounds += 1
    check(book, whole, f"Slurm, an array of three tasks, {rounds} times, part {shard} killed the first time")


if __name__ == "__main__":
    {"snakemake": snakemake, "twice": twice, "slurm": slurm}[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])
