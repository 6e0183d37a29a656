"""Whether two printed wordings are the same words, said by the same person on one occasion; with the reasons.

The machine suggests: same, review or different. When in doubt it says review; a change of meaning is never "same".
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from claimtrack.match import words
from claimtrack.match.guards import Finding, Guard, Severity
from claimtrack.match.normalise import Normalised, normalise
from claimtrack.match.occasions import clearly_differ
from claimtrack.match.speakers import can_be_same
from claimtrack.match.wording import MIN_COVER_FOR_REVIEW, Wording, judge_wording

#: Share of the shorter text's words that must stand in the other. Measured: LCS / shorter >= .70 keeps recall .95.
MIN_COVER = 0.7


#: Share of the words between the first and the last common one that must be common for two texts to be close.
MIN_CLOSENESS = 0.6

#: The same where they share fewer words in a row: two sides that changed places.
MIN_CLOSENESS_OF_FEW = 0.9

#: The same when nothing but the edges differ: two clips of one sentence that overlap.
MIN_COVER_OF_CLIPS = 0.65


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
    different with no guard when too few words are shared to be worth a look. `is_close` tells that the words they share
    stand together, and `is_opposed` that both can't be true of one matter: a possible contradiction.
    """

    outcome: Outcome
    score: float
    reasons: tuple[str, ...]
    guards: tuple[Guard, ...] = ()
    is_close: bool = False
    is_opposed: bool = False

    @property
    def is_turned_down(self) -> bool:
        """Whether the words are close and a guard said no: worth showing."""
        return self.outcome is Outcome.DIFFERENT and bool(self.guards) and self.is_close

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
        is_changed = self.outcome is Outcome.DIFFERENT and bool(self.guards)
        return is_changed or not _BLOCKING.isdisjoint(self.guards)


_SENSE = frozenset(
    {Guard.NEGATION, Guard.NUMBER, Guard.UNIT, Guard.DATE, Guard.QUANTIFIER, Guard.MODAL, Guard.OPPOSITE, Guard.NAME,
     Guard.PERSON, Guard.ORDER, Guard.ONLY, Guard.CONDITION, Guard.QUESTION}
)  # fmt: skip


_BLOCKING = frozenset({Guard.SPEAKER, Guard.OCCASION, Guard.BOILERPLATE})


def compare(a: Utterance, b: Utterance) -> Comparison:
    """What is suggested about `a` and `b`; outcome and score are the same for `b` and `a`. Never raises.

    >>> found = compare(Utterance("We will sign.", "Ada Moss"), Utterance("We will not sign.", "Moss"))
    >>> found.outcome.value, found.reasons
    ('different', ("'not' added",))
    """
    return compare_words(a, a.words, b, b.words)


def compare_words(a: Utterance, left: Normalised, b: Utterance, right: Normalised) -> Comparison:
    """`compare` for a caller that has the normalised words at hand."""
    turned = (right.keys, b.text) < (left.keys, a.text)
    wording = judge_wording(right, left) if turned else judge_wording(left, right)
    findings = [_turn(finding) for finding in wording.findings] if turned else wording.findings
    if wording.score >= MIN_COVER_FOR_REVIEW:
        findings += _circumstances(a, left, b, right)
    return _settle(findings, wording)


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
    return Finding(finding.severity, finding.guard, reason, finding.opposes)


def _settle(findings: list[Finding], wording: Wording) -> Comparison:
    score = wording.score
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
    is_close = wording.closeness >= (MIN_CLOSENESS if score >= MIN_COVER_OF_CLIPS else MIN_CLOSENESS_OF_FEW)
    is_opposed = wording.is_opposed and outcome is Outcome.DIFFERENT
    return Comparison(outcome, round(score, 4), reasons, guards, is_close, is_opposed)


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
    if "comment" in said.keys and len(said.keys) <= 14:
        return all(key in words.BOILERPLATE or key in words.NO_COMMENT for key in said.keys)
    if not words.SYMPATHY.isdisjoint(said.keys) and len(said.keys) <= 16:
        return words.SYMPATHIES.issuperset(said.keys)
    return len(said.keys) <= 12 and words.BOILERPLATE.issuperset(said.keys)
