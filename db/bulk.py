"""Rows stored many at a time: what an import writes, at a tenth of the cost of one row at a time.

Only for rows that are new. A row that somebody may have seen is saved alone, against the version that was seen
(`claimtrack.db.work.save_version`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any, TypeVar, cast
from uuid import UUID

from sqlalchemy import select
from sqlmodel import Session

from claimtrack.db.base import Identified
from claimtrack.db.snapshot import remember, table_of

T = TypeVar("T")

#: Values in one list of a query: SQLite takes 32,766 parameters, and longer lists are no faster.
LISTED = 1_000


def chunks(items: Iterable[T], size: int = LISTED) -> Iterator[list[T]]:
    """The items in lists of `size`, the last one shorter.

    >>> list(chunks("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    rest = iter(items)
    while found := list(islice(rest, size)):
        yield found


def insert_rows(
    session: Session, model: type[Identified], rows: Sequence[Mapping[str, object]]
) -> list[dict[str, Any]]:  # Any: the columns' types
    """The complete values of new rows, in order: those given, the columns' defaults, and the internal keys.

    Args:
        session: in a unit of work that holds the write lock.
        model: their table.
        rows: values by column name; what is left out takes the column's default, else NULL.
    """
    if not rows:
        return []
    made = [_complete(model, row) for row in rows]
    session.flush()
    table = table_of(model)
    connection = session.connection()
    connection.execute(table.insert(), [{key: value for key, value in row.items() if key != "id"} for row in made])
    keys: dict[UUID, int] = {}
    for some in chunks(made):
        wanted = table.c.public_id.in_([row["public_id"] for row in some])
        stored = connection.execute(select(table.c.public_id, table.c.id).where(wanted))
        keys.update((public, key) for public, key in stored)
    for row in made:
        public = cast("UUID", row["public_id"])
        row["id"] = keys[public]
        remember(session, table, keys[public], public)
    return made


def _complete(model: type[Identified], row: Mapping[str, object]) -> dict[str, Any]:  # Any: the columns' types
    values: dict[str, Any] = {}
    for name, is_made, default in _defaults(model):
        if name in row:
            values[name] = row[name]
        else:
            values[name] = default(None) if is_made else default
    return values


@cache
def _defaults(model: type[Identified]) -> tuple[tuple[str, bool, Any], ...]:  # Any: a value, or what makes one
    """Each column's name, whether its default is made anew for each row, and the default; None for none."""
    found = []
    for column in table_of(model).columns:
        default: Any = column.default  # Any: SQLAlchemy's kinds of default share no type that tells them apart
        found.append((column.name, default is not None and default.is_callable, default.arg if default else None))
    return tuple(found)
