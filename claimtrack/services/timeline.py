"""What one speaker said over the years, on one matter if wanted, with what contradicts it.

A contradiction is marked where a person said so (a cross-reference, between statements or between the claims that they
are appearances of), and as possible where nearly the same words exclude each other: a negation more, another number,
the opposite. A person who judges such a pair "different" says that the words are not the same, not that one is false.
Statements that a person found to be not said are left out.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import col, or_, select

from claimtrack.attribution import DateBasis
from claimtrack.db import search, tables
from claimtrack.db.bulk import chunks
from claimtrack.match.compare import compare
from claimtrack.services import indexing, repeats
from claimtrack.services.desk import Work
from claimtrack.services.people import standing
from claimtrack.vocabulary import Attribution, JudgementOutcome, Relation, StatementState

#: Relations that say of two statements that both can't stand.
AGAINST = (Relation.CONTRADICTS, Relation.DENIES, Relation.CORRECTS)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Another statement or claim that goes against this one."""

    id: UUID
    kind: str  #: statement, claim
    words: str
    who: str | None
    why: str  #: the relation in words, or the guards' reasons
    is_by_person: bool  #: False: possible, nobody judged


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement on the timeline."""

    id: UUID
    words: str
    said_on: str | None  #: EDTF; None: the day is open
    is_day_of_report: bool  #: True: `said_on` is only when it was printed
    sort_day: date | None
    publisher: str | None
    title: str | None
    outlets: int
    is_reviewed: bool
    contradictions: tuple[Contradiction, ...]


def of_speaker(
    work: Work, speaker_id: UUID, *, matter: str = "", story: UUID | None = None, limit: int = 300
) -> list[Entry]:
    """Statements of the speaker and of those merged into it, the oldest first; repeats in one row.

    `matter` is searched in the words; `limit` bounds the statements that are read.
    """
    speaker = standing(work, work.get(tables.Speaker, speaker_id))
    names = select(tables.Speaker.id).where(
        or_(col(tables.Speaker.id) == speaker.key, col(tables.Speaker.merged_into_id) == speaker.key)
    )
    query = (
        select(tables.Statement, tables.Document)
        .join(tables.Document, col(tables.Document.id) == tables.Statement.document_id)
        .where(
            col(tables.Statement.speaker_id).in_(names),
            col(tables.Statement.state) != StatementState.REJECTED,
            or_(
                col(tables.Statement.attribution).is_(None),
                col(tables.Statement.attribution) != Attribution.NOT_SAID,
            ),
            col(tables.Statement.folded_into_id).is_(None),
        )
    )
    if story is not None:
        home = work.get(tables.Story, story)
        within = select(tables.StoryDocument.document_id).where(tables.StoryDocument.story_id == home.key)
        query = query.where(col(tables.Statement.document_id).in_(within))
    terms = search.parse(matter)
    if terms:
        query = query.where(search.matches(work.session, terms))
    rows = work.session.exec(query.order_by(col(tables.Statement.id)).limit(limit)).all()
    against = contradictions(work, [row.key for row, _ in rows])
    entries = [_entry(row, document, tuple(against[row.key])) for row, document in rows]
    return sorted(entries, key=lambda one: (one.sort_day is None, one.sort_day or date.max, str(one.id)))


def _entry(row: tables.Statement, document: tables.Document, against: tuple[Contradiction, ...]) -> Entry:
    day = indexing.said_on(row)
    is_reported = day is None or (not row.is_date_overridden and row.date_basis is DateBasis.ARTICLE)
    return Entry(
        row.public_id,
        row.content,
        day,
        is_reported,
        row.said_from or document.published_on,
        document.publisher,
        document.title,
        row.outlet_count,
        row.state in {StatementState.AS_PRINTED, StatementState.FIXED},
        against,
    )


def contradictions(work: Work, keys: list[int]) -> defaultdict[int, list[Contradiction]]:
    """What goes against each of these statements, by key: what people said first, then what is possible."""
    found: defaultdict[int, list[Contradiction]] = defaultdict(list)
    for key, one in (*_between_statements(work, keys), *_between_claims(work, keys), *_turned_down(work, keys)):
        if all(one.id != other.id for other in found[key]):
            found[key].append(one)
    return found


def _between_statements(work: Work, keys: list[int]) -> list[tuple[int, Contradiction]]:
    link = tables.CrossReference
    rows = work.session.exec(
        select(link).where(
            col(link.relation).in_(AGAINST),
            col(link.voided_at).is_(None),
            or_(col(link.from_statement_id).in_(keys), col(link.to_statement_id).in_(keys)),
        )
    )
    found = []
    for row in rows:
        if row.from_statement_id in keys:
            found.append((row.from_statement_id, _end(work, row, "to", row.relation.value)))
        if row.to_statement_id in keys:
            found.append((row.to_statement_id, _end(work, row, "from", _TURNED[row.relation])))
    return found


#: A relation as its other end reads it.
_TURNED = {
    Relation.CONTRADICTS: "contradicted by",
    Relation.DENIES: "denied by",
    Relation.CORRECTS: "corrected by",
}


def _end(work: Work, link: tables.CrossReference, side: str, why: str) -> Contradiction:
    claim_key, statement_key = getattr(link, f"{side}_claim_id"), getattr(link, f"{side}_statement_id")
    if claim_key is not None:
        claim = work.by_key(tables.Claim, claim_key)
        return Contradiction(claim.public_id, "claim", claim.text, None, why, is_by_person=True)
    return _statement(work.by_key(tables.Statement, statement_key), why, is_by_person=True)


def _statement(row: tables.Statement, why: str, *, is_by_person: bool) -> Contradiction:
    return Contradiction(row.public_id, "statement", row.content, row.speaker_name, why, is_by_person=is_by_person)


def _between_claims(work: Work, keys: list[int]) -> list[tuple[int, Contradiction]]:
    """Claims that go against a claim of which the statement is an appearance."""
    link, appearance = tables.CrossReference, tables.Appearance
    found = []
    for mine, other, turned in (("from", "to", False), ("to", "from", True)):
        rows = work.session.exec(
            select(appearance.statement_id, link)
            .join(link, getattr(link, f"{mine}_claim_id") == appearance.claim_id)
            .where(
                col(appearance.statement_id).in_(keys),
                col(link.relation).in_(AGAINST),
                col(link.voided_at).is_(None),
            )
        )
        for key, row in rows:
            found.append((key, _end(work, row, other, _TURNED[row.relation] if turned else row.relation.value)))
    return found


def _turned_down(work: Work, keys: list[int]) -> list[tuple[int, Contradiction]]:
    """Nearly the same words of which only one can be true, and that nobody called the same."""
    pair = tables.Candidate
    rows = work.session.exec(
        select(pair).where(pair.outcome == "different", or_(col(pair.a_id).in_(keys), col(pair.b_id).in_(keys)))
    ).all()
    both = {key for row in rows for key in (row.a_id, row.b_id)}
    said = {one.key: one for some in chunks(both) for one in repeats.said_by(work, col(tables.Statement.id).in_(some))}
    found = []
    for row in rows:
        if not compare(said[row.a_id].utterance, said[row.b_id].utterance).is_opposed:
            continue  # another name, another clip, a doubt: not the same words, and no contradiction
        if _judgement(work, row) in {JudgementOutcome.SAME, JudgementOutcome.SAID_AGAIN}:
            continue
        why = "; ".join(row.reasons)
        for mine, other in ((row.a_id, row.b_id), (row.b_id, row.a_id)):
            if mine in keys:
                found.append((mine, _statement(work.by_key(tables.Statement, other), why, is_by_person=False)))
    return found


def _judgement(work: Work, pair: tables.Candidate) -> JudgementOutcome | None:
    standing = repeats.standing_judgement(work, pair.a_id, pair.b_id)
    return standing.outcome if standing else None
