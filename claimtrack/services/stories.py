"""Stories: assignments that every page can be held to."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select

from claimtrack.db.tables import Document, Story, StoryDocument
from claimtrack.errors import RuleError
from claimtrack.services.desk import Work, aware
from claimtrack.vocabulary import Role, StoryState


@dataclass(frozen=True, slots=True)
class StoryRow:
    """One story as lists show it."""

    id: UUID
    title: str
    brief: str | None
    deadline: datetime | None
    state: StoryState
    version: int = 1


def add_story(work: Work, title: str, *, brief: str | None = None, deadline: datetime | None = None) -> UUID:
    """A new story; the one of this title when there is one."""
    work.require(Role.CHECKER)
    title = " ".join(title.split())
    if not title:
        raise RuleError("A story needs a title; nothing was stored.")
    there = work.session.exec(select(Story).where(Story.title == title)).first()
    if there is not None:
        return there.public_id
    return work.add("story.added", Story(title=title, brief=brief, deadline=aware(deadline))).public_id


def set_deadline(work: Work, story_id: UUID, seen: int, deadline: datetime | None) -> None:
    """When the story's report is due; None: no deadline.

    Raises:
        RuleError: the time has no zone.
        StaleReview: somebody saved the story since.
    """
    work.require(Role.CHECKER)
    work.change("story.deadline_set", work.get(Story, story_id), {"deadline": aware(deadline)}, seen=seen)


def list_stories(work: Work) -> list[StoryRow]:
    """All stories, open ones first, then by title."""
    rows = work.session.exec(select(Story).order_by(col(Story.state).desc(), col(Story.title)))
    return [StoryRow(row.public_id, row.title, row.brief, row.deadline, row.state, row.version) for row in rows]


def put_in_story(work: Work, story_id: UUID, document: Document) -> None:
    """Let the document belong to the story; nothing happens when it does."""
    story = work.get(Story, story_id)
    if work.session.get(StoryDocument, (story.key, document.key)) is None:
        work.session.add(StoryDocument(story_id=story.key, document_id=document.key))
        work.record("story.document_added", story, note=f"document {document.public_id}")
