"""Cross-references of one claim or statement, read from both of its sides."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select

from claimtrack.db.tables import Claim, CrossReference, Reviewer, Statement
from claimtrack.errors import RuleError
from claimtrack.services.desk import Work, now
from claimtrack.vocabulary import Relation, Role


@dataclass(frozen=True, slots=True)
class Reference:
    """How one item stands to another."""

    id: UUID
    relation: Relation
    is_outgoing: bool  #: True: this item stands so to the other; False: the other stands so to this one
    other: UUID
    kind: str  #: claim, statement
    words: str
    note: str | None
    by: str


def of(work: Work, public_id: UUID) -> list[Reference]:
    """The cross-references that stand, the oldest first; [] for a line, which has none."""
    claim = work.session.exec(select(Claim).where(Claim.public_id == public_id)).first()
    row = claim or work.session.exec(select(Statement).where(Statement.public_id == public_id)).first()
    if row is None:
        return []
    kind = "claim" if claim else "statement"
    found = []
    for mine, other in (("from", "to"), ("to", "from")):
        query = select(CrossReference).where(
            getattr(CrossReference, f"{mine}_{kind}_id") == row.key, col(CrossReference.voided_at).is_(None)
        )
        found += [(link.key, _reference(work, link, other)) for link in work.session.exec(query)]
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


def take_back(work: Work, reference_id: UUID) -> None:
    """A cross-reference that does not hold; it stays in the log."""
    work.require(Role.CHECKER)
    row = work.get(CrossReference, reference_id)
    if row.voided_at is not None:
        raise RuleError("This cross-reference was taken back already.")
    work.change("cross_reference.taken_back", row, {"voided_at": now()})


def _reference(work: Work, link: CrossReference, other: str) -> Reference:
    claim_key, statement_key = getattr(link, f"{other}_claim_id"), getattr(link, f"{other}_statement_id")
    there = work.by_key(Claim, claim_key) if claim_key is not None else work.by_key(Statement, statement_key)
    return Reference(
        link.public_id,
        link.relation,
        other == "to",
        there.public_id,
        "claim" if isinstance(there, Claim) else "statement",
        there.text if isinstance(there, Claim) else there.content,
        link.note,
        work.by_key(Reviewer, link.reviewer_id).name,
    )
