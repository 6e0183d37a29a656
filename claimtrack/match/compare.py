"""Whether two printed wordings are the same words, said by the same person on one occasion; with the reasons.

The machine suggests: same, review or different. When in doubt it says review; a change of meaning is never "same".
"""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from claimtrack.match import words
from claimtrack.match.align import Edit, Where, align
from claimtrack.match.guards import (
    Finding,
    Guard,
    Severity,
    changed_run,
    changed_word,
    cut_at_end,
    cut_at_start,
    is_same_verb,
    is_same_word,
    lost_in_gap,
)
from claimtrack.match.normalise import Gap, Normalised, normalise
from claimtrack.match.numbers import is_number
from claimtrack.match.occasions import clearly_differ
from claimtrack.match.speakers import can_be_same

#: Share of the shorter text's words that must stand in the other. Measured: LCS / shorter >= .70 keeps recall .95.
MIN_COVER = 0.7
#: The same when nothing but the edges differ: two clips of one sentence that overlap.
MIN_COVER_OF_CLIPS = 0.65
#: Below MIN_COVER, this share still makes a pair worth a person's look (a paraphrase, a partial overlap).
MIN_COVER_FOR_REVIEW = 0.5
#: A clip shorter than this, or with fewer words that carry content, could be anybody's.
MIN_CLIP_WORDS = 3


class Outcome(StrEnum):
    """What the machine suggests about a pair."""

    SAME = "same"
    REVIEW = "review"
    DIFFERENT = "different"


@dataclass(frozen=True)
class Utterance:
    """Words as printed, and what is known about who said them when; None or "" for not known.

    `said_on` is an EDTF date. `occasion` names the speech, interview or post; two different names are two occasions.
    """

    text: str
    speaker: str | None = None
    said_on: str | None = None
    occasion: str | None = None

    @cached_property
    def words(self) -> Normalised:
        """The normalised words, made once."""
        return normalise(self.text)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is suggested about a pair; `score` (0.0 to 1.0) ranks, it decides nothing.

    `guards` are the kinds of difference that spoke against "same", gravest first; empty for "same". A pair is
    different with no guard when too few words are shared to be worth a look.
    """

    outcome: Outcome
    score: float
    reasons: tuple[str, ...]
    guards: tuple[Guard, ...] = ()

    @property
    def is_turned_down(self) -> bool:
        """Whether the words are close and a guard said no: a possible contradiction, worth showing."""
        return self.outcome is Outcome.DIFFERENT and bool(self.guards)

    @property
    def contradicts(self) -> bool:
        """Whether the two wordings say different things in otherwise the same words.

        Not: more and less of one thing, or texts that go apart in several places.
        """
        is_close = Guard.WORDING not in self.guards
        return self.outcome is Outcome.DIFFERENT and is_close and not _SENSE.isdisjoint(self.guards)

    @property
    def blocks_join(self) -> bool:
        """Whether these two may never stand in one cluster without a person's word."""
        return self.is_turned_down or not _BLOCKING.isdisjoint(self.guards)


_SENSE = frozenset(
    {Guard.NEGATION, Guard.NUMBER, Guard.UNIT, Guard.DATE, Guard.QUANTIFIER, Guard.MODAL, Guard.OPPOSITE, Guard.NAME,
     Guard.PERSON, Guard.ORDER, Guard.ONLY, Guard.CONDITION, Guard.QUESTION}
)  # fmt: skip
_BLOCKING = frozenset({Guard.SPEAKER, Guard.OCCASION, Guard.BOILERPLATE})


def compare(a: Utterance, b: Utterance) -> Comparison:
    """What is suggested about `a` and `b`; outcome and score are the same for `b` and `a`. Never raises.

    >>> compare(Utterance("We will sign.", "Ada Moss"), Utterance("We will not sign.", "Moss"))  # doctest: +ELLIPSIS
    Comparison(outcome=<Outcome.DIFFERENT: 'different'>, score=1.0, reasons=("'not' added",), guards=(...))
    """
    return compare_words(a, a.words, b, b.words)


def compare_words(a: Utterance, left: Normalised, b: Utterance, right: Normalised) -> Comparison:
    """`compare` for a caller that has the normalised words at hand."""
    turned = (right.keys, b.text) < (left.keys, a.text)
    findings, score = _wording(right, left) if turned else _wording(left, right)
    if turned:
        findings = [_turn(finding) for finding in findings]
    if score >= MIN_COVER_FOR_REVIEW:
        findings += _circumstances(a, left, b, right)
    return _settle(findings, score)


def common_content(a: Normalised, b: Normalised) -> int:
    """Number of different words of four and more letters, outside the closed classes, that both texts have."""
    return len({key for key in a.keys if len(key) > 3 and key not in words.EMPTY_WORDS}.intersection(b.keys))


def _turn(finding: Finding) -> Finding:
    """The same finding, told from the other side."""
    reason = finding.reason
    head, arrow, tail = reason.partition(" -> ")
    if arrow:
        label, _, one = (
            head.rpartition(" ") if "'" not in head else (head[: head.index("'")].rstrip(), "", head[head.index("'") :])
        )
        reason = f"{label} {tail} -> {one}".strip()
    elif reason.endswith(" added"):
        reason = reason[:-6] + " dropped"
    elif reason.endswith(" dropped"):
        reason = reason[:-8] + " added"
    return Finding(finding.severity, finding.guard, reason)


def _settle(findings: list[Finding], score: float) -> Comparison:
    if score < MIN_COVER_FOR_REVIEW:
        return Comparison(Outcome.DIFFERENT, round(score, 4), ("few words in common",))
    worst = max((finding.severity for finding in findings), default=Severity.FINE)
    are_clips = all(finding.guard is Guard.CUT for finding in findings)
    if score < (MIN_COVER_OF_CLIPS if are_clips else MIN_COVER) and worst is Severity.FINE:
        findings = [Finding(Severity.DOUBT, Guard.OVERLAP, "only some words in common"), *findings]
        worst = Severity.DOUBT
    findings = sorted(findings, key=lambda finding: -finding.severity)
    outcome = (Outcome.SAME, Outcome.REVIEW, Outcome.DIFFERENT)[worst]
    reasons = tuple(dict.fromkeys(finding.reason for finding in findings)) or ("same words",)
    guards = tuple(dict.fromkeys(finding.guard for finding in findings if finding.severity))
    return Comparison(outcome, round(score, 4), reasons, guards)


def _circumstances(a: Utterance, left: Normalised, b: Utterance, right: Normalised) -> list[Finding]:
    """What speaker, date and occasion say, and whether everybody says these words."""
    found = []
    if not can_be_same(a.speaker, b.speaker):
        found.append(Finding(Severity.DOUBT, Guard.SPEAKER, f"speakers differ: {a.speaker} / {b.speaker}"))
    if clearly_differ(a.said_on, b.said_on):
        found.append(Finding(Severity.DOUBT, Guard.OCCASION, f"said again? dates differ: {a.said_on} / {b.said_on}"))
    elif a.occasion and b.occasion and a.occasion.casefold() != b.occasion.casefold():
        found.append(Finding(Severity.DOUBT, Guard.OCCASION, f"said again? occasions: {a.occasion} / {b.occasion}"))
    if is_boilerplate(left) or is_boilerplate(right):
        found.append(Finding(Severity.DOUBT, Guard.BOILERPLATE, "everybody says these words"))
    return found


def is_boilerplate(said: Normalised) -> bool:
    """Whether the words are courtesies or stage business that prove no common origin.

    >>> is_boilerplate(normalise("Thank you all for coming.")), is_boilerplate(normalise("We thank nobody."))
    (True, False)
    """
    return len(said.keys) <= 12 and all(key in words.BOILERPLATE for key in said.keys)


def _wording(a: Normalised, b: Normalised) -> tuple[list[Finding], float]:
    """Findings about the words alone, and the share of the shorter text that the other has."""
    if a.keys == b.keys:
        return _questions(a, b, whole=True) + _bracket_contents(a, b), 1.0 if a.keys else 0.0
    shorter = min(len(a.keys), len(b.keys))
    if shorter == 0:
        return [], 0.0
    alignment = align(a, b)
    score = alignment.shared / shorter
    if score < MIN_COVER_FOR_REVIEW:
        return [], score
    findings: list[Finding] = []
    moving: list[Edit] = []
    in_other_form = 0
    for edit in alignment.edits:
        found = edit_findings(a, b, edit)
        findings += found
        if edit.where is not Where.INSIDE or any(finding.severity for finding in found):
            moving.append(edit)
        if all(finding.severity is Severity.FINE and finding.guard is Guard.FORM for finding in found):
            in_other_form += min(edit.a1 - edit.a0, edit.b1 - edit.b0)
    score = min((alignment.shared + in_other_form) / shorter, 1.0)
    findings += _moved(a, b, moving)
    findings += _questions(a, b, whole=not any(edit.where is Where.END for edit in alignment.edits))
    findings += _small_clip(a, b)
    return findings, score


def _small_clip(a: Normalised, b: Normalised) -> list[Finding]:
    shorter, longer = sorted((a.keys, b.keys), key=len)
    content = sum(len(key) > 3 for key in shorter)
    if len(shorter) * 2 < len(longer) and (len(shorter) < MIN_CLIP_WORDS or content < 2):
        return [Finding(Severity.DOUBT, Guard.OVERLAP, "clip too short to tell")]
    return []


def _questions(a: Normalised, b: Normalised, *, whole: bool) -> list[Finding]:
    """A question against a statement, when both texts show how they end.

    Transcripts in capitals or without marks end in nothing; there the order of words must tell.
    """
    if not whole or "?" not in {a.end_mark, b.end_mark} or a.end_mark == b.end_mark:
        return []
    if a.end_mark and b.end_mark:
        return [Finding(Severity.CHANGE, Guard.QUESTION, "a question against a statement")]
    if _is_inverted(a.keys):
        return []
    return [Finding(Severity.DOUBT, Guard.QUESTION, "question mark on one side alone")]


def _is_inverted(keys: tuple[str, ...]) -> bool:
    """Whether the word order is that of a question: a wh-word, or an auxiliary before its subject."""
    if not words.QUESTION_WORDS.isdisjoint(keys):
        return True
    return any(key in words.AUXILIARIES and following in words.AFTER_INVERSION for key, following in pairwise(keys))


def _bracket_contents(a: Normalised, b: Normalised) -> list[Finding]:
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


def edit_findings(a: Normalised, b: Normalised, edit: Edit) -> list[Finding]:
    """What one edit between `a` and `b` means for the sense; never empty."""
    left, right = a.keys[edit.a0 : edit.a1], b.keys[edit.b0 : edit.b1]
    if not left or not right:
        return _one_sided(a, b, edit)
    if _are_joined(left, right):
        return [Finding(Severity.FINE, Guard.FORM, f"spelling: '{' '.join(left)}' -> '{' '.join(right)}'")]
    gaps = _gap_near(a, edit.a0, edit.a1), _gap_near(b, edit.b0, edit.b1)
    if gaps[0] and gaps[1] and _cross(edit, gaps[0], gaps[1]):
        return [_at_gap(left + right, (), gaps[0] if not gaps[0].bracket else gaps[1])]
    for said, start, end, gap in ((a, edit.a0, edit.a1, gaps[1]), (b, edit.b0, edit.b1, gaps[0])):
        if gap and None in gaps and not gap.bracket and _breaks_off(said, start, end, edit.where):
            empty = Edit(edit.a0, edit.a1, edit.b0, edit.b0, edit.where)
            if said is a:
                empty = Edit(edit.a0, edit.a0, edit.b0, edit.b1, edit.where)
            return [_at_gap(said.keys[start:end], (), gap), *edit_findings(a, b, empty)]
    own = _beside_bracket(edit, gaps, left, right)
    if own is not None:
        return [Finding(Severity.FINE, Guard.FORM, "an editor's bracket"), *edit_findings(a, b, own)]
    if _is_abbreviation(a, edit.a0, edit.a1, right) or _is_abbreviation(b, edit.b0, edit.b1, left):
        return [Finding(Severity.FINE, Guard.FORM, f"short form: '{' '.join(left)}' -> '{' '.join(right)}'")]
    if edit.where is Where.START and _is_filler(left, inner=False) and _is_filler(right, inner=False):
        return [Finding(Severity.FINE, Guard.FORM, f"fillers: '{' '.join(left)}' -> '{' '.join(right)}'")]
    parts = _parts(a, b, edit)
    if parts is not None:
        return [finding for part in parts for finding in edit_findings(a, b, part)]
    if len(left) == len(right):
        return [changed_word(a, edit.a0 + at, b, edit.b0 + at) for at in range(len(left))]
    finding = changed_run(left, right)
    if finding is not None:
        return [finding]
    return [Finding(Severity.DOUBT, Guard.WORDING, f"other words: '{' '.join(left)}' -> '{' '.join(right)}'")]


def _parts(a: Normalised, b: Normalised, edit: Edit) -> list[Edit] | None:
    """The edit split at a word that both sides have in another form, or behind fillers of one side; else None."""
    if edit.a1 - edit.a0 + edit.b1 - edit.b0 == 2:
        return None
    for i in _near(edit.a0, edit.a1, edit.where):
        for j in _near(edit.b0, edit.b1, edit.where):
            if is_same_word(a, i, b, j):
                return _split(edit, i, i + 1, j, j + 1)
    inner = edit.where is not Where.START
    for length in (3, 2, 1):
        if _is_filler(a.keys[edit.a0 : min(edit.a0 + length, edit.a1)], inner=inner):
            return _split(edit, edit.a0, min(edit.a0 + length, edit.a1), edit.b0, edit.b0)
        if _is_filler(b.keys[edit.b0 : min(edit.b0 + length, edit.b1)], inner=inner):
            return _split(edit, edit.a0, edit.a0, edit.b0, min(edit.b0 + length, edit.b1))
    return None


def _near(start: int, end: int, where: Where) -> range:
    """Up to six token indexes of an edit, beginning next to the shared words."""
    return range(end - 1, max(start, end - 6) - 1, -1) if where is Where.START else range(start, min(end, start + 6))


def _split(edit: Edit, i: int, i_end: int, j: int, j_end: int) -> list[Edit]:
    """Up to three edits: before, inside and after the pair of stretches given."""
    head, tail = (where if where is edit.where else Where.INSIDE for where in (Where.START, Where.END))
    if i == i_end or j == j_end:
        head = tail = edit.where
    middle = edit.where if i == i_end or j == j_end else Where.INSIDE
    pieces = (
        Edit(edit.a0, i, edit.b0, j, head),
        Edit(i, i_end, j, j_end, middle),
        Edit(i_end, edit.a1, j_end, edit.b1, tail),
    )
    return [piece for piece in pieces if piece.a0 < piece.a1 or piece.b0 < piece.b1]


def _cross(edit: Edit, in_a: Gap, in_b: Gap) -> bool:
    """Whether each side's words lie in the other's gap: "all of us ... won" and "all ... who played won".

    Gaps at the same end of both do not: "the mayor ... lied" and "the mayor ... resigned".
    """
    return (in_a.at == edit.a1 and in_b.at == edit.b0) or (in_a.at == edit.a0 and in_b.at == edit.b1)


def _breaks_off(said: Normalised, start: int, end: int, where: Where) -> bool:
    """Whether `said` visibly begins or ends in the middle of a sentence with a few plain words, no name, no number.

    Such words may lie in the other's ellipsis: "on the vote, but he lost" in "He made up ground ... vote, but he lost".
    """
    if end - start > 5 or any(said.capitals[start:end]) or any(map(is_number, said.keys[start:end])):
        return False
    if where is Where.START:
        return start == 0 and said.text[said.starts[0]].islower()
    return where is Where.END and end == len(said.keys) and not said.end_mark


def _beside_bracket(
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


def _are_joined(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether the two differ in spaces, hyphens and apostrophes alone: "health care", "healthcare".

    "now here" and "nowhere", "not able" and "notable" do not, and digits side by side are another number.
    """
    if "".join(left).replace("'", "").replace("-", "") != "".join(right).replace("'", "").replace("-", ""):
        return False
    if any(map(is_number, left + right)):
        return False
    return words.CLAUSE_NEGATIONS.isdisjoint(left) == words.CLAUSE_NEGATIONS.isdisjoint(right)


def _is_abbreviation(said: Normalised, start: int, end: int, full: tuple[str, ...]) -> bool:
    """Whether the one word, printed in capitals, is made of the first letters of `full`."""
    if end - start != 1 or not 2 <= len(full) <= 8:
        return False
    short = said.keys[start]
    is_printed_so = said.printed(start, end).replace(".", "").isupper() and 2 <= len(short) <= 6
    return is_printed_so and short == "".join(key[0] for key in full if key not in {"of", "the", "and", "for"})


def _gap_near(said: Normalised, start: int, end: int) -> Gap | None:
    found = [gap for gap in said.gaps if start <= gap.at <= end and 0 < gap.at < len(said.keys)]
    return max(found, key=lambda gap: gap.bracket, default=None)


def _gap_after_sliding(said: Normalised, start: int, end: int, other: Normalised, at: int) -> Gap | None:
    """Gap of `other` at `at`, where the words `[start, end)` of `said` are missing, or where they may as well be.

    In "over and over again" against "... over again", the alignment may call either "over" the missing one.
    """
    for step in (-1, 1):
        low, high, place = start, end, at
        for _ in range(6):
            gap = _gap_near(other, place, place)
            if gap is not None:
                return gap
            follows, leads = (low - 1, high - 1) if step < 0 else (high, low)
            if not 0 <= follows < len(said.keys) or said.keys[follows] != said.keys[leads]:
                break
            low, high, place = low + step, high + step, place + step
    return None


def _at_gap(left: tuple[str, ...], right: tuple[str, ...], gap: Gap) -> Finding:
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
    lost = lost_in_gap(lost_words, bracket=gap.bracket)
    if lost is not None:
        return lost
    return Finding(
        Severity.FINE, Guard.CUT, "words replaced in a bracket" if gap.bracket else "words left out at a gap"
    )


def _one_sided(a: Normalised, b: Normalised, edit: Edit) -> list[Finding]:
    has_left = edit.a1 > edit.a0
    said, start, end = (a, edit.a0, edit.a1) if has_left else (b, edit.b0, edit.b1)
    other, at = (b, edit.b0) if has_left else (a, edit.a0)
    extra = said.keys[start:end]
    gap = _gap_after_sliding(said, start, end, other, at)
    if gap is not None and gap.bracket and any(gap.keys == own.keys for own in said.gaps):
        gap = None  # both have the bracket; it stands for nothing that is missing
    set_off = said.pauses[start] > 0 and end < len(said.keys) and said.pauses[end] > 0
    if _is_filler(extra, inner=edit.where is Where.INSIDE and not set_off):
        return [Finding(Severity.FINE, Guard.FORM, f"filler '{' '.join(extra)}' {_how(has_left)}")]
    if edit.where is not Where.END and _is_repetition(said, start, end):
        return [Finding(Severity.FINE, Guard.FORM, f"repeated '{' '.join(extra)}' {_how(has_left)}")]
    if edit.where is Where.START:
        cut = cut_at_start(said, end)
        return [cut or Finding(Severity.FINE, Guard.CUT, "clipped at the start")]
    if edit.where is Where.END:
        cut = cut_at_end(said, start)
        return [cut or Finding(Severity.FINE, Guard.CUT, "clipped at the end")]
    if gap is not None:
        return [_at_gap(extra if has_left else (), () if has_left else extra, gap)]
    if set(extra) <= words.LIGHT:
        return [Finding(Severity.FINE, Guard.FORM, f"'{' '.join(extra)}' {_how(has_left)}")]
    finding = changed_run(extra, ()) if has_left else changed_run((), extra)
    if finding is not None:
        return [finding]
    return [Finding(Severity.DOUBT, Guard.WORDING, f"'{' '.join(extra)}' {_how(has_left)}")]


def _how(has_left: bool) -> str:  # noqa: FBT001
    return "dropped" if has_left else "added"


def _is_repetition(said: Normalised, start: int, end: int) -> bool:
    """Whether the tokens are doubled words next to themselves, hesitations aside: "in the - uh, in the country"."""
    doubled = _without_fillers(said.keys[start:end])
    if not doubled or len(doubled) > 8:
        return False
    before, after = said.keys[max(start - len(doubled), 0) : start], said.keys[end : end + len(doubled)]
    return _undoubled(before + doubled + after) == _undoubled(before + after)


def _undoubled(keys: tuple[str, ...]) -> tuple[str, ...]:
    """`keys` with each run of words that follows itself at once kept once."""
    for length in range(len(keys) // 2, 0, -1):
        for at in range(len(keys) - 2 * length + 1):
            if keys[at : at + length] == keys[at + length : at + 2 * length]:
                return _undoubled(keys[: at + length] + keys[at + 2 * length :])
    return keys


def _is_filler(keys: tuple[str, ...], *, inner: bool) -> bool:
    """Whether all of `keys` are hesitations and discourse markers."""
    return not _without_fillers(keys, words.INNER_FILLERS if inner else words.FILLERS)


def _without_fillers(keys: tuple[str, ...], fillers: words.Phrases = words.VOCAL_FILLERS) -> tuple[str, ...]:
    rest: list[str] = []
    at = 0
    while at < len(keys):
        key, length = keys[at], 0
        for filler in fillers.get(key, ()):
            if keys[at : at + len(filler)] == filler:
                length = len(filler)
                break
        if not length and key not in words.HESITATIONS:
            rest.append(key)
        at += length or 1
    return tuple(rest)


def _moved(a: Normalised, b: Normalised, edits: list[Edit]) -> list[Finding]:
    """Words that stand elsewhere: "only" moved, or two names that changed places.

    What a clip lost at an edge counts only when nearly all of it reappears: two clips of one long sentence share a
    word by chance.
    """
    inside = [edit for edit in edits if edit.where is Where.INSIDE]
    for chosen, share in ((inside, 0.0), (edits, 0.8)):
        dropped = Counter(key for edit in chosen for key in a.keys[edit.a0 : edit.a1])
        added = Counter(key for edit in chosen for key in b.keys[edit.b0 : edit.b1])
        both = dropped & added
        telling = sorted(key for key in both if len(key) > 3 or key in words.MOVABLE or is_number(key))
        telling = [key for key in telling if not _is_filler((key,), inner=False)]
        if telling and both.total() >= share * min(dropped.total(), added.total()):
            return [Finding(Severity.CHANGE, Guard.ORDER, f"'{' ... '.join(telling[:4])}' stands elsewhere")]
    return []
