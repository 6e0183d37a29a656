"""Questions to the writer."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from claimtrack.db.base import Versioned, exactly_one, table_args
from claimtrack.db.columns import Key, UtcTime, Word
from claimtrack.vocabulary import QueryState


class Query(Versioned, table=True):
    """One question to the writer, with owner and due time."""

    __table_args__ = table_args(
        exactly_one("statement_id", "claim_id", "line_id"), Index("ix_query_state", "state", "due_at")
    )

    #: What it is about: a statement, a claim or a line, the others are NULL.
    statement_id: int | None = Field(default=None, foreign_key="statement.id", index=True, sa_type=Key)
    claim_id: int | None = Field(default=None, foreign_key="claim.id", index=True, sa_type=Key)
    line_id: int | None = Field(default=None, foreign_key="line.id", index=True, sa_type=Key)
    #: The question.
    question: str
    #: Who at the desk sees to it.
    owner_id: int = Field(foreign_key="reviewer.id", index=True, sa_type=Key)
    #: Who is to answer, by name; NULL: the writer.
    addressee: str | None = Field(default=None)
    #: When the answer is due, UTC; NULL: no time set.
    due_at: datetime | None = Field(default=None, sa_type=UtcTime)
    #: Where it stands.
    state: QueryState = Field(default=QueryState.OPEN, sa_type=Word(QueryState))
    #: The answer; NULL: none yet.
    answer: str | None = Field(default=None)
    #: When it came, UTC; NULL: none yet.
    answered_at: datetime | None = Field(default=None, sa_type=UtcTime)
