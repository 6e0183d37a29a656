"""People who sign in through the browser: known by issuer and subject, readers until an admin says otherwise.

The sign-in provider vouches for them; `ui/session.py` hands over what Streamlit verified. Nothing of the sign-in but
issuer, subject, name and address is stored.
"""

import os
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import select

from claimtrack import limits
from claimtrack.db.tables import Reviewer
from claimtrack.errors import RuleError
from claimtrack.services.desk import Desk, Work, open_desk
from claimtrack.vocabulary import IdentityBasis, Role

#: Role of people who sign in for the first time; `reader` unless set.
ROLE_VARIABLE = "CLAIMTRACK_NEW_ROLE"


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom the provider vouches for."""

    issuer: str
    subject: str  #: unique at the issuer, and never given to somebody else
    name: str
    email: str | None = None

    @property
    def key(self) -> str:
        """Issuer and subject as the reviewer's row holds them.

        >>> Identity("https://id.example", "7", "Ada").key
        'https://id.example 7'
        """
        return f"{self.issuer} {self.subject}"


def signed_in(who: Identity, url: str | None = None) -> Desk:
    """The desk at `url` for somebody who signed in; a new reviewer, with the role for new ones, when nobody knows them.

    Name and address follow the provider's. Names never decide: two people called Ada are two reviewers, and neither is
    the Ada who gave her name on the command line.
    """
    engine = open_desk(url).engine
    nobody = Desk(engine)
    there = nobody.see(find, who)
    if there is None:
        there = nobody.do(find_or_add, who)
    return Desk(engine, there, IdentityBasis.SIGNED_IN)


def find(work: Work, who: Identity) -> UUID | None:
    """The reviewer of this identity, if name and address are as the provider says now."""
    same = Reviewer.subject == who.key, Reviewer.name == shown_name(who), Reviewer.email == who.email
    return work.session.exec(select(Reviewer.public_id).where(*same)).first()


def find_or_add(work: Work, who: Identity) -> UUID:
    """The reviewer of this identity, made or brought up to date."""
    there = work.session.exec(select(Reviewer).where(Reviewer.subject == who.key)).first()
    if there is not None:
        work.change("reviewer.renamed", there, {"name": shown_name(who), "email": who.email})
        return there.public_id
    row = Reviewer(
        name=shown_name(who),
        email=who.email,
        role=role_of_new(),
        identity_basis=IdentityBasis.SIGNED_IN,
        subject=who.key,
    )
    return work.add("reviewer.added", row).public_id


def shown_name(who: Identity) -> str:
    """The name on one line and of a length that fits a list; the address or the subject where there is none."""
    words = "".join(letter if letter.isprintable() else " " for letter in who.name or who.email or who.subject)
    return " ".join(words.split())[: limits.MAX_LABEL_CHARS]


def role_of_new() -> Role:
    """The role of somebody who signs in for the first time.

    Raises:
        RuleError: CLAIMTRACK_NEW_ROLE names no role, or lets anybody with an account be admin.
    """
    wanted = os.environ.get(ROLE_VARIABLE, Role.READER.value)
    allowed = [role.value for role in Role if role is not Role.ADMIN]
    if wanted not in allowed:
        raise RuleError(f"{ROLE_VARIABLE} is “{wanted}”; write one of {', '.join(allowed)}.")
    return Role(wanted)
