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


def changed_word(a: Normalised, at: int, b: Normalised, to: int) -> Finding:
    """What it means that word `at` of `a` stands where word `to` of `b` does."""
    one, other = a.keys[at], b.keys[to]
    shown = shown_word(a, at), shown_word(b, to)
    text = f"'{shown[0]}' -> '{shown[1]}'"
    is_name = _is_name(a, at, one, other) or _is_name(b, to, one, other)
    if is_number(one) or is_number(other):
        return Finding(Severity.CHANGE, Guard.NUMBER, f"number {shown[0]} -> {shown[1]}")
    if _same_noun(one, other):
        return Finding(Severity.DOUBT, Guard.WORDING, f"one or many: {text}")
    if is_typo(one, other, name=is_name) or is_typo(*shown, name=is_name):
        return Finding(Severity.FINE, Guard.FORM, f"typing: {text}")
    first_person = not words.SPEAKERS_SELF.isdisjoint(
        (*a.keys[max(at - 2, 0) : at + 2], *b.keys[max(to - 2, 0) : to + 2])
    )
    tense = _tense(one, other, edited=at in a.edited or to in b.edited, first_person=first_person)
    if tense is not None:
        return Finding(tense, Guard.TENSE if tense else Guard.FORM, f"tense: {text}")
    if "'s" in {one, other} and {one, other} <= {"'s", "is", "has", "us"}:
        return Finding(Severity.FINE, Guard.FORM, f"contraction: {text}")
    if {one, other} == {"would", "had"} and any(word.endswith(("'d", "’d")) for word in _printed(a, at, b, to)):
        return Finding(Severity.FINE, Guard.FORM, f"contraction: {text}")
    for guard, name, known in _CLASSES:
        if one in known or other in known:
            return Finding(Severity.CHANGE, guard, f"{name} {text}")
    return _open_class(one, other, text, is_name=is_name)


def _open_class(one: str, other: str, text: str, *, is_name: bool) -> Finding:
    if one in words.PRONOUNS and other in words.PRONOUNS:
        return Finding(Severity.CHANGE, Guard.PERSON, f"person {text}")
    if is_opposite(one, other):
        return Finding(Severity.CHANGE, Guard.OPPOSITE, f"opposite {text}")
    if one in words.ROLES and other in words.ROLES:
        return Finding(Severity.CHANGE, Guard.OPPOSITE, f"role {text}")
    if is_name:
        if min(len(one), len(other)) > 3 and OSA.distance(one, other, score_cutoff=1) == 1:
            return Finding(Severity.DOUBT, Guard.NAME, f"one name or two? {text}")
        return Finding(Severity.CHANGE, Guard.NAME, f"name {text}")
    return Finding(Severity.DOUBT, Guard.WORDING, f"other word: {text}")


def _printed(a: Normalised, at: int, b: Normalised, to: int) -> tuple[str, str]:
    return a.printed(at, at + 1).lower(), b.printed(to, to + 1).lower()


def shown_word(said: Normalised, at: int) -> str:
    """Word `at` as printed, in lower case; its key where print runs several together ("can't")."""
    start = said.starts[at]
    shares = (at > 0 and said.starts[at - 1] == start) or (at + 1 < len(said.keys) and said.starts[at + 1] == start)
    if shares and not is_number(said.keys[at]):
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
            return Finding(Severity.DOUBT if is_less else Severity.CHANGE, guard, _changed(name, ours, theirs))
    for one in a:
        for other in b:
            if is_opposite(one, other) or (one in words.ROLES and other in words.ROLES and not _same_noun(one, other)):
                return Finding(Severity.CHANGE, Guard.OPPOSITE, f"opposite '{one}' -> '{other}'")
    return None


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
    if telling := _telling_words(keys[start:]):
        return Finding(Severity.CHANGE, Guard.LIMIT, f"'{telling}' is cut off at the end")
    opener = _opener(keys, start)
    if opener and not _stands_alone(said, start, opener):
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
        if keys[start] in words.COORDINATORS and not pauses[at]:
            continue  # it limits the clause that was cut off whole
        opener = _opener(keys, at) if pauses[at] else ""
        if keys[at] in words.CONDITIONS or (opener and not _stands_alone(said, at, opener)):
            return Finding(Severity.DOUBT, Guard.LIMIT, f"clip ends before '{opener or keys[at]}'")
    return None


def _telling_words(cut: Sequence[str]) -> str:
    """One or two words that were cut off, when they are nothing but quantity, certainty, number or negation; else "".

    "Sometimes", "almost", "allegedly" at an edge are dropped words and no clip.
    """
    if 0 < len(cut) <= 2 and all(key in _TELLING or is_number(key) for key in cut):
        return " ".join(cut)
    return ""


_TELLING = words.NEGATIONS | words.STRONG_ONLY | words.CONDITIONS | words.QUANTIFIERS | words.MODALS


def _stands_alone(said: Normalised, start: int, opener: str) -> bool:
    """Whether the `opener` at `start` is a negation behind a pause that denies something of its own.

    "It is security, | not charity" leaves what was said; "It is security, | not at all" is turned round.
    """
    if opener not in {"not", "never", "nor", "and not"} or not said.pauses[start]:
        return False
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
    if end <= 0 or end >= len(keys):
        return None
    if telling := _telling_words(keys[:end]):
        return Finding(Severity.CHANGE, Guard.LIMIT, f"'{telling}' is cut off at the start")
    if pauses[end] == 2:
        return None
    measure = _lost_measure(keys, end) if pauses[end] == 0 else ""
    if measure:
        return Finding(Severity.CHANGE, Guard.LIMIT, f"clip begins after '{measure}'")
    doubt: Finding | None = None
    in_clause, paused = pauses[end] == 0, pauses[end] > 0
    for at in range(end - 1, -1, -1):
        key, finding = keys[at], None
        if in_clause:
            finding = _lost_before(keys, at, end)
            in_clause = key not in words.COORDINATORS
        elif paused and _opens_condition(keys, pauses, at):
            whole = pauses[end] and (at == 0 or pauses[at] or keys[at - 1] in words.COORDINATORS)
            severity = Severity.CHANGE if whole else Severity.DOUBT
            finding = Finding(severity, Guard.LIMIT, f"clip begins after '{key} ...'")
        if finding is not None and finding.severity is Severity.CHANGE:
            return finding
        doubt = doubt or finding
        if pauses[at] == 2:
            break
        if pauses[at]:
            in_clause, paused = False, True
    return doubt


def _opens_condition(keys: Sequence[str], pauses: Sequence[int], at: int) -> bool:
    """Whether a condition begins at `at`: "if", "as long as", "without it,", "had we known,"."""
    key, following = keys[at], keys[at + 1] if at + 1 < len(keys) else ""
    if key in words.CONDITIONS:
        return key != "whether"
    if key == "long":
        return following == "as"
    starts = at == 0 or pauses[at] > 0 or keys[at - 1] in words.COORDINATORS
    return starts and (
        key in {"without", "barring", "suppose"} or (key in words.INVERTED and following in words.DETERMINED)
    )


def _lost_measure(keys: Sequence[str], end: int) -> str:
    """Word before `end` that measures what stands there: "most | teachers", "almost | every", "a | few"; or ""."""
    last, following = keys[end - 1], keys[end]
    if last == "a":
        return last if following in {"few", "little", "half"} else ""
    if last in words.APPROXIMATIONS and (is_number(following) or following in words.QUANTIFIERS):
        return last
    is_vague = following == "of" or (last == "few" and keys[end - 2 : end - 1] == ("a",))
    return last if last in words.MEASURES and not is_vague else ""


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
        if governs or last in words.THOUGHTS or (key in words.NEGATIVE_SUBJECTS and at < 3):
            return Finding(Severity.CHANGE, Guard.LIMIT, f"clip begins after '{key}'")
        return None
    is_adjective = at > 0 and keys[at - 1] in {
        "the",
        "an",
        "my",
        "our",
        "his",
        "her",
        "their",
        "your",
    }  # "the only one"
    if distance <= 1 and (key in words.CONDITIONS or (key in words.STRONG_ONLY and not is_adjective)):
        return Finding(Severity.CHANGE, Guard.LIMIT, f"clip begins after '{key}'")
    if key in words.HEDGES and governs:
        return Finding(Severity.CHANGE, Guard.LIMIT, f"clip begins after '{key}'")
    if key in words.OTHER_VOICES and distance <= 2 and (key in words.DOUBTED or not _is_own_voice(keys, at)):
        return Finding(Severity.DOUBT, Guard.LIMIT, f"clip begins after '{key}'")
    return None


def _is_own_voice(keys: Sequence[str], at: int) -> bool:
    """Whether the subject of the verb at `at` is the speaker: "I say", "we do think", "I want to say"."""
    before = [key for key in keys[max(at - 4, 0) : at] if key not in words.AUXILIARIES and key != "not"]
    if before[-1:] == ["to"]:
        return len(before) > 2 and before[-3] in words.SPEAKERS_SELF
    return bool(before) and before[-1] in words.SPEAKERS_SELF


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
                with_subject = guard is Guard.MODAL and at > 0  # "and [people can] look it up" lost the whole clause
                if not with_subject and (is_grave or governs or guard in _GRAVE_IN_GAP):
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
