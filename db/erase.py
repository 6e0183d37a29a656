"""Erasure: for a court order, or a source's safety. The only way in which stored words go.

An erasure empties the words of the rows that it names and of all that copies them (statements, later placements, lines,
passages of evidence, search entries, fingerprints), and the payloads of every event about those rows, with their salts.
It appends an event that names each of them, so that `verify` says "erased" and the chain still holds. What people wrote
themselves about the erased (claims, notes, queries, contacts) is not theirs to copy: it is listed as related, and goes
when it is named too.

`scrub` afterwards takes what a database keeps beneath its rows: freed pages, search segments, dead tuples. Neither
reaches copies elsewhere: backups made before, PostgreSQL's write-ahead log (until its files are used again) and its
archive, exports, drafts in somebody's browser.
"""

import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import Connection, Engine, Text, delete, literal, null, or_, select, update
from sqlalchemy.types import JSON
from sqlmodel import Session, col

from claimtrack import limits
from claimtrack.db import tables
from claimtrack.db.base import Identified, Versioned
from claimtrack.db.columns import utc_now
from claimtrack.db.events import ERASED, Actor, Circumstances, append_event
from claimtrack.db.queries.fingerprints import forget
from claimtrack.db.search import index_statements
from claimtrack.db.snapshot import table_of
from claimtrack.errors import NotFoundError, RuleError, StorageError
from claimtrack.vocabulary import RejectReason, StatementState

#: Columns that hold words, of every kind of row that can be erased.
WORDS: dict[type[Identified], tuple[str, ...]] = {
    tables.Document: (
        "title",
        "author",
        "url",
        "archive_url",
        "identity",
        "given_id",
        "repost_of",
        "origins",
    ),
    tables.Capture: ("text", "data", "final_url", "headers"),
    tables.Sighting: ("name", "url", "final_url"),
    tables.Statement: (
        "content",
        "source",
        "cue",
        "speaker_name",
        "speaker_for",
        "speaker_sort",
        "via",
        "date_words",
        "why",
        "occasion",
        "occasion_place",
        "translator",
        "extra",
        "text_hash",
    ),
    tables.Placement: ("content",),
    tables.Line: ("content",),
    tables.Evidence: (
        "title",
        "url",
        "archive_url",
        "file_name",
        "publisher",
        "shared_with",
        "words",
        "note",
        "data",
    ),
    tables.FidelityCheck: ("words", "changed", "note", "locator"),
    tables.Judgement: ("reasons", "note"),
    tables.Annotation: ("text",),
    tables.Contact: ("person", "channel", "question", "answer"),
    tables.Query: ("question", "addressee", "answer"),
    tables.Claim: ("text", "explanation", "published_url"),
    tables.Appearance: ("note",),
    tables.CrossReference: ("note",),
    tables.Review: ("reasoning",),
    tables.Decision: ("reasoning",),
    tables.Correction: ("reason", "former"),
    tables.Waiver: ("reason",),
    tables.Speaker: ("name", "sort_name", "note", "wikidata_id"),
    tables.Alias: ("name", "sort_name"),
    tables.Office: ("title", "body"),
    tables.Story: ("title", "brief"),
}

#: Rows that copy the words of others and go with them: table, column that names the other, its table; in this order.
_COPIES: tuple[tuple[type[Identified], str, type[Identified]], ...] = (
    (tables.Capture, "document_id", tables.Document),
    (tables.Sighting, "capture_id", tables.Capture),
    (tables.Statement, "capture_id", tables.Capture),
    (tables.Placement, "capture_id", tables.Capture),
    (tables.Placement, "statement_id", tables.Statement),
    (tables.Line, "capture_id", tables.Capture),
    (tables.Judgement, "a_id", tables.Statement),
    (tables.Judgement, "b_id", tables.Statement),
    (tables.Alias, "speaker_id", tables.Speaker),
    (tables.Office, "speaker_id", tables.Speaker),
)

#: What goes from rows that stay: the quoted passage when its capture is erased, the name when the speaker is.
_PASSAGES: tuple[tuple[type[Identified], str, type[Identified], tuple[str, ...]], ...] = (
    (tables.Evidence, "capture_id", tables.Capture, ("words",)),
    (tables.FidelityCheck, "capture_id", tables.Capture, ("words", "changed")),
    (tables.FidelityCheck, "statement_id", tables.Statement, ("words", "changed")),
    (tables.Statement, "speaker_id", tables.Speaker, ("speaker_name", "speaker_sort")),
)

#: What people wrote about a row, by the column that names it.
_RELATED: tuple[tuple[type[Identified], str, type[Identified]], ...] = (
    (tables.Annotation, "document_id", tables.Document),
    (tables.Annotation, "statement_id", tables.Statement),
    (tables.Annotation, "line_id", tables.Line),
    (tables.Annotation, "speaker_id", tables.Speaker),
    (tables.Query, "statement_id", tables.Statement),
    (tables.Query, "line_id", tables.Line),
    (tables.Contact, "statement_id", tables.Statement),
    (tables.Contact, "line_id", tables.Line),
    (tables.Contact, "speaker_id", tables.Speaker),
    (tables.Appearance, "statement_id", tables.Statement),
    (tables.CrossReference, "from_statement_id", tables.Statement),
    (tables.CrossReference, "to_statement_id", tables.Statement),
    (tables.Evidence, "capture_id", tables.Capture),
    (tables.FidelityCheck, "statement_id", tables.Statement),
    (tables.Evidence, "line_id", tables.Line),
    (tables.Review, "line_id", tables.Line),
    (tables.Decision, "line_id", tables.Line),
)

_KINDS = {table_of(model).name: model for model in WORDS}


@dataclass(frozen=True, slots=True)
class Target:
    """One row by the name of its table and its public id."""

    kind: str
    public_id: UUID


@dataclass(slots=True)
class Erasure:
    """What an erasure took, and what it left for somebody to look at."""

    rows: list[Target] = field(default_factory=list)
    events: int = 0
    related: list[Target] = field(default_factory=list)  #: written by people about what was erased; still there


def erase(session: Session, actor: Actor, targets: Sequence[Target], reason: str) -> Erasure:
    """Erase the words of `targets` and of all that copies them; needs a writing unit of work, and `scrub` after it.

    Raises `NotFoundError` when a target is not there, `RuleError` for a kind of row that holds no words or when no
    reason is given. The reason stays in the log: it must not repeat the words.
    """
    if not reason.strip():
        raise RuleError("An erasure needs a reason; it stays in the log.")
    if not targets:
        raise RuleError("Name what is to be erased.")
    chosen = _spread(session, targets)
    first = session.get_one(_model(targets[0].kind), _key(session, targets[0]))
    done = Erasure()
    for model, keys in chosen.items():
        done.rows += [Target(table_of(model).name, public) for public in _public_ids(session, model, keys)]
    about = [target.public_id for target in done.rows]
    told = set(chosen.get(tables.Statement, ()))
    _forget_repeats(session, chosen)
    for model, column, origin, words in _PASSAGES:
        keys = _referring(session, model, column, chosen.get(origin, set())) - chosen.get(model, set())
        about += _public_ids(session, model, keys)
        told |= keys if model is tables.Statement else set()
        _empty(session, model, keys, words)
    for model, keys in chosen.items():
        _empty(session, model, keys, WORDS[model])
    if tables.Statement in chosen:
        _leave_queue(session, chosen[tables.Statement])
    index_statements(session, sorted(told))
    events = _erase_payloads(session, about)
    done.events = len(events)
    append_event(
        session,
        actor,
        ERASED,
        first,
        after={
            "captures": [str(target.public_id) for target in done.rows if target.kind == "capture"],
            "events": [str(event) for event in events],
            "rows": [str(target.public_id) for target in done.rows],
        },
        context=Circumstances(note=reason),
    )
    session.expire_all()
    done.related = _related(session, chosen)
    return done


def scrub(engine: Engine) -> None:
    """Take erased words out of freed pages, search segments and dead tuples; a unit of work cannot, so it comes after.

    Cost: SQLite writes the whole file anew, PostgreSQL all tables with words, each locked meanwhile.

    Raises `StorageError` when somebody reads an older moment of a SQLite database so long that its log stays.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        raw = connection.connection.driver_connection
        if isinstance(raw, sqlite3.Connection):
            _scrub_sqlite(raw)
        else:
            _scrub_postgres(connection)


def _scrub_sqlite(raw: sqlite3.Connection) -> None:
    raw.execute("INSERT INTO search_index (search_index) VALUES ('optimize')")
    raw.execute("ANALYZE")  # its samples are values of rows
    raw.execute("VACUUM")
    until = time.monotonic() + limits.WRITE_LOCK_S
    raw.execute("PRAGMA busy_timeout=100")
    # Somebody who reads an older moment of the database keeps the log beside it from being emptied.
    while raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        if time.monotonic() > until:
            raise StorageError(
                "The words are erased, but another program still reads an older moment of the database, and they stand "
                "in the file beside it (-wal) until it ends. Close it, and run the same command again."
            )
        time.sleep(0.1)
    raw.execute(f"PRAGMA busy_timeout={int(limits.SQLITE_BUSY_S * 1000)}")


def _scrub_postgres(connection: Connection) -> None:
    connection.exec_driver_sql("SET statement_timeout = 0")
    for name in [*sorted(_KINDS), "event", "search_entry", "fingerprint", "candidate", "outbox_entry"]:
        connection.exec_driver_sql(f"VACUUM (FULL, ANALYZE) {name}")
    # The planner's statistics held the commonest words of a column; those of before are dead tuples now.
    connection.exec_driver_sql("VACUUM (FULL) pg_catalog.pg_statistic")
    connection.exec_driver_sql("RESET statement_timeout")


def _model(kind: str) -> type[Identified]:
    if kind not in _KINDS:
        raise RuleError(f"A {kind.replace('_', ' ')} holds no words to erase.")
    return _KINDS[kind]


def _key(session: Session, target: Target) -> int:
    model = _model(target.kind)
    key = session.execute(select(col(model.id)).where(col(model.public_id) == target.public_id)).scalar_one_or_none()
    if key is None:
        raise NotFoundError(f"No {target.kind.replace('_', ' ')} has the id {target.public_id}.")
    return int(key)


def _spread(session: Session, targets: Iterable[Target]) -> dict[type[Identified], set[int]]:
    """Internal keys of the targets and of all that copies their words, by table."""
    chosen: dict[type[Identified], set[int]] = {}
    for target in targets:
        chosen.setdefault(_model(target.kind), set()).add(_key(session, target))
    for model, column, origin in _COPIES:
        if copies := _referring(session, model, column, chosen.get(origin, set())):
            chosen.setdefault(model, set()).update(copies)
    if tables.Capture not in chosen and chosen.keys() & {tables.Statement, tables.Placement, tables.Line}:
        raise RuleError("These words stand in a saved copy too: erase the copy, or its document.")
    return chosen


def _referring(session: Session, model: type[Identified], column: str, keys: Iterable[int]) -> set[int]:
    """Internal keys of the rows of `model` whose `column` is among `keys`."""
    columns, found = table_of(model).c, set[int]()
    for portion in _portions(keys):
        found |= set(session.execute(select(columns.id).where(columns[column].in_(portion))).scalars())
    return found


def _public_ids(session: Session, model: type[Identified], keys: Iterable[int]) -> list[UUID]:
    found: list[UUID] = []
    for portion in _portions(keys):
        found += session.execute(select(col(model.public_id)).where(col(model.id).in_(portion))).scalars()
    return found


def _portions(keys: Iterable[int]) -> Iterator[list[int]]:
    listed = sorted(keys)
    for start in range(0, len(listed), 500):
        yield listed[start : start + 500]


def _empty(session: Session, model: type[Identified], keys: Iterable[int], names: Sequence[str]) -> None:
    """Take the words out of rows, and their versions on, so that no draft is saved over the erasure."""
    columns = table_of(model).c
    values: dict[str, object] = {}
    for name in names:
        column = columns[name]
        if column.nullable:
            values[name] = null()
        elif isinstance(column.type, JSON):
            values[name] = {} if name in {"origins", "headers"} else []
        else:
            values[name] = ""
    if issubclass(model, Versioned):
        values["version"] = columns.version + 1
    if model is tables.Capture:
        values["erased_at"] = utc_now()
    if model is tables.Alias:
        # A speaker's aliases differ from one another.
        values["name"] = literal("erased ") + columns.id.cast(Text)
    for portion in _portions(keys):
        session.execute(update(model).where(columns.id.in_(portion)).values(**values))


def _leave_queue(session: Session, keys: Iterable[int]) -> None:
    """Nobody can decide on words that are gone."""
    undecided = col(tables.Statement.state).in_([StatementState.EXTRACTED, StatementState.STALE])
    gone = {"state": StatementState.REJECTED, "reject_reason": RejectReason.ERASED}
    for portion in _portions(keys):
        mine = col(tables.Statement.id).in_(portion)
        session.execute(update(tables.Statement).where(mine, undecided).values(**gone))


def _forget_repeats(session: Session, chosen: dict[type[Identified], set[int]]) -> None:
    """Delete what was computed from the words: suggestions, and fingerprints that no other statement shares."""
    hashes: set[int] = set()
    for portion in _portions(chosen.get(tables.Statement, ())):
        pair = tables.Candidate
        session.execute(delete(pair).where(or_(col(pair.a_id).in_(portion), col(pair.b_id).in_(portion))))
        mine = col(tables.Statement.id).in_(portion)
        found = session.execute(select(col(tables.Statement.text_hash)).where(mine)).scalars()
        hashes |= {value for value in found if value is not None}
        session.execute(update(tables.Statement).where(mine).values(text_hash=None, has_candidates=False))
    forget(session, sorted(hashes))


def _erase_payloads(session: Session, items: Sequence[UUID]) -> list[UUID]:
    """Empty the payloads of all events about these rows; the events' public ids. Erasures themselves stay readable."""
    found: list[UUID] = []
    for start in range(0, len(items), 500):
        about = col(tables.Event.item).in_(items[start : start + 500])
        full = [about, col(tables.Event.action) != ERASED, col(tables.Event.payload).is_not(None)]
        found += session.execute(select(col(tables.Event.public_id)).where(*full)).scalars()
        session.execute(update(tables.Event).where(*full).values(payload=None, salt=None))
    return found


def _related(session: Session, chosen: dict[type[Identified], set[int]]) -> list[Target]:
    """What people wrote about the erased rows and that was not erased itself."""
    found: dict[Target, None] = {}
    claims: set[int] = set()
    for model, column, origin in _RELATED:
        keys = _referring(session, model, column, chosen.get(origin, set())) - chosen.get(model, set())
        found |= {Target(table_of(model).name, public): None for public in _public_ids(session, model, keys)}
        if model is tables.Appearance:
            for portion in _portions(keys):
                mine = col(tables.Appearance.id).in_(portion)
                claims |= set(session.execute(select(col(tables.Appearance.claim_id)).where(mine)).scalars())
    claims -= chosen.get(tables.Claim, set())
    found |= {Target("claim", public): None for public in _public_ids(session, tables.Claim, claims)}
    return list(found)
