"""Printed words held against a primary record: the machine finds the place and the differences, a person confirms.

`suggest` only reads. `confirm` stores what a person saw: the place in the record, the words there, the word diff and
the finding; the statement's fidelity follows the newest check that stands.
"""

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from claimtrack.attribution import Kind, Span
from claimtrack.db import tables
from claimtrack.errors import RuleError
from claimtrack.fidelity import Change, Record, check_quote
from claimtrack.match.normalise import normalise
from claimtrack.services import decide, passages
from claimtrack.services.desk import Work, now
from claimtrack.vocabulary import Fidelity, RecordKind, Role

#: Sentences in a row that one quotation may be taken from.
MAX_SENTENCES = 4
#: Passages of the record that are compared word by word, those that share most words first.
MAX_PASSAGES = 12


@dataclass(frozen=True, slots=True)
class PrimaryRecord:
    """A stored recording transcript, original post, notes or document."""

    capture: UUID
    document: UUID
    title: str
    publisher: str | None
    kind: RecordKind


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The closest passage of a record, and how the printed words differ from it."""

    capture: UUID
    alleged: str  #: the words that were compared: of a partial quotation those inside the marks
    span: Span | None  #: None: the words were not found
    words: str
    page: int | None
    timecode_s: float | None
    fidelity: Fidelity
    changed: tuple[Change, ...]
    alarm: str | None  #: what was cut off limits the sense


def primary_records(work: Work) -> list[PrimaryRecord]:
    """The primary records that are stored with their text, the newest first."""
    found = work.session.exec(
        select(tables.Capture.public_id, tables.Capture.record_kind, tables.Document)
        .join(tables.Document, col(tables.Document.id) == tables.Capture.document_id)
        .where(tables.Capture.record_kind != RecordKind.REPORT, col(tables.Capture.erased_at).is_(None))
        .order_by(col(tables.Capture.id).desc())
    )
    return [
        PrimaryRecord(key, document.public_id, document.title or "Untitled", document.publisher, RecordKind(kind))
        for key, kind, document in found
    ]


def suggest(work: Work, statement_id: UUID, capture_id: UUID) -> Suggestion:
    """Where the statement's words stand in the record, and how they differ. Cost grows linearly with the record."""
    statement, capture = work.get(tables.Statement, statement_id), work.get(tables.Capture, capture_id)
    if not capture.record_kind.is_primary:
        raise RuleError("This saved copy only reports what was said; choose a recording, post, notes or document.")
    text = decide.stored_text(work, capture.key)
    alleged = alleged_words(work, statement)
    records = [Record(span, span.of(text), is_primary=True) for span in nearest(text, alleged)]
    found = check_quote(alleged, None, records)
    span = found.matches[0].id if found.matches else None
    assert span is None or isinstance(span, Span)
    return Suggestion(
        capture=capture_id,
        alleged=alleged,
        span=span,
        words=span.of(text) if span else "",
        page=(sum(one <= span.start for one in capture.pages) or None) if span else None,
        timecode_s=max((at for offset, at in capture.timecodes if span and offset <= span.start), default=None),
        fidelity=Fidelity(found.fidelity.value),
        changed=found.changed,
        alarm=found.alarm,
    )


def alleged_words(work: Work, row: tables.Statement) -> str:
    """The words that the page gives as the speaker's: of a partial quotation those inside the marks."""
    if row.kind is not Kind.MIXED or not row.quoted_spans:
        return row.content
    text = decide.stored_text(work, row.capture_id)
    return " … ".join(text[start:end] for start, end in row.quoted_spans)


def nearest(text: str, words: str) -> list[Span]:
    """Passages of one to `MAX_SENTENCES` sentences that share most words with `words`, at most `MAX_PASSAGES`."""
    wanted = Counter(normalise(words).keys)
    whole = list(passages.sentences(text))
    held = [Counter(normalise(one.of(text)).keys) for one in whole]
    ranked = []
    for first in range(len(whole)):
        together = Counter[str]()
        for last in range(first, min(first + MAX_SENTENCES, len(whole))):
            together += held[last]
            shared = (wanted & together).total()
            if shared:
                ranked.append((-shared, last - first, whole[first].start, whole[last].end))
    return [Span(start, end) for _, _, start, end in sorted(ranked)[:MAX_PASSAGES]]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a person saw when they held the words against the record."""

    fidelity: Fidelity
    capture: UUID | None = None  #: None: the record is not stored here, `locator` tells where it is
    span: Span | None = None
    locator: str | None = None
    changed: tuple[Change, ...] = ()
    page: int | None = None
    timecode_s: float | None = None
    note: str | None = None


def confirm(work: Work, statement_id: UUID, seen: int, finding: Finding) -> UUID:
    """Store a person's comparison with the record; the statement's fidelity follows, both undone together.

    Raises:
        RuleError: neither a record nor where it is.
        StaleReview: somebody saved the statement since.
    """
    reviewer = work.require(Role.CHECKER)
    if finding.capture is None and not (finding.locator or "").strip():
        raise RuleError("Say which record the words were held against: choose one, or tell where it is.")
    statement = work.get(tables.Statement, statement_id)
    capture = work.get(tables.Capture, finding.capture) if finding.capture else None
    if capture is not None and not capture.record_kind.is_primary:
        raise RuleError("Only a primary record can tell whether words are faithful; this copy reports them.")
    words = finding.span.of(decide.stored_text(work, capture.key)) if capture and finding.span else None
    changes: list[dict[str, Any]] = [asdict(change) for change in finding.changed]  # Any: JSON
    row = tables.FidelityCheck(
        statement_id=statement.key,
        capture_id=capture.key if capture else None,
        spans=[(finding.span.start, finding.span.end)] if words is not None and finding.span else None,
        words=words,
        page=finding.page,
        timecode_s=finding.timecode_s,
        locator=(finding.locator or "").strip() or None,
        fidelity=finding.fidelity,
        changed=changes,
        note=(finding.note or "").strip() or None,
        reviewer_id=reviewer.key,
    )
    work.change("statement.held_against_record", statement, {"fidelity": finding.fidelity}, seen=seen)
    return work.add("fidelity_check.made", row).public_id


def take_back(work: Work, check_id: UUID) -> None:
    """A comparison that was wrong; the statement's fidelity is again what the one before found."""
    work.require(Role.CHECKER)
    row = work.get(tables.FidelityCheck, check_id)
    if row.voided_at is not None:
        raise RuleError("This comparison was taken back already.")
    work.change("fidelity_check.taken_back", row, {"voided_at": now()})
    standing = checks_of(work, row.statement_id)
    statement = work.by_key(tables.Statement, row.statement_id)
    work.change("statement.held_against_record", statement, {"fidelity": standing[-1].fidelity if standing else None})


def checks_of(work: Work, statement_key: int) -> list[tables.FidelityCheck]:
    """The comparisons that stand, the oldest first."""
    query = select(tables.FidelityCheck).where(
        tables.FidelityCheck.statement_id == statement_key, col(tables.FidelityCheck.voided_at).is_(None)
    )
    return list(work.session.exec(query.order_by(col(tables.FidelityCheck.id))))


@dataclass(frozen=True, slots=True)
class Standing:
    """A statement as the workbench checks it."""

    version: int
    checks: tuple[UUID, ...]  #: comparisons that stand, the oldest first
    attribution: str | None


def standing(work: Work, statement_id: UUID) -> Standing:
    """The version of the statement, its comparisons and what a person found on whose words they are."""
    row = work.get(tables.Statement, statement_id)
    found = tuple(check.public_id for check in checks_of(work, row.key))
    return Standing(row.version, found, row.attribution.value if row.attribution else None)
