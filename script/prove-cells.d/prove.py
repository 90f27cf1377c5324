"""See script/prove-cells."""

import argparse
import os
import random
import signal
import sys
import time
from pathlib import Path

import cut
import grammar
from proof import Proof

# How many programs are compiled together: more cost less each, fewer are found sooner where one differs.
BATCH = 13


def options():
    parser = argparse.ArgumentParser(prog="script/prove-cells", add_help=False)
    parser.add_argument("--programs", type=int, default=50)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--cuts", default=",".join(cut.CUTS))
    parser.add_argument("--features", default="")
    parser.add_argument("--without", default="")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--reduce", type=int, default=20)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--self-test", action="store_true")
    chosen = parser.parse_args()
    chosen.cuts = chosen.cuts.split(",")
    if unknown := set(chosen.cuts) - set(cut.CUTS):
        parser.error(f"no cut {', '.join(sorted(unknown))}; there are {', '.join(cut.CUTS)}")
    if chosen.programs < 1 or chosen.jobs < 1:
        parser.error("there must be a program at least, and a job")
    named, without = (set(filter(None, names.split(","))) for names in (chosen.features, chosen.without))
    if unknown := (named | without) - set(grammar.FEATURES):
        parser.error(f"no feature {', '.join(sorted(unknown))}; there are {', '.join(sorted(grammar.FEATURES))}")
    chosen.names = [name for name in grammar.FEATURES if (name in named or not named) and name not in without]
    if chosen.seed is None:
        chosen.seed = random.SystemRandom().randrange(1, 1_000_000)
    return chosen


def batches(programs):
    """Programs that await are apart from the others, which shall be run without a task around them."""
    for waits in [False, True]:
        alike = [program for program in programs if program.is_asynchronous == waits]
        for start in range(0, len(alike), BATCH):
            yield alike[start:start + BATCH]


def main():
    chosen = options()
    if chosen.self_test:
        import selftest
        return selftest.main()
    # Whatever ends it, its folders go.
    for number in [signal.SIGINT, signal.SIGTERM]:
        signal.signal(number, lambda *_: sys.exit(1))
    start = time.monotonic()
    seeds = range(chosen.seed, chosen.seed + chosen.programs)
    print(f"{chosen.programs} programs, seeds {seeds[0]} to {seeds[-1]}, cuts {', '.join(chosen.cuts)}", flush=True)
    proof = Proof(chosen.cuts, chosen.keep, chosen.reduce)
    proof.run(list(batches([grammar.program(seed, chosen.names) for seed in seeds])), chosen.jobs)
    print(proof.summary(chosen.programs) + f"; {time.monotonic() - start:.0f} s")
    return 1 if proof.findings or proof.are_too_many_rejected(chosen.programs) else 0


if __name__ == "__main__":
    sys.exit(main())
