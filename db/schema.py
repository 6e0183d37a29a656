"""The database's form: made, brought up to date, and refused where it is newer than this code.

Migrations are alembic scripts inside the package, numbered 0001, 0002, ...; they run in one transaction on both
databases, so that an upgrade that is killed has not happened and can be repeated.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from claimtrack.db import dialect
from claimtrack.db.troubles import sentence_for
from claimtrack.errors import StorageError

#: Key of the advisory lock under which PostgreSQL is upgraded: "claim" as bytes. One upgrade at a time.
_LOCK = 0x636C61696D


@dataclass(frozen=True, slots=True)
class SchemaStatus:
    """Which schema the database has and which this code wants."""

    stored: str | None  #: None: an empty database
    wanted: str

    @property
    def is_current(self) -> bool:
        """Whether code and database fit."""
        return self.stored == self.wanted


def status(engine: Engine) -> SchemaStatus:
    """The database's schema and the one that this code wants.

    Raises `StorageError` when the database is newer than this code, or cannot be opened.
    """
    with _scripts() as config, _open(engine) as connection:
        return _status(connection, ScriptDirectory.from_config(config))


def upgrade(engine: Engine, revision: str = "head") -> SchemaStatus:
    """Make the schema, or bring it up to date, in one transaction; the status afterwards.

    Raises `StorageError` when the database is newer than this code. Does nothing when it is current.
    """
    with _scripts() as config, _open(engine) as connection:
        scripts = ScriptDirectory.from_config(config)
        with _alone(connection):
            before = _status(connection, scripts)
            if not before.is_current or revision != "head":
                config.attributes["connection"] = connection
                command.upgrade(config, revision)
            dialect.install(connection)
            return _status(connection, scripts)


@cache
def newest() -> str:
    """The schema that this code wants."""
    with _scripts() as config:
        wanted = ScriptDirectory.from_config(config).get_current_head()
    assert wanted is not None, "the package holds no migrations"
    return wanted


def require_current(engine: Engine) -> None:
    """Raises `StorageError`, with what to do, unless the database has the schema that this code wants."""
    found = status(engine)
    if not found.is_current:
        has = f"has schema {found.stored}" if found.stored else "is empty"
        raise StorageError(
            f"The database {has}, this claimtrack needs schema {found.wanted}: run `claimtrack stories` on it once, "
            "which brings it up to date."
        )


@contextmanager
def _open(engine: Engine) -> Iterator[Connection]:
    try:
        with engine.connect().execution_options(claimtrack_write=True) as connection:
            yield connection
    except DBAPIError as error:
        told = sentence_for(error) or f"The database cannot be opened: {' '.join(str(error.orig).split())}"
        raise StorageError(told) from error


@contextmanager
def _scripts() -> Iterator[Config]:
    with as_file(files("claimtrack.db") / "migrations") as folder:
        yield configuration(folder)


def configuration(folder: Path) -> Config:
    """Alembic's configuration for the migrations in `folder`."""
    config = Config()
    # Alembic interpolates its options: a per cent sign in a path would be read as a name.
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _status(connection: Connection, scripts: ScriptDirectory) -> SchemaStatus:
    stored = MigrationContext.configure(connection).get_current_revision()
    wanted = scripts.get_current_head()
    assert wanted is not None, "the package holds no migrations"
    if stored is not None and stored not in {script.revision for script in scripts.walk_revisions()}:
        raise StorageError(
            f"The database has schema {stored}; this claimtrack knows schemas up to {wanted} and would damage it. "
            "Update claimtrack, or open another database."
        )
    return SchemaStatus(stored, wanted)


@contextmanager
def _alone(connection: Connection) -> Iterator[None]:
    """One transaction in which nobody else upgrades and a table may be rebuilt."""
    is_sqlite = connection.dialect.name == "sqlite"
    raw = None
    if is_sqlite:
        # Rebuilding a table drops it: its foreign keys are checked once, at the end. Outside a transaction only.
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        raw.execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():
            if not is_sqlite:
                connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
            yield
            if is_sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
                raise StorageError(f"After the upgrade {len(broken)} rows would refer to nothing; it was undone.")
    finally:
        if raw is not None:
            raw.execute("PRAGMA foreign_keys=ON")
