"""Plain text: pasted, or from a file."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TypedDict, Unpack

from claimtrack.errors import SourceError
from claimtrack.ingest.decode import clean
from claimtrack.ingest.details import Details, describe
from claimtrack.ingest.document import Document, Raw, RecordKind
from claimtrack.ingest.heading import heading
from claimtrack.ingest.language import guess_language
from claimtrack.ingest.transcript import is_transcript, timecodes

TEXT_EXTRACTOR = "text 1"


class Given(TypedDict, total=False):
    """What a person or the calling program says of a source; it goes before anything found in it."""

    title: str | None
    publisher: str | None
    author: str | None
    published_on: date | None
    published_at: datetime | None
    zone: str | None
    language: str | None
    record_kind: RecordKind | None
    columns: Mapping[str, str] | None  #: of a CSV file: column by field ("text", "date" ...), where it is not known


def read_text(text: str, *, name: str = "-", url: str | None = None, **given: Unpack[Given]) -> Document:
    r"""The document that a pasted text is, with headline, byline, day and language proposed from its own words.

    Args:
        text: as it was pasted; CRLF and CR become LF, nothing else changes.
        name: what messages call it.
        url: the address that it was copied from.
        given: what is known of it already; it goes before what its first lines say.

    Raises:
        SourceError: no words, a NUL or a lone surrogate.
        LimitError: more than `limits.MAX_TEXT_CHARS` characters.

    >>> read_text("Rents rise again\n\nRents rose, the council said.\n", publisher="The Ledger").title
    'Rents rise again'
    """
    cleaned = clean(text, name)
    return text_document(Raw(cleaned.encode(), name, url=url), cleaned, given)


def text_document(raw: Raw, text: str, given: Given) -> Document:
    """The document of a decoded text with its proposals; a blank one is an error."""
    check_words(text, raw.name)
    document = new_document(raw, text, "text/plain", TEXT_EXTRACTOR, given)
    kind = RecordKind.RECORDING if is_transcript(text) else None
    document = replace(document, timecodes=timecodes(text) if kind else ())
    return describe(
        document, ("text", heading(text)), ("text", Details(language=guess_language(text), record_kind=kind))
    )


def check_not_empty(raw: Raw) -> None:
    """Nothing, or an error when there are no bytes but blanks."""
    if not raw.data.strip():
        raise SourceError(f"{raw.name} is empty; check that the right file was chosen.", source=raw.name)


def check_words(text: str, name: object) -> None:
    """Nothing, or an error when the text has no letter or digit in it: an empty document is never made."""
    if not any(letter.isalnum() for letter in text):
        raise SourceError(f"{name} has no words in it; check that the right file or passage was chosen.", source=name)


def new_document(raw: Raw, text: str, media_type: str, extractor: str, given: Given) -> Document:
    """The document with what was given, marked so in its origins."""
    known = {key: value for key, value in given.items() if key != "columns"} | {"url": raw.url}
    return Document(
        raw.name,
        raw.data,
        text,
        media_type,
        extractor,
        title=given.get("title"),
        publisher=given.get("publisher"),
        author=given.get("author"),
        published_on=given.get("published_on"),
        published_at=given.get("published_at"),
        zone=given.get("zone"),
        language=given.get("language"),
        url=raw.url,
        record_kind=given.get("record_kind") or RecordKind.REPORT,
        origins={field: "given" for field, value in known.items() if value is not None},
    )
