"""A statement as the text prints it: who speaks (source), which words say so (cue), what is said (content).

The three terms are those of PARC and PolNeAR; a `Statement` is one attribution relation, and one cue makes one
statement. Offsets count Unicode code points of the stored text and are half-open: `text[span.start:span.end]`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How much of the content the page prints as the speaker's own words."""

    DIRECT = "direct"  #: all of it: in quotation marks, a labelled turn, a block post
    MIXED = "mixed"  #: a reported clause with quoted words in it
    INDIRECT = "indirect"  #: a reported clause without quotation marks


class SpeakerKind(StrEnum):
    """What stands behind a source mention."""

    PERSON = "person"
    ORGANIZATION = "organization"
    DOCUMENT = "document"
    UNNAMED = "unnamed"


class DateBasis(StrEnum):
    """What `said_on` rests on. Article basis means *reported* that day, never *said* that day."""

    TEXT = "text"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text: `text[start:end]`, in code points.

    >>> Span(4, 9).of("The mayor said no.")
    'mayor'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """Words of `text` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """Whether `other` lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Statement:
    """One attribution relation, as the machine read it or as a person marked it.

    `content_spans` are in reading order and never empty; `quoted_spans` lie inside them and cover the words between
    quotation marks, marks included. `said_on` is EDTF; None means that the text leaves the day open. `confidence`
    (0.0 to 1.0) is how likely the *extraction* is right, never how likely the words are true. `why` tells why the
    speaker or the date is open.
    """

    kind: Kind
    content_spans: tuple[Span, ...]
    quoted_spans: tuple[Span, ...] = ()
    source_span: Span | None = None
    cue_span: Span | None = None
    question: bool = False
    speaker: str | None = None
    speaker_kind: SpeakerKind | None = None
    speaker_for: str | None = None
    via: str | None = None
    said_on: str | None = None
    date_words: str | None = None
    date_basis: DateBasis | None = None
    confidence: float = 0.0
    rule: str = ""
    why: str | None = None

    def content(self, text: str) -> str:
        """The words of the content, its spans joined by one space."""
        return words_at(text, self.content_spans)

    def source(self, text: str) -> str | None:
        """The mention that speaks, as printed."""
        return self.source_span.of(text) if self.source_span else None

    def cue(self, text: str) -> str | None:
        """The words that say that somebody speaks, as printed."""
        return self.cue_span.of(text) if self.cue_span else None

    def as_json(self, text: str, statement_id: str) -> dict[str, object]:
        """The object that `claimtrack extract` prints for this statement; a contract others rely on."""
        return {
            "id": statement_id,
            "kind": self.kind.value,
            "question": self.question,
            "content": self.content(text),
            "content_spans": [_pair(span) for span in self.content_spans],
            "quoted_spans": [_pair(span) for span in self.quoted_spans],
            "source": self.source(text),
            "source_span": _pair(self.source_span),
            "cue": self.cue(text),
            "cue_span": _pair(self.cue_span),
            "speaker": self.speaker,
            "speaker_kind": self.speaker_kind.value if self.speaker_kind else None,
            "speaker_for": self.speaker_for,
            "via": self.via,
            "said_on": self.said_on,
            "date_words": self.date_words,
            "date_basis": self.date_basis.value if self.date_basis else None,
            "confidence": round(self.confidence, 2),
            "rule": self.rule,
            "why": self.why,
        }


def words_at(text: str, spans: Iterable[Span]) -> str:
    """Words of `text` at `spans`, joined by one space.

    >>> words_at("“Yes,” she said. “Now.”", [Span(0, 6), Span(17, 23)])
    '“Yes,” “Now.”'
    """
    return " ".join(span.of(text) for span in spans)


def _pair(span: Span | None) -> list[int] | None:
    """Both offsets as JSON has them."""
    return [span.start, span.end] if span else None
