"""The event log, as people read it."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlmodel import col, select

from claimtrack.db.tables import Event, Reviewer
from claimtrack.services import decide
from claimtrack.services.desk import Work
from claimtrack.services.outbox import events_of
from claimtrack.services.undo import can_undo
from claimtrack.vocabulary import Role


@dataclass(frozen=True, slots=True)
class Entry:
    """One event."""

    id: UUID
    number: int
    at: datetime
    who: str
    action: str
    item: UUID
    item_kind: str  #: statement, claim, document, ...
    what: str  #: words of the item, or what changed
    is_undone: bool
    undoes: UUID | None
    can_undo: bool  #: the whole action that it belongs to, as far as nobody changed anything since


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events; None for all."""

    reviewer: UUID | None = None
    action: str | None = None
    item: UUID | None = None


def recent(
    work: Work, *, before: int | None = None, limit: int = 50, item: UUID | None = None, wanted: Wanted | None = None
) -> list[Entry]:
    """Events, the newest first; `before` is the number of the last one shown."""
    chosen = wanted or Wanted(item=item)
    query = select(Event).order_by(col(Event.number).desc()).limit(limit)
    if before is not None:
        query = query.where(Event.number < before)
    for column, value in ((Event.reviewer, chosen.reviewer), (Event.action, chosen.action), (Event.item, chosen.item)):
        if value is not None:
            query = query.where(col(column) == value)
    rows = work.session.exec(query).all()
    ids = [row.public_id for row in rows]
    undone = set(work.session.exec(select(Event.undoes).where(col(Event.undoes).in_(ids))))
    people = dict(work.session.exec(select(Reviewer.public_id, Reviewer.name)).all())
    undoable = undoable_batches(work, [row for row in rows if row.reviewer and row.undoes is None])
    return [
        Entry(
            row.public_id,
            row.number,
            row.at,
            people.get(row.reviewer, "claimtrack") if row.reviewer else "claimtrack",
            row.action,
            row.item,
            row.item_kind,
            in_words(row.payload),
            row.public_id in undone,
            row.undoes,
            can_undo=(row.batch or row.public_id) in undoable and row.public_id not in undone,
        )
        for row in rows
    ]


def undoable_batches(work: Work, rows: Sequence[Event]) -> set[UUID]:
    """The actions (batch, or the event's own id) of which every event can be undone."""
    actions: defaultdict[UUID, list[Event]] = defaultdict(list)
    batches = {row.batch for row in rows if row.batch is not None}
    for event in work.session.exec(select(Event).where(col(Event.batch).in_(batches))):
        actions[cast("UUID", event.batch)].append(event)
    for row in rows:
        if row.batch is None:
            actions[row.public_id].append(row)
    return {key for key, events in actions.items() if can_undo(events)}


def latest(work: Work, item: UUID) -> Entry | None:
    """The newest event of an item."""
    return next(iter(recent(work, item=item, limit=1)), None)


def choices(work: Work) -> tuple[list[tuple[UUID, str]], list[str]]:
    """The people and the actions that the log can be held to. Cost: one pass over the log's actions."""
    people = work.session.exec(select(Reviewer.public_id, Reviewer.name).order_by(col(Reviewer.name))).all()
    actions = work.session.exec(select(Event.action).distinct().order_by(col(Event.action))).all()
    return [(key, name) for key, name in people], list(actions)


def in_words(payload: str | None) -> str:
    """What an event did: the words of the item, and which fields changed to what."""
    if payload is None:
        return "erased"
    held: dict[str, Any] = json.loads(payload)  # Any: JSON
    before, after = held["before"] or {}, held["after"] or {}
    shown = after or before
    words = next((str(shown[name]) for name in ("content", "text", "title", "name", "verdict") if shown.get(name)), "")
    skipped = {"version", "content", "content_spans", "quoted_spans"}
    changed = [name for name in after if before and after[name] != before.get(name) and name not in skipped]
    steps = [(name.replace("_", " "), before.get(name), after[name]) for name in changed]
    told = "; ".join(f"{name}: {_plain(was)} → {_plain(now)}" for name, was, now in steps)
    note = f" ({held['note']})" if held.get("note") else ""
    return " · ".join(part for part in (words[:200], told[:300]) if part) + note


def _plain(value: object) -> str:
    return "—" if value is None else str(value)


def undo(work: Work, event: UUID) -> int:
    """Undo an event and all that belongs to the same action; how many statements it touched."""
    work.require(Role.CHECKER)
    return len(decide.undo(work, events_of(work, event)))
