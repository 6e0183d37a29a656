"""Possible repeats judged together, and what a judgement would do to the clusters before it is given."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select

from claimtrack.db.tables import Candidate, Judgement, Statement
from claimtrack.match.clusters import cluster
from claimtrack.match.compare import Comparison, Outcome, compare
from claimtrack.services import repeats
from claimtrack.services.desk import Work
from claimtrack.vocabulary import JudgementOutcome, Role

#: Pairs that one decision may cover: as many as a person looks through before deciding.
MAX_BATCH = 50
#: Statements that hang together beyond which the effect is not computed for the screen: each join compares pairs.
MAX_MEMBERS = 300

_APART = (JudgementOutcome.DIFFERENT, JudgementOutcome.SAID_AGAIN)


def certain(work: Work, *, story: UUID | None = None) -> list[repeats.Pair]:
    """Pairs that nobody judged whose words agree throughout and whose named speakers are one: fit for one decision."""
    likely = repeats.list_pairs(work, story=story, outcome=Outcome.SAME.value, limit=4 * MAX_BATCH)
    return [pair for pair in likely if is_certain(pair)][:MAX_BATCH]


def is_certain(pair: repeats.Pair) -> bool:
    """Same wording after normalising, and both statements name the same speaker."""
    is_same_text = pair.a.text_hash is not None and pair.a.text_hash == pair.b.text_hash
    is_named = bool(pair.a.speaker_sort) and pair.a.speaker_sort == pair.b.speaker_sort
    return pair.outcome == Outcome.SAME.value and pair.score >= 1.0 and is_same_text and is_named


def judge_all(work: Work, pairs: Iterable[tuple[UUID, UUID]], outcome: JudgementOutcome) -> tuple[UUID, ...]:
    """The same finding on all pairs, as one action that one undo takes back; the judgements' ids."""
    work.require(Role.CHECKER)
    return tuple(repeats.judge(work, one, other, outcome) for one, other in pairs)


def void_all(work: Work, judgements: Iterable[UUID]) -> None:
    """Take all of these judgements back, as one action."""
    work.require(Role.CHECKER)
    for one in judgements:
        repeats.void(work, one)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a finding on a pair would do: prints that stand together with each side, before and after."""

    before: tuple[int, int]
    after: tuple[int, int]
    is_together_before: bool
    is_together_after: bool

    @property
    def in_words(self) -> str:
        """The effect in a sentence."""
        if self.is_together_before and self.is_together_after:
            return f"nothing moves: both stand together with {self.after[0]} prints"
        if self.is_together_after:
            return f"joins {self.before[0]} + {self.before[1]} prints"
        if self.is_together_before:
            return f"parts {self.before[0]} prints into {self.after[0]} and {self.after[1]}"
        return f"keeps {self.after[0]} and {self.after[1]} prints apart"


def effects(work: Work, pair: repeats.Pair) -> dict[JudgementOutcome, Effect]:
    """The effect of each finding on the pair, computed the way clusters are, and stored nowhere.

    Empty when more than `MAX_MEMBERS` statements hang together with the pair.
    """
    a, b = pair.a.key, pair.b.key
    members = repeats.component(work, {a, b})
    if len(members) > MAX_MEMBERS:
        return {}
    rows = {row.key: row for row in repeats.said_by(work, col(Statement.id).in_(members))}
    inside = col(Candidate.a_id).in_(members), col(Candidate.b_id).in_(members)
    suggested = work.session.exec(
        select(Candidate.score, Candidate.a_id, Candidate.b_id).where(*inside, Candidate.outcome == Outcome.SAME.value)
    ).all()
    judged: dict[tuple[int, int], JudgementOutcome] = {
        (one.a_id, one.b_id): one.outcome
        for one in work.session.exec(
            select(Judgement).where(
                col(Judgement.a_id).in_(members), col(Judgement.b_id).in_(members), col(Judgement.voided_at).is_(None)
            )
        )
    }

    def relation(one: int, other: int) -> Comparison:
        return compare(rows[one].utterance, rows[other].utterance)

    def grouped(findings: dict[tuple[int, int], JudgementOutcome]) -> tuple[set[int], set[int]]:
        found = cluster(
            {key: (row.text_hash or 0, row.speaker_sort, key) for key, row in rows.items()},
            [(score, one, other) for score, one, other in suggested if (one, other) not in findings],
            relation,
            [two for two, outcome in findings.items() if outcome is JudgementOutcome.SAME],
            [two for two, outcome in findings.items() if outcome in _APART],
        )
        home = {key: set(group) for group in found for key in group}
        return home.get(a, {a}), home.get(b, {b})

    mine = (min(a, b), max(a, b))
    was = grouped(judged)
    told = {}
    for outcome in JudgementOutcome:
        will = grouped(judged | {mine: outcome})
        told[outcome] = Effect((len(was[0]), len(was[1])), (len(will[0]), len(will[1])), b in was[0], b in will[0])
    return told
