"""Saved copies: the bytes of a document at one time and the text that all offsets address."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from claimtrack.db.base import Identified, table_args
from claimtrack.db.columns import Bytes, Json, Key, UtcTime, Word
from claimtrack.vocabulary import RecordKind


class Capture(Identified, table=True):
    """One saved copy; never changed. An erasure empties `data` and `text` and leaves the digests.

    `data` and `text` stand last: a query that does not name them does not read them.
    """

    UNLOGGED: ClassVar[frozenset[str]] = frozenset({"text", "data"})
    __table_args__ = table_args(UniqueConstraint("document_id", "sha256", "extractor"))

    #: The document that it is a copy of.
    document_id: int = Field(foreign_key="document.id", sa_type=Key)
    #: sha256 of the bytes, 64 hexadecimal digits; with document and extractor the copy's identity.
    sha256: str = Field(index=True)
    #: What made the text of the bytes, with its version.
    extractor: str
    #: sha256 of the text in UTF-8, 64 hexadecimal digits.
    text_sha256: str
    #: Length of the text in code points.
    chars: int
    #: Media type of the bytes.
    media_type: str
    #: Whether somebody prints what was said, or this is the record of it.
    record_kind: RecordKind = Field(default=RecordKind.REPORT, sa_type=Word(RecordKind))
    #: Address after redirects; NULL for a file or a paste.
    final_url: str | None = Field(default=None)
    #: Response headers that matter, plain JSON.
    headers: dict[str, str] = Field(default_factory=dict, sa_type=Json)
    #: Offset at which each page begins, in code points; empty when the source has no pages.
    pages: list[int] = Field(default_factory=list, sa_type=Json)
    #: Pairs of offset (code points) and time (seconds from the start); empty when the source has no times.
    timecodes: list[tuple[int, float]] = Field(default_factory=list, sa_type=Json)
    #: When bytes and text were erased, UTC; NULL: they stand.
    erased_at: datetime | None = Field(default=None, sa_type=UtcTime)
    #: The text that offsets address, LF line ends; NULL after erasure only.
    text: str | None = Field(default=None)
    #: The bytes as they came; NULL after erasure only.
    data: bytes | None = Field(default=None, sa_type=Bytes)
