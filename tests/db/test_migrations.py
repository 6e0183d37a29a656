"""Upgrades that are killed, repeated and run twice at once; and each released schema with data in it."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from claimtrack.db import schema
from claimtrack.db.engine import open_engine
from claimtrack.db.schema import configuration, status, upgrade
from claimtrack.db.verify import verify

MIGRATIONS = Path(schema.__file__).parent / "migrations"

SLOW = """
import sys, time
from alembic.operations import Operations
from claimtrack.db.engine import open_engine
from claimtrack.db.schema import upgrade
made, create = [0], Operations.create_table
def slow(self, *args, **kwargs):
    made[0] += 1
    if made[0] == int(sys.argv[2]):
        print("half", flush=True)
        time.sleep(60)
    return create(self, *args, **kwargs)
import alembic.op
Operations.create_table = slow
alembic.op.create_table = lambda *a, **k: slow(alembic.op._proxy, *a, **k)
upgrade(open_engine(sys.argv[1]))
"""


def test_an_upgrade_killed_in_the_middle_has_not_happened_and_can_be_repeated(new_url):
    url = new_url(empty=True)
    for table in (3, 20, 38):
        process = subprocess.Popen([sys.executable, "-c", SLOW, url, str(table)], stdout=subprocess.PIPE)
        assert process.stdout.readline() == b"half\n"
        process.kill()
        process.wait()
        process.stdout.close()
        engine = open_engine(url)
        wait_until_free(engine)
        assert status(engine).stored is None
        assert "story" not in inspect(engine).get_table_names()
        engine.dispose()
    engine = open_engine(url)
    assert upgrade(engine).is_current
    assert verify(engine).holds
    engine.dispose()


def wait_until_free(engine) -> None:
    """PostgreSQL notices a dead client when it next looks."""
    if engine.dialect.name != "postgresql":
        return
    deadline = time.monotonic() + 70
    query = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
    while time.monotonic() < deadline:
        with engine.connect() as connection:
            if connection.execute(query).scalar() == 0:
                return
        time.sleep(0.05)
    raise TimeoutError


def test_two_upgrades_at_once_make_one(new_url):
    url = new_url(empty=True)
    found: list[object] = []

    def run() -> None:
        engine = open_engine(url)
        try:
            found.append(upgrade(engine).stored)
        except Exception as error:  # noqa: BLE001 - reported by the test
            found.append(error)
        finally:
            engine.dispose()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    head = ScriptDirectory.from_config(configuration(MIGRATIONS)).get_current_head()
    assert found == [head] * 3


def test_migrations_are_numbered_in_one_line():
    scripts = ScriptDirectory.from_config(configuration(MIGRATIONS))
    numbers = [script.revision for script in reversed(list(scripts.walk_revisions()))]
    assert numbers == [f"{number:04d}" for number in range(1, len(numbers) + 1)]
    assert len(scripts.get_heads()) == 1


def test_migrations_never_import_the_models():
    """A model moves on; a migration must make for ever what it made on its day."""
    for script in (MIGRATIONS / "versions").glob("*.py"):
        assert "claimtrack" not in script.read_text(encoding="utf-8"), script.name


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_a_writer_killed_in_the_middle_leaves_nothing_half_done(desk):
    code = (
        "import sys, time\n"
        "from claimtrack.db.engine import open_engine\n"
        "from claimtrack.db.work import UnitOfWork\n"
        "from claimtrack.db.tables import Story\n"
        "work = UnitOfWork(open_engine(sys.argv[1])).__enter__()\n"
        "work.session.add(Story(title='half'))\n"
        "work.session.flush()\n"
        "print('half', flush=True)\n"
        "time.sleep(60)\n"
    )
    url = desk.engine.url.render_as_string(hide_password=False)
    process = subprocess.Popen([sys.executable, "-c", code, url], stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"half\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    with desk.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM story")).scalar() == 0
    assert verify(desk.engine).holds
