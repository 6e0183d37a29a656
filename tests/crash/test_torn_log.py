"""The write-ahead log of two hundred commits, cut or damaged at a byte: what is left is always a clean beginning."""

import random
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import newsroom
import pytest
from sqlalchemy import event

from claimtrack.db.engine import open_engine
from claimtrack.db.events import head
from claimtrack.db.verify import verify
from claimtrack.db.work import UnitOfWork

#: Bytes of the log's own header; one that is damaged leaves nothing of the log.
HEADER = 32


@dataclass
class Log:
    """A file, the log of the commits since, and how long it was and what the newest event was after each of them."""

    file: bytes
    data: bytes = b""
    sizes: list[int] = field(default_factory=list)
    heads: list[tuple[int, str]] = field(default_factory=list)  #: the first before any commit

    def left_at(self, place: int) -> int:
        """How many commits stand wholly before this byte."""
        return sum(size <= place for size in self.sizes)


def logs(template: Path, place: Path, page_size: int, commits: int, each: int) -> Iterator[Log]:
    """What services left of so many commits, `each` to a log."""
    shutil.copyfile(template, place)
    with closing(sqlite3.connect(place, isolation_level=None)) as connection:
        for command in ("PRAGMA journal_mode=DELETE", f"PRAGMA page_size={page_size}", "VACUUM"):
            connection.execute(command)
    engine = open_engine(str(place))
    event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA wal_autocheckpoint=0"))
    room, dice = newsroom.Newsroom(engine), random.Random(1)
    wal = place.with_name(place.name + "-wal")
    for _ in range(commits // each):
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        with UnitOfWork(engine, read_only=True) as work:
            log = Log(place.read_bytes(), heads=[head(work.session)])
        while len(log.sizes) < each:
            done = room.do(newsroom.next_act(dice, {kind: len(ids) for kind, ids in room.made.items()}))
            if (done.number, done.digest) > log.heads[-1]:
                log.sizes.append(wal.stat().st_size)
                log.heads.append((done.number, done.digest))
        log.data = wal.read_bytes()
        assert log.sizes == sorted(set(log.sizes)), "each commit grew the log"
        yield log
    engine.dispose()


def head_of(place: Path, data: bytes) -> tuple[int, str]:
    """The newest event that the file and this log give; both are left as they are."""
    place.with_name(place.name + "-wal").write_bytes(data)
    place.with_name(place.name + "-shm").unlink(missing_ok=True)
    with closing(sqlite3.connect(f"{place.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute("SELECT number, digest FROM chain_head").fetchone()


def check_whole(place: Path) -> None:
    """The database as it stands there holds, and its rows are what its log tells."""
    engine = open_engine(str(place))
    assert newsroom.differences(engine) == []
    assert verify(engine).problems == []
    engine.dispose()


def damaged(log: Log, place: int, dice: random.Random) -> bytes:
    """The log with one byte changed."""
    return log.data[:place] + bytes([log.data[place] ^ dice.randint(1, 255)]) + log.data[place + 1 :]


def try_place(log: Log, copy: Path, place: int, dice: random.Random) -> None:
    """A cut at this byte, and damage to it, leave exactly the commits before."""
    assert head_of(copy, log.data[:place]) == log.heads[log.left_at(place)]
    left = log.left_at(place) if place >= HEADER else 0
    assert head_of(copy, damaged(log, place, dice)) == log.heads[left]


def test_a_log_torn_anywhere_leaves_a_clean_beginning(sqlite_template: Path, tmp_path: Path):
    dice, copy = random.Random(2), tmp_path / "copy.sqlite3"
    for log in logs(sqlite_template, tmp_path / "desk.sqlite3", 4096, 200, 50):
        copy.write_bytes(log.file)
        edges = [size + step for size in dice.sample(log.sizes, 5) for step in (-1, 0, 1)]
        places = [*range(0, HEADER, 7), *edges, *(dice.randrange(len(log.data)) for _ in range(40))]
        for place in places:
            if place < len(log.data):
                try_place(log, copy, place, dice)
        for place in dice.sample(places, 3):
            whole = tmp_path / "whole.sqlite3"
            whole.write_bytes(log.file)
            whole.with_name(whole.name + "-shm").unlink(missing_ok=True)
            whole.with_name(whole.name + "-wal").write_bytes(log.data[:place])
            check_whole(whole)


@pytest.mark.long
@pytest.mark.timeout(4000)
def test_a_log_torn_at_every_byte_leaves_a_clean_beginning(sqlite_template: Path, tmp_path: Path, resume, request):
    """Pages of 512 bytes and ten commits to a log: the same bytes of every kind, and less to read again each time."""
    all_of_them = list(logs(sqlite_template, tmp_path / "desk.sqlite3", 512, 200, 10))
    memory = Path("/dev/shm")  # where there is one: nothing here depends on a disk
    folder = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else tmp_path))
    request.addfinalizer(lambda: shutil.rmtree(folder))
    copy = folder / "copy.sqlite3"
    places = [(log, place) for log in all_of_them for place in range(len(log.data))]

    def some(start: int, until: float) -> int:
        held = None
        for number in range(start, min(start + 20_000, len(places))):
            if number % 100 == 0 and number > start and time.monotonic() > until:
                return number
            log, place = places[number]
            if log is not held:
                copy.write_bytes(log.file)
                held = log
            try_place(log, copy, place, random.Random(place))
        return min(start + 20_000, len(places))

    resume("bytes of the log of 200 commits, each cut and damaged", len(places), some)
