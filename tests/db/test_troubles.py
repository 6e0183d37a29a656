"""A full disk, a folder that cannot be written, a clock that is set back, a server that is gone: told, nothing lost."""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlmodel import select

from claimtrack.db.engine import close_shared, open_engine
from claimtrack.db.tables import Event, Story
from claimtrack.db.verify import verify
from claimtrack.errors import StorageError
from claimtrack.services import activity, look_after, stories
from claimtrack.services.desk import Desk, add_reviewer, open_desk
from claimtrack.services.health import _ask
from claimtrack.vocabulary import IdentityBasis, Role


def titles(desk: Desk) -> list[str]:
    return [row.title for row in desk.see(stories.list_stories)]


def person(engine) -> Desk:
    return Desk(engine, Desk(engine).do(add_reviewer, "Ada", Role.ADMIN), IdentityBasis.SELF_DECLARED)


@pytest.fixture
def small(sqlite_template, tmp_path):
    """A desk whose file may grow by a few pages only, as on a full disk; and what makes room."""
    path = tmp_path / "small.sqlite3"
    shutil.copyfile(sqlite_template, path)
    engine = open_engine(str(path))
    room = {"pages": path.stat().st_size // 4096 + 40}
    event.listen(engine, "connect", lambda raw, _: raw.execute(f"PRAGMA max_page_count={room['pages']}"))
    yield person(engine), lambda: (room.update(pages=1_000_000), engine.dispose())
    engine.dispose()


def test_a_full_disk_is_told_and_what_was_acknowledged_stays(small):
    desk, make_room = small
    stored = []

    def fill() -> None:
        for number in range(200):
            desk.do(stories.add_story, f"Story {number}", brief="b" * 5_000)
            stored.append(f"Story {number}")

    with pytest.raises(StorageError, match=r"disk with the database is full\. Nothing of this was stored; make room"):
        fill()
    assert len(stored) > 3
    assert sorted(titles(desk)) == sorted(stored)
    assert verify(desk.engine).holds
    make_room()
    desk.do(stories.add_story, "After")
    assert sorted(titles(desk)) == sorted([*stored, "After"])
    assert verify(desk.engine).holds


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="no such limit here")
def test_a_process_that_may_write_no_more_is_told_so_once(tmp_path):
    path = tmp_path / "desk.sqlite3"
    desk = open_desk(str(path), "Ada")
    before = titles(desk)
    close_shared()
    most = path.stat().st_size + 400_000
    code = (
        f"import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most}))\n"
        "from claimtrack.services import stories\nfrom claimtrack.services.desk import open_desk\n"
        "desk = open_desk(sys.stdin.read(), 'Ada')\n"
        "from claimtrack.errors import StorageError\n"
        "try:\n    for n in range(100): desk.do(stories.add_story, f'Story {n}', brief='b' * 20_000)\n"
        "except StorageError as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=str(path), capture_output=True, text=True, timeout=120, check=False
    )
    assert "Nothing of this was stored" in done.stdout, done.stderr[-500:]
    assert len(done.stdout.splitlines()) == 1
    desk = open_desk(str(path), "Ada")
    assert verify(desk.engine).holds
    stored = len(titles(desk)) - len(before)
    assert 0 < stored < 100
    desk.do(stories.add_story, "After")
    assert "After" in titles(desk)


@pytest.fixture
def guarded(sqlite_template):
    """A desk's folder that this process may not write to."""
    folder = Path(tempfile.mkdtemp(prefix="claimtrack-guarded-"))
    folder.chmod(0o755)
    path = folder / "desk.sqlite3"
    shutil.copyfile(sqlite_template, path)
    engine = open_engine(str(path))
    person(engine).do(stories.add_story, "Before")
    engine.dispose()
    path.chmod(0o444)
    folder.chmod(0o555)
    am_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if am_root:
        os.seteuid(65_534)
    yield path
    if am_root:
        os.seteuid(0)
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_folder_that_cannot_be_written_is_told(guarded):
    engine = open_engine(str(guarded))
    with pytest.raises(StorageError, match=r"only be read|cannot be opened") as caught:
        Desk(engine).do(add_reviewer, "Bea", Role.ADMIN)
    assert "Nothing of this was stored" in str(caught.value)
    engine.dispose()


def test_the_order_of_events_does_not_follow_the_clock(engine, monkeypatch):
    desk = person(engine)
    desk.do(stories.add_story, "One")
    monkeypatch.setattr("claimtrack.db.events.utc_now", lambda: datetime.now(UTC) - timedelta(days=400))
    desk.do(stories.add_story, "Two")
    monkeypatch.undo()
    desk.do(stories.add_story, "Three")
    told = desk.see(look_after.clock)
    assert told[1].startswith("set back 1 times, last before event 3"), told
    assert told[2]
    order = desk.see(lambda work: work.session.exec(select(Event.action, Event.number).order_by(Event.number)).all())
    assert [number for _, number in order] == [1, 2, 3, 4]
    assert verify(engine).holds
    newest = desk.see(activity.recent, limit=1)
    assert "Three" in newest[0].what


def test_a_clock_that_is_behind_the_log_is_called_wrong(engine, monkeypatch):
    desk = person(engine)
    monkeypatch.setattr("claimtrack.db.events.utc_now", lambda: datetime.now(UTC) + timedelta(days=3))
    desk.do(stories.add_story, "From the future")
    monkeypatch.undo()
    what, told, is_right = desk.see(look_after.clock)
    assert (what, is_right) == ("clock", False)
    assert "still to come" in told


@pytest.fixture(scope="module")
def own_server():
    """A PostgreSQL server of this module's own, which its tests stop and start."""
    module = sys.modules.get("postgres_server")
    if module is None:
        import importlib.util

        place = Path(__file__).parents[1] / "postgres_server.py"
        spec = importlib.util.spec_from_file_location("postgres_server", place)
        module = importlib.util.module_from_spec(spec)
        sys.modules["postgres_server"] = module
        spec.loader.exec_module(module)
    if module.find_binaries() is None:
        pytest.skip("PostgreSQL's server programs are not installed")
    with module.PostgresServer() as server:
        yield server


@pytest.mark.postgres
def test_a_server_that_goes_away_is_told_and_work_goes_on_when_it_is_back(own_server):
    url = own_server.url("postgres")
    desk = open_desk(url, "Ada")
    desk.do(stories.add_story, "Before")
    assert _ask(url).is_well
    own_server.stop(at_once=True)
    for _ in range(3):
        with pytest.raises(StorageError, match=r"server does not answer\. Nothing of this was stored; it goes on"):
            desk.do(stories.add_story, "Lost?")
        with pytest.raises(StorageError, match="server does not answer"):
            titles(desk)
    assert not _ask(url).is_well
    assert "does not answer" in _ask(url).told
    done = subprocess.run(
        [sys.executable, "-c", "from claimtrack.cli import main; main()", "stories", "--db", url],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("claimtrack: The database server does not answer. Nothing of this was stored")
    assert len(done.stderr.splitlines()) == 1
    own_server.start()
    assert titles(desk) == ["Before"]
    desk.do(stories.add_story, "After")
    assert sorted(titles(desk)) == ["After", "Before"]
    assert _ask(url).is_well
    assert verify(desk.engine).holds


@pytest.mark.postgres
def test_a_server_stopped_in_the_middle_of_a_transaction_loses_only_that_one(own_server):
    desk = open_desk(own_server.url("postgres"), "Ada")
    inside, gone = threading.Event(), threading.Event()

    def slow(work):
        work.require(Role.CHECKER)
        work.add("story.added", Story(title="Half done"))
        inside.set()
        assert gone.wait(60)
        work.add("story.added", Story(title="Never"))

    told = []

    def run():
        try:
            desk.do(slow)
        except StorageError as error:
            told.append(str(error))

    thread = threading.Thread(target=run)
    thread.start()
    assert inside.wait(60)
    own_server.stop(at_once=True)
    gone.set()
    thread.join(60)
    assert len(told) == 1
    assert "does not answer" in told[0]
    own_server.start()
    assert "Half done" not in titles(desk)
    assert verify(desk.engine).holds


@pytest.mark.postgres
def test_a_statement_that_takes_too_long_and_a_lock_that_is_held_are_told(own_server, monkeypatch):
    monkeypatch.setattr("claimtrack.limits.QUERY_S", 1)
    monkeypatch.setattr("claimtrack.limits.WRITE_LOCK_S", 0.5)
    engine = open_engine(own_server.url("postgres"))
    desk = person(engine)
    begun = time.monotonic()
    with pytest.raises(StorageError, match="took too long"):
        desk.see(lambda work: work.session.connection().exec_driver_sql("SELECT pg_sleep(30)"))
    holding = open_engine(own_server.url("postgres"))
    with holding.connect() as other, other.begin():
        other.exec_driver_sql("SELECT * FROM chain_head FOR UPDATE")
        with pytest.raises(StorageError, match="waited too long for its turn"):
            desk.do(stories.add_story, "Waits")
    assert time.monotonic() - begun < 30
    holding.dispose()
    desk.do(stories.add_story, "Goes on")
    engine.dispose()
