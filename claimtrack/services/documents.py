"""Stored documents: lists, details, corrections of what an import proposed."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from claimtrack.attribution import DateBasis, Statement
from claimtrack.db import tables
from claimtrack.extract import Article
from claimtrack.services import extraction, indexing
from claimtrack.services.desk import Work
from claimtrack.vocabulary import PlacementState, Role, StatementState


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the Sources page."""

    id: UUID
    title: str | None
    publisher: str | None
    published_on: date | None
    url: str | None
    statements: int
    open: int
    captures: int


@dataclass(frozen=True, slots=True)
class Copy:
    """One saved copy."""

    id: UUID
    saved_at: datetime
    media_type: str
    sha256: str
    sightings: int


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a statement in a later saved copy."""

    statement: UUID
    state: str
    before: str
    after: str | None


@dataclass(frozen=True, slots=True)
class Document:
    """A document with its saved copies, the newest last."""

    id: UUID
    version: int
    title: str | None
    publisher: str | None
    author: str | None
    published_on: date | None
    url: str | None
    archive_url: str | None
    language: str | None
    origins: dict[str, str]
    captures: tuple[Copy, ...]
    changes: tuple[Change, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Details:
    """What a person may correct."""

    title: str | None
    publisher: str | None
    author: str | None
    published_on: date | None


def list_documents(work: Work, *, story: UUID | None = None, limit: int = 500) -> list[Row]:
    """Documents, the latest import first."""
    query = select(tables.Document).order_by(col(tables.Document.id).desc()).limit(limit)
    if story is not None:
        home = work.get(tables.Story, story)
        within = select(tables.StoryDocument.document_id).where(tables.StoryDocument.story_id == home.key)
        query = query.where(col(tables.Document.id).in_(within))
    return [_row(work, document) for document in work.session.exec(query)]


def _row(work: Work, document: tables.Document) -> Row:
    tally = work.session.exec(
        select(tables.StatementTally.state, tables.StatementTally.count).where(
            tables.StatementTally.document_id == document.key
        )
    ).all()
    counts = dict(tally)
    captures = work.session.exec(
        select(func.count()).select_from(tables.Capture).where(col(tables.Capture.document_id) == document.key)
    ).one()
    waiting = (StatementState.EXTRACTED, StatementState.STALE)
    return Row(
        document.public_id,
        document.title,
        document.publisher,
        document.published_on,
        document.url,
        sum(counts.values()),
        sum(counts.get(state, 0) for state in waiting),
        captures,
    )


def document(work: Work, document_id: UUID) -> Document:
    """A document with everything that its page shows."""
    row = work.get(tables.Document, document_id)
    captures = work.session.exec(
        select(tables.Capture).where(tables.Capture.document_id == row.key).order_by(col(tables.Capture.id))
    ).all()
    return Document(
        id=row.public_id,
        version=row.version,
        title=row.title,
        publisher=row.publisher,
        author=row.author,
        published_on=row.published_on,
        url=row.url,
        archive_url=row.archive_url,
        language=row.language,
        origins=row.origins,
        captures=tuple(_copy(work, capture) for capture in captures),
        changes=tuple(changes(work, row)),
        text=captures[-1].text or "" if captures else "",
    )


def _copy(work: Work, capture: tables.Capture) -> Copy:
    seen = work.session.exec(
        select(func.count()).select_from(tables.Sighting).where(col(tables.Sighting.capture_id) == capture.key)
    ).one()
    return Copy(capture.public_id, capture.created_at, capture.media_type, capture.sha256, seen)


def changes(work: Work, row: tables.Document) -> list[Change]:
    """Statements that a later saved copy prints otherwise, or no longer."""
    altered = (PlacementState.ALTERED, PlacementState.GONE)
    query = (
        select(tables.Placement, tables.Statement)
        .join(tables.Statement, col(tables.Statement.id) == tables.Placement.statement_id)
        .where(tables.Statement.document_id == row.key, col(tables.Placement.state).in_(altered))
        .order_by(col(tables.Placement.id))
    )
    return [
        Change(statement.public_id, place.state.value, statement.content, place.content)
        for place, statement in work.session.exec(query)
    ]


def correct(work: Work, document_id: UUID, seen: int, details: Details) -> int:
    """Save corrected details; how many statements' dates were read again against another day of publication.

    Raises:
        StaleReview: somebody saved the document since.
    """
    work.require(Role.CHECKER)
    row = work.get(tables.Document, document_id)
    given = asdict(details)
    changed = {name: value for name, value in given.items() if getattr(row, name) != value}
    if not changed:
        return 0
    changed["origins"] = {**row.origins, **dict.fromkeys(changed, "reviewer")}
    work.change("document.corrected", row, changed, seen=seen)
    return redate(work, row) if "published_on" in changed else 0


def redate(work: Work, row: tables.Document) -> int:
    """Read the machine's dates of all statements again against the document's day; how many changed.

    The text is read once more; each statement takes the date of the suggestion with the same cue and content. Dates
    that a person set stay in force.
    """
    count = 0
    captures = work.session.exec(select(tables.Capture).where(tables.Capture.document_id == row.key)).all()
    for capture in captures:
        if capture.text is None:
            continue
        article = Article(capture.text, row.published_on, row.title)
        found = {extraction.key_of(one): one for one in extraction.suggestions([article])[0].statements}
        for statement in extraction.statements_in(work, capture):
            count += _redate(work, row, statement, found.get(extraction.key_of_row(statement)))
    return count


def _redate(work: Work, row: tables.Document, statement: tables.Statement, found: Statement | None) -> bool:
    if found is not None:
        dates: dict[str, object] = {
            "said_on": found.said_on,
            "date_words": found.date_words,
            "date_basis": found.date_basis,
        }
    elif statement.date_basis is not DateBasis.TEXT:
        day = row.published_on
        dates = {"said_on": day.isoformat() if day else None, "date_basis": DateBasis.ARTICLE if day else None}
    else:  # a person moved its marks: nobody can tell which words dated it
        return False
    dates["date_anchor"] = row.published_on
    if all(getattr(statement, name) == value for name, value in dates.items()):
        return False
    work.change("statement.dated", statement, dates)
    indexing.index(work, statement)
    return True
