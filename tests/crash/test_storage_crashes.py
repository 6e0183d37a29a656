"""What was acknowledged survives, what was not has not happened: killed writers, a stopped server.

At the level of storage, on every system; `test_service_crashes.py` does the same through the services, and more often.
"""

import random
import subprocess
import sys
import time

import pytest
from sqlmodel import select

from claimtrack.db.engine import open_engine
from claimtrack.db.events import head
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
    assert kill_often(database_url, 8, time.monotonic() + 500) == 8


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
