"""Where a statement stands in a later capture of its document."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from claimtrack.db.base import Versioned, table_args
from claimtrack.db.columns import Json, Key, Word
from claimtrack.vocabulary import PlacementState


class Placement(Versioned, table=True):
    """A statement found again, or not, in a later capture."""

    __table_args__ = table_args(UniqueConstraint("statement_id", "capture_id"))

    #: The statement looked for.
    statement_id: int = Field(foreign_key="statement.id", sa_type=Key)
    #: The later capture.
    capture_id: int = Field(foreign_key="capture.id", index=True, sa_type=Key)
    #: What became of it.
    state: PlacementState = Field(sa_type=Word(PlacementState))
    #: Words at `content_spans` in the later capture, joined by one space; NULL: gone.
    content: str | None = Field(default=None)
    #: Pairs of offsets in the later capture's text; NULL: gone.
    content_spans: list[tuple[int, int]] | None = Field(default=None, sa_type=Json)
    #: Offsets of source and cue in the later capture; NULL: gone, or there is none.
    source_start: int | None = Field(default=None)
    source_end: int | None = Field(default=None)
    cue_start: int | None = Field(default=None)
    cue_end: int | None = Field(default=None)
    #: How well the place fits, 0.0 to 1.0; NULL: gone, or exact.
    score: float | None = Field(default=None)
