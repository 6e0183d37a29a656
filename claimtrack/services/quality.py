"""How good the extraction is, as people measured it while they reviewed, and what waits for whom, and how long.

Never by person: no figure here ranks reviewers or speakers.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from claimtrack.db import tables
from claimtrack.services import queries
from claimtrack.services.desk import Work, now
from claimtrack.vocabulary import CheckState, Origin, QueryState, RejectReason, StatementState, StoryState

#: Rejections that say nothing against the extraction: the words were found, and said elsewhere or taken back.
_NEUTRAL = (RejectReason.DUPLICATE, RejectReason.BOILERPLATE, RejectReason.WITHDRAWN, RejectReason.ERASED)


@dataclass(frozen=True, slots=True)
class Measured:
    """What people decided about the machine's statements of one rule or kind."""

    name: str
    as_printed: int
    fixed: int
    rejected: int

    @property
    def reviewed(self) -> int:
        """How many were decided."""
        return self.as_printed + self.fixed + self.rejected

    @property
    def precision(self) -> float:
        """Share that is a statement as people found, marks corrected or not; 0.0 to 1.0."""
        return (self.as_printed + self.fixed) / self.reviewed if self.reviewed else 0.0

    @property
    def untouched(self) -> float:
        """Share that was right as it was; 0.0 to 1.0."""
        return self.as_printed / self.reviewed if self.reviewed else 0.0


@dataclass(frozen=True, slots=True)
class Waiting:
    """Items that wait in one way."""

    what: str
    count: int
    oldest: datetime | None


def measured(work: Work, by: str = "rule", *, story: UUID | None = None) -> list[Measured]:
    """Decided machine statements by `rule` or `kind`, most decided first."""
    row = tables.Statement
    column = {"rule": col(row.rule), "kind": col(row.kind)}[by]
    query = (
        select(column, col(row.state), func.count())
        .where(
            row.origin == Origin.MACHINE,
            col(row.state).in_((StatementState.AS_PRINTED, StatementState.FIXED, StatementState.REJECTED)),
            col(row.reject_reason).is_(None) | col(row.reject_reason).not_in(_NEUTRAL),
        )
        .group_by(column, col(row.state))
    )
    if story is not None:
        home = work.get(tables.Story, story)
        within = select(tables.StoryDocument.document_id).where(tables.StoryDocument.story_id == home.key)
        query = query.where(col(row.document_id).in_(within))
    counts: dict[str, dict[StatementState, int]] = {}
    for name, state, count in work.session.exec(query):
        counts.setdefault(str(name or "no rule named"), {})[state] = count
    found = [
        Measured(
            name,
            states.get(StatementState.AS_PRINTED, 0),
            states.get(StatementState.FIXED, 0),
            states.get(StatementState.REJECTED, 0),
        )
        for name, states in counts.items()
    ]
    return sorted(found, key=lambda one: (-one.reviewed, one.name))


def waits(work: Work, *, story: UUID | None = None) -> list[Waiting]:
    """What waits for whom, with the time since which the oldest waits."""
    home = work.get(tables.Story, story).key if story else None
    found = [
        _checks(work, label, state, home)
        for label, state in (
            ("for somebody to take it up", CheckState.OPEN),
            ("for a reply or a source", CheckState.WAITING),
            ("for a second reader", CheckState.SECOND_READ),
            ("for the first reader, sent back", CheckState.SENT_BACK),
            ("for somebody to adjudicate", CheckState.ADJUDICATION),
            ("for release", CheckState.READY),
        )
    ]
    if home is None:
        open_ = select(func.count(), func.min(tables.Query.created_at)).where(tables.Query.state == QueryState.OPEN)
        unanswered = select(func.count(), func.min(tables.Contact.asked_at)).where(
            col(tables.Contact.answer).is_(None), col(tables.Contact.voided_at).is_(None)
        )
        found.append(Waiting("queries for the writer", *work.session.exec(open_).one()))
        found.append(Waiting("people asked who have not answered", *work.session.exec(unanswered).one()))
    return found


@dataclass(frozen=True, slots=True)
class Due:
    """A story with a deadline, and the questions to its writer that are open before it."""

    story: UUID
    title: str
    deadline: datetime
    in_time: int  #: open queries that are due before the deadline
    too_late: int  #: open queries that are due after it, or at no set time


def deadlines(work: Work, *, story: UUID | None = None) -> list[Due]:
    """The open stories that have a deadline, the nearest first."""
    query = select(tables.Story).where(tables.Story.state == StoryState.OPEN, col(tables.Story.deadline).is_not(None))
    if story is not None:
        query = query.where(tables.Story.public_id == story)
    found = []
    for row in work.session.exec(query.order_by(col(tables.Story.deadline), col(tables.Story.id))):
        assert row.deadline is not None
        due = [one.due_at for one in queries.waiting(work, story=row.public_id)]
        in_time = sum(at is not None and at <= row.deadline for at in due)
        found.append(Due(row.public_id, row.title, row.deadline, in_time, len(due) - in_time))
    return found


def _checks(work: Work, label: str, state: CheckState, home: int | None) -> Waiting:
    total, oldest = 0, list[datetime]()
    for table in (tables.Claim, tables.Line):
        query = select(table.public_id, table.created_at).where(table.state == state)
        if home is not None:
            query = query.where(table.story_id == home)
        rows = work.session.exec(query).all()
        total += len(rows)
        ids = [key for key, _ in rows]
        since = dict(
            work.session.exec(
                select(tables.Event.item, func.max(tables.Event.at))
                .where(col(tables.Event.item).in_(ids), col(tables.Event.action).like("%.moved"))
                .group_by(col(tables.Event.item))
            ).all()
        )
        oldest += [since.get(key) or made for key, made in rows]
    return Waiting(label, total, min(oldest, default=None))


def agreement(work: Work) -> tuple[int, int]:
    """Of the items that a second reader read blind, how many got the first reader's verdict, and how many there are."""
    same = total = 0
    second = select(tables.Review).where(col(tables.Review.is_blind), col(tables.Review.voided_at).is_(None))
    for row in work.session.exec(second):
        column, key = ("claim_id", row.claim_id) if row.claim_id is not None else ("line_id", row.line_id)
        first = work.session.exec(
            select(tables.Review.verdict)
            .where(
                getattr(tables.Review, column) == key,
                col(tables.Review.id) < row.key,
                col(tables.Review.voided_at).is_(None),
            )
            .order_by(col(tables.Review.id).desc())
        ).first()
        if first is not None and row.verdict is not None:
            total += 1
            same += first == row.verdict
    return same, total


def days_since(at: datetime | None) -> int | None:
    """Whole days since `at`; None when nothing waits."""
    return (now() - at).days if at else None
