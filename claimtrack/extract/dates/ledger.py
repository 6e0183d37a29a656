"""Dates of sayings for single passages: what `claimtrack dates` prints."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from claimtrack.attribution import DateBasis, Span
from claimtrack.extract.cues import VERBS
from claimtrack.extract.dates.reading import DateReading
from claimtrack.extract.dates.saying import date_of_saying
from claimtrack.extract.dates.timeline import Timeline, read_timeline

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

_QUOTES = re.compile(r"“[^”\n]{0,3000}”|\"[^\"\n]{0,3000}\"|(?<!\w)‘[^\n]{0,3000}?’(?!\w)")


def read_line(nlp: "Language", text: str, published_on: date | None) -> DateReading | None:
    """The first reading with basis text."""
    timeline = read_timeline(text, published_on)
    doc = nlp(text)
    quotes = [Span(*m.span()) for m in _QUOTES.finditer(text)]
    best = None
    previous = None
    inner: list[Span] = []
    for cue in _cues(doc, quotes):
        content = [*quotes, *_clauses(cue)]
        if any(c.start <= cue.idx < c.end for c in inner):
            continue
        inner += content[len(quotes) :]
        reading = date_of_saying(cue.sent, cue, content, timeline, previous=previous)
        previous = reading
        if reading.basis is DateBasis.TEXT or (reading.why and best is None):
            best = reading
    return best


def _cues(doc: "Doc", quotes: list[Span]) -> Iterator["Token"]:
    for token in doc:
        if any(q.start <= token.idx < q.end for q in quotes):
            continue
        if token.lower_ == "according":
            yield token
        elif (
            (token.lower_ in VERBS or token.lower_.startswith("signall"))
            and token.tag_.startswith("VB")
            and token.dep_ != "amod"
        ):
            yield token


def _clauses(cue: "Token") -> Iterator[Span]:
    for child in cue.children:
        if child.dep_ in {"ccomp", "xcomp"}:
            tokens = list(child.subtree)
            tokens = [t for t in tokens if t.i > cue.i] if child.i > cue.i else [t for t in tokens if t.i < cue.i]
            if tokens:
                yield Span(tokens[0].idx, tokens[-1].idx + len(tokens[-1]))
