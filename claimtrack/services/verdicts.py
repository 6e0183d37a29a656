"""Reviews, the desk's decision, release, and what is done after it. State and verdict are separate.

open -> in_progress <-> waiting -> second_read -> sent_back | adjudication | ready -> released -> corrected | withdrawn.
The second reader is never the first. A desk of one may decide on its own; its reports are labelled "single reader".
"""

from uuid import UUID

from sqlmodel import col, select

from claimtrack.db.tables import Claim, Correction, Decision, Line, Review, Scale
from claimtrack.errors import RuleError
from claimtrack.services import checklist, house_rules, scales
from claimtrack.services.desk import Work, now
from claimtrack.services.evidence import claim_or_line
from claimtrack.vocabulary import CheckState, CorrectionKind, Reading, ReadingOutcome, Role

_RELEASED = (CheckState.RELEASED, CheckState.CORRECTED, CheckState.WITHDRAWN)


def review(
    work: Work,
    target_id: UUID,
    verdict: str | None,
    reasoning: str,
    *,
    scale: str | None = None,
    send_back: bool = False,
    is_blind: bool = False,
) -> UUID:
    """Record one person's verdict with its reasoning; which reading it is follows from those that stand.

    A second reader signs with a verdict or sends back; another verdict than the first reader's goes to adjudication.
    A checker may give the first reading; the others need a second reader.

    Raises:
        RuleError: no reasoning, the same person again, or a verdict that the scale does not have.
    """
    reviewer = work.require(Role.CHECKER)
    target = claim_or_line(work, target_id)
    standing = reviews_on(work, target)
    if target.state in _RELEASED:
        raise RuleError("This was released; correct or withdraw it instead of reviewing it again.")
    if not reasoning.strip():
        raise RuleError("A review needs its reasoning: say why, in a sentence or two. Nothing was stored.")
    reading = next_reading(target, standing)
    if reading is not Reading.FIRST:
        work.require(Role.SECOND_READER)
    if reading is not Reading.FIRST and any(one.reviewer_id == reviewer.id for one in this_round(standing)):
        raise RuleError(f"{reviewer.name} has read this already; the {reading.value} reading is for somebody else.")
    if verdict is None and not (send_back and reading is Reading.SECOND):
        raise RuleError("A review needs a verdict; only a second reader may send back without one.")
    chosen = first_scale(work, standing) or scales.scale_named(work, scale)
    key = scales.check_verdict(chosen, verdict) if verdict else None
    outcome = None
    if reading is Reading.SECOND:
        outcome = ReadingOutcome.SENT_BACK if send_back else ReadingOutcome.SIGNED
    row = Review(
        reviewer_id=reviewer.key,
        reading=reading,
        outcome=outcome,
        is_blind=is_blind or (reading is Reading.SECOND and house_rules.reads_blind(work)),
        scale_id=chosen.key if key else None,
        verdict=key,
        reasoning=reasoning.strip(),
        claim_id=target.key if isinstance(target, Claim) else None,
        line_id=target.key if isinstance(target, Line) else None,
    )
    work.add("review.recorded", row)
    set_state(work, target, state_after(row, standing))
    return row.public_id


def next_reading(target: Claim | Line, standing: list[Review]) -> Reading:
    """Which reading comes next."""
    if target.state is CheckState.ADJUDICATION:
        return Reading.ADJUDICATION
    is_read = any(one.reading is Reading.FIRST for one in standing) and target.state is not CheckState.SENT_BACK
    return Reading.SECOND if is_read else Reading.FIRST


def reads_blind_now(work: Work, target: Claim | Line, standing: list[Review]) -> bool:
    """Whether the earlier readings are to be kept from the person who acts: the desk reads blind, theirs is missing."""
    if next_reading(target, standing) is not Reading.SECOND or not house_rules.reads_blind(work):
        return False
    me = work.reviewer.id if work.reviewer else None
    return all(one.reviewer_id != me for one in this_round(standing))


def this_round(standing: list[Review]) -> list[Review]:
    """The readings since the newest first one: what was sent back is read anew, by the same people if need be."""
    firsts = [place for place, one in enumerate(standing) if one.reading is Reading.FIRST]
    return standing[firsts[-1] :] if firsts else standing


def state_after(review: Review, earlier: list[Review]) -> CheckState:
    """Where the item stands after this review."""
    if review.reading is Reading.FIRST:
        return CheckState.SECOND_READ
    if review.outcome is ReadingOutcome.SENT_BACK:
        return CheckState.SENT_BACK
    first = [one.verdict for one in earlier if one.reading is Reading.FIRST]
    if review.reading is Reading.SECOND and first and first[-1] != review.verdict:
        return CheckState.ADJUDICATION
    return CheckState.READY


def first_scale(work: Work, standing: list[Review]) -> Scale | None:
    """The scale on which the first reader rated: one item is rated on one scale."""
    rated = [one.scale_id for one in standing if one.scale_id is not None]
    return work.by_key(Scale, rated[0]) if rated else None


def reviews_on(work: Work, target: Claim | Line) -> list[Review]:
    """The reviews that stand, the oldest first."""
    column = Review.claim_id if isinstance(target, Claim) else Review.line_id
    query = select(Review).where(col(column) == target.key, col(Review.voided_at).is_(None))
    return list(work.session.exec(query.order_by(col(Review.id))))


def decide_verdict(work: Work, target_id: UUID, verdict: str, reasoning: str, *, scale: str | None = None) -> UUID:
    """The desk's verdict, with the reasoning that reports print; the item is ready for release then.

    Raises:
        RuleError: nobody has reviewed it, or it waits for adjudication.
    """
    reviewer = work.require(Role.SECOND_READER)
    target = claim_or_line(work, target_id)
    standing = reviews_on(work, target)
    if not standing:
        raise RuleError("Nobody has reviewed this yet: record a review with its reasoning first.")
    if target.state is CheckState.ADJUDICATION:
        raise RuleError("First and second reader disagree; somebody else has to adjudicate first.")
    if not reasoning.strip():
        raise RuleError("A decision needs the reasoning that its report prints; nothing was stored.")
    edition = first_scale(work, standing) or scales.scale_named(work, scale)
    key = scales.check_verdict(edition, verdict)
    for earlier in decisions_on(work, target):
        work.change("decision.replaced", earlier, {"voided_at": now()})
    row = Decision(
        reviewer_id=reviewer.key,
        scale_id=edition.key,
        verdict=key,
        reasoning=reasoning.strip(),
        reader_count=len({one.reviewer_id for one in standing} | {reviewer.key}),
        claim_id=target.key if isinstance(target, Claim) else None,
        line_id=target.key if isinstance(target, Line) else None,
    )
    work.add("decision.made", row)
    state = target.state if target.state in _RELEASED else CheckState.READY
    changes = {
        "verdict": key,
        "scale_id": edition.key,
        "state": state,
        "is_contested": False,
        "waiting_for": None,
    }
    work.change(f"{kind(target)}.decided", target, changes)
    return row.public_id


def decisions_on(work: Work, target: Claim | Line) -> list[Decision]:
    """The decisions that stand; one at most."""
    column = Decision.claim_id if isinstance(target, Claim) else Decision.line_id
    query = select(Decision).where(col(column) == target.key, col(Decision.voided_at).is_(None))
    return list(work.session.exec(query.order_by(col(Decision.id))))


def release(work: Work, target_id: UUID) -> None:
    """Let the verdict be printed.

    Raises:
        RuleError: there is no decision, somebody reads it still, it was released already, or the checklist has open
            points that no editor waived; all are named.
    """
    work.require(Role.EDITOR)
    target = claim_or_line(work, target_id)
    if not decisions_on(work, target):
        raise RuleError("There is no decision to release; give the desk's verdict first.")
    if target.state not in {CheckState.READY, CheckState.WITHDRAWN}:
        raise RuleError(f"Only what is ready can be released; this is {target.state.value.replace('_', ' ')}.")
    missing = [item.label for item in checklist.items(work, target) if item.is_missing]
    if missing:
        raise RuleError(f"Not released: {'; '.join(missing)}. Do it, or let an editor waive the point with a reason.")
    work.change(f"{kind(target)}.released", target, {"state": CheckState.RELEASED, "released_at": now()})


def correct(work: Work, target_id: UUID, reason: str, *, withdraw: bool = False, former: str | None = None) -> UUID:
    """Say after release what was wrong, or take it back; the reason stands in every report from then on."""
    reviewer = work.require(Role.EDITOR)
    target = claim_or_line(work, target_id)
    if target.state not in _RELEASED:
        raise RuleError("Only what was released can be corrected or withdrawn; edit it instead.")
    if not reason.strip():
        raise RuleError("A correction needs its reason, as readers will see it; nothing was stored.")
    row = Correction(
        kind=CorrectionKind.WITHDRAWN if withdraw else CorrectionKind.CORRECTED,
        reason=reason.strip(),
        former=former,
        reviewer_id=reviewer.key,
        claim_id=target.key if isinstance(target, Claim) else None,
        line_id=target.key if isinstance(target, Line) else None,
    )
    work.add("correction.made", row)
    set_state(work, target, CheckState.WITHDRAWN if withdraw else CheckState.CORRECTED)
    return row.public_id


def set_state(work: Work, target: Claim | Line, state: CheckState) -> None:
    """Move an item on; nothing happens when it stands there."""
    if target.state is not state:
        work.change(f"{kind(target)}.moved", target, {"state": state, "waiting_for": None})


def kind(target: Claim | Line) -> str:
    """What the log calls it."""
    return "claim" if isinstance(target, Claim) else "line"
