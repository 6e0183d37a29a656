"""Units of work: everything a service stores, or nothing; and the version check that no save goes round."""

import sqlite3
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self, TypeVar, cast

from sqlalchemy import Connection, CursorResult, Engine, Table, inspect, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel import Session, col

from claimtrack import limits
from claimtrack.db.base import Versioned
from claimtrack.db.engine import shared_engine
from claimtrack.db.tables import ChainHead
from claimtrack.db.troubles import is_read_only, sentence_for
from claimtrack.errors import StaleReview, StorageError

V = TypeVar("V", bound=Versioned)


class UnitOfWork:
    """One transaction; leaving it without `commit()` rolls back.

    A writing unit takes the database's one write lock when it begins: BEGIN IMMEDIATE on SQLite, the head row of the
    event chain on PostgreSQL. Every writer needs that row anyway, since every change appends an event; taken last, two
    writers could each hold a row that the other wants. So: compute first, then open the unit, store, commit. A
    read-only unit sees one moment of the database, never waits for writers and refuses to write.

    `engine` defaults to this process's engine for CLAIMTRACK_DATABASE_URL or the user's data folder.
    """

    session: Session

    def __init__(self, engine: Engine | None = None, *, read_only: bool = False) -> None:
        self.engine = engine or shared_engine()
        self.read_only = read_only
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        """Begin; a writing unit waits here for the write lock."""
        self._connection = _connect(self.engine, read_only=self.read_only)
        self.session = Session(self._connection, expire_on_commit=False)
        try:
            if self.read_only:
                _refuse_writes(self._connection, on=True)
            else:
                _lock_chain(self.session)
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Roll back what was not committed; a failure of the database itself becomes a sentence."""
        try:
            self._close()
        except DBAPIError as failed:
            if sentence_for(failed) is None:
                raise
        if not isinstance(error, DBAPIError) or (self.read_only and is_read_only(error)):
            return  # that a unit which only reads may not write is a mistake of ours, and no trouble of the database
        if (told := sentence_for(error)) is not None:
            raise StorageError(told) from error

    def commit(self) -> None:
        """Store everything since the unit began. One commit a unit: afterwards the lock is free."""
        if self.read_only:
            raise StorageError("This unit of work only reads; there is nothing to commit.")
        self.session.commit()

    def rollback(self) -> None:
        """Forget everything since the unit began."""
        self.session.rollback()

    def _close(self) -> None:
        connection = self._connection
        if connection is None:
            return
        self._connection = None
        try:
            if hasattr(self, "session"):
                self.session.close()
            if connection.in_transaction():
                connection.rollback()
            if self.read_only and not connection.closed:
                _refuse_writes(connection, on=False)
        finally:
            connection.close()


def _connect(engine: Engine, *, read_only: bool) -> Connection:
    options: dict[str, Any] = {"claimtrack_write": not read_only}  # Any: SQLAlchemy's options
    if read_only and engine.dialect.name == "postgresql":
        options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    try:
        return engine.connect().execution_options(**options)
    except DBAPIError as error:
        raise StorageError(sentence_for(error) or f"The database cannot be opened: {_plain(error)}") from error
    except PoolTimeout as error:
        raise StorageError(
            f"All {limits.POOL_CONNECTIONS} connections to the database are in use. Nothing was stored; try again soon."
        ) from error


def _lock_chain(session: Session) -> None:
    """Take the write lock; on SQLite the connection's begin event does it."""
    try:
        connection = session.connection()
        if connection.dialect.name == "sqlite":
            return
        if connection.execute(select(col(ChainHead.id)).with_for_update()).first() is None:
            raise StorageError("The database has no event log: restore it from a backup.")
    except DBAPIError as error:
        raise StorageError(sentence_for(error) or f"The database cannot be written: {_plain(error)}") from error


def _refuse_writes(connection: Connection, *, on: bool) -> None:
    """Have SQLite refuse writes on this connection; PostgreSQL was told when the transaction was set up."""
    raw = connection.connection.driver_connection
    if isinstance(raw, sqlite3.Connection):
        raw.execute(f"PRAGMA query_only={'ON' if on else 'OFF'}")


def _plain(error: DBAPIError) -> str:
    return " ".join(str(error.orig).split())


def save_version(session: Session, row: V, *, seen: int, changes: Mapping[str, object]) -> V:
    """The row with `changes` stored and its version one higher, if it still has the version that was `seen`.

    The check stands in the UPDATE itself, so that nobody can save in between. Raises `StaleReview`, with what is stored
    now and what was not saved, when the row has moved on; the database is then unchanged by this call. Unknown
    columns, and `id`, `public_id` and `version`, are refused with ValueError.

    Of two editors that read version 3 the second is told: unversioned, 188 of 800 acknowledged edits were lost.
    """
    model = type(row)
    table = cast("Table", inspect(model).local_table)
    wrong = (set(changes) - set(table.columns.keys())) | (set(changes) & {"id", "public_id", "version", "created_at"})
    if wrong:
        raise ValueError(f"{table.name} has no column to change named {', '.join(sorted(wrong))}.")
    session.flush()
    statement = update(table).where(table.c.id == row.key, table.c.version == seen).values(**changes, version=seen + 1)
    result = cast("CursorResult[Any]", session.connection().execute(statement))  # Any: an UPDATE returns no rows
    session.refresh(row)
    if result.rowcount == 1:
        return row
    raise StaleReview(
        f"Somebody saved this {table.name.replace('_', ' ')} while it was open here: version {seen} was shown, "
        f"version {row.version} is stored. Your draft is kept; compare the two and save again.",
        theirs=row.model_dump(mode="json", exclude={"id", "data"}, warnings=False),
        yours=_plain_values(model, changes),
    )


def _plain_values(model: type[Versioned], changes: Mapping[str, object]) -> dict[str, object]:
    draft = model.model_construct(None, **changes)
    return cast("dict[str, object]", draft.model_dump(mode="json", include=set(changes), warnings=False))
