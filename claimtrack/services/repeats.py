"""Possible repeats: found by the machine, judged by people, grouped anew whenever either changes.

Candidates and clusters are derived: they can be computed again at will and enter the log only through the judgements.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import cast
from uuid import UUID

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select, update
from sqlmodel.sql.expression import SelectOfScalar

from claimtrack.db.queries.fingerprints import StoredFingerprints
from claimtrack.db.tables import Candidate, Cluster, Document, Judgement, Reviewer, Statement, Story, StoryDocument
from claimtrack.errors import RuleError
from claimtrack.match.clusters import cluster
from claimtrack.match.compare import Comparison, Outcome, Utterance, compare
from claimtrack.match.fingerprints import fingerprints
from claimtrack.match.index import find_candidates
from claimtrack.match.normalise import NORMALISER_VERSION, normalise
from claimtrack.services import indexing
from claimtrack.services.desk import Work, now
from claimtrack.vocabulary import JudgementOutcome, Role, StatementState

#: Statements of one wording that a new one is compared with: the first by key, so that import order does not matter
#: beyond it; a sentence printed more often than this is boilerplate or is in a cluster already.
MAX_PRINTS = 60


def find_repeats(work: Work, rows: Iterable[Statement]) -> int:
    """Compare statements with those that share rare words with them; how many pairs are candidates now.

    Cost: about a millisecond a statement, whatever the size of the database, and the comparison of its candidates.
    """
    store, found, touched = StoredFingerprints(work.session), 0, set[int]()
    for row in rows:
        if row.state is StatementState.REJECTED:
            continue
        wordings = set(find_candidates(fingerprints(normalise(row.content)), store)) | {row.text_hash}
        for other in prints_of(work, wordings, row):
            found += suggest(work, row, other)
            touched |= {row.key, other.key}
    work.session.flush()
    regroup(work, touched)
    return found


def prints_of(work: Work, wordings: set[int | None], row: Statement) -> list[Statement]:
    """The statements that print one of these wordings, without `row` itself."""
    query = select(Statement).where(
        col(Statement.text_hash).in_([one for one in wordings if one is not None]),
        Statement.id != row.id,
        Statement.state != StatementState.REJECTED,
    )
    by_wording: defaultdict[int | None, list[Statement]] = defaultdict(list)
    for other in work.session.exec(query.order_by(col(Statement.id))):
        if len(by_wording[other.text_hash]) < MAX_PRINTS:
            by_wording[other.text_hash].append(other)
    return [other for prints in by_wording.values() for other in prints]


def suggest(work: Work, one: Statement, other: Statement) -> bool:
    """Store what the guards say about a pair, when it is worth a look."""
    a, b = sorted((one, other), key=lambda row: row.key)
    result = compare(utterance(a), utterance(b))
    if result.outcome is Outcome.DIFFERENT and not result.is_turned_down:
        return False
    there = work.session.exec(select(Candidate).where(Candidate.a_id == a.key, Candidate.b_id == b.key)).first()
    pair = there or Candidate(a_id=a.key, b_id=b.key, outcome="", score=0.0, normaliser_version=0)
    pair.outcome, pair.score, pair.reasons = result.outcome.value, result.score, list(result.reasons)
    pair.normaliser_version = NORMALISER_VERSION
    work.session.add(pair)
    return there is None


def utterance(row: Statement) -> Utterance:
    """The statement as the comparison reads it; a date that only the article gives tells nothing about the occasion."""
    from claimtrack.attribution import DateBasis

    day = indexing.said_on(row) if indexing.date_basis(row) is DateBasis.TEXT else None
    return Utterance(row.content, row.speaker_name, day, row.occasion)


@dataclass(frozen=True, slots=True)
class Print:
    """Where one of a pair stands."""

    words: str
    speaker: str | None
    publisher: str | None
    published_on: date | None
    said_on: str | None  #: the date in force, where the text gives it


@dataclass(frozen=True, slots=True)
class Pair:
    """One pair on the duplicates desk; `prints` are those of `a` and `b`."""

    a: Statement
    b: Statement
    prints: tuple[Print, Print]
    outcome: str
    score: float
    reasons: tuple[str, ...]
    judgement: Judgement | None


def list_pairs(work: Work, *, story: UUID | None = None, outcome: str | None = None, limit: int = 50) -> list[Pair]:
    """Pairs that nobody judged, the likeliest first; those that a guard turned down come last."""
    query = select(Candidate).where(col(Candidate.is_open).is_(True))
    if outcome is not None:
        query = query.where(Candidate.outcome == outcome)
    if story is not None:
        query = query.where(col(Candidate.a_id).in_(_in_story(story)) | col(Candidate.b_id).in_(_in_story(story)))
    order = (col(Candidate.outcome).desc(), col(Candidate.score).desc(), col(Candidate.id))
    return [_pair(work, row) for row in work.session.exec(query.order_by(*order).limit(limit))]


def pairs_of(work: Work, statement_id: UUID) -> list[Pair]:
    """All pairs that a statement is in, judged ones included."""
    row = work.get(Statement, statement_id)
    query = select(Candidate).where((col(Candidate.a_id) == row.key) | (col(Candidate.b_id) == row.key))
    return [
        _pair(work, one) for one in work.session.exec(query.order_by(col(Candidate.score).desc(), col(Candidate.id)))
    ]


def _pair(work: Work, row: Candidate) -> Pair:
    standing = standing_judgement(work, row.a_id, row.b_id)
    a, b = work.by_key(Statement, row.a_id), work.by_key(Statement, row.b_id)
    return Pair(a, b, (print_of(work, a), print_of(work, b)), row.outcome, row.score, tuple(row.reasons), standing)


def print_of(work: Work, row: Statement) -> Print:
    """Where a statement stands, for somebody who compares it with another."""
    document = work.by_key(Document, row.document_id)
    return Print(row.content, row.speaker_name, document.publisher, document.published_on, utterance(row).said_on)


def _in_story(story: UUID) -> SelectOfScalar[int]:
    """Keys of the story's statements."""
    within = select(StoryDocument.document_id).join(Story, col(Story.id) == StoryDocument.story_id)
    mine = col(Statement.document_id).in_(within.where(Story.public_id == story))
    return cast("SelectOfScalar[int]", select(Statement.id).where(mine))


def judge(work: Work, one: UUID, other: UUID, outcome: JudgementOutcome, note: str | None = None) -> UUID:
    """Record a person's finding on a pair; an earlier one is voided, never deleted. Clusters follow at once."""
    reviewer = work.require(Role.CHECKER)
    a, b = sorted((work.get(Statement, one), work.get(Statement, other)), key=lambda row: row.key)
    if a.id == b.id:
        raise RuleError("A statement can't be judged against itself.")
    standing = standing_judgement(work, a.key, b.key)
    if standing is not None:
        work.change("judgement.voided", standing, {"voided_at": now()})
    result = compare(utterance(a), utterance(b))
    row = Judgement(
        a_id=a.key,
        b_id=b.key,
        outcome=outcome,
        reviewer_id=reviewer.key,
        score=result.score,
        reasons=list(result.reasons),
        note=note,
    )
    work.add("judgement.given", row)
    _set_open(work, a.key, b.key, is_open=False)
    regroup(work, {a.key, b.key})
    return row.public_id


def void(work: Work, judgement_id: UUID) -> None:
    """Take a judgement back; the pair returns to the desk and the clusters are computed without it."""
    work.require(Role.CHECKER)
    row = work.get(Judgement, judgement_id)
    if row.voided_at is not None:
        raise RuleError("This judgement was taken back already.")
    work.change("judgement.voided", row, {"voided_at": now()})
    after_void(work, row)


def after_void(work: Work, row: Judgement) -> None:
    """Let the pair return to the desk and compute its clusters anew."""
    _set_open(work, row.a_id, row.b_id, is_open=standing_judgement(work, row.a_id, row.b_id) is None)
    regroup(work, {row.a_id, row.b_id})


def standing_judgement(work: Work, a: int, b: int) -> Judgement | None:
    """The finding on a pair that stands."""
    query = select(Judgement).where(Judgement.a_id == a, Judgement.b_id == b, col(Judgement.voided_at).is_(None))
    return work.session.exec(query).first()


def _set_open(work: Work, a: int, b: int, *, is_open: bool) -> None:
    for row in work.session.exec(select(Candidate).where(Candidate.a_id == a, Candidate.b_id == b)):
        row.is_open = is_open
    work.session.flush()


def regroup(work: Work, keys: Iterable[int]) -> None:
    """Compute the clusters of these statements, and of all that hang together with them, anew."""
    members = component(work, set(keys))
    if not members:
        return
    rows = {row.key: row for row in work.session.exec(select(Statement).where(col(Statement.id).in_(members)))}
    old = {row.cluster_id for row in rows.values()} - {None}
    for row in rows.values():
        row.cluster_id = row.folded_into_id = None
        row.outlet_count = 1
    work.session.flush()
    _drop(work, old)
    for group in groups(work, rows):
        _store(work, [rows[key] for key in group])
    _flag(work, rows)


def component(work: Work, keys: set[int]) -> set[int]:
    """The statements that hang together with these by suggestions or judgements."""
    found, fresh = set(keys), set(keys)
    while fresh:
        linked = set[int]()
        for table in (Candidate, Judgement):
            touches: ColumnElement[bool] = or_(col(table.a_id).in_(fresh), col(table.b_id).in_(fresh))
            for pair in work.session.exec(select(table.a_id, table.b_id).where(touches)):
                linked.update(pair)
        fresh = linked - found
        found |= fresh
    return found


def groups(work: Work, rows: Mapping[int, Statement]) -> list[list[int]]:
    """Clusters of the statements: suggestions called same, and what people judged."""
    inside = set(rows)
    pairs = [
        one
        for one in work.session.exec(select(Candidate).where(col(Candidate.a_id).in_(inside)))
        if one.outcome == Outcome.SAME.value and one.b_id in inside
    ]
    judged = work.session.exec(
        select(Judgement).where(col(Judgement.a_id).in_(inside), col(Judgement.voided_at).is_(None))
    ).all()
    settled = {(one.a_id, one.b_id) for one in judged}

    @cache
    def relation(one: int, other: int) -> Comparison:
        return compare(utterance(rows[one]), utterance(rows[other]))

    apart = (JudgementOutcome.DIFFERENT, JudgementOutcome.SAID_AGAIN)
    return cluster(
        {key: (row.text_hash or 0, row.speaker_sort, row.key) for key, row in rows.items()},
        [(one.score, one.a_id, one.b_id) for one in pairs if (one.a_id, one.b_id) not in settled],
        relation,
        [(one.a_id, one.b_id) for one in judged if one.outcome is JudgementOutcome.SAME and one.b_id in inside],
        [(one.a_id, one.b_id) for one in judged if one.outcome in apart and one.b_id in inside],
    )


def _drop(work: Work, clusters: Iterable[int | None]) -> None:
    for key in clusters:
        used = work.session.exec(select(Statement.id).where(Statement.cluster_id == key)).first()
        if key is not None and used is None:
            work.session.delete(work.by_key(Cluster, key))
    work.session.flush()


def _store(work: Work, rows: list[Statement]) -> None:
    """One cluster: the print that came first stands for it, the others are folded into its row."""
    documents = {row.document_id: work.by_key(Document, row.document_id) for row in rows}
    first = min(rows, key=lambda row: (str(documents[row.document_id].published_on or "9999"), row.key))
    outlets = len({documents[row.document_id].publisher or row.document_id for row in rows})
    made = Cluster(size=len(rows), outlet_count=outlets)
    work.session.add(made)
    work.session.flush()
    for row in rows:
        row.cluster_id, row.outlet_count = made.key, outlets
        row.folded_into_id = None if row is first else first.key
    work.session.flush()


def _flag(work: Work, rows: Mapping[int, Statement]) -> None:
    """Which statements have pairs that nobody judged, and how many near-misses stand beside each cluster."""
    query = select(Candidate).where(col(Candidate.a_id).in_(rows) | col(Candidate.b_id).in_(rows))
    pairs = work.session.exec(query).all()
    open_now = {key for pair in pairs if pair.is_open for key in (pair.a_id, pair.b_id)}
    differing: defaultdict[int, set[int]] = defaultdict(set)
    for pair in pairs:
        if pair.outcome == Outcome.DIFFERENT.value:
            for here, there in ((pair.a_id, pair.b_id), (pair.b_id, pair.a_id)):
                row = rows.get(here)
                if row is not None and row.cluster_id is not None:
                    differing[row.cluster_id].add(there)
    for key, row in rows.items():
        row.has_candidates = key in open_now
    work.session.flush()
    for cluster_key in {row.cluster_id for row in rows.values() if row.cluster_id is not None}:
        count = len(differing[cluster_key])
        work.session.exec(update(Cluster).where(col(Cluster.id) == cluster_key).values(differing_count=count))


@dataclass(frozen=True, slots=True)
class Judged:
    """One finding as the Repeats page lists it."""

    id: UUID
    a: Statement
    b: Statement
    outcome: JudgementOutcome
    by: str


def list_judgements(work: Work, limit: int = 50) -> list[Judged]:
    """The findings that stand, the newest first."""
    query = select(Judgement).where(col(Judgement.voided_at).is_(None)).order_by(col(Judgement.id).desc()).limit(limit)
    return [
        Judged(
            row.public_id,
            work.by_key(Statement, row.a_id),
            work.by_key(Statement, row.b_id),
            row.outcome,
            work.by_key(Reviewer, row.reviewer_id).name,
        )
        for row in work.session.exec(query)
    ]
