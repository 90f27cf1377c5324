"""What reaches a terminal, and where nobody listens."""

import os
import subprocess

from probe import expect, probe
from world import TOOL, cell, controls

ESCAPES = "\x1b[2J\x1b]0;title\x07\x9b31m\u202erendered\u202c\x08\x7f"


def expect_plain(said, where):
    found = controls(said)
    expect(not found, f"{where}: {sorted(set(found))}")


@probe("no control character and no change of direction reaches the terminal, whoever wrote it")
def controls_are_shown(world):
    written = "\\u{1B}[2J\\u{1B}]0;t\\u{7}\\u{9B}31m\\u{202E}x"
    book = world.book(
        fatal=cell(f'fatalError("{written}")'), warned=cell(f'#warning("{ESCAPES}")\nlet a = {"`" + "a" + "`"}'),
        thrown=cell(f'struct Own: Error, CustomStringConvertible {{ let description = "{written}" }}\nthrow Own()'),
        progress=cell(f'progress("{written}")\nsleep(1)'), reference=f"@fig-{ESCAPES} [a]({ESCAPES}.md) $\\{ESCAPES}$\n",
        matter=f"---\n{ESCAPES}: x\n---\n", title=f"---\ntitle: \"{written}\"\n---\n\n" + cell("1"),
        expects=cell(f'print("{written}")', "expect: nothing"), option=cell("1", f"{ESCAPES}: 1"))
    book.write("Notebooks/book.yml", f"title: \"{ESCAPES}\"\n")
    book.write(f"Notebooks/{ESCAPES.replace('/', '')}.md", "prose\n")
    for command in [["render"], ["list"], ["check"], ["claims"], ["render", f"x{ESCAPES}"], ["tangle", f"{ESCAPES}"],
                    ["render", "--edition", ESCAPES], ["export", f"{ESCAPES}", "--ipynb"], [f"{ESCAPES}"], [f"--{ESCAPES}"]]:
        expect_plain(book.run(*command, seconds=120).end().said, " ".join(map(repr, command)))


@probe("on a terminal, too, what a cell says of its progress is shown and not obeyed")
def on_a_terminal(world):
    book = world.book(a=cell('progress("\\u{1B}]0;stolen\\u{7}\\u{1B}[2Jx")\nsleep(1)'))
    leader, follower = os.openpty()
    process = subprocess.Popen([TOOL, "render"], cwd=book.root, stdin=follower, stdout=follower, stderr=follower,
                               start_new_session=True)
    os.close(follower)
    said = b""
    while True:
        try:
            piece = os.read(leader, 4096)
        except OSError:
            break
        if not piece:
            break
        said += piece
    os.close(leader)
    process.wait(timeout=60)
    expect(b"\x1b]" not in said and b"\x07" not in said and b"\x1b[2J" not in said, f"{said[-200:]!r}")


@probe("a full disk or nobody behind the output is a word or a status, never a crash")
def nowhere(world):
    book = world.book(a=cell("print(1)"))
    with open("/dev/full", "w") as full:
        for streams in [{"stdout": full}, {"stderr": full}, {"stdout": full, "stderr": full}]:
            for command in ["render", "list"]:
                book.run(command, **streams).end(0, 1, 2, 141)
    for closing in [">&-", "2>&-", "<&-", ">&- 2>&- <&-"]:
        made = subprocess.run(["sh", "-c", f"exec {TOOL} render --force {closing}"], cwd=book.root, timeout=60,
                              capture_output=True)
        expect(made.returncode in (0, 1, 2, 141), f"{closing}: status {made.returncode}")
    made = subprocess.run(["bash", "-c", f"{TOOL} list | true; exit ${{PIPESTATUS[0]}}"], cwd=book.root, timeout=60)
    expect(made.returncode in (0, 141), f"| true: status {made.returncode}")


@probe("few descriptors and few processes are a word, never a hang")
def shortage(world):
    book = world.book(a=cell("print(1)"))
    for limit in ["-n 8", "-n 16", "-n 24", "-v 400000"]:
        made = subprocess.run(["sh", "-c", f"ulimit {limit}; exec {TOOL} render --force"], cwd=book.root, timeout=90,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True)
        expect(made.returncode in (0, 1, 2), f"ulimit {limit}: status {made.returncode}, {made.stdout[-100:]!r}")
        expect(made.returncode == 0 or made.stdout.strip(), f"ulimit {limit}: no word")
