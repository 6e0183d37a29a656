"""People at work through the services while processes are killed and servers stop: what was acknowledged is there,
what was not is there whole or not at all."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path
from uuid import UUID

import newsroom
import pytest
from sqlmodel import func, select

from claimtrack.db import tables
from claimtrack.db.engine import open_engine
from claimtrack.db.verify import verify
from claimtrack.db.work import UnitOfWork

HERE = Path(__file__).parent
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="workers are forked")


class Workers:
    """Four processes at work in one database, and what was acknowledged to them."""

    def __init__(self, url: str, folder: Path, seed: int) -> None:
        self.url, self.folder, self.dice = url, folder, random.Random(seed)
        folder.mkdir()
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "nursery.py"), url, str(folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip
        assert self.process.stdout.readline() == "ready\n"
        self.turn = self.acts = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()

    def tell(self, command: str) -> None:
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "done\n"

    def start(self, name: str) -> None:
        self.turn += 1
        self.tell(f"start {name} {self.turn}")

    def acknowledged(self) -> int:
        """Bytes that the workers wrote since the last check."""
        return sum(path.stat().st_size for path in self.folder.iterdir())

    def wait_for(self, acts: int) -> None:
        """Wait until some more acts were acknowledged, and a moment that nobody could have foreseen."""
        wanted, until = self.acknowledged() + 80 * acts, time.monotonic() + 10
        while self.acknowledged() < wanted and time.monotonic() < until:
            time.sleep(0.002)
        time.sleep(self.dice.uniform(0, 0.02))

    def kill_some(self, kills: int) -> None:
        """Kill one after another at random moments, each replaced at once; in the end all four."""
        names = ["a", "b", "c", "d"]
        for name in names:
            self.start(name)
        for _ in range(kills - len(names)):
            self.wait_for(2)
            name = self.dice.choice(names)
            self.tell(f"kill {name}")
            self.start(name)
        self.wait_for(2)
        for name in names:
            self.tell(f"kill {name}")

    def check(self) -> None:
        """Nothing acknowledged is lost, nothing is there in part, and the log holds."""
        failed = [path.read_text("utf-8") for path in self.folder.glob("*.failed")]
        assert failed == []
        heads, sent = {}, {}
        for path in self.folder.iterdir():
            for line in path.read_text("utf-8").splitlines(keepends=True):
                if line.endswith("\n"):  # else the kill cut it short: it was not acknowledged
                    number, digest, client, sequence, _ = line.split()
                    heads[int(number)] = digest
                    sent[UUID(client)] = max(int(sequence), sent.get(UUID(client), 0))
                    self.acts += 1
            path.unlink()
        engine = open_engine(self.url)
        with UnitOfWork(engine, read_only=True) as work:
            event, entry = tables.Event, tables.OutboxEntry
            stored = dict(work.session.exec(select(event.number, event.digest)).all())
            kept = dict(work.session.exec(select(entry.client, func.count()).group_by(entry.client)).all())
        # An event's digest holds those of all before it: one that stands proves all that led to it.
        assert heads.items() - stored.items() == set(), "an acknowledged act is lost"
        assert [client for client, sequence in sent.items() if kept.get(client, 0) < sequence] == []
        assert newsroom.differences(engine) == []
        assert verify(engine).problems == []
        engine.dispose()


def killed(url: str, folder: Path, kills: int, seed: int, until: float = float("inf")) -> tuple[int, int]:
    """Kill that often; how many kills that were, and how many acts were acknowledged."""
    engine = open_engine(url)
    newsroom.Newsroom(engine)
    engine.dispose()
    done = 0
    with Workers(url, folder, seed) as workers:
        while done < kills and (done == 0 or time.monotonic() < until):
            some = min(50, kills - done)
            workers.kill_some(some)
            workers.check()
            done += some
    return done, workers.acts


@pytest.mark.timeout(300)
@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_two_hundred_killed_processes_lose_no_acknowledged_act(database_url: str, tmp_path: Path):
    kills, acts = killed(database_url, tmp_path / "acknowledged", 200, 1)
    assert kills == 200
    assert acts >= 200


@pytest.mark.long
@pytest.mark.timeout(4000)
@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_ten_thousand_killed_processes_lose_no_acknowledged_act(new_url, tmp_path: Path, resume):
    def some(start: int, until: float) -> int:
        return start + killed(new_url(), tmp_path / f"acknowledged {start}", 500, start, until)[0]

    resume("killed processes", 10_000, some)


@pytest.mark.postgres
@pytest.mark.timeout(300)
@pytest.mark.parametrize("database_kind", ["postgresql"])
def test_a_server_that_stops_at_once_loses_no_acknowledged_act(database_url: str, tmp_path: Path, postgres_server):
    assert stop_often(database_url, tmp_path / "acknowledged", postgres_server, 3) == 3


@pytest.mark.long
@pytest.mark.postgres
@pytest.mark.timeout(4000)
@pytest.mark.parametrize("database_kind", ["postgresql"])
def test_a_hundred_stops_lose_no_acknowledged_act(new_url, tmp_path: Path, postgres_server, resume):
    def some(start: int, until: float) -> int:
        return start + stop_often(new_url(), tmp_path / f"acknowledged {start}", postgres_server, 20, until)

    resume("servers stopped at once", 100, some)


def stop_often(url: str, folder: Path, server, stops: int, until: float = float("inf")) -> int:
    """Stop the server under load that often; how many stops that were."""
    engine = open_engine(url)
    newsroom.Newsroom(engine)
    engine.dispose()
    done = 0
    with Workers(url, folder, 1) as workers:
        while done < stops and (done == 0 or time.monotonic() < until):
            for name in "abcd":
                workers.start(name)
            workers.wait_for(30)
            server.stop(at_once=True)
            for name in "abcd":
                workers.tell(f"kill {name}")
            for path in folder.glob("*.failed"):
                # The driver says that the connection broke; anything else is an error of ours.
                assert "OperationalError" in path.read_text("utf-8"), path.read_text("utf-8")
                path.unlink()
            server.start()
            workers.check()
            done += 1
    assert workers.acts >= 20 * done
    return done
