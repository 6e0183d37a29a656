"""The desk's verdict, and what was done to it after release."""

from datetime import datetime

from sqlmodel import Field

from claimtrack.db.base import Versioned, exactly_one, table_args
from claimtrack.db.columns import Key, UtcTime, Word
from claimtrack.vocabulary import CorrectionKind


class Decision(Versioned, table=True):
    """The desk's verdict on a claim or a line; the newest one that is not voided holds."""

    __table_args__ = table_args(exactly_one("claim_id", "line_id"))

    #: What was decided: a claim or a line, the other is NULL.
    claim_id: int | None = Field(default=None, foreign_key="claim.id", index=True, sa_type=Key)
    line_id: int | None = Field(default=None, foreign_key="line.id", index=True, sa_type=Key)
    #: Who decided for the desk.
    reviewer_id: int = Field(foreign_key="reviewer.id", sa_type=Key)
    #: The scale, that version of it.
    scale_id: int = Field(foreign_key="scale.id", sa_type=Key)
    #: Key of the rating on that scale.
    verdict: str
    #: Why, for the report.
    reasoning: str
    #: How many different people read it; 1 is labelled "single reader".
    reader_count: int = Field(default=1)
    #: When it was taken back, UTC; NULL: it stands.
    voided_at: datetime | None = Field(default=None, sa_type=UtcTime)


class Correction(Versioned, table=True):
    """What was changed or withdrawn after release; every report shows the reason."""

    __table_args__ = table_args(exactly_one("claim_id", "line_id"))

    #: What was released: a claim or a line, the other is NULL.
    claim_id: int | None = Field(default=None, foreign_key="claim.id", index=True, sa_type=Key)
    line_id: int | None = Field(default=None, foreign_key="line.id", index=True, sa_type=Key)
    #: Corrected or withdrawn.
    kind: CorrectionKind = Field(sa_type=Word(CorrectionKind))
    #: Why, as reports show it.
    reason: str
    #: What stood before, in words that can be printed; NULL: not to be repeated.
    former: str | None = Field(default=None)
    #: Who did it.
    reviewer_id: int = Field(foreign_key="reviewer.id", sa_type=Key)
    #: When it was taken back, UTC; NULL: it stands.
    voided_at: datetime | None = Field(default=None, sa_type=UtcTime)
