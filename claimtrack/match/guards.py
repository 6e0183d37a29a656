"""What a difference between two wordings does to the sense.

Each guard is grammar or arithmetic: it knows a closed class (negations, numbers, modals ...), not sentences. `Severity`
says what it decides: FINE keeps "same", DOUBT makes "review", CHANGE makes "different". A difference that no guard
knows is never fine.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from rapidfuzz.distance import OSA

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
    first_person = not words.SPEAKERS_SELF.isdisjoint(
        (*a.keys[max(at - 2, 0) : at + 2], *b.keys[max(to - 2, 0) : to + 2])
    )
    tense = _tense(one, other, edited=at in a.edited or to in b.edited, first_person=first_person)
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
        if min(len(one), len(other)) > 3 and OSA.distance(one, other, score_cutoff=1) == 1:
            return Finding(Severity.DOUBT, Guard.NAME, f"one name or two? {text}")
        return Finding(Severity.CHANGE, Guard.NAME, f"name {text}")
    if one in words.ROLES and other in words.ROLES:
        return Finding(Severity.CHANGE, Guard.OPPOSITE, f"role {text}")
    if _same_noun(one, other):
        return Finding(Severity.DOUBT, Guard.WORDING, f"one or many: {text}")
    return Finding(Severity.DOUBT, Guard.WORDING, f"other word: {text}")


def is_same_word(a: Normalised, at: int, b: Normalised, to: int) -> bool:
    """Whether two words that differ are one word in two forms, for all that the sense needs."""
    one, other = a.keys[at], b.keys[to]
    if one[0] != other[0] and one[:2] != other[1::-1] and not (one in _VERB_FORMS and other in _VERB_FORMS):
        return False
    return changed_word(a, at, b, to).severity is Severity.FINE


_VERB_FORMS = frozenset("is am are was were has have had do does did will would 's us".split())


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


def cut_at_end(said: Normalised, start: int) -> Finding | None:
    """What the clip loses that ends before token `start`: None when what is left still says the same.

    Looks at the rest of the clause that the clip breaks off (four words, up to a pause, a conjunction or a new
    subject) for a negation or a focus word, at the beginning of each later clause of the sentence for a limit
    ("unless", "but only", "as long as"), and at the first words of the next sentence. A number without its unit is
    another number.
    """
    keys, pauses = said.keys, said.pauses
    if start >= len(keys):
        return None
    opener = _opener(keys, start)
    if opener and not (pauses[start] and opener in {"not", "never", "nor"} and _is_contrast(said, start)):
        return Finding(Severity.CHANGE, Guard.LIMIT, f"clip ends before '{opener}'")
    if start and is_number(keys[start - 1]) and pauses[start] == 0 and keys[start] in words.UNITS:
        return Finding(Severity.CHANGE, Guard.LIMIT, f"clip ends before '{keys[start]}'")
    if pauses[start] == 0:
        for at in range(start, min(start + 4, len(keys))):
            key = keys[at]
            if at > start and (pauses[at] or key in words.CLAUSE_OPENERS):
                break
            is_local = key == "without" or (at > start and keys[at - 1] in {"with", "in"})  # "with no delay"
            if (key in words.CLAUSE_NEGATIONS and not is_local) or key in words.STRONG_ONLY:
                return Finding(Severity.CHANGE, Guard.LIMIT, f"clip ends before '{key}'")
            if key in words.SUBJECTS or key in words.CLAUSE_OPENERS:
                break
    if pauses[start] == 2:
        return None
    for at in range(start + 1, len(keys)):
        if pauses[at] == 2:
            break
        if keys[at] in words.CONDITIONS or (pauses[at] and _opener(keys, at)):
            return Finding(Severity.DOUBT, Guard.LIMIT, f"clip ends before '{_opener(keys, at) or keys[at]}'")
    return None


def _is_contrast(said: Normalised, start: int) -> bool:
    """Whether the negation at `start`, behind a pause, denies something of its own.

    "It is security, | not charity" leaves what was said; "It is security, | not at all" is turned round.
    """
    end = next((at for at in range(start + 1, len(said.keys)) if said.pauses[at]), len(said.keys))
    return any(key not in words.TRANSPARENT and not key.endswith("ly") for key in said.keys[start + 1 : end])


def _opener(keys: Sequence[str], at: int) -> str:
    for opener in words.LIMIT_OPENERS:
        if tuple(keys[at : at + len(opener)]) == opener:
            return " ".join(opener)
    return ""


def cut_at_start(said: Normalised, end: int) -> Finding | None:
    """What the clip loses that begins at token `end`: None when what is left still says the same.

    Looks back through the sentence: in the clause that the clip breaks off for a negation, a focus word, a doubt, a
    condition or another voice ("they say"); in the clauses before it for a condition.
    """
    keys, pauses = said.keys, said.pauses
    if end <= 0 or end >= len(keys) or pauses[end] == 2:
        return None
    in_clause, paused = pauses[end] == 0, pauses[end] > 0
    for at in range(end - 1, -1, -1):
        key = keys[at]
        if in_clause:
            finding = _lost_before(keys, at, end)
            if finding is not None:
                return finding
            in_clause = key not in words.COORDINATORS
        elif paused and key in words.CONDITIONS and key != "whether":
            whole = pauses[end] and (at == 0 or pauses[at] or keys[at - 1] in words.COORDINATORS)
            severity = Severity.CHANGE if whole else Severity.DOUBT
            return Finding(severity, Guard.LIMIT, f"clip begins after '{key} ...'")
        if pauses[at] == 2:
            break
        if pauses[at]:
            in_clause, paused = False, True
    return None


def _lost_before(keys: Sequence[str], at: int, end: int) -> Finding | None:
    """What it means that the word at `at`, in the clause that the clip breaks off at `end`, is lost.

    A negation reaches the clip when it is the subject ("nobody here"), when only auxiliaries and adverbs stand between
    ("will not ever | raise"), or through a verb of thought ("do not think that |"). "We did not raise | taxes" leaves
    a noun that asserts nothing.
    """
    key, distance = keys[at], end - at
    last = keys[end - 2] if keys[end - 1] in {"that", "it"} and distance > 2 else keys[end - 1]
    governs = all(word in words.TRANSPARENT or word.endswith("ly") for word in keys[at + 1 : end])
    if key in words.CLAUSE_NEGATIONS or key in words.NEGATIVE_VERBS:
        if governs or (
            key in words.CLAUSE_NEGATIONS and (last in words.THOUGHTS or (key in words.NEGATIVE_SUBJECTS and at < 3))
        ):
            return Finding(Severity.CHANGE, Guard.LIMIT, f"clip begins after '{key}'")
        return None
    if key in words.CONDITIONS and distance <= 1:
        return Finding(Severity.CHANGE, Guard.LIMIT, f"clip begins after '{key}'")
    if key in words.STRONG_ONLY and distance <= 1:
        return Finding(Severity.CHANGE, Guard.LIMIT, f"clip begins after '{key}'")
    if key in words.HEDGES and governs:
        return Finding(Severity.DOUBT, Guard.LIMIT, f"clip begins after '{key}'")
    if key in words.OTHER_VOICES and distance <= 2:
        before = set(keys[max(at - 3, 0) : at])
        if key in words.DOUBTED or before.isdisjoint(words.SPEAKERS_SELF):
            return Finding(Severity.DOUBT, Guard.LIMIT, f"clip begins after '{key}'")
    return None


def lost_in_gap(lost: Sequence[str], *, bracket: bool) -> Finding | None:
    """What it means that an ellipsis or a bracket took the words `lost` away; None when the rest still says the same.

    A negation, focus word or condition that governs what follows the gap changes the sense; one that went together
    with its verb leaves a doubt. A modal or a quantity counts only when it governs what follows.
    """
    for at, key in enumerate(lost):
        governs = all(word in words.TRANSPARENT or word.endswith("ly") for word in lost[at + 1 :])
        for guard, known in _LOST_IN_GAP:
            if key in known:
                is_grave = governs and guard in _GRAVE_IN_GAP
                severity = Severity.CHANGE if is_grave else Severity.DOUBT
                if is_grave or governs or guard in _GRAVE_IN_GAP:
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
