"""Rows as the driver gives them: a tampered value may be no date, no id, no word of an enum."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from sqlalchemy import LargeBinary, RowMapping, column, select, table
from sqlmodel import Session


@contextmanager
def lenient(session: Session) -> Iterator[None]:
    """Let SQLite hand over text that is no UTF-8: it is to be reported, not to end the check."""
    raw = session.connection().connection.driver_connection
    if not isinstance(raw, sqlite3.Connection):
        yield
        return
    raw.text_factory = lambda stored: stored.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        raw.text_factory = str


def raw_rows(
    session: Session, name: str, columns: Sequence[str], order: Sequence[str], *, portion: int = 1000
) -> Iterator[RowMapping]:
    """Columns of all rows of a table in an order, `portion` rows at a time."""
    binary = {"data"}
    source = table(name, *(column(item, LargeBinary() if item in binary else None) for item in columns))
    query = select(*(source.c[item] for item in columns)).order_by(*(source.c[item] for item in order))
    return iter(session.execute(query.execution_options(yield_per=portion)).mappings())


def plain_id(value: object) -> str:
    """An id as it is written in events, or whatever stands in its place."""
    try:
        return str(UUID(str(value)))
    except ValueError:
        return str(value)


def is_id(text: str) -> bool:
    """Whether the text is an id as `plain_id` writes it."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
