"""What attempts are made on: books in a temporary folder, and what lies outside of them."""

import ctypes
import hashlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from probe import Broken

HOME = Path(__file__).resolve().parents[2]
sys.path.append(str(HOME / "script/lib"))
from live import adopt_orphans, descendants  # noqa: E402

TOOL = HOME / ".build/kdbook/bin/kdbook"
SECRET = "the-secret-that-no-book-may-know"


def has_landlock():
    """Whether this system's kernel has Landlock, and it is turned on."""
    create_ruleset, ask_for_version = 444, 1
    return ctypes.CDLL(None).syscall(create_ruleset, None, 0, ask_for_version) > 0


@dataclass(frozen=True)
class Outcome:
    """What a command did."""
    status: int
    said: str
    seconds: float

    def end(self, *statuses):
        """Itself, where it ended by itself with one of the statuses; 0, 1 and 2 unless given."""
        if self.status is None:
            raise Broken(f"the tool does not end within {self.seconds:.0f} seconds")
        if self.status not in (statuses or (0, 1, 2)):
            raise Broken(f"the tool ends with status {self.status}: {self.said.strip()[-200:]!r}")
        return self


class Book:
    """A book in a folder of its own."""

    def __init__(self, world, root):
        self.world, self.root = world, root
        (root / "Notebooks").mkdir(parents=True)

    def write(self, path, content):
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes) else content.encode())
        return place

    def link(self, path, target):
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(target)

    def run(self, *command, seconds=60, environment=(), **how):
        """Runs the tool to its end, or to that of the time it may take."""
        how = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, **how}
        begin = time.monotonic()
        process = subprocess.Popen([TOOL, *command], cwd=self.root, start_new_session=True,
                                   env={**os.environ, **dict(environment)}, **how)
        try:
            said, _ = process.communicate(timeout=seconds)
            status = process.returncode
        except subprocess.TimeoutExpired:
            process.kill()
            said, _ = process.communicate()
            status = None
        return Outcome(status, (said or b"").decode(errors="replace"), time.monotonic() - begin)

    def render(self, *options, **how):
        return self.run("render", *options, **how)

    def page(self, name):
        return (self.root / f"Output/default/{name}/index.html").read_text()

    def has_in_output(self, words):
        """The first file that the tool wrote which has the words in it."""
        for folder in ["Output", ".kdbook/records", ".kdbook/pages", ".kdbook/search"]:
            for file in (self.root / folder).rglob("*"):
                if file.is_file() and not file.is_symlink() and words.encode() in file.read_bytes():
                    return str(file.relative_to(self.root))
        return None


class World:
    """A folder with what no book may reach: a secret, a process, two sockets."""

    def __init__(self, folder, landlock):
        adopt_orphans()
        self.folder, self.landlock, self.count = folder, landlock, 0
        self.outside = folder / "outside"
        (self.outside / "figures").mkdir(parents=True)
        (self.outside / "deep/deeper").mkdir(parents=True)
        for name in ["secret.txt", "index.html", "record.json", "figures/0123456789abcdef.png", "deep/deeper/file"]:
            (self.outside / name).write_text(SECRET + "\n")
        self.before = self.tree()
        self.victim = subprocess.Popen([sys.executable, "-c", f"secret = {SECRET!r}\nimport time\ntime.sleep(3600)"],
                                       env={"A_SECRET": SECRET}, stdin=subprocess.DEVNULL)
        self.listeners = [socket.socket(type=kind) for kind in [socket.SOCK_STREAM, socket.SOCK_DGRAM]]
        for listener in self.listeners:
            listener.bind(("127.0.0.1", 0))
            listener.setblocking(False)
        self.listeners[0].listen()
        self.rendered = None

    def book(self, **notebooks):
        self.count += 1
        book = Book(self, self.folder / f"book-{self.count}")
        for name, text in notebooks.items():
            book.write(f"Notebooks/{name}.md", text)
        return book

    def tree(self):
        """All that is to be seen of what lies outside: names, contents, modes, owners, dates, attributes."""
        def look(path):
            status = path.lstat()
            content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
            names = sorted((name, os.getxattr(path, name)) for name in os.listxattr(path))
            return (str(path), content, status.st_mode, status.st_uid, status.st_mtime_ns, status.st_nlink, names)
        return [look(path) for path in [self.outside, *sorted(self.outside.rglob("*"))]]

    def expect_untouched(self):
        """Raises where something outside is not as it was; puts the secrets back, so that later attempts find them."""
        now = self.tree()
        if now == self.before:
            return
        paths = sorted({entry[0] for entry in now + self.before if (entry in now) != (entry in self.before)})
        self.before = now
        raise Broken(f"changed outside of the book: {', '.join(os.path.relpath(path, self.folder) for path in paths)}")

    def processes_left(self):
        """What runs that descends from this process and is not the victim, after a moment; ends it."""
        end = time.monotonic() + 3
        while True:
            left = [number for number in descendants(os.getpid()) if number != self.victim.pid]
            if not left or time.monotonic() > end:
                break
            time.sleep(0.05)
        names = []
        for number in left:
            try:
                words = Path(f"/proc/{number}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                names.append(f"{number} {words.strip()[-60:]}")
                os.kill(number, signal.SIGKILL)
            except OSError:
                pass
        return names

    def close(self):
        self.victim.kill()
        self.victim.wait()
        for listener in self.listeners:
            listener.close()


def cell(code, *options):
    return "```swift\n" + "".join(f"//| {option}\n" for option in options) + code.strip("\n") + "\n```\n\n"


def controls(text):
    """The control characters of a text but those that end lines and fields."""
    return re.findall(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
