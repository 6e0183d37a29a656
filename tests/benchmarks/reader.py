"""The review reader, measured in Chromium: key press to changed screen, first load, time until the desk has all.

    python tests/benchmarks/reader.py                                   # the tests' in-memory desk, 100,000 items
    python tests/benchmarks/reader.py --database sqlite:///desk.sqlite3 # the real Review page; decides statements in it

Key to screen is measured in the page: from the key event's own time stamp to the first task after the next frame, so
that input delay, script, layout and paint are in it. Times are wall clock: say what else the machine did.
"""

import argparse
import importlib.util
import os
import platform
import statistics
import sys
import tempfile
import time
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any

UI_TESTS = Path(__file__).parents[1] / "ui"

MEASURE = """() => {
  window.spent = [];
  window.addEventListener('keydown', (event) => {
    const began = event.timeStamp;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => window.spent.push(performance.now() - began);
      channel.port2.postMessage(0);
    });
  }, true);
}"""


def main() -> None:
    """Print one line for each way of working."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", help="measure the real Review page on this database")
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--presses", type=int, default=100)
    given = parser.parse_args()
    print(f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    shared = _conftest()
    with tempfile.TemporaryDirectory() as folder:
        if given.database:
            env = {"CLAIMTRACK_DATABASE_URL": given.database, "CLAIMTRACK_REVIEWER": "Benchmark"}
            desk, path = shared.Desk(Path(str(files("claimtrack.ui") / "app.py")), Path(folder) / "log", env), "/review"
        else:
            env = {"DEMO_JOURNAL": str(Path(folder) / "journal.jsonl"), "DEMO_ITEMS": str(given.items)}
            desk, path = shared.Desk(UI_TESTS / "apps" / "reader_demo.py", Path(folder) / "log", env), ""
        try:
            desk.start()
            measure(shared, desk.url + path, given.presses)
        finally:
            desk.stop()


def measure(shared: ModuleType, url: str, presses: int) -> None:
    """Load twice (the first fills the server's caches), then decide and move at two speeds."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shared.find_chromium(), args=shared.CHROMIUM_ARGS)
        shared.ReaderPage(browser, url).context.close()
        began = time.perf_counter()
        page = shared.ReaderPage(browser, url)
        print(f"first load: {time.perf_counter() - began:.2f} s")
        page.tab.wait_for_timeout(2_000)
        page.tab.evaluate(MEASURE)
        for name, keys, every in (
            ("decide, a key each 120 ms", "v" * presses, 120),
            ("move, a key each 120 ms", "kj" * (presses // 2), 120),
            ("decide, a key each 40 ms", "v" * presses, 40),
        ):
            print(f"{name}: {_speed(page, keys, every)}")
        browser.close()


def _speed(page: Any, keys: str, every: int) -> str:  # Any: the tests' own page, loaded by path
    page.tab.evaluate("window.spent.length = 0")
    page.type_keys(keys, every)
    last_key = time.perf_counter()
    page.has_sent_all(60_000)
    saved = time.perf_counter() - last_key
    spent = page.tab.evaluate("window.spent")
    cuts = statistics.quantiles(spent, n=20)
    return (
        f"key to screen p50 {statistics.median(spent):.0f} ms, p95 {cuts[18]:.0f} ms ({len(spent)} keys); "
        f"all stored {saved:.2f} s after the last key"
    )


def _conftest() -> ModuleType:
    spec = importlib.util.spec_from_file_location("ui_conftest", UI_TESTS / "conftest.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["ui_conftest"] = module
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
