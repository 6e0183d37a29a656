"""Take sources in: store the saved copy, extract its statements, and tie it to what is known already.

Reading and extraction happen before the transaction; what is stored of one source is stored whole or not at all, and a
source that fails leaves the others of the same call alone.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import islice
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

from sqlmodel import col, select

from claimtrack import limits
from claimtrack.db import planner, tables
from claimtrack.errors import ClaimTrackError, SourceError
from claimtrack.ingest.document import Document
from claimtrack.services import place
from claimtrack.services.desk import Desk, Work, now
from claimtrack.services.extraction import Extraction, extract, store_run
from claimtrack.services.stories import put_in_story
from claimtrack.vocabulary import Role


class Outcome(StrEnum):
    """What an import found."""

    NEW = "new"  #: a document that was not here before
    SEEN_AGAIN = "seen again"  #: the same bytes of the same document: one capture, another sighting
    CHANGED = "changed"  #: other bytes at a known address: another capture of the same document


@dataclass(frozen=True, slots=True)
class Imported:
    """One source, stored."""

    name: str
    outcome: Outcome
    document: UUID
    capture: UUID
    title: str | None
    statements: int  #: statements that stand in the capture now
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """One source of which nothing was stored, and why."""

    name: str
    problem: str


def import_sources(
    desk: Desk,
    sources: Iterable[Document | SourceError],
    *,
    story: UUID | None = None,
    published_on: date | None = None,
) -> Iterator[Imported | Refused]:
    """What became of each source, in order, as they are stored.

    `published_on` stands in for sources that carry no date. Reads ahead `limits.IMPORT_BATCH` sources, so that the
    parser works in batches; memory stays flat however many there are.
    """
    waiting, stored = iter(sources), 0
    while batch := list(islice(waiting, limits.IMPORT_BATCH)):
        documents = [_dated(source, published_on) for source in batch if isinstance(source, Document)]
        extractions = extract(desk, documents)
        for source in batch:
            if isinstance(source, SourceError):
                yield Refused(str(source.source), str(source))
                continue
            document, extraction = documents.pop(0), extractions.pop(0)
            try:
                yield desk.do(store, document, extraction, story)
                stored += 1
            except ClaimTrackError as error:
                yield Refused(document.name, str(error))
    if stored >= limits.IMPORT_REFRESH:
        planner.refresh(desk.engine)


def _dated(document: Document, published_on: date | None) -> Document:
    if document.published_on is not None or published_on is None:
        return document
    return replace(document, published_on=published_on, origins={**document.origins, "published_on": "given"})


def store(work: Work, document: Document, extraction: Extraction | None, story: UUID | None) -> Imported:
    """Store one source with its statements; `extraction` is None where the capture was known already."""
    work.require_or_machine(Role.CHECKER)
    row = known_document(work, document)
    is_new = row is None
    if row is None:
        row = work.add("document.added", document_row(document))
    if story is not None:
        put_in_story(work, story, row)
    capture = known_capture(work, row, document)
    is_changed = capture is None and not is_new
    if capture is None:
        capture = capture_row(document, row)
        work.session.add(capture)
        work.record("capture.added", capture)
    sighting = tables.Sighting(
        capture_id=capture.key,
        name=document.name,
        url=document.url,
        final_url=document.final_url,
        seen_at=document.captured_at or now(),
        reviewer_id=work.reviewer.id if work.reviewer else None,
    )
    work.session.add(sighting)
    work.record("capture.seen", sighting)
    if extraction is not None and not is_read(work, capture):
        kept = place.carry_over(work, row, capture) if is_changed else []
        store_run(work, row, capture, extraction, kept)
    outcome = Outcome.NEW if is_new else Outcome.CHANGED if is_changed else Outcome.SEEN_AGAIN
    return Imported(
        document.name,
        outcome,
        row.public_id,
        capture.public_id,
        row.title,
        len(statements_of(work, capture)),
        tuple(warnings(document)),
    )


def statements_of(work: Work, capture: tables.Capture) -> list[int]:
    """Keys of the statements whose spans address this capture."""
    return list(work.session.exec(select(col(tables.Statement.id)).where(tables.Statement.capture_id == capture.key)))  # type: ignore[arg-type]


def is_read(work: Work, capture: tables.Capture) -> bool:
    """Whether an extraction ran over this capture."""
    return work.session.exec(select(tables.Run.id).where(tables.Run.capture_id == capture.key)).first() is not None


def identity(document: Document) -> str:
    """What makes another import of this source find the same document.

    Its address where it has one; else publisher and given id; else publisher and bytes: the same file twice is one
    document, the same copy from two publishers is two.

    >>> identity(Document("-", b"x", "x", "text/plain", "", url="HTTPS://Ledger.example:443/a#top", publisher="L"))
    'url https://ledger.example/a'
    """
    if document.url:
        return f"url {normalised_url(document.canonical_url or document.final_url or document.url)}"
    publisher = (document.publisher or "").casefold()
    if document.given_id is not None and publisher:
        return f"id {json.dumps([publisher, document.given_id], ensure_ascii=False)}"
    return f"bytes {json.dumps([publisher, document.data_sha256], ensure_ascii=False)}"


def normalised_url(url: str) -> str:
    """The address with host and scheme in small letters, without default port and fragment (RFC 3986, 6.2)."""
    parts = urlsplit(url)
    scheme, host = parts.scheme.lower(), (parts.hostname or "").lower()
    port = "" if parts.port in {None, 80 if scheme == "http" else 443} else f":{parts.port}"
    return urlunsplit((scheme, host + port, parts.path or "/", parts.query, ""))


def known_document(work: Work, document: Document) -> tables.Document | None:
    """The stored document that this source is a copy of."""
    return work.session.exec(select(tables.Document).where(tables.Document.identity == identity(document))).first()


def known_capture(work: Work, row: tables.Document, document: Document) -> tables.Capture | None:
    """The capture of these bytes with this text."""
    same = select(tables.Capture).where(
        tables.Capture.document_id == row.key,
        tables.Capture.sha256 == document.data_sha256,
        tables.Capture.extractor == document.extractor,
    )
    return work.session.exec(same).first()


def is_stored(work: Work, document: Document) -> bool:
    """Whether these bytes of this document are stored and were read by the extractor."""
    row = known_document(work, document)
    capture = known_capture(work, row, document) if row else None
    return capture is not None and is_read(work, capture)


def document_row(document: Document) -> tables.Document:
    """The row of a document that was not here before."""
    return tables.Document(
        identity=identity(document),
        given_id=document.given_id,
        title=document.title,
        publisher=document.publisher,
        author=document.author,
        published_on=document.published_on,
        published_at=document.published_at,
        zone=document.zone,
        language=document.language,
        url=document.final_url or document.url,
        origins=dict(document.origins),
    )


def capture_row(document: Document, row: tables.Document) -> tables.Capture:
    """The row of a capture."""
    return tables.Capture(
        document_id=row.key,
        sha256=document.data_sha256,
        extractor=document.extractor,
        text_sha256=document.text_sha256,
        chars=len(document.text),
        media_type=document.media_type,
        record_kind=document.record_kind,
        final_url=document.final_url,
        headers=dict(document.headers),
        pages=list(document.pages),
        timecodes=list(document.timecodes),
        text=document.text,
        data=document.data,
    )


def warnings(document: Document) -> Iterator[str]:
    """What a person should look at after the import."""
    if document.published_on is None:
        yield "no date of publication: relative dates stay open until someone gives it"
    if document.publisher is None:
        yield "no publisher: give it on the Sources page"
    if document.language and not document.language.lower().startswith("en"):
        yield f"the language is {document.language}: stored, but statements have to be marked by hand"
