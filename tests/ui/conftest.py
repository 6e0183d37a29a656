"""A real server on loopback and the Chromium that is installed. Skips where there is no browser; fails on CI."""

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

import pytest

APPS = Path(__file__).parent / "apps"

CHROMIUM_ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

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

    def __init__(self, script: Path, env: dict[str, str]) -> None:
        self.script, self.env, self.port = script, env, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Desk":
        self.process = subprocess.Popen(
            [sys.executable, str(APPS / "serve.py"), str(self.script), str(self.port)],
            env={**os.environ, **self.env, "PYTHONPATH": str(self.script.parent)},
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL if not self.env.get("DESK_LOG") else Path(self.env["DESK_LOG"]).open("ab"),
        )
        until = time.monotonic() + 60
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise RuntimeError(f"the desk ended with status {self.process.returncode} before it answered")
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
        made = Desk(APPS / script, {"DEMO_JOURNAL": str(tmp_path / "journal.jsonl"), **env})
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
