"""What was acknowledged survives, what was not has not happened: killed writers, a stopped server, a torn log."""

import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import col, select

from claimtrack.db.engine import open_engine
from claimtrack.db.events import MACHINE, head, record_change, record_new
from claimtrack.db.tables import Event, Story
from claimtrack.db.verify import verify
from claimtrack.db.work import UnitOfWork

WRITER = """
import sys
from claimtrack.db.engine import open_engine
from claimtrack.db.events import MACHINE, record_change, record_new
from claimtrack.db.tables import Story
from claimtrack.db.work import UnitOfWork
engine = open_engine(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
number = 0
while True:
    number += 1
    with UnitOfWork(engine) as work:
        story = Story(title=f"{sys.argv[2]} {number}")
        record_new(work.session, MACHINE, "story.added", story)
        record_change(work.session, MACHINE, "story.changed", story, seen=1, changes={"brief": "whole"})
        work.commit()
    print(f"{sys.argv[2]} {number}", flush=True)
"""


class Writers:
    """Processes that store one story after another and print each as it is acknowledged."""

    def __init__(self, url: str, names: list[str]) -> None:
        command = [sys.executable, "-c", WRITER, url]
        self.processes = [
            subprocess.Popen([*command, name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            for name in names
        ]
        for process in self.processes:
            assert process.stdout.readline() == b"ready\n"
        for process in self.processes:
            process.stdin.write(b"\n")
            process.stdin.flush()

    def kill(self) -> list[str]:
        """End all of them at once; what they had acknowledged."""
        for process in self.processes:
            process.kill()
        acknowledged: list[str] = []
        for process in self.processes:
            out, _ = process.communicate()
            # The last line may be cut short by the kill: its newline tells.
            acknowledged += [line.decode() for line in out.splitlines(keepends=True) if line.endswith(b"\n")]
        return [line.strip() for line in acknowledged]


def check(url: str, acknowledged: set[str]) -> None:
    """Nothing acknowledged is lost, nothing is half there, and the log holds."""
    engine = open_engine(url)
    with UnitOfWork(engine, read_only=True) as work:
        stored = {story.title: story for story in work.session.exec(select(Story))}
        events = work.session.exec(select(Event.number)).all()
        assert head(work.session)[0] == len(events) == 2 * len(stored)
    assert acknowledged - stored.keys() == set()
    assert all((story.brief, story.version) == ("whole", 2) for story in stored.values())
    found = verify(engine)
    assert found.problems == []
    engine.dispose()


def kill_often(url: str, kills: int, until: float) -> int:
    """Kill four writers again and again at random moments; how many kills that were."""
    dice = random.Random(kills)
    acknowledged: set[str] = set()
    done = 0
    while done < kills and time.monotonic() < until:
        writers = Writers(url, [f"{done + number}" for number in range(4)])
        time.sleep(dice.uniform(0.0, 0.3))
        acknowledged |= set(writers.kill())
        done += 4
        if done % 40 == 0:
            check(url, acknowledged)
    check(url, acknowledged)
    assert acknowledged, "the writers wrote"
    return done


@pytest.mark.timeout(600)
@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_killed_writers_lose_nothing_that_was_acknowledged(database_url: str):
    assert kill_often(database_url, 40, time.monotonic() + 500) >= 20


@pytest.mark.long
@pytest.mark.timeout(4000)
@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_ten_thousand_kills_lose_nothing(database_url: str, record_property: Callable[[str, object], None]):
    record_property("kills", kill_often(database_url, 10_000, time.monotonic() + 3600))


@pytest.mark.postgres
@pytest.mark.timeout(300)
@pytest.mark.parametrize("database_kind", ["postgresql"])
def test_a_server_stopped_at_once_loses_nothing_that_was_acknowledged(database_url: str, postgres_server):
    acknowledged: set[str] = set()
    for turn in range(3):
        writers = Writers(database_url, [f"{turn} {number}" for number in range(4)])
        time.sleep(0.5)
        postgres_server.stop(at_once=True)
        acknowledged |= set(writers.kill())
        postgres_server.start()
        check(database_url, acknowledged)
    assert acknowledged


@pytest.fixture
def torn(sqlite_template: Path, tmp_path: Path) -> tuple[Path, bytes, bytes, list[int]]:
    """A database whose last 100 commits stand in its write-ahead log only: path, file, log, log size at each commit."""
    place = tmp_path / "desk.sqlite3"
    shutil.copyfile(sqlite_template, place)
    engine = open_engine(str(place))
    keeper = sqlite3.connect(place)
    log = place.with_name(place.name + "-wal")
    sizes = []
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_autocheckpoint=0")
        connection.rollback()
    for number in range(100):
        with UnitOfWork(engine) as work:
            story = Story(title=f"{number}")
            record_new(work.session, MACHINE, "story.added", story)
            record_change(work.session, MACHINE, "story.changed", story, seen=1, changes={"brief": "whole"})
            work.commit()
        sizes.append(log.stat().st_size)
    file, held = place.read_bytes(), log.read_bytes()
    keeper.close()
    engine.dispose()
    return tmp_path / "copy.sqlite3", file, held, sizes


def reopened(copy: Path, file: bytes, log: bytes) -> int:
    """How many stories are there, in order and whole, when only this much reached the disk."""
    for suffix in ("-wal", "-shm"):
        copy.with_name(copy.name + suffix).unlink(missing_ok=True)
    copy.write_bytes(file)
    copy.with_name(copy.name + "-wal").write_bytes(log)
    engine = open_engine(str(copy))
    with UnitOfWork(engine, read_only=True) as work:
        titles = list(work.session.exec(select(Story.title).order_by(col(Story.id))))
        briefs = set(work.session.exec(select(Story.brief)))
    found = verify(engine)
    engine.dispose()
    assert found.problems == []
    assert titles == [f"{number}" for number in range(len(titles))], "a clean beginning, nothing out of order"
    assert briefs <= {"whole"}
    assert found.events == 2 * len(titles)
    return len(titles)


def places(torn, every: int) -> list[int]:
    log, sizes = torn[2], torn[3]
    assert len(set(sizes)) == 100, "each commit grew the log"
    near = [size + step for size in sizes[::9] for step in (-1, 0, 1)]
    return sorted({place for place in [*range(0, len(log) + 1, every), *near] if place <= len(log)})


def test_a_log_cut_anywhere_leaves_a_clean_beginning(torn):
    copy, file, log, sizes = torn
    for place in places(torn, len(log) // 40):
        assert reopened(copy, file, log[:place]) == sum(size <= place for size in sizes)


def test_a_log_with_any_byte_flipped_leaves_a_clean_beginning(torn):
    copy, file, log, sizes = torn
    for place in places(torn, len(log) // 40):
        if place < len(log):
            flipped = log[:place] + bytes([log[place] ^ 0x10]) + log[place + 1 :]
            assert reopened(copy, file, flipped) <= sum(size <= place for size in sizes) or place < 32


@pytest.mark.long
@pytest.mark.timeout(4000)
def test_a_log_cut_at_every_byte_leaves_a_clean_beginning(torn):
    copy, file, log, sizes = torn
    until = time.monotonic() + 3600
    for place in range(len(log)):
        if time.monotonic() > until:
            break
        assert reopened(copy, file, log[:place]) == sum(size <= place for size in sizes)
