"""Sources read by other processes, on this machine and on a Dask cluster, are stored as one process stores them."""

import os
import random
import re
import subprocess
import sys
import time

import pytest
from sqlmodel import select

from claimtrack import limits
from claimtrack.db.engine import open_engine
from claimtrack.db.tables import Statement
from claimtrack.errors import ClaimTrackError
from claimtrack.ingest import extraction
from claimtrack.ingest.source import gather
from claimtrack.ingest.workers import cores, dask_cluster, in_order, processes
from claimtrack.services import import_source
from claimtrack.services.desk import Desk
from claimtrack.services.import_source import Refused, import_sources

WHO = ("Mirela Anand", "Tor Vale", "Ada Moss")
WHAT = ("the berths reopen in May", "nobody was told of the audit", "two cranes are not enough")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Thirty files: text, pages, some that cannot be read, one that holds several documents."""
    place = tmp_path_factory.mktemp("sources")
    dice = random.Random(30)
    for number in range(26):
        said = [f"“{dice.choice(WHAT).capitalize()},” {dice.choice(WHO)} said on Monday." for _ in range(3)]
        if number % 3:
            text = f"Port news {number}\n\n12 March 2026\n\n" + "\n\n".join(said)
            (place / f"{number:02}.txt").write_text(text, encoding="utf-8")
        else:
            page = "".join(f"<p>{words}</p>" for words in said)
            head = f"<title>Port news {number}</title>"
            (place / f"{number:02}.html").write_text(f"<html><head>{head}</head><body>{page}</body></html>")
    (place / "26.txt").write_bytes(b"")
    (place / "27.pdf").write_bytes(b"%PDF-1.7 and nothing else")
    lines = [f'{{"id": {n}, "text": "{WHO[n]} said that {WHAT[n]}.", "meta": {{}}}}' for n in range(3)]
    (place / "28.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (place / "29.txt").write_bytes((place / "01.txt").read_bytes())
    return place


@pytest.fixture(scope="module")
def stored(sqlite_template, tmp_path_factory, folder, picture):
    """What an import of the folder gives and stores: results, rows with their internal keys, everything else."""

    def run(start=None, after=0):
        path = tmp_path_factory.mktemp("desk") / "desk.sqlite3"
        path.write_bytes(sqlite_template.read_bytes())
        engine = open_engine(str(path))
        desk = Desk(engine)
        found = list(import_sources(desk, gather(folder), start=start, after=after))
        results = [
            (one.name, one.problem) if isinstance(one, Refused) else (one.name, one.outcome, one.statements, one.title)
            for one in found
        ]
        columns = (Statement.id, Statement.capture_id, Statement.speaker_id, Statement.cluster_id, Statement.content)
        rows = desk.see(lambda work: [tuple(row) for row in work.session.exec(select(*columns).order_by(Statement.id))])
        seen = picture(engine)
        engine.dispose()
        return results, rows, seen

    return run


@pytest.fixture(scope="module")
def alone(stored):
    return stored()


@pytest.mark.timeout(180)
def test_two_processes_and_one_store_the_same(stored, alone):
    assert len(alone[0]) == 32
    assert sum(len(result) == 2 for result in alone[0]) == 2
    assert stored(lambda: processes(2), after=7) == alone


@pytest.mark.timeout(180)
def test_a_dask_cluster_of_two_workers_stores_the_same(stored, alone):
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0",
               "--no-dashboard", "--no-jupyter"]  # fmt: skip
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as scheduler:
        workers = []
        try:
            address = scheduler_address(scheduler)
            with pytest.raises(ClaimTrackError, match="has no workers"), dask_cluster(address):
                pass
            command = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny",
                       "--no-dashboard", "--death-timeout", "60"]  # fmt: skip
            workers = [subprocess.Popen(command, stderr=subprocess.DEVNULL) for _ in range(2)]
            wait_for_workers(address, 2)
            assert stored(lambda: dask_cluster(address)) == alone
        finally:
            for process in (*workers, scheduler):
                process.kill()
            for process in workers:
                process.wait(20)


def scheduler_address(process):
    """What the scheduler prints as its address."""
    for line in process.stderr:
        if "Scheduler at:" in line:
            return line.split("Scheduler at:")[1].strip()
    raise AssertionError("the scheduler did not start")


def wait_for_workers(address, count):
    from distributed import Client

    until = time.monotonic() + 60
    with Client(address, timeout=20, set_as_default=False) as client:
        while len(client.scheduler_info(n_workers=-1)["workers"]) < count:
            assert time.monotonic() < until
            time.sleep(0.2)


def test_no_scheduler_is_said_in_a_sentence(monkeypatch):
    monkeypatch.setattr(limits, "CONNECT_S", 1)
    with pytest.raises(ClaimTrackError, match=re.escape("No Dask scheduler answers at tcp://127.0.0.1:9")):
        dask_cluster("tcp://127.0.0.1:9").__enter__()


def test_a_worker_of_another_version_is_refused(stored, monkeypatch):
    other = lambda task: (("0", "other", "0"), extraction.read_task(task))  # noqa: E731
    monkeypatch.setattr(import_source, "read_elsewhere", other)
    with pytest.raises(ClaimTrackError, match="another version"):
        stored()


@pytest.mark.timeout(120)
def test_a_worker_that_is_ended_from_outside_is_said_in_a_sentence():
    with pytest.raises(ClaimTrackError, match="was ended from outside"):
        list(in_order(os._exit, [9], lambda: processes(1)))


def test_answers_come_in_order_and_no_more_than_a_few_tasks_are_taken_ahead():
    taken = []

    def tasks():
        for number in range(50):
            taken.append(number)
            yield number

    answers = in_order(abs, tasks(), lambda: processes(1), ahead=8)
    assert next(answers) == 0
    assert len(taken) <= 8
    assert list(answers) == list(range(1, 50))


def test_this_machine_has_cores():
    assert cores() >= 1
