"""What has to be done before something is released; an editor may waive a point, with a reason."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select

from claimtrack.db.tables import Appearance, Claim, Contact, Evidence, Line, Review, Reviewer, Statement, Waiver
from claimtrack.errors import RuleError
from claimtrack.services.desk import Work
from claimtrack.services.evidence import claim_or_line, evidence_on
from claimtrack.vocabulary import EvidenceRank, Independence, Role, StatementState

#: States in which a person has confirmed that the page prints a statement so.
CHECKED = frozenset({StatementState.AS_PRINTED, StatementState.FIXED})

#: key -> what has to be true, as screens and reports say it.
POINTS = {
    "sources": "a primary source, or two independent ones",
    "right_of_reply": "the person or body concerned was asked for an answer",
    "quotations": "every quotation was checked by a person",
    "second_reader": "somebody else has read it",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One point of the checklist."""

    key: str
    label: str
    is_done: bool
    waived_by: str | None = None
    reason: str | None = None

    @property
    def is_missing(self) -> bool:
        """Neither done nor waived."""
        return not self.is_done and self.waived_by is None


def items(work: Work, target: Claim | Line) -> list[Item]:
    """The points of the checklist for a claim or line, in a fixed order."""
    done = {
        "sources": has_sources(work, target),
        "right_of_reply": was_asked(work, target),
        "quotations": are_checked(work, target),
        "second_reader": readers(work, target) > 1,
    }
    return listed(done, _waivers(work, target), lambda key: work.by_key(Reviewer, key).name)


def listed(done: Mapping[str, bool], waivers: Iterable[Waiver], name: Callable[[int], str]) -> list[Item]:
    """The points, which are done and which were waived by whom; `name` tells a reviewer's."""
    waived = {waiver.item: waiver for waiver in waivers}
    return [
        Item(
            key,
            label,
            done[key],
            name(waived[key].reviewer_id) if key in waived else None,
            waived[key].reason if key in waived else None,
        )
        for key, label in POINTS.items()
    ]


def waive(work: Work, target_id: UUID, point: str, reason: str) -> UUID:
    """Let one point pass, for a reason that every report shows to editors."""
    reviewer = work.require(Role.EDITOR)
    target = claim_or_line(work, target_id)
    if point not in POINTS:
        raise RuleError(f"“{point}” is no point of the checklist; those are {', '.join(POINTS)}.")
    if not reason.strip():
        raise RuleError("A waiver needs a reason; nothing was stored.")
    row = Waiver(
        item=point,
        reason=reason.strip(),
        reviewer_id=reviewer.key,
        claim_id=target.key if isinstance(target, Claim) else None,
        line_id=target.key if isinstance(target, Line) else None,
    )
    return work.add("waiver.given", row).public_id


def has_sources(work: Work, target: Claim | Line) -> bool:
    """A primary source, or two that do not carry the same copy."""
    return are_enough(evidence_on(work, target))


def are_enough(found: Sequence[Evidence]) -> bool:
    """The same of evidence that was read already."""
    if any(one.rank is EvidenceRank.PRIMARY for one in found):
        return True
    shared = {one.shared_with or "" for one in found if one.independence is Independence.SHARED}
    alone = [one for one in found if one.independence is Independence.INDEPENDENT]
    return len(alone) + len(shared) >= 2


def was_asked(work: Work, target: Claim | Line) -> bool:
    """Whether the right of reply was given."""
    column = Contact.claim_id if isinstance(target, Claim) else Contact.line_id
    asked = select(Contact.id).where(
        col(column) == target.key, col(Contact.is_right_of_reply).is_(True), col(Contact.voided_at).is_(None)
    )
    return work.session.exec(asked).first() is not None


def are_checked(work: Work, target: Claim | Line) -> bool:
    """Whether a person confirmed that every appearance is printed so; a line has none."""
    if isinstance(target, Line):
        return True
    states = work.session.exec(
        select(Statement.state)
        .join(Appearance, col(Appearance.statement_id) == Statement.id)
        .where(Appearance.claim_id == target.key)
    ).all()
    return all(state in CHECKED for state in states)


def readers(work: Work, target: Claim | Line) -> int:
    """How many different people reviewed it."""
    column = Review.claim_id if isinstance(target, Claim) else Review.line_id
    query = select(Review.reviewer_id).where(col(column) == target.key, col(Review.voided_at).is_(None)).distinct()
    return len(work.session.exec(query).all())


def _waivers(work: Work, target: Claim | Line) -> list[Waiver]:
    column = Waiver.claim_id if isinstance(target, Claim) else Waiver.line_id
    return list(work.session.exec(select(Waiver).where(col(column) == target.key, col(Waiver.voided_at).is_(None))))
