"""A person's decisions on a statement: as printed, fixed, rejected, added, and every one of them undone.

Each function compares the version that the reviewer saw inside the UPDATE and writes the event in the same transaction.
Marked words are compared with the stored text, code point by code point: what does not stand there is refused.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select

from claimtrack.attribution import DateBasis, Kind, Span, SpeakerKind, Statement
from claimtrack.db import tables
from claimtrack.errors import ClaimTrackError, NotFoundError, RuleError, StaleReview
from claimtrack.extract.marks import quotations
from claimtrack.services import extraction, indexing, people, repeats
from claimtrack.services.desk import Work, now
from claimtrack.services.entry import Cover, Marks
from claimtrack.vocabulary import Origin, RejectReason, Role, StatementState

#: What a decision changes of a statement.
Change = Callable[[tables.Statement], dict[str, object]]


class MismatchError(ClaimTrackError):
    """The words that were marked do not stand at their place in the stored text."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A statement after a decision, and what became of the repeats that the decision was to cover."""

    statement: tables.Statement
    covered: int = 0
    skipped: tuple[str, ...] = ()


def mark_as_printed(
    work: Work, statement_id: UUID, seen: int, covers: Iterable[Cover] = (), capture: UUID | None = None
) -> Decided:
    """The page prints it so, as these people's words; a statement that was fixed stays "fixed".

    Of a statement whose page changed, `capture` is the saved copy whose wording the person confirms: the statement
    takes these words and is pinned to that copy; what the machine marked at their place there is rejected as marked
    twice, and comparisons of the earlier words with a record are taken back. None confirms the wording that it has, in
    the earlier copy that it is pinned to.
    """
    work.require(Role.CHECKER)
    if capture is not None:
        return _reworded(work, work.get(tables.Statement, statement_id), seen, work.get(tables.Capture, capture))
    return _decide(work, statement_id, seen, covers, _printed)


def _reworded(work: Work, row: tables.Statement, seen: int, capture: tables.Capture) -> Decided:
    """The statement in the words of a later saved copy."""
    place = later_place(work, row)
    if place is None or place.capture_id != capture.id or place.content_spans is None:
        raise RuleError("The page was saved again since, so nothing was stored. Reload the page and look again.")
    text = stored_text(work, capture.key)
    content = tuple(Span(*pair) for pair in place.content_spans)
    found = Statement(
        kind=row.kind,
        content_spans=content,
        quoted_spans=quoted(text, content, row.kind),
        source_span=Span(place.source_start, place.source_end or 0) if place.source_start is not None else None,
        cue_span=Span(place.cue_start, place.cue_end or 0) if place.cue_start is not None else None,
    )
    words = extraction.marks(found, text)
    words |= {"capture_id": capture.key, "state": StatementState.AS_PRINTED, "reject_reason": None}
    words |= {"fidelity": None, "date_start": None, "date_end": None}  # they are about the earlier words and copy
    work.change("statement.reworded", row, words, seen=seen)
    checks = select(tables.FidelityCheck).where(
        tables.FidelityCheck.statement_id == row.key, col(tables.FidelityCheck.voided_at).is_(None)
    )
    for check in work.session.exec(checks).all():
        work.change("fidelity_check.taken_back", check, {"voided_at": now()})
    for twin in extraction.statements_in(work, capture):
        is_there = any(start < span.end and span.start < end for start, end in twin.content_spans for span in content)
        if twin.id != row.id and twin.state is StatementState.EXTRACTED and is_there:
            twice = {"state": StatementState.REJECTED, "reject_reason": RejectReason.DUPLICATE}
            work.change("statement.decided", twin, twice)
    indexing.index(work, row)
    repeats.regroup(work, {row.key})
    return Decided(row)


def later_place(work: Work, row: tables.Statement) -> tables.Placement | None:
    """Where the statement stands in the newest saved copy, if that is another than the one it is pinned to."""
    query = select(tables.Placement).where(
        tables.Placement.statement_id == row.key, tables.Placement.capture_id > row.capture_id
    )
    return work.session.exec(query.order_by(col(tables.Placement.capture_id).desc())).first()


def reject(work: Work, statement_id: UUID, seen: int, reason: RejectReason, covers: Iterable[Cover] = ()) -> Decided:
    """No statement worth keeping, and why; it leaves the queue, not the database."""
    work.require(Role.CHECKER)
    return _decide(
        work, statement_id, seen, covers, lambda _: {"state": StatementState.REJECTED, "reject_reason": reason}
    )


def _printed(row: tables.Statement) -> dict[str, object]:
    kept = row.state if row.state is StatementState.FIXED else StatementState.AS_PRINTED
    return {"state": kept, "reject_reason": None}


def _decide(work: Work, statement_id: UUID, seen: int, covers: Iterable[Cover], change: Change) -> Decided:
    row = work.get(tables.Statement, statement_id)
    work.change("statement.decided", row, change(row), seen=seen)
    skipped, covered = [], 0
    for cover in covers:
        other = work.get(tables.Statement, cover.item)
        if other.text_hash != row.text_hash or other.text_hash is None:
            skipped.append("A repeat was left open: its words differ.")
            continue
        try:
            work.change("statement.decided", other, change(other), seen=cover.version)
        except StaleReview:
            skipped.append("A repeat was left as it is: somebody decided on it meanwhile.")
            continue
        covered += 1
    return Decided(row, covered, tuple(skipped))


def fix(work: Work, statement_id: UUID, seen: int, marks: Marks) -> Decided:
    """The statement is there; its spans were not right."""
    work.require(Role.CHECKER)
    row = work.get(tables.Statement, statement_id)
    text = stored_text(work, row.capture_id)
    found = marked(marks, text)
    changes = extraction.marks(found, text) | {"state": StatementState.FIXED, "reject_reason": None}
    work.change("statement.fixed", row, changes, seen=seen)
    indexing.index(work, row)
    return Decided(row)


def add(work: Work, document_id: UUID, marks: Marks, speaker: str | None, speaker_id: UUID | None) -> Decided:
    """A statement that the machine missed, marked in the newest capture of the document."""
    work.require(Role.CHECKER)
    document = work.get(tables.Document, document_id)
    capture = newest_capture(work, document)
    assert capture.text is not None
    found = marked(marks, capture.text)
    tied = work.get(tables.Speaker, speaker_id) if speaker_id else people.speaker_for(work, speaker, None)
    row = tables.Statement(
        document_id=document.key,
        capture_id=capture.key,
        origin=Origin.HUMAN,
        state=StatementState.AS_PRINTED,
        speaker_name=tied.name if tied else speaker,
        speaker_kind=tied.kind if tied else None,
        speaker_id=tied.key if tied else None,
        said_on=document.published_on.isoformat() if document.published_on else None,
        date_basis=DateBasis.ARTICLE if document.published_on else None,
        **extraction.marks(found, capture.text),
    )
    work.session.add(row)
    work.session.flush()
    indexing.index(work, row)
    repeats.find_repeats(work, [row])
    work.record("statement.added", row)
    return Decided(row)


def set_speaker(
    work: Work, statement_id: UUID, seen: int, name: str | None, speaker_id: UUID | None, kind: SpeakerKind | None
) -> Decided:
    """Who speaks; a name that nobody has yet makes a new speaker, no name leaves the speaker open."""
    work.require(Role.CHECKER)
    row = work.get(tables.Statement, statement_id)
    chosen = work.get(tables.Speaker, speaker_id) if speaker_id else people.speaker_for(work, name, kind)
    speaker = people.standing(work, chosen) if chosen else None
    changes = {
        "speaker_name": speaker.name if speaker else name,
        "speaker_kind": speaker.kind if speaker else kind,
        "speaker_id": speaker.key if speaker else None,
    }
    work.change("statement.speaker_set", row, changes, seen=seen)
    indexing.index(work, row)
    return Decided(row)


def set_date(work: Work, statement_id: UUID, seen: int, said_on: str | None) -> Decided:
    """When it was said, by a person; None leaves the day open."""
    work.require(Role.CHECKER)
    row = work.get(tables.Statement, statement_id)
    work.change("statement.date_set", row, {"is_date_overridden": True, "said_on_override": said_on}, seen=seen)
    indexing.index(work, row)
    return Decided(row)


def undo(work: Work, events: Iterable[tables.Event]) -> list[tables.Statement]:
    """Restore exactly what these events changed, the latest first; the statements that were touched.

    Raises:
        StaleReview: something was changed again since; nothing is restored then.
    """
    work.require(Role.CHECKER)
    from claimtrack.services.undo import undo_event  # it knows every table, this module only statements

    rows = [undo_event(work, event) for event in sorted(events, key=lambda one: one.number, reverse=True)]
    return [row for row in rows if isinstance(row, tables.Statement)]


def marked(marks: Marks, text: str) -> Statement:
    """The statement that a person marked in `text`.

    Raises:
        RuleError: no content is marked.
        MismatchError: some of the words do not stand at their place.
    """
    if not marks.content:
        raise RuleError("A statement needs words: mark what was said. Nothing was stored.")
    wrong = [mark for mark in marks.all if not mark.stands_in(text)]
    if wrong:
        raise MismatchError(
            f"“{_short(wrong[0].words)}” does not stand at {wrong[0].span.start} in the saved copy, so nothing was "
            "stored. Reload the page and mark it again."
        )
    content = tuple(mark.span for mark in marks.content)
    return Statement(
        kind=marks.kind,
        content_spans=content,
        quoted_spans=quoted(text, content, marks.kind),
        source_span=marks.source.span if marks.source else None,
        cue_span=marks.cue.span if marks.cue else None,
    )


def quoted(text: str, content: tuple[Span, ...], kind: Kind) -> tuple[Span, ...]:
    """The stretches of the content between quotation marks, marks included."""
    if kind is Kind.DIRECT:
        return content
    found = quotations(text, list(content))
    return tuple(one.span for here in found for one in here if one.depth == 0) if kind is Kind.MIXED else ()


def stored_text(work: Work, capture_key: int) -> str:
    """The text of a capture; `RuleError` when it was erased."""
    text = work.by_key(tables.Capture, capture_key).text
    if text is None:
        raise RuleError("The saved copy was erased, so nothing can be marked in it any more.")
    return text


def newest_capture(work: Work, document: tables.Document) -> tables.Capture:
    """The latest saved copy of the document."""
    query = select(tables.Capture).where(tables.Capture.document_id == document.key)
    found = work.session.exec(query.order_by(tables.Capture.id.desc())).first()  # type: ignore[union-attr]
    if found is None:
        raise NotFoundError(f"“{document.title}” has no saved copy; import it again.")
    return found


def _short(words: str) -> str:
    return words if len(words) <= 60 else words[:57] + "..."
