"""What is left to do, and how much was said when and where."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from claimtrack.db import tables
from claimtrack.db.queries import queue
from claimtrack.services.desk import Work
from claimtrack.vocabulary import CheckState, QueryState, StatementState


@dataclass(frozen=True, slots=True)
class StoryWork:
    """One story with what is left in it."""

    id: UUID
    title: str
    brief: str | None
    deadline: datetime | None
    version: int
    documents: int
    to_review: int
    reviewed: int
    rejected: int
    claims: int
    open_claims: int


@dataclass(frozen=True, slots=True)
class Printed:
    """How many statements an outlet printed in a week (its Monday)."""

    week: date
    publisher: str
    statements: int


def story_work(work: Work) -> list[StoryWork]:
    """All stories, the one with the nearest deadline first."""
    rows = work.session.exec(select(tables.Story).order_by(col(tables.Story.title))).all()
    found = [_story(work, row) for row in rows]
    return sorted(found, key=lambda one: (one.deadline is None, str(one.deadline), one.title))


def _story(work: Work, row: tables.Story) -> StoryWork:
    counts = queue.count_states(work.session, row.public_id)
    documents = work.session.exec(
        select(func.count()).select_from(tables.StoryDocument).where(col(tables.StoryDocument.story_id) == row.key)
    ).one()
    states = work.session.exec(select(tables.Claim.state).where(tables.Claim.story_id == row.key)).all()
    done = (CheckState.RELEASED, CheckState.CORRECTED, CheckState.WITHDRAWN)
    return StoryWork(
        row.public_id,
        row.title,
        row.brief,
        row.deadline,
        row.version,
        documents,
        counts[StatementState.EXTRACTED] + counts[StatementState.STALE],
        counts[StatementState.AS_PRINTED] + counts[StatementState.FIXED],
        counts[StatementState.REJECTED],
        len(states),
        sum(state not in done for state in states),
    )


def printed_by_week(work: Work, story: UUID | None = None) -> list[Printed]:
    """Statements by week of publication and outlet, in order; rejected ones and undated documents left out."""
    query = (
        select(col(tables.Document.published_on), col(tables.Document.publisher), func.count())
        .join(tables.Statement, col(tables.Statement.document_id) == tables.Document.id)
        .where(col(tables.Document.published_on).is_not(None), tables.Statement.state != StatementState.REJECTED)
        .group_by(col(tables.Document.published_on), col(tables.Document.publisher))
    )
    if story is not None:
        home = work.get(tables.Story, story)
        within = select(tables.StoryDocument.document_id).where(tables.StoryDocument.story_id == home.key)
        query = query.where(col(tables.Document.id).in_(within))
    weeks: dict[tuple[date, str], int] = {}
    for day, publisher, count in work.session.exec(query):
        assert day is not None
        key = (day - timedelta(days=day.weekday()), publisher or "publisher unknown")
        weeks[key] = weeks.get(key, 0) + count
    return [Printed(week, publisher, count) for (week, publisher), count in sorted(weeks.items())]


def open_queries(work: Work) -> list[tuple[str, datetime | None]]:
    """Questions to writers that wait for an answer, the most urgent first."""
    query = select(tables.Query).where(tables.Query.state == QueryState.OPEN)
    rows = work.session.exec(query).all()
    return sorted(((row.question, row.due_at) for row in rows), key=lambda one: (one[1] is None, str(one[1])))
