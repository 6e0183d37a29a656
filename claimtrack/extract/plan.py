"""An article cut into sentences before the parser: which are parsed, and which lie inside somebody's words."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from claimtrack.attribution import Span
from claimtrack.extract.cues import has_cue
from claimtrack.extract.layout import Block, Paragraph, paragraphs
from claimtrack.extract.marks import Quotation, quotations
from claimtrack.extract.segment import Sentence, sentences


@dataclass(frozen=True, slots=True)
class Article:
    """What the extractor reads: the text as stored, the day it was published (None: unknown), its title."""

    text: str
    published_on: date | None = None
    title: str | None = None


class Place(Enum):
    """Whose words a sentence is."""

    WRITER = "writer"  #: the article's own
    QUOTED = "quoted"  #: inside a quoted utterance
    TURN = "turn"  #: inside a labelled turn, an answer or a block quotation
    QUESTION = "question"  #: an interviewer's


@dataclass(slots=True)
class Plan:
    """An article before the parser; `wanted` are the indices of the sentences that can hold a statement."""

    article: Article
    paragraphs: list[Paragraph]
    quotes: list[list[Quotation]]
    sentences: list[Sentence]
    places: list[Place]
    wanted: list[int]


_INSIDE = {Block.TURN: Place.TURN, Block.ANSWER: Place.TURN, Block.QUOTE: Place.TURN, Block.QUESTION: Place.QUESTION}


def plan(article: Article) -> Plan:
    """The plan of `article`. Linear in its length; no parser."""
    text = article.text
    blocks = paragraphs(text)
    quotes = quotations(text, [p.body for p in blocks])
    found: list[Sentence] = []
    places: list[Place] = []
    for n, (block, here) in enumerate(zip(blocks, quotes, strict=True)):
        place = _INSIDE.get(block.kind, Place.WRITER)
        starts = [q.span.start for q in here]
        for sentence in sentences(text, n, block.body, here):
            found.append(sentence)
            places.append(place)
            for q, whole in zip(sentence.quotes, sentence.utterances, strict=True):
                if whole and has_cue(q.inner.of(text)):
                    first = bisect_right(starts, q.span.start)
                    nested = here[first : bisect_left(starts, q.span.end)]
                    inner = [replace(s, within=q) for s in sentences(text, n, q.inner, nested, q.depth + 1)]
                    found.extend(inner)
                    places.extend([Place.QUOTED] * len(inner))
    wanted = [i for i, s in enumerate(found) if _is_wanted(text, s, found, places, i)]
    return Plan(article, blocks, quotes, found, places, wanted)


def _is_wanted(text: str, sentence: Sentence, found: list[Sentence], places: list[Place], i: int) -> bool:
    """Whether a sentence can hold a cue outside its utterances, or names who speaks in the quotation after it."""
    own = _own_words(text, sentence)
    if has_cue(own):
        return True
    if places[i] is not Place.WRITER:
        return False
    if sentence.quotes and (len(re.findall(r"\w+", own)) >= 2):
        return True
    following = found[i + 1] if i + 1 < len(found) else None
    return (
        following is not None
        and places[i + 1] is Place.WRITER
        and bool(following.utterances)
        and following.utterances[0]
        and following.quotes[0].span.start == following.span.start
        and (following.paragraph == sentence.paragraph + 1 or following.paragraph == sentence.paragraph)
    )


def _own_words(text: str, sentence: Sentence) -> str:
    """The words of a sentence outside its quoted utterances."""
    at = sentence.span.start
    parts = []
    for q, whole in zip(sentence.quotes, sentence.utterances, strict=True):
        parts.append(text[at : q.span.start])
        if not whole:
            parts.append(q.inner.of(text))
        at = q.span.end
    parts.append(text[at : sentence.span.end])
    return " ".join(parts)


def word_count(text: str, span: Span) -> int:
    """Words in `span`."""
    return len(re.findall(r"\w+(?:['’]\w+)*", span.of(text)))
