"""A source as it came in: its bytes, the text that offsets address, and what is proposed about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class RecordKind(StrEnum):
    """Whether somebody prints what was said, or the source is itself the record of it."""

    REPORT = "report"
    RECORDING = "recording"  #: transcript of a recording
    POST = "post"  #: original post
    NOTES = "notes"
    DOCUMENT = "document"

    @property
    def is_primary(self) -> bool:
        """Whether fidelity can be checked against this record."""
        return self is not RecordKind.REPORT


@dataclass(frozen=True, slots=True)
class Document:
    """One article, transcript or post, read but not stored.

    `text` is decoded once: BOM dropped, CRLF and CR to LF, nothing else. `origins` tells for each proposed field
    ("title", "publisher", "author", "published_on", ...) where it came from: "given", "json-ld", "meta", "byline",
    "feed", "file". `pages` holds the offset at which each page begins, `timecodes` (offset, seconds) pairs.
    """

    name: str  #: the path, URL or "-" as it was given; shown in messages
    data: bytes  #: the bytes as they came; sha256 of these identifies the capture
    text: str
    media_type: str
    extractor: str  #: what made the text of the bytes, with its version: part of a capture's identity
    given_id: object = None  #: the id that a JSONL line carries, any JSON type
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published_on: date | None = None  #: local date
    published_at: datetime | None = None  #: aware, UTC, when known
    zone: str | None = None  #: IANA name or offset of the place of publication
    language: str | None = None  #: BCP 47
    url: str | None = None  #: the address as given
    final_url: str | None = None  #: the address after redirects
    record_kind: RecordKind = RecordKind.REPORT
    headers: Mapping[str, str] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)
    pages: tuple[int, ...] = ()
    timecodes: tuple[tuple[int, float], ...] = ()
