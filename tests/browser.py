"""A headless Chromium, driven over two pipes: DevTools messages in JSON, each ended by a zero byte.

No network and no dependency; None of `find_chromium` means that the tests of the page are skipped.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WHY_SKIPPED = "no Chromium on this machine (Debian: apt-get install chromium)"
_SECONDS = 120


def find_chromium() -> str | None:
    """Path of an installed Chromium or Chrome."""
    return next((found for found in map(shutil.which, NAMES) if found), None)


class BrowserError(RuntimeError):
    """The browser refused a message, or a script of the page threw."""


class Browser:
    """One page of a browser with a profile of its own; use as a context manager."""

    def __init__(self, page: Path) -> None:
        self._url = page.as_uri()
        self._profile = tempfile.mkdtemp(prefix="clinicir-chromium-")
        self._number = 0
        self._session = ""
        self._pending = b""
        self.events: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        command = find_chromium()
        if command is None:
            raise BrowserError(WHY_SKIPPED)
        to_browser, self._out = os.pipe()
        self._in, from_browser = os.pipe()

        def place() -> None:
            # The browser reads on 3 and writes on 4; copies keep one from covering the other.
            reading = fcntl.fcntl(to_browser, fcntl.F_DUPFD, 100)
            writing = fcntl.fcntl(from_browser, fcntl.F_DUPFD, 100)
            os.dup2(reading, 3)
            os.dup2(writing, 4)

        self._process = subprocess.Popen(
            [
                command, "--headless=new", "--remote-debugging-pipe", "--no-sandbox",
                "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                "--disable-background-networking", "--disable-component-update",
                "--disable-sync", f"--user-data-dir={self._profile}", "about:blank",
            ],
            preexec_fn=place, close_fds=False,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(to_browser)
        os.close(from_browser)
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")
        self.load()
        return self

    def load(self) -> None:
        """Open the page afresh."""
        self.call("Page.navigate", url=self._url)
        limit = time.monotonic() + _SECONDS
        while self.evaluate("document.readyState + ' ' + location.protocol") != "complete file:":
            if time.monotonic() > limit:
                raise BrowserError("the page does not load")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._out)
        os.close(self._in)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._profile, ignore_errors=True)

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Answer to one message; events that come meanwhile are kept in `events`."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._out, data) :]
        while True:
            answer = self._receive()
            if answer.get("id") != self._number:
                self.events.append(answer)
            elif "error" in answer:
                raise BrowserError(f"{method}: {answer['error']}")
            else:
                result: dict[str, Any] = answer["result"]
                return result

    def _receive(self) -> dict[str, Any]:
        parts = [self._pending]
        while b"\0" not in parts[-1]:
            if not select.select([self._in], [], [], _SECONDS)[0]:
                raise BrowserError("the browser says nothing any more")
            piece = os.read(self._in, 1 << 20)
            if not piece:
                raise BrowserError("the browser has stopped")
            parts.append(piece)
        message, _, self._pending = b"".join(parts).partition(b"\0")
        answer: dict[str, Any] = json.loads(message)
        return answer

    def evaluate(self, expression: str) -> Any:
        """Value of a script of the page, awaited when it is a promise."""
        done = self.call(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in done:
            raise BrowserError(str(done["exceptionDetails"]))
        return done["result"].get("value")

    def choose(self, selector: str, *paths: Path) -> None:
        """Put files, or one folder, into a file field, as a person does."""
        root = self.call("DOM.getDocument")["root"]["nodeId"]
        node = self.call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.call("DOM.setFileInputFiles", nodeId=node, files=[str(path) for path in paths])

    def picture(self, path: Path, width: int = 1100) -> None:
        """PNG of the whole page."""
        height = self.evaluate("document.documentElement.scrollHeight")
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=min(int(height) + 40, 16000), deviceScaleFactor=1, mobile=False,
        )  # fmt: skip
        shot = self.call("Page.captureScreenshot", captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(shot["data"]))

    def requests(self) -> list[str]:
        """Addresses that the page asked for since it was opened."""
        return [
            event["params"]["request"]["url"]
            for event in self.events
            if event.get("method") == "Network.requestWillBeSent"
        ]
