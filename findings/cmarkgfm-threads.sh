#!/bin/sh
# cmarkgfm renders the same text differently while another thread renders: a strike-through or an address stays as it was typed.
#
# Guess: a call that takes a text and returns HTML may be made from several threads of Python, which holds its lock around it.
#
# Seen with cmarkgfm 2025.10.22: the binding lets go of Python's lock during the call, and the C library below it has one table of the
# characters that its extensions look for. Each call enters `~`, `:` and `w` there and takes them out again at its end, so a call on another
# thread overlooks them from then on. No error is raised. One call in some thousands differs with four threads on two cores; calls one
# after another never do. A server or a builder of pages that renders in threads loses a link now and then, and no second try shows it.
# A lock around the call is the cure.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet cmarkgfm==2025.10.22
"$folder/venv/bin/python" - <<'PYTHON'
import collections
import contextlib
import sys
import threading

import cmarkgfm

TEXT = "~~gone~~ and www.example.org\n"
ALONE = cmarkgfm.github_flavored_markdown_to_html(TEXT)
print(f"alone: {ALONE.strip()}")


def others(lock, calls=20_000, threads=4):
    """The texts that came out and are not the one of a call alone, counted."""
    counts = collections.Counter()

    def work():
        for _ in range(calls):
            with lock:
                html = cmarkgfm.github_flavored_markdown_to_html(TEXT)
            if html != ALONE:
                counts[html.strip()] += 1

    workers = [threading.Thread(target=work) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return counts


locked = others(threading.Lock())
free = collections.Counter()
for _ in range(20):
    free += others(contextlib.nullcontext())
    if free:
        break
print(f"four threads, a lock around each call: {sum(locked.values())} differ")
print(f"four threads: {sum(free.values())} differ")
for html, count in sorted(free.items()):
    print(f"  {count} × {html}")
seen = not locked and bool(free)
print("seen again" if seen else "this has changed")
sys.exit(not seen)
PYTHON
