"""Store what the extractor suggests: one run a capture, one event a run.

A rerun finds the statements that stand by kind, cue and content spans and never touches one that a person has decided
on; it adds what is new and leaves what it no longer suggests for a person to see.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from claimtrack.attribution import Span, Statement
from claimtrack.db import tables
from claimtrack.db.bulk import insert_rows
from claimtrack.db.events import Entry, new_entry
from claimtrack.extract import EXTRACTOR_VERSION, MODEL_DIGEST, Article
from claimtrack.ingest import extraction as reading
from claimtrack.ingest.extraction import Extraction, Wording, extractor
from claimtrack.services import indexing, people, repeats, surnames
from claimtrack.services.desk import Work
from claimtrack.vocabulary import StatementState

__all__ = ["Extraction", "extractor", "suggestions"]


def suggestions(articles: Iterable[Article]) -> list[Extraction]:
    """One extraction an article, in order."""
    return list(reading.suggestions(articles))


@dataclass(frozen=True, slots=True)
class Read:
    """A capture that was read, and what stands in it already."""

    document: Mapping[str, Any]  #: the columns of its row; Any: they have many types
    capture: Mapping[str, Any]
    text: str
    extraction: Extraction
    known: frozenset["Key"] = frozenset()  #: statements that stand in it


def store_runs(work: Work, reads: Sequence[Read]) -> list[tuple[list[Entry], int]]:
    """Store a run for each capture, with the statements that are new in it; the events to record, how many are new.

    Repeats are looked for once, among all of them.
    """
    if not reads:
        return []
    found = [[pair for pair in _worded(one) if key_of(pair[0]) not in one.known] for one in reads]
    speakers = people.tie(work, [[(one.speaker, one.speaker_kind) for one, _ in new] for new in found])
    runs = insert_rows(work.session, tables.Run, [_run(one, len(new)) for one, new in zip(reads, found, strict=True)])
    rows = []
    for read, new, run in zip(reads, found, runs, strict=True):
        rows += [
            statement_values(one, read, run["id"], speakers.keys.get((one.speaker, one.speaker_kind)))
            | indexing.derived(wording, one.speaker, one.said_on)
            for one, wording in new
        ]
    stored = insert_rows(work.session, tables.Statement, rows)
    wordings = [wording for new in found for _, wording in new]
    indexing.add_all(work, [row["id"] for row in stored], wordings)
    repeats.find_among(work, stored, wordings)
    surnames.settle(work, speakers.new_people)
    for mine, run in zip(speakers.entries, runs, strict=True):
        mine.append(new_entry(work.session, "run.finished", tables.Run, run))
    return [(mine, len(new)) for mine, new in zip(speakers.entries, found, strict=True)]


def _worded(read: Read) -> Iterable[tuple[Statement, Wording]]:
    full = read.extraction.worded(read.text)
    return zip(full.statements, full.wordings, strict=True)


def _run(read: Read, new: int) -> dict[str, object]:
    return {
        "capture_id": read.capture["id"],
        "code_version": EXTRACTOR_VERSION,
        "model_digest": MODEL_DIGEST,
        "seconds": read.extraction.seconds,
        "statement_count": len(read.extraction.statements),
        "new_count": new,
        "statements_digest": read.extraction.worded(read.text).digest,
    }


def statement_values(found: Statement, read: Read, run: int, speaker: int | None) -> dict[str, Any]:  # Any: many types
    """The columns of a suggested statement, tied to its speaker where the name tells who that is."""
    return {
        "document_id": read.document["id"],
        "capture_id": read.capture["id"],
        "run_id": run,
        "speaker_name": found.speaker,
        "speaker_kind": found.speaker_kind,
        "speaker_for": found.speaker_for,
        "speaker_id": speaker,
        "via": found.via,
        "said_on": found.said_on,
        "date_words": found.date_words,
        "date_basis": found.date_basis,
        "date_anchor": read.document["published_on"] if found.date_basis else None,
        "confidence": found.confidence,
        "rule": found.rule,
        "why": found.why,
        "is_question": found.question,
        **marks(found, read.text),
    }


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


Key = tuple[str, int | None, tuple[tuple[int, int], ...]]  #: kind, start of the cue, content spans


def key_of(found: Statement) -> Key:
    """What makes a suggestion of a rerun the same statement."""
    spans = tuple((span.start, span.end) for span in found.content_spans)
    return (found.kind.value, found.cue_span.start if found.cue_span else None, spans)


def key_of_row(row: tables.Statement) -> Key:
    """The same for a stored statement."""
    return (row.kind.value, row.cue_start, tuple((start, end) for start, end in row.content_spans))


def standing(work: Work, capture: tables.Capture, places: Iterable[tables.Placement]) -> frozenset[Key]:
    """The statements of a capture, and those of earlier ones that have a place in it: not to be suggested again."""
    return frozenset(
        {key_of_row(row) for row in statements_in(work, capture)} | {key_of_place(work, one) for one in places}
    )


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
