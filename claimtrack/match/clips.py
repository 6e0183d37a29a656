"""What a clip loses at its edges: whether what is left still says the same.

A negation, a condition, another voice or a measure that was cut off makes another assertion of the rest. Without a
parse the reach of such a word is told by closed classes: auxiliaries and adverbs let it through, a verb, a pause or a
conjunction stops it. Where that is open, a person decides.
"""

from collections.abc import Sequence

from claimtrack.match import words
from claimtrack.match.guards import Finding, Guard, Severity
from claimtrack.match.normalise import Normalised
from claimtrack.match.numbers import is_number

#: Words from "if" to a clip inside its clause: subject, verb of saying, "that". Without subject it is a fragment.
MAX_REACH = 4


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
    after_colon = said.text[: said.starts[end]].rstrip(" \"'“‘").endswith(":")  # "if you ask me, I will tell you: ..."
    in_clause, paused = pauses[end] == 0, pauses[end] > 0
    for at in range(end - 1, -1, -1):
        key, finding = keys[at], None
        if in_clause:
            finding = _lost_before(keys, at, end)
            in_clause = key not in words.COORDINATORS
        elif (
            paused
            and not after_colon
            and key in {"when", "once"}
            and _starts_clause(keys, pauses, at)
            and _is_promised(said, end)
        ):
            finding = Finding(Severity.CHANGE, Guard.LIMIT, f"clip begins after '{key} ...'")
        elif paused and not after_colon and _opens_condition(keys, pauses, at) and key not in keys[end : end + 12]:
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


def _starts_clause(keys: Sequence[str], pauses: Sequence[int], at: int) -> bool:
    return at == 0 or pauses[at] > 0 or keys[at - 1] in words.COORDINATORS


def _is_promised(said: Normalised, start: int) -> bool:
    """Whether the clause at `start` is about what is to come ("we will"), so that "when" before it is a condition."""
    for at in range(start, min(start + 5, len(said.keys))):
        if at > start and said.pauses[at]:
            return False
        if said.keys[at] in {"will", "shall", "can", "may", "must"}:
            return True
    return False


def _opens_condition(keys: Sequence[str], pauses: Sequence[int], at: int) -> bool:
    """Whether a condition begins at `at`: "if", "as long as", "without it,", "had we known,"."""
    key, following = keys[at], keys[at + 1] if at + 1 < len(keys) else ""
    if key in words.CONDITIONS:
        return key != "whether"
    if key == "as":
        return following in {"long", "soon"}
    return _starts_clause(keys, pauses, at) and (
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
    is_repeated = key in keys[end : end + 12]  # "if you want this, if | you want that, if you want all": it stands on
    if (
        distance <= 1
        and not is_repeated
        and (key in words.CONDITIONS or (key in words.STRONG_ONLY and not is_adjective))
    ):
        return Finding(Severity.CHANGE, Guard.LIMIT, f"clip begins after '{key}'")
    if key in {"if", "unless", "whether"} and not is_repeated and 1 < distance <= MAX_REACH:
        is_wrapped = last in words.THOUGHTS or last in words.OTHER_VOICES  # "I would be lying if I said that |"
        if is_wrapped or (
            distance == 2 and keys[end - 1] in words.DETERMINED - words.SUBJECTS
        ):  # "if the | union signs"
            return Finding(Severity.CHANGE, Guard.LIMIT, f"clip begins after '{key}'")
    if key in words.HEDGES and governs:
        return Finding(Severity.CHANGE, Guard.LIMIT, f"clip begins after '{key}'")
    is_next = distance == 1 or tuple(keys[at + 1 : end]) == ("that",)
    if key in words.OWN_DOUBTS and is_next and _is_own_voice(keys, at) and words.WISHES.isdisjoint(keys[end : end + 8]):
        return Finding(Severity.DOUBT, Guard.MODAL, f"clip begins after '{key}'")
    if key in words.OTHER_VOICES and distance <= 2 and (key in words.DOUBTED or not _is_own_voice(keys, at)):
        is_denied = key in words.UNVOUCHED and (distance == 1 or keys[at + 1] == "that")
        return Finding(Severity.CHANGE if is_denied else Severity.DOUBT, Guard.LIMIT, f"clip begins after '{key}'")
    if distance == 1 and key in {"even", "just", "simply", "purely"} and keys[end] in words.DETERMINED - {"a", "an"}:
        return Finding(Severity.DOUBT, Guard.ONLY, f"clip begins after '{key}'")
    return None


def _is_own_voice(keys: Sequence[str], at: int) -> bool:
    """Whether the subject of the verb at `at` is the speaker: "I say", "we do think", "I want to say"."""
    before = [key for key in keys[max(at - 4, 0) : at] if key not in words.AUXILIARIES and key != "not"]
    if before[-1:] == ["to"]:
        return len(before) > 2 and before[-3] in words.SPEAKERS_SELF
    return bool(before) and before[-1] in words.SPEAKERS_SELF
