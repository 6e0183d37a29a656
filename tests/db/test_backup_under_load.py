"""Backups taken while others write: each is restored, verified, and a state that the desk really had."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlmodel import col, select

from claimtrack.db.backup import backup, check, restore
from claimtrack.db.engine import open_engine
from claimtrack.db.tables import Event, Story
from claimtrack.db.verify import verify
from claimtrack.services.desk import Desk, open_desk

WRITER = """
import random, sys, time
from claimtrack.services import stories
from claimtrack.services.desk import open_desk
desk = open_desk(sys.argv[1], "Writer " + sys.argv[2])
chance = random.Random(int(sys.argv[2]))
number = 0
while True:
    number += 1
    desk.do(stories.add_story, f"{sys.argv[2]} {number}", brief="b" * chance.randrange(5_000))
    print(number, flush=True)
    time.sleep(0.02)
"""


class Writers:
    """Processes that store one story after another; `acknowledged` is what each was told is stored."""

    def __init__(self, url: str, count: int, folder: Path) -> None:
        self.files = [(folder / f"writer {number}").open("w+b") for number in range(count)]
        self.processes = [
            subprocess.Popen(
                [sys.executable, "-c", WRITER, url, str(number)],
                stdout=file,
                env={**os.environ, "CLAIMTRACK_LOG": "off"},
            )
            for number, file in enumerate(self.files)
        ]
        until = time.monotonic() + 60
        while min(self.acknowledged()) < 2:
            assert time.monotonic() < until, "the writers do not write"
            time.sleep(0.05)

    def acknowledged(self) -> list[int]:
        numbers = []
        for file in self.files:
            lines = Path(file.name).read_bytes().split(b"\n")[:-1]
            numbers.append(int(lines[-1]) if lines else 0)
        return numbers

    def stop(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()
        for file in self.files:
            file.close()


def stored(engine) -> dict[int, int]:
    """The newest number of each writer, checked to have all before it."""
    titles = Desk(engine).see(lambda work: list(work.session.exec(select(Story.title))))
    found: dict[int, set[int]] = {}
    for title in titles:
        writer, number = map(int, title.split())
        found.setdefault(writer, set()).add(number)
    for writer, numbers in found.items():
        assert numbers == set(range(1, len(numbers) + 1)), f"writer {writer} has a hole"
    return {writer: max(numbers) for writer, numbers in found.items()}


def take(engine, writers: Writers, folder: Path, new_url, number: int) -> int:
    """One backup under load, restored and compared; its number of events."""
    before = writers.acknowledged()
    path = folder / f"backup {number}.sqlite3"
    made = backup(engine, path)
    after = [one + 1 for one in writers.acknowledged()]  # one more may be stored and not yet acknowledged
    assert made.verification.holds
    assert check(path).holds
    copy = open_engine(new_url(empty=True))
    found = restore(path, copy)
    assert [str(problem) for problem in found.problems] == []
    held = stored(copy)
    for writer, (least, most) in enumerate(zip(before, after, strict=True)):
        assert least <= held.get(writer, 0) <= most, f"what writer {writer} was told is stored is in every later backup"
    events = Desk(copy).see(
        lambda work: work.session.exec(select(Event.number).order_by(col(Event.number).desc())).first()
    )
    copy.dispose()
    path.unlink()
    return events


def run(url: str, new_url, folder: Path, count: int) -> None:
    open_desk(url, "Ada")
    engine, chance = open_engine(url), random.Random(8)
    writers = Writers(url, 2, folder)
    try:
        events = []
        for number in range(count):
            events.append(take(engine, writers, folder, new_url, number))
            time.sleep(chance.random() * 0.05)
    finally:
        writers.stop()
    assert events == sorted(events)
    assert events[-1] > events[0], "nobody wrote meanwhile"
    assert verify(engine).holds
    engine.dispose()


@pytest.mark.timeout(300)
def test_backups_under_load_are_states_that_the_desk_had(database_kind, new_url, tmp_path):
    run(new_url(), new_url, tmp_path, 20 if database_kind == "sqlite" else 3)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_a_thousand_backups_under_load(database_kind, new_url, tmp_path):
    if database_kind != "sqlite":
        pytest.skip("the short run has PostgreSQL")
    for part in range(50):
        folder = tmp_path / str(part)
        folder.mkdir()
        run(new_url(), new_url, folder, 20)
        print(f"{(part + 1) * 20} backups restored and verified, 0 invalid")  # noqa: T201 - the figure
