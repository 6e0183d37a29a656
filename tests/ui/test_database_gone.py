"""A team's database that is away for some seconds: the page says so, goes on by itself, and loses no decision."""

import importlib.util
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from sqlmodel import select

from claimtrack.db.tables import Event, Statement
from claimtrack.db.verify import verify
from claimtrack.ingest import read_text
from claimtrack.services.desk import open_desk
from claimtrack.services.import_source import import_sources

HERE = Path(__file__).parent
ARTICLE = (
    "Talks stall\n\n12 March 2026\n\n“We were told nothing,” said Tor Vale, a union official. “Nobody asked us.”\n"
)

pytestmark = [pytest.mark.browser, pytest.mark.postgres, pytest.mark.timeout(240)]


@pytest.fixture
def server():
    spec = importlib.util.spec_from_file_location("postgres_server_here", HERE.parent / "postgres_server.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if module.find_binaries() is None:
        pytest.skip("PostgreSQL's server programs are not installed")
    with module.PostgresServer() as made:
        yield made


@pytest.fixture
def page(server, tmp_path, chromium):
    """The review page of a desk on the server, in a browser."""
    url = server.url("postgres")
    list(import_sources(open_desk(url, "Ada"), [read_text(ARTICLE, name="paste", publisher="The Ledger")]))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, str(HERE / "apps" / "serve_command.py"), "ui", "--db", url, "--port", str(port)]
    env = {**os.environ, "CLAIMTRACK_LOG": str(tmp_path / "log.jsonl"), "CLAIMTRACK_REVIEWER": "Ada"}
    with (tmp_path / "out").open("wb") as out:
        process = subprocess.Popen([*command, "--no-browser"], env=env, stdin=subprocess.PIPE, stdout=out, stderr=out)
    context = chromium.new_context()
    context.set_default_timeout(60_000)
    try:
        wait_until(lambda: health(port) == 200, 60)
        tab = context.new_page()
        tab.goto(f"http://127.0.0.1:{port}/review")
        tab.locator(".ct-doc .ct-now").first.wait_for()
        yield tab, port
    finally:
        context.close()
        process.kill()
        process.wait()
        process.stdin.close()


def health(port: int) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        error.close()
        return error.code
    except OSError:
        return 0


def wait_until(is_so, seconds: float) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "waited too long"
        time.sleep(0.2)


def test_decisions_made_while_the_database_is_away_are_stored_when_it_is_back(page, server):
    tab, port = page
    server.stop(at_once=True)
    tab.keyboard.press("v")
    tab.get_by_text("database server does not answer").first.wait_for()
    assert health(port) == 503
    tab.wait_for_timeout(10_000)
    server.start()
    desk = open_desk(server.url("postgres"), "Ada")

    def decided() -> int:
        return len(
            desk.see(lambda work: work.session.exec(select(Statement).where(Statement.state == "as_printed")).all())
        )

    wait_until(lambda: decided() == 1, 60)
    tab.locator(".ct-doc").first.wait_for()
    assert health(port) == 200
    events = desk.see(lambda work: work.session.exec(select(Event).where(Event.action == "statement.decided")).all())
    assert len(events) == 1, "sent again and again, stored once"
    assert verify(desk.engine).holds
    desk.engine.dispose()


def test_a_page_that_found_no_database_shows_itself_when_it_is_back(page, server):
    tab, port = page
    server.stop(at_once=True)
    tab.goto(f"http://127.0.0.1:{port}/sources")
    tab.get_by_text("database server does not answer").first.wait_for()
    assert "Traceback" not in tab.content()
    server.start()
    tab.get_by_text("Talks stall").first.wait_for(state="attached")
    assert tab.get_by_text("database server does not answer").count() == 0
