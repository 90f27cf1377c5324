"""See script/attack. Each world is a process of its own, so that a plain user's is one from its start."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from probe import Broken, Untried, kinds
from world import World, has_landlock

HERE = Path(__file__).resolve().parent
# nobody, as Debian and most others number it.
PLAIN_USER = 65534


def arguments():
    parser = argparse.ArgumentParser(prog="script/attack", add_help=False)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--as-user", action="store_true")
    parser.add_argument("--with-landlock", action="store_true")
    parser.add_argument("--without-landlock", action="store_true")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--world", help=argparse.SUPPRESS)
    parser.add_argument("words", nargs="*")
    return parser.parse_args()


def chosen(options):
    """The probes to make, with the kind of each."""
    words = [word.lower() for word in options.words]
    for kind, probes in kinds():
        for probe in probes:
            line = f"{kind}: {probe.promise}".lower()
            if (not options.quick or probe.quick) and (not words or any(word in line for word in words)):
                yield kind, probe


def attack(options):
    """Makes the attempts in this process's world, one line each."""
    folder, landlock = options.world.rsplit(":", 1)
    world = World(Path(folder), landlock == "with")
    try:
        for kind, probe in chosen(options):
            begin = time.monotonic()
            try:
                probe.attempt(world)
                word, reason = "held", ""
            except Untried as failure:
                word, reason = "not tried", f": {failure}"
            except Broken as failure:
                word, reason = "BROKEN", f": {failure}"
            left = world.processes_left()
            if left and word != "BROKEN":
                word, reason = "BROKEN", f": processes are left: {'; '.join(left)}"
            print(f"{word:9}  {kind}: {probe.promise}{reason}  [{time.monotonic() - begin:.1f} s]", flush=True)
    finally:
        world.close()


def worlds(options):
    """Who attacks, and with what in the way."""
    is_root = os.geteuid() == 0
    users = (["root"] if is_root and not options.as_user else []) + ["a plain user"]
    guards = [word for word in ["with", "without"]
              if not (options.with_landlock or options.without_landlock) or getattr(options, f"{word}_landlock")]
    every = [(user, guard) for guard in guards for user in users]
    return every[:1] if options.quick else every


def enter(user, guard, folder, options):
    """Starts a world, passes on what it says, and returns it."""
    command = [sys.executable, "-B", str(HERE / "attack.py"), "--world", f"{folder}:{guard}", *options.words]
    if options.quick:
        command.append("--quick")
    if guard == "without":
        command = [sys.executable, "-B", str(HERE / "without_landlock.py"), *command]
    if user != "root" and os.geteuid() == 0:
        os.chown(folder, PLAIN_USER, PLAIN_USER)
        command = ["setpriv", f"--reuid={PLAIN_USER}", f"--regid={PLAIN_USER}", "--clear-groups", *command]
    environment = {**os.environ, "HOME": str(folder), "TMPDIR": str(folder), "NO_COLOR": "1"}
    for name in ["KDBOOK_LANDLOCK", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"]:
        environment.pop(name, None)
    lines = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=folder) as process:
        for line in process.stdout:
            print(line, end="", flush=True)
            lines.append(line)
    return lines + ([f"BROKEN     the attack itself ends with status {process.returncode}\n"] if process.returncode else [])


def main():
    options = arguments()
    if options.world:
        return attack(options)
    if options.list:
        for kind, probe in chosen(options):
            print(f"{kind}: {probe.promise}")
        return 0
    if not list(chosen(options)):
        print("kdbook: no attempt has such a word; see script/attack --list", file=sys.stderr)
        return 2
    counts, broken = Counter(), []
    for user, guard in worlds(options):
        name = f"{user}, {guard} Landlock"
        if guard == "with" and not has_landlock():
            print(f"== {name}: not tried: this system has none")
            counts["worlds not tried"] += 1
            continue
        print(f"== {name}", flush=True)
        folder = Path(tempfile.mkdtemp(prefix="kdbook-attack-"))
        try:
            for line in enter(user, guard, folder, options):
                word = line[:9].strip()
                counts[word.lower()] += 1
                if word == "BROKEN":
                    broken.append(f"{name}: {line[11:].strip()}")
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    print("\n".join(["", *[f"broken, {line}" for line in broken],
                     "attack: " + ", ".join(f"{counts[word]} {word}" for word in ["held", "broken", "not tried"])
                     + (f", {counts['worlds not tried']} worlds not tried" if counts["worlds not tried"] else "")]).lstrip("\n"))
    return 1 if broken or not counts["held"] else 0


if __name__ == "__main__":
    sys.exit(main())
