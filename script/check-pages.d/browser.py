"""Opens every page in a folder in headless Chromium, over its own protocol. See script/check-pages."""

import base64
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

WIDTHS = {"telephone": 360, "screen": 1200}


class Browser:
    """Chromium, spoken to through its debugging pipe: messages of JSON, each ended by a zero byte."""

    def __init__(self):
        self.profile = tempfile.mkdtemp(prefix="check-pages-")
        to_browser, self.output = os.pipe()
        self.input, from_browser = os.pipe()
        # The browser expects the pipe at descriptors 3 and 4.
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
                   f"--user-data-dir={self.profile}", "--disable-background-networking", "--hide-scrollbars",
                   "--force-device-scale-factor=1", "--host-resolver-rules=MAP * ~NOTFOUND", "about:blank"]
        script = f'exec "$@" 3<&{to_browser} 4>&{from_browser}'
        self.process = subprocess.Popen(["bash", "-c", script, "bash", *command], pass_fds=[to_browser, from_browser],
                                        stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self.rest, self.count, self.session, self.events = b"", 0, None, []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ["Page", "Runtime", "Log", "Network"]:
            self.call(f"{domain}.enable")
        self.call("Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=0, uploadThroughput=0)

    def call(self, method, **params):
        self.count += 1
        message = {"id": self.count, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.output, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self.count:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self.events.append(answer)

    def receive(self):
        while b"\0" not in self.rest:
            ready, _, _ = select.select([self.input], [], [], 60)
            if not ready:
                raise RuntimeError("Chromium does not answer")
            piece = os.read(self.input, 1 << 16)
            if not piece:
                raise RuntimeError("Chromium ended")
            self.rest += piece
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def open(self, address, scripts=True):
        self.events = []
        self.call("Page.navigate", url="about:blank")
        self.call("Page.navigate", url=address)
        while not any(event["method"] == "Page.loadEventFired" for event in self.events[-1:]):
            self.events.append(self.receive())
        # What a load leaves to do is done before this is answered; without scripts it never would be.
        if scripts:
            self.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)))")

    def evaluate(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(f"{expression}: {result['exceptionDetails']['text']}")
        return result["result"].get("value")

    def key(self, key, text=None):
        codes = {"Enter": 13, "ArrowDown": 40, "ArrowUp": 38, "Escape": 27, "/": 191}
        press = dict(key=key, windowsVirtualKeyCode=codes.get(key, 0))
        text = "\r" if key == "Enter" else text
        self.call("Input.dispatchKeyEvent", type="keyDown", **press, **({"text": text} if text else {}))
        self.call("Input.dispatchKeyEvent", type="keyUp", **press)

    def type(self, text):
        self.call("Input.insertText", text=text)

    def look(self, width, scheme):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 600)
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def screenshot(self, path):
        height = min(12000, self.evaluate("document.documentElement.scrollHeight"))
        width = self.evaluate("document.documentElement.clientWidth")
        image = self.call("Page.captureScreenshot", captureBeyondViewport=True,
                          clip={"x": 0, "y": 0, "width": width, "height": height, "scale": 1})
        Path(path).write_bytes(base64.b64decode(image["data"]))

    def close(self):
        self.session = None
        try:
            self.call("Browser.close")
        except RuntimeError:
            pass
        self.process.wait(timeout=30)
        shutil.rmtree(self.profile, ignore_errors=True)


def logged(events):
    """What a page logged, and what it asked for that does not lie on disk."""
    for event in events:
        params = event.get("params", {})
        if event["method"] == "Log.entryAdded":
            yield f"logs: {params['entry']['text']}"
        elif event["method"] == "Runtime.consoleAPICalled":
            yield f"logs: {[argument.get('value') for argument in params['args']]}"
        elif event["method"] == "Runtime.exceptionThrown":
            yield f"throws: {params['exceptionDetails'].get('exception', {}).get('description')}"
        elif event["method"] == "Network.requestWillBeSent":
            address = params["request"]["url"]
            if not address.startswith(("file:", "data:", "about:")):
                yield f"asks for {address}"
        elif event["method"] == "Network.loadingFailed":
            yield f"cannot load: {params['errorText']}"


WIDER = """
    [...document.querySelectorAll('body *')].filter(element => {
      const box = element.getBoundingClientRect();
      if (box.right <= innerWidth + 1 || box.width === 0) return false;
      for (let outer = element.parentElement; outer; outer = outer.parentElement) {
        if (getComputedStyle(outer).overflowX !== 'visible') return false;
      }
      return true;
    }).slice(0, 3).map(element => element.tagName.toLowerCase() + '.' + element.className + ' '
      + element.textContent.trim().slice(0, 40))
"""


def page_problems(browser, page, name, screenshots):
    for scheme in ["light", "dark"]:
        for device, width in WIDTHS.items():
            browser.look(width, scheme)
            browser.open(page.as_uri())
            yield from (f"{device}, {scheme}: {problem}" for problem in logged(browser.events))
            wide = browser.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                elements = "; ".join(browser.evaluate(WIDER))
                yield f"{device}, {scheme}: {wide} pixels wide in a window of {width}: {elements}"
            if screenshots:
                browser.screenshot(f"{screenshots}/{name.replace('/', '-')}-{device}-{scheme}.png")


def search_problems(browser, folder):
    """Finds a word of the book from its front page by keyboard alone, and goes where it stands."""
    browser.look(WIDTHS["screen"], "light")
    browser.open((folder / "search.html").as_uri())
    word = browser.evaluate("""
        JSON.parse(document.getElementById('search-index').textContent).flatMap(page => page.sections)
          .flatMap(section => section.heading.match(/[a-z]{6,}/gi) || [])[0]
    """)
    if not word:
        return
    browser.open((folder / "index.html").as_uri())
    browser.key("/", "/")
    if browser.evaluate("document.activeElement.type") != "search":
        yield "the key / does not lead to the search box"
        return
    browser.type(word.upper()[:-1])
    browser.key("Enter")
    browser.evaluate("new Promise(done => setTimeout(done, 500))")
    count = browser.evaluate("document.querySelectorAll('.results a').length")
    marks = browser.evaluate("[...document.querySelectorAll('.results mark')].map(mark => mark.textContent)")
    if not count or any(mark.lower() != word.lower()[:-1] for mark in marks):
        yield f"searching {word.upper()[:-1]}: {count} places, marked {marks[:5]}"
        return
    address = browser.evaluate("document.querySelector('.results a').href")
    browser.key("ArrowDown")
    if browser.evaluate("document.activeElement.href") != address:
        yield "the arrow does not lead from the box to what was found"
    browser.key("ArrowUp")
    if browser.evaluate("document.activeElement.type") != "search":
        yield "the arrow does not lead back to the box"
    browser.key("Enter")
    browser.evaluate("new Promise(done => setTimeout(done, 500))")
    if browser.evaluate("location.href") != address:
        yield "Enter does not open what was found"
    elif not browser.evaluate("!location.hash || document.getElementById(decodeURIComponent(location.hash.slice(1))) !== null"):
        yield f"{address} leads to no anchor"
    yield from logged(browser.events)


def scriptless_problems(browser, pages):
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    for page in pages:
        browser.open(page.as_uri(), scripts=False)
        if browser.evaluate("document.querySelector('form.search').offsetWidth"):
            yield f"{page.parent.name}/{page.name}: without JavaScript a search box stands there that cannot search"
    browser.call("Emulation.setScriptExecutionDisabled", value=False)


def main(folder, screenshots=None):
    folder = Path(folder).resolve()
    pages = sorted(folder.rglob("*.html"))
    browser = Browser()
    found = []
    try:
        for page in pages:
            name = str(page.relative_to(folder))
            found += [f"{name}: {problem}" for problem in page_problems(browser, page, name, screenshots)]
        found += [f"search: {problem}" for problem in search_problems(browser, folder)]
        found += list(scriptless_problems(browser, pages))
    finally:
        browser.close()
    print("\n".join(found + [f"browser: {len(pages)} pages, {len(found)} problems"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
