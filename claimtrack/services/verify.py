"""Prove that what is stored is as it was written."""

from claimtrack.db.verify import Verification, verify
from claimtrack.services.desk import Desk


def verify_desk(desk: Desk) -> Verification:
    """What was checked, what was found erased, and every problem with its row; reads the whole database once."""
    return verify(desk.engine)
