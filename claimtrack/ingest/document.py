"""A source as it came in: its bytes, the text that offsets address, and what is proposed about it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from claimtrack.vocabulary import RecordKind

__all__ = ["Document", "RecordKind"]


def data_sha256(data: bytes) -> str:
    """sha256 of bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class Document:
    """One article, transcript or post, read but not stored.

    `text` is decoded once: BOM dropped, CRLF and CR to LF, nothing else. `origins` tells for each proposed field
    ("title", "publisher", "author", "published_on", "language", "url", "record_kind", ...) where it came from: "given",
    "json-ld", "meta", "byline", "page" (found in the page's own layout), "feed", "file", "text" (its first lines).
    `pages` holds the offset at which each page begins, `timecodes` (offset, seconds) pairs, both rising.
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
    canonical_url: str | None = None  #: the address that the page itself names as its own
    captured_at: datetime | None = None  #: aware, UTC: when the bytes were fetched; None for files and pastes
    record_kind: RecordKind = RecordKind.REPORT
    headers: Mapping[str, str] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)
    pages: tuple[int, ...] = ()
    timecodes: tuple[tuple[int, float], ...] = ()

    @property
    def data_sha256(self) -> str:
        """Digest of the bytes, as 64 hexadecimal digits."""
        return data_sha256(self.data)

    @property
    def text_sha256(self) -> str:
        """Digest of the text in UTF-8, as 64 hexadecimal digits."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Raw:
    """The bytes of one source with what the way they came says of them; what every reader of a format takes."""

    data: bytes
    name: str = "-"  #: the path, URL or "-" as it was given; shown in messages
    media_type: str = ""  #: as the server or archive names it, lower case, without parameters; "" when unknown
    charset: str | None = None  #: as the server or archive names it
    url: str | None = None  #: where the bytes are from, when known
