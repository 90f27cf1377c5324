"""See script/bench.d/cells."""

import argparse
import json
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
TOOL = HOME / ".build/kdbook/bin/kdbook"
PROGRAMS = HOME / "script/bench.d/cells-programs"
BETWEEN = "// ----\n"
# What ratios are to reach.
RUNNING, COMPILING = 1.1, 1.3
FEW, MANY = 10, 100


class Book:
    """A book in a folder of its own."""

    def __init__(self):
        self.root = Path(tempfile.mkdtemp(prefix="bench-cells-"))
        (self.root / "Notebooks").mkdir()

    def add(self, name, cells):
        (self.root / f"Notebooks/{name}.md").write_text("".join(f"```swift\n{cell.strip()}\n```\n\n" for cell in cells))

    def render(self, name):
        run(TOOL, "render", name, "--force", "--quiet", cwd=self.root)
        record = json.loads((self.root / f"Output/default/{name}/record.json").read_text())
        return "".join(display.get("text", "") for cell in record["cells"] for display in cell["displays"])

    def forget(self):
        shutil.rmtree(self.root / ".kdbook", ignore_errors=True)


def run(*command, cwd=None):
    done = subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, command))} ends with status {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def result(printed):
    """What a program printed, and how long it says that it took."""
    lines = printed.strip().split("\n")
    return lines[:-1], float(lines[-1].removeprefix("seconds "))


def running(book, path, runs):
    """The seconds that a program takes as cells and as one file, of each run."""
    name, text = path.stem, path.read_text()
    book.add(name, text.split(BETWEEN))
    source, program = book.root / f"{name}.swift", book.root / name
    source.write_text("import Foundation\n" + text)
    run("swiftc", "-swift-version", "6", "-O", "-module-name", "main", source, "-o", program)
    # The first run of a notebook compiles it.
    book.render(name)
    cells, one_file = [], []
    for _ in range(runs):
        (printed, seconds), (expected, reference) = result(book.render(name)), result(run(program))
        if printed != expected:
            raise SystemExit(f"{path.name}: as cells it prints {printed}, as one file {expected}")
        cells.append(seconds)
        one_file.append(reference)
    return cells, one_file


def small_cells(count):
    kinds = ["let value{0} = {0}.0\nprint(value{0} * 2)", "struct Part{0} {{ var n = {0} }}\nprint(Part{0}().n)",
             "func twice{0}(_ n: Int) -> Int {{ n * 2 }}\nprint(twice{0}({0}))",
             "let list{0} = [3, 1, {0}].sorted()\nprint(list{0}.map {{ $0 + 1 }})"]
    return [kinds[number % len(kinds)].format(number) for number in range(1, count + 1)]


def compiling(book, runs):
    """The seconds for each cell behind the first, of each run, in a notebook of few and one of many."""
    counts = [1, FEW, MANY]
    for count in counts:
        book.add(f"of-{count}", small_cells(count))
    times = {count: [] for count in counts}
    for _ in range(runs):
        for count in counts:
            book.forget()
            start = time.monotonic()
            book.render(f"of-{count}")
            times[count].append(time.monotonic() - start)
    first = statistics.median(times[1])
    return [[(seconds - first) / (count - 1) for seconds in times[count]] for count in (FEW, MANY)]


def tell(work, ours, reference, reach, results):
    ratio = statistics.median(ours) / statistics.median(reference)
    print(f"{work:<44} {statistics.median(ours):8.3f} s {statistics.median(reference):8.3f} s   ratio {ratio:.2f}"
          f"   (reach {reach}){'' if ratio <= reach else '   MISSED'}", flush=True)
    results.append({"work": work, "seconds": ours, "reference": reference, "ratio": ratio, "reach": reach})


def main():
    arguments = argparse.ArgumentParser(prog="script/bench.d/cells")
    arguments.add_argument("--runs", type=int, default=5, help="runs of each program, in turn")
    options = arguments.parse_args()
    book, results = Book(), []
    try:
        for path in sorted(PROGRAMS.glob("*.swift")):
            tell(f"{path.stem}: as cells, as one file", *running(book, path, options.runs), RUNNING, results)
        few, many = compiling(book, max(1, options.runs * 3 // 5))
        tell(f"a small cell compiled, of {MANY} and of {FEW}", many, few, COMPILING, results)
    finally:
        shutil.rmtree(book.root, ignore_errors=True)
    (HOME / ".build/bench/cells.json").write_text(json.dumps(results, indent=2) + "\n")


if __name__ == "__main__":
    main()
