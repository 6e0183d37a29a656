"""Take sources in: store the saved copy, extract its statements, and tie it to what is known already.

Reading and extraction happen before the transaction; what is stored of one source is stored whole or not at all, and a
source that fails leaves the others of the same call alone.
"""

import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

from sqlalchemy import exists, func
from sqlalchemy import select as sql_select
from sqlmodel import col, select

from claimtrack import limits
from claimtrack.db import planner, tables
from claimtrack.db.bulk import chunks, insert_rows
from claimtrack.db.columns import new_public_id
from claimtrack.db.events import Circumstances, Entry, append_events, new_entry
from claimtrack.db.snapshot import snapshot
from claimtrack.errors import ClaimTrackError, SourceError, StorageError
from claimtrack.ingest import concerns
from claimtrack.ingest.document import Document, data_sha256
from claimtrack.ingest.extraction import VERSIONS, Extraction, Found, Task, extraction_of, read_elsewhere
from claimtrack.ingest.public_archives import archive_link
from claimtrack.ingest.source import Unread
from claimtrack.ingest.workers import Start, in_order
from claimtrack.match.lookalikes import is_mixed
from claimtrack.services import extraction, place
from claimtrack.services.desk import Desk, Work, now
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
    is_passing: bool = False  #: the database was not to be had; tried again, it may be stored


def import_sources(
    desk: Desk,
    sources: Iterable[Unread | Document | SourceError],
    *,
    story: UUID | None = None,
    published_on: date | None = None,
    start: Start | None = None,
    after: int = 0,
) -> Iterator[Imported | Refused]:
    """What became of each source, in order, as they are stored.

    `published_on` stands in for sources that carry no date. `start` starts workers that read and extract once there are
    more than `after` sources; this process alone stores, in the order of the sources, so that the result is the same
    without workers and with any number of them. Memory stays flat however many sources there are.
    """
    stored = 0
    for batch in chunks(_read(desk, sources, published_on, start, after), limits.IMPORT_BATCH):
        for result in _stored(desk, batch, story):
            yield result
            stored += isinstance(result, Imported)
    if stored >= limits.IMPORT_REFRESH:
        planner.refresh(desk.engine)


def _read(
    desk: Desk,
    sources: Iterable[Unread | Document | SourceError],
    published_on: date | None,
    start: Start | None,
    after: int,
) -> Iterator[Found]:
    """Each source as it was read, with what was extracted from it."""
    tasks = _tasks(desk, sources, published_on)
    for versions, found in in_order(read_elsewhere, tasks, start, after=after):
        if versions != VERSIONS:
            raise ClaimTrackError(
                "A worker has another version of claimtrack or of its language model than this process; install "
                "the same on all of them. What was stored until now stays."
            )
        yield from found


def _tasks(desk: Desk, sources: Iterable[Unread | Document | SourceError], published_on: date | None) -> Iterator[Task]:
    """The sources, each with whether it is known; a few are looked up at a time."""
    for batch in chunks(sources, limits.IMPORT_BATCH):
        digests = {data_sha256(one.raw.data) for one in batch if isinstance(one, Unread)}
        documents = [one for one in batch if isinstance(one, Document)]
        read, is_unread = desk.see(read_bytes_of, digests), iter(desk.see(are_unread, documents))
        for one in batch:
            if isinstance(one, Unread):
                yield Task(one, published_on, data_sha256(one.raw.data) in read)
            else:
                yield Task(one, published_on, not (isinstance(one, Document) and next(is_unread)))


def _stored(desk: Desk, batch: Sequence[Found], story: UUID | None) -> Iterator[Imported | Refused]:
    """What became of each source of a batch; stored together, or one by one where one of them can't be."""
    pairs = _complete(desk, [(one, extraction) for one, extraction in batch if isinstance(one, Document)])
    try:
        results: list[Imported | Refused] = list(desk.do(store_all, pairs, story))
    except ClaimTrackError:
        results = [_stored_alone(desk, pair, story) for pair in pairs]
    stored = iter(results)
    for one, _ in batch:
        yield next(stored) if isinstance(one, Document) else Refused(str(one.source), str(one))


def _complete(
    desk: Desk, pairs: Sequence[tuple[Document, Extraction | None]]
) -> list[tuple[Document, Extraction | None]]:
    """The same with the extractions that are missing after all: of known bytes that are another document's here."""
    doubtful = [document for document, extraction in pairs if extraction is None]
    unread = iter(desk.see(are_unread, doubtful) if doubtful else [])
    return [
        (document, extraction_of(document) if extraction is None and next(unread) else extraction)
        for document, extraction in pairs
    ]


def _stored_alone(desk: Desk, pair: tuple[Document, Extraction | None], story: UUID | None) -> Imported | Refused:
    try:
        return desk.do(store_all, [pair], story)[0]
    except ClaimTrackError as error:
        return Refused(pair[0].name, str(error), isinstance(error, StorageError))


def _dated(document: Document, published_on: date | None) -> Document:
    if document.published_on is not None or published_on is None:
        return document
    return replace(document, published_on=published_on, origins={**document.origins, "published_on": "given"})


def store(work: Work, document: Document, extraction: Extraction | None, story: UUID | None) -> Imported:
    """Store one source with its statements; `extraction` is None where the capture was known already."""
    return store_all(work, [(document, extraction)], story)[0]


def store_all(work: Work, sources: Sequence[tuple[Document, Extraction | None]], story: UUID | None) -> list[Imported]:
    """Store sources with their statements, in order and in one transaction; see `store`."""
    work.require_or_machine(Role.CHECKER)
    results: list[Imported] = []
    waiting = deque(sources)
    while waiting:
        wave: dict[str, _Source] = {}
        while waiting and (key := identity(waiting[0][0])) not in wave:
            wave[key] = _Source(*waiting.popleft())
        if len(sources) == 1 and work.batch is not None:
            wave[key].action = work.batch
        results += _store_wave(work, wave, story)
    return results


@dataclass(slots=True)
class _Source:
    """One source while it is stored."""

    document: Document
    extraction: Extraction | None
    row: Mapping[str, Any] = field(default_factory=dict)  #: of the document; Any: the columns have many types
    capture: Mapping[str, Any] = field(default_factory=dict)
    outcome: Outcome = Outcome.SEEN_AGAIN
    statements: int = 0
    entries: list[Entry] = field(default_factory=list)  #: its events, recorded when all is stored
    action: UUID = field(default_factory=new_public_id)  #: what its events share


def _store_wave(work: Work, wave: Mapping[str, _Source], story: UUID | None) -> list[Imported]:
    """Store sources of which no two are the same document."""
    sources = list(wave.values())
    _documents(work, wave)
    if story is not None:
        _put_in_story(work, sources, story)
    _captures(work, sources)
    seen = insert_rows(work.session, tables.Sighting, [_sighting(work, one) for one in sources])
    for one, sighting in zip(sources, seen, strict=True):
        one.entries.append(new_entry(work.session, "capture.seen", tables.Sighting, sighting))
    _statements(work, sources)
    entries = [
        replace(entry, context=replace(entry.context, batch=one.action)) for one in sources for entry in one.entries
    ]
    append_events(work.session, work.actor, entries)
    return [
        Imported(
            one.document.name,
            one.outcome,
            one.row["public_id"],
            one.capture["public_id"],
            one.row["title"],
            one.statements,
            (*concerns(one.document), *_mixed_names(one.extraction)),
        )
        for one in sources
    ]


def _mixed_names(found: Extraction | None) -> Iterator[str]:
    """A warning for each speaker's name in which letters of two alphabets stand in one word."""
    for name in dict.fromkeys(one.speaker for one in (found.statements if found else ()) if one.speaker):
        if is_mixed(name):
            yield f"The name “{name}” mixes letters of two alphabets: it may be made to look like another."


def _documents(work: Work, wave: Mapping[str, _Source]) -> None:
    """Find the document of each source, or make it."""
    for some in chunks(wave):
        for row in work.session.exec(select(tables.Document).where(col(tables.Document.identity).in_(some))):
            assert row.identity is not None
            wave[row.identity].row = {name: getattr(row, name) for name in ("id", "public_id", "title", "published_on")}
    new = [one for one in wave.values() if not one.row]
    rows = insert_rows(work.session, tables.Document, [document_values(one.document) for one in new])
    for one, values in zip(new, rows, strict=True):
        one.row, one.outcome = values, Outcome.NEW
        one.entries.append(new_entry(work.session, "document.added", tables.Document, values))


def _put_in_story(work: Work, sources: Sequence[_Source], story: UUID) -> None:
    home = work.get(tables.Story, story)
    link = tables.StoryDocument
    keys = [one.row["id"] for one in sources]
    there = set(
        work.session.exec(select(link.document_id).where(link.story_id == home.key, col(link.document_id).in_(keys)))
    )
    shot = snapshot(work.session, home)
    new = [one for one in sources if one.row["id"] not in there]
    work.session.add_all([link(story_id=home.key, document_id=one.row["id"]) for one in new])
    for one in new:
        context = Circumstances(note=f"document {one.row['public_id']}")
        one.entries.append(Entry("story.document_added", "story", home.public_id, after=shot, context=context))


def _captures(work: Work, sources: Sequence[_Source]) -> None:
    """Find the capture of each source's bytes, or make it."""
    known = {(row.document_id, row.sha256, row.extractor): row for row in _known_captures(work, sources)}
    new = []
    for one in sources:
        row = known.get((one.row["id"], one.document.data_sha256, one.document.extractor))
        if row is not None:
            one.capture = {"id": row.id, "public_id": row.public_id}
        else:
            new.append(one)
    rows = insert_rows(work.session, tables.Capture, [capture_values(one.document, one.row["id"]) for one in new])
    for one, values in zip(new, rows, strict=True):
        one.capture = values
        one.outcome = Outcome.NEW if one.outcome is Outcome.NEW else Outcome.CHANGED
        one.entries.append(new_entry(work.session, "capture.added", tables.Capture, values))


def _known_captures(work: Work, sources: Sequence[_Source]) -> Iterator[Any]:  # Any: rows of some columns
    capture = tables.Capture
    columns = (capture.id, capture.public_id, capture.document_id, capture.sha256, capture.extractor)
    for some in chunks(one.row["id"] for one in sources if one.outcome is not Outcome.NEW):
        yield from work.session.execute(sql_select(*columns).where(col(capture.document_id).in_(some)))  # type: ignore[call-overload]


def _sighting(work: Work, source: _Source) -> dict[str, object]:
    return {
        "capture_id": source.capture["id"],
        "name": source.document.name,
        "url": source.document.url,
        "final_url": source.document.final_url,
        "seen_at": source.document.captured_at or now(),
        "reviewer_id": work.reviewer.id if work.reviewer else None,
    }


def _statements(work: Work, sources: Sequence[_Source]) -> None:
    """Store the statements of the captures that nothing was extracted from yet."""
    old = {one.capture["id"] for one in sources if one.outcome is Outcome.SEEN_AGAIN}
    read = set(work.session.exec(select(tables.Run.capture_id).where(col(tables.Run.capture_id).in_(old))))
    reads, readers = [], []
    for one in sources:
        if one.extraction is None or one.capture["id"] in read:
            continue
        known = frozenset[extraction.Key]()
        if one.outcome is not Outcome.NEW:
            row, capture = work.by_key(tables.Document, one.row["id"]), work.by_key(tables.Capture, one.capture["id"])
            work.batch = one.action
            kept = place.carry_over(work, row, capture) if one.outcome is Outcome.CHANGED else []
            known = extraction.standing(work, capture, kept)
        reads.append(extraction.Read(one.row, one.capture, one.document.text, one.extraction, known))
        readers.append(one)
    for one, (entries, count) in zip(readers, extraction.store_runs(work, reads), strict=True):
        one.entries += entries
        one.statements = count
    rest = {one.capture["id"]: one for one in sources if one.outcome is not Outcome.NEW}
    held = select(tables.Statement.capture_id, func.count()).where(col(tables.Statement.capture_id).in_(rest))
    for key, count in work.session.exec(held.group_by(col(tables.Statement.capture_id))):
        rest[key].statements = count


def read_bytes_of(work: Work, digests: Iterable[str]) -> set[str]:
    """Those of the digests whose bytes are stored in a capture that the extractor read."""
    capture = tables.Capture
    return {
        found
        for some in chunks(sorted(digests))
        for found in work.session.execute(
            sql_select(col(capture.sha256)).where(
                col(capture.sha256).in_(some), exists().where(col(tables.Run.capture_id) == capture.id)
            )
        ).scalars()
    }


def are_unread(work: Work, documents: Sequence[Document]) -> list[bool]:
    """For each document, whether its bytes are not stored, or were stored and not read by the extractor."""
    wanted = {(identity(one), one.data_sha256, one.extractor) for one in documents}
    capture, row = tables.Capture, tables.Document
    known = set[tuple[str, str, str]]()
    for some in chunks(sorted(key for key, _, _ in wanted)):
        query = (
            sql_select(col(row.identity), col(capture.sha256), col(capture.extractor))
            .join(capture, col(capture.document_id) == row.id)
            .where(col(row.identity).in_(some), exists().where(col(tables.Run.capture_id) == capture.id))
        )
        known.update((str(key), sha256, extractor) for key, sha256, extractor in work.session.execute(query))
    return [(identity(one), one.data_sha256, one.extractor) not in known for one in documents]


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


def document_values(document: Document) -> dict[str, object]:
    """The columns of a document that was not here before; a source that is an archive's copy keeps the link."""
    archived = next((url for url in (document.final_url, document.url) if url and archive_link(url)), None)
    return {
        "identity": identity(document),
        "given_id": document.given_id,
        "title": document.title,
        "publisher": document.publisher,
        "author": document.author,
        "published_on": document.published_on,
        "published_at": document.published_at,
        "zone": document.zone,
        "language": document.language,
        "url": document.final_url or document.url,
        "archive_url": archived,
        "origins": dict(document.origins),
    }


def capture_values(document: Document, key: int) -> dict[str, object]:
    """The columns of a capture of the stored document with this key."""
    return {
        "document_id": key,
        "sha256": document.data_sha256,
        "extractor": document.extractor,
        "text_sha256": document.text_sha256,
        "chars": len(document.text),
        "media_type": document.media_type,
        "record_kind": document.record_kind,
        "final_url": document.final_url,
        "headers": dict(document.headers),
        "pages": list(document.pages),
        "timecodes": list(document.timecodes),
        "text": document.text,
        "data": document.data,
    }
