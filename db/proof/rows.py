"""The rows: what is stored is what the log last recorded; a verdict changed behind the log's back is found."""

import json
from collections.abc import Callable, Iterator
from uuid import UUID

from sqlalchemy import column, func, or_, select, table
from sqlalchemy.exc import NoResultFound
from sqlmodel import Session, col

from claimtrack.db import tables
from claimtrack.db.base import Identified
from claimtrack.db.proof.findings import Erased, Verification
from claimtrack.db.proof.raw import is_id, plain_id
from claimtrack.db.snapshot import snapshot, table_of

_PORTION = 500

_MODELS: dict[str, type[Identified]] = {
    table_of(model).name: model
    for model in (getattr(tables, name) for name in tables.__all__)
    if issubclass(model, Identified)
}


def check_rows(session: Session, found: Verification, erased: Erased, progress: Callable[[int], None]) -> None:
    """Checks every row that the log tells of against the newest event that gives its complete state.

    A row that only a run's digest covers, and nobody has touched since, is not told of singly. Columns that serve queue
    and search are in no event and are not checked.
    """
    before = found.events + found.captures + found.spans
    for kind, told in _newest(session):
        # Neither row nor id of one portion is needed for the next.
        session.expunge_all()
        session.info.pop("public_ids", None)
        found.rows += len(told)
        _compare(session, _MODELS[kind], told, found, erased)
        progress(before + found.rows)


def _newest(session: Session) -> Iterator[tuple[str, dict[UUID, str]]]:
    """For each kind of item, portion by portion: the payload of the newest event that gives an item's state."""
    event = table("event", *(column(name) for name in ("number", "item", "item_kind", "payload")))
    # Canonical JSON sorts its keys: this is the beginning of an event that tells no state.
    tells = or_(event.c.payload.is_(None), ~event.c.payload.startswith('{"after":null,"before":null,'))
    newest = select(func.max(event.c.number)).where(tells).group_by(event.c.item)
    query = select(event.c.item_kind, event.c.item, event.c.payload).where(event.c.number.in_(newest))
    waiting: dict[str, dict[UUID, str]] = {kind: {} for kind in _MODELS}
    for portion in session.execute(query.execution_options(yield_per=_PORTION)).partitions():
        for kind, item, payload in portion:
            if kind not in waiting or not isinstance(payload, str) or not is_id(plain_id(item)):
                continue
            waiting[kind][UUID(plain_id(item))] = payload
            if len(waiting[kind]) == _PORTION:
                yield kind, waiting[kind]
                waiting[kind] = {}
    yield from ((kind, told) for kind, told in waiting.items() if told)


def _compare(
    session: Session, model: type[Identified], told: dict[UUID, str], found: Verification, erased: Erased
) -> None:
    name = table_of(model).name
    rows = _load(session, model, list(told), found)
    for item, payload in told.items():
        try:
            logged = json.loads(payload)["after"]
        except (ValueError, KeyError, TypeError):
            continue  # the event itself is reported
        row = rows.get(item)
        if item in rows and row is None:
            continue  # reported when it was loaded
        if logged is None:
            if row is not None:
                found.add(name, item, "is here, and the log says that it was taken away.")
        elif not isinstance(logged, dict) or "public_id" not in logged or str(item) in erased.rows:
            continue
        elif row is None:
            found.add(name, item, "is gone, and no event says so.")
        else:
            try:
                now = snapshot(session, row)
            except (ValueError, LookupError, NoResultFound):
                found.add(name, item, "refers to a row that is not there or cannot be read.")
                continue
            differ = sorted(key for key in logged.keys() & now.keys() if logged[key] != now[key])
            if differ:
                found.add(name, item, f"was changed behind the log's back: {', '.join(differ)}.")


def _load(
    session: Session, model: type[Identified], items: list[UUID], found: Verification
) -> dict[UUID, Identified | None]:
    """Rows by public id; None for one that cannot be read, which is reported."""
    try:
        return {row.public_id: row for row in session.scalars(select(model).where(col(model.public_id).in_(items)))}
    except (ValueError, TypeError, LookupError):
        if len(items) == 1:
            found.add(table_of(model).name, items[0], "holds a value that is none of its column's.")
            return {items[0]: None}
    half = len(items) // 2
    return _load(session, model, items[:half], found) | _load(session, model, items[half:], found)
