"""The contact log: who was asked what, when, how and by which deadline, and what came back.

Asking somebody puts a claim or line that is open or in progress in waiting; the last answer brings it back. An item
that a reader has finished with (second reading, adjudication, ready, released) stays where it is: the log alone grows.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select

from claimtrack.db.tables import Claim, Contact, Line, Reviewer, Statement
from claimtrack.errors import RuleError
from claimtrack.services import queries
from claimtrack.services.desk import Work, aware, now
from claimtrack.services.evidence import claim_or_line
from claimtrack.vocabulary import CheckState, Role, WaitingFor

#: How people are asked, as the form proposes it; any other word is taken too.
CHANNELS = ("mail", "phone", "in person", "message", "press office form")

_MAY_WAIT = (CheckState.OPEN, CheckState.IN_PROGRESS)


@dataclass(frozen=True, slots=True)
class Entry:
    """One request for an answer."""

    id: UUID
    version: int
    person: str
    channel: str
    question: str
    asked_at: datetime
    deadline: datetime | None
    answer: str | None
    answered_at: datetime | None
    is_right_of_reply: bool
    by: str


@dataclass(frozen=True, slots=True)
class NewContact:
    """What a person says of a request."""

    person: str
    question: str
    channel: str = CHANNELS[0]
    asked_at: datetime | None = None  #: None: now
    deadline: datetime | None = None
    is_right_of_reply: bool = False


def log(work: Work, about: UUID, given: NewContact) -> UUID:
    """Store that somebody was asked; a claim or line in the checker's hands waits for the reply from then on.

    Raises:
        RuleError: it is not said who was asked, what, or how; or a time has no zone.
    """
    reviewer = work.require(Role.CHECKER)
    wanted = {"who was asked": given.person, "what": given.question, "how": given.channel}
    missing = [name for name, value in wanted.items() if not value.strip()]
    if missing:
        raise RuleError(f"The contact log needs {' and '.join(missing)}; nothing was stored.")
    row = Contact(
        person=given.person.strip(),
        channel=given.channel.strip(),
        question=given.question.strip(),
        asked_at=aware(given.asked_at) or now(),
        deadline=aware(given.deadline),
        is_right_of_reply=given.is_right_of_reply,
        reviewer_id=reviewer.key,
    )
    target = queries.item(work, about)
    setattr(row, f"{queries.kind(target)}_id", target.key)
    work.add("contact.logged", row)
    if not isinstance(target, Statement) and target.state in _MAY_WAIT:
        _move(work, target, CheckState.WAITING, WaitingFor.REPLY)
    return row.public_id


def answer(work: Work, contact_id: UUID, seen: int, words: str) -> None:
    """Store what came back; when nobody else was asked, the item is in progress again."""
    work.require(Role.CHECKER)
    if not words.strip():
        raise RuleError("An answer needs words; “no comment” is one. Nothing was stored.")
    row = work.get(Contact, contact_id)
    work.change("contact.answered", row, {"answer": words.strip(), "answered_at": now()}, seen=seen)
    _come_back(work, row)


def take_back(work: Work, contact_id: UUID, seen: int) -> None:
    """An entry that was a mistake; it stays in the event log."""
    work.require(Role.CHECKER)
    row = work.get(Contact, contact_id)
    work.change("contact.taken_back", row, {"voided_at": now()}, seen=seen)
    _come_back(work, row)


def wait_for_source(work: Work, target_id: UUID) -> None:
    """Say that the item waits for a source."""
    work.require(Role.CHECKER)
    target = claim_or_line(work, target_id)
    if target.state not in _MAY_WAIT:
        raise RuleError(f"Only what is open or in progress can wait; this is {target.state.value.replace('_', ' ')}.")
    _move(work, target, CheckState.WAITING, WaitingFor.SOURCE)


def go_on(work: Work, target_id: UUID) -> None:
    """Go on with an item, whether it waited or was open."""
    work.require(Role.CHECKER)
    target = claim_or_line(work, target_id)
    if target.state not in {CheckState.WAITING, CheckState.OPEN}:
        raise RuleError(f"This does not wait; it is {target.state.value.replace('_', ' ')}.")
    _move(work, target, CheckState.IN_PROGRESS, None)


def on(work: Work, about: UUID) -> list[Entry]:
    """The entries that stand, the oldest first."""
    target = queries.item(work, about)
    return [
        Entry(
            row.public_id,
            row.version,
            row.person,
            row.channel,
            row.question,
            row.asked_at,
            row.deadline,
            row.answer,
            row.answered_at,
            row.is_right_of_reply,
            work.by_key(Reviewer, row.reviewer_id).name,
        )
        for row in _standing(work, queries.kind(target), target.key)
    ]


def _standing(work: Work, kind: str, key: int) -> list[Contact]:
    query = select(Contact).where(getattr(Contact, f"{kind}_id") == key, col(Contact.voided_at).is_(None))
    return list(work.session.exec(query.order_by(col(Contact.asked_at), col(Contact.id))))


def _come_back(work: Work, row: Contact) -> None:
    target: Claim | Line
    if row.claim_id is not None:
        target = work.by_key(Claim, row.claim_id)
    elif row.line_id is not None:
        target = work.by_key(Line, row.line_id)
    else:
        return
    is_reply_open = any(one.answer is None for one in _standing(work, queries.kind(target), target.key))
    if target.waiting_for is WaitingFor.REPLY and not is_reply_open:
        _move(work, target, CheckState.IN_PROGRESS, None)


def _move(work: Work, target: Claim | Line, state: CheckState, reason: WaitingFor | None) -> None:
    work.change(f"{queries.kind(target)}.moved", target, {"state": state, "waiting_for": reason})
