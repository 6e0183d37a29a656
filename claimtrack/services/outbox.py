"""Apply what browsers send: each decision stored once, in order, however often it is sent.

The key of an entry (reviewer, client, sequence) is unique and written in the decision's transaction; an entry that was
sent before gets its stored answer. A later entry for one item names its predecessor and is checked against the version
which that one produced, so v, u, v before the first answer is three decisions, not a conflict.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import and_, or_, select

from claimtrack.db.columns import new_public_id
from claimtrack.db.tables import Event, OutboxEntry, Reviewer, Statement
from claimtrack.errors import ClaimTrackError, NotFoundError, RuleError, StaleReview
from claimtrack.services import annotate, decide
from claimtrack.services.desk import Work
from claimtrack.services.entry import (
    Add,
    AsPrinted,
    ChangeTags,
    Entry,
    EntryRef,
    Fix,
    Reject,
    SetDate,
    SetNote,
    SetSpeaker,
    Undo,
)
from claimtrack.vocabulary import RejectReason, Role


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one entry. Holds no words of any source, since it is kept for ever."""

    ref: EntryRef
    ok: bool
    item: UUID | None = None
    version: int | None = None
    state: str | None = None
    kind: str | None = None  #: of a problem: stale, mismatch, after, refused
    message: str | None = None
    covered: int = 0
    skipped: tuple[str, ...] = ()

    @property
    def json(self) -> dict[str, Any]:  # Any: JSON
        """The acknowledgement as the browser reads it, without the item itself."""
        if self.ok:
            extra: dict[str, Any] = {"covered": self.covered} if self.covered else {}
            extra |= {"skipped": list(self.skipped)} if self.skipped else {}
            return {
                "ok": True,
                "item": str(self.item) if self.item else None,
                "version": self.version,
                "state": self.state,
                **extra,
            }
        return {
            "ok": False,
            "kind": self.kind,
            "message": self.message,
            "item": str(self.item) if self.item else None,
            "version": self.version,
        }


#: From the first opening to the last closing mark: what is quoted may hold marks of its own.
_QUOTED = re.compile(r"“.*”", re.DOTALL)


def apply(work: Work, entries: Iterable[Entry]) -> dict[str, dict[str, Any]]:  # Any: JSON
    """The acknowledgement of each entry, "client:seq" -> JSON, in one transaction for all of them.

    One that can't be applied is answered with its problem and leaves the others alone.
    """
    reviewer = work.require(Role.CHECKER)
    return {entry.ref.key: _answered(work, reviewer, entry) for entry in entries}


def _answered(work: Work, reviewer: Reviewer, entry: Entry) -> dict[str, Any]:  # Any: JSON
    before = _known(work, reviewer, entry.ref)
    if before is not None:
        return dict(before.ack)
    work.batch, work.events = new_public_id(), []
    try:
        with work.session.begin_nested():
            answer = _applied(work, reviewer, entry)
    except StaleReview as error:
        answer = _problem(work, entry, "stale", str(error))
    except decide.MismatchError as error:
        answer = _problem(work, entry, "mismatch", str(error))
    except ClaimTrackError as error:
        answer = _problem(work, entry, "refused", str(error))
    finally:
        work.batch = None
    _keep(work, reviewer, entry, answer)
    return answer.json


def _applied(work: Work, reviewer: Reviewer, entry: Entry) -> Answer:
    seen = _seen_version(work, reviewer, entry)
    item = UUID(entry.item) if entry.item else None
    match entry.payload:
        case Undo(undoes):
            return _undone(work, reviewer, entry, undoes)
        case Add(document, marks, speaker, speaker_id):
            done = decide.add(work, UUID(document), marks, speaker, UUID(speaker_id) if speaker_id else None)
        case _ if item is None:
            raise RuleError("The decision names no statement. Reload the page.")
        case AsPrinted(covers, capture):
            done = decide.mark_as_printed(work, item, seen, covers, UUID(capture) if capture else None)
        case Reject(reason, covers):
            done = decide.reject(work, item, seen, _reason(reason), covers)
        case Fix(marks):
            done = decide.fix(work, item, seen, marks)
        case SetSpeaker(name, speaker_id, kind):
            done = decide.set_speaker(work, item, seen, name, UUID(speaker_id) if speaker_id else None, kind)
        case SetDate(said_on):
            done = decide.set_date(work, item, seen, said_on)
        case SetNote(note):
            done = decide.Decided(work.get(Statement, item))
            annotate.set_note(work, done.statement, note)
        case ChangeTags(add, remove):
            done = decide.Decided(work.get(Statement, item))
            annotate.change_tags(work, done.statement, add, remove)
    row = done.statement
    return Answer(
        entry.ref,
        ok=True,
        item=row.public_id,
        version=row.version,
        state=row.state.value,
        covered=done.covered,
        skipped=done.skipped,
    )


def _reason(value: str) -> RejectReason:
    try:
        return RejectReason(value)
    except ValueError as error:
        raise RuleError(f"“{value}” is not a reason that this desk knows. Reload the page.") from error


def _seen_version(work: Work, reviewer: Reviewer, entry: Entry) -> int:
    """The version that the reviewer's screen stood for: the one shown, or the one that the predecessor produced."""
    if entry.after is None:
        return entry.version or 0
    before = _known(work, reviewer, entry.after)
    if before is None or before.produced_version is None:
        raise RuleError("An earlier decision on this statement was not stored, so this one was not either.")
    return before.produced_version


def _undone(work: Work, reviewer: Reviewer, entry: Entry, undoes: EntryRef) -> Answer:
    kept = _known(work, reviewer, undoes)
    if kept is None or kept.event is None:
        raise NotFoundError("The decision to undo was never stored, so there is nothing to undo.")
    rows = decide.undo(work, events_of(work, kept.event))
    shown = [row for row in rows if entry.item is None or str(row.public_id) == entry.item]
    row = (shown or rows or [work.get(Statement, kept.item)])[-1]
    return Answer(
        entry.ref,
        ok=True,
        item=row.public_id,
        version=row.version,
        state=row.state.value,
        covered=max(len(rows) - 1, 0),
    )


def events_of(work: Work, event_id: UUID) -> list[Event]:
    """The event, and all that belong to the same action."""
    event = work.session.exec(select(Event).where(Event.public_id == event_id)).one()
    same: ColumnElement[bool] = Event.public_id == event_id  # type: ignore[assignment]
    if event.batch is not None:
        same = or_(same, Event.batch == event.batch)
    return list(work.session.exec(select(Event).where(and_(same, Event.undoes == None))))  # noqa: E711 - SQL


def _known(work: Work, reviewer: Reviewer, ref: EntryRef) -> OutboxEntry | None:
    query = select(OutboxEntry).where(
        OutboxEntry.reviewer_id == reviewer.key,
        OutboxEntry.client == UUID(ref.client),
        OutboxEntry.sequence == ref.seq,
    )
    return work.session.exec(query).first()


def _problem(work: Work, entry: Entry, kind: str, message: str) -> Answer:
    work.session.expire_all()
    row = (
        work.session.exec(select(Statement).where(Statement.public_id == UUID(entry.item))).first()
        if entry.item
        else None
    )
    return Answer(
        entry.ref,
        ok=False,
        item=row.public_id if row else None,
        version=row.version if row else None,
        kind=kind,
        message=message,
    )


def without_words(ack: dict[str, Any]) -> dict[str, Any]:  # Any: JSON
    """The acknowledgement without what its message quotes: an erasure does not look at acknowledgements.

    >>> without_words({"ok": False, "message": "“the third plank” does not stand at 4."})["message"]
    '“…” does not stand at 4.'
    """
    if not ack.get("message"):
        return ack
    return {**ack, "message": _QUOTED.sub("“…”", ack["message"])}


def _keep(work: Work, reviewer: Reviewer, entry: Entry, answer: Answer) -> None:
    kept = OutboxEntry(
        reviewer_id=reviewer.key,
        client=UUID(entry.ref.client),
        sequence=entry.ref.seq,
        item=answer.item or work.batch or new_public_id(),
        seen_version=entry.version or 0,
        predecessor=entry.after.seq if entry.after else None,
        produced_version=answer.version if answer.ok else None,
        event=work.events[0].public_id if answer.ok and work.events else None,
        ack=without_words(answer.json),
    )
    work.session.add(kept)
    work.session.flush()
