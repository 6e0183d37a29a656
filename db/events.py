"""The log: append-only, each event chained to the one before, written in the transaction of what it records.

An event's digest covers every column except payload and salt; those two enter through `payload_digest`, the sha256 of
salt and payload. So the payload can be erased later (both columns emptied) without breaking the chain, and nobody can
confirm a guess at the erased text, because the salt is gone with it. A chain shows changes inside it; that its newest
events were cut off shows only against a head digest that was kept elsewhere (`head`).
"""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlmodel import Session, col

from claimtrack.db.base import Identified, Versioned
from claimtrack.db.columns import new_public_id, utc_now
from claimtrack.db.snapshot import Snapshot, canonical_json, plain, snapshot, snapshot_of, table_of
from claimtrack.db.tables import ChainHead, Event
from claimtrack.db.work import save_version
from claimtrack.vocabulary import IdentityBasis

#: Form of the payload; a payload of another form gets another number, and old ones keep theirs.
PAYLOAD_VERSION = 1

#: Action of the event that records an erasure; its `after` names what was erased.
ERASED = "erasure.recorded"

#: Columns under the digest, in the order in which `verify` and a bundle's own checker name them.
CHAINED = (
    "number",
    "public_id",
    "at",
    "reviewer",
    "identity_basis",
    "action",
    "item_kind",
    "item",
    "story",
    "batch",
    "undoes",
    "schema_version",
    "payload_digest",
    "previous",
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, and how that is known."""

    reviewer: UUID | None  #: public id; None: no person
    basis: IdentityBasis


#: A run of the extractor, a migration, a watched folder.
MACHINE = Actor(None, IdentityBasis.MACHINE)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """The circumstances that events of one action share."""

    story: UUID | None = None  #: public id of the story it is done in
    batch: UUID | None = None  #: an id of its own for a bulk action
    undoes: UUID | None = None  #: public id of the event undone
    note: str | None = None  #: the person's reason or remark; part of the payload
    at: datetime | None = None  #: aware; None: now


@dataclass(frozen=True, slots=True)
class Entry:
    """What one event will say: `before` and `after` are complete snapshots, None where there was or is nothing."""

    action: str
    item_kind: str  #: the name of the item's table
    item: UUID  #: its public id
    before: Snapshot | None = None
    after: Snapshot | None = None
    context: Circumstances = field(default_factory=Circumstances)


def new_entry(
    session: Session,
    action: str,
    model: type[Identified],
    row: Mapping[str, object],
    context: Circumstances | None = None,
) -> Entry:
    """What the event of a new row will say, from the row's complete values."""
    after = snapshot_of(session, model, row)
    return Entry(action, table_of(model).name, cast("UUID", row["public_id"]), None, after, context or Circumstances())


def append_event(
    session: Session,
    actor: Actor,
    action: str,
    item: Identified,
    *,
    before: Snapshot | None = None,
    after: Snapshot | None = None,
    context: Circumstances | None = None,
) -> Event:
    """The event, appended to the chain in the session's transaction.

    `before` and `after` are complete snapshots, None where there was or is nothing. The session's unit of work holds
    the write lock, so that no other writer reads the same head.
    """
    kind = table_of(type(item)).name
    entry = Entry(action, kind, item.public_id, before, after, context or Circumstances())
    (values,) = append_events(session, actor, [entry])
    return Event(**values)


def append_events(session: Session, actor: Actor, entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """The columns of the events, appended to the chain in order and in the session's transaction; as `append_event`."""
    if not entries:
        return []
    session.flush()
    number, digest = head(session)
    events = []
    for number_of, entry in enumerate(entries, number + 1):
        event = _values(actor, entry, number_of, digest)
        digest = event["digest"]
        events.append(event)
    session.execute(insert(table_of(Event)), events)
    session.execute(update(ChainHead).where(col(ChainHead.id) == 1).values(number=number + len(events), digest=digest))
    return events


def _values(actor: Actor, entry: Entry, number: int, previous: str) -> dict[str, Any]:  # Any: the columns' types
    """The columns of an event that follows the one whose digest is `previous`."""
    context = entry.context
    payload = canonical_json({"after": entry.after, "before": entry.before, "note": context.note})
    salt = secrets.token_hex(32)
    event: dict[str, Any] = {
        "number": number,
        "public_id": new_public_id(),
        "at": context.at or utc_now(),
        "reviewer": actor.reviewer,
        "identity_basis": actor.basis,
        "action": entry.action,
        "item_kind": entry.item_kind,
        "item": entry.item,
        "story": context.story,
        "batch": context.batch,
        "undoes": context.undoes,
        "schema_version": PAYLOAD_VERSION,
        "payload": payload,
        "salt": salt,
        "payload_digest": digest_payload(salt, payload),
        "previous": previous,
    }
    return event | {"digest": digest_event({name: plain(event[name]) for name in CHAINED})}


def digest_payload(salt: str, payload: str) -> str:
    """sha256 of the salt's 32 bytes and the payload in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(bytes.fromhex(salt) + payload.encode()).hexdigest()


def digest_event(fields: Mapping[str, object]) -> str:
    """sha256 of the chained fields as canonical JSON in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(dict(fields)).encode()).hexdigest()


def head(session: Session) -> tuple[int, str]:
    """Number and digest of the newest event (0 and 64 zeros: none): keep it elsewhere to notice a cut-off log."""
    found = session.execute(select(col(ChainHead.number), col(ChainHead.digest)).where(col(ChainHead.id) == 1)).one()
    return int(found.number), str(found.digest)


def record_new(
    session: Session, actor: Actor, action: str, row: Identified, context: Circumstances | None = None
) -> Event:
    """The event for a row that is new: stores the row, and all of it is the after."""
    session.add(row)
    session.flush()
    return append_event(session, actor, action, row, after=snapshot(session, row), context=context)


def record_change(
    session: Session,
    actor: Actor,
    action: str,
    row: Versioned,
    *,
    seen: int,
    changes: Mapping[str, object],
    context: Circumstances | None = None,
) -> Event:
    """The event for a changed row: saves `changes` against version `seen` and logs the complete before and after.

    Raises `StaleReview` when the row has another version than was seen; nothing is stored then.
    """
    before = snapshot(session, row)
    save_version(session, row, seen=seen, changes=changes)
    return append_event(session, actor, action, row, before=before, after=snapshot(session, row), context=context)


def record_gone(
    session: Session, actor: Actor, action: str, row: Identified, context: Circumstances | None = None
) -> Event:
    """The event for a row that is taken away (a tag taken off): deletes it, and all of it is the before."""
    before = snapshot(session, row)
    session.delete(row)
    return append_event(session, actor, action, row, before=before, context=context)
