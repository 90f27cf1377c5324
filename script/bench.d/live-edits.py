"""See script/bench.d/live."""

import argparse
import json
import statistics
import sys
import time
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "lib"))
from live import HOME, Book, Page, Server  # noqa: E402

FIRST, EDITED = 20, 10


def cell(code, *options):
    return "```swift\n" + "".join(f"//| {option}\n" for option in options) + code + "\n```\n\n"


def probe(expression):
    """Code that shows probe-NUMBER without reading so itself."""
    return f'print("probe-\\({expression})")'


def prose(number):
    cells = "".join(f"Cell {k} doubles a number.\n\n" + cell(f"let value{k} = {k}.0\nvalue{k} * 2")
                    for k in range(1, 21))
    return f"# Prose\n\nThis is probe-{number}.\n\n{cells}"


def training(seconds):
    def text(number):
        return "# Training\n\n" + cell(f"""
import Foundation
let digits = SyntheticDigits(seed: 1).training(count: 2000)
var net = Network(inputs: digits.pixelCount, seed: 1) {{
    Dense(200, activation: .relu)
    Dense(10)
}}
let end = Date().addingTimeInterval({seconds})
var epoch = 0
while Date() < end {{
    epoch += 1
    net.train(on: digits, optimizer: .adam(learningRate: 0.001), epochs: 1, batchSize: 50, seed: UInt64(epoch))
    progress("epoch \\(epoch)")
}}""") + "Now the net is there.\n\n" + cell(f"let weight = net.parameterCount > 0 ? {number} : 0\n" + probe("weight"))
    return text


def twenty(number):
    """Cell 10 sets a number that it and all later ones show, each in its way."""
    def code(k):
        if k < EDITED:
            return f"let value{k} = {k}"
        return f"let value{k} = " + (f"{number} + value{k - 1} - 9" if k == EDITED else f"value{k - 1} + 1") \
            + "\n" + probe(f"value{k}")
    return "# Twenty cells\n\n" + "".join(cell(code(k)) for k in range(1, 21))


def chart(number):
    return "# A chart\n\n" + cell("let heights = [1.0, 4, 9, 16]") + cell(
        'Chart("Squares", x: "number", y: "square") {\n    Line(y: heights)\n}', "label: fig-squares",
        f"fig-cap: This is probe-{number}.", "fig-alt: A line that rises.")


class Measurement:
    def __init__(self, work, reach, times):
        self.work, self.reach, self.times = work, reach, times

    def line(self):
        if any(time is None for time in self.times):
            return f"{self.work:<58} not shown after {self.times.count(None)} of {len(self.times)} edits"
        middle, worst = statistics.median(self.times), max(self.times)
        verdict = "" if middle <= self.reach else "   MISSED"
        return f"{self.work:<58} {middle:8.0f} ms {worst:8.0f} ms   (reach {self.reach} ms){verdict}"


def measure(page, book, name, text, runs, shows, limit):
    """Edits a notebook several times.

    text: the notebook's text, given a number.
    shows: for each measurement, which probe shows it, given the number.
    Returns the times of each measurement, and the cells that were at work."""
    number = 1000
    book.save(name, text(number))
    page.visit(name)
    if page.shown(shows[-1](number), seconds=limit) is None:
        raise RuntimeError(f"{name} does not show what it should; watch says:\n" + "".join(page.server.said[-40:]))
    page.settled()
    times, worked = [[] for _ in shows], set()
    for _ in range(runs):
        number += 1000
        page.events = []
        start = book.save(name, text(number))
        for which, result in zip(shows, times):
            end = page.shown(which(number), seconds=limit)
            result.append(None if end is None else end - start)
        page.settled(seconds=10)
        worked |= set(page.cells_at_work())
        time.sleep(0.2)
    return times, sorted(worked)


def main():
    arguments = argparse.ArgumentParser(prog="script/bench.d/live")
    arguments.add_argument("--runs", type=int, default=9, help="edits of each kind")
    arguments.add_argument("--training", type=float, default=30, help="seconds that the training cell takes")
    options = arguments.parse_args()
    book = Book(prose=prose(1000))
    server = page = None
    results = []

    def tell(work, reach, times):
        results.append(Measurement(work, reach, times))
        print(results[-1].line(), flush=True)

    try:
        server = Server(book.root)
        page = Page(server)
        print(f"{'from save to page':<58} {'median':>11} {'worst':>11}")
        whole = [lambda number: number]
        (times,), worked = measure(page, book, "prose", prose, options.runs, whole, 60)
        tell("prose in a notebook of twenty cells", 150, times)
        print(f"    cells at work: {worked or 'none'}")
        (first, last), worked = measure(page, book, "twenty", twenty, options.runs,
                                        [lambda number: number, lambda number: number + FIRST - EDITED], 60)
        tell("the tenth of twenty small cells: its own output", 700, first)
        tell("the tenth of twenty small cells: the last one's output", 2000, last)
        print(f"    cells at work: {worked}")
        (times,), worked = measure(page, book, "training", training(options.training), options.runs, whole,
                                   options.training * 4 + 60)
        tell(f"a small cell below one that trains for {options.training:g} s", 700, times)
        print(f"    cells at work: {worked}")
        (times,), worked = measure(page, book, "chart", chart, options.runs, whole, 60)
        tell("a chart's caption", 150, times)
        print(f"    cells at work: {worked or 'none'}" + ("   MISSED: no cell may run" if worked else ""))
    finally:
        if page:
            page.close()
        if server:
            server.end()
        book.remove()
    (HOME / ".build/bench/live.json").write_text(
        json.dumps([{"work": result.work, "milliseconds": result.times, "reach": result.reach} for result in results],
                   indent=2) + "\n")


if __name__ == "__main__":
    main()
