"""Assignments: what the desk works on, with whom, until when."""

from datetime import datetime

from sqlmodel import Field

from claimtrack.db.base import Row, Versioned, table_args
from claimtrack.db.columns import Key, UtcTime, Word
from claimtrack.vocabulary import StoryState


class Story(Versioned, table=True):
    """One assignment. Every page can be held to one."""

    __table_args__ = table_args()

    #: Name as screens show it.
    title: str
    #: What the assignment asks, in the desk's words; NULL when nobody wrote it down.
    brief: str | None = Field(default=None)
    #: Whether it is worked on.
    state: StoryState = Field(default=StoryState.OPEN, sa_type=Word(StoryState))
    #: When the report is due, UTC; NULL: no deadline.
    deadline: datetime | None = Field(default=None, sa_type=UtcTime)
    #: Who answers for it; NULL: nobody yet.
    owner_id: int | None = Field(default=None, foreign_key="reviewer.id", index=True, sa_type=Key)


class StoryDocument(Row, table=True):
    """That a document belongs to a story; a document may belong to several."""

    #: The story.
    story_id: int = Field(primary_key=True, foreign_key="story.id", sa_type=Key)
    #: The document.
    document_id: int = Field(primary_key=True, foreign_key="document.id", index=True, sa_type=Key)


class StoryMember(Row, table=True):
    """That a reviewer works on a story."""

    #: The story.
    story_id: int = Field(primary_key=True, foreign_key="story.id", sa_type=Key)
    #: The reviewer.
    reviewer_id: int = Field(primary_key=True, foreign_key="reviewer.id", index=True, sa_type=Key)
