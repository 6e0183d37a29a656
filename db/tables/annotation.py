"""Notes on anything the desk works on."""

from datetime import datetime

from sqlmodel import Field

from claimtrack.db.base import Versioned, exactly_one, table_args
from claimtrack.db.columns import Json, Key, UtcTime


class Annotation(Versioned, table=True):
    """A note; never in a public report."""

    __table_args__ = table_args(
        exactly_one("document_id", "statement_id", "claim_id", "line_id", "speaker_id", "story_id")
    )

    #: What it is about; the others are NULL.
    document_id: int | None = Field(default=None, foreign_key="document.id", index=True, sa_type=Key)
    statement_id: int | None = Field(default=None, foreign_key="statement.id", index=True, sa_type=Key)
    claim_id: int | None = Field(default=None, foreign_key="claim.id", index=True, sa_type=Key)
    line_id: int | None = Field(default=None, foreign_key="line.id", index=True, sa_type=Key)
    speaker_id: int | None = Field(default=None, foreign_key="speaker.id", index=True, sa_type=Key)
    story_id: int | None = Field(default=None, foreign_key="story.id", index=True, sa_type=Key)
    #: The note.
    text: str
    #: The capture whose text `spans` address; NULL: about the whole.
    capture_id: int | None = Field(default=None, foreign_key="capture.id", sa_type=Key)
    #: Pairs of offsets in that text; NULL: about the whole.
    spans: list[tuple[int, int]] | None = Field(default=None, sa_type=Json)
    #: Who wrote it.
    reviewer_id: int = Field(foreign_key="reviewer.id", sa_type=Key)
    #: When it was taken back, UTC; NULL: it stands.
    voided_at: datetime | None = Field(default=None, sa_type=UtcTime)
