"""Backups: one SQLite file for either database, verified before it counts; and restores that overwrite nothing.

SQLite is copied by VACUUM INTO: one snapshot while others write, without freed pages, so that nothing erased comes
along. PostgreSQL is copied into a new SQLite file the way `move` does it: no pg_dump of the right version is needed,
and a desk can read its backup on a laptop. The file is written beside its name, made durable, verified, then renamed.
"""

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from claimtrack.db.engine import open_engine, open_unchanged
from claimtrack.db.move import move
from claimtrack.db.schema import upgrade
from claimtrack.db.verify import Verification, verify
from claimtrack.errors import StorageError


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was written and verified."""

    path: Path
    size: int  #: bytes
    sha256: str
    verification: Verification


def backup(engine: Engine, path: Path, progress: Callable[[int], None] | None = None) -> Backup:
    """A verified backup of `engine`'s database at `path`, made while others go on writing.

    Raises `StorageError` when something stands at `path`, cannot be written there, or the copy does not verify; then
    nothing stands there.
    """
    if path.exists():
        raise StorageError(f"{path} exists, and a backup overwrites nothing. Name another file.")
    partial = path.with_name(path.name + ".partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _remove(partial)
        _write(engine, partial, progress)
        found = check(partial)
        _make_durable(partial)
        partial.replace(path)
    except OSError as error:
        raise StorageError(f"The backup {path} cannot be written: {error.strerror}.") from error
    finally:
        _remove(partial)
    return Backup(path, path.stat().st_size, _sha256(path), found)


def check(path: Path) -> Verification:
    """What verifying a backup finds; raises `StorageError` when it is no claimtrack database, damaged or tampered with.

    The file itself is not changed, not even to bring its schema up to date.
    """
    if not path.is_file():
        raise StorageError(f"There is no backup at {path}.")
    try:
        with closing(_read_only(path)) as connection:
            sound = [row[0] for row in connection.execute("PRAGMA integrity_check(5)")]
            broken = connection.execute("PRAGMA foreign_key_check").fetchone()
            names = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise StorageError(f"{path} is no claimtrack backup, or it is damaged: {error}.") from error
    if not {"event", "chain_head", "capture", "alembic_version"} <= names:
        raise StorageError(f"{path} is a SQLite file, but no claimtrack backup.")
    if sound != ["ok"] or broken is not None:
        raise StorageError(f"The backup {path} is damaged: {sound[0] if sound != ['ok'] else 'rows refer to nothing'}.")
    engine = open_unchanged(path)
    try:
        found = verify(engine)
    finally:
        engine.dispose()
    if not found.holds:
        count = found.problem_count
        raise StorageError(f"{path} is not as it was written. The first of {count} problems: {found.problems[0]}")
    return found


def restore(path: Path, target: Engine, progress: Callable[[int], None] | None = None) -> Verification:
    """The backup at `path`, verified, then restored into `target`, which must be new or empty; what verifying it found.

    Raises `StorageError` when the backup does not verify, or the target holds anything: nothing is overwritten.
    """
    check(path)
    if target.dialect.name == "sqlite" and target.url.database not in (None, "", ":memory:"):
        _restore_file(path, Path(str(target.url.database)), target)
    else:
        source = _copy_to_read(path)
        try:
            upgrade(source)
            move(source, target, progress)
        finally:
            source.dispose()
            _remove(Path(str(source.url.database)))
    return verify(target)


def _write(engine: Engine, partial: Path, progress: Callable[[int], None] | None) -> None:
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            try:
                raw.execute("VACUUM INTO ?", (str(partial),))
            except sqlite3.Error as error:
                raise StorageError(f"The backup {partial} cannot be written: {error}.") from error
        return
    copy = open_engine(str(partial))
    try:
        move(engine, copy, progress)
        with copy.connect() as connection:
            raw = connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except DBAPIError as error:
        raise StorageError(f"The backup {partial} cannot be written: {error.orig}.") from error
    finally:
        copy.dispose()


def _restore_file(path: Path, place: Path, target: Engine) -> None:
    if place.exists() and place.stat().st_size > 0:
        raise StorageError(f"{place} exists, and a restore overwrites nothing. Name a new file, or move it away.")
    partial = place.with_name(place.name + ".partial")
    target.dispose()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, partial)
        _make_durable(partial)
        partial.replace(place)
    except OSError as error:
        raise StorageError(f"The database {place} cannot be written: {error.strerror}.") from error
    finally:
        _remove(partial)
    upgrade(target)


def _copy_to_read(path: Path) -> Engine:
    """A copy that may be brought up to date: the backup stays as it is."""
    copy = path.with_name(path.name + ".restoring")
    _remove(copy)
    shutil.copyfile(path, copy)
    return open_engine(str(copy))


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def _make_durable(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _remove(path: Path) -> None:
    for name in (path.name, path.name + "-wal", path.name + "-shm"):
        with suppress(NotADirectoryError):
            path.with_name(name).unlink(missing_ok=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
