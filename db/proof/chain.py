"""The log's chain: each event's digest fits its columns, and each follows the one before."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import RowMapping
from sqlmodel import Session

from claimtrack.db.events import CHAINED, ERASED, digest_event, digest_payload
from claimtrack.db.proof.findings import ZERO, Erased, Verification
from claimtrack.db.proof.raw import plain_id, raw_rows

_IDS = ("public_id", "reviewer", "item", "story", "batch", "undoes")


def check_chain(
    session: Session, found: Verification, kept: tuple[int, str] | None, progress: Callable[[int], None]
) -> Erased:
    """Checks every event, in order; what erasures name. `kept` is an earlier newest event's number and digest."""
    erased, empty = Erased(), set[str]()
    previous, number = ZERO, 0
    for row in raw_rows(session, "event", (*CHAINED, "payload", "salt", "digest"), ("number",)):
        number += 1
        place = f"event {row['number']}"
        if row["number"] != number:
            found.add("event", place, f"number {number} was expected here: an event was removed, added or moved.")
            number = row["number"] if isinstance(row["number"], int) else number
        if row["previous"] != previous:
            found.add("event", place, "does not follow the event before it.")
        try:
            fields = {name: _chained(name, row[name]) for name in CHAINED}
            if digest_event(fields) != row["digest"]:
                found.add("event", place, "was changed: its digest does not fit its columns.")
        except (TypeError, ValueError) as error:  # bytes where a text was, a time that is none
            found.add("event", place, f"was changed: {error}.")
        _check_payload(row, found, erased, empty)
        previous = str(row["digest"])
        if kept and row["number"] == kept[0] and previous != kept[1]:
            found.add("event", place, "is not the event whose digest was kept.")
        found.events += 1
        if found.events % 1000 == 0:
            progress(found.events)
    found.head_number, found.head_digest = number, previous
    _check_head(session, found, kept)
    found.erased_events = len(empty & erased.events)
    for missing in sorted(empty - erased.events):
        found.add("event", missing, "has lost its payload, and no erasure is recorded.")
    return erased


def _chained(name: str, value: object) -> object:
    """The value as it entered the digest; ValueError when it is not in the form in which it is stored."""
    if value is None:
        return None
    if name in _IDS:
        if isinstance(value, UUID):
            return str(value)
        if UUID(str(value)).hex != value:
            raise ValueError(f"{name} is not an id as it is stored")
        return str(UUID(str(value)))
    if name == "at":
        if isinstance(value, datetime):
            moment = value.astimezone(UTC)
        else:
            moment = datetime.fromisoformat(str(value)).replace(tzinfo=UTC)
            if moment.replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds") != value:
                raise ValueError("at is not a time as it is stored")
        return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")
    return value


def _check_payload(row: RowMapping, found: Verification, erased: Erased, empty: set[str]) -> None:
    place = f"event {row['number']}"
    payload, salt = row["payload"], row["salt"]
    if payload is None and salt is None:
        empty.add(plain_id(row["public_id"]))
        return
    try:
        # Bytes have one spelling here: fromhex also takes capitals and spaces.
        if digest_payload(salt, payload) != row["payload_digest"] or bytes.fromhex(salt).hex() != salt:
            found.add("event", place, "was changed: its payload does not fit its digest.")
            return
        if row["action"] == ERASED:
            named = json.loads(payload)["after"]
            erased.events |= set(named["events"])
            erased.captures |= set(named["captures"])
            erased.rows |= set(named["rows"])
    except (TypeError, ValueError, KeyError, AttributeError):
        found.add("event", place, "was changed: payload or salt cannot be read.")


def _check_head(session: Session, found: Verification, kept: tuple[int, str] | None) -> None:
    heads = [
        (row["number"], row["digest"]) for row in raw_rows(session, "chain_head", ("id", "number", "digest"), ("id",))
    ]
    if heads != [(found.head_number, found.head_digest)]:
        found.add("chain_head", 1, "does not name the newest event: events were removed from the end, or added.")
    if kept and kept[0] > found.head_number:
        found.add("event", f"event {kept[0]}", "is missing: the log once reached it.")
