"""The connection to a desk's database: SQLite in the user's data folder, or PostgreSQL for a team.

SQLite runs with a write-ahead log, `synchronous=FULL` (an acknowledged commit survives a power cut) and foreign keys;
every writing transaction begins with BEGIN IMMEDIATE, because one that reads first and writes later can only fail when
another has written in between. PostgreSQL runs through psycopg with a pool and time-outs.
"""

import os
import random
import sqlite3
import threading
import time
from pathlib import Path

import platformdirs
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from claimtrack import limits
from claimtrack.errors import StorageError

#: Names the database; read when no address is given.
URL_VARIABLE = "CLAIMTRACK_DATABASE_URL"

#: The engines of this process by address, and the lock under which one is made: sessions of the dashboard are threads.
_SHARED: dict[str, Engine] = {}
_SHARING = threading.Lock()


def default_path() -> Path:
    """The SQLite file of this user's desk; its folder is made when the database is opened."""
    return Path(platformdirs.user_data_dir("claimtrack", appauthor=False)) / "claimtrack.sqlite3"


def open_engine(url: str | None = None) -> Engine:
    """An engine for `url`, else for CLAIMTRACK_DATABASE_URL, else for the SQLite file in the user's data folder.

    A path without a scheme names a SQLite file. Nothing is created in the database: see
    `claimtrack.db.schema.upgrade`. Raises `StorageError` when the address cannot be read, names another database, or
    the driver is missing.

    >>> open_engine("sqlite://").dialect.name
    'sqlite'
    """
    address = _address(url)
    if address.get_backend_name() == "sqlite":
        return _sqlite_engine(address)
    if address.get_backend_name() == "postgresql":
        return _postgres_engine(address)
    raise StorageError(f"claimtrack stores in SQLite or PostgreSQL, not in {address.get_backend_name()}.")


def open_unchanged(path: Path) -> Engine:
    """An engine that reads a SQLite file to which nobody writes, and leaves every byte of it as it is: a backup."""
    address = URL.create(
        "sqlite",
        database=path.absolute().as_uri().replace("file:///", "file:/"),
        query={"mode": "ro", "immutable": "1", "uri": "true"},
    )
    engine = create_engine(address, hide_parameters=True)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def shared_engine(url: str | None = None) -> Engine:
    """The engine of this process for the same address as `open_engine` would use; made once, then shared."""
    return _shared(_address(url).render_as_string(hide_password=False))


def close_shared() -> None:
    """Close the connections of all engines that this process shares; the next call opens them anew."""
    while _SHARED:
        _SHARED.popitem()[1].dispose()


def _shared(address: str) -> Engine:
    with _SHARING:
        if address not in _SHARED:
            _SHARED[address] = open_engine(address)
        return _SHARED[address]


def _address(url: str | None) -> URL:
    given = url or os.environ.get(URL_VARIABLE)
    if given is None:
        return URL.create("sqlite", database=str(default_path()))
    if "://" not in given:
        return URL.create("sqlite", database=given)
    try:
        return make_url(given)
    except (ArgumentError, ValueError):
        # The address may hold a password: neither the message nor its cause must repeat it.
        raise StorageError(
            "The database address cannot be read. Write sqlite:///PATH or postgresql://USER@HOST/DATABASE."
        ) from None


def _sqlite_engine(address: URL) -> Engine:
    if address.database and address.database != ":memory:":
        folder = Path(address.database).parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(f"The folder {folder} for the database cannot be made: {error.strerror}.") from error
    arguments = {"timeout": limits.SQLITE_BUSY_S, "check_same_thread": False}
    if address.database in (None, "", ":memory:"):
        # One connection, or each would see an empty database of its own.
        engine = create_engine(address, connect_args=arguments, hide_parameters=True, poolclass=StaticPool)
    else:
        engine = create_engine(address, connect_args=arguments, hide_parameters=True, pool_size=limits.POOL_CONNECTIONS)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """Set what SQLite forgets between connections; transactions are begun by `_begin_sqlite` alone."""
    assert isinstance(connection, sqlite3.Connection)
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "cache_size=-65536",
        "mmap_size=268435456",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Begin for reading, or take the write lock at once, backing off until it is free or the time is up.

    SQLite's own busy handler polls at fixed delays, so that four writers can starve one; random delays that grow do
    not.
    """
    if not connection.get_execution_options().get("claimtrack_write", False):
        connection.exec_driver_sql("BEGIN")
        return
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    deadline = time.monotonic() + limits.WRITE_LOCK_S
    delay = 0.001
    raw.execute("PRAGMA busy_timeout=0")
    try:
        while True:
            try:
                raw.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    raise
                if time.monotonic() > deadline:
                    raise StorageError(
                        f"Another program has been writing to the database for {limits.WRITE_LOCK_S:.0f} s. "
                        "Nothing was stored; try again when it is done."
                    ) from error
                time.sleep(random.uniform(delay / 2, delay))  # noqa: S311 - spreads writers, guards nothing
                delay = min(delay * 1.5, limits.WRITE_RETRY_S)
            else:
                return
    finally:
        raw.execute(f"PRAGMA busy_timeout={int(limits.SQLITE_BUSY_S * 1000)}")


def _postgres_engine(address: URL) -> Engine:
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    try:
        engine = create_engine(
            address,
            pool_size=limits.POOL_CONNECTIONS,
            max_overflow=0,
            pool_timeout=limits.WRITE_LOCK_S,
            pool_pre_ping=True,
            # Words of sources stay out of error messages and logs.
            hide_parameters=True,
            connect_args={
                "connect_timeout": limits.CONNECT_S,
                "options": _postgres_options(),
            },
        )
    except ModuleNotFoundError as error:
        raise StorageError("PostgreSQL needs its driver: pip install 'claimtrack[postgres]'.") from error
    return engine


def _postgres_options() -> str:
    """What every session of ours sets; times in milliseconds."""
    options = {
        "statement_timeout": limits.QUERY_S * 1000,
        "lock_timeout": int(limits.WRITE_LOCK_S * 1000),
        "idle_in_transaction_session_timeout": limits.IDLE_TRANSACTION_S * 1000,
        "timezone": "UTC",
        # As SQLite's FULL: what was acknowledged is on the disk, whatever the server's own default.
        "synchronous_commit": "on",
    }
    return " ".join(f"-c {name}={value}" for name, value in options.items())
