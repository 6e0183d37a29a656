"""Words of the desk's own to sort by."""

from sqlalchemy import Index, text
from sqlmodel import Field

from claimtrack.db.base import Identified, Versioned, exactly_one, table_args
from claimtrack.db.columns import Key, SortText


class Tag(Versioned, table=True):
    """One tag of the desk."""

    __table_args__ = table_args()

    #: As screens show it.
    name: str
    #: Case-folded: what makes two spellings one tag.
    sort_name: str = Field(sa_type=SortText, unique=True)
    #: What the desk means by it; NULL: not written down.
    note: str | None = Field(default=None)


def _once(column: str) -> Index:
    there = text(f"{column} IS NOT NULL")
    return Index(f"uq_tagging_{column}", column, "tag_id", unique=True, sqlite_where=there, postgresql_where=there)


class Tagging(Identified, table=True):
    """That something bears a tag. Taking the tag off deletes this row; the events keep both."""

    __table_args__ = table_args(
        exactly_one("document_id", "statement_id", "claim_id", "line_id"),
        _once("document_id"),
        _once("statement_id"),
        _once("claim_id"),
        _once("line_id"),
    )

    #: The tag.
    tag_id: int = Field(foreign_key="tag.id", index=True, sa_type=Key)
    #: What bears it; the others are NULL.
    document_id: int | None = Field(default=None, foreign_key="document.id", sa_type=Key)
    statement_id: int | None = Field(default=None, foreign_key="statement.id", sa_type=Key)
    claim_id: int | None = Field(default=None, foreign_key="claim.id", sa_type=Key)
    line_id: int | None = Field(default=None, foreign_key="line.id", sa_type=Key)
    #: Who put it on; NULL: an import.
    reviewer_id: int | None = Field(default=None, foreign_key="reviewer.id", sa_type=Key)
