"""Possible repeats: found by the machine, judged by people, grouped anew whenever either changes.

Candidates and clusters are derived: they can be computed again at will and enter the log only through the judgements.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, delete, or_, update
from sqlalchemy import select as sql_select
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from claimtrack.attribution import DateBasis
from claimtrack.db.bulk import chunks, insert_rows
from claimtrack.db.queries.fingerprints import StoredFingerprints
from claimtrack.db.snapshot import table_of
from claimtrack.db.tables import Candidate, Cluster, Document, Judgement, Reviewer, Statement, Story, StoryDocument
from claimtrack.errors import RuleError
from claimtrack.ingest.extraction import Wording, words_of
from claimtrack.match.clusters import cluster
from claimtrack.match.compare import Comparison, Outcome, Utterance, compare, compare_words
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
    return _find(work, fresh, {one.key: fingerprints(one.utterance.words) for one in fresh})


def find_among(work: Work, rows: Iterable[Mapping[str, Any]], wordings: Iterable[Wording]) -> int:  # Any: many types
    """The same for statements that were just stored, given the values of their rows and their wordings."""
    fresh, hashes = [], {}
    for row, wording in zip(rows, wordings, strict=True):
        if wording.is_boilerplate:
            continue
        day = row["said_on"] if row["date_basis"] is DateBasis.TEXT else None
        words = Utterance(row["content"], row["speaker_name"], day, row["occasion"])
        fresh.append(Said(row["id"], row["text_hash"], row["speaker_sort"], words))
        hashes[row["id"]] = wording.fingerprints
    return _find(work, fresh, hashes)


def _find(work: Work, fresh: Sequence[Said], hashes: Mapping[int, Sequence[int]]) -> int:
    """Compare `fresh`, given the fingerprints of each by key."""
    store = StoredFingerprints(work.session)
    store.read({value for one in hashes.values() for value in one})
    nearby = {one.key: {*find_candidates(hashes[one.key], store, own=one.text_hash), one.text_hash} for one in fresh}
    prints = prints_of(work, {wording for found in nearby.values() for wording in found})
    known = {frozenset((row.a_id, row.b_id)): row for row in pairs_with(work, nearby)}
    touched, done, new = set[int](), set[frozenset[int]](), list[dict[str, object]]()
    for one in fresh:
        for other in (print_ for wording in sorted(nearby[one.key], key=str) for print_ in prints.get(wording, ())):
            pair = frozenset((one.key, other.key))
            if len(pair) < 2 or pair in done:
                continue  # itself, or a pair that came up from the other side
            done.add(pair)
            made = suggest(one, other, known.get(pair))
            if made is not None:
                new.append(made)
            if made is not None or pair in known:
                touched |= pair
    work.session.flush()
    insert_rows(work.session, Candidate, new)
    regroup(work, touched)
    return len(new)


def prints_of(work: Work, wordings: set[int | None]) -> dict[int | None, list[Said]]:
    """The statements of each wording, the first `MAX_PRINTS` by key."""
    found: defaultdict[int | None, list[Said]] = defaultdict(list)
    for hashes in chunks(sorted(one for one in wordings if one is not None)):
        listed = col(Statement.text_hash).in_(hashes), col(Statement.state) != StatementState.REJECTED
        for one in said_by(work, *listed):
            if len(found[one.text_hash]) < MAX_PRINTS:
                found[one.text_hash].append(one)
    return found


def pairs_with(work: Work, keys: Iterable[int]) -> list[Candidate]:
    """The candidates that one of these statements is in."""
    found = {}
    for listed in chunks(keys):
        either = or_(col(Candidate.a_id).in_(listed), col(Candidate.b_id).in_(listed))
        found.update({row.key: row for row in work.session.exec(select(Candidate).where(either))})
    return [found[key] for key in sorted(found)]


def suggest(one: Said, other: Said, there: Candidate | None) -> dict[str, object] | None:
    """Bring a candidate in line with what the guards say; the values of a new one, where there is none yet.

    None where there is one, or where the pair is not worth a look.
    """
    a, b = sorted((one, other), key=lambda said: said.key)
    result = _compare(a.utterance, b.utterance)
    if result.outcome is Outcome.DIFFERENT and not result.is_turned_down and there is None:
        return None
    values: dict[str, object] = {
        "outcome": result.outcome.value,
        "score": result.score,
        "reasons": list(result.reasons),
        "normaliser_version": NORMALISER_VERSION,
    }
    if there is None:
        return values | {"a_id": a.key, "b_id": b.key}
    for name, value in values.items():
        setattr(there, name, value)
    return None


@lru_cache(maxsize=4_096)
def _compare(a: Utterance, b: Utterance) -> Comparison:
    """`compare`, with what it found of late: prints of one wording are compared again and again."""
    return compare_words(a, words_of(a.text), b, words_of(b.text))


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
    is_opposed: bool  #: only one of the two can be true: a possible contradiction


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
    prints = print_of(work, a), print_of(work, b)
    is_opposed = row.outcome == Outcome.DIFFERENT.value and _compare(utterance(work, a), utterance(work, b)).is_opposed
    return Pair(a, b, prints, row.outcome, row.score, tuple(row.reasons), standing, is_opposed)


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
    """Compute the clusters of these statements, and of all that hang together with them, anew.

    Only what comes out otherwise than it is stored is written.
    """
    members = component(work, set(keys))
    if not members:
        return
    work.session.flush()
    stored = _places(work, members)
    made = groups(work, members)
    pairs = _pairs_inside(work, members)
    waiting = {key for a, b, is_open, _ in pairs if is_open for key in (a, b)}
    wanted = {key: _Place(has_candidates=key in waiting) for key in members}
    facts = _facts(work, [key for group in made for key in group])
    clusters = _clusters(work, made, stored, facts, pairs)
    for group, cluster_key in zip(made, clusters, strict=True):
        # The print that came first stands for the cluster, the others are folded into its row.
        first = min(group, key=lambda key: (facts[key].day, key))
        outlets = len({facts[key].outlet for key in group})
        for key in group:
            folded = None if key == first else first
            wanted[key] = _Place(cluster_key, folded, outlets, has_candidates=key in waiting)
    _store_places(work, {key: place for key, place in wanted.items() if stored[key] != place})
    _drop(work, {place.cluster for place in stored.values()} - set(clusters))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a statement stands among its repeats: the columns that `regroup` computes."""

    cluster: int | None = None
    folded_into: int | None = None
    outlets: int = 1
    has_candidates: bool = False


@dataclass(frozen=True, slots=True)
class _Fact:
    day: str  #: of publication; one without comes last
    outlet: str | int  #: the publisher, else the document alone


def _places(work: Work, members: Iterable[int]) -> dict[int, _Place]:
    row = Statement
    columns = col(row.id), col(row.cluster_id), col(row.folded_into_id), col(row.outlet_count), col(row.has_candidates)
    return {
        key: _Place(*place)
        for some in chunks(members)
        for key, *place in work.session.execute(sql_select(*columns).where(col(row.id).in_(some)))
    }


def _facts(work: Work, keys: Iterable[int]) -> dict[int, _Fact]:
    columns = col(Statement.id), col(Document.id), col(Document.published_on), col(Document.publisher)
    return {
        key: _Fact(str(day or "9999"), publisher or document)
        for some in chunks(keys)
        for key, document, day, publisher in work.session.execute(
            sql_select(*columns)
            .join(Document, col(Document.id) == Statement.document_id)
            .where(col(Statement.id).in_(some))
        )
    }


def _pairs_inside(work: Work, members: Iterable[int]) -> set[tuple[int, int, bool, str]]:
    """The candidates that one of the members is in: both keys, whether nobody judged it, the outcome."""
    columns = col(Candidate.a_id), col(Candidate.b_id), col(Candidate.is_open), col(Candidate.outcome)
    return {
        (a, b, is_open, outcome)
        for some in chunks(members)
        for side in (col(Candidate.a_id), col(Candidate.b_id))
        for a, b, is_open, outcome in work.session.execute(sql_select(*columns).where(side.in_(some)))
    }


def _clusters(
    work: Work,
    made: Sequence[Sequence[int]],
    stored: Mapping[int, _Place],
    facts: Mapping[int, _Fact],
    pairs: Iterable[tuple[int, int, bool, str]],
) -> list[int]:
    """Keys of the clusters that the groups are, with sizes and near-misses up to date.

    A group goes on with the lowest key that one of its members has, so that what did not change is not written.
    """
    home = {key: at for at, group in enumerate(made) for key in group}
    near: defaultdict[int, set[int]] = defaultdict(set)
    for a, b, _, outcome in pairs:
        if outcome == Outcome.DIFFERENT.value:
            for here, there in ((a, b), (b, a)):
                if here in home:
                    near[home[here]].add(there)
    wanted = [
        {
            "size": len(group),
            "outlet_count": len({facts[key].outlet for key in group}),
            "differing_count": len(near[at]),
        }
        for at, group in enumerate(made)
    ]
    taken, keys = set[int](), list[int | None]()
    for group in made:
        own = sorted({place for key in group if (place := stored[key].cluster) is not None} - taken)
        keys.append(own[0] if own else None)
        taken.update(own[:1])
    table = table_of(Cluster)
    kept = [{"of": key, **values} for key, values in zip(keys, wanted, strict=True) if key is not None]
    if kept:
        to: dict[str, Any] = {name: bindparam(name) for name in wanted[0]}  # Any: what `values` takes
        work.session.connection().execute(update(table).where(table.c.id == bindparam("of")).values(to), kept)
    new = iter(
        insert_rows(work.session, Cluster, [values for key, values in zip(keys, wanted, strict=True) if key is None])
    )
    return [next(new)["id"] if key is None else key for key in keys]


def _store_places(work: Work, places: Mapping[int, _Place]) -> None:
    if not places:
        return
    table = table_of(Statement)
    columns = {"cluster_id": "cluster", "folded_into_id": "folded_into", "outlet_count": "outlets",
               "has_candidates": "has_candidates"}  # fmt: skip
    work.session.connection().execute(
        update(table)
        .where(table.c.id == bindparam("of"))
        .values({column: bindparam(name) for column, name in columns.items()}),
        [{"of": key, **{name: getattr(place, name) for name in columns.values()}} for key, place in places.items()],
    )
    for row in list(work.session.identity_map.values()):
        if isinstance(row, Statement) and row.id in places:
            work.session.expire(row, list(columns))


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


def groups(
    work: Work, members: set[int], supposed: Mapping[tuple[int, int], JudgementOutcome] | None = None
) -> list[list[int]]:
    """Clusters of the statements: suggestions called same, what people judged, and what they are `supposed` to judge.

    A supposed finding counts instead of one that stands; the keys of its pair are in order.
    """
    inside = col(Candidate.a_id).in_(members), col(Candidate.b_id).in_(members)
    same = select(Candidate.score, Candidate.a_id, Candidate.b_id).where(
        *inside, Candidate.outcome == Outcome.SAME.value
    )
    pairs = work.session.exec(same).all()
    standing = work.session.exec(
        select(Judgement.a_id, Judgement.b_id, Judgement.outcome).where(
            col(Judgement.a_id).in_(members), col(Judgement.b_id).in_(members), col(Judgement.voided_at).is_(None)
        )
    )
    judged = {(a, b): outcome for a, b, outcome in standing} | dict(supposed or {})
    if not pairs and not judged:
        return []
    linked = {key for _, a, b in pairs for key in (a, b)} | {key for pair in judged for key in pair}
    rows = {one.key: one for some in chunks(linked) for one in said_by(work, col(Statement.id).in_(some))}
    first, copies = _first_prints(rows, {key for pair in judged for key in pair})

    @cache
    def relation(one: int, other: int) -> Comparison:
        return _compare(rows[one].utterance, rows[other].utterance)

    apart = (JudgementOutcome.DIFFERENT, JudgementOutcome.SAID_AGAIN)
    open_pairs = {(score, first[a], first[b]) for score, a, b in pairs if (a, b) not in judged}
    found = cluster(
        {key: (rows[key].text_hash or 0, rows[key].speaker_sort, key) for key in copies},
        [pair for pair in open_pairs if pair[1] != pair[2]],
        relation,
        [pair for pair, outcome in judged.items() if outcome is JudgementOutcome.SAME],
        [pair for pair, outcome in judged.items() if outcome in apart],
        lambda key: len(copies[key]),
    )
    joined = {key for group in found for key in group}
    alone = [[key] for key, same in copies.items() if key not in joined and len(same) > 1]
    return [[key for one in group for key in copies[one]] for group in (*found, *alone)]


def _first_prints(rows: Mapping[int, Said], judged: set[int]) -> tuple[dict[int, int], dict[int, list[int]]]:
    """For each statement the first that has the same words, speaker and day; and for each such first one its copies.

    Copies stand together whatever else does, so they are grouped as one: a sentence that sixty outlets print would
    otherwise be compared with itself two thousand times. One that a person judged is looked at by itself.
    """
    first: dict[int, int] = {}
    copies: dict[int, list[int]] = {}
    by_words: dict[Utterance, int] = {}
    for key in sorted(rows):
        words = rows[key].utterance
        is_copied = key not in judged and _compare(words, words).outcome is Outcome.SAME
        first[key] = by_words.setdefault(words, key) if is_copied else key
        copies.setdefault(first[key], []).append(key)
    return first, copies


def _drop(work: Work, clusters: Iterable[int | None]) -> None:
    """Delete the clusters that no statement names any longer."""
    listed = [key for key in clusters if key is not None]
    used = select(Statement.cluster_id).where(col(Statement.cluster_id).in_(listed))
    unused = set(listed) - set(work.session.exec(used))
    if unused:
        work.session.exec(delete(Cluster).where(col(Cluster.id).in_(unused)))


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
