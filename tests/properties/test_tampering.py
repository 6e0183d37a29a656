"""One field, row or place of the event log changed by whoever has the file: `verify` says so, every time."""

import random
import shutil
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

import newsroom
import pytest
from sqlalchemy import Engine

from claimtrack.db.engine import open_engine
from claimtrack.db.verify import verify


@pytest.fixture
def log(sqlite_template: Path, tmp_path: Path):
    """A desk's file with sixty acts in its log, in which every value may be written anywhere."""
    memory = Path("/dev/shm")  # where there is one: nothing here depends on a disk
    folder = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else tmp_path))
    place = shutil.copyfile(sqlite_template, folder / "desk.sqlite3")
    engine = open_engine(str(place))
    room, dice = newsroom.Newsroom(engine), random.Random(4)
    for _ in range(60):
        room.do(newsroom.next_act(dice, {kind: len(ids) for kind, ids in room.made.items()}))
    engine.dispose()
    tampered = open_engine(str(place))
    with closing(sqlite3.connect(place, isolation_level=None)) as file:
        # A table without triggers, keys and constraints: who tampers is not held up by those.
        file.executescript(
            "PRAGMA journal_mode=DELETE; PRAGMA foreign_keys=OFF; ALTER TABLE event RENAME TO kept;"
            "CREATE TABLE event AS SELECT * FROM kept; CREATE INDEX by_number ON event (number);"
            "CREATE INDEX by_item ON event (item); PRAGMA synchronous=OFF;"
        )
        assert verify(tampered).holds
        yield file, tampered, sorted(number for (number,) in file.execute("SELECT number FROM event"))
    tampered.dispose()
    shutil.rmtree(folder)


def changed(dice: random.Random, old: object, others: list[object]) -> object:
    """Another value for a field: a character more, less or other, another row's, nothing, or junk."""
    text = "" if old is None else str(old)
    at = dice.randrange(len(text) + 1)
    return dice.choice([
        lambda: text[:at] + dice.choice('0aZ é\x00"{') + text[at:],
        lambda: text[: max(at - 1, 0)] + text[at:],
        lambda: text[: max(at - 1, 0)] + dice.choice("0123456789abcdef") + text[at:],
        lambda: dice.choice(others),
        lambda: None,
        text.swapcase,
        lambda: text + " ",
        lambda: "",
        lambda: dice.randrange(-5, 10**6),
        lambda: dice.random() * 1000,
        lambda: dice.randbytes(8),
        text.encode,
    ])()  # fmt: skip


def tamper(file: sqlite3.Connection, dice: random.Random, numbers: list[int], columns: list[str]) -> str | None:
    """Change the log in one place; what was done, None when it came to nothing. To be rolled back."""
    one, other = dice.sample(numbers, 2)
    kind = dice.random()
    if kind < 0.7:
        column = dice.choice(columns)
        read = f"SELECT {column} FROM event WHERE number = ?"
        (old,) = file.execute(read, (one,)).fetchone()
        others = [value for (value,) in file.execute(f"SELECT {column} FROM event")]
        before = file.execute(f"SELECT rowid, quote({column}) FROM event WHERE number = ?", (one,)).fetchone()
        file.execute(f"UPDATE event SET {column} = ? WHERE number = ?", (changed(dice, old, others), one))
        after = file.execute(f"SELECT quote({column}) FROM event WHERE rowid = ?", before[:1]).fetchone()
        return None if after == before[1:] else f"{column} of {one}: {before[1]} became {after[0]}"
    if kind < 0.8:
        file.execute("DELETE FROM event WHERE number = ?", (one,))
        return f"removed {one}"
    if kind < 0.9:
        file.execute("UPDATE event SET number = -1 WHERE number = ?", (one,))
        file.execute("UPDATE event SET number = ? WHERE number = ?", (one, other))
        file.execute("UPDATE event SET number = ? WHERE number = -1", (other,))
        return f"{one} and {other} changed places"
    names = ", ".join(columns[1:])
    place = dice.choice([one, numbers[-1] + 1])
    file.execute(f"INSERT INTO event (number, {names}) SELECT ?, {names} FROM event WHERE number = ?", (place, other))
    return f"{other} stands once more at {place}"


def try_to_hide(log: tuple[sqlite3.Connection, Engine, list[int]], seed: int) -> bool:
    """Whether the log was changed; it was then found."""
    file, engine, numbers = log
    columns = [row[1] for row in file.execute("PRAGMA table_info(event)")]
    file.execute("BEGIN")
    done = tamper(file, random.Random(seed), numbers, columns)
    if done is None:
        file.execute("ROLLBACK")
        return False
    file.execute("COMMIT")
    found = verify(engine)
    assert not found.holds, (seed, done)
    file.execute("BEGIN")
    file.execute("DELETE FROM event")
    file.execute("INSERT INTO event SELECT * FROM kept")
    file.execute("COMMIT")
    return True


@pytest.mark.timeout(600)
def test_every_change_of_the_log_is_found(log):
    assert sum(try_to_hide(log, seed) for seed in range(250)) > 200
    assert verify(log[1]).holds, "put back, it holds again"


@pytest.mark.long
@pytest.mark.timeout(4000)
def test_every_one_of_a_hundred_thousand_changes_is_found(log, resume):
    def some(start: int, until: float) -> int:
        done, seed = start, 1_000 + 2 * start
        while done < start + 500 and time.monotonic() < until:
            done += try_to_hide(log, seed)
            seed += 1
        return done

    resume("changes of the log, all found", 100_000, some)
