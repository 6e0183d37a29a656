"""Ellipses and brackets: what an editor may leave out or put in without changing what was said."""

from collections import Counter
from collections.abc import Sequence

from claimtrack.match import words
from claimtrack.match.align import Edit, Where
from claimtrack.match.guards import Finding, Guard, Severity, changed_run, is_same_verb
from claimtrack.match.normalise import Gap, Normalised
from claimtrack.match.numbers import is_number

#: Words over which a missing stretch may be moved to an ellipsis: a clause that repeats its opening has a dozen.
MAX_SLIDE = 16


def gap_near(said: Normalised, start: int, end: int) -> Gap | None:
    """Gap of `said` at or between the tokens `start` and `end`, inside the text; a bracket before an ellipsis."""
    found = [gap for gap in said.gaps if start <= gap.at <= end and 0 < gap.at < len(said.keys)]
    return max(found, key=lambda gap: gap.bracket, default=None)


def gap_for(said: Normalised, start: int, end: int, other: Normalised, at: int) -> Gap | None:
    """Gap of `other` at `at`, where the words `[start, end)` of `said` are missing, or where they may as well be.

    In "over and over again" against "... over again", the alignment may call either "over" the missing one.
    """
    for step in (-1, 1):
        low, high, place = start, end, at
        for _ in range(MAX_SLIDE):
            gap = gap_near(other, place, place)
            if gap is not None:
                return gap
            follows, leads = (low - 1, high - 1) if step < 0 else (high, low)
            if not 0 <= follows < len(said.keys) or said.keys[follows] != said.keys[leads]:
                break
            low, high, place = low + step, high + step, place + step
    return None


def at_gap(left: tuple[str, ...], right: tuple[str, ...], gap: Gap) -> Finding:
    """What is lost in an ellipsis, or put in the place of other words by a bracket.

    An editor may cut and explain; what may not go that way is a negation, a focus word, a condition, a modal or a
    quantity that the sentence hangs on.
    """
    if gap.bracket:
        ours, theirs = left or gap.keys, right or gap.keys
        if ours == theirs or (len(ours) == len(theirs) == 1 and is_same_verb(ours[0], theirs[0])):
            return Finding(Severity.FINE, Guard.FORM, "an editor's bracket")
        numbers = [[key for key in side if is_number(key)] for side in (ours, theirs)]
        if numbers[0] != numbers[1] and all(numbers):
            return Finding(Severity.CHANGE, Guard.NUMBER, f"in a bracket: number {' '.join(numbers[0] + numbers[1])}")
        lost_words = list((Counter(ours) - Counter(theirs) + (Counter(theirs) - Counter(ours))).elements())
    else:
        lost_words = list(left or right)
    lost = _lost_in_gap(lost_words, bracket=gap.bracket)
    if lost is not None:
        return lost
    return Finding(
        Severity.FINE, Guard.CUT, "words replaced in a bracket" if gap.bracket else "words left out at a gap"
    )


def is_crossed(edit: Edit, in_a: Gap, in_b: Gap) -> bool:
    """Whether each side's words lie in the other's gap: "all of us ... won" and "all ... who played won".

    Gaps at the same end of both do not: "the mayor ... lied" and "the mayor ... resigned".
    """
    return (in_a.at == edit.a1 and in_b.at == edit.b0) or (in_a.at == edit.a0 and in_b.at == edit.b1)


def breaks_off(said: Normalised, start: int, end: int, where: Where) -> bool:
    """Whether `said` visibly begins or ends in the middle of a sentence with a few plain words, no name, no number.

    Such words may lie in the other's ellipsis: "on the vote, but he lost" in "He made up ground ... vote, but he lost".
    """
    if end - start > 5 or any(said.capitals[start:end]) or any(map(is_number, said.keys[start:end])):
        return False
    if where is Where.START:
        return start == 0 and said.text[said.starts[0]].islower()
    return where is Where.END and end == len(said.keys) and not said.end_mark


def beside_bracket(
    edit: Edit, gaps: tuple[Gap | None, Gap | None], left: tuple[str, ...], right: tuple[str, ...]
) -> Edit | None:
    """The rest of an edit in which a bracket of one side stands for a pronoun or a verb of the other; else None."""
    if gaps[0] and gaps[0].bracket and _explains(gaps[0], right):
        return Edit(edit.a0, edit.a1, edit.b1, edit.b1, edit.where)
    if gaps[1] and gaps[1].bracket and _explains(gaps[1], left):
        return Edit(edit.a1, edit.a1, edit.b0, edit.b1, edit.where)
    return None


def _explains(bracket: Gap, keys: tuple[str, ...]) -> bool:
    """Whether a bracket replaces `keys` and no more: a pronoun by a name, a verb by its reported tense."""
    if len(keys) == len(bracket.keys) == 1 and is_same_verb(keys[0], bracket.keys[0]):
        return True
    return len(keys) <= 2 and words.PRONOUNS.issuperset(keys)


def bracket_contents(a: Normalised, b: Normalised) -> list[Finding]:
    """A negation, a focus word or a condition that an editor's bracket put in on one side alone."""
    inside = [[gap.keys for gap in said.gaps if gap.bracket] for said in (a, b)]
    if inside[0] == inside[1]:
        return []
    found = [changed_run(keys, ()) for keys in inside[0]] + [changed_run((), keys) for keys in inside[1]]
    return [
        Finding(Severity.CHANGE, finding.guard, f"in a bracket: {finding.reason}")
        for finding in found
        if finding is not None and finding.guard in {Guard.NEGATION, Guard.ONLY, Guard.CONDITION}
    ]


def _lost_in_gap(lost: Sequence[str], *, bracket: bool) -> Finding | None:
    """What it means that an ellipsis or a bracket took the words `lost` away; None when the rest still says the same.

    A negation, focus word or condition that governs what follows the gap changes the sense; one that went together
    with its verb leaves a doubt. A modal or a quantity counts only when it governs what follows.
    """
    is_aside = lost[:1] == ["which"]  # ", which nobody has read," says nothing of what stands around it
    for at, key in enumerate(lost):
        governs = all(word in words.TRANSPARENT or word.endswith("ly") for word in lost[at + 1 :])
        for guard, known in _LOST_IN_GAP:
            if key in known:
                is_grave = governs and guard in _GRAVE_IN_GAP
                severity = Severity.CHANGE if is_grave else Severity.DOUBT
                with_subject = guard is Guard.MODAL and at > 0  # "and [people can] look it up" lost the whole clause
                if not with_subject and (is_grave or governs or (guard in _GRAVE_IN_GAP and not is_aside)):
                    return Finding(severity, guard if bracket else Guard.LIMIT, f"'{key}' lost at a gap")
    return None


_GRAVE_IN_GAP = frozenset({Guard.NEGATION, Guard.ONLY, Guard.CONDITION})


_LOST_IN_GAP = (
    (Guard.NEGATION, words.CLAUSE_NEGATIONS),
    (Guard.ONLY, words.STRONG_ONLY),
    (Guard.CONDITION, words.CONDITIONS),
    (Guard.MODAL, words.STRONG_MODALS),
    (Guard.QUANTIFIER, words.STRONG_QUANTIFIERS),
)
