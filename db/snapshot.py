"""Rows as plain JSON values and back: what events, moves and bundles hold.

Nothing in a snapshot is an internal key: a column that refers to another row is written under its name without `_id`,
as that row's public id. Bytes and a capture's text stay out (their digests are in), as do the columns that only serve
queue and search; `Row.UNLOGGED` names them.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Column, Date, Table, Uuid, inspect, select
from sqlmodel import Session

from claimtrack.db.base import Row
from claimtrack.db.columns import UtcTime, Word
from claimtrack.errors import NotFoundError

#: Plain JSON values under column names.
Snapshot = dict[str, object]


def canonical_json(value: object) -> str:
    """One text for equal values: keys sorted, no spaces, Unicode as it is.

    Raises ValueError for what JSON has no word for (not-a-number, infinity).

    >>> canonical_json({"b": 1, "a": "é"})
    '{"a":"é","b":1}'
    """
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def table_of(model: type[Row]) -> Table:
    """The table of a model class."""
    return cast("Table", inspect(model).local_table)


def target_of(column: Column[Any]) -> Table | None:  # Any: a column of any type
    """The table that a column refers to by internal key, or None."""
    for key in column.foreign_keys:
        if key.column.name == "id":
            return key.column.table
    return None


def snapshot(session: Session, row: Row) -> Snapshot:
    """All columns of a stored row that belong into the log, as plain JSON values."""
    columns = table_of(type(row)).columns.keys()
    return snapshot_of(session, type(row), {name: getattr(row, name) for name in columns if name not in row.UNLOGGED})


def snapshot_of(session: Session, model: type[Row], values: Mapping[str, object]) -> Snapshot:
    """The same from the values of a stored row by column name."""
    found: Snapshot = {}
    for name, target in _logged(model):
        value = values[name]
        if target is None:
            found[name] = plain(value)
        else:
            key = None if value is None else str(public_id(session, target, cast("int", value)))
            found[name.removesuffix("_id")] = key
    return found


@cache
def _logged(model: type[Row]) -> tuple[tuple[str, Table | None], ...]:
    """The columns that belong into the log, each with the table that it refers to."""
    columns = table_of(model).columns
    return tuple((one.name, target_of(one)) for one in columns if one.name != "id" and one.name not in model.UNLOGGED)


def values_of(session: Session, model: type[Row], held: Snapshot) -> dict[str, object]:
    """Column values for a snapshot, internal keys looked up: what an undo stores again.

    Columns that the snapshot does not hold are left out. Raises `NotFoundError` when it names a row that is not here.
    """
    values: dict[str, object] = {}
    for column in table_of(model).columns:
        target = target_of(column)
        name = column.name if target is None else column.name.removesuffix("_id")
        if column.name == "id" or name not in held:
            continue
        value = held[name]
        if target is not None and value is not None:
            value = internal_id(session, target, UUID(str(value)))
        values[column.name] = value if target is not None else from_plain(column, value)
    return values


def plain(value: object) -> object:
    """A column's value as JSON knows it: times in ISO 8601 with zone Z, ids and enums as their string."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    return value


def from_plain(column: Column[Any], value: object) -> object:  # Any: a column of any type
    """The value that `plain` made the JSON value from, by the column's type."""
    if value is None:
        return None
    kind = column.type
    if isinstance(kind, UtcTime):
        return datetime.fromisoformat(str(value))
    if isinstance(kind, Date):
        return date.fromisoformat(str(value))
    if isinstance(kind, Uuid):
        return UUID(str(value))
    if isinstance(kind, Word):
        return cast("object", kind.words(value))
    return value


def public_id(session: Session, table: Table, key: int) -> UUID:
    """Public id of the row with internal key `key`; remembered for the session, since neither ever changes."""
    found = _known(session).get((table.name, key))
    if found is None:
        found = session.execute(select(table.c.public_id).where(table.c.id == key)).scalar_one()
        remember(session, table, key, found)
    return found


def remember(session: Session, table: Table, key: int, public: UUID) -> None:
    """Spare `public_id` the look-up of a row that was just read or written."""
    _known(session)[(table.name, key)] = public


def _known(session: Session) -> dict[tuple[str, int], UUID]:
    return cast("dict[tuple[str, int], UUID]", session.info.setdefault("public_ids", {}))


def internal_id(session: Session, table: Table, public: UUID) -> int:
    """Internal key of the row with this public id; raises `NotFoundError`."""
    found = session.execute(select(table.c.id).where(table.c.public_id == public)).scalar_one_or_none()
    if found is None:
        raise NotFoundError(f"No {table.name.replace('_', ' ')} has the id {public}.")
    return int(found)
