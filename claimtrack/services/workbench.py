"""A claim with everything that belongs to it, and the lists that lead to one."""

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from claimtrack.db import tables
from claimtrack.reports.model import ReportClaim
from claimtrack.services import scales, verdicts
from claimtrack.services.desk import Work
from claimtrack.services.evidence import claim_or_line
from claimtrack.services.report_data import ReportReader
from claimtrack.vocabulary import CheckState, Reading


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the Claims page."""

    id: UUID
    text: str
    kind: str  #: claim, line
    claimant: str | None
    state: CheckState
    verdict: str | None  #: its label
    is_contested: bool
    appearances: int


@dataclass(frozen=True, slots=True)
class Bench:
    """A claim or line on the workbench."""

    claim: ReportClaim
    version: int
    next_reading: Reading
    scale: str
    ratings: tuple[scales.Rating, ...]
    points: tuple[tuple[str, str], ...]  #: key and label of the checklist's points
    is_hidden: bool = False  #: earlier readings are left out: the person reads blind, and has not read yet


def list_claims(work: Work, *, story: UUID | None = None) -> list[Row]:
    """Claims, then lines to check, the latest first."""
    home = work.get(tables.Story, story) if story else None
    claims = select(tables.Claim).order_by(col(tables.Claim.id).desc())
    lines = select(tables.Line).order_by(col(tables.Line.id).desc())
    if home is not None:
        claims = claims.where(tables.Claim.story_id == home.key)
        lines = lines.where(tables.Line.story_id == home.key)
    return [row_of(work, one) for one in (*work.session.exec(claims), *work.session.exec(lines))]


def row_of(work: Work, target: tables.Claim | tables.Line) -> Row:
    """A claim or line as lists show it."""
    label = None
    if target.scale_id is not None and target.verdict is not None:
        steps = scales.ratings(work.by_key(tables.Scale, target.scale_id))
        label = next((one.label for one in steps if one.key == target.verdict), target.verdict)
    if isinstance(target, tables.Line):
        return Row(target.public_id, target.content, "line", None, target.state, label, target.is_contested, 0)
    count = work.session.exec(
        select(func.count()).select_from(tables.Appearance).where(col(tables.Appearance.claim_id) == target.key)
    ).one()
    claimant = work.by_key(tables.Speaker, target.claimant_id).name if target.claimant_id else None
    return Row(target.public_id, target.text, "claim", claimant, target.state, label, target.is_contested, count)


def bench(work: Work, target_id: UUID) -> Bench:
    """A claim or line with appearances, evidence, reviews, decision, checklist and references."""
    from claimtrack.services.checklist import POINTS

    target = claim_or_line(work, target_id)
    standing = verdicts.reviews_on(work, target)
    rated = verdicts.first_scale(work, standing)
    name = rated.name if rated else scales.DEFAULT
    steps = scales.ratings(rated) if rated else [scales.Rating(*one) for one in scales.PRESETS[name]]
    claim, is_hidden = ReportReader(work).claim(target), verdicts.reads_blind_now(work, target, standing)
    return Bench(
        replace(claim, reviews=(), decision=None) if is_hidden else claim,
        target.version,
        verdicts.next_reading(target, standing),
        name,
        tuple(steps),
        tuple(POINTS.items()),
        is_hidden,
    )
