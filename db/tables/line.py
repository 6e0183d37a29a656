"""Lines to check: passages that a person marks without a speaker."""

from sqlalchemy import Index
from sqlmodel import Field

from claimtrack.db.base import table_args
from claimtrack.db.columns import Json, Key
from claimtrack.db.tables.checking import Checked


class Line(Checked, table=True):
    """One passage of a document that somebody wants checked (a writer's own assertion)."""

    __table_args__ = table_args(Index("ix_line_in_capture", "capture_id", "start_offset"))

    #: The document.
    document_id: int = Field(foreign_key="document.id", index=True, sa_type=Key)
    #: The capture whose text the spans address.
    capture_id: int = Field(foreign_key="capture.id", sa_type=Key)
    #: Words at `spans`, joined by one space.
    content: str
    #: Pairs of offsets (code points, half-open) in reading order; never empty.
    spans: list[tuple[int, int]] = Field(sa_type=Json)
    #: First offset: the order within the page.
    start_offset: int
    #: End offset.
    end_offset: int
    #: The statement whose words they are, when the line is one; NULL: the writer's own.
    statement_id: int | None = Field(default=None, foreign_key="statement.id", index=True, sa_type=Key)
    #: The claim made behind it; NULL: none yet.
    claim_id: int | None = Field(default=None, foreign_key="claim.id", index=True, sa_type=Key)
    #: Who marked it.
    reviewer_id: int = Field(foreign_key="reviewer.id", sa_type=Key)
