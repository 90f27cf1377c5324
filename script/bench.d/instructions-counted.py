"""See script/bench.d/instructions."""

import argparse
import json
import os
import re
import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
TOOL = HOME / ".build/kdbook/bin/kdbook"
BENCH = HOME / ".build/optimised/release/kdbook-bench"
COUNTS = HOME / "script/bench.d/instructions-counts.json"
# How much more than its committed count a piece may take.
TOLERANCE = 0.03
COMPUTED = ["teacher", "student", "narrow", "linear", "logits", "chart"]


def count(command, folder, *options):
    """How many instructions a command takes in a folder, of which callgrind's options may choose a part."""
    environment = {key: os.environ[key] for key in ["HOME", "PATH"] if key in os.environ}
    environment |= {"KDBOOK_ISA": "avx2", "KDBOOK_THREADS": "1", "SWIFT_DETERMINISTIC_HASHING": "1", "LC_ALL": "C",
                    "LD_BIND_NOW": "1", "LD_PRELOAD": str(folder / "sigsuspend.so")}
    done = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *options, *command], cwd=folder,
                          env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    counted = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode != 0 or not counted or counted[1] == "0":
        raise SystemExit(f"{' '.join(map(str, command))} could not be counted:\n{done.stdout}{done.stderr}")
    return int(counted[1])


def notebook(number):
    """A notebook of prose, formulas, a table, options and cells, by its number alone."""
    parts = [f"---\ntitle: Counted {number}\nparameters:\n  rate: 0.{number + 1}\n---\n\n# Counted {number}\n"]
    for section in range(12):
        parts.append(
            f"## Section {section}\n\nA *teacher* gives $p_i = \\frac{{e^{{z_i/T}}}}{{\\sum_j e^{{z_j/T}}}}$ at $T = {section + 1}$,"
            f" see [the section](#section-{section}) and `value{section}`. " + "Words fill a paragraph. " * 12
            + f"\n\n| a | b |\n|---|---|\n| {section} | {number} |\n\n```swift\nlet value{section} = {section}.0 * rate\n"
            f"func twice{section}(_ x: Double) -> Double {{ 2 * x }}\ntwice{section}(value{section})\n```\n")
    return "\n".join(parts)


def without_debugging(program, folder):
    """A copy that valgrind can read: it gives up on what the compiler tells debuggers."""
    copy = folder / program.name
    subprocess.run(["strip", "--strip-debug", "-o", copy, program], check=True)
    return copy


def tool_pieces(folder):
    """A book of three notebooks, rendered, and the commands that are counted on it."""
    installation = folder / "installation"
    (installation / "bin").mkdir(parents=True)
    (installation / "lib").symlink_to(TOOL.parents[1] / "lib")
    tool = without_debugging(TOOL, installation / "bin")
    (folder / "Notebooks").mkdir()
    for number in range(3):
        (folder / f"Notebooks/counted-{number}.md").write_text(notebook(number))
    subprocess.run([tool, "render", "--quiet"], cwd=folder, check=True, stdin=subprocess.DEVNULL)
    return {"render, nothing changed": [tool, "render"], "parse": [tool, "list"], "tangle": [tool, "tangle", "counted-0"]}


def counts(wanted):
    folder = Path(tempfile.mkdtemp(prefix="bench-instructions-"))
    try:
        source = HOME / "script/bench.d/instructions-sigsuspend.c"
        subprocess.run(["clang", "-shared", "-fPIC", "-O1", "-o", folder / "sigsuspend.so", source], check=True)
        pieces = {}
        bench = without_debugging(BENCH, folder)
        for name in COMPUTED:
            pieces[name] = ([bench, "counted", name], folder, "--toggle-collect=*7counted*")
        if not wanted or not set(wanted) <= set(COMPUTED):
            pieces |= {name: (command, folder) for name, command in tool_pieces(folder).items()}
        unknown = set(wanted) - set(pieces)
        if unknown:
            raise SystemExit(f"script/bench.d/instructions: error: no piece {min(unknown)}; there are: {', '.join(pieces)}")
        with ThreadPoolExecutor(2) as pool:
            running = {name: pool.submit(count, *piece) for name, piece in pieces.items() if not wanted or name in wanted}
            return {name: result.result() for name, result in running.items()}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main():
    arguments = argparse.ArgumentParser(prog="script/bench.d/instructions")
    arguments.add_argument("--record", action="store_true", help="write the counts that later ones are compared with")
    arguments.add_argument("piece", nargs="*", help="what to count; all where none is named")
    options = arguments.parse_args()
    committed = json.loads(COUNTS.read_text()) if COUNTS.exists() else {}
    found = counts(options.piece)
    worse = []
    for name, number in found.items():
        before = committed.get(name)
        ratio = number / before if before else None
        if not options.record and (ratio is None or ratio > 1 + TOLERANCE):
            worse.append(name)
        print(f"{name:<26} {number:>15,}" + (f"   {ratio:.3f} of the committed" if ratio else "   nothing committed")
              + ("   WORSE" if name in worse else ""))
    if options.record:
        COUNTS.write_text(json.dumps(committed | found, indent=2, sort_keys=True) + "\n")
    elif worse:
        raise SystemExit(f"script/bench.d/instructions: error: {', '.join(worse)}: more than 3 % above the committed counts;"
                         " where that is meant, run script/bench.d/instructions --record and commit the file")


if __name__ == "__main__":
    main()
