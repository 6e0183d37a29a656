"""A real server on loopback and the Chromium that is installed. Skips where there is no browser; fails on CI."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

APPS = Path(__file__).parent / "apps"

CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

MISSING = "no Chromium: install it and put it on PATH, or name it in CLAIMTRACK_CHROMIUM"


def find_chromium() -> str | None:
    named = os.environ.get("CLAIMTRACK_CHROMIUM")
    names = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
    return named or next((found for name in names if (found := shutil.which(name))), None)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Desk:
    """One server. `stop` kills it without a chance to tidy up; `start` runs it again on the same port."""

    def __init__(self, script: Path, log: Path, env: dict[str, str]) -> None:
        self.script, self.log, self.env, self.port = script, log, env, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Desk":
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, str(APPS / "serve.py"), str(self.script), str(self.port)],
                env={**os.environ, **self.env, "PYTHONPATH": str(self.script.parent)},
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
            )
        until = time.monotonic() + 60
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise RuntimeError(
                    f"the desk ended before it answered:\n{self.log.read_text(encoding='utf-8')[-2000:]}"
                )
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=1):
                    return self
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        raise RuntimeError("the desk did not answer within 60 s")

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()
            if self.process.stdin:
                self.process.stdin.close()
        self.process = None


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Starts a server: `desk("reader_demo.py", DEMO_ITEMS="60")`. All of them end with the test."""
    running: list[Desk] = []

    def start(script: str, **env: str) -> Desk:
        made = Desk(APPS / script, tmp_path / "desk.log", {"DEMO_JOURNAL": str(tmp_path / "journal.jsonl"), **env})
        running.append(made)
        return made.start()

    yield start
    for one in running:
        one.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """One browser for the session; a test opens contexts of its own."""
    path = find_chromium()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGS)
        yield browser
        browser.close()


class ReaderPage:
    """One tab with the reader in it, and what a test asks of it. `problems` holds errors of the page's own scripts."""

    def __init__(self, browser: Any, url: str, *, expect: str = ".ct-doc .ct-now", **options: Any) -> None:
        self.context = browser.new_context(**{"viewport": {"width": 1360, "height": 820}, **options})
        self.tab, self.expect = self.context.new_page(), expect
        self.problems: list[str] = []
        self.requests: list[str] = []
        self.tab.on("pageerror", lambda error: self.problems.append(str(error)))
        self.tab.on("request", lambda request: self.requests.append(request.url))
        self.tab.goto(url)
        self.is_there()

    def is_there(self) -> None:
        self.tab.wait_for_selector(self.expect)

    def reload(self) -> None:
        self.tab.reload()
        self.is_there()

    def type_keys(self, keys: str, every_ms: int = 40) -> None:
        for key in keys:
            self.tab.keyboard.press(key)
            self.tab.wait_for_timeout(every_ms)

    def is_saved(self, timeout: int = 30_000) -> None:
        self.tab.wait_for_selector(".ct-saving[data-state=saved]", timeout=timeout)

    def has_sent_all(self, timeout: int = 30_000) -> None:
        self.tab.wait_for_function(
            """() => Object.entries(sessionStorage)
              .filter(([name]) => name.startsWith('claimtrack.reader.'))
              .every(([, text]) => !(JSON.parse(text).entries ?? []).length)""",
            timeout=timeout,
        )

    def order(self) -> list[str]:
        return self.tab.eval_on_selector_all(".ct-rows li", "rows => rows.map((row) => row.dataset.item)")

    def part(self, name: str) -> str:
        return self.tab.locator(f"[data-part={name}]").text_content()

    @property
    def current(self) -> str:
        return self.tab.locator(".ct-reader").get_attribute("data-current")


@pytest.fixture
def reader(chromium: object) -> Iterator[Callable[..., ReaderPage]]:
    """Opens the reader in a tab of its own: `reader(url, color_scheme="dark")`."""
    pages: list[ReaderPage] = []

    def open_page(url: str, **options: Any) -> ReaderPage:
        pages.append(ReaderPage(chromium, url, **options))
        return pages[-1]

    yield open_page
    for page in pages:
        page.context.close()


@pytest.fixture
def journal(tmp_path: Path) -> Callable[[], list[dict[str, Any]]]:
    """What the demo desk has stored, oldest first."""

    def read() -> list[dict[str, Any]]:
        path = tmp_path / "journal.jsonl"
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []

    return read
