"""Look after a desk's database: backup, restore, move, erasure, diagnosis."""

import platform
import shutil
import sys
from collections.abc import Sequence
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from claimtrack import logs
from claimtrack.db import backup as storage
from claimtrack.db import erase as erasing
from claimtrack.db.engine import open_engine
from claimtrack.db.move import Move, move
from claimtrack.db.schema import status
from claimtrack.db.tables import Event
from claimtrack.db.verify import Verification
from claimtrack.errors import ClaimTrackError, RuleError
from claimtrack.extract.parse import model_digest, model_folder
from claimtrack.services.desk import Desk, Work, now
from claimtrack.services.verify import verify_desk
from claimtrack.vocabulary import Role

#: Packages whose version tells most when something goes wrong.
PACKAGES = ("claimtrack", "streamlit", "sqlmodel", "sqlalchemy", "spacy", "rapidfuzz", "trafilatura", "typst")


#: Two machines of a team differ by less when they ask a time server at all.
CLOCK_SLACK = timedelta(minutes=5)


def back_up(desk: Desk, path: Path) -> storage.Backup:
    """A verified copy of the database at `path`, made while others go on working."""
    return storage.backup(desk.engine, path)


def restore(path: Path, target: str) -> Verification:
    """A verified backup as a database at `target`, which must be new or empty."""
    return storage.restore(path, open_engine(target))


def move_desk(desk: Desk, target: str) -> Move:
    """Everything, public ids and log included, in another database that is new or empty."""
    return move(desk.engine, open_engine(target))


def erase(work: Work, targets: Sequence[tuple[str, UUID]], reason: str) -> erasing.Erasure:
    """Take the words of rows out of the database for good, for a court order or a source's safety; admins only.

    The event log keeps that something was erased, when, by whom and why; `verify` says so from then on. Call
    `scrub(desk)` afterwards: a transaction cannot take words out of the pages that it freed.
    """
    work.require(Role.ADMIN)
    if not reason.strip():
        raise RuleError("An erasure needs its reason (without the words themselves); nothing was erased.")
    return erasing.erase(work.session, work.actor, [erasing.Target(kind, key) for kind, key in targets], reason)


def scrub(desk: Desk) -> None:
    """Take what was erased out of freed pages and index segments too."""
    erasing.scrub(desk.engine)


def diagnose(desk: Desk) -> list[tuple[str, str, bool]]:
    """What somebody who helps would ask first: (what, how it stands, whether it is as it should be)."""
    found = [("Python", f"{platform.python_version()} on {platform.system()}", sys.version_info >= (3, 11))]
    found += [(name, version(name), True) for name in PACKAGES]
    found.append(_model())
    schema = status(desk.engine)
    found.append(("database", desk.name, True))
    found.append(("schema", f"{schema.stored} (this code: {schema.wanted})", schema.is_current))
    found.append(desk.see(clock))
    found.append(("log file", str(logs.default_path()), logs.is_kept()))
    checked = verify_desk(desk)
    told = f"{checked.events} events, {checked.captures} saved copies, {checked.problem_count} problems"
    found.append(("log and saved copies", told, checked.holds))
    if desk.engine.dialect.name == "sqlite" and desk.engine.url.database:
        place = Path(desk.engine.url.database)
        free = shutil.disk_usage(place.parent).free
        found.append(("free space", f"{free // 1024**2:,} MB beside {place.name}", free > 500 * 1024**2))
    return found


def clock(work: Work) -> tuple[str, str, bool]:
    """Whether the times in the log run forward; events are ordered by their number, whatever the clock said."""
    before = func.lag(Event.at).over(order_by=col(Event.number))
    steps = select(col(Event.number), col(Event.at), before.label("before")).subquery()
    backward = work.session.execute(
        select(func.count(), func.max(steps.c.number)).where(steps.c.at < steps.c.before)
    ).one()
    newest = work.session.exec(select(Event.at).order_by(col(Event.number).desc())).first()
    if newest is not None and newest > now() + CLOCK_SLACK:
        told = (
            f"the newest event is of {newest:%d %b %Y %H:%M} UTC, which is still to come: this machine's clock is wrong"
        )
        return ("clock", told, False)
    if backward[0]:
        told = (
            f"set back {backward[0]} times, last before event {backward[1]}; the order of events is right all the same"
        )
        return ("clock", told, True)
    return ("clock", f"{now():%d %b %Y %H:%M} UTC, and the log's times run forward", True)


def _model() -> tuple[str, str, bool]:
    try:
        return ("English model", model_digest(model_folder())[:16], True)
    except ClaimTrackError as error:
        return ("English model", str(error), False)
