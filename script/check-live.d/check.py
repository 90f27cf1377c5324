"""See script/check-live."""

import argparse
import filecmp
import json
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "lib"))
from chromium import logged  # noqa: E402
from live import TOOL, Book, Page, Server  # noqa: E402

PARAGRAPHS = "".join(f"Paragraph {k} is there to be scrolled past.\n\n" for k in range(30))
# What a reader can see of the page.
TEXT = "document.body.innerText"


def cell(code, *options):
    return "```swift\n" + "".join(f"//| {option}\n" for option in options) + code + "\n```\n\n"


class State:
    """A notebook whose third cell shows what the first two have made of a variable."""

    name = "01-state"

    def __init__(self):
        self.opening, self.ending, self.second = "An opening.", "An ending.", 'print("two")'

    def text(self):
        return (f"# State\n\n{self.opening}\n\n{PARAGRAPHS}"
                + cell("var total = 10", "code-fold: true") + "Between the cells.\n\n"
                + cell(f"total += 1\n{self.second}") + cell("total * 2")
                + PARAGRAPHS.replace("Paragraph", "Later paragraph") + f"{self.ending}\n")


def slow(steps, number):
    """A cell that takes a quarter of a second for each step, and then shows probe-NUMBER."""
    return "# Slow\n\n" + cell(f"""
import Foundation
for step in 1...{steps} {{
    Thread.sleep(forTimeInterval: 0.25)
    progress("step \\(step) of {steps}")
}}
print("probe-\\({number - 1} + 1)")""") + cell('print("after")')


class Checks:
    def __init__(self, words, screenshots):
        self.words, self.screenshots = [word.lower() for word in words], screenshots
        self.state, self.number, self.failed, self.count = State(), 100, 0, 0
        self.book = Book(**{self.state.name: self.state.text(), "02-slow": slow(1, 50),
                            "03-last": "# Last\n\nThe end.\n"})
        self.server = Server(self.book.root)
        self.page = Page(self.server)
        self.problems = []

    def close(self):
        self.page.close()
        self.server.end()
        self.book.remove()

    # What checks are made of.

    def next(self):
        self.number += 1
        return self.number

    def visit(self, name):
        own = (self.server.address, "ws" + self.server.address[4:], "data:", "about:")
        self.problems += logged(self.page.events, own)
        self.page.visit(name)

    def save(self):
        return self.book.save(self.state.name, self.state.text())

    def visit_state(self):
        self.visit(self.state.name)
        self.expect(f"{self.output(3)} === '22'", "the page shows what its cells gave", 30)

    def cell(self, number, what):
        return f"document.getElementById('cell:{number}')?.{what}"

    def output(self, number):
        """What a cell has shown, without its code."""
        return self.cell(number, "querySelector('.output')?.innerText.trim()")

    def expect(self, expression, what, seconds=10):
        value = self.page.wait(expression, seconds)
        if not value:
            raise AssertionError(f"not so: {what}")
        return value

    def expect_shown(self, number, what, seconds=10):
        if self.page.shown(number, seconds) is None:
            raise AssertionError(f"not so: {what}")

    def run(self):
        for name, check in vars(Checks).items():
            if not name.startswith("check_"):
                continue
            line = check.__doc__
            if self.words and not any(word in line.lower() for word in self.words):
                continue
            self.count += 1
            start = time.monotonic()
            try:
                details = check(self)
                seconds = time.monotonic() - start
                print(f"ok    {line} ({seconds:.1f} s)" + (f": {details}" if details else ""), flush=True)
            except (AssertionError, RuntimeError, OSError) as error:
                self.failed += 1
                print(f"FAILS {line}: {error}", flush=True)
            if self.screenshots:
                try:
                    self.page.screenshot(f"{self.screenshots}/{name}.png", whole=False)
                except RuntimeError:
                    pass
        print(f"live: {self.count} checks, {self.failed} failed")

    # The checks, in the order in which they are made.

    def check_front(self):
        """the front page leads to every notebook"""
        self.visit("")
        for name in [self.state.name, "02-slow", "03-last"]:
            self.expect(f"document.querySelector('a[href*=\"{name}\"]') !== null", f"a link to {name}", 30)
        # Before the book is rendered there is no front page; the browser logs that, too.
        self.page.events = []

    def check_prose(self):
        """a change of prose appears"""
        self.visit_state()
        number = self.next()
        self.state.opening = f"The opening is probe-{number}."
        self.save()
        self.expect_shown(number, "the new prose is there")

    def check_cell(self):
        """a change of a cell appears at its cell, and cells below show what a clean run gives"""
        self.visit_state()
        for _ in range(3):
            number = self.next()
            self.state.second = f'print("probe-\\({number - 1} + 1)")'
            self.save()
            self.expect(self.cell(2, f"textContent.includes('probe-{number}')"), "the cell shows its new output")
        self.state.second = 'total += 100; print("more")'
        self.save()
        self.expect(f"{self.output(3)} === '222'", "the cell below shows what follows")
        self.state.second = 'print("two")'
        self.save()
        self.expect(f"{self.output(3)} === '22'", "the variable starts from the state above, not from the last run")

    def check_place(self):
        """the place in the page and open folds stay as they are"""
        self.visit_state()
        self.page.evaluate("document.querySelector('details.fold').open = true; window.stayed = true;"
                           "document.getElementById('cell:2').scrollIntoView({block: 'center', behavior: 'instant'})")
        time.sleep(0.2)
        place = "[Math.round(scrollY), Math.round(document.getElementById('cell:2').getBoundingClientRect().top)]"
        scroll, top = self.page.evaluate(place)
        for change in ["ending", "second", "opening"]:
            number = self.next()
            if change == "second":
                self.state.second = f'print("probe-\\({number - 1} + 1)")'
            else:
                setattr(self.state, change, f"Here stands probe-{number}.")
            self.save()
            self.expect_shown(number, f"the change of the {change}")
            time.sleep(0.3)
            new_scroll, new_top = self.page.evaluate(place)
            assert abs(new_top - top) <= 2, f"a change of the {change} moved what is read by {new_top - top} pixels" \
                f" (scrolled from {scroll} to {new_scroll})"
            assert self.page.evaluate("document.querySelector('details.fold').open"), f"the fold closed ({change})"
        # What is read stays where it is on the screen, also when something is put in above it.
        number = self.next()
        self.state.opening += f"\n\nAnd a paragraph more.\n\nAnd another with probe-{number}."
        self.save()
        self.expect_shown(number, "the new paragraphs")
        time.sleep(0.3)
        _, new_top = self.page.evaluate(place)
        assert abs(new_top - top) <= 2, f"new paragraphs above moved what is read by {new_top - top} pixels"
        assert self.page.evaluate("window.stayed"), "the page was loaded anew"

    def check_progress(self):
        """a cell that runs shows a mark, its time and its progress as it moves"""
        self.visit("02-slow")
        self.expect_shown(50, "the page shows its first output", 30)
        number = self.next()
        self.book.save("02-slow", slow(20, number))
        self.expect(f"/step \\d+ of 20/.test({TEXT})", "progress is shown")
        # What stands at a cell is written by the style, as it is no part of the page.
        label = self.cell(1, "dataset.liveLabel") + " ?? ''"
        progress, times = set(), set()
        end = time.monotonic() + 3.5
        while time.monotonic() < end:
            progress.add(self.page.evaluate(f"({label}).match(/step \\d+ of 20/)?.[0]"))
            times.add(self.page.evaluate(f"({label}).match(/\\b\\d+ s\\b/)?.[0]"))
            time.sleep(0.05)
        assert len(progress - {None}) > 2, f"progress stands still at {progress}"
        assert len(times - {None}) > 1, f"no time moves at the cell: {times}"
        assert self.page.evaluate("document.getAnimations().length > 0"), "nothing on the page is in motion"
        self.expect_shown(number, "its output in the end")
        self.expect(f"!/step \\d+ of 20/.test({TEXT})", "progress goes when the cell is done")
        self.expect(self.cell(1, "dataset.liveLabel === undefined"), "the mark goes, too")

    def check_output(self):
        """a cell that runs shows its output as it comes"""
        self.visit("02-slow")
        first, last = self.next(), self.next()
        self.book.save("02-slow", "# Slow\n\n" + cell(
            f'import Foundation\nprint("probe-\\({first - 1} + 1)")\nThread.sleep(forTimeInterval: 3)\n'
            f'print("probe-\\({last - 1} + 1)")'))
        self.expect_shown(first, "the first line")
        assert self.page.evaluate(f"!('probe-{last}' in probes)"), "the first line was shown with the last one only"
        self.expect_shown(last, "the last line")

    def check_outdated(self):
        """an edit while a long cell runs ends it at once"""
        self.visit("02-slow")
        self.book.save("02-slow", slow(240, self.next()))
        self.expect(f"/step \\d+ of 240/.test({TEXT})", "the long cell runs")
        number = self.next()
        start = self.book.save("02-slow", slow(1, number))
        self.expect_shown(number, "the new cell's output")
        return f"{self.page.shown(number) - start:.0f} ms until the next output"

    def check_compile_error(self):
        """a compile error appears at its cell and goes when it is mended"""
        self.error_comes_and_goes('let wrong: Int = "text"')

    def check_trap(self):
        """a run-time error appears at its cell and goes when it is mended"""
        self.error_comes_and_goes("print([1, 2][total])")

    def error_comes_and_goes(self, wrong):
        self.visit_state()
        self.state.second = wrong
        self.save()
        error = self.cell(2, "querySelector('.diagnostic.error') !== null")
        self.expect(error, "the error stands at its cell")
        number = self.next()
        self.state.second = f'print("probe-\\({number - 1} + 1)")'
        self.save()
        self.expect_shown(number, "the mended cell's output")
        self.expect("document.querySelector('.diagnostic.error') === null", "the error is gone")
        self.expect(f"{self.output(3)} === '22'", "the cell below shows its output again")

    def check_notebook_error(self):
        """an error of the whole notebook appears and goes when it is mended"""
        self.visit_state()
        good = self.state.text()
        self.book.save(self.state.name, good.replace("//| code-fold", "//| cod-fold"))
        self.expect(f"{TEXT}.includes('cod-fold')", "the error is told")
        number = self.next()
        self.state.ending = f"It ends with probe-{number}."
        self.save()
        self.expect_shown(number, "the mended notebook")
        self.expect(f"!{TEXT}.includes('cod-fold')", "the error is gone")

    def check_rename(self):
        """a save by rename appears"""
        self.visit_state()
        number = self.next()
        self.state.opening = f"Renamed: probe-{number}."
        self.book.save_by_rename(self.state.name, self.state.text())
        self.expect_shown(number, "the new prose is there")

    def check_new(self):
        """a new notebook appears on the front page, and a deleted one goes and says so"""
        self.visit("")
        number = self.next()
        self.book.save("04-fresh", "# Fresh\n\n" + cell(f'print("probe-\\({number - 1} + 1)")'))
        self.expect("document.querySelector('a[href*=\"04-fresh\"]') !== null", "the front page has the new notebook")
        self.visit("04-fresh")
        self.expect_shown(number, "the new notebook's page")
        self.visit("04-fresh")
        self.book.path("04-fresh").unlink()
        self.expect(f"/no longer in the book/.test({TEXT})", "the page says that its notebook is gone")
        # That it asked for what is gone is logged by the browser, and right.
        self.page.events = []
        self.visit("")
        self.expect("document.querySelector('a[href*=\"04-fresh\"]') === null", "the front page has it no longer")

    def check_keys(self):
        """the keys e, [, ] and ? do what they should"""
        self.visit_state()
        self.state.second = 'let wrong: Int = "text"'
        self.save()
        self.expect(self.cell(2, "querySelector('.diagnostic.error') !== null"), "the error stands at its cell")
        self.page.evaluate("scrollTo(0, 0)")
        self.page.settled(seconds=10)
        self.page.key("e", "e")
        self.expect("(box => box.top < innerHeight && box.bottom > 0)"
                    "(document.querySelector('.diagnostic.error').getBoundingClientRect())", "e leads to the error", 3)
        self.state.second = 'print("two")'
        self.save()
        self.expect("document.querySelector('.diagnostic.error') === null", "the error is gone")
        before = self.page.evaluate(TEXT)
        self.page.key("?", "?")
        self.expect(f"{TEXT} !== {json.dumps(before)} && /next notebook/i.test({TEXT})", "? tells the keys", 3)
        self.page.key("Escape")
        self.expect(f"!/next notebook/i.test({TEXT})", "Escape closes what ? opened", 3)
        self.page.key("]", "]")
        self.expect("location.pathname.includes('02-slow')", "] leads to the next notebook", 3)
        self.page.wait("document.readyState === 'complete'")
        self.page.key("[", "[")
        self.expect(f"location.pathname.includes('{self.state.name}')", "[ leads back", 3)

    def check_foreign(self):
        """pages elsewhere and other names of this machine are refused"""
        port = self.server.port
        own = f"127.0.0.1:{port}"
        upgrade = ["Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13",
                   "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="]
        addresses = [event["params"]["url"] for event in self.page.events
                     if event["method"] == "Network.webSocketCreated"]
        path = "/" + addresses[-1].split("/", 3)[3] if addresses else "/"

        def status(path, *headers):
            with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
                connection.sendall("\r\n".join([f"GET {path} HTTP/1.1", *headers, "", ""]).encode())
                return int(connection.recv(100).split()[1])

        assert status("/", f"Host: {own}") == 200, "the page itself is refused"
        assert status(path, f"Host: {own}", f"Origin: http://{own}", *upgrade) == 101, "its own socket is refused"
        for what, code in [
            ("another host", status("/", "Host: evil.example")),
            ("another host with the port", status("/", f"Host: evil.example:{port}")),
            ("no host", status("/")),
            ("a page elsewhere", status("/", f"Host: {own}", "Origin: http://evil.example")),
            ("a page without an origin", status(path, f"Host: {own}", "Origin: null", *upgrade)),
            ("a socket from elsewhere", status(path, f"Host: {own}", "Origin: http://evil.example", *upgrade)),
            ("a socket from another port", status(path, f"Host: {own}", "Origin: http://127.0.0.1:1", *upgrade)),
            ("a socket by another name", status(path, "Host: evil.example", "Origin: http://evil.example", *upgrade)),
        ]:
            assert 400 <= code < 500, f"{what} gets {code}"

    def check_console(self):
        """no page logged an error, asked for anything elsewhere or broke its own policy"""
        self.visit("")
        assert not self.problems, "; ".join(dict.fromkeys(self.problems))

    def check_server(self):
        """a page says that the server has ended, and comes back with it"""
        self.visit_state()
        assert self.server.end(signal.SIGINT) is not None, "SIGINT does not end it"
        self.expect(f"/kdbook watch has ended/.test({TEXT})", "the page says that watch has ended")
        number = self.next()
        self.state.opening = f"Written meanwhile: probe-{number}."
        self.save()
        self.server = Server(self.book.root, "--port", str(self.server.port))
        self.page.server = self.server
        self.expect_shown(number, "the page shows what was written meanwhile", 15)
        number = self.next()
        self.state.opening = f"Written afterwards: probe-{number}."
        self.save()
        self.expect_shown(number, "the page is told of changes again")

    def check_files(self):
        """pages on disk are what render writes, byte for byte"""
        self.visit_state()
        self.page.settled(seconds=20)
        again = self.book.root / "again"
        subprocess.run([TOOL, "render", "--force", "--quiet", "--output", again], cwd=self.book.root, check=True,
                       stdout=subprocess.DEVNULL)
        rendered = sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
        assert rendered, "render wrote nothing"
        for path in rendered:
            watched = self.book.root / "Output" / path
            assert watched.is_file(), f"{path} is missing"
            assert filecmp.cmp(watched, again / path, shallow=False), f"{path} differs"
        more = {path.relative_to(self.book.root / "Output") for path in (self.book.root / "Output").rglob("*")
                if path.is_file()} - set(rendered)
        assert not more, f"there is more: {', '.join(map(str, sorted(more)))}"


def main():
    arguments = argparse.ArgumentParser(prog="script/check-live")
    arguments.add_argument("--screenshots", metavar="DIR")
    arguments.add_argument("words", nargs="*")
    options = arguments.parse_args()
    if options.screenshots:
        Path(options.screenshots).mkdir(parents=True, exist_ok=True)
    checks = Checks(options.words, options.screenshots)
    try:
        checks.run()
    finally:
        checks.close()
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
