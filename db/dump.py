"""The whole database as one JSON file, and back into an empty one: equal to the last row.

What the file holds, it holds under public ids: internal keys differ after the way back, their order does not, so that
writing the file again gives the same bytes. One row stands on one line, so that neither way holds more than a row and
the ids in memory. Left out is what is made anew: tallies and the search index (by triggers and `claimtrack.db.search`),
and who is looking at what just now.

Reading stores nothing before it has proved everything: the file's own digest, every row, and then, in the transaction
that stores them, the same proof as `claimtrack.db.verify` gives: the log's chain, the saved copies' digests, the words
at every span, each row against the log.
"""

import base64
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Connection, Engine, LargeBinary, Table, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from claimtrack import __version__
from claimtrack.db.base import Row
from claimtrack.db.move import is_empty
from claimtrack.db.schema import upgrade
from claimtrack.db.search import index_statements
from claimtrack.db.snapshot import from_plain, plain, target_of
from claimtrack.db.tables import ChainHead, Presence, SearchEntry, StatementTally
from claimtrack.db.verify import Verification, verify_in
from claimtrack.db.work import UnitOfWork
from claimtrack.errors import SourceError, StorageError

#: Grows when a reader of the old form would misread the new one.
FORM = "claimtrack.desk/1"

#: Kept by triggers or made anew, or true for a minute only; the head stands in the file's first line.
_LEFT_OUT = {one.__tablename__ for one in (StatementTally, Presence, ChainHead, SearchEntry)}

#: Rows sent at once: more saves nothing, and a capture may be 20 MB.
_PORTION = 500
#: And no more than this, in characters and bytes of their values.
_PORTION_CHARS = 20_000_000


def write(session: Session) -> Iterator[str]:
    """The file, line by line, as the session's transaction sees the database.

    The last line holds the sha256 of all before it. Memory does not grow with the database.
    """
    digest = sha256()
    for line in _lines(session.connection()):
        digest.update(line.encode())
        yield line
    yield f'}},"sha256":"{digest.hexdigest()}"}}\n'


def _lines(connection: Connection) -> Iterator[str]:
    head = _table("chain_head")
    number, digest = connection.execute(select(head.c.number, head.c.digest)).one()
    first = {
        "form": FORM,
        "schema": connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one(),
        "version": __version__,
        "head": {"number": number, "digest": digest},
    }
    yield _dump(first)[:-1] + ',"tables":{\n'
    names = [table for table in Row.metadata.sorted_tables if table.name not in _LEFT_OUT]
    for place, table in enumerate(names):
        yield f'{"," if place else ""}"{table.name}":[\n'
        for row_number, row in enumerate(_rows(connection, table)):
            yield ("," if row_number else "") + _dump(row) + "\n"
        yield "]\n"


def _rows(connection: Connection, table: Table) -> Iterator[dict[str, object]]:
    """The rows of one table in the order of their keys, references as public ids."""
    columns: list[Any] = []  # Any: labels of columns of any type
    source: Any = table  # Any: a table, then joins of tables
    for column in table.columns:
        if _is_internal(table, column):
            continue
        target = target_of(column)
        if target is None:
            columns.append(column.label(column.name))
            continue
        other = target.alias(f"of_{column.name}")
        source = source.outerjoin(other, other.c.id == column)
        columns.append(other.c.public_id.label(_name(column)))
    query = select(*columns).select_from(source).order_by(*table.primary_key.columns)
    for row in connection.execute(query.execution_options(yield_per=_PORTION)).mappings():
        yield {name: _plain(value) for name, value in row.items()}


def _plain(value: object) -> object:
    return base64.b64encode(value).decode() if isinstance(value, bytes) else plain(value)


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _table(name: str) -> Table:
    return Row.metadata.tables[name]


def _is_internal(table: Table, column: Column[Any]) -> bool:
    """Whether the column is the internal key, which no file holds."""
    return column.name == "id" and "public_id" in table.columns


def _name(column: Column[Any]) -> str:
    return column.name if target_of(column) is None else column.name.removesuffix("_id")


@dataclass(slots=True)
class Loaded:
    """What was read: rows of each table, and the proof that they are as they were written."""

    rows: dict[str, int] = field(default_factory=dict)
    proof: Verification = field(default_factory=Verification)


def load(engine: Engine, lines: Iterable[str], progress: Callable[[int], None] | None = None) -> Loaded:
    """Store what `write` gave in an empty database, which gets today's schema first.

    `progress` is called with the number of rows stored so far. Memory grows with the number of rows, not with their
    size: about 150 bytes for each that others refer to.

    Raises:
        SourceError: the file is another kind of file, of another schema, cut off or changed; nothing is stored.
        StorageError: the database is in use, or cannot be written.
    """
    schema = upgrade(engine).wanted
    try:
        with UnitOfWork(engine) as work:
            if not is_empty(work.session.connection()):
                raise StorageError(
                    "This database is in use, and a complete desk goes into an empty one only: its log is one chain. "
                    "Name a new one with --db."
                )
            loaded = _Loader(work, schema, progress).load(lines)
            work.commit()
    except DBAPIError as error:
        raise StorageError(f"The rows cannot be stored: {' '.join(str(error.orig).split())}") from error
    return loaded


class _Loader:
    """Reads one file into one transaction."""

    def __init__(self, work: UnitOfWork, schema: str, progress: Callable[[int], None] | None) -> None:
        self.work = work
        self.connection = work.session.connection()
        self.schema = schema
        self.progress = progress
        self.loaded = Loaded()
        self.sent = 0
        self.keys: dict[str, dict[UUID, int]] = {}
        targets = [target_of(column) for table in Row.metadata.sorted_tables for column in table.columns]
        self.referred = {target.name for target in targets if target is not None}

    def load(self, lines: Iterable[str]) -> Loaded:
        if self.connection.dialect.name == "postgresql":
            self.connection.execute(text("SET LOCAL statement_timeout = 0"))
        reader = _Reader(lines)
        head = reader.head(self.schema)
        for name, rows in reader.tables():
            if name not in Row.metadata.tables or name in _LEFT_OUT:
                raise SourceError(f"Line {reader.number}: there is no table “{name}” here; update claimtrack.")
            self.loaded.rows[name] = self._store(_table(name), rows)
        self.connection.execute(update(_table("chain_head")).values(number=head[0], digest=head[1]))
        self._continue_keys()
        self._index()
        self.loaded.proof = verify_in(self.work.session, kept_head=head if head[0] else None)
        if not self.loaded.proof.holds:
            found = self.loaded.proof
            raise SourceError(
                f"This file is not as the desk wrote it: {found.problems[0]} ({found.problem_count} findings). "
                "Nothing was stored; ask for another copy."
            )
        return self.loaded

    def _store(self, table: Table, rows: Iterator[dict[str, Any]]) -> int:
        """Store the rows of a table; references within it follow when all of it is there."""
        has_key = any(_is_internal(table, column) for column in table.columns)
        known: dict[UUID, int] = self.keys.setdefault(table.name, {})
        inner = {column.name for column in table.columns if target_of(column) is table}
        later: list[tuple[int, str, object]] = []  # key, column, public id
        portion: list[dict[str, Any]] = []
        count = size = 0
        for held in rows:
            count += 1
            values = self._values(table, held, leave=inner)
            if has_key:
                values["id"] = count
                if table.name in self.referred:
                    known[values["public_id"]] = count
                later += [
                    (count, name, value) for name in inner if (value := held[name.removesuffix("_id")]) is not None
                ]
            portion.append(values)
            size += sum(len(value) for value in values.values() if isinstance(value, str | bytes))
            if len(portion) == _PORTION or size > _PORTION_CHARS:
                self._send(table, portion)
                portion, size = [], 0
        self._send(table, portion)
        for key, name, value in later:
            self.connection.execute(update(table).where(table.c.id == key).values({name: self._key(table, value)}))
        return count

    def _send(self, table: Table, portion: list[dict[str, Any]]) -> None:
        if portion:
            self.connection.execute(insert(table), portion)
            self.sent += len(portion)
            if self.progress is not None:
                self.progress(self.sent)

    def _values(self, table: Table, held: Mapping[str, Any], leave: set[str]) -> dict[str, Any]:
        """Column values of one row; raises `SourceError` unless the row has exactly the table's columns."""
        columns = [column for column in table.columns if not _is_internal(table, column)]
        names = {_name(column) for column in columns}
        if names != set(held):
            odd = ", ".join(sorted(names ^ set(held)))
            raise SourceError(f"A row of “{table.name}” has not the columns that it should have: {odd}.")
        values: dict[str, Any] = {}
        for column in columns:
            value, target = held[_name(column)], target_of(column)
            try:
                if target is not None:
                    values[column.name] = None if value is None or column.name in leave else self._key(target, value)
                elif isinstance(column.type, LargeBinary):
                    values[column.name] = None if value is None else base64.b64decode(value, validate=True)
                else:
                    values[column.name] = from_plain(column, value)
            except (ValueError, TypeError) as error:
                raise SourceError(f"A row of “{table.name}” holds a {_name(column)} that is none: {error}.") from error
        return values

    def _key(self, target: Table, value: object) -> int:
        try:
            return self.keys[target.name][UUID(str(value))]
        except (KeyError, ValueError) as error:
            raise SourceError(
                f"A row refers to the {target.name.replace('_', ' ')} {value}, which is not there."
            ) from error

    def _continue_keys(self) -> None:
        """Have PostgreSQL count on from the last key; SQLite does by itself."""
        if self.connection.dialect.name == "sqlite":
            return
        for table in Row.metadata.sorted_tables:
            last = self.connection.execute(select(func.max(table.c.id))).scalar() if "id" in table.columns else None
            if last and table.dialect_options["sqlite"].get("autoincrement"):
                sequence = text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)")
                self.connection.execute(sequence, {"name": table.name, "last": last})

    def _index(self) -> None:
        """Make the search index anew."""
        keys = range(1, self.loaded.rows.get("statement", 0) + 1)
        for start in range(0, len(keys), _PORTION):
            index_statements(self.work.session, list(keys[start : start + _PORTION]))


class _Reader:
    """The file's lines as tables and rows; its digest is checked at the end, before anything is committed."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._digest = sha256()
        self._last = ""
        self.number = 0

    def head(self, schema: str) -> tuple[int, str]:
        """Number and digest of the newest event, from the first line."""
        first: object = None
        with suppress(ValueError):
            first = json.loads(self._next().rstrip().removesuffix("{") + "{}}")
        if not isinstance(first, dict) or first.get("form") != FORM:
            raise SourceError(
                f"This is no complete desk of the form {FORM}, as `claimtrack export --everything` writes it; nothing "
                "was stored."
            )
        if first.get("schema") != schema:
            raise SourceError(
                f"The file has the schema {first.get('schema')}, this claimtrack (schema {schema}) reads its own only. "
                f"Import it with claimtrack {first.get('version')}, then open that database with this one."
            )
        try:
            return int(first["head"]["number"]), str(first["head"]["digest"])
        except (KeyError, TypeError, ValueError) as error:
            raise self._broken("names no newest event") from error

    def tables(self) -> Iterator[tuple[str, Iterator[dict[str, Any]]]]:
        """Each table's name with its rows, which have to be read before the next."""
        while not (line := self._next(is_end_possible=True)).startswith("}"):
            name, _, rest = line.removeprefix(",").strip().partition(":")
            if rest != "[":
                raise self._broken("should begin a table")
            yield name.strip('"'), self._rows()
        end: object = None
        with suppress(ValueError):
            end = json.loads("{" + line.removeprefix("},"))
        if not isinstance(end, dict) or end.get("sha256") != self._digest.hexdigest():
            raise SourceError(
                "This file was changed since the desk wrote it: its sha256 is not the one in its last line. Nothing "
                "was stored; ask for another copy."
            )
        if next(self._lines, None) is not None:
            raise self._broken("is behind the end")

    def _rows(self) -> Iterator[dict[str, Any]]:
        while (line := self._next()) != "]\n":
            row: object = None
            with suppress(ValueError):
                row = json.loads(line.removeprefix(","))
            if not isinstance(row, dict):
                raise self._broken("is no row")
            yield row

    def _next(self, *, is_end_possible: bool = False) -> str:
        line = next(self._lines, None)
        self.number += 1
        if line is None:
            raise self._broken("is missing: the file was cut off")
        if not (is_end_possible and line.startswith("}")):
            self._digest.update(line.encode("utf-8", "surrogatepass"))
        return line

    def _broken(self, what: str) -> SourceError:
        return SourceError(
            f"Line {self.number} {what}. A desk's file is read line by line as it was written; nothing was stored."
        )
