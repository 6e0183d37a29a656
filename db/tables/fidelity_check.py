"""Printed words held against a primary record."""

from datetime import datetime
from typing import Any

from sqlmodel import Field

from claimtrack.db.base import Versioned, table_args
from claimtrack.db.columns import Json, Key, UtcTime, Word
from claimtrack.vocabulary import Fidelity


class FidelityCheck(Versioned, table=True):
    """A statement linked to its place in a primary record, and how the words compare."""

    __table_args__ = table_args()

    #: The statement.
    statement_id: int = Field(foreign_key="statement.id", index=True, sa_type=Key)
    #: The primary record's capture; NULL: it is not stored here, `locator` tells where it is.
    capture_id: int | None = Field(default=None, foreign_key="capture.id", index=True, sa_type=Key)
    #: Pairs of offsets in the record's text; NULL: no text.
    spans: list[tuple[int, int]] | None = Field(default=None, sa_type=Json)
    #: Words at `spans`, joined by one space; NULL: no text.
    words: str | None = Field(default=None)
    #: Page, counted from 1; NULL: no page.
    page: int | None = Field(default=None)
    #: Seconds from the start of a recording; NULL: not a recording.
    timecode_s: float | None = Field(default=None)
    #: Where the record is, in words or as an address; NULL: the capture says it.
    locator: str | None = Field(default=None)
    #: How the words compare.
    fidelity: Fidelity = Field(sa_type=Word(Fidelity))
    #: The word diff, a list of {op, alleged, recorded}.
    changed: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json)  # Any: JSON
    #: A person's remark; NULL: none.
    note: str | None = Field(default=None)
    #: Who checked.
    reviewer_id: int = Field(foreign_key="reviewer.id", sa_type=Key)
    #: When it was taken back, UTC; NULL: it stands.
    voided_at: datetime | None = Field(default=None, sa_type=UtcTime)
