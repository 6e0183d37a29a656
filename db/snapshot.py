"""Rows as plain JSON values and back: what events, moves and bundles hold.

Nothing in a snapshot is an internal key: a column that refers to another row is written under its name without `_id`,
as that row's public id. Bytes and a capture's text stay out (their digests are in), as do the columns that only serve
queue and search; `Row.UNLOGGED` names them.
"""

import json
from datetime import UTC, date, datetime
from enum import Enum
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
    found: Snapshot = {}
    for column in table_of(type(row)).columns:
        if column.name == "id" or column.name in row.UNLOGGED:
            continue
        value = getattr(row, column.name)
        target = target_of(column)
        if target is None:
            found[column.name] = plain(value)
        else:
            found[column.name.removesuffix("_id")] = None if value is None else str(public_id(session, target, value))
    return found


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
    known = cast("dict[tuple[str, int], UUID]", session.info.setdefault("public_ids", {}))
    found = known.get((table.name, key))
    if found is None:
        found = session.execute(select(table.c.public_id).where(table.c.id == key)).scalar_one()
        known[(table.name, key)] = found
    return found


def internal_id(session: Session, table: Table, public: UUID) -> int:
    """Internal key of the row with this public id; raises `NotFoundError`."""
    found = session.execute(select(table.c.id).where(table.c.public_id == public)).scalar_one_or_none()
    if found is None:
        raise NotFoundError(f"No {table.name.replace('_', ' ')} has the id {public}.")
    return int(found)
