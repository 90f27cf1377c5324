"""See script/prove-live."""

import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "lib"))
import live  # noqa: E402
from live import HOME, Page, Server  # noqa: E402

LIMIT = 1.5e9
# How long the first render of the book may take, in seconds.
FIRST_RENDER = 900
SMALL_CELL = "\n```swift\n{}\n```\n"


class RealBook:
    """A copy of the book, with what is stored of it, so that only what is edited is run."""

    def __init__(self):
        self.root = Path(tempfile.mkdtemp(prefix="prove-live-"))
        self.temporary = self.root / "tmp"
        self.temporary.mkdir()
        for name in ["Notebooks", "Data", ".kdbook", "Output"]:
            if (HOME / name).is_dir():
                shutil.copytree(HOME / name, self.root / name, symlinks=True,
                                ignore=shutil.ignore_patterns("mnist"))
            elif (HOME / name).exists():
                shutil.copy(HOME / name, self.root / name)
        self.texts = {path.stem: path.read_text() for path in sorted((self.root / "Notebooks").glob("*.md"))
                      if "." not in path.stem}

    def edit(self, name, kind, number):
        """Each edit is one of the notebook as it was at first."""
        text = self.texts[name]
        if kind == "prose":
            text += f"\nEdit {number}.\n"
        elif kind == "last cell":
            text += SMALL_CELL.format(f'let editNumber = {number}\nprint("edit \\(editNumber)")')
        elif kind == "error":
            text += SMALL_CELL.format(f"let editNumber: Int = \"{number}\"")
        elif kind == "middle":
            fences = [at for at in range(len(text)) if text.startswith("\n```swift\n", at)]
            place = fences[len(fences) // 2]
            text = text[:place] + SMALL_CELL.format(f"let editNumber = {number}") + text[place:]
        (self.root / "Notebooks" / f"{name}.md").write_text(text)

    def left(self):
        """What processes have left in the folders that they work in."""
        return {str(path.relative_to(self.root)) for folder in [".kdbook/scratch", ".kdbook/workshop", "tmp"]
                if (self.root / folder).is_dir() for path in (self.root / folder).iterdir()}

    def serve(self, *arguments):
        return Server(self.root, *arguments, seconds=120, TMPDIR=str(self.temporary))

    def remove(self):
        shutil.rmtree(self.root, ignore_errors=True)


class Sampler:
    """Looks at the memory of a process and its descendants ten times a second."""

    def __init__(self, process):
        self.process, self.largest, self.shares, self.samples = process, 0, {}, 0
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        while not self.over.wait(max(0.0, 0.1 - self.cost())):
            pass

    def cost(self):
        start = time.monotonic()
        processes = [self.process, *live.descendants(self.process)]
        sizes = {process: live.memory(process) for process in processes}
        self.samples += 1
        if sum(sizes.values()) > self.largest:
            self.largest, self.shares = sum(sizes.values()), {}
            for process, size in sizes.items():
                name = os.path.basename(live.name_of(process).split(" ")[0])
                count, total = self.shares.get(name, (0, 0))
                self.shares[name] = count + 1, total + size
        return time.monotonic() - start

    def end(self):
        self.over.set()
        self.thread.join()


class Verdicts:
    def __init__(self):
        self.failed = False

    def tell(self, holds, what, details=""):
        print(("ok    " if holds else "FAILS ") + what + (f": {details}" if details else ""), flush=True)
        self.failed |= not holds


def left_processes(browser):
    """All that descends from this one, orphans included, save the browser: their numbers and command lines."""
    own = {browser.process.pid, *live.descendants(browser.process.pid)}
    names = {process: live.name_of(process) for process in live.descendants(os.getpid()) if process not in own}
    return {process: name for process, name in names.items() if "chrom" not in name}


def end_of_all(browser, seconds=2):
    """Waits until none is left. Returns whether that came to be, and words for it. Those that stay are ended here."""
    start = time.monotonic()
    while (left := left_processes(browser)) and time.monotonic() - start < seconds:
        time.sleep(0.02)
    for process in left:
        os.kill(process, signal.SIGKILL)
    return not left, f"no process after {time.monotonic() - start:.2f} s" if not left else \
        f"{len(left)} processes after {seconds} s: " + \
        "; ".join(f"{process} {name[:100]}" for process, name in left.items())


def session(book, edits, verdicts):
    kinds = ["prose", "last cell", "last cell", "error", "last cell", "middle", "prose"]
    names = list(book.texts)
    start = time.monotonic()
    server = book.serve()
    sampler = Sampler(server.process.pid)
    page = Page(server)
    unsettled = []
    try:
        # What is not stored of the book is rendered first; until then an edit only waits.
        while not any("index.html" in line for line in list(server.said)):
            if server.process.poll() is not None or time.monotonic() - start > FIRST_RENDER:
                raise RuntimeError("the book is not rendered; watch says:\n" + "".join(server.said[-20:]))
            time.sleep(0.2)
        rendered, first = time.monotonic() - start, sampler.samples
        # As an author goes about it: some edits in one notebook, then the next one.
        for number in range(edits):
            name, kind = names[number // len(kinds) % len(names)], kinds[number % len(kinds)]
            if number % len(kinds) == 0:
                page.visit(name)
                page.settled(seconds=60)
            page.events = []
            book.edit(name, kind, number)
            # Who does not wait for the end ends what is outdated by the next edit.
            if page.settled(seconds=20) is None:
                unsettled.append(f"{number} {name} ({kind})")
            if sys.stderr.isatty():
                print(f"\r{number + 1} of {edits} edits, at most {sampler.largest / 1e6:.0f} MB ", end="",
                      file=sys.stderr)
        seconds = time.monotonic() - start
        sampler.end()
        details = ", ".join(f"{count} {name} {size / 1e6:.0f} MB" for name, (count, size) in
                            sorted(sampler.shares.items(), key=lambda share: -share[1][1]))
        verdicts.tell(sampler.largest < LIMIT and sampler.samples > 0,
                      f"{edits} edits in {seconds - rendered:.0f} s, behind a first render of {rendered:.0f} s: at most"
                      f" {sampler.largest / 1e6:.0f} MB of {LIMIT / 1e6:.0f}", details)
        # A peak between two samples is not seen: how many there were belongs to the figure.
        rate = (sampler.samples - first) / (seconds - rendered)
        print(f"      {sampler.samples} samples, {rate:.1f} a second during the edits; {len(unsettled)} edits were"
              f" overtaken before they were shown: {', '.join(unsettled) or 'none'}", flush=True)
        verdicts.tell(server.process.poll() is None, "the server is still there")
        before = book.left()
        status = server.end(signal.SIGINT)
        verdicts.tell(status is not None, f"SIGINT ends it, with status {status}")
        verdicts.tell(*end_of_all(page))
        verdicts.tell(before and not book.left(), f"of {len(before)} scratch folders {len(book.left())} are left",
                      ", ".join(sorted(book.left())))
    finally:
        sampler.end()
        server.end()
        page.close()


def kills(book, verdicts):
    name = max(book.texts, key=lambda name: book.texts[name].count("```swift"))
    seen = 0
    for moment in [0.2, 0.7, 1.5, 3]:
        server = book.serve()
        page = Page(server)
        try:
            page.visit(name)
            page.settled(seconds=60)
            book.edit(name, "middle", int(moment * 1000))
            time.sleep(moment)
            processes = len(live.descendants(server.process.pid))
            before = book.left()
            server.process.kill()
            server.process.wait()
            holds, words = end_of_all(page)
            verdicts.tell(holds, f"killed {moment} s after an edit, with {processes} processes: {words}")
            left = before & book.left()
            server = book.serve()
            time.sleep(0.5)
            stays = before & book.left()
            verdicts.tell(not stays, f"of {len(before)} scratch folders {len(left)} outlived the processes and"
                          f" {len(stays)} the next start", ", ".join(sorted(stays)))
            seen += len(before)
        finally:
            server.end()
            page.close()
    # Without any there was nothing to be seen of their removal.
    verdicts.tell(seen > 0, f"{seen} scratch folders were there when the server was killed")


def main(edits):
    live.adopt_orphans()
    book, verdicts = RealBook(), Verdicts()
    try:
        session(book, int(edits), verdicts)
        kills(book, verdicts)
    finally:
        book.remove()
    return 1 if verdicts.failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
