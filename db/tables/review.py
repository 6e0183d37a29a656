"""One person's recorded verdict."""

from datetime import datetime

from sqlmodel import Field

from claimtrack.db.base import Versioned, exactly_one, table_args
from claimtrack.db.columns import Key, UtcTime, Word
from claimtrack.vocabulary import Reading, ReadingOutcome


class Review(Versioned, table=True):
    """What one reader found, with reasoning. The second reader is never the first."""

    __table_args__ = table_args(exactly_one("claim_id", "line_id"))

    #: What was read: a claim or a line, the other is NULL.
    claim_id: int | None = Field(default=None, foreign_key="claim.id", index=True, sa_type=Key)
    line_id: int | None = Field(default=None, foreign_key="line.id", index=True, sa_type=Key)
    #: Who read.
    reviewer_id: int = Field(foreign_key="reviewer.id", index=True, sa_type=Key)
    #: Which reading it was.
    reading: Reading = Field(sa_type=Word(Reading))
    #: What a second reader did; NULL for other readings.
    outcome: ReadingOutcome | None = Field(default=None, sa_type=Word(ReadingOutcome))
    #: True when the reader had not seen the earlier reading.
    is_blind: bool = Field(default=False)
    #: The scale, that version of it; NULL: no rating given (sent back).
    scale_id: int | None = Field(default=None, foreign_key="scale.id", sa_type=Key)
    #: Key of the rating on that scale; NULL: no rating given.
    verdict: str | None = Field(default=None)
    #: Why.
    reasoning: str
    #: When it was taken back, UTC; NULL: it stands.
    voided_at: datetime | None = Field(default=None, sa_type=UtcTime)
