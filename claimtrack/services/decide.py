"""A person's decisions on a statement: as printed, fixed, rejected, added, and every one of them undone.

Each function compares the version that the reviewer saw inside the UPDATE and writes the event in the same transaction.
Marked words are compared with the stored text, code point by code point: what does not stand there is refused.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import select

from claimtrack.attribution import DateBasis, Kind, Span, SpeakerKind, Statement
from claimtrack.db import tables
from claimtrack.errors import ClaimTrackError, NotFoundError, RuleError, StaleReview
from claimtrack.extract.marks import quotations
from claimtrack.services import extraction, indexing, people, repeats
from claimtrack.services.desk import Work
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


def mark_as_printed(work: Work, statement_id: UUID, seen: int, covers: Iterable[Cover] = ()) -> Decided:
    """The page prints it so, as these people's words; a statement that was fixed stays "fixed"."""
    work.require(Role.CHECKER)
    return _decide(work, statement_id, seen, covers, _printed)


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
