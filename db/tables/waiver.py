"""Checklist items that an editor lets pass."""

from datetime import datetime

from sqlmodel import Field

from claimtrack.db.base import Versioned, exactly_one, table_args
from claimtrack.db.columns import Key, UtcTime


class Waiver(Versioned, table=True):
    """That an editor lets one item of the pre-publication checklist pass, with a reason."""

    __table_args__ = table_args(exactly_one("claim_id", "line_id"))

    #: What it is for: a claim or a line, the other is NULL.
    claim_id: int | None = Field(default=None, foreign_key="claim.id", index=True, sa_type=Key)
    line_id: int | None = Field(default=None, foreign_key="line.id", index=True, sa_type=Key)
    #: Key of the checklist item ("right_of_reply").
    item: str
    #: Why.
    reason: str
    #: The editor.
    reviewer_id: int = Field(foreign_key="reviewer.id", sa_type=Key)
    #: When it was taken back, UTC; NULL: it stands.
    voided_at: datetime | None = Field(default=None, sa_type=UtcTime)
