"""What is asserted, in the desk's words."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from claimtrack.db.base import Versioned, table_args
from claimtrack.db.columns import Key, Word
from claimtrack.db.tables.checking import Checked
from claimtrack.vocabulary import Relation


class Claim(Checked, table=True):
    """One assertion; statements are its appearances. Its claimant may be another than the quoted speaker."""

    __table_args__ = table_args()

    #: What is asserted, in the desk's words.
    text: str
    #: Who asserts it; for a misquote who spread it, never the person misquoted. NULL: open.
    claimant_id: int | None = Field(default=None, foreign_key="speaker.id", index=True, sa_type=Key)
    #: Why the verdict is what it is, for the report; NULL: not written yet.
    explanation: str | None = Field(default=None)
    #: When it was first made as far as the desk knows, EDTF; NULL: the earliest appearance tells.
    first_made_on: str | None = Field(default=None)
    #: Where the desk published its check; NULL: nowhere yet.
    published_url: str | None = Field(default=None)
    #: The claim that this one repeats; NULL: stands for itself.
    duplicate_of_id: int | None = Field(default=None, foreign_key="claim.id", index=True, sa_type=Key)


class Appearance(Versioned, table=True):
    """That a statement makes the claim."""

    __table_args__ = table_args(UniqueConstraint("claim_id", "statement_id"))

    #: The claim.
    claim_id: int = Field(foreign_key="claim.id", sa_type=Key)
    #: The statement.
    statement_id: int = Field(foreign_key="statement.id", index=True, sa_type=Key)
    #: How the statement stands to the claim; NULL: it makes it, nothing more is said.
    relation: Relation | None = Field(default=None, sa_type=Word(Relation))
    #: A person's remark; NULL: none.
    note: str | None = Field(default=None)
