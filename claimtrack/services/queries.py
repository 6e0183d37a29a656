"""Queries: questions to the writer about a claim, a line or a statement, with an owner and a due time."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlmodel import col, select

from claimtrack.db.tables import Claim, Line, Query, Reviewer, Statement, Story, StoryDocument
from claimtrack.errors import RuleError
from claimtrack.services.desk import Work, aware, now
from claimtrack.services.evidence import claim_or_line
from claimtrack.vocabulary import QueryState, Role


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as lists show it."""

    id: UUID
    version: int
    about: UUID  #: claim, line or statement
    about_kind: str  #: claim, line, statement
    about_words: str
    question: str
    owner: str
    addressee: str | None
    due_at: datetime | None
    state: QueryState
    answer: str | None

    def is_late(self, at: datetime) -> bool:
        """Whether it still waits after the time it was due."""
        return self.state is QueryState.OPEN and self.due_at is not None and self.due_at < at


def ask(
    work: Work,
    about: UUID,
    question: str,
    *,
    owner: UUID | None = None,
    addressee: str | None = None,
    due_at: datetime | None = None,
) -> UUID:
    """A question to the writer; `owner` sees to it that it is answered, by default the person who asks.

    Raises:
        RuleError: there is no question, or the due time has no zone.
    """
    reviewer = work.require(Role.CHECKER)
    if not question.strip():
        raise RuleError("A query needs a question; nothing was stored.")
    row = Query(
        question=question.strip(),
        owner_id=work.get(Reviewer, owner).key if owner else reviewer.key,
        addressee=(addressee or "").strip() or None,
        due_at=aware(due_at),
    )
    target = item(work, about)
    setattr(row, f"{kind(target)}_id", target.key)
    return work.add("query.asked", row).public_id


def answer(work: Work, query_id: UUID, seen: int, words: str) -> None:
    """Store the answer to a question."""
    work.require(Role.CHECKER)
    if not words.strip():
        raise RuleError("An answer needs words; withdraw the query when it no longer matters.")
    changes = {"answer": words.strip(), "answered_at": now(), "state": QueryState.ANSWERED}
    work.change("query.answered", work.get(Query, query_id), changes, seen=seen)


def withdraw(work: Work, query_id: UUID, seen: int) -> None:
    """Take a question back that needs no answer any more; it stays in the log."""
    work.require(Role.CHECKER)
    work.change("query.withdrawn", work.get(Query, query_id), {"state": QueryState.WITHDRAWN}, seen=seen)


def on(work: Work, about: UUID) -> list[Asked]:
    """The questions about one item, the oldest first."""
    target = item(work, about)
    query = select(Query).where(getattr(Query, f"{kind(target)}_id") == target.key).order_by(col(Query.id))
    return [_asked(work, row) for row in work.session.exec(query)]


def waiting(work: Work, *, story: UUID | None = None) -> list[Asked]:
    """Open questions, the most urgent first, those without a due time last."""
    query = select(Query).where(Query.state == QueryState.OPEN).order_by(col(Query.id))
    if story is not None:
        home = work.get(Story, story)
        documents = select(StoryDocument.document_id).where(StoryDocument.story_id == home.key)
        query = query.where(
            col(Query.claim_id).in_(select(Claim.id).where(Claim.story_id == home.key))
            | col(Query.line_id).in_(select(Line.id).where(Line.story_id == home.key))
            | col(Query.statement_id).in_(select(Statement.id).where(col(Statement.document_id).in_(documents)))
        )
    latest = datetime.max.replace(tzinfo=UTC)
    return sorted((_asked(work, row) for row in work.session.exec(query)), key=lambda one: one.due_at or latest)


def _asked(work: Work, row: Query) -> Asked:
    target = _target(work, row)
    return Asked(
        row.public_id,
        row.version,
        target.public_id,
        kind(target),
        target.text if isinstance(target, Claim) else target.content,
        row.question,
        work.by_key(Reviewer, row.owner_id).name,
        row.addressee,
        row.due_at,
        row.state,
        row.answer,
    )


def _target(work: Work, row: Query) -> Claim | Line | Statement:
    if row.claim_id is not None:
        return work.by_key(Claim, row.claim_id)
    if row.line_id is not None:
        return work.by_key(Line, row.line_id)
    assert row.statement_id is not None, "a query is about something"
    return work.by_key(Statement, row.statement_id)


def item(work: Work, public_id: UUID) -> Claim | Line | Statement:
    """The claim, line or statement with this id."""
    found = work.session.exec(select(Statement).where(Statement.public_id == public_id)).first()
    return found or claim_or_line(work, public_id)


def kind(target: Claim | Line | Statement) -> str:
    """What columns call it."""
    return "claim" if isinstance(target, Claim) else "line" if isinstance(target, Line) else "statement"


def reviewers(work: Work) -> list[tuple[UUID, str]]:
    """The people who work at this desk, by name."""
    query = select(Reviewer.public_id, Reviewer.name).where(col(Reviewer.is_active)).order_by(col(Reviewer.name))
    return [(key, name) for key, name in work.session.exec(query)]
