"""Possible repeats judged together, and what a judgement would do to the clusters before it is given."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from claimtrack.match.compare import Outcome
from claimtrack.services import repeats
from claimtrack.services.desk import Work
from claimtrack.vocabulary import JudgementOutcome, Role

#: Pairs that one decision may cover: as many as a person looks through before deciding.
MAX_BATCH = 50
#: Statements that hang together beyond which the effect is not computed for the screen: each join compares pairs.
MAX_MEMBERS = 300


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

    def grouped(supposed: dict[tuple[int, int], JudgementOutcome]) -> tuple[set[int], set[int]]:
        home = {key: set(group) for group in repeats.groups(work, members, supposed) for key in group}
        return home.get(a, {a}), home.get(b, {b})

    mine = (min(a, b), max(a, b))
    was = grouped({})
    told = {}
    for outcome in JudgementOutcome:
        will = grouped({mine: outcome})
        told[outcome] = Effect((len(was[0]), len(was[1])), (len(will[0]), len(will[1])), b in was[0], b in will[0])
    return told
