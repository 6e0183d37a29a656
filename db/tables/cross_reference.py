"""From one statement or claim to another."""

from datetime import datetime

from sqlmodel import Field

from claimtrack.db.base import Versioned, exactly_one, table_args
from claimtrack.db.columns import Key, UtcTime, Word
from claimtrack.vocabulary import Relation


class CrossReference(Versioned, table=True):
    """How one statement or claim stands to another: "this one denies that one"."""

    __table_args__ = table_args(
        exactly_one("from_claim_id", "from_statement_id"), exactly_one("to_claim_id", "to_statement_id")
    )

    #: Where it starts: a claim or a statement, the other is NULL.
    from_claim_id: int | None = Field(default=None, foreign_key="claim.id", index=True, sa_type=Key)
    from_statement_id: int | None = Field(default=None, foreign_key="statement.id", index=True, sa_type=Key)
    #: Where it leads: a claim or a statement, the other is NULL.
    to_claim_id: int | None = Field(default=None, foreign_key="claim.id", index=True, sa_type=Key)
    to_statement_id: int | None = Field(default=None, foreign_key="statement.id", index=True, sa_type=Key)
    #: How the first stands to the second.
    relation: Relation = Field(sa_type=Word(Relation))
    #: A person's remark; NULL: none.
    note: str | None = Field(default=None)
    #: Who made it.
    reviewer_id: int = Field(foreign_key="reviewer.id", sa_type=Key)
    #: When it was taken back, UTC; NULL: it stands.
    voided_at: datetime | None = Field(default=None, sa_type=UtcTime)
