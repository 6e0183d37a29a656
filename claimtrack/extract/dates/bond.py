"""How a date expression hangs on a cue: whether it dates the saying, and how.

A date dates the saying when its path through the parse leads to the cue without passing an event of its own: "said on
Monday", "said in a letter dated Monday", "speaking on Monday, she said", "rejected it on Monday, saying". It doesn't
when it dates a person's doings ("the minister, who resigned on Monday, said"), what is talked about ("said of Monday's
vote", "asked about Monday's fire"), or another clause. Where the parse leads into the content, words with no verb
between them and the cue count as the cue's. Only fine-grained tags and dependencies are read.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from claimtrack.extract.cues import VERBS
from claimtrack.extract.dates.expression import Expression
from claimtrack.extract.dates.leaning import DOCUMENTS, EVENT_WORDS

if TYPE_CHECKING:
    from spacy.tokens import Token


class Link(StrEnum):
    """How the day of the saying relates to the expression's."""

    AT = "at"
    AFTER = "after"
    BEFORE = "before"


@dataclass(frozen=True, slots=True)
class Bond:
    """A link and its strength.

    `rank` is 3 for an adverb of the cue itself, 2 for a date within one of its phrases, 1 for one that another verb
    lends it, 0 for one that stands beside it. Where dates do not agree, the highest rank counts.
    """

    link: Link
    rank: int


#: Recordings and talks, which are shown some time after they were made.
RECORDINGS = frozenset(["interview", "conversation", "recording", "tape", "audio", "footage", "clip", "podcast"])
_SHOWN = frozenset(
    "published broadcast aired screened released shown posted streamed uploaded leaked printed".split(" ")
)
_MADE = frozenset(
    "dated written sent signed filed issued delivered given submitted made posted recorded taped tweeted emailed".split(
        " "
    )
)
_STAGED = frozenset("held hosted sponsored organised organized called convened chaired".split(" "))
_SPEAKING = frozenset(
    "speaking spoke asked appearing appeared addressing addressed testifying testified writing wrote interviewed "
    "quoted pressed questioned talking talked reached contacted giving".split(" ")
)
#: Participles that bring in what the words are about, not when they were said.
_REFERRING = frozenset("citing referring noting based looking according including regarding following".split(" "))
_TOPICS = frozenset(
    "of about regarding concerning over despite against for on with without than like because given amid".split(" ")
)
_AFTER = frozenset(["after", "following", "since", "once"])
_BEFORE = frozenset(["before", "until", "till"])
_REPLIES = frozenset(["response", "reaction", "reply", "answer", "wake", "aftermath"])
_HEARERS = frozenset("tell inform brief remind assure notify warn text email message address ask urge".split(" "))
#: Doings that go together with saying: "apologised on Monday and said".
_PUBLIC = frozenset(
    "apologised apologized announced unveiled issued released published filed spoke testified appeared addressed met "
    "visited toured held launched replied responded wrote posted tweeted rejected denied called opened confirmed cut "
    "named suspended cancelled canceled postponed raised criticised criticized condemned praised welcomed defended "
    "dismissed warned told presented urged".split(" ")
)
_SUBJECTS = frozenset(["nsubj", "nsubjpass", "csubj", "agent"])
_OBJECTS = frozenset(["dobj", "obj", "dative", "oprd"])
_MODIFIERS = frozenset(["poss", "compound", "amod", "nmod", "case", "nummod"])
_DAY_PARTS = frozenset(["morning", "afternoon", "evening", "night", "week", "month", "year"])
_OPENERS = frozenset(["deictic", "period", "month", "weekday", "ago", "day_month", "month_day", "month_year"])
_OPENING = frozenset(["last", "this", "early", "late", "earlier", "the", "on", "in"])
_STEPS = 30  #: longest path followed


def bond_of(
    expression: Expression,
    token: "Token",
    cue: "Token",
    published_on: date | None,
    is_content: Callable[["Token"], bool],
) -> Bond | None:
    """How `expression`, whose head word is `token`, dates the saying of `cue`; None when it doesn't.

    `is_content` tells whether a token lies in the statement's content.
    """
    path, governor = _path(token, cue)
    if any(child.lower_ in {"will", "shall", "'ll", "’ll"} for child in cue.children):
        return None
    if _is_present(cue) and not _is_now(expression, token, cue, published_on):
        return None
    if token.i and token.nbor(-1).lower_ == "dated" and token.i + 1 == cue.i:
        return Bond(Link.AT, 2)  # "a note dated 01/07/2024 said": the parser stumbles over the numbers
    if governor is not None and governor.i == cue.i and _opens_before_name(expression, token, path):
        return Bond(Link.AT, 3)
    if governor is not None and governor.i == cue.i:
        link = _direct(expression, path, cue)
        return Bond(link, 2 if _nouns(path) else 3) if link else None
    if governor is not None and not is_content(governor):
        if _is_above(cue, governor):
            link = _from_below(expression, path, governor, cue)
            return Bond(link, 1) if link else None
        if _is_above(governor, cue):
            link = _from_above(expression, path, governor, cue)
            return Bond(link, 1) if link else None
    return Bond(Link.AT, 0) if _is_beside(expression, token, cue, is_content) else None


def _opens_before_name(expression: Expression, token: "Token", path: list["Token"]) -> bool:
    """Whether a date opens the sentence and a name follows that the parser took into it: "On 10 March Stone told"."""
    sentence = token.sent
    before = token.doc[sentence.start : token.i]
    opens = all(t.lower_ in _OPENING or not t.is_alpha for t in before) and expression.lead in {"", "on", "in"}
    return (
        opens
        and expression.kind in _OPENERS
        and token.dep_ in _MODIFIERS - {"poss"}
        and path[1:2] != []
        and (path[1].tag_.startswith("NNP") and path[1].i > token.i)
    )


def _is_present(cue: "Token") -> bool:
    return cue.tag_ in {"VBZ", "VBP"} or any(c.dep_ == "aux" and c.lower_ in {"is", "are"} for c in cue.children)


def _is_now(expression: Expression, token: "Token", cue: "Token", published_on: date | None) -> bool:
    """Whether a date can belong to words in the present tense: it reaches the article's day, or dates a document."""
    when = expression.sense.when
    if when is None or published_on is None or when.last >= published_on:
        return True
    for _ in range(_STEPS):
        if token.lower_ in DOCUMENTS:
            return True
        if token.i in {cue.i, token.head.i}:
            return False
        token = token.head
    return False


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
    if token.dep_ in {"relcl", "advcl", "ccomp"}:
        return True  # whatever the tagger makes of it
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


def _nouns(path: list["Token"]) -> list["Token"]:
    """Nouns that the date hangs on: "hearing" of "at Monday's hearing"."""
    return [token for token in path[1:] if token.tag_.startswith("NN") and token.lower_ not in _DAY_PARTS]


def _direct(expression: Expression, path: list["Token"], cue: "Token") -> Link | None:
    """The expression's own clause is the cue's."""
    nouns = _nouns(path)
    if path[-1].dep_ in _SUBJECTS:
        if path[0].dep_ in _MODIFIERS and len(nouns) > 1:
            return None  # "the statement about Friday's accident said"
        return Link.AT if _is_documentary(nouns or path) or _is_adverb(expression, path, cue) else None
    if path[-1].dep_ in _OBJECTS:
        return Link.AT if _is_object_dated(expression, nouns, cue) else None
    return _through(expression, path)


def _is_documentary(nouns: list["Token"]) -> bool:
    return bool(nouns) and nouns[-1].lower_ in DOCUMENTS


def _is_adverb(expression: Expression, path: list["Token"], cue: "Token") -> bool:
    """Whether a date that the parser put into the subject is an adverb: "the mayor on Monday said"."""
    nouns = _nouns(path)
    before = cue.doc[path[0].sent.start : path[0].i]
    if expression.kind in _OPENERS and all(t.lower_ in _OPENING or not t.is_alpha for t in before):
        return path[0].dep_ != "poss"  # "Last February Ms Yule promised"
    is_year_like = expression.lead == "in" and len(nouns) == 1 and nouns[0].tag_.startswith("NNP")
    if path[0].dep_ in _MODIFIERS or not (expression.lead in {"on", ""} or is_year_like):
        return False
    if path[0].i > cue.i:
        return True
    between = [t for t in cue.doc[path[0].i + 1 : cue.i] if t.idx >= expression.close]
    return len(between) <= 4 and all(t.tag_.startswith(("RB", "VB", ",")) for t in between)


def _is_object_dated(expression: Expression, nouns: list["Token"], cue: "Token") -> bool:
    form = VERBS.get(cue.lower_)
    if not nouns:
        return True  # the parser took the date itself for the object: "promised Monday to begin"
    if (form and form.base in _HEARERS) or _is_documentary(nouns):
        return True
    return expression.lead in {"on", "at", ""} and len(nouns) == 1 and nouns[0].lower_ not in EVENT_WORDS


def _through(expression: Expression, path: list["Token"]) -> Link | None:
    """The link that the words on the way make."""
    nouns, top = _nouns(path), path[-1]
    if any(noun.lower_ in _SHOWN and noun.i and noun.nbor(-1).lower_ in RECORDINGS for noun in nouns):
        return Link.BEFORE
    if any(noun.lower_ in _REPLIES for noun in nouns):
        return Link.AFTER
    if not nouns:
        return None if expression.lead in {"to", "through"} else Link.AT
    for prep in (token.lower_ for token in path if token.tag_ == "IN" and token.head.lower_ not in _SPEAKING):
        if prep in _AFTER and expression.lead != prep:
            return Link.AFTER
        if prep in _BEFORE and expression.lead != prep:
            return Link.BEFORE
        if prep in {"about", "regarding", "concerning", "despite"}:
            return None
    if top.tag_ == "IN" and top.lower_ in _TOPICS and nouns[-1].lower_ not in DOCUMENTS | {"time"}:
        return None
    return Link.AT


def _from_below(expression: Expression, path: list["Token"], verb: "Token", cue: "Token") -> Link | None:
    """The expression dates a verb that hangs under the cue: a circumstance of the saying, or somebody's doings."""
    if verb.lower_ == expression.lead:
        return Link.AT  # "following" is a participle to the parser
    if verb.dep_ in {"acl", "relcl"}:
        return _of_noun(verb, cue) if _through(expression, path) is Link.AT else None
    if verb.dep_ == "pcomp":
        return {"in": Link.AT, "while": Link.AT, "during": Link.AT}.get(verb.head.lower_) or _conjoined(
            verb.head.lower_
        )
    if verb.dep_ not in {"advcl", "dep", "prep"} or path[-1].dep_ in _OBJECTS | _SUBJECTS:
        return None
    if verb.lower_ in {"responding", "reacting", "replying"}:
        return Link.AFTER
    mark = _mark(verb)
    if any(child.lower_ == "having" for child in verb.children):
        return Link.AFTER
    if mark in {"when", "as", "while", "during"}:
        return _through(expression, path) if verb.lower_ not in {"did", "do", "does"} else None
    if mark:
        return _conjoined(mark)
    if verb.lower_ in _SPEAKING or (verb.tag_ == "VBG" and verb.lower_ not in _REFERRING):
        return _through(expression, path)
    return None


def _mark(verb: "Token") -> str:
    """The conjunction of a clause, "" for none."""
    for child in verb.children:
        if child.dep_ == "mark" or (child.dep_ == "advmod" and child.lower_ in {"when", "while", "once"}):
            return child.lower_
    return ""


def _conjoined(word: str) -> Link | None:
    """Link of a saying whose circumstance opens with `word`: "after she left on Monday, he said"."""
    return Link.AFTER if word in _AFTER else Link.BEFORE if word in _BEFORE else None


def _turned(word: str) -> Link | None:
    """Link of a saying whose own clause opens with `word`: "left on Monday after telling" was said before that."""
    return Link.BEFORE if word in _AFTER else Link.AFTER if word in _BEFORE else None


def _of_noun(verb: "Token", cue: "Token") -> Link | None:
    """A clause on a noun: "a statement issued on Monday", "Orr, who spoke on Monday"; not "a boy hit on Monday".

    A paper that speaks is what was published, whatever noun stands nearer: "a report by consultants, published".
    """
    noun = verb.head.lower_
    subjects = (child.lower_ for child in cue.children if child.dep_ in {"nsubj", "nsubjpass"} and child.i < verb.i)
    if verb.lower_ in _SHOWN and verb.nbor(-1).text == "," and (paper := next(subjects, "")) in DOCUMENTS:
        noun = paper
    if verb.lower_ in _SPEAKING or verb.lower_ == "dated":
        return Link.AT
    if noun in RECORDINGS and verb.lower_ in _SHOWN:
        return Link.BEFORE
    if verb.tag_ == "VBN" and verb.lower_ in _STAGED:
        return Link.AT
    is_made = verb.lower_ in _MADE | _SHOWN and noun in DOCUMENTS | RECORDINGS | EVENT_WORDS.keys()
    return Link.AT if is_made else None


def _from_above(expression: Expression, path: list["Token"], verb: "Token", cue: "Token") -> Link | None:
    """The expression dates a verb that the cue hangs under: "rejected it on Monday, saying"."""
    nouns = _nouns(path)
    if cue.dep_ == "relcl" and cue.head in nouns and any(child.lower_ == "where" for child in cue.children):
        return Link.AT  # "at last week's rally, where he suggested"
    if path[-1].dep_ in _SUBJECTS and not _is_adverb(expression, path, verb):
        return None
    is_dated_object = path[-1].dep_ in _OBJECTS and _is_object_dated(expression, nouns, verb)
    if any(noun.lower_ not in DOCUMENTS for noun in nouns) and not is_dated_object:
        return None
    at = cue
    while at.i != verb.i:
        step = _step_up(at, verb)
        if step is not Link.AT:
            return step
        at = at.head
    return Link.AT


def _step_up(at: "Token", verb: "Token") -> Link | None:
    """What one step from a clause to the one above it makes of a date up there; AT where it is shared."""
    mark = _mark(at)
    if at.dep_ == "pcomp":
        return Link.AT if at.head.lower_ in {"by", "in", "with", "as"} else _turned(at.head.lower_)
    if at.head.lower_ in {"was", "is"} and any(child.lower_ == "it" for child in at.head.children):
        return Link.AT  # "it was on Friday that he admitted"
    if at.dep_ == "relcl":
        return Link.AT if mark == "when" else None
    if at.dep_ in {"ccomp", "csubj"} or (at.dep_ == "conj" and not _continues(at, verb)):
        return None
    if mark == "while" and any(child.dep_ in _SUBJECTS for child in at.children):
        return None
    return _turned(mark) if mark and mark not in {"when", "while", "to"} else Link.AT


def _continues(second: "Token", first: "Token") -> bool:
    """Whether a joined verb shares subject and occasion with the first: "apologised on Monday and said"."""
    if any(child.dep_ in _SUBJECTS for child in second.children):
        return False
    return first.lower_ in VERBS or first.lower_ in _PUBLIC


def _is_beside(expression: Expression, token: "Token", cue: "Token", is_content: Callable[["Token"], bool]) -> bool:
    """Without help from the parse: nothing but nouns and prepositions between the expression and the cue."""
    if _mark(cue) == "as":
        return False  # "as Orr reported, last year the port was shut": the rest is the content
    low, high = sorted((token.i, cue.i))
    for other in token.doc[low + 1 : high]:
        if is_content(other) or _is_verb(other) or other.tag_ in {"MD", "WP", "WDT"}:
            return False
        if other.lower_ in {";", ":", "that", "of", "about"}:
            return False
    return token.i > cue.i or expression.lead in {"on", "in", "at", "over", "during", ""}
