"""What is proposed about a source, and where each proposal comes from. A person corrects it."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from claimtrack.ingest.document import Document, RecordKind

WORDS = ("title", "publisher", "author", "language")


#: A month by name before or after a year: what makes words a date that is read one way only.
_MONTH_AND_YEAR = re.compile(
    r"(?i)(?=.{0,60}\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\b)(?=.{0,60}\b(?:19|20)\d\d\b)"
)


@dataclass(frozen=True, slots=True)
class When:
    """A time of publication: the local day always, the instant and the zone when the source gives them."""

    on: date
    at: datetime | None = None  #: aware, UTC
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Details:
    """What one origin (JSON-LD, meta tags, the byline ...) says of a source; None where it is silent."""

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    when: When | None = None
    language: str | None = None
    url: str | None = None
    record_kind: RecordKind | None = None


def describe(document: Document, *proposals: tuple[str, Details]) -> Document:
    """The document with every field from the first origin that gives it; what it already has was given and stays.

    >>> page = Document("-", b"", "Rents rose.", "text/plain", "utf-8")
    >>> told = describe(page, ("json-ld", Details(title="Rents")), ("meta", Details(title="News", author="A. Ruiz")))
    >>> told.title, told.author, told.origins["author"]
    ('Rents', 'A. Ruiz', 'meta')
    """
    origins = dict(document.origins)
    for origin, told in proposals:
        mine = {field: tidy(getattr(told, field)) for field in WORDS if getattr(document, field) is None}
        document = replace(
            document,
            title=document.title or mine.get("title"),
            publisher=document.publisher or mine.get("publisher"),
            author=document.author or mine.get("author"),
            language=document.language or mine.get("language"),
        )
        origins |= {field: origin for field, words in mine.items() if words}
        if told.when and document.published_on is None:
            document = replace(
                document, published_on=told.when.on, published_at=told.when.at, zone=document.zone or told.when.zone
            )
            origins["published_on"] = origin
        if told.url and document.url is None:
            document = replace(document, url=told.url)
            origins["url"] = origin
        if told.record_kind and "record_kind" not in origins:
            document = replace(document, record_kind=told.record_kind)
            origins["record_kind"] = origin
    return replace(document, origins=origins)


def tidy(words: str | None) -> str | None:
    r"""The words on one line, white space single, no control characters; None when nothing is left.

    >>> tidy("  Rents\n rose ")
    'Rents rose'
    """
    if not words:
        return None
    kept = "".join(letter if letter.isprintable() else " " for letter in words)
    return " ".join(kept.split())[:500] or None


def when(words: object) -> When | None:
    """Time of publication from ISO 8601, the mail format of RFC 5322, or English words; None when it is not one day.

    The day is the one at the stated offset. UTC itself says nothing of a place: most publishing systems store it.

    >>> told = when("2026-03-12T23:30:00-05:00")
    >>> told.on.isoformat(), told.at.isoformat(), told.zone
    ('2026-03-12', '2026-03-13T04:30:00+00:00', '-05:00')
    >>> when("Thursday, 12 March 2026").on.isoformat(), when("next week"), when("03/04/2026")
    ('2026-03-12', None, None)
    """
    if not isinstance(words, str) or not 8 <= len(words.strip()) <= 60:
        return None
    words = words.strip()
    moment = _iso(words) or _mail(words)
    if moment is None:
        try:
            return When(date.fromisoformat(words[:10])) if len(words) >= 10 else None
        except ValueError:
            moment = _in_words(words)
    return of_datetime(moment) if moment else None


def of_datetime(moment: datetime) -> When | None:
    """The local day, instant and offset of a time; a naive one has only its day. None outside years 1 to 9999."""
    offset = moment.utcoffset()
    if offset is None:
        return When(moment.date())
    try:
        at = moment.astimezone(UTC)
    except OverflowError:
        return None
    return When(moment.date(), at, moment.strftime("%z")[:3] + ":" + moment.strftime("%z")[3:5] if offset else None)


def _iso(words: str) -> datetime | None:
    try:
        return datetime.fromisoformat(words) if len(words) > 10 else None
    except ValueError:
        return None


def _in_words(words: str) -> datetime | None:
    """A day with the month by name and a year: "12 March 2026", "March 12, 2026, 3:15 PM EST".

    Figures alone are left open, since they are read both ways; so are words that lean on today.
    """
    if not _MONTH_AND_YEAR.search(words):
        return None
    import dateparser

    found: datetime | None = dateparser.parse(words, languages=["en"], settings={"STRICT_PARSING": True})
    return found


def _mail(words: str) -> datetime | None:
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(words)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
