"""Proof that the store is as it was written: the log's chain, the captures' digests, the words at every span.

Reads everything once, in order, a thousand rows at a time. It believes no stored value: columns are read raw, because a
tampered one may be no date, no id and no word of an enum.
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import Engine, LargeBinary, RowMapping, column, select, table
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from claimtrack.db.events import CHAINED, digest_event, digest_payload
from claimtrack.db.work import UnitOfWork

#: Action of the event that records an erasure; its `after` names what was erased.
ERASED = "erasure.recorded"

#: Problems listed one by one; a table that was wholly overwritten need not be listed wholly.
MAX_PROBLEMS = 10_000

_IDS = ("public_id", "reviewer", "item", "story", "batch", "undoes")
_ZERO = "0" * 64


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as it was written."""

    table: str
    row: str  #: public id; for an event "event 17"
    what: str  #: a sentence for a person

    def __str__(self) -> str:
        """As one line."""
        return f"{self.table} {self.row}: {self.what}"


@dataclass(slots=True)
class Verification:
    """What was checked, what was found erased, and what is wrong."""

    events: int = 0
    captures: int = 0
    spans: int = 0
    erased_events: int = 0
    erased_captures: int = 0
    head_number: int = 0  #: number and digest of the newest event; keep them elsewhere
    head_digest: str = _ZERO
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0  #: all of them, listed or not

    @property
    def holds(self) -> bool:
        """Whether everything is as it was written, erasures aside."""
        return self.problem_count == 0

    def add(self, table_name: str, row: object, what: str) -> None:
        """Note a problem."""
        self.problem_count += 1
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(table_name, str(row), what))


@dataclass(slots=True)
class _Erased:
    """What erasure events name, by public id."""

    events: set[str] = field(default_factory=set)
    captures: set[str] = field(default_factory=set)
    rows: set[str] = field(default_factory=set)


def verify(
    engine: Engine, *, kept_head: tuple[int, str] | None = None, progress: Callable[[int], None] | None = None
) -> Verification:
    """Everything that can be checked, in one read-only unit of work.

    `kept_head` is number and digest of an earlier newest event, as `claimtrack.db.events.head` gave it: without it, a
    log whose newest events were cut off looks whole. `progress` is called with the number of rows read so far, now and
    then. Cost: every event, capture and span is read once; memory does not grow with them.
    """
    found = Verification()
    with UnitOfWork(engine, read_only=True) as work, _lenient(work.session):
        try:
            erased = _check_chain(work.session, found, kept_head, progress or _silent)
            _check_captures(work.session, found, erased, progress or _silent)
            _check_spans(work.session, found, erased, progress or _silent)
        except DBAPIError as error:
            found.add("database", "file", f"cannot be read to its end: {' '.join(str(error.orig).split())}.")
    return found


@contextmanager
def _lenient(session: Session) -> Iterator[None]:
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


def _silent(_: int) -> None:
    return


def _raw(session: Session, name: str, columns: Sequence[str], order: Sequence[str]) -> Iterator[RowMapping]:
    """Rows with the values as the driver gives them, whatever the models say."""
    binary = {"data"}
    source = table(name, *(column(item, LargeBinary() if item in binary else None) for item in columns))
    query = select(*(source.c[item] for item in columns)).order_by(*(source.c[item] for item in order))
    return iter(session.execute(query.execution_options(yield_per=1000)).mappings())


def _check_chain(
    session: Session, found: Verification, kept: tuple[int, str] | None, progress: Callable[[int], None]
) -> _Erased:
    erased, empty = _Erased(), set[str]()
    previous, number = _ZERO, 0
    for row in _raw(session, "event", (*CHAINED, "payload", "salt", "digest"), ("number",)):
        number += 1
        place = f"event {row['number']}"
        if row["number"] != number:
            found.add("event", place, f"number {number} was expected here: an event was removed, added or moved.")
            number = row["number"] if isinstance(row["number"], int) else number
        if row["previous"] != previous:
            found.add("event", place, "does not follow the event before it.")
        try:
            fields = {name: _chained(name, row[name]) for name in CHAINED}
            if digest_event(fields) != row["digest"]:
                found.add("event", place, "was changed: its digest does not fit its columns.")
        except ValueError as error:
            found.add("event", place, f"was changed: {error}.")
        _check_payload(row, found, erased, empty)
        previous = str(row["digest"])
        if kept and row["number"] == kept[0] and previous != kept[1]:
            found.add("event", place, "is not the event whose digest was kept.")
        found.events += 1
        if found.events % 1000 == 0:
            progress(found.events)
    found.head_number, found.head_digest = number, previous
    _check_head(session, found, kept)
    found.erased_events = len(empty & erased.events)
    for missing in sorted(empty - erased.events):
        found.add("event", missing, "has lost its payload, and no erasure is recorded.")
    return erased


def _chained(name: str, value: object) -> object:
    """The value as it entered the digest; ValueError when it is not in the form in which it is stored."""
    if value is None:
        return None
    if name in _IDS:
        if isinstance(value, UUID):
            return str(value)
        if UUID(str(value)).hex != value:
            raise ValueError(f"{name} is not an id as it is stored")
        return str(UUID(str(value)))
    if name == "at":
        if isinstance(value, datetime):
            moment = value.astimezone(UTC)
        else:
            moment = datetime.strptime(str(value), "%Y-%m-%d %H:%M:%S.%f").replace(tzinfo=UTC)
            if moment.strftime("%Y-%m-%d %H:%M:%S.%f") != value:
                raise ValueError("at is not a time as it is stored")
        return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")
    return value


def _check_payload(row: RowMapping, found: Verification, erased: _Erased, empty: set[str]) -> None:
    place = f"event {row['number']}"
    payload, salt = row["payload"], row["salt"]
    if payload is None and salt is None:
        empty.add(_plain_id(row["public_id"]))
        return
    try:
        if digest_payload(salt, payload) != row["payload_digest"]:
            found.add("event", place, "was changed: its payload does not fit its digest.")
            return
        if row["action"] == ERASED:
            named = json.loads(payload)["after"]
            erased.events |= set(named["events"])
            erased.captures |= set(named["captures"])
            erased.rows |= set(named["rows"])
    except (TypeError, ValueError, KeyError, AttributeError):
        found.add("event", place, "was changed: payload or salt cannot be read.")


def _plain_id(value: object) -> str:
    try:
        return str(UUID(str(value)))
    except ValueError:
        return str(value)


def _check_head(session: Session, found: Verification, kept: tuple[int, str] | None) -> None:
    heads = [(row["number"], row["digest"]) for row in _raw(session, "chain_head", ("id", "number", "digest"), ("id",))]
    if heads != [(found.head_number, found.head_digest)]:
        found.add("chain_head", 1, "does not name the newest event: events were removed from the end, or added.")
    if kept and kept[0] > found.head_number:
        found.add("event", f"event {kept[0]}", "is missing: the log once reached it.")


def _check_captures(session: Session, found: Verification, erased: _Erased, progress: Callable[[int], None]) -> None:
    columns = ("id", "public_id", "sha256", "text_sha256", "chars", "erased_at", "text", "data")
    for row in _raw(session, "capture", columns, ("id",)):
        name = _plain_id(row["public_id"])
        found.captures += 1
        if found.captures % 1000 == 0:
            progress(found.events + found.captures)
        if row["text"] is None and row["data"] is None:
            if name in erased.captures:
                found.erased_captures += 1
            else:
                found.add("capture", name, "has lost its bytes and text, and no erasure is recorded.")
        elif row["text"] is None or row["data"] is None:
            found.add("capture", name, "has lost its bytes or its text.")
        else:
            if hashlib.sha256(bytes(row["data"])).hexdigest() != row["sha256"]:
                found.add("capture", name, "was changed: its bytes do not fit their sha256.")
            text = str(row["text"])
            if hashlib.sha256(text.encode("utf-8", "replace")).hexdigest() != row["text_sha256"]:
                found.add("capture", name, "was changed: its text does not fit its sha256.")
            elif len(text) != row["chars"]:
                found.add("capture", name, f"has {len(text)} characters, {row['chars']} are recorded.")
        if name not in erased.captures:
            _check_against_log(session, found, name, row)


def _check_against_log(session: Session, found: Verification, name: str, row: RowMapping) -> None:
    """The capture's digests against those in the event that recorded it: bytes and digest may both be changed."""
    try:
        item = UUID(name)
    except ValueError:
        found.add("capture", name, "has an id that is none.")
        return
    event = table("event", *(column(part) for part in ("number", "item", "item_kind", "payload")))
    # SQLite stores 32 hexadecimal digits, PostgreSQL has a type of its own.
    stored = item if session.get_bind().dialect.name == "postgresql" else item.hex
    query = select(event.c.payload).where(event.c.item == stored, event.c.item_kind == "capture")
    payload = session.execute(query.order_by(event.c.number).limit(1)).scalar_one_or_none()
    if payload is None:
        found.add("capture", name, "is not in the log: no event records it.")
        return
    try:
        logged = json.loads(payload)["after"]
        differ = [key for key in ("sha256", "text_sha256", "chars") if logged[key] != row[key]]
    except (TypeError, ValueError, KeyError):
        return  # the event itself is reported
    if differ:
        found.add("capture", name, f"was changed: the log records another {' and '.join(differ)}.")


@dataclass(frozen=True, slots=True)
class _Spanned:
    """A table whose rows quote a capture: which columns hold words, and which their place."""

    table: str
    many: tuple[str, str]  #: words, and the list of spans that they stand at
    single: tuple[tuple[str, str, str], ...] = ()  #: words, start, end


_SPANNED = (
    _Spanned(
        "statement",
        ("content", "content_spans"),
        (
            ("source", "source_start", "source_end"),
            ("cue", "cue_start", "cue_end"),
            ("date_words", "date_start", "date_end"),
        ),
    ),
    _Spanned("placement", ("content", "content_spans")),
    _Spanned("line", ("content", "spans")),
    _Spanned("evidence", ("words", "spans")),
    _Spanned("fidelity_check", ("words", "spans")),
)


def _check_spans(session: Session, found: Verification, erased: _Erased, progress: Callable[[int], None]) -> None:
    for spanned in _SPANNED:
        columns = (
            "id",
            "public_id",
            "capture_id",
            *spanned.many,
            *(name for three in spanned.single for name in three),
        )
        capture, text = None, None
        for row in _raw(session, spanned.table, columns, ("capture_id", "id")):
            if row["capture_id"] is None:
                continue
            if row["capture_id"] != capture:
                capture, text = row["capture_id"], _text_of(session, row["capture_id"])
            found.spans += 1
            if found.spans % 1000 == 0:
                progress(found.events + found.captures + found.spans)
            _check_row(row, text, spanned, found, erased)


def _text_of(session: Session, capture: int) -> str | None:
    source = table("capture", column("id"), column("text"))
    text = session.execute(select(source.c.text).where(source.c.id == capture)).scalar_one_or_none()
    return None if text is None else str(text)


def _check_row(row: RowMapping, text: str | None, spanned: _Spanned, found: Verification, erased: _Erased) -> None:
    name = _plain_id(row["public_id"])
    words, spans = (row[part] for part in spanned.many)
    if text is None or name in erased.rows:
        quotes = [words, *(row[one] for one, _, _ in spanned.single)]
        if any(quotes) and name in erased.rows:
            found.add(spanned.table, name, "still holds words that an erasure names.")
        elif any(quotes):
            found.add(spanned.table, name, "quotes a capture that has no text.")
        return
    places = [(words, spans)]
    places += [(row[one], _pair(row[start], row[end])) for one, start, end in spanned.single]
    for quoted, at in places:
        if at is None or quoted is None:
            continue
        try:
            read = " ".join(_slice(text, start, end) for start, end in _list(at))
        except (TypeError, ValueError):
            found.add(spanned.table, name, "has spans that are none.")
            continue
        if read != quoted:
            found.add(spanned.table, name, f"no longer reads its stored words in its capture: {_short(quoted)}.")


def _pair(start: object, end: object) -> list[list[object]] | None:
    return None if start is None and end is None else [[start, end]]


def _list(spans: object) -> list[list[int]]:
    """Spans as the driver gives them: SQLite's text, or PostgreSQL's lists."""
    read = json.loads(spans) if isinstance(spans, str) else spans
    if not isinstance(read, list) or not read:
        raise ValueError("no spans")
    return read


def _slice(text: str, start: object, end: object) -> str:
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
        raise ValueError("not a span of this text")
    return text[start:end]


def _short(words: object) -> str:
    shown = str(words)
    return repr(shown if len(shown) <= 60 else shown[:59] + "…")
