"""The review queue as a desk reads it: statements with their source texts, repeats as one row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from sqlmodel import col, select

from claimtrack.attribution import Kind, Span
from claimtrack.db import tables
from claimtrack.db.queries import queue as query
from claimtrack.db.queries.queue import Cursor, QueueFilter
from claimtrack.services import annotate, decide, indexing, repeats
from claimtrack.services.desk import Work, now, parse_id
from claimtrack.vocabulary import Fidelity, QueueOrder, RejectReason, Role, StatementState

__all__ = ["Cursor", "QueueFilter", "QueueOrder"]

#: States by the word with which a reviewer chooses them.
STATES = {
    "to review": (StatementState.EXTRACTED, StatementState.STALE),
    "as printed": (StatementState.AS_PRINTED,),
    "fixed": (StatementState.FIXED,),
    "rejected": (StatementState.REJECTED,),
    "changed page": (StatementState.STALE,),
    "all": tuple(StatementState),
}
#: Confidence of the extraction below which a reader is asked to check it: at the benchmark's reliability table, about
#: where one suggestion in two is wrong somewhere.
CHECK_BELOW = 0.6
#: How long "take next ten" keeps statements from others: a checker's long look, not a lunch break.
LEASE = timedelta(minutes=30)


def filter_of(held: Mapping[str, object], reviewer: UUID | None) -> QueueFilter:
    """The filter that a saved view keeps.

    Its keys are "state", "kind", "speaker", "publisher", "tag", "from", "until", "repeats", "doubtful", "mine" and
    "search", as the Review page calls them; what is missing narrows nothing.

    >>> filter_of({"state": "fixed", "publisher": "The Ledger"}, None).publisher
    'The Ledger'
    """

    def text(key: str) -> str:
        return str(held.get(key) or "")

    def day(key: str) -> date | None:
        return date.fromisoformat(text(key)) if text(key) else None

    state, words = text("state") or "to review", text("search")
    return QueueFilter(
        states=STATES[state],
        kinds=(Kind(text("kind")),) if text("kind") else (),
        speaker=parse_id(text("speaker")) if text("speaker") else None,
        publisher=text("publisher") or None,
        tag=parse_id(text("tag")) if text("tag") else None,
        said_from=day("from"),
        said_to=day("until"),
        search=words,
        has_candidates=True if held.get("repeats") else None,
        max_confidence=CHECK_BELOW if held.get("doubtful") else None,
        held_by=reviewer if held.get("mine") else None,
        # A search or a look at what was decided shows every print, not one row for all of them.
        are_repeats_folded=state == "to review" and not words,
    )


@dataclass(frozen=True, slots=True)
class Repeat:
    """Another print of the same words, or nearly."""

    id: UUID
    version: int
    words: str
    publisher: str
    day: str
    differs: str | None  #: how, in words; None: the words match, so one decision may cover it


@dataclass(frozen=True, slots=True)
class Item:
    """One statement of the queue with what a reader needs to decide on it."""

    row: tables.Statement
    document: UUID
    speaker: str | None
    said_on: str | None
    date_basis: str | None
    note: str
    tags: tuple[str, ...]
    repeats: tuple[Repeat, ...]
    assigned_to: str | None
    leased_by: str | None
    change: "Change | None" = None


@dataclass(frozen=True, slots=True)
class Change:
    """How the page's newest saved copy prints a statement whose words it changed."""

    capture: UUID
    was_saved: str  #: ISO 8601
    now_saved: str
    now: str | None  #: None: the words are gone


@dataclass(frozen=True, slots=True)
class Text:
    """The stored text of a document, with the facts of its saved copy and all statements in it."""

    document: tables.Document
    capture: tables.Capture
    text: str
    statements: tuple[tables.Statement, ...]
    saved_at: str


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of the queue."""

    items: tuple[Item, ...]
    texts: dict[UUID, Text]  #: by public id of the document
    next: Cursor | None
    total: int  #: rows in the whole queue, counted up to `query.COUNT_CAP`
    counts: dict[StatementState, int] = field(default_factory=dict)


def page(
    work: Work,
    wanted: QueueFilter,
    order: QueueOrder = QueueOrder.OLDEST,
    after: Cursor | None = None,
    limit: int = 25,
) -> Page:
    """The next rows of the queue with the texts that they stand in."""
    found = query.page(work.session, wanted, order, after, limit)
    rows = [row.statement for row in found.rows]
    return Page(
        items=tuple(item(work, row) for row in rows),
        texts=texts(work, rows),
        next=found.next,
        total=query.count_rows(work.session, wanted),
        counts=query.count_states(work.session, wanted.story),
    )


def one(work: Work, statement_id: UUID) -> Page:
    """A single statement, as its address shows it."""
    row = work.get(tables.Statement, statement_id)
    return Page((item(work, row),), texts(work, [row]), None, 1, query.count_states(work.session))


def item(work: Work, row: tables.Statement) -> Item:
    """A statement with notes, tags and repeats."""
    own = [note.text for note in annotate.notes_on(work, row) if work.reviewer and note.reviewer_id == work.reviewer.id]
    basis = indexing.date_basis(row)
    lease = row.leased_until is not None and row.leased_until > now()
    return Item(
        row=row,
        document=work.by_key(tables.Document, row.document_id).public_id,
        speaker=row.speaker_name,
        said_on=indexing.said_on(row),
        date_basis=basis.value if basis else None,
        note=own[0] if own else "",
        tags=tuple(annotate.tags_on(work, row)),
        repeats=tuple(others(work, row)),
        assigned_to=work.by_key(tables.Reviewer, row.assigned_to_id).name if row.assigned_to_id else None,
        leased_by=work.by_key(tables.Reviewer, row.leased_by_id).name if lease and row.leased_by_id else None,
        change=changed(work, row),
    )


def changed(work: Work, row: tables.Statement) -> Change | None:
    """What became of a statement's words, when a person has to look at it again for that."""
    place = decide.later_place(work, row) if row.state is StatementState.STALE else None
    if place is None:
        return None
    was, now_is = work.by_key(tables.Capture, row.capture_id), work.by_key(tables.Capture, place.capture_id)
    return Change(now_is.public_id, was.created_at.isoformat(), now_is.created_at.isoformat(), place.content)


def others(work: Work, row: tables.Statement) -> list[Repeat]:
    """The other prints in the statement's cluster, and the near-misses beside it."""
    same = []
    if row.cluster_id is not None:
        members = select(tables.Statement).where(tables.Statement.cluster_id == row.cluster_id)
        same = [one for one in work.session.exec(members.order_by(col(tables.Statement.id))) if one.id != row.id]
    inside = {one.id for one in same}
    near = [pair for pair in repeats.pairs_of(work, row.public_id) if pair.outcome == "different"]
    beside = [(pair.b if pair.a.id == row.id else pair.a, "; ".join(pair.reasons)) for pair in near]
    listed = [repeat(work, one, None if one.text_hash == row.text_hash else "worded otherwise") for one in same]
    return listed + [repeat(work, one, why) for one, why in beside if one.id not in inside]


def repeat(work: Work, row: tables.Statement, differs: str | None) -> Repeat:
    """Another print as the queue lists it."""
    document = work.by_key(tables.Document, row.document_id)
    day = document.published_on.isoformat() if document.published_on else ""
    return Repeat(row.public_id, row.version, row.content, document.publisher or "", day, differs)


def texts(work: Work, rows: Iterable[tables.Statement]) -> dict[UUID, Text]:
    """The texts that the statements stand in, each once."""
    captures = {row.capture_id for row in rows}
    found = {}
    for capture in work.session.exec(select(tables.Capture).where(col(tables.Capture.id).in_(captures))):
        document = work.by_key(tables.Document, capture.document_id)
        within = select(tables.Statement).where(tables.Statement.capture_id == capture.key)
        marked = work.session.exec(within.order_by(col(tables.Statement.start_offset))).all()
        seen = capture.created_at.isoformat()
        found[document.public_id] = Text(document, capture, capture.text or "", tuple(marked), seen)
    return found


def take_next(work: Work, wanted: QueueFilter, order: QueueOrder, limit: int = 10) -> list[UUID]:
    """Take the next free statements for the person who acts; others see who has them until the lease is over."""
    reviewer = work.require(Role.CHECKER)
    taken = query.take_next(work.session, wanted, order, reviewer.key, now=now(), until=now() + LEASE, limit=limit)
    return [row.statement.public_id for row in taken]


def release(work: Work) -> int:
    """Give back what the person who acts has taken; how many statements that were."""
    reviewer = work.require(Role.CHECKER)
    return query.release(work.session, reviewer.key)


def assign(work: Work, statements: Sequence[UUID], to: UUID | None) -> tuple[int, list[str]]:
    """Assign statements to somebody in one transaction: how many, and why the others were skipped."""
    work.require(Role.CHECKER)
    reviewer = work.get(tables.Reviewer, to) if to else None
    done, skipped = 0, []
    for public_id in statements:
        row = work.get(tables.Statement, public_id)
        if row.assigned_to_id == (reviewer.id if reviewer else None):
            skipped.append(f"{public_id}: is assigned so already")
            continue
        work.change("statement.assigned", row, {"assigned_to_id": reviewer.id if reviewer else None})
        done += 1
    return done, skipped


def spans(row: tables.Statement) -> list[Span]:
    """The content spans of a stored statement."""
    return [Span(start, end) for start, end in row.content_spans]


def publishers(work: Work) -> list[str]:
    """All outlets, by name."""
    query_ = select(tables.Document.publisher).where(col(tables.Document.publisher).is_not(None)).distinct()
    return sorted(name for name in work.session.exec(query_) if name)


def tags(work: Work) -> list[tuple[UUID, str]]:
    """All tags of the desk (id, name), by name."""
    rows = work.session.exec(select(tables.Tag).order_by(col(tables.Tag.sort_name)))
    return [(row.public_id, row.name) for row in rows]


def people(work: Work, limit: int = 500) -> list[tuple[UUID, str, str]]:
    """Speakers that stand for themselves (id, name, office), by name."""
    rows = work.session.exec(
        select(tables.Speaker)
        .where(col(tables.Speaker.merged_into_id).is_(None))
        .order_by(col(tables.Speaker.sort_name))
        .limit(limit)
    )
    return [(row.public_id, row.name, row.note or "") for row in rows]


#: What the page says for each reason of a rejection.
REASONS = {
    RejectReason.NOT_A_STATEMENT: "nobody says this",
    RejectReason.SCARE_QUOTE: "scare quotes",
    RejectReason.TITLE: "a title, nickname or slogan",
    RejectReason.NOT_SAID: "denied, hypothetical or not yet said",
    RejectReason.DUPLICATE: "marked twice",
    RejectReason.BOILERPLATE: "courtesies",
    RejectReason.OTHER: "another reason",
}

#: What the page says of a statement's fidelity.
FIDELITY = {
    None: "as printed; not checked against a record",
    Fidelity.VERBATIM: "matches the record word for word",
    Fidelity.TYPOGRAPHY: "matches the record but for typography",
    Fidelity.CUT: "cut, against the record",
    Fidelity.ALTERED: "differs from the record",
    Fidelity.STITCHED: "stitched together, against the record",
    Fidelity.WRONG_SPEAKER: "somebody else said it, by the record",
    Fidelity.NOT_FOUND: "not found in the record",
}
