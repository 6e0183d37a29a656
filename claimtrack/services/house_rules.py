"""How this desk works, where desks differ: set by an admin, for everybody, undone like anything else."""

from sqlmodel import select

from claimtrack.db.tables import Setting
from claimtrack.services.desk import Work
from claimtrack.vocabulary import Role

#: Whether second readers give their verdict before they see the first reader's.
BLIND = "blind_second_reading"


def reads_blind(work: Work) -> bool:
    """Whether second readers read blind here; not unless an admin said so."""
    row = _setting(work)
    return row is not None and row.value is True


def set_blind(work: Work, *, is_blind: bool) -> None:
    """Let second readers read blind from now on, or not; readings that were given stay as they are."""
    work.require(Role.ADMIN)
    row = _setting(work)
    if row is None:
        work.add("setting.made", Setting(name=BLIND, value=is_blind))
    elif row.value is not is_blind:
        work.change("setting.changed", row, {"value": is_blind})


def _setting(work: Work) -> Setting | None:
    return work.session.exec(select(Setting).where(Setting.name == BLIND)).first()
