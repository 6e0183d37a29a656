"""People of the desk."""

from typing import Any

from sqlmodel import Field

from claimtrack.db.base import Versioned, table_args
from claimtrack.db.columns import Json, Word
from claimtrack.vocabulary import IdentityBasis, Role


class Reviewer(Versioned, table=True):
    """One person who reads, checks or edits; never deleted, since their reviews stay."""

    __table_args__ = table_args()

    #: Name as screens and reports show it.
    name: str = Field(index=True)
    #: Address as the sign-in provider gave it; NULL for a local, self-declared reviewer.
    email: str | None = Field(default=None)
    #: What the person may do.
    role: Role = Field(default=Role.CHECKER, sa_type=Word(Role))
    #: How the identity was known when the row was made.
    identity_basis: IdentityBasis = Field(default=IdentityBasis.SELF_DECLARED, sa_type=Word(IdentityBasis))
    #: The sign-in provider's issuer and subject, joined by one space; NULL when self-declared. Unique, so that one
    #: sign-in is one reviewer.
    subject: str | None = Field(default=None, unique=True)
    #: False once the person has left: they can no longer act, their work stands.
    is_active: bool = Field(default=True)
    #: IANA name of the zone in which times are shown; NULL: the browser's.
    zone: str | None = Field(default=None)
    #: The person's own preferences (theme, page size), plain JSON.
    settings: dict[str, Any] = Field(default_factory=dict, sa_type=Json)  # Any: JSON
