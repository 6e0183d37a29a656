"""The review desk at size, measured in Chromium on the real page: `python tests/benchmarks/desk.py`.

    --statements 100000   how many statements the database holds (made by `storage.py`, no two of them alike)
    --seconds 20          how long the reviewers work; 120 is what the targets are about
    --reviewers 10        browser pages that decide once a second each
    --writers 40          reviewers who decide through the services at the same time, in the last part
    --keep FILE           keep the SQLite file, and take it the next time

Prints, one a line: first load; key press to changed screen (from the key event's own time stamp to the first task after
the next frame, so input delay, script, layout and paint are in it); the server's work for a decision; what became of
the decisions of all reviewers; how much memory of the server a session takes and goes on taking. Times are wall clock:
say what else the machine did.
"""

import argparse
import importlib.util
import json
import os
import platform
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import uuid4

from sqlmodel import col, func, select

from claimtrack.db import tables
from claimtrack.db.engine import open_engine
from claimtrack.db.schema import upgrade
from claimtrack.services import outbox, queue
from claimtrack.services.desk import Desk, open_desk
from claimtrack.services.entry import AsPrinted, Entry, EntryRef
from claimtrack.vocabulary import StatementState

HERE = Path(__file__).parent


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--reviewers", type=int, default=10)
    parser.add_argument("--writers", type=int, default=40)
    parser.add_argument("--presses", type=int, default=100)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    print(f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        path = given.keep or Path(folder) / "desk.sqlite3"
        if not path.exists():
            engine = open_engine(f"sqlite:///{path}")
            upgrade(engine)
            _module("storage", HERE / "storage.py").fill(engine, given.statements)
            engine.dispose()
        work(f"sqlite:///{path}", Path(folder), given)


def work(url: str, folder: Path, given: argparse.Namespace) -> None:
    """One server; one page, then many, then many with writers beside them."""
    from playwright.sync_api import sync_playwright

    ui = _module("ui_conftest", HERE.parent / "ui" / "conftest.py")
    app = Path(str(files("claimtrack.ui") / "app.py"))
    desk = ui.Desk(app, folder / "log", {"CLAIMTRACK_DATABASE_URL": url, "CLAIMTRACK_REVIEWER": "Benchmark"})
    store = open_desk(url, "Benchmark")
    print(f"{given.statements:,} statements; server's work for a decision: {decide_here(store, given.presses)}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=ui.find_chromium(), args=ui.CHROMIUM_ARGS)
        desk.start()
        try:
            one_page(ui, browser, f"{desk.url}/review", given.presses)
            addresses = [f"{desk.url}/review?{query}" for query in apart(store, given.reviewers)]
            many(ui, browser, desk, addresses, store, given)
            with writers(url, given.writers) as told:
                many(ui, browser, desk, addresses, store, given)
            print(f"writers: {told()}")
        finally:
            desk.stop()


def decide_here(desk: Desk, count: int) -> str:
    """How long the services take for one decision: apply the entry, and read the item again as the page does."""
    found = desk.see(queue.page, queue.QueueFilter(), limit=count)
    client, spent = str(uuid4()), []
    for number, item in enumerate(found.items, 1):
        began = time.perf_counter()
        desk.do(outbox.apply, [entry(client, number, item.row)])
        desk.see(queue.one, item.row.public_id)
        spent.append((time.perf_counter() - began) * 1000)
    return told(spent)


def entry(client: str, number: int, row: tables.Statement) -> Entry:
    """ "As printed", as a browser sends it."""
    return Entry(EntryRef(client, number), str(row.public_id), row.version, None, "", AsPrinted())


def one_page(ui: ModuleType, browser: Any, url: str, presses: int) -> None:  # Any: playwright's
    """First load (the second page of the server: its caches are full then), and keys to screen."""
    ui.ReaderPage(browser, url).context.close()
    began = time.perf_counter()
    page = ui.ReaderPage(browser, url)
    print(f"first load: {time.perf_counter() - began:.2f} s")
    page.tab.wait_for_timeout(2_000)
    page.tab.evaluate(_module("reader", HERE / "reader.py").MEASURE)
    for name, keys, every in (
        ("decide, a key each 120 ms", "v" * presses, 120),
        ("move, a key each 120 ms", "kj" * (presses // 2), 120),
        ("decide, a key each 40 ms", "v" * presses, 40),
    ):
        page.tab.evaluate("window.spent.length = 0")
        page.type_keys(keys, every)
        page.has_sent_all(60_000)
        print(f"{name}: key to screen {told(page.tab.evaluate('window.spent'))}")
    page.context.close()


def apart(desk: Desk, count: int) -> list[str]:
    """A queue for each reviewer in which the others decide nothing: an outlet each, the fullest first."""
    number = func.count()
    outlets = select(tables.Document.publisher, number).join(
        tables.Statement, col(tables.Statement.document_id) == tables.Document.id
    )
    outlets = outlets.where(tables.Statement.state == StatementState.EXTRACTED).group_by(tables.Document.publisher)
    found = desk.see(lambda work: list(work.session.exec(outlets.order_by(number.desc()).limit(count))))
    return [f"publisher={str(name).replace(' ', '+')}" for name, _ in found]


def many(
    ui: ModuleType, browser: Any, desk: Any, addresses: Sequence[str], store: Desk, given: argparse.Namespace
) -> None:  # Any: playwright's, and the tests' own
    """One page for each address, a decision a second each; every decision has to be stored once."""
    before, empty = stored(store), memory(desk)
    pages = [ui.ReaderPage(browser, address) for address in addresses]
    for page in pages:
        page.tab.evaluate(LIVE, given.seconds)
    loaded = memory(desk)
    pages[0].tab.wait_for_timeout(given.seconds * 1000 + 500)
    for page in pages:
        page.has_sent_all(60_000)
    pressed = sum(page.tab.evaluate(PRESSED) for page in pages)
    spent = [one for page in pages for one in page.tab.evaluate("window.spent ?? []")]
    anew = sum(page.tab.evaluate("window.spent === undefined") for page in pages)
    problems = [problem for page in pages for problem in page.problems]
    grown = memory(desk)
    after = stored(store)
    each = len(pages)
    print(
        f"{each} reviewers, {given.seconds:.0f} s: {pressed} decisions pressed, {after[0] - before[0]} stored, "
        f"{after[1] - before[1]} statements decided, {after[2] - before[2]} refused; key to screen {told(spent)}; "
        f"memory a session {(loaded - empty) / each:.1f} MB when open, {(grown - loaded) / each:+.1f} MB while working"
        + (f"; {anew} pages had to be loaded anew, and pressed no more" if anew else "")
        + (f"; problems: {problems[:2]}" if problems else "")
    )
    for page in pages:
        page.context.close()


#: Presses v once a second, at a moment of its own, for as many seconds as asked; the page does it, not the test's one
#: thread, so that ten pages press at once.
LIVE = """(seconds) => {
  window.spent = [];
  const until = performance.now() + seconds * 1000;
  const press = () => {
    if (performance.now() >= until) return;
    const began = performance.now();
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'v', code: 'KeyV', bubbles: true, cancelable: true }));
    sessionStorage.setItem('benchmark.pressed', String(Number(sessionStorage.getItem('benchmark.pressed') ?? 0) + 1));
    const channel = new MessageChannel();
    channel.port1.onmessage = () => window.spent.push(performance.now() - began);
    requestAnimationFrame(() => channel.port2.postMessage(0));
    setTimeout(press, 1000);
  };
  setTimeout(press, Math.random() * 1000);
}"""


#: Kept over a page that is loaded anew: what was pressed before has to be stored all the same.
PRESSED = "Number(sessionStorage.getItem('benchmark.pressed') ?? 0)"


def stored(desk: Desk) -> tuple[int, int, int]:
    """Entries of this reviewer's outboxes that were stored, different statements among them, and refused entries."""

    def count(work: Any) -> tuple[int, int, int]:  # Any: as services have it
        mine = tables.OutboxEntry.reviewer_id == work.reviewer.id  # not the writers'
        rows = work.session.exec(select(tables.OutboxEntry.item, tables.OutboxEntry.event).where(mine)).all()
        done = [item for item, event in rows if event is not None]
        return len(done), len(set(done)), len(rows) - len(done)

    return desk.see(count)


def memory(desk: Any) -> float:  # Any: the tests' own server
    """Resident memory of the server's process in MB; 0 where the system does not tell."""
    status = Path(f"/proc/{desk.process.pid}/status")
    if not status.exists():
        return 0.0
    line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


class writers:  # noqa: N801 - used as a statement
    """So many reviewers who decide through the services, each on statements of their own, until it ends."""

    def __init__(self, url: str, count: int) -> None:
        self.url, self.count, self.stop = url, count, threading.Event()
        self.spent: list[float] = []
        self.refused: list[str] = []
        self.threads: list[threading.Thread] = []

    def __enter__(self) -> Any:  # Any: what tells the figures
        newest = open_desk(self.url, "Benchmark")
        rows = newest.see(lambda work: list(work.session.exec(_free(self.count * 400))))
        for number in range(self.count):
            mine = rows[number :: self.count]
            self.threads.append(threading.Thread(target=self._decide, args=(f"Writer {number}", mine), daemon=True))
        for thread in self.threads:
            thread.start()
        return lambda: (
            f"{self.count} writers: {len(self.spent)} decisions, {len(self.refused)} refused, each {told(self.spent)}"
        )

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join(60)

    def _decide(self, name: str, rows: Sequence[tables.Statement]) -> None:
        desk, client = open_desk(self.url, name), str(uuid4())
        for number, row in enumerate(rows, 1):
            if self.stop.is_set():
                return
            began = time.perf_counter()
            (answer,) = desk.do(outbox.apply, [entry(client, number, row)]).values()
            self.spent.append((time.perf_counter() - began) * 1000)
            if not answer["ok"]:
                self.refused.append(json.dumps(answer))
            self.stop.wait(max(0.0, 1.0 - (time.perf_counter() - began)))


def _free(count: int) -> Any:  # Any: SQLModel's select
    """The last statements of the queue: pages take them from the other end."""
    query = select(tables.Statement).where(tables.Statement.state == StatementState.EXTRACTED)
    return query.order_by(col(tables.Statement.id).desc()).limit(count)


def told(spent: Sequence[float]) -> str:
    """Median and 95th percentile in milliseconds."""
    if len(spent) < 2:
        return "not measured"
    cuts = statistics.quantiles(spent, n=20)
    return f"p50 {statistics.median(spent):.0f} ms, p95 {cuts[18]:.0f} ms ({len(spent)})"


def _module(name: str, path: Path) -> ModuleType:
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


if __name__ == "__main__":
    main()
