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

from sqlalchemy import ColumnElement, delete, or_, update
from sqlalchemy import select as sql_select
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from claimtrack.attribution import DateBasis
from claimtrack.db.queries.fingerprints import StoredFingerprints
from claimtrack.db.tables import Candidate, Cluster, Document, Judgement, Reviewer, Statement, Story, StoryDocument
from claimtrack.errors import RuleError
from claimtrack.match.clusters import cluster
from claimtrack.match.compare import Comparison, Outcome, Utterance, compare
from claimtrack.match.fingerprints import fingerprints
from claimtrack.match.index import find_candidates
from claimtrack.match.normalise import NORMALISER_VERSION
from claimtrack.services.desk import Work, now
from claimtrack.vocabulary import JudgementOutcome, Role, StatementState

#: Statements of one wording that a new one is compared with: the first by key, so that import order does not matter
#: beyond it; a sentence printed more often than this is boilerplate or is in a cluster already.
MAX_PRINTS = 60


@dataclass(frozen=True, slots=True)
class Said:
    """What the comparison reads of a statement: a fraction of its row, since a repeat is compared with many."""

    key: int
    text_hash: int | None
    speaker_sort: str
    utterance: Utterance


_SAID = (
    col(Statement.id),
    col(Statement.text_hash),
    col(Statement.speaker_sort),
    col(Statement.content),
    col(Statement.speaker_name),
    col(Statement.said_on),
    col(Statement.said_on_override),
    col(Statement.is_date_overridden),
    col(Statement.date_basis),
    col(Statement.occasion),
)


def said_by(work: Work, *conditions: ColumnElement[bool]) -> list[Said]:
    """The statements that meet the conditions, by key.

    A date that only the article gives tells nothing about the occasion: those words were *reported* that day.
    """
    found = []
    for row in work.session.execute(sql_select(*_SAID).where(*conditions).order_by(col(Statement.id))):
        key, text_hash, speaker_sort, content, speaker, machine, person, is_overridden, basis, occasion = row
        day = person if is_overridden else machine if basis is DateBasis.TEXT else None
        found.append(Said(key, text_hash, speaker_sort, Utterance(content, speaker, day, occasion)))
    return found


def find_repeats(work: Work, rows: Iterable[Statement]) -> int:
    """Compare statements with those that share rare words with them; how many pairs are candidates now.

    Boilerplate ("Thank you all for coming") is nobody's in particular and is left out.

    Cost: about a millisecond a statement, whatever the size of the database, and the comparison of its candidates.
    """
    wanted = [row.key for row in rows if row.state is not StatementState.REJECTED and not row.is_boilerplate]
    fresh = said_by(work, col(Statement.id).in_(wanted)) if wanted else []
    store = StoredFingerprints(work.session)
    nearby = {one.key: {*find_candidates(fingerprints(one.utterance.words), store), one.text_hash} for one in fresh}
    prints = prints_of(work, {wording for found in nearby.values() for wording in found})
    known = {frozenset((row.a_id, row.b_id)): row for row in pairs_with(work, nearby)}
    touched, count = set[int](), 0
    for one in fresh:
        for other in (print_ for wording in sorted(nearby[one.key], key=str) for print_ in prints.get(wording, ())):
            pair = frozenset((one.key, other.key))
            if len(pair) < 2 or (other.key in nearby and other.key > one.key):
                continue  # itself, or a pair that comes up again from the other side
            made = suggest(work, one, other, known.get(pair))
            count += made
            if made or pair in known:
                touched |= pair
    work.session.flush()
    regroup(work, touched)
    return count


def prints_of(work: Work, wordings: set[int | None]) -> dict[int | None, list[Said]]:
    """The statements of each wording, the first `MAX_PRINTS` by key."""
    hashes = [one for one in wordings if one is not None]
    found: defaultdict[int | None, list[Said]] = defaultdict(list)
    for one in said_by(work, col(Statement.text_hash).in_(hashes), col(Statement.state) != StatementState.REJECTED):
        if len(found[one.text_hash]) < MAX_PRINTS:
            found[one.text_hash].append(one)
    return found


def pairs_with(work: Work, keys: Iterable[int]) -> list[Candidate]:
    """The candidates that one of these statements is in."""
    listed = list(keys)
    either = or_(col(Candidate.a_id).in_(listed), col(Candidate.b_id).in_(listed))
    return list(work.session.exec(select(Candidate).where(either)))


def suggest(work: Work, one: Said, other: Said, there: Candidate | None) -> bool:
    """Store what the guards say about a pair, when it is worth a look; whether it is a new candidate."""
    a, b = sorted((one, other), key=lambda said: said.key)
    result = compare(a.utterance, b.utterance)
    if result.outcome is Outcome.DIFFERENT and not result.is_turned_down and there is None:
        return False
    pair = there or Candidate(a_id=a.key, b_id=b.key, outcome="", score=0.0, normaliser_version=0)
    pair.outcome, pair.score, pair.reasons = result.outcome.value, result.score, list(result.reasons)
    pair.normaliser_version = NORMALISER_VERSION
    work.session.add(pair)
    return there is None


def utterance(work: Work, row: Statement) -> Utterance:
    """The statement as the comparison reads it."""
    return said_by(work, col(Statement.id) == row.key)[0].utterance


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
    return Print(row.content, row.speaker_name, document.publisher, document.published_on, utterance(work, row).said_on)


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
    result = compare(utterance(work, a), utterance(work, b))
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
    listed = col(Statement.id).in_(members)
    clusters = set(
        work.session.exec(select(Statement.cluster_id).where(listed, col(Statement.cluster_id).is_not(None)))
    )
    work.session.exec(update(Statement).where(listed).values(cluster_id=None, folded_into_id=None, outlet_count=1))
    _drop(work, clusters)
    made = {_store(work, group): group for group in groups(work, members)}
    _flag(work, members, made)


def component(work: Work, keys: set[int]) -> set[int]:
    """The statements that hang together with these by what the machine calls same, or by judgements."""
    same = col(Candidate.outcome) == Outcome.SAME.value
    found, fresh = set(keys), set(keys)
    while fresh:
        linked = set[int]()
        for table, wanted in ((Candidate, same), (Judgement, col(Judgement.voided_at).is_(None))):
            touches = or_(col(table.a_id).in_(fresh), col(table.b_id).in_(fresh))
            for pair in work.session.exec(select(table.a_id, table.b_id).where(touches, wanted)):
                linked.update(pair)
        fresh = linked - found
        found |= fresh
    return found


def groups(work: Work, members: set[int]) -> list[list[int]]:
    """Clusters of the statements: suggestions called same, and what people judged."""
    inside = col(Candidate.a_id).in_(members), col(Candidate.b_id).in_(members)
    same = select(Candidate.score, Candidate.a_id, Candidate.b_id).where(
        *inside, Candidate.outcome == Outcome.SAME.value
    )
    pairs = work.session.exec(same).all()
    judged = work.session.exec(
        select(Judgement.a_id, Judgement.b_id, Judgement.outcome).where(
            col(Judgement.a_id).in_(members), col(Judgement.b_id).in_(members), col(Judgement.voided_at).is_(None)
        )
    ).all()
    if not pairs and not judged:
        return []
    rows = {one.key: one for one in said_by(work, col(Statement.id).in_(members))}
    settled = {(a, b) for a, b, _ in judged}

    @cache
    def relation(one: int, other: int) -> Comparison:
        return compare(rows[one].utterance, rows[other].utterance)

    apart = (JudgementOutcome.DIFFERENT, JudgementOutcome.SAID_AGAIN)
    return cluster(
        {key: (row.text_hash or 0, row.speaker_sort, key) for key, row in rows.items()},
        [(score, a, b) for score, a, b in pairs if (a, b) not in settled],
        relation,
        [(a, b) for a, b, outcome in judged if outcome is JudgementOutcome.SAME],
        [(a, b) for a, b, outcome in judged if outcome in apart],
    )


def _drop(work: Work, clusters: Iterable[int | None]) -> None:
    """Delete the clusters that no statement names any longer."""
    listed = [key for key in clusters if key is not None]
    used = select(Statement.cluster_id).where(col(Statement.cluster_id).in_(listed))
    unused = set(listed) - set(work.session.exec(used))
    if unused:
        work.session.exec(delete(Cluster).where(col(Cluster.id).in_(unused)))


def _store(work: Work, group: list[int]) -> int:
    """Key of a new cluster: the print that came first stands for it, the others are folded into its row."""
    facts = work.session.execute(
        sql_select(col(Statement.id), col(Document.id), col(Document.published_on), col(Document.publisher))
        .join(Document, col(Document.id) == Statement.document_id)
        .where(col(Statement.id).in_(group))
    ).all()
    first = min(facts, key=lambda one: (str(one[2] or "9999"), one[0]))[0]
    outlets = len({publisher or document for _, document, _, publisher in facts})
    made = Cluster(size=len(group), outlet_count=outlets)
    work.session.add(made)
    work.session.flush()
    values = {"cluster_id": made.key, "outlet_count": outlets}
    work.session.exec(update(Statement).where(col(Statement.id).in_(group)).values(**values, folded_into_id=first))
    work.session.exec(update(Statement).where(col(Statement.id) == first).values(folded_into_id=None))
    return made.key


def _flag(work: Work, members: set[int], made: Mapping[int, list[int]]) -> None:
    """Which statements have pairs that nobody judged, and how many near-misses stand beside each cluster."""
    pairs = pairs_with(work, members)
    waiting = {key for pair in pairs if pair.is_open for key in (pair.a_id, pair.b_id)}
    for flag, keys in ((True, waiting), (False, members - waiting)):
        changed = col(Statement.id).in_(keys), col(Statement.has_candidates).is_not(flag)
        work.session.exec(update(Statement).where(*changed).values(has_candidates=flag))
    home = {key: cluster_key for cluster_key, group in made.items() for key in group}
    differing: defaultdict[int, set[int]] = defaultdict(set)
    for pair in pairs:
        if pair.outcome == Outcome.DIFFERENT.value:
            for here, there in ((pair.a_id, pair.b_id), (pair.b_id, pair.a_id)):
                if here in home:
                    differing[home[here]].add(there)
    for cluster_key, near in differing.items():
        work.session.exec(update(Cluster).where(col(Cluster.id) == cluster_key).values(differing_count=len(near)))


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
