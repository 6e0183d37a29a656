"""How a date expression hangs on a cue: whether it dates the saying, and how.

A date dates the saying when its path through the parse leads to the cue without passing an event of its own: "said on
Monday", "said in a letter dated Monday", "speaking on Monday, she said", "rejected it on Monday, saying". It doesn't
when it dates a person's doings ("the minister, who resigned on Monday, said"), what is talked about ("said of Monday's
vote", "asked about Monday's fire"), or another clause. Where the parse leads into the content, words with no verb
between them and the cue count as the cue's. Only fine-grained tags and dependencies are read.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING

from claimtrack.extract.cues import VERBS
from claimtrack.extract.dates.expression import Expression
from claimtrack.extract.dates.leaning import EVENT_OF, EVENT_WORDS

if TYPE_CHECKING:
    from spacy.tokens import Token


class Bond(StrEnum):
    """How the day of the saying relates to the expression's."""

    AT = "at"
    AFTER = "after"
    BEFORE = "before"


#: Where words stand that are as old as the thing itself: its date is that of the saying.
DOCUMENTS = frozenset(
    """announcement appeal article blog blogpost book brief bulletin column comment comments communique communiqué
    complaint diary dispatch document editorial email e-mail essay filing indictment inquiry interview judgment judgement
    letter lawsuit manifesto memo memoir memoirs memorandum message motion note notice op-ed opinion order paper petition
    poll post press proclamation release remarks reply report resolution review ruling speech statement study submission
    survey testimony text thread tweet verdict video podcast broadcast clip footage recording address affidavit audit
    analysis briefing conference""".split()
)
#: Recordings and talks, which are shown some time after they were made.
RECORDINGS = frozenset("interview conversation recording tape audio footage clip podcast documentary".split())
_SHOWN = frozenset("published broadcast aired screened released shown posted streamed uploaded leaked printed".split())
_MADE = frozenset(
    "dated written sent signed filed issued delivered given held submitted made posted recorded taped tweeted emailed".split()
)
_RELEASED = _SHOWN | _MADE
_SPEAKING = frozenset(
    """speaking spoke speaks asked appearing appeared addressing addressed testifying testified writing wrote interviewed
    quoted pressed questioned talking talked reached contacted giving""".split()
)
_TOPICS = frozenset(
    "of about regarding concerning over despite against for on with without than like because given amid".split()
)
_AFTER = frozenset("after following since once".split())
_BEFORE = frozenset("before until till".split())
_HEARERS = frozenset("tell inform brief remind assure notify warn text email message address ask urge".split())
_MEETING = frozenset(
    """apologised apologized announced unveiled issued released published filed spoke testified appeared addressed met
    visited toured held launched replied responded wrote posted tweeted rejected denied called opened confirmed cut named
    suspended cancelled canceled postponed raised criticised criticized condemned praised welcomed defended dismissed
    warned told presented urged""".split()
)
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "agent"})
_OBJECTS = frozenset({"dobj", "obj", "dative", "oprd"})
_STEPS = 30  #: longest path followed


def bond_of(expression: Expression, token: "Token", cue: "Token", is_content: Callable[["Token"], bool]) -> Bond | None:
    """How `expression`, whose head word is `token`, dates the saying of `cue`; None when it doesn't.

    `is_content` tells whether a token lies in the statement's content.
    """
    path, governor = _path(token, cue)
    if governor is not None and governor.i == cue.i:
        return _direct(expression, path, cue)
    if governor is None or is_content(governor):
        return _beside(expression, token, cue, is_content)
    if _is_above(cue, governor):
        return _from_below(expression, path, governor, cue, is_content)
    if _is_above(governor, cue):
        return _from_above(expression, path, governor, cue)
    return _beside(expression, token, cue, is_content)


def _path(token: "Token", cue: "Token") -> tuple[list["Token"], "Token | None"]:
    """Tokens from `token` up to its verb, which comes second: the cue itself, another verb, or None without one."""
    path, at = [token], token
    for _ in range(_STEPS):
        head = at.head
        if head.i == at.i:
            return path, at if _is_verb(at) else None
        if head.i == cue.i or _is_verb(head):
            return path, head
        path.append(head)
        at = head
    return path, None


def _is_verb(token: "Token") -> bool:
    return token.tag_.startswith("VB") and token.dep_ not in {"aux", "auxpass", "amod", "compound"}


def _is_above(upper: "Token", lower: "Token") -> bool:
    at = lower
    for _ in range(_STEPS):
        if at.i == upper.i:
            return True
        if at.head.i == at.i:
            return False
        at = at.head
    return False


def _direct(expression: Expression, path: list["Token"], cue: "Token") -> Bond | None:
    """The expression's own clause is the cue's."""
    top = path[-1]
    nouns = [t for t in path[1:] if t.tag_.startswith("NN")]
    if top.dep_ in _SUBJECTS:
        return Bond.AT if _is_documentary(nouns) or _is_adverb_before(expression, path, cue) else None
    if top.dep_ in _OBJECTS:
        return _in_object(expression, nouns, cue)
    return _through(expression, path, nouns)


def _is_documentary(nouns: list["Token"]) -> bool:
    return bool(nouns) and nouns[-1].lower_ in DOCUMENTS


def _is_adverb_before(expression: Expression, path: list["Token"], cue: "Token") -> bool:
    """Whether a date that the parser put into the subject stands as an adverb before the cue: "the mayor on Monday said"."""
    if expression.lead not in {"on", ""} and not (path[-1].tag_.startswith(("NNP", "PRP")) and expression.lead == "in"):
        return False
    between = cue.doc[path[0].i + 1 : cue.i]
    if any(t.dep_ in {"poss", "compound", "amod", "case"} for t in path[:1]) or len(between) > 4:
        return False
    return all(
        t.tag_.startswith(("RB", "VB", "CD", ",")) or t.lower_ in {"morning", "afternoon", "evening", "night"}
        for t in between
    )


def _in_object(expression: Expression, nouns: list["Token"], cue: "Token") -> Bond | None:
    form = VERBS.get(cue.lower_)
    if (form and form.base in _HEARERS) or _is_documentary(nouns):
        return Bond.AT
    is_adverb = expression.lead in {"on", "in", "at"} and not any(n.lower_ in EVENT_WORDS for n in nouns)
    return Bond.AT if is_adverb else None


def _through(expression: Expression, path: list["Token"], nouns: list["Token"]) -> Bond | None:
    """The bond that the prepositions on the way make."""
    own = {path[0].i} | ({path[1].i} if len(path) > 1 and not nouns else set())
    if any(n.lower_ in _SHOWN and n.i and n.nbor(-1).lower_ in RECORDINGS for n in nouns):
        return Bond.BEFORE
    preps = [t for t in path if t.tag_ in {"IN", "TO"} and (t.i not in own or nouns)]
    preps = [t for t in preps if t.idx >= expression.end or t.lower_ != expression.lead or nouns]
    for prep in preps:
        word = prep.lower_
        if word in _AFTER:
            return Bond.AFTER
        if word in _BEFORE:
            return Bond.BEFORE
        if word == "to" and any(n.lower_ in {"response", "reaction", "reply", "answer"} for n in nouns):
            return Bond.AFTER
        if word in {"about", "regarding", "concerning", "despite"}:
            return None
    top = path[-1]
    if nouns and top.tag_ == "IN" and top.lower_ in _TOPICS and nouns[-1].lower_ not in DOCUMENTS:
        return None
    return Bond.AT


def _from_below(
    expression: Expression, path: list["Token"], verb: "Token", cue: "Token", is_content: Callable[["Token"], bool]
) -> Bond | None:
    """The expression dates a verb that hangs under the cue: a circumstance of the saying, or somebody's doings."""
    if verb.dep_ in {"acl", "relcl"}:
        return _of_document(expression, verb)
    if verb.dep_ == "pcomp":
        prep = verb.head.lower_
        return Bond.AFTER if prep in _AFTER else Bond.BEFORE if prep in _BEFORE else Bond.AT if prep == "in" else None
    if verb.dep_ not in {"advcl", "ccomp", "conj", "parataxis", "dep", "xcomp", "prep", "csubj"}:
        return None
    if verb.dep_ in {"ccomp", "conj", "parataxis", "xcomp", "csubj"}:
        return None
    nouns = [t for t in path[1:] if t.tag_.startswith("NN")]
    inner = _through(expression, path, nouns) if path[-1].dep_ not in _OBJECTS | _SUBJECTS else None
    if inner is None:
        return None
    mark = _mark(verb)
    if mark in _AFTER or any(c.lower_ == "having" for c in verb.children):
        return Bond.AFTER
    if mark in _BEFORE:
        return Bond.BEFORE
    if mark in {"when", "as", "while", "during"}:
        return inner
    if mark:
        return None
    if verb.lower_ in _SPEAKING or (verb.tag_ == "VBG" and verb.lower_ not in {"citing", "referring", "noting"}):
        return inner
    return None


def _mark(verb: "Token") -> str:
    """The conjunction of a clause, "" for none."""
    for child in verb.children:
        if child.dep_ == "mark" or (child.dep_ == "advmod" and child.lower_ in {"when", "while", "once"}):
            return child.lower_
    return ""


def _of_document(expression: Expression, verb: "Token") -> Bond | None:
    """A clause on a noun: "a statement issued on Monday", "the minister, who spoke on Monday", "a boy killed on Monday"."""
    noun = verb.head.lower_
    if verb.lower_ in _SPEAKING:
        return Bond.AT
    if noun in RECORDINGS and verb.lower_ in _SHOWN:
        return Bond.BEFORE
    if verb.lower_ in _MADE or (noun in DOCUMENTS and verb.lower_ in _RELEASED):
        return Bond.AT if noun in DOCUMENTS | RECORDINGS | set(EVENT_OF) | {"rally", "meeting"} else None
    return None


def _from_above(expression: Expression, path: list["Token"], verb: "Token", cue: "Token") -> Bond | None:
    """The expression dates a verb that the cue hangs under: "rejected it on Monday, saying"."""
    at = cue
    for _ in range(_STEPS):
        if at.i == verb.i:
            break
        if at.dep_ in {"ccomp", "relcl", "csubj", "pcomp"}:
            if at.dep_ == "pcomp" and at.head.lower_ in _AFTER | _BEFORE:
                return Bond.AFTER if at.head.lower_ in _AFTER else Bond.BEFORE
            return None
        if at.dep_ == "conj" and not _continues(at, verb):
            return None
        mark = _mark(at)
        if mark in _AFTER:
            return Bond.AFTER
        if mark in _BEFORE:
            return Bond.BEFORE
        if mark and mark not in {"as", "when", "while", "to"}:
            return None
        at = at.head
    nouns = [t for t in path[1:] if t.tag_.startswith("NN")]
    if path[-1].dep_ in _OBJECTS:
        return _in_object(expression, nouns, verb)
    if path[-1].dep_ in _SUBJECTS:
        return Bond.AT if _is_adverb_before(expression, path, verb) else None
    return _through(expression, path, nouns)


def _continues(second: "Token", first: "Token") -> bool:
    """Whether a joined verb shares subject and occasion with the first: "apologised on Monday and said"."""
    if any(child.dep_ in _SUBJECTS for child in second.children):
        return False
    return first.lower_ in VERBS or first.lower_ in _MEETING


def _beside(expression: Expression, token: "Token", cue: "Token", is_content: Callable[["Token"], bool]) -> Bond | None:
    """Without help from the parse: nothing but nouns and prepositions between the expression and the cue."""
    low, high = sorted((token.i, cue.i))
    for other in token.doc[low + 1 : high]:
        if is_content(other):
            return None
        if _is_verb(other) or other.tag_ in {"MD", "WP", "WDT"} or other.lower_ in {";", ":", "that", "of", "about"}:
            return None
    if token.i > cue.i or token.i == token.sent.start or expression.lead in {"on", "in", "at", "over", "during", ""}:
        return Bond.AT
    return None
