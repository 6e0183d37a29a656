"""A statement in the making."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimtrack.attribution import Kind, Span
from claimtrack.extract.cues import Form

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(slots=True)
class Draft:
    """A statement in the making; spans are offsets of the document."""

    content: list[Span]
    rule: str
    sentence: int
    kind: Kind = Kind.INDIRECT
    source: Span | None = None
    cue: Span | None = None
    cue_token: int | None = None
    source_token: int | None = None
    cue_base: str = ""
    question: bool = False
    #: the phrase that a relative pronoun stands for: "the clerk, who said ..."
    antecedent: Span | None = None
    #: who reported it, as printed, where the sentence names them: "according to", "quoted her as saying"
    via: Span | None = None
    #: 0 for the main verb's cue, more for one deeper in the sentence
    depth: int = 0
    #: the draft whose quoted words these are inside of
    owner: "Draft | None" = None
    inner: bool = False
    is_past: bool = False
    #: told as a present fact by the sentence's main verb: "the minister says"
    is_present: bool = False
    is_answer: bool = False
    #: the sentence that announces a block ("She replied:"), where that is another one
    lead: int | None = None


@dataclass(slots=True)
class Cue:
    """A cue verb in a parsed sentence, with the word that names who speaks."""

    token: "Token"
    form: Form
    source: "Token | None"
    used: bool = False


def merged(spans: list[Span]) -> list[Span]:
    """Spans in order, without empty ones, overlapping ones joined."""
    out: list[Span] = []
    for span in sorted(spans):
        if span.end <= span.start:
            continue
        if out and span.start < out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out
