"""What supports or refutes a claim or a line to check."""

from datetime import datetime
from typing import ClassVar

from sqlmodel import Field

from claimtrack.db.base import Versioned, exactly_one, table_args
from claimtrack.db.columns import Bytes, Json, Key, UtcTime, Word
from claimtrack.vocabulary import EvidenceKind, EvidenceRank, Independence, Stance


class Evidence(Versioned, table=True):
    """One piece of evidence, with the place in it that counts."""

    UNLOGGED: ClassVar[frozenset[str]] = frozenset({"data"})
    __table_args__ = table_args(exactly_one("claim_id", "line_id"))

    #: What it bears on: a claim or a line, the other is NULL.
    claim_id: int | None = Field(default=None, foreign_key="claim.id", index=True, sa_type=Key)
    line_id: int | None = Field(default=None, foreign_key="line.id", index=True, sa_type=Key)
    #: What it is kept as.
    kind: EvidenceKind = Field(sa_type=Word(EvidenceKind))
    #: Title or description.
    title: str
    #: Its address; NULL unless a link.
    url: str | None = Field(default=None)
    #: Copy in a public archive; NULL: none recorded.
    archive_url: str | None = Field(default=None)
    #: The saved copy; NULL unless a capture.
    capture_id: int | None = Field(default=None, foreign_key="capture.id", index=True, sa_type=Key)
    #: Name that the file had; NULL unless a file. Never used as a path.
    file_name: str | None = Field(default=None)
    #: sha256 of the file's bytes; NULL unless a file.
    file_sha256: str | None = Field(default=None)
    #: Media type of the file; NULL unless a file.
    media_type: str | None = Field(default=None)
    #: Who published it; NULL: not stated.
    publisher: str | None = Field(default=None)
    #: Page, counted from 1; NULL: no page.
    page: int | None = Field(default=None)
    #: Pairs of offsets in the capture's text; NULL: the whole.
    spans: list[tuple[int, int]] | None = Field(default=None, sa_type=Json)
    #: Words at `spans`; NULL: the whole.
    words: str | None = Field(default=None)
    #: Seconds from the start of a recording; NULL: not a recording, or the whole.
    timecode_s: float | None = Field(default=None)
    #: Whether it is the record itself or tells about it.
    rank: EvidenceRank = Field(default=EvidenceRank.SECONDARY, sa_type=Word(EvidenceRank))
    #: Whether it stands on its own or carries shared wire copy.
    independence: Independence = Field(default=Independence.INDEPENDENT, sa_type=Word(Independence))
    #: Whose copy it shares ("the wire of 12 March"); equal words count as one source. NULL: independent.
    shared_with: str | None = Field(default=None)
    #: Which way it points.
    stance: Stance = Field(sa_type=Word(Stance))
    #: What it shows, in the desk's words; NULL: nothing written.
    note: str | None = Field(default=None)
    #: True: must not leave the desk.
    is_confidential: bool = Field(default=False)
    #: Who attached it.
    reviewer_id: int = Field(foreign_key="reviewer.id", sa_type=Key)
    #: When it was taken back, UTC; NULL: it stands.
    voided_at: datetime | None = Field(default=None, sa_type=UtcTime)
    #: The file's bytes; NULL unless a file, and after erasure. Last, so that lists do not read it.
    data: bytes | None = Field(default=None, sa_type=Bytes)
