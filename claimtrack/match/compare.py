"""Whether two printed wordings are the same words, said by the same person on one occasion; with the reasons.

The machine suggests: same, review or different. When in doubt it says review; a change of meaning is never "same".
"""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

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
)
from claimtrack.match.normalise import Gap, Normalised, normalise
from claimtrack.match.numbers import is_number
from claimtrack.match.occasions import clearly_differ
from claimtrack.match.speakers import can_be_same

#: Share of the shorter text's words that must stand in the other. FINDINGS: LCS / shorter >= .70 keeps recall .95.
MIN_COVER = 0.7
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
    def blocks_join(self) -> bool:
        """Whether these two may never stand in one cluster without a person's word."""
        return self.is_turned_down or not _BLOCKING.isdisjoint(self.guards)


_BLOCKING = frozenset({Guard.SPEAKER, Guard.OCCASION, Guard.BOILERPLATE})


def compare(a: Utterance, b: Utterance) -> Comparison:
    """What is suggested about `a` and `b`; outcome and score are the same for `b` and `a`. Never raises.

    >>> compare(Utterance("We will sign.", "Ada Moss"), Utterance("We will not sign.", "Moss"))
    Comparison(outcome=<Outcome.DIFFERENT: 'different'>, score=1.0, reasons=("'not' added",), guards=(<Guard.NEGATION: 'negation'>,))
    """
    left, right = a.words, b.words
    turned = (right.keys, b.text) < (left.keys, a.text)
    findings, score = _wording(right, left) if turned else _wording(left, right)
    if turned:
        findings = [_turn(finding) for finding in findings]
    if score >= MIN_COVER_FOR_REVIEW:
        findings += _circumstances(a, b)
    return _settle(findings, score)


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
    if score < MIN_COVER and worst is Severity.FINE:
        findings = [Finding(Severity.DOUBT, Guard.OVERLAP, "only some words in common"), *findings]
        worst = Severity.DOUBT
    findings = sorted(findings, key=lambda finding: -finding.severity)
    outcome = (Outcome.SAME, Outcome.REVIEW, Outcome.DIFFERENT)[worst]
    reasons = tuple(dict.fromkeys(finding.reason for finding in findings)) or ("same words",)
    guards = tuple(dict.fromkeys(finding.guard for finding in findings if finding.severity))
    return Comparison(outcome, round(score, 4), reasons, guards)


def _circumstances(a: Utterance, b: Utterance) -> list[Finding]:
    """What speaker, date and occasion say, and whether everybody says these words."""
    found = []
    if not can_be_same(a.speaker, b.speaker):
        found.append(Finding(Severity.DOUBT, Guard.SPEAKER, f"speakers differ: {a.speaker} / {b.speaker}"))
    if clearly_differ(a.said_on, b.said_on):
        found.append(Finding(Severity.DOUBT, Guard.OCCASION, f"said again? dates differ: {a.said_on} / {b.said_on}"))
    elif a.occasion and b.occasion and a.occasion.casefold() != b.occasion.casefold():
        found.append(Finding(Severity.DOUBT, Guard.OCCASION, f"said again? occasions: {a.occasion} / {b.occasion}"))
    if is_boilerplate(a.words) or is_boilerplate(b.words):
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
    for edit in alignment.edits:
        findings += edit_findings(a, b, edit)
    findings += _moved(a, b, alignment.edits)
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
    """A question against a statement, when both texts show how they end."""
    if whole and "?" in {a.end_mark, b.end_mark} and a.end_mark != b.end_mark:
        if not (a.end_mark and b.end_mark):
            other = a if a.end_mark == "?" else b
            if other.keys and other.keys[0] in _INVERTING:
                return []
            return [Finding(Severity.DOUBT, Guard.QUESTION, "question mark on one side alone")]
        return [Finding(Severity.CHANGE, Guard.QUESTION, "a question against a statement")]
    return []


_INVERTING = frozenset(
    "who what when where why how which whose whom is are was were do does did has have had will would can could should "
    "may might must shall am".split()
)


def _bracket_contents(a: Normalised, b: Normalised) -> list[Finding]:
    found = []
    for gap in (*a.gaps, *b.gaps):
        if gap.bracket:
            finding = changed_run((), gap.keys)
            if finding is not None and finding.guard in {Guard.NEGATION, Guard.ONLY, Guard.CONDITION}:
                found.append(Finding(Severity.CHANGE, finding.guard, f"in a bracket: {finding.reason}"))
    if found and [gap.keys for gap in a.gaps if gap.bracket] == [gap.keys for gap in b.gaps if gap.bracket]:
        return []
    return found


def edit_findings(a: Normalised, b: Normalised, edit: Edit) -> list[Finding]:
    """What one edit between `a` and `b` means for the sense; never empty."""
    left, right = a.keys[edit.a0 : edit.a1], b.keys[edit.b0 : edit.b1]
    gap = _gap_near(a, edit.a0, edit.a1) or _gap_near(b, edit.b0, edit.b1)
    if _letters(left) == _letters(right):
        return [Finding(Severity.FINE, Guard.FORM, f"spelling: '{' '.join(left)}' -> '{' '.join(right)}'")]
    if not left or not right:
        return _one_sided(a, b, edit, gap)
    if gap is not None:
        return [_at_gap(left, right, gap)]
    if _is_abbreviation(left, right) or _is_abbreviation(right, left):
        return [Finding(Severity.FINE, Guard.FORM, f"short form: '{' '.join(left)}' -> '{' '.join(right)}'")]
    if edit.where is Where.START and _is_filler(left, inner=False) and _is_filler(right, inner=False):
        return [Finding(Severity.FINE, Guard.FORM, "fillers differ")]
    if len(left) == len(right):
        return [changed_word(a, edit.a0 + at, b, edit.b0 + at) for at in range(len(left)) if left[at] != right[at]]
    finding = changed_run(left, right)
    if finding is not None:
        return [finding]
    return [Finding(Severity.DOUBT, Guard.WORDING, f"other words: '{' '.join(left)}' -> '{' '.join(right)}'")]


def _letters(keys: tuple[str, ...]) -> str:
    return "".join(keys).replace("'", "").replace("-", "")


def _is_abbreviation(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    if len(short) != 1 or not 2 <= len(full) <= 8 or not 2 <= len(short[0]) <= 6:
        return False
    return short[0] == "".join(key[0] for key in full if key not in {"of", "the", "and", "for"})


def _gap_near(said: Normalised, start: int, end: int) -> Gap | None:
    found = [gap for gap in said.gaps if start <= gap.at <= end and 0 < gap.at < len(said.keys)]
    return max(found, key=lambda gap: gap.bracket, default=None)


def _at_gap(left: tuple[str, ...], right: tuple[str, ...], gap: Gap) -> Finding:
    ours, theirs = (left, right) if not gap.keys else (left or gap.keys, right or gap.keys)
    finding = changed_run(ours, theirs)
    if finding is not None and finding.guard is not Guard.UNIT:
        severity = Severity.CHANGE if finding.guard in _GRAVE_IN_GAP else Severity.DOUBT
        return Finding(severity, finding.guard, f"at a gap: {finding.reason}")
    return Finding(
        Severity.FINE, Guard.CUT, "words replaced at a bracket" if gap.bracket else "words left out at a gap"
    )


_GRAVE_IN_GAP = frozenset({Guard.NEGATION, Guard.ONLY, Guard.CONDITION})


def _one_sided(a: Normalised, b: Normalised, edit: Edit, gap: Gap | None) -> list[Finding]:
    has_left = edit.a1 > edit.a0
    said, start, end = (a, edit.a0, edit.a1) if has_left else (b, edit.b0, edit.b1)
    extra = said.keys[start:end]
    if _is_filler(extra, inner=edit.where is Where.INSIDE):
        return [Finding(Severity.FINE, Guard.FORM, f"filler '{' '.join(extra)}' {_how(has_left)}")]
    if edit.where is Where.START:
        cut = cut_at_start(said, end)
        return [cut or Finding(Severity.FINE, Guard.CUT, "clipped at the start")]
    if edit.where is Where.END:
        cut = cut_at_end(said, start)
        return [cut or Finding(Severity.FINE, Guard.CUT, "clipped at the end")]
    if _is_repetition(said, start, end):
        return [Finding(Severity.FINE, Guard.FORM, f"repeated '{' '.join(extra)}' {_how(has_left)}")]
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
    """Whether the tokens are doubled words next to themselves: "in the - in the country"."""
    length = end - start
    extra = said.keys[start:end]
    return extra in (said.keys[end : end + length], said.keys[max(start - length, 0) : start])


def _is_filler(keys: tuple[str, ...], *, inner: bool) -> bool:
    """Whether all of `keys` are hesitations and discourse markers."""
    rest = [key for key in keys if key not in words.HESITATIONS]
    fillers = words.INNER_FILLERS if inner else words.FILLERS
    while rest:
        for filler in fillers:
            if tuple(rest[: len(filler)]) == filler:
                rest = rest[len(filler) :]
                break
        else:
            return False
    return True


def _moved(a: Normalised, b: Normalised, edits: tuple[Edit, ...]) -> list[Finding]:
    """Words that stand elsewhere: "only" moved, or two names that changed places."""
    dropped: Counter[str] = Counter()
    added: Counter[str] = Counter()
    for edit in edits:
        dropped.update(a.keys[edit.a0 : edit.a1])
        added.update(b.keys[edit.b0 : edit.b1])
    both = [key for key in dropped if key in added and key not in words.HESITATIONS]
    telling = [key for key in both if len(key) > 3 or key in words.ONLY or key in words.PRONOUNS or is_number(key)]
    if not telling:
        return []
    return [Finding(Severity.CHANGE, Guard.ORDER, f"'{' ... '.join(sorted(telling)[:4])}' stands elsewhere")]
