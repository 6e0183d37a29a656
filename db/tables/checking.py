"""What a claim and a line to check have in common: the way from open to released."""

from datetime import datetime
from typing import ClassVar

from sqlmodel import Field

from claimtrack.db.base import Versioned
from claimtrack.db.columns import Key, UtcTime, Word
from claimtrack.vocabulary import CheckState, WaitingFor


class Checked(Versioned):
    """Columns of everything that takes evidence, reviews and a verdict."""

    UNLOGGED: ClassVar[frozenset[str]] = frozenset({"leased_by_id", "leased_until"})

    #: Where it stands; never the verdict.
    state: CheckState = Field(default=CheckState.OPEN, sa_type=Word(CheckState), index=True)
    #: What it waits for; NULL unless waiting.
    waiting_for: WaitingFor | None = Field(default=None, sa_type=Word(WaitingFor))
    #: The scale of the desk's verdict, that version of it; NULL: no verdict.
    scale_id: int | None = Field(default=None, foreign_key="scale.id", sa_type=Key)
    #: Key of the rating on that scale; NULL: no verdict.
    verdict: str | None = Field(default=None)
    #: True when evidence changed after the verdict.
    is_contested: bool = Field(default=False)
    #: The story it belongs to; NULL: none.
    story_id: int | None = Field(default=None, foreign_key="story.id", index=True, sa_type=Key)
    #: Who it is assigned to; NULL: anybody.
    assigned_to_id: int | None = Field(default=None, foreign_key="reviewer.id", index=True, sa_type=Key)
    #: When it is due, UTC; NULL: with its story.
    due_at: datetime | None = Field(default=None, sa_type=UtcTime)
    #: When it was released, UTC; NULL: it was not.
    released_at: datetime | None = Field(default=None, sa_type=UtcTime)
    #: Who has taken it from the queue; NULL: free. Changes without a new version.
    leased_by_id: int | None = Field(default=None, foreign_key="reviewer.id", sa_type=Key)
    #: Until when, UTC; NULL or past: free.
    leased_until: datetime | None = Field(default=None, sa_type=UtcTime)
