"""Attachments that the small model gets wrong and word order settles.

- A reported clause without "that" doesn't begin with an adverbial: "said on Friday it had sold" has the day next to the
  verb of saying because it is the day of the saying (newsroom guides ask for "that" where it is not).
- What "and" joins to a verb of saying with a subject of its own is a clause beside it, not its report.
- "said it was awful, and called on him to go": who said is who called.
"""

from typing import TYPE_CHECKING

from claimtrack.extract.cues import Frame
from claimtrack.extract.dates.leaning import DOCUMENTS
from claimtrack.extract.dates.names import MONTHS, SEASONS, WEEKDAYS
from claimtrack.extract.grammar import is_verb_cue

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PREPOSITIONS = frozenset("on in at during".split())
_SPANS = frozenset("day night morning afternoon evening week weekend fortnight month year".split())
#: Where people speak: "at the meeting", "in an interview".
_OCCASIONS = DOCUMENTS | frozenset(
    "meeting hearing session court trial debate rally forum ceremony briefing parliament committee call panel".split()
)
#: Acts that a paper or a state of things doesn't perform.
_ACTS = Frame.THEM_TO | Frame.OF | Frame.FOR | Frame.TO
_MUTE = frozenset("it there this that".split())
_TIMES = frozenset(WEEKDAYS) | frozenset(MONTHS) | frozenset(SEASONS) | _SPANS | {"yesterday", "today"}


def reattach(doc: "Doc") -> None:
    """Put right, in place, what hangs on the wrong one of two verbs."""
    for clause in [t for t in doc if t.dep_ == "ccomp" and t.head != t and is_verb_cue(t.head)]:
        if clause.i < clause.head.i:
            _part(clause)
        else:
            _hang_time(clause)
            _hang_conjunct(clause)


def _part(clause: "Token") -> None:
    """A clause that "and" joins to the verb's own subject is not what is reported: "I called and she said “thanks”"."""
    cue = clause.head
    subject = _subject(cue)
    if subject is not None and clause.i < subject.i < cue.i and subject.left_edge.i > 0:
        before = cue.doc[subject.left_edge.i - 1]
        if before.lower_ in ("and", "but", "or", "so") and before.i > clause.i:
            clause.dep_ = "dep"


def _hang_time(clause: "Token") -> None:
    """Hang an adverbial of time or occasion between a verb of saying and a clause without "that" on the first verb."""
    cue, subject = clause.head, _subject(clause)
    if subject is None or subject.i > clause.i:
        return
    for child in clause.children:
        between = cue.i < child.left_edge.i and child.right_edge.i + 1 == subject.left_edge.i
        if between and child.left_edge.i - 1 in _near(cue) and _dates(child):
            child.head = cue


def _hang_conjunct(clause: "Token") -> None:
    """Join a second verb of saying to the first: "said it was awful and called on him to go".

    What can't speak ("it was awful") is not its subject, and a comma before "and" without a subject of its own closes
    the reported clause. Both verbs have the same tense.
    """
    cue, subject = clause.head, _subject(clause)
    for verb in list(clause.children):
        form = is_verb_cue(verb)
        if (
            verb.dep_ == "conj"
            and form
            and form.frames & _ACTS
            and verb.tag_ == cue.tag_
            and verb.tag_ in ("VBD", "VBZ")
            and _subject(verb) is None
            and verb.i > clause.i
        ):
            joint = verb.left_edge.i - 1
            closed = joint > 0 and cue.doc[joint].dep_ == "cc" and cue.doc[joint - 1].text[-1:] in ',”’"'
            if closed or (subject is not None and subject.lower_ in _MUTE):
                verb.head = cue


def _subject(verb: "Token") -> "Token | None":
    return next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "expl")), None)


def _near(cue: "Token") -> set[int]:
    """Indices of the cue and of the last word of whom it tells."""
    return {cue.i} | {c.right_edge.i for c in cue.children if c.dep_ in ("dobj", "dative") and c.i > cue.i}


def _dates(adverbial: "Token") -> bool:
    """Whether it is a time or an occasion of speaking: "on Friday", "last week", "in an interview"."""
    if adverbial.dep_ == "npadvmod":
        return adverbial.lower_ in _TIMES
    if adverbial.dep_ != "prep" or adverbial.lower_ not in _PREPOSITIONS:
        return False
    return any(
        c.lower_ in _TIMES or c.lower_ in _OCCASIONS or (adverbial.lower_ == "in" and c.lower_.isdecimal())
        for c in adverbial.children
        if c.dep_ == "pobj"
    )
