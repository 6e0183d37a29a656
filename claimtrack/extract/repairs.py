"""Attachments that the small model gets wrong and word order settles.

A reported clause without "that" doesn't begin with an adverbial: "said on Friday it had sold" has the day next to the
verb of saying because it is the day of the saying (newsroom guides ask for "that" where it is not; Quirk et al. 1985,
8.133 on the end of the matrix clause). The parser reads on to the second verb and hangs the day there.
"""

from typing import TYPE_CHECKING

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
_TIMES = frozenset(WEEKDAYS) | frozenset(MONTHS) | frozenset(SEASONS) | _SPANS | {"yesterday", "today"}


def reattach(doc: "Doc") -> None:
    """Hang an adverbial of time or occasion between a verb of saying and a clause without "that" on the first verb."""
    for clause in [t for t in doc if t.dep_ == "ccomp" and t.head.i < t.i and is_verb_cue(t.head)]:
        cue = clause.head
        subject = next((c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass", "expl") and c.i < clause.i), None)
        if subject is None:
            continue
        for child in clause.children:
            between = cue.i < child.left_edge.i and child.right_edge.i + 1 == subject.left_edge.i
            if between and child.left_edge.i - 1 in _near(cue) and _dates(child):
                child.head = cue


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
