"""What a difference between two wordings does to the sense.

Each guard is grammar or arithmetic: it knows a closed class (negations, numbers, modals ...), not sentences. `Severity`
says what it decides: FINE keeps "same", DOUBT makes "review", CHANGE makes "different". A difference that no guard
knows is never fine.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from claimtrack.match import words
from claimtrack.match.normalise import Normalised
from claimtrack.match.numbers import is_number
from claimtrack.match.typos import is_typo


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


def changed_word(a: Normalised, at: int, b: Normalised, to: int) -> Finding:
    """What it means that word `at` of `a` stands where word `to` of `b` does."""
    one, other = a.keys[at], b.keys[to]
    text = f"'{one}' -> '{other}'"
    is_name = (a.capitals[at] and b.capitals[to]) or ((a.capitals[at] or b.capitals[to]) and one not in words.ROLES)
    if is_number(one) or is_number(other):
        return Finding(Severity.CHANGE, Guard.NUMBER, f"number {one} -> {other}")
    if is_typo(one, other, name=is_name):
        return Finding(Severity.FINE, Guard.FORM, f"typing: {text}")
    tense = _tense(one, other, edited=at in a.edited or to in b.edited)
    if tense is not None:
        return Finding(tense, Guard.TENSE if tense else Guard.FORM, f"tense: {text}")
    if "'s" in {one, other} and {one, other} <= {"'s", "is", "has", "us"}:
        return Finding(Severity.FINE, Guard.FORM, f"contraction: {text}")
    if "would" in {one, other} and {one, other} == {"would", "had"} and _has_d(a, at, b, to):
        return Finding(Severity.FINE, Guard.FORM, f"contraction: {text}")
    for guard, name, known in _CLASSES:
        if one in known or other in known:
            return Finding(Severity.CHANGE, guard, f"{name} {text}")
    if is_opposite(one, other):
        return Finding(Severity.CHANGE, Guard.OPPOSITE, f"opposite {text}")
    if one in words.PRONOUNS and other in words.PRONOUNS:
        return Finding(Severity.CHANGE, Guard.PERSON, f"person {text}")
    if is_name:
        return Finding(Severity.CHANGE, Guard.NAME, f"name {text}")
    if one in words.ROLES and other in words.ROLES:
        return Finding(Severity.CHANGE, Guard.OPPOSITE, f"role {text}")
    if _same_noun(one, other):
        return Finding(Severity.DOUBT, Guard.WORDING, f"one or many: {text}")
    return Finding(Severity.DOUBT, Guard.WORDING, f"other word: {text}")


def _has_d(a: Normalised, at: int, b: Normalised, to: int) -> bool:
    return "d" in {a.text[a.ends[at] - 1 : a.ends[at]].lower(), b.text[b.ends[to] - 1 : b.ends[to]].lower()} and (
        "'" in a.printed(at, at + 1) + b.printed(to, to + 1) or "’" in a.printed(at, at + 1) + b.printed(to, to + 1)
    )


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
    return (one.endswith("ful") and other == one[:-3] + "less") or (
        other.endswith("ful") and one == other[:-3] + "less"
    )


def _tense(one: str, other: str, *, edited: bool) -> Severity | None:
    """Severity of a tense difference, or None when the two are no forms of one verb.

    "is" and "was" go together, since a partial quotation shifts its tense. Other verbs do only where a bracket shows
    that an editor did it ("agree[d]"): "we build" and "we built" may be two facts.
    """
    for present, past in words.TENSES:
        if (one in present and other in past) or (other in present and one in past):
            return Severity.FINE
        if (one in present and other in present) or (one in past and other in past):
            return Severity.FINE if edited else Severity.DOUBT
    if {one, other} == {"will", "would"}:
        return Severity.FINE if edited else Severity.DOUBT
    if edited and _stem(one) == _stem(other):
        return Severity.FINE
    if one != other and _stem(one) == _stem(other) and not _same_noun(one, other):
        return Severity.DOUBT
    return None


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

    The gravest closed class that the two sides do not share decides: numbers, then negation, condition, focus,
    quantity, certainty.
    """
    numbers = ([key for key in a if is_number(key)], [key for key in b if is_number(key)])
    if sorted(numbers[0]) != sorted(numbers[1]):
        return Finding(Severity.CHANGE, Guard.NUMBER, _changed("number", numbers[0], numbers[1]))
    for guard, name, known in _CLASSES:
        ours, theirs = [key for key in a if key in known], [key for key in b if key in known]
        if sorted(ours) != sorted(theirs):
            return Finding(Severity.CHANGE, guard, _changed(name, ours, theirs))
    return None


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


def cut_at_end(words_: Normalised, start: int) -> Finding | None:
    """What the clip loses that ends before token `start`: None when what is left still says the same.

    Looks at the rest of the clause (to the next comma, at most ten words) for a negation or a focus word, at the
    beginning of each later clause of the sentence for a limit ("unless", "but only", "as long as"), and at the first
    words of the next sentence.
    """
    keys, pauses = words_.keys, words_.pauses
    length = len(keys)
    if start >= length:
        return None
    opener = _opener(keys, start)
    if opener:
        return Finding(Severity.CHANGE, Guard.LIMIT, f"clip ends before '{opener}'")
    if start and is_number(keys[start - 1]) and pauses[start] == 0 and (keys[start] in words.UNITS):
        return Finding(Severity.CHANGE, Guard.UNIT, f"clip ends before '{keys[start]}'")
    at = start
    in_clause = pauses[start] == 0
    while at < length and (pauses[at] < 2 or at == start):
        if at > start and (pauses[at] or keys[at] in {"but", "and", "because", "which", "who"}):
            in_clause = False
        key = keys[at]
        if in_clause and at - start < 10 and (key in words.CLAUSE_NEGATIONS or key in words.STRONG_ONLY):
            return Finding(Severity.CHANGE, Guard.NEGATION, f"clip ends before '{key}'")
        if at > start and key in {"unless", "if", "except", "provided", "until"} and pauses[start] < 2:
            return Finding(Severity.DOUBT, Guard.LIMIT, f"clip ends before '{key}'")
        if at > start and pauses[at] and (opener := _opener(keys, at)) and pauses[start] < 2:
            return Finding(Severity.DOUBT, Guard.LIMIT, f"clip ends before '{opener}'")
        at += 1
    return None


def _opener(keys: Sequence[str], at: int) -> str:
    for opener in words.LIMIT_OPENERS:
        if tuple(keys[at : at + len(opener)]) == opener:
            return " ".join(opener)
    return ""


def cut_at_start(words_: Normalised, end: int) -> Finding | None:
    """What the clip loses that begins at token `end`: None when what is left still says the same.

    Looks back through the sentence: in the clause that the clip breaks off for a negation, a doubt, a condition or
    another voice ("they say"), and in the clauses before it for a condition.
    """
    keys, pauses = words_.keys, words_.pauses
    if end <= 0 or end >= len(keys) or pauses[end] == 2:
        return None
    in_clause = pauses[end] == 0
    for at in range(end - 1, -1, -1):
        key = keys[at]
        if in_clause and end - at <= 10:
            finding = _prefix_word(keys, at)
            if finding is not None:
                return finding
        elif key in {"if", "unless"}:
            return Finding(Severity.DOUBT, Guard.LIMIT, f"clip begins after '{key} ...'")
        if pauses[at] == 2:
            break
        if pauses[at]:
            in_clause = False
    return None


def _prefix_word(keys: Sequence[str], at: int) -> Finding | None:
    key = keys[at]
    if key in words.CLAUSE_NEGATIONS or key in {"refuse", "refused", "fail", "failed", "deny", "denied", "against"}:
        return Finding(Severity.CHANGE, Guard.NEGATION, f"clip begins after '{key}'")
    if key in words.CONDITIONS:
        return Finding(Severity.CHANGE, Guard.LIMIT, f"clip begins after '{key}'")
    if key in words.STRONG_ONLY:
        return Finding(Severity.CHANGE, Guard.ONLY, f"clip begins after '{key}'")
    if key in words.EMBEDDERS and not any(word in words.FIRST_PERSON_OPINION for word in keys[max(at - 3, 0) : at]):
        return Finding(Severity.DOUBT, Guard.LIMIT, f"clip begins after '{key}'")
    return None
