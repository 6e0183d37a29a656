"""All rows from one database into another, empty one: SQLite to PostgreSQL, back, or to the same kind.

Rows are copied as they are, internal keys included, in one snapshot of the source and one transaction of the target:
afterwards the two are equal to the last row, the log with its digests too. What triggers keep (tallies, the search
index) is made anew by the target's own.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, Connection, Engine, Table, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from claimtrack.db.base import Row
from claimtrack.db.schema import require_current, upgrade
from claimtrack.db.tables import ChainHead, Presence, StatementTally
from claimtrack.db.work import UnitOfWork
from claimtrack.errors import StorageError

#: Rows sent at once: more saves nothing, and a capture may be 20 MB.
_PORTION = 500

#: Kept by the target's triggers, or true for a minute only.
_LEFT_OUT = {StatementTally.__tablename__, Presence.__tablename__, ChainHead.__tablename__}


@dataclass(slots=True)
class Move:
    """How many rows of each table were copied."""

    rows: dict[str, int] = field(default_factory=dict)


def move(source: Engine, target: Engine, progress: Callable[[int], None] | None = None) -> Move:
    """Copy everything from `source` into `target`, which gets today's schema first.

    Raises `StorageError` when the source lacks migrations, or the target holds anything; the target is then as before.
    `progress` is called with the number of rows copied so far. Memory does not grow with the database.
    """
    require_current(source)
    upgrade(target)
    try:
        return _move(source, target, progress)
    except DBAPIError as error:
        raise StorageError(f"The rows cannot be copied: {' '.join(str(error.orig).split())}") from error


def _move(source: Engine, target: Engine, progress: Callable[[int], None] | None) -> Move:
    done = Move()
    with UnitOfWork(source, read_only=True) as reading, UnitOfWork(target) as writing:
        old, new = reading.session.connection(), writing.session.connection()
        _require_empty(new)
        if new.dialect.name == "postgresql":
            new.execute(text("SET LOCAL statement_timeout = 0"))
        for table in Row.metadata.sorted_tables:
            if table.name not in _LEFT_OUT:
                done.rows[table.name] = _copy(old, new, table, progress, sum(done.rows.values()))
        head = old.execute(select(Row.metadata.tables["chain_head"])).mappings().one()
        new.execute(update(Row.metadata.tables["chain_head"]).values(number=head["number"], digest=head["digest"]))
        _continue_keys(old, new)
        writing.commit()
    return done


def is_empty(connection: Connection) -> bool:
    """Whether nobody has stored anything."""
    tables = [Row.metadata.tables[name] for name in ("event", "document", "reviewer", "story", "claim", "setting")]
    return all(connection.execute(select(table).limit(1)).first() is None for table in tables)


def _require_empty(connection: Connection) -> None:
    if not is_empty(connection):
        raise StorageError("The other database is not empty, and nothing in it is overwritten. Name a new one.")


def _copy(old: Connection, new: Connection, table: Table, progress: Callable[[int], None] | None, before: int) -> int:
    """Rows of one table; references within it follow when all of it is there."""
    inner = [column for column in table.columns if any(key.column.table is table for key in column.foreign_keys)]
    later: list[dict[str, Any]] = []  # Any: keys
    count = 0
    for portion in _portions(old, table):
        rows = [dict(row) for row in portion]
        for row in rows:
            held = {column.name: row[column.name] for column in inner if row[column.name] is not None}
            if held:
                later.append({"of": row["id"], **held})
                row.update(dict.fromkeys(held))
        new.execute(insert(table), rows)
        count += len(rows)
        if progress is not None:
            progress(before + count)
    for row in later:
        key = row.pop("of")
        new.execute(update(table).where(table.c.id == key).values(**row))
    return count


def _portions(old: Connection, table: Table) -> Iterator[list[Mapping[str, Any]]]:  # Any: values of any column
    order: list[Column[Any]] = list(table.primary_key.columns)
    query = select(table).order_by(*order).execution_options(yield_per=_PORTION)
    for portion in old.execute(query).mappings().partitions():
        yield list(portion)  # type: ignore[arg-type] # RowMapping is a Mapping of str


def _continue_keys(old: Connection, new: Connection) -> None:
    """Have the target go on where the source stood: an internal key is never given twice, not even a deleted one's."""
    for table in Row.metadata.sorted_tables:
        if not table.dialect_options["sqlite"].get("autoincrement"):
            continue
        last = max(_last_key(old, table), new.execute(select(func.max(table.c.id))).scalar() or 0)
        if last == 0:
            continue
        if new.dialect.name == "sqlite":
            new.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": table.name})
            new.execute(
                text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"),
                {"name": table.name, "last": last},
            )
        else:
            new.execute(
                text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"), {"name": table.name, "last": last}
            )


def _last_key(old: Connection, table: Table) -> int:
    if old.dialect.name == "sqlite":
        query = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
    else:
        query = text("SELECT last_value FROM pg_sequences WHERE sequencename = :name || '_id_seq'")
    return int(old.execute(query, {"name": table.name}).scalar() or 0)
