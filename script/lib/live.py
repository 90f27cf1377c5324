"""A session of `kdbook watch` from outside: a book to edit, the server, an open page, and the processes behind it."""

import ctypes
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from chromium import Browser

HOME = Path(__file__).resolve().parents[2]
TOOL = HOME / ".build/kdbook/bin/kdbook"


class Book:
    """A book in a folder of its own, which goes with it."""

    def __init__(self, **notebooks):
        self.root = Path(tempfile.mkdtemp(prefix="kdbook-live-"))
        (self.root / "Notebooks").mkdir()
        for name, text in notebooks.items():
            self.save(name, text)

    def path(self, name):
        return self.root / "Notebooks" / f"{name}.md"

    def save(self, name, text):
        """Writes a notebook in its place. Returns when it was closed, in milliseconds since 1970."""
        with open(self.path(name), "w") as file:
            file.write(text)
            file.flush()
            return time.time() * 1000

    def save_by_rename(self, name, text):
        """Saves as many editors do: to another file first, which then takes the old one's place."""
        beside = self.path(name).with_name(f".{name}.md.tmp")
        beside.write_text(text)
        beside.rename(self.path(name))

    def remove(self):
        shutil.rmtree(self.root, ignore_errors=True)


class Server:
    """`kdbook watch` on a book."""

    def __init__(self, root, *arguments, seconds=30, **environment):
        """seconds: how long it may take until it says its address."""
        environment = {**os.environ, "NO_COLOR": "1", **environment}
        self.process = subprocess.Popen([TOOL, "watch", *arguments], cwd=root, stdin=subprocess.DEVNULL, text=True,
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment)
        self.said, self.address = [], None
        self.listening = threading.Event()
        threading.Thread(target=self.listen, daemon=True).start()
        if not self.listening.wait(seconds) or not self.address:
            self.process.kill()
            self.process.wait()
            raise RuntimeError("kdbook watch does not say its address; it says:\n" + "".join(self.said))

    def listen(self):
        for line in self.process.stdout:
            self.said.append(line)
            found = re.search(r"http://\S+:\d+/", line)
            if found and not self.address:
                self.address = found.group()
                self.listening.set()
        self.listening.set()

    @property
    def port(self):
        return int(re.search(r":(\d+)/", self.address).group(1))

    def end(self, number=signal.SIGINT, seconds=10):
        """Returns the exit status; None where it had to be killed."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            return self.process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return None


# Notes when the page first shows each text of the form probe-123, at the frame that shows it.
PROBES = """
    window.probes = {};
    const note = () => {
      const news = (document.body?.textContent.match(/probe-\\d+/g) || []).filter(text => !(text in probes));
      if (!news.length) return;
      for (const text of news) probes[text] = null;
      requestAnimationFrame(() => { for (const text of news) probes[text] = Date.now(); });
    };
    new MutationObserver(note).observe(document, {subtree: true, childList: true, characterData: true});
"""


class Page(Browser):
    """A page of the book in a browser, which notes what it is told and when it shows what."""

    def __init__(self, server):
        super().__init__("127.0.0.1")
        self.server = server
        self.call("Page.addScriptToEvaluateOnNewDocument", source=PROBES)
        self.look(1200, "light")

    def visit(self, name=""):
        self.open(self.server.address + (f"{name}/index.html" if name else ""))

    def shown(self, number, seconds=60):
        """When the page first showed the text probe-NUMBER, in milliseconds since 1970; None where it does not."""
        return self.wait(f"window.probes['probe-{number}']", seconds, interval=0.05)

    def messages(self):
        """What the server has told the page since it was opened, or since this list was last emptied, decoded."""
        self.evaluate("0")
        frames = [event["params"]["response"]["payloadData"] for event in self.events
                  if event["method"] == "Network.webSocketFrameReceived"]
        decoded = []
        for frame in frames:
            try:
                decoded.append(json.loads(frame))
            except ValueError:
                pass
        return decoded

    def states(self):
        """The states among the messages."""
        def find(value):
            if isinstance(value, dict):
                if "activities" in value:
                    yield value
                for part in value.values():
                    yield from find(part)
            elif isinstance(value, list):
                for part in value:
                    yield from find(part)
        return list(find(self.messages()))

    def settled(self, seconds=120, quiet=0.5):
        """Waits until the last state says that nothing is at work, and nothing has come for a while."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            count, states = len(self.messages()), self.states()
            if states and not states[-1]["activities"] and states[-1]["phase"] != "running":
                time.sleep(quiet)
                if len(self.messages()) == count:
                    return states[-1]
            time.sleep(0.05)
        return None

    def cells_at_work(self):
        """The numbers of the cells that were said to be compiled or run."""
        return sorted({activity["cell"] for state in self.states() for activity in state["activities"]
                       if activity["kind"] != "waiting"})


def adopt_orphans():
    """Makes this process the parent of all its descendants whose own has ended, so that none is lost from sight."""
    PR_SET_CHILD_SUBREAPER = 36
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def descendants(of):
    """The numbers of all processes that descend from one, zombies left out."""
    children = {}
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            # The name, in parentheses, may hold anything.
            state, parent = Path(f"/proc/{entry}/stat").read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if state not in "ZX":
            children.setdefault(int(parent), []).append(int(entry))
    found, rest = [], [of]
    while rest:
        rest += (new := children.get(rest.pop(), []))
        found += new
    return found


def name_of(process):
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return ""


def memory(process):
    """The bytes of memory of a process, what it shares divided among those that do (Pss)."""
    try:
        with open(f"/proc/{process}/smaps_rollup") as file:
            return next(int(line.split()[1]) * 1024 for line in file if line.startswith("Pss:"))
    except (OSError, StopIteration):
        return 0
