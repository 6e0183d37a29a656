"""The captures: bytes and text fit their digests, and the digests fit the log."""

import hashlib
import json
from collections.abc import Callable
from uuid import UUID

from sqlalchemy import RowMapping, column, select, table
from sqlmodel import Session

from claimtrack.db.proof.findings import Erased, Verification
from claimtrack.db.proof.raw import plain_id, raw_rows


def check_captures(session: Session, found: Verification, erased: Erased, progress: Callable[[int], None]) -> None:
    """Checks every capture, in order."""
    columns = ("id", "public_id", "sha256", "text_sha256", "chars", "erased_at", "text", "data")
    # A capture may be 20 MB: few at a time.
    for row in raw_rows(session, "capture", columns, ("id",), portion=8):
        name = plain_id(row["public_id"])
        found.captures += 1
        if found.captures % 1000 == 0:
            progress(found.events + found.captures)
        if row["text"] is None and row["data"] is None:
            if name in erased.captures:
                found.erased_captures += 1
            else:
                found.add("capture", name, "has lost its bytes and text, and no erasure is recorded.")
        elif row["text"] is None or row["data"] is None:
            found.add("capture", name, "has lost its bytes or its text.")
        else:
            if not isinstance(row["data"], bytes) or hashlib.sha256(row["data"]).hexdigest() != row["sha256"]:
                found.add("capture", name, "was changed: its bytes do not fit their sha256.")
            text = str(row["text"])
            if hashlib.sha256(text.encode("utf-8", "replace")).hexdigest() != row["text_sha256"]:
                found.add("capture", name, "was changed: its text does not fit its sha256.")
            elif len(text) != row["chars"]:
                found.add("capture", name, f"has {len(text)} characters, {row['chars']} are recorded.")
        if name not in erased.captures:
            _check_against_log(session, found, name, row)


def _check_against_log(session: Session, found: Verification, name: str, row: RowMapping) -> None:
    """The capture's digests against those in the event that recorded it: bytes and digest may both be changed."""
    try:
        item = UUID(name)
    except ValueError:
        found.add("capture", name, "has an id that is none.")
        return
    event = table("event", *(column(part) for part in ("number", "item", "item_kind", "payload")))
    # SQLite stores 32 hexadecimal digits, PostgreSQL has a type of its own.
    stored = item if session.get_bind().dialect.name == "postgresql" else item.hex
    query = select(event.c.payload).where(event.c.item == stored, event.c.item_kind == "capture")
    payload = session.execute(query.order_by(event.c.number).limit(1)).scalar_one_or_none()
    if payload is None:
        found.add("capture", name, "is not in the log: no event records it.")
        return
    try:
        logged = json.loads(payload)["after"]
        differ = [key for key in ("sha256", "text_sha256", "chars") if logged[key] != row[key]]
    except (TypeError, ValueError, KeyError):
        return  # the event itself is reported
    if differ:
        found.add("capture", name, f"was changed: the log records another {' and '.join(differ)}.")
