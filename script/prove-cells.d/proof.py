"""Compares batches of programs, finds those that differ, and has them reduced."""

import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import compare
import cut
from reduce import Reducer
from run import Workshop

# How many programs of a hundred one file may reject: more, and the grammar is wrong.
REJECTED = 2
# How many programs that fail with the same words are reduced.
ALIKE = 2


@dataclass
class Finding:
    """A difference, and the smallest program found that shows it."""
    words: str
    cells: list
    seeds: list = field(default_factory=list)

    def told(self):
        cells = "\n\n".join(f"```swift\n{cell}\n```" for cell in self.cells)
        return f"\n== seed {', '.join(map(str, self.seeds))}: {self.words.strip()}\n\n{cells}\n"


class Proof:
    def __init__(self, cuts, keep=None, most=20, workshop=Workshop):
        """most: how many programs are reduced. workshop: makes what a thread runs programs with."""
        self.cuts, self.keep, self.most, self.make_workshop = cuts, keep, most, workshop
        self.findings, self.rejected, self.unreduced, self.alike = [], [], [], {}
        self.done, self.cells, self.reductions = 0, 0, 0
        self.lock, self.thread, self.workshops = threading.Lock(), threading.local(), []

    @property
    def workshop(self):
        """Each thread has its own."""
        if not hasattr(self.thread, "workshop"):
            self.thread.workshop = self.make_workshop()
            self.workshops.append(self.thread.workshop)
        return self.thread.workshop

    def run(self, batches, jobs):
        total = sum(map(len, batches))
        pool = ThreadPoolExecutor(jobs)
        try:
            for size in pool.map(self.prove, batches):
                self.done += size
                say(f"{self.done} of {total} programs")
        finally:
            for workshop in self.workshops:
                workshop.is_open = False
            pool.shutdown(cancel_futures=True)
            for workshop in self.workshops:
                workshop.remove()

    def prove(self, programs):
        size = len(programs)
        rejected = sum(culprits(programs, self.is_rejected), [])
        self.rejected += [program.seed for program in rejected]
        programs = [program for program in programs if program not in rejected]
        for name in self.cuts:
            # Once it is seen to differ, a program has been heard.
            for group in culprits(programs, lambda some: self.differs(some, name)):
                programs = [program for program in programs if program not in group]
                self.reduce(group, name)
        return size

    def is_rejected(self, programs):
        text = "\n".join(cut.side_by_side(programs))
        failure = self.workshop.one_file(text).failure
        if failure and len(programs) == 1:
            self.store(f"{programs[0].seed}-rejected.swift", f"{text}\n/*\n{failure}\n*/\n")
        return bool(failure)

    def differs(self, programs, name):
        cells = cut.cells(cut.side_by_side(programs), name, programs[0].seed)
        self.cells += len(cells)
        return bool(self.difference(cells))

    def difference(self, cells):
        one_file = self.workshop.one_file("\n".join(cells))
        return "" if one_file.failure else compare.difference(one_file, self.workshop.notebook(cells))

    def reduce(self, programs, name):
        """Reduces what differs, unless enough of its kind was."""
        steps = cut.side_by_side(programs)
        cells, seeds = cut.cells(steps, name, programs[0].seed), [program.seed for program in programs]
        words = self.difference(cells)
        kind = compare.kind(words)
        label = f"{'-'.join(map(str, seeds))}-{name}"
        self.store(f"{label}.md", notebook(cells))
        self.store(f"{seeds[0]}.swift", "\n".join(steps) + "\n")
        with self.lock:
            self.alike[kind] = self.alike.get(kind, 0) + 1
            if self.reductions == self.most or words.startswith("fails") and self.alike[kind] > ALIKE:
                self.unreduced += seeds
                return
            self.reductions += 1
        say(f"seeds {', '.join(map(str, seeds))}, {name}: {(words.splitlines() or ['it says nothing'])[0]}; reducing")
        reducer = Reducer(lambda some: compare.kind(self.difference(some)) == kind)
        reduced = reducer.reduced(steps if reducer.accepts([step.split("\n") for step in steps]) else cells)
        self.tell(Finding(self.difference(reduced), reduced, seeds))

    def tell(self, finding):
        with self.lock:
            for known in self.findings:
                if known.cells == finding.cells:
                    known.seeds += finding.seeds
                    return
            self.findings.append(finding)
            print(finding.told(), flush=True)
        self.store(f"{finding.seeds[0]}-reduced.md", notebook(finding.cells))

    def store(self, name, text):
        if self.keep:
            self.keep.mkdir(parents=True, exist_ok=True)
            (self.keep / name).write_text(text)

    def are_too_many_rejected(self, total):
        return len(self.rejected) * 100 > REJECTED * total

    def summary(self, total):
        differ = [seed for finding in self.findings for seed in finding.seeds] + self.unreduced
        words = f"{total} programs in {self.cells} cells: {len(differ)} differ"
        if self.unreduced:
            words += f" (not reduced: {', '.join(map(str, sorted(self.unreduced)))})"
        if self.rejected:
            words += f"; one file rejects {', '.join(map(str, sorted(self.rejected)))}"
        return words


def notebook(cells):
    return "".join(f"```swift\n{cell}\n```\n\n" for cell in cells)


def culprits(programs, is_wrong):
    """The smallest parts of programs that are wrong, found by halves: mostly single programs."""
    if not programs or not is_wrong(programs):
        return []
    if len(programs) == 1:
        return [programs]
    middle = len(programs) // 2
    return culprits(programs[:middle], is_wrong) + culprits(programs[middle:], is_wrong) or [programs]


def say(words):
    """Progress goes to the terminal alone."""
    print(words, file=sys.stderr, flush=True)
