"""Upgrades from every released schema with data in it, killed in the middle too; what an older claimtrack does then."""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from claimtrack.db import schema
from claimtrack.db.base import Row
from claimtrack.db.engine import open_engine
from claimtrack.db.schema import configuration, status, upgrade
from claimtrack.db.verify import verify
from claimtrack.errors import StorageError

HERE = Path(__file__).parent
MIGRATIONS = Path(schema.__file__).parent / "migrations"

_spec = importlib.util.spec_from_file_location("released", HERE / "released.py")
released = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(released)

REVISIONS = sorted(one.revision for one in ScriptDirectory.from_config(configuration(MIGRATIONS)).walk_revisions())
HEAD = REVISIONS[-1]

#: A later migration, as one may look: a table with data is built anew, a column is filled, an index made.
LATER = """
import os, time
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "{number}", "{head}", None, None

def pause(place):
    if os.environ.get("STOP_AT") == place:
        print("half", flush=True)
        time.sleep(60)

def upgrade():
    op.add_column("claim", sa.Column("weight", sa.Integer(), nullable=True))
    pause("column")
    op.execute(sa.text("UPDATE claim SET weight = id * 10"))
    with op.batch_alter_table("statement") as table:
        table.add_column(sa.Column("tone", sa.String(), nullable=False, server_default="plain"))
    pause("table")
    op.create_index("later_index", "statement", ["tone"])
    pause("index")
"""

UPGRADE = """
import sys
from contextlib import contextmanager
from pathlib import Path
from claimtrack.db import schema
from claimtrack.db.engine import open_engine
@contextmanager
def scripts():
    yield schema.configuration(Path(sys.argv[2]))
schema._scripts = scripts
print(schema.upgrade(open_engine(sys.argv[1])).stored, flush=True)
"""


def at_revision(url: str, revision: str) -> dict[str, int]:
    """A database with this schema and the rows that were released with it; how many rows each table has."""
    engine = open_engine(url)
    upgrade(engine, revision)
    with engine.begin() as connection:
        counts = released.load(connection, revision)
    engine.dispose()
    return counts


def rows(engine) -> dict[str, list]:
    with engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(text(f"SELECT * FROM {table.name}")).all()))
            for table in Row.metadata.sorted_tables
        }


def test_every_schema_that_was_released_is_kept_with_data():
    kept = {path.stem for path in released.FOLDER.glob("*.jsonl")}
    assert set(REVISIONS[:-1]) <= kept <= set(REVISIONS)
    assert "0001" in kept


@pytest.mark.parametrize("revision", sorted(path.stem for path in released.FOLDER.glob("*.jsonl")))
def test_a_released_schema_with_data_comes_up_to_date_and_verifies(revision, new_url):
    url = new_url(empty=True)
    counts = at_revision(url, revision)
    assert counts["event"] > 30
    engine = open_engine(url)
    assert upgrade(engine).stored == HEAD
    found = verify(engine)
    assert [str(problem) for problem in found.problems] == []
    assert found.events == counts["event"]
    with engine.connect() as connection:
        for table, count in counts.items():
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() >= count, table
    assert upgrade(engine).stored == HEAD
    engine.dispose()


@pytest.fixture
def later(tmp_path) -> Path:
    """Today's migrations and one more."""
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    number = f"{int(HEAD) + 1:04d}"
    (folder / "versions" / f"{number}_later.py").write_text(LATER.format(number=number, head=HEAD), encoding="utf-8")
    return folder


def run_upgrade(url: str, folder: Path, stop_at: str = "") -> subprocess.Popen:
    import os

    return subprocess.Popen(
        [sys.executable, "-c", UPGRADE, url, str(folder)],
        stdout=subprocess.PIPE,
        env={**os.environ, "STOP_AT": stop_at},
    )


@pytest.mark.timeout(300)
def test_an_upgrade_of_data_that_is_killed_has_not_happened_and_goes_through_when_repeated(new_url, later):
    url = new_url(empty=True)
    at_revision(url, HEAD)
    engine = open_engine(url)
    upgrade(engine)
    before = rows(engine)
    engine.dispose()
    for place in ("column", "table", "index"):
        process = run_upgrade(url, later, place)
        assert process.stdout.readline() == b"half\n"
        process.kill()
        process.wait()
        process.stdout.close()
        engine = open_engine(url)
        released.wait_until_free(engine)
        assert status(engine).stored == HEAD, place
        assert "tone" not in {column["name"] for column in inspect(engine).get_columns("statement")}
        assert rows(engine) == before, place
        assert verify(engine).holds, place
        engine.dispose()
    process = run_upgrade(url, later)
    told = process.communicate(timeout=120)[0].decode().strip()
    assert (process.returncode, told) == (0, f"{int(HEAD) + 1:04d}")
    engine = open_engine(url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM statement WHERE tone = 'plain'")).scalar() == 4
        assert connection.execute(text("SELECT count(*) FROM claim WHERE weight = id * 10")).scalar() == 2
    assert verify(engine).holds, "events and spans stand as they did"
    with pytest.raises(StorageError, match=f"knows schemas up to {HEAD} and would damage it"):
        upgrade(engine)
    with pytest.raises(StorageError, match="Update claimtrack"):
        status(engine)
    engine.dispose()
