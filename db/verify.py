"""Proof that the store is as it was written: the log's chain, the captures' digests, the words at every span, the rows.

Reads everything once, in order, a thousand rows at a time, and believes no stored value.
"""

from collections.abc import Callable

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from claimtrack.db.proof.captures import check_captures
from claimtrack.db.proof.chain import check_chain
from claimtrack.db.proof.findings import Problem, Verification
from claimtrack.db.proof.raw import lenient
from claimtrack.db.proof.rows import check_rows
from claimtrack.db.proof.spans import check_spans
from claimtrack.db.work import UnitOfWork

__all__ = ["Problem", "Verification", "verify", "verify_in"]


def verify(
    engine: Engine, *, kept_head: tuple[int, str] | None = None, progress: Callable[[int], None] | None = None
) -> Verification:
    """Everything that can be checked, in one read-only unit of work.

    `kept_head` is number and digest of an earlier newest event, as `claimtrack.db.events.head` gave it: without it, a
    log whose newest events were cut off looks whole. `progress` is called with the number of rows read so far, now and
    then. Cost: every event, capture and span is read once; memory does not grow with them.
    """
    with UnitOfWork(engine, read_only=True) as work:
        return verify_in(work.session, kept_head=kept_head, progress=progress)


def verify_in(
    session: Session, *, kept_head: tuple[int, str] | None = None, progress: Callable[[int], None] | None = None
) -> Verification:
    """The same in a transaction that is open already: what it has stored is proved before it is committed."""
    found = Verification()
    with lenient(session):
        try:
            erased = check_chain(session, found, kept_head, progress or _silent)
            check_captures(session, found, erased, progress or _silent)
            check_spans(session, found, erased, progress or _silent)
            check_rows(session, found, erased, progress or _silent)
        except DBAPIError as error:
            found.add("database", "file", f"cannot be read to its end: {' '.join(str(error.orig).split())}.")
    return found


def _silent(_: int) -> None:
    return
