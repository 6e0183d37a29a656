"""Rows of a released schema as portable text: written once when it is released, read for ever by the tests of upgrades.

`python tests/db/released.py 0001` writes `tests/db/released/0001.jsonl` from a desk that the services fill; run it at
the commit that releases the schema, and never again.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Boolean, Connection, DateTime, Engine, LargeBinary, MetaData, Table, Uuid, text

FOLDER = Path(__file__).with_name("released")

#: Made by the schema itself: the tables beneath the search index, alembic's own row, SQLite's counters.
_OWN = ("search_index", "alembic_version", "sqlite_", "statement_tally", "chain_head")


def tables_of(connection: Connection) -> list[Table]:
    """The tables as the database has them, each behind those that it refers to; models of today play no part."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if not table.name.startswith(_OWN)]


def dump(connection: Connection) -> list[str]:
    """Every row as SQLite holds it, one JSON line each; bytes in hexadecimal."""
    lines = []
    for table in tables_of(connection):
        order = ", ".join(f'"{column.name}"' for column in table.primary_key.columns)
        for row in connection.execute(text(f'SELECT * FROM "{table.name}" ORDER BY {order}')).mappings():
            held = {name: {"hex": value.hex()} if isinstance(value, bytes) else value for name, value in row.items()}
            lines.append(json.dumps({"table": table.name, "row": held}, ensure_ascii=False))
    head = connection.execute(text("SELECT number, digest FROM chain_head")).one()
    return [*lines, json.dumps({"head": [head.number, head.digest]})]


def load(connection: Connection, revision: str) -> dict[str, int]:
    """Put the rows of a released schema into a database that has it; how many there are in each table."""
    tables, counts = {table.name: table for table in tables_of(connection)}, dict[str, int]()
    later: list[tuple[Table, dict[str, Any]]] = []
    for line in (FOLDER / f"{revision}.jsonl").read_text(encoding="utf-8").splitlines():
        held = json.loads(line)
        if "head" in held:
            number, digest = held["head"]
            connection.execute(text("UPDATE chain_head SET number = :n, digest = :d"), {"n": number, "d": digest})
            continue
        table = tables[held["table"]]
        counts[table.name] = counts.get(table.name, 0) + 1
        if connection.dialect.name == "sqlite":
            put(connection, table, {name: _bytes(value) for name, value in held["row"].items()})
            continue
        row = {name: _as_postgres(table.c[name].type, value) for name, value in held["row"].items()}
        inner = {key.parent.name for key in table.foreign_keys if key.column.table is table}
        back = {name: row[name] for name in inner if row[name] is not None}
        if back:
            later.append((table, {"id": row["id"], **back}))
            row |= dict.fromkeys(back)
        put(connection, table, row)
    for table, row in later:
        key = row.pop("id")
        connection.execute(table.update().where(table.c.id == key).values(**row))
    return counts


def put(connection: Connection, table: Table, row: dict[str, Any]) -> None:
    if connection.dialect.name != "sqlite":
        connection.execute(table.insert(), row)
        return
    columns = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join(f":{name}" for name in row)
    connection.execute(text(f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})'), row)


def wait_until_free(engine: Engine) -> None:
    """PostgreSQL notices a dead client when it next looks."""
    if engine.dialect.name != "postgresql":
        return
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    until = time.monotonic() + 70
    while time.monotonic() < until:
        with engine.connect() as connection:
            if connection.execute(text(others)).scalar() == 0:
                return
        time.sleep(0.05)
    raise TimeoutError


def _bytes(value: Any) -> Any:
    return bytes.fromhex(value["hex"]) if isinstance(value, dict) else value


def _as_postgres(kind: Any, value: Any) -> Any:
    """The value that PostgreSQL holds for what SQLite wrote as text or number."""
    from datetime import UTC, datetime
    from uuid import UUID

    if value is None or isinstance(value, dict):
        return _bytes(value)
    if isinstance(kind, Boolean):
        return bool(value)
    if isinstance(kind, Uuid):
        return UUID(value)
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    if isinstance(kind, JSON):
        return json.loads(value)
    assert not isinstance(kind, LargeBinary)
    return value


def main(revision: str) -> None:
    import importlib.util
    import tempfile

    from claimtrack.db.engine import open_engine
    from claimtrack.db.schema import upgrade

    place = Path(__file__).parents[1] / "security" / "examples.py"
    spec = importlib.util.spec_from_file_location("examples", place)
    examples = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(examples)
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(str(Path(folder) / "desk.sqlite3"))
        assert upgrade(engine).stored == revision, "only the newest schema can be filled"
        examples.filled_desk(engine)
        with engine.connect() as connection:
            lines = dump(connection)
        engine.dispose()
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{revision}.jsonl"
    assert not path.exists(), f"{path} exists, and what was released does not change"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
