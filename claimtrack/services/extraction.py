"""Run the extractor over documents and store what it suggests: one run a capture, one event a run.

A rerun finds the statements that stand by kind, cue and content spans and never touches one that a person has decided
on; it adds what is new and leaves what it no longer suggests for a person to see.
"""

import hashlib
import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlmodel import col, select

from claimtrack.attribution import Span, Statement
from claimtrack.db import tables
from claimtrack.extract import EXTRACTOR_VERSION, MODEL_DIGEST, Article, Extractor
from claimtrack.ingest.document import Document
from claimtrack.services import indexing, people, repeats
from claimtrack.services.desk import Desk, Work
from claimtrack.vocabulary import StatementState


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one run suggested, not stored yet."""

    statements: tuple[Statement, ...]
    seconds: float


@lru_cache(maxsize=1)
def extractor() -> Extractor:
    """The extractor of this process; the model is loaded once (about a second)."""
    return Extractor()


def extract(desk: Desk, documents: Sequence[Document]) -> list[Extraction | None]:
    """What the extractor suggests for each document; None for one that is stored and read already.

    Only English is read: for another language there are no suggestions, and a person marks by hand.
    """
    from claimtrack.services.import_source import is_stored  # the two name each other

    unread = desk.see(lambda work: [document for document in documents if not is_stored(work, document)])
    english = [document for document in unread if is_english(document)]
    found = iter(suggestions(Article(one.text, one.published_on, one.title) for one in english))
    read = {id(one): next(found) if is_english(one) else Extraction((), 0.0) for one in unread}
    return [read.get(id(document)) for document in documents]


def is_english(document: Document) -> bool:
    """Whether the extractor may read it: English, or a language that nobody could tell."""
    return document.language is None or document.language.lower().startswith("en")


def suggestions(articles: Iterable[Article]) -> list[Extraction]:
    """One extraction an article, in order."""
    results, started = [], time.perf_counter()
    for statements in extractor().extract_all(articles):
        results.append(Extraction(tuple(statements), time.perf_counter() - started))
        started = time.perf_counter()
    return results


def store_run(
    work: Work,
    document: tables.Document,
    capture: tables.Capture,
    extraction: Extraction,
    standing: Sequence[tables.Placement] = (),
) -> tables.Run:
    """Store a run and the statements that are new in it.

    `standing` are places in this capture of statements from an earlier one: those are not suggested again.
    """
    assert capture.text is not None
    known = {key_of_row(row) for row in statements_in(work, capture)} | {key_of_place(work, one) for one in standing}
    run = tables.Run(
        capture_id=capture.key,
        code_version=EXTRACTOR_VERSION,
        model_digest=MODEL_DIGEST,
        seconds=extraction.seconds,
        statement_count=len(extraction.statements),
        statements_digest=digest(extraction.statements, capture.text),
    )
    work.session.add(run)
    work.session.flush()
    new = [one for one in extraction.statements if key_of(one) not in known]
    speakers = {(one.speaker, one.speaker_kind): None for one in new}
    tied = {named: people.speaker_for(work, *named) for named in speakers}
    rows = [statement_row(one, document, capture, run, tied[one.speaker, one.speaker_kind]) for one in new]
    work.session.add_all(rows)
    work.session.flush()
    indexing.index(work, *rows)
    repeats.find_repeats(work, rows)
    run.new_count = len(rows)
    work.record("run.finished", run)
    return run


def statement_row(
    found: Statement,
    document: tables.Document,
    capture: tables.Capture,
    run: tables.Run,
    speaker: tables.Speaker | None,
) -> tables.Statement:
    """The row of a suggested statement, tied to its speaker where the name tells who that is."""
    assert capture.text is not None
    return tables.Statement(
        document_id=document.key,
        capture_id=capture.key,
        run_id=run.key,
        speaker_name=found.speaker,
        speaker_kind=found.speaker_kind,
        speaker_for=found.speaker_for,
        speaker_id=speaker.key if speaker else None,
        via=found.via,
        said_on=found.said_on,
        date_words=found.date_words,
        date_basis=found.date_basis,
        date_anchor=document.published_on if found.date_basis else None,
        confidence=found.confidence,
        rule=found.rule,
        why=found.why,
        is_question=found.question,
        **marks(found, capture.text),
    )


def marks(found: Statement, text: str) -> dict[str, Any]:  # Any: the columns have many types
    """The columns that say where source, cue and content stand, with their words."""
    source, cue = found.source_span, found.cue_span
    return {
        "kind": found.kind,
        "content": found.content(text),
        "content_spans": [(span.start, span.end) for span in found.content_spans],
        "quoted_spans": [(span.start, span.end) for span in found.quoted_spans],
        "start_offset": found.content_spans[0].start,
        "end_offset": found.content_spans[-1].end,
        "source": found.source(text),
        "source_start": source.start if source else None,
        "source_end": source.end if source else None,
        "cue": found.cue(text),
        "cue_start": cue.start if cue else None,
        "cue_end": cue.end if cue else None,
    }


def digest(statements: Iterable[Statement], text: str) -> str:
    """sha256 over the canonical JSON of the statements, 64 hexadecimal digits."""
    values = [statement.as_json(text, str(number)) for number, statement in enumerate(statements, 1)]
    return hashlib.sha256(
        json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()


Key = tuple[str, int | None, tuple[tuple[int, int], ...]]  #: kind, start of the cue, content spans


def key_of(found: Statement) -> Key:
    """What makes a suggestion of a rerun the same statement."""
    spans = tuple((span.start, span.end) for span in found.content_spans)
    return (found.kind.value, found.cue_span.start if found.cue_span else None, spans)


def key_of_row(row: tables.Statement) -> Key:
    """The same for a stored statement."""
    return (row.kind.value, row.cue_start, tuple((start, end) for start, end in row.content_spans))


def key_of_place(work: Work, place: tables.Placement) -> Key:
    """The same for the place of an earlier capture's statement."""
    kind = work.by_key(tables.Statement, place.statement_id).kind.value
    return (kind, place.cue_start, tuple((start, end) for start, end in place.content_spans or ()))


def statements_in(work: Work, capture: tables.Capture) -> list[tables.Statement]:
    """The statements whose spans address this capture, in reading order."""
    query = select(tables.Statement).where(tables.Statement.capture_id == capture.key)
    return list(work.session.exec(query.order_by(col(tables.Statement.start_offset), col(tables.Statement.id))))


def rebuilt(row: tables.Statement) -> Statement:
    """The stored statement as the domain's value, dates left out."""
    return Statement(
        kind=row.kind,
        content_spans=tuple(Span(*pair) for pair in row.content_spans),
        quoted_spans=tuple(Span(*pair) for pair in row.quoted_spans),
        source_span=pair_span(row.source_start, row.source_end),
        cue_span=pair_span(row.cue_start, row.cue_end),
        question=row.is_question,
        speaker=row.speaker_name,
        speaker_kind=row.speaker_kind,
    )


def pair_span(start: int | None, end: int | None) -> Span | None:
    """The span of two stored offsets; None where there are none."""
    return None if start is None or end is None else Span(start, end)


#: States that a person gave: a rerun leaves such a statement alone.
DECIDED = (StatementState.AS_PRINTED, StatementState.FIXED, StatementState.REJECTED, StatementState.STALE)
