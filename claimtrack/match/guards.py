"""What a difference between two wordings does to the sense.

Each guard is grammar or arithmetic: it knows a closed class (negations, numbers, modals ...), not sentences. `Severity`
says what it decides: FINE keeps "same", DOUBT makes "review", CHANGE makes "different". A difference that no guard
knows is never fine.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from itertools import pairwise

from rapidfuzz.distance import OSA

from claimtrack.match import words
from claimtrack.match.normalise import Normalised
from claimtrack.match.numbers import is_number
from claimtrack.match.typos import is_typo, is_word


class Severity(IntEnum):
    """What a finding decides at least."""

    FINE = 0
    DOUBT = 1
    CHANGE = 2


class Guard(StrEnum):
    """Kind of difference, for filters and for what blocks a cluster."""

    FORM = "form"  #: spelling, typing, marks, tense of a reported clause, brackets
    CUT = "cut"  #: words left out at an edge or at an ellipsis
    NEGATION = "negation"
    NUMBER = "number"
    UNIT = "unit"
    DATE = "date"
    QUANTIFIER = "quantifier"
    MODAL = "modal"
    OPPOSITE = "opposite"
    NAME = "name"
    PERSON = "person"
    ORDER = "order"
    ONLY = "only"
    CONDITION = "condition"
    QUESTION = "question"
    LIMIT = "limit"
    TENSE = "tense"
    WORDING = "wording"
    OVERLAP = "overlap"
    SPEAKER = "speaker"
    OCCASION = "occasion"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference: how grave, of which kind, in plain words."""

    severity: Severity
    guard: Guard
    reason: str
    #: Whether what the two sides say excludes each other, where all else is the same.
    opposes: bool = False


def are_opposed(findings: Sequence[Finding]) -> bool:
    """Whether the findings make of one assertion two that can't both be true, and hardly anything else."""
    return any(finding.opposes for finding in findings) and all(
        finding.opposes or finding.severity is Severity.FINE or finding.guard in _BESIDE for finding in findings
    )


#: Guards whose words exclude each other where one stands for the other: two boats or three, on Monday or on Friday.
_EXCLUSIVE = frozenset({Guard.UNIT, Guard.DATE, Guard.QUANTIFIER})
#: What else may differ between two texts that oppose each other.
_BESIDE = _EXCLUSIVE | {Guard.NUMBER, Guard.MODAL}
#: Words in a run beyond which a negation in it denies something of its own.
_SHORT_RUN = 3


def changed_word(a: Normalised, at: int, b: Normalised, to: int) -> Finding:
    """What it means that word `at` of `a` stands where word `to` of `b` does."""
    one, other = a.keys[at], b.keys[to]
    shown = shown_word(a, at), shown_word(b, to)
    text = f"'{shown[0]}' -> '{shown[1]}'"
    is_name = _is_name(a, at, one, other) or _is_name(b, to, one, other)
    if {one, other} in _ONE_OR_A:
        return Finding(Severity.DOUBT, Guard.NUMBER, f"one or any? {text}")
    if is_number(one) or is_number(other):
        are_both = is_number(one) and is_number(other)
        return Finding(Severity.CHANGE, Guard.NUMBER, f"number {shown[0]} -> {shown[1]}", are_both)
    if _same_noun(one, other):
        return Finding(Severity.DOUBT, Guard.WORDING, f"one or many: {text}")
    if is_typo(one, other, name=is_name) or is_typo(*shown, name=is_name):
        return Finding(Severity.FINE, Guard.FORM, f"typing: {text}")
    is_would_of = {one, other} == {"of", "have"} and a.keys[max(at - 1, 0)] in words.AUXILIARIES  # "would of gone"
    if is_would_of or frozenset((one, other)) in words.HEARD_ALIKE:
        return Finding(Severity.FINE, Guard.FORM, f"heard alike: {text}")
    first_person = not words.SPEAKERS_SELF.isdisjoint(
        (*a.keys[max(at - 2, 0) : at + 2], *b.keys[max(to - 2, 0) : to + 2])
    )
    tense = _tense(one, other, edited=at in a.edited or to in b.edited, first_person=first_person)
    if tense is not None:
        return Finding(tense, Guard.TENSE if tense else Guard.FORM, f"tense: {text}")
    if _is_contraction({one, other}, _printed(a, at, b, to)):
        return Finding(Severity.FINE, Guard.FORM, f"contraction: {text}")
    if {one, other} in _EACH or ({one, other} == {"lbs", "pounds"} and "£" not in "".join(shown)):
        return Finding(Severity.FINE, Guard.FORM, f"unit: {text}")
    if one in words.TIMES and other in words.TIMES:  # before the others: "may" is a month here
        return Finding(Severity.CHANGE, Guard.DATE, f"time {text}", opposes=True)
    for guard, name, known in _CLASSES:
        if one in known or other in known:
            are_both = one in known and other in known
            is_denied = guard is Guard.NEGATION and (one in _DENYING) != (other in _DENYING)
            opposes = is_denied or (guard in _EXCLUSIVE and are_both) or is_opposite(one, other)
            return Finding(Severity.CHANGE, guard, f"{name} {text}", opposes)
    return _open_class(one, other, text, is_name=is_name)


def _open_class(one: str, other: str, text: str, *, is_name: bool) -> Finding:
    if one in words.PRONOUNS and other in words.PRONOUNS:
        return Finding(Severity.CHANGE, Guard.PERSON, f"person {text}")
    if is_opposite(one, other):
        return Finding(Severity.CHANGE, Guard.OPPOSITE, f"opposite {text}", one not in words.ROLES)
    if one in words.ROLES and other in words.ROLES:
        return Finding(Severity.CHANGE, Guard.OPPOSITE, f"role {text}")
    if is_name:
        if min(len(one), len(other)) > 3 and OSA.distance(one, other, score_cutoff=1) == 1:
            return Finding(Severity.DOUBT, Guard.NAME, f"one name or two? {text}")
        return Finding(Severity.CHANGE, Guard.NAME, f"name {text}")
    return Finding(Severity.DOUBT, Guard.WORDING, f"other word: {text}")


#: "400 dollars a day" and "per day"; "a mistake" and "one mistake", which only a voice tells apart.
_EACH = ({"a", "per"}, {"an", "per"})
_ONE_OR_A = ({"a", "1"}, {"an", "1"})


def _is_contraction(words_there: set[str], printed: tuple[str, str]) -> bool:
    """Whether two keys are readings of one contracted word: "she's been", "I'd gone"."""
    if "'s" in words_there and words_there <= {"'s", "is", "has", "us"}:
        return True
    endings = {("is", "has"): ("'s", "’s"), ("had", "would"): ("'d", "’d")}
    return any(
        words_there == set(pair) and any(word.endswith(ends) for word in printed) for pair, ends in endings.items()
    )


def _printed(a: Normalised, at: int, b: Normalised, to: int) -> tuple[str, str]:
    return a.printed(at, at + 1).lower(), b.printed(to, to + 1).lower()


def shown_word(said: Normalised, at: int) -> str:
    """Word `at` as printed, in lower case; its key where print runs several together ("can't")."""
    start = said.starts[at]
    shares = (at > 0 and said.starts[at - 1] == start) or (at + 1 < len(said.keys) and said.starts[at + 1] == start)
    is_measure = is_number(said.keys[at]) or (at > 0 and is_number(said.keys[at - 1]) and said.starts[at - 1] == start)
    if shares and not is_measure:
        return said.keys[at]
    return said.printed(at, at + 1).lower()


def _is_name(said: Normalised, at: int, one: str, other: str) -> bool:
    """Printed with a capital inside a sentence, or at its beginning when neither word is in the dictionary."""
    if one in words.ROLES or other in words.ROLES:
        return False
    if said.capitals[at]:
        return True
    is_first = said.text[said.starts[at]].isupper() and not said.text.isupper()
    return is_first and one.isalpha() and other.isalpha() and not is_word(one) and not is_word(other)


def is_same_word(a: Normalised, at: int, b: Normalised, to: int) -> bool:
    """Whether two words that differ are one word in two forms, for all that the sense needs."""
    one, other = a.keys[at], b.keys[to]
    if one[0] != other[0] and one[:2] != other[1::-1] and not (one in _VERB_FORMS and other in _VERB_FORMS):
        return False
    return changed_word(a, at, b, to).severity is Severity.FINE


_VERB_FORMS = frozenset("is am are was were has have had do does did will would 's us".split())


_CLASSES: tuple[tuple[Guard, str, frozenset[str]], ...] = (
    (Guard.NEGATION, "negation", words.NEGATIONS),
    (Guard.ONLY, "focus", words.STRONG_ONLY),
    (Guard.CONDITION, "condition", words.CONDITIONS),
    (Guard.QUANTIFIER, "quantity", words.QUANTIFIERS),
    (Guard.MODAL, "certainty", words.MODALS),
    (Guard.UNIT, "unit", words.UNITS),
    (Guard.DATE, "time", words.TIMES),
)


def is_opposite(one: str, other: str) -> bool:
    """Whether two words exclude each other: a listed pair, or one is the other with a reversing prefix or "-less".

    >>> is_opposite("rise", "fall"), is_opposite("legal", "illegal"), is_opposite("useful", "useless")
    (True, True, True)
    >>> is_opposite("side", "inside")
    True
    """
    if (one, other) in words.OPPOSITES:
        return True
    shorter, longer = sorted((one, other), key=len)
    if any(longer == prefix + shorter for prefix in words.REVERSING_PREFIXES) and len(shorter) > 2:
        return True
    for ending in ("est", "er"):
        if one.endswith(ending) and other.endswith(ending):
            ours, theirs = ([word[: -len(ending)], word[: -len(ending) - 1] + "y"] for word in (one, other))
            return any((left, right) in words.OPPOSITES for left in ours for right in theirs)
    return (one.endswith("ful") and other == one[:-3] + "less") or (
        other.endswith("ful") and one == other[:-3] + "less"
    )


def _tense(one: str, other: str, *, edited: bool, first_person: bool = False) -> Severity | None:
    """Severity of a tense difference, or None when the two are no forms of one verb.

    "is" and "was", "will" and "would" go together, since a partial quotation shifts its tense; but a reporter who
    shifts the tense shifts "I" and "we" too, so "I would" is not "I will" reported. Other verbs go together only where
    a bracket shows that an editor did it ("agree[d]"): "we build" and "we built" may be two facts.
    """
    for present, past in words.TENSES:
        if (one in present and other in past) or (other in present and one in past):
            return Severity.FINE
        if (one in present and other in present) or (one in past and other in past):
            return Severity.FINE if edited else Severity.DOUBT
    if {one, other} == {"will", "would"}:
        return Severity.FINE if edited or not first_person else Severity.DOUBT
    if one[0] != other[0] or _stem(one) != _stem(other):
        return None
    if edited:
        return Severity.FINE
    return None if _same_noun(one, other) else Severity.DOUBT


def is_same_verb(one: str, other: str) -> bool:
    """Whether two words are forms of one verb, as far as endings and auxiliaries tell.

    >>> is_same_verb("agree", "agreed"), is_same_verb("will", "would"), is_same_verb("is", "had")
    (True, True, False)
    """
    return _tense(one, other, edited=True) is Severity.FINE


def _stem(word: str) -> str:
    for ending in ("ing", "ied", "ies", "ed", "es", "d", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def _same_noun(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return longer in {shorter + "s", shorter + "es"} or (shorter.endswith("y") and longer == shorter[:-1] + "ies")


def changed_run(a: Sequence[str], b: Sequence[str]) -> Finding | None:
    """What it means that the words `a` stand where the words `b` do, by what only one side has; None when unknown.

    The gravest closed class that the two sides do not share decides: negation, focus and condition, then numbers,
    quantity, certainty, unit, time. A number or a time that left together with its whole phrase ("on three
    occasions") leaves a doubt: less was said, not something else.
    """
    is_phrase = min(len(a), len(b)) == 0 and len(a) + len(b) > 3
    for guard, name, known in _RUN_CLASSES:
        ours, theirs = [key for key in a if _is_in(key, known)], [key for key in b if _is_in(key, known)]
        if sorted(ours) != sorted(theirs):
            is_less = is_phrase and guard in _LESS_SAID
            severity = Severity.DOUBT if is_less else Severity.CHANGE
            is_short = max(len(a), len(b)) <= _SHORT_RUN
            is_denied = guard is Guard.NEGATION and _DENYING.isdisjoint(ours) != _DENYING.isdisjoint(theirs)
            is_other = guard in (_EXCLUSIVE | {Guard.NUMBER}) and bool(ours) and bool(theirs)
            return Finding(severity, guard, _changed(name, ours, theirs), is_short and (is_denied or is_other))
    if _turned(a) != _turned(b):
        return Finding(
            Severity.CHANGE, Guard.NEGATION, _changed("negation", *(["far from"] * _turned(x) for x in (a, b)))
        )
    for one in a:
        for other in b:
            if is_opposite(one, other) or (one in words.ROLES and other in words.ROLES and not _same_noun(one, other)):
                return Finding(Severity.CHANGE, Guard.OPPOSITE, f"opposite '{one}' -> '{other}'")
    return None


def _turned(keys: Sequence[str]) -> bool:
    """Whether "far from" stands there, which negates what follows: "far from safe"."""
    return any(pair == ("far", "from") for pair in pairwise(keys))


#: Negators that turn the clause they stand in; "in decline", "the wrong side" deny nothing.
_DENYING = words.CLAUSE_NEGATIONS | words.REFUSALS


def _is_in(key: str, known: frozenset[str]) -> bool:
    return key in known if known else is_number(key)


#: As _CLASSES, with numbers (an empty set) behind what turns a sentence round.
_RUN_CLASSES = (*_CLASSES[:3], (Guard.NUMBER, "number", frozenset[str]()), *_CLASSES[3:])


_LESS_SAID = frozenset({Guard.NUMBER, Guard.QUANTIFIER, Guard.UNIT, Guard.DATE})


def _changed(name: str, ours: Sequence[str], theirs: Sequence[str]) -> str:
    """Plain words for what one side has and the other has not.

    >>> _changed("negation", [], ["not"])
    "'not' added"
    """
    if not ours:
        return f"'{' '.join(theirs)}' added" if name != "number" else f"number {' '.join(theirs)} added"
    if not theirs:
        return f"'{' '.join(ours)}' dropped" if name != "number" else f"number {' '.join(ours)} dropped"
    if name == "number":
        return f"number {' '.join(ours)} -> {' '.join(theirs)}"
    return f"{name} '{' '.join(ours)}' -> '{' '.join(theirs)}'"
