"""Attempts that a cell makes. Each has a notebook of its own; all are rendered in one go."""

import inspect
import json
import os
import re
from dataclasses import dataclass

from probe import Untried, Probe, expect, probes_of
from world import HOME, SECRET, cell

# What every such notebook begins with. It is the same in all of them, and compiled once; so is each cell in every world, since
# what differs is read from a file.
PRELUDE = r'''
let world = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: "world.json"))) as! [String: Any]
let outside = world["outside"] as! String, secret = outside + "/secret.txt", scratch = String(cString: getenv("HOME"))
let victim = pid_t(world["victim"] as! Int), tool = getppid()

/// Tells what became of an attempt: it is refused where its result is less than zero.
func attempt(_ what: String, _ result: some SignedInteger) {
    let cause = errno
    print(result < 0 ? "refused" : "GOT THROUGH", what, result < 0 ? String(cString: strerror(cause)) : "")
}
/// A function that Swift hides.
func find<Function>(_ name: String, as type: Function.Type) -> Function {
    unsafeBitCast(dlsym(UnsafeMutableRawPointer(bitPattern: 0), name)!, to: type)
}
let fork = find("fork", as: (@convention(c) () -> Int32).self)
let system = find("syscall", as: (@convention(c) (Int, Int, Int, Int, Int, Int, Int) -> Int).self)
let numbers = world["calls"] as! [String: Int]
func call(_ name: String, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, _ d: Int = 0, _ e: Int = 0, _ f: Int = 0) -> Int {
    system(numbers[name] ?? -1, a, b, c, d, e, f)
}
func address(_ text: UnsafePointer<CChar>) -> Int { Int(bitPattern: text) }
'''
# Said at a notebook's end: the attempts were made, none of them ended the cell.
END = "\nprint(\"all was tried\")"


@dataclass(frozen=True)
class CellAttempt:
    name: str
    code: str
    matter: str
    options: tuple
    # What the tool says of the notebook, where it is to be stopped.
    stopped: str | None
    needs_landlock: bool
    quick: bool

    @property
    def text(self):
        matter = f"---\ninputs: world.json\n{self.matter.strip()}\n---\n\n".replace("\n\n---", "\n---")
        return matter + cell(PRELUDE) + cell(self.code + ("" if self.stopped else END), *self.options)


_attempts = []


def tries(promise, code, matter="", options=(), stopped=None, needs_landlock=False, quick=True):
    """Makes a probe of a cell. It says GOT THROUGH where the promise is broken; `stopped` is what the tool says of one that
    is to be stopped, as a regular expression."""
    module = inspect.getmodule(inspect.stack()[1][0]).__name__
    attempt = CellAttempt(f"cell-{len(_attempts) + 1}", code, matter, options, stopped, needs_landlock, quick)
    _attempts.append(attempt)
    probes_of(module).append(Probe(promise, lambda world: judge(attempt, world), quick))


def calls():
    """The numbers of the system calls on this processor, by name, as the filter has them."""
    column = {"x86_64": 2, "aarch64": 3}[os.uname().machine]
    text = "".join((HOME / f"Sources/CConfinement/{name}.inc.h").read_text() for name in ["allowed", "refused"])
    found = re.findall(r"^CALL\((\w+), (\w+), (\w+), \w+\)", text, re.MULTILINE)
    return {"a call of next year": 480, **{row[0]: int(row[column - 1]) for row in found if row[column - 1] != "NONE"}}


class Rendered:
    """The book of all attempts that are possible in a world, rendered once."""

    def __init__(self, world):
        self.book = world.book(**{attempt.name: attempt.text for attempt in _attempts
                                  if world.landlock or not attempt.needs_landlock})
        self.book.write("undeclared.txt", SECRET)
        facts = {"calls": calls(), "outside": str(world.outside), "victim": world.victim.pid,
                 "tcp": world.listeners[0].getsockname()[1], "udp": world.listeners[1].getsockname()[1]}
        self.book.write("world.json", json.dumps(facts))
        # Descriptors that whoever starts the tool has open and lets it inherit.
        inherited = [os.open(world.outside / "secret.txt", os.O_RDONLY), os.open(world.outside, os.O_RDONLY),
                     os.open(world.outside / "secret.txt", os.O_RDWR)]
        self.outcome = self.book.render("--jobs", "2", seconds=420, pass_fds=inherited,
                                        environment={"A_SECRET_TOKEN": SECRET})
        for descriptor in inherited:
            os.close(descriptor)

    def words(self, name):
        return "\n".join(line for line in self.outcome.said.splitlines() if f"Notebooks/{name}.md" in line)

    def printed(self, name):
        file = self.book.root / f"Output/default/{name}/record.json"
        if not file.exists():
            return ""
        texts = [display.get("text", "") for part in json.loads(file.read_text())["cells"] for display in part["displays"]]
        return "".join(text["text"] if isinstance(text, dict) else text for text in texts)


def rendered(world):
    if not world.rendered:
        world.rendered = Rendered(world)
    return world.rendered


def judge(attempt, world):
    if attempt.needs_landlock and not world.landlock:
        raise Untried("without Landlock nothing guards it; the terminal and each page's foot say so")
    book = rendered(world)
    book.outcome.end()
    words = book.words(attempt.name)
    page = book.book.root / f"Output/default/{attempt.name}/index.html"
    page = page.read_text() if page.exists() else ""
    # A notebook that failed has no record of what it printed.
    outputs = re.findall(r'<pre class="output">(.*?)</pre>', page, re.DOTALL)
    got_through = re.findall(r"GOT THROUGH[^\n]*", "\n".join([book.printed(attempt.name), *outputs]))
    expect(not got_through, "; ".join(sorted(set(got_through))))
    if attempt.stopped:
        expect(re.search(attempt.stopped, words), f"the tool says {words!r}")
    else:
        expect("all was tried" in book.printed(attempt.name), f"the cell does not come to its end: {words!r}")
    expect(SECRET not in page, "the page has the secret in it")
    world.expect_untouched()
