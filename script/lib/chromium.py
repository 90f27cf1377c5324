"""Headless Chromium, over its own protocol: https://chromedevtools.github.io/devtools-protocol."""

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

KEY_CODES = {"Enter": 13, "ArrowDown": 40, "ArrowUp": 38, "Escape": 27, "/": 191}


class Browser:
    """A browser with one page, spoken to through its debugging pipe: messages of JSON, each ended by a zero byte."""

    def __init__(self, host=None):
        """host: the one that pages may reach; without one they have no network at all."""
        self.profile = tempfile.mkdtemp(prefix="kdbook-chromium-")
        to_browser, self.output = os.pipe()
        self.input, from_browser = os.pipe()
        rules = "MAP * ~NOTFOUND" + (f", EXCLUDE {host}" if host else "")
        # The browser expects the pipe at descriptors 3 and 4.
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
                   f"--user-data-dir={self.profile}", "--disable-background-networking", "--hide-scrollbars",
                   "--force-device-scale-factor=1", f"--host-resolver-rules={rules}", "about:blank"]
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
        self.call("Page.setLifecycleEventsEnabled", enabled=True)
        if not host:
            self.call("Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=0,
                      uploadThroughput=0)

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

    def receive(self, timeout=60):
        while b"\0" not in self.rest:
            ready, _, _ = select.select([self.input], [], [], timeout)
            if not ready:
                raise RuntimeError("Chromium does not answer")
            piece = os.read(self.input, 1 << 16)
            if not piece:
                raise RuntimeError("Chromium ended")
            self.rest += piece
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def open(self, address, scripts=True):
        """Loads a page, from nothing also where only the anchor differs. What happened before is forgotten."""
        self.navigate("about:blank")
        self.events = []
        self.navigate(address)
        # What a load leaves to do is done before this is answered; without scripts it never would be.
        if scripts:
            self.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)))")

    def navigate(self, address):
        answer = self.call("Page.navigate", url=address)
        if answer.get("errorText"):
            raise RuntimeError(f"{address}: {answer['errorText']}")
        while not any(event["method"] == "Page.lifecycleEvent" and event["params"]["name"] == "load"
                      and event["params"]["loaderId"] == answer["loaderId"] for event in self.events):
            self.events.append(self.receive())

    def evaluate(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in result:
            details = result["exceptionDetails"]
            raise RuntimeError(f"{expression}: {details.get('exception', {}).get('description', details['text'])}")
        return result["result"].get("value")

    def wait(self, expression, seconds=10, interval=0.03):
        """Waits until an expression is true, also while pages come and go; returns its last value."""
        end = time.monotonic() + seconds
        while True:
            try:
                value = self.evaluate(expression)
            except RuntimeError:
                # The page may have been left just now, or may not be what it will be.
                value = None
            if value or time.monotonic() > end:
                return value
            time.sleep(interval)

    def key(self, key, text=None):
        press = dict(key=key, windowsVirtualKeyCode=KEY_CODES.get(key, 0))
        text = "\r" if key == "Enter" else text
        self.call("Input.dispatchKeyEvent", type="keyDown", **press, **({"text": text} if text else {}))
        self.call("Input.dispatchKeyEvent", type="keyUp", **press)

    def type(self, text):
        self.call("Input.insertText", text=text)

    def look(self, width, scheme):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 600)
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def screenshot(self, path, whole=True):
        """whole: all of the page; else what the window shows."""
        clip = {}
        if whole:
            height = min(12000, self.evaluate("document.documentElement.scrollHeight"))
            width = self.evaluate("document.documentElement.clientWidth")
            clip = {"clip": {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}}
        image = self.call("Page.captureScreenshot", captureBeyondViewport=whole, **clip)
        Path(path).write_bytes(base64.b64decode(image["data"]))

    def close(self):
        self.session = None
        try:
            self.call("Browser.close")
        except RuntimeError:
            pass
        self.process.wait(timeout=30)
        shutil.rmtree(self.profile, ignore_errors=True)


def logged(events, expected=("file:", "data:", "about:")):
    """What a page logged, and what it asked for that it should not have, or did not get.

    expected: how the addresses begin that it may ask for."""
    for event in events:
        params = event.get("params", {})
        if event["method"] == "Log.entryAdded":
            yield f"logs: {params['entry']['text']} {params['entry'].get('url', '')}".rstrip()
        elif event["method"] == "Runtime.consoleAPICalled":
            yield f"logs: {[argument.get('value') for argument in params['args']]}"
        elif event["method"] == "Runtime.exceptionThrown":
            yield f"throws: {params['exceptionDetails'].get('exception', {}).get('description')}"
        elif event["method"] == "Network.requestWillBeSent":
            address = params["request"]["url"]
            if not address.startswith(expected):
                yield f"asks for {address}"
        # What the page before still asked for ends with it.
        elif event["method"] == "Network.loadingFailed" and not params.get("canceled"):
            yield f"cannot load: {params['errorText']}"
