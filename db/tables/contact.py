"""The contact log: who was asked what, and what came back."""

from datetime import datetime

from sqlmodel import Field

from claimtrack.db.base import Versioned, exactly_one, table_args
from claimtrack.db.columns import Key, UtcTime


class Contact(Versioned, table=True):
    """One request for an answer to somebody outside the desk; never in a public report."""

    __table_args__ = table_args(exactly_one("statement_id", "claim_id", "line_id"))

    #: What it is about: a statement, a claim or a line, the others are NULL.
    statement_id: int | None = Field(default=None, foreign_key="statement.id", index=True, sa_type=Key)
    claim_id: int | None = Field(default=None, foreign_key="claim.id", index=True, sa_type=Key)
    line_id: int | None = Field(default=None, foreign_key="line.id", index=True, sa_type=Key)
    #: Who was asked.
    person: str
    #: The speaker that the person is or speaks for; NULL: neither.
    speaker_id: int | None = Field(default=None, foreign_key="speaker.id", index=True, sa_type=Key)
    #: Phone, mail, in person, ...
    channel: str
    #: What was asked.
    question: str
    #: When, UTC.
    asked_at: datetime = Field(sa_type=UtcTime)
    #: By when an answer was asked for, UTC; NULL: no deadline given.
    deadline: datetime | None = Field(default=None, sa_type=UtcTime)
    #: The answer; NULL: none yet.
    answer: str | None = Field(default=None)
    #: When it came, UTC; NULL: none yet.
    answered_at: datetime | None = Field(default=None, sa_type=UtcTime)
    #: Whether this was the right of reply of the person or body concerned.
    is_right_of_reply: bool = Field(default=False)
    #: Who asked.
    reviewer_id: int = Field(foreign_key="reviewer.id", sa_type=Key)
    #: When the entry was taken back, UTC; NULL: it stands.
    voided_at: datetime | None = Field(default=None, sa_type=UtcTime)
