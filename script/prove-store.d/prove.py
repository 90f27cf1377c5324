"""What a shared store promises, tried: see script/prove-store."""

import argparse
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

import attacks
import forgeries
import https
from book import Machine, Place

FAILURES = []


def check(holds, words):
    if not holds:
        FAILURES.append(words)
        print(f"FAILED: {words}", flush=True)


def killed(command, folder, after):
    """Runs a command and kills it after some seconds; tells whether it was killed."""
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        process.wait(after)
        return False
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return True


def took(run):
    began = time.monotonic()
    run()
    return time.monotonic() - began


def kills(tool, work, rounds, chance):
    """Kills pushes and pulls; what is left must be whole, and enough for the next."""
    author = Machine(tool, work, "author")
    author.render()
    wholly = Place(work / "whole")
    push_time = took(lambda: author.push(wholly))
    reader = Machine(tool, work, "timed")
    pull_time = took(lambda: reader.pull(wholly))
    place, count, ends = Place(work / "killed"), 0, 0
    reader = Machine(tool, work, "reader")
    while count < rounds:
        pushes = chance.random() < 0.5
        if chance.random() < 0.3:
            (place if pushes else reader).forget()
        machine, command = (author, author.push_command(place)) if pushes else (reader, reader.pull_command(wholly))
        count += killed(command, machine.folder, chance.uniform(0, (push_time if pushes else pull_time) * 1.1))
        for words in place.damage() + reader.damage():
            check(False, f"after kill {count}: {words}")
        if chance.random() < 0.1:
            ends += 1
            check(author.push(place).returncode == 0, f"the push behind kill {count} ends")
            check(set(place.objects()) == set(wholly.objects()), f"the push behind kill {count} gives all")
            check(reader.pull(place).returncode == 0, f"the pull behind kill {count} ends")
            check("page only" in reader.render(), f"the render behind kill {count} runs nothing")
            check(reader.records() == author.records(), f"the records behind kill {count} are the same")
            reader.remove_pages()
    print(f"{count} kills of push and pull, {ends} times brought to an end", flush=True)


def pairs(tool, work, rounds):
    """Two machines with other notebooks push at once."""
    machines = [Machine(tool, work, name, notebooks={name: f"```swift\nlet number = {index}\nnumber\n```\n"})
                for index, name in enumerate(["east", "west"])]
    for machine in machines:
        machine.render()
    for index in range(rounds):
        place = Place(work / f"pair{index}")
        processes = [subprocess.Popen(machine.push_command(place), cwd=machine.folder, stdout=subprocess.DEVNULL)
                     for machine in machines]
        check(all(process.wait() == 0 for process in processes), "both pushes end")
        check(len(place.manifests()) == 2 and set(place.index()) == set(place.manifests()), "the index has both")
        for machine in machines:
            reader = Machine(tool, work, f"{machine.name}{index}", notebooks=machine.notebooks)
            check(reader.pull(place).returncode == 0, "what both pushed is pulled")
            check("page only" in reader.render(), f"what {machine.name} pushed is there")
    print(f"{rounds} times two pushes at once", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tool", type=pathlib.Path)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--pairs", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    # A signal ends it as an error does, so that the temporary folder goes.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    tool, chance = options.tool.resolve(), random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="kdbook-store-") as folder:
        work = pathlib.Path(folder).resolve()
        kills(tool, work, options.kills, chance)
        pairs(tool, work, options.pairs)
        attacks.run(tool, work, check)
        https.run(tool, work, check)
        forgeries.run(tool, work, check)
    if FAILURES:
        sys.exit(f"{len(FAILURES)} of what is promised does not hold (--seed {options.seed})")
    print(f"all that is promised holds (--seed {options.seed})")


main()
