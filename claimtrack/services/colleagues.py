"""The people of the desk: who they are, how that is known, and what they may do."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, func, select

from claimtrack.db.tables import Reviewer
from claimtrack.errors import NotFoundError, RuleError
from claimtrack.services.desk import Work
from claimtrack.vocabulary import IdentityBasis, Role


@dataclass(frozen=True, slots=True)
class Colleague:
    """One person of the desk."""

    id: UUID
    name: str
    email: str | None
    role: Role
    identity_basis: IdentityBasis
    is_active: bool


def list_colleagues(work: Work) -> list[Colleague]:
    """Everybody who ever acted here, by name; those who left too."""
    rows = work.session.exec(select(Reviewer).order_by(func.lower(Reviewer.name), col(Reviewer.id)))
    return [Colleague(row.public_id, row.name, row.email, row.role, row.identity_basis, row.is_active) for row in rows]


def find_colleague(work: Work, words: str) -> UUID:
    """The one person whose id, address or name this is, capitals or not.

    Raises:
        NotFoundError: nobody, or more than one; the message lists them.
    """
    wanted = words.strip().casefold()
    found = [
        one
        for one in list_colleagues(work)
        if wanted in {str(one.id), (one.email or "").casefold(), one.name.casefold()}
    ]
    if len(found) == 1:
        return found[0].id
    if not found:
        raise NotFoundError(f"Nobody at this desk is called “{words}”; `claimtrack colleagues` lists them.")
    told = "; ".join(f"{one.id} ({one.email or one.identity_basis.value.replace('_', ' ')})" for one in found)
    raise NotFoundError(f"{len(found)} people are called “{words}”; give the id of one: {told}.")


def set_role(work: Work, who: UUID, role: Role) -> None:
    """Let somebody do what the role may do from their next action on; somebody who had left is back.

    Raises:
        RuleError: the desk would have no admin left.
    """
    work.require(Role.ADMIN)
    row = work.get(Reviewer, who)
    if role is not Role.ADMIN:
        _keep_an_admin(work, row)
    work.change("reviewer.role_set", row, {"role": role, "is_active": True})


def let_go(work: Work, who: UUID) -> None:
    """Somebody has left: they can no longer act or read here, their work stands under their name.

    Raises:
        RuleError: the desk would have no admin left.
    """
    work.require(Role.ADMIN)
    row = work.get(Reviewer, who)
    _keep_an_admin(work, row)
    work.change("reviewer.left", row, {"is_active": False})


def _keep_an_admin(work: Work, row: Reviewer) -> None:
    others = select(Reviewer.id).where(
        Reviewer.role == Role.ADMIN, col(Reviewer.is_active).is_(True), Reviewer.id != row.id
    )
    if row.role is Role.ADMIN and work.session.exec(others.limit(1)).first() is None:
        raise RuleError(f"{row.name} is the only admin of this desk; make somebody else one first.")
