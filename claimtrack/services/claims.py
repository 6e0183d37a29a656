"""Claims: what is asserted, in the desk's words, with the statements that are its appearances."""

from collections.abc import Iterable
from uuid import UUID

from sqlmodel import select

from claimtrack.db.tables import Appearance, Claim, CrossReference, Line, Speaker, Statement, Story
from claimtrack.errors import RuleError
from claimtrack.services import decide, indexing
from claimtrack.services.desk import Work
from claimtrack.services.entry import Marked
from claimtrack.vocabulary import Attribution, Relation, Role


def make_claim(
    work: Work,
    text: str,
    *,
    statements: Iterable[UUID] = (),
    claimant: UUID | None = None,
    story: UUID | None = None,
) -> UUID:
    """A new claim with its appearances.

    Without a given claimant it is the speaker of the first appearance, unless a person found that those words were not
    said: the person misquoted is never the claimant.
    """
    work.require(Role.CHECKER)
    words = " ".join(text.split())
    if not words:
        raise RuleError("A claim needs words: say in a sentence what is asserted. Nothing was stored.")
    shown = [work.get(Statement, one) for one in statements]
    speaker = work.get(Speaker, claimant).key if claimant else default_claimant(shown)
    home = work.get(Story, story).key if story else None
    claim = work.add("claim.made", Claim(text=words, claimant_id=speaker, story_id=home))
    for row in shown:
        work.add("appearance.added", Appearance(claim_id=claim.key, statement_id=row.key))
    return claim.public_id


def default_claimant(appearances: list[Statement]) -> int | None:
    """Key of the speaker of the first appearance whose words a person did not find to be not said."""
    said = [row.speaker_id for row in appearances if row.attribution is not Attribution.NOT_SAID]
    return next((one for one in said if one is not None), None)


def edit_claim(work: Work, claim_id: UUID, seen: int, **changes: object) -> Claim:
    """Save other words, claimant (a speaker's public id), explanation or address of a claim."""
    work.require(Role.CHECKER)
    claim = work.get(Claim, claim_id)
    unknown = set(changes) - {"text", "claimant", "explanation", "first_made_on", "published_url", "due_at"}
    assert not unknown, f"a claim has no {unknown}"
    if "claimant" in changes:
        given = changes.pop("claimant")
        changes["claimant_id"] = work.get(Speaker, str(given)).key if given else None
    work.change("claim.changed", claim, changes, seen=seen)
    return claim


def add_appearance(
    work: Work, claim_id: UUID, statement_id: UUID, relation: Relation | None = None, note: str | None = None
) -> UUID:
    """Say that the statement makes the claim, or how else it stands to it; changes the relation when it is there."""
    work.require(Role.CHECKER)
    claim, row = work.get(Claim, claim_id), work.get(Statement, statement_id)
    query = select(Appearance).where(Appearance.claim_id == claim.key, Appearance.statement_id == row.key)
    there = work.session.exec(query).first()
    if there is not None:
        work.change("appearance.changed", there, {"relation": relation, "note": note})
        return there.public_id
    new = Appearance(claim_id=claim.key, statement_id=row.key, relation=relation, note=note)
    return work.add("appearance.added", new).public_id


def remove_appearance(work: Work, claim_id: UUID, statement_id: UUID) -> None:
    """Take a statement off a claim; the event keeps what stood there."""
    work.require(Role.CHECKER)
    claim, row = work.get(Claim, claim_id), work.get(Statement, statement_id)
    query = select(Appearance).where(Appearance.claim_id == claim.key, Appearance.statement_id == row.key)
    for appearance in work.session.exec(query).all():
        work.remove("appearance.removed", appearance)


def relate(work: Work, start: UUID, relation: Relation, end: UUID, note: str | None = None) -> UUID:
    """Say how one claim or statement stands to another ("this one denies that one")."""
    reviewer = work.require(Role.CHECKER)
    if start == end:
        raise RuleError("A claim or statement can't be cross-referenced to itself.")
    link = CrossReference(relation=relation, note=note, reviewer_id=reviewer.key)
    for side, public_id in (("from", start), ("to", end)):
        claim = work.session.exec(select(Claim).where(Claim.public_id == public_id)).first()
        row = claim or work.get(Statement, public_id)
        setattr(link, f"{side}_{'claim' if claim else 'statement'}_id", row.key)
    return work.add("cross_reference.added", link).public_id


def mark_line(work: Work, document_id: UUID, passages: Iterable[Marked], *, story: UUID | None = None) -> UUID:
    """Mark a passage of a document as a line to check, without a speaker.

    Raises:
        MismatchError: the words do not stand at their place in the newest saved copy.
    """
    reviewer = work.require(Role.CHECKER)
    from claimtrack.db.tables import Document

    document = work.get(Document, document_id)
    capture = decide.newest_capture(work, document)
    text = decide.stored_text(work, capture.key)
    marked = list(passages)
    wrong = [one for one in marked if not one.stands_in(text)]
    if not marked or wrong:
        raise decide.MismatchError(
            "The marked words do not stand at that place in the saved copy; reload and mark again."
        )
    line = Line(
        document_id=document.key,
        capture_id=capture.key,
        content=" ".join(one.words for one in marked),
        spans=[(one.span.start, one.span.end) for one in marked],
        start_offset=marked[0].span.start,
        end_offset=marked[-1].span.end,
        reviewer_id=reviewer.key,
        story_id=work.get(Story, story).key if story else None,
    )
    return work.add("line.marked", line).public_id


def judge_attribution(work: Work, statement_id: UUID, seen: int, attribution: Attribution | None) -> Statement:
    """A person's finding on whether the words are the speaker's: said, not said, out of context, unproven."""
    work.require(Role.CHECKER)
    row = work.get(Statement, statement_id)
    work.change("statement.attribution_judged", row, {"attribution": attribution}, seen=seen)
    indexing.index(work, row)
    return row
