"""Decisions on their way from a reviewer's screen: what the outbox carries and `services.outbox` applies.

An entry is known for ever by the page load that made it and its number there. Offsets are code points.
"""

from dataclasses import dataclass
from typing import TypeAlias

from claimtrack.attribution import Kind, Span, SpeakerKind


@dataclass(frozen=True, slots=True, order=True)
class EntryRef:
    """What an entry is called for ever: the page load that made it, and its number there."""

    client: str
    seq: int

    @property
    def key(self) -> str:
        """The key of its acknowledgement.

        >>> EntryRef("0198c1d0-0000-7000-8000-000000000000", 3).key
        '0198c1d0-0000-7000-8000-000000000000:3'
        """
        return f"{self.client}:{self.seq}"


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of the source and the words that the reviewer saw there; `text[s:e] == words` must hold."""

    span: Span
    words: str

    def stands_in(self, text: str) -> bool:
        """Whether the stored text has exactly these words, one character or more, at exactly this place.

        >>> Marked(Span(0, 3), "Yes").stands_in("Yes, no")
        True
        >>> Marked(Span(3, 3), "").stands_in("Yes, no")
        False
        """
        return 0 <= self.span.start < self.span.end <= len(text) and self.span.of(text) == self.words


@dataclass(frozen=True, slots=True)
class Cover:
    """A repeat that a decision covers, in the version that was shown."""

    item: str
    version: int


@dataclass(frozen=True, slots=True)
class AsPrinted:
    """The page prints it so, as these people's words.

    Of a statement whose page changed, `capture` names the saved copy whose wording was confirmed (public id); None: it
    was printed as it stands, in the copy that it is pinned to.
    """

    covers: tuple[Cover, ...] = ()
    capture: str | None = None


@dataclass(frozen=True, slots=True)
class Reject:
    """Not a statement worth keeping; `reason` is the id of a reason of the desk."""

    reason: str
    covers: tuple[Cover, ...] = ()


@dataclass(frozen=True, slots=True)
class Marks:
    """Source, cue and content as a person marked them. `content` is in reading order and never empty."""

    content: tuple[Marked, ...]
    source: Marked | None
    cue: Marked | None
    kind: Kind

    @property
    def all(self) -> tuple[Marked, ...]:
        """Everything that has to be checked against the stored text."""
        return (*self.content, *(mark for mark in (self.source, self.cue) if mark))


@dataclass(frozen=True, slots=True)
class Fix:
    """The statement is there, its spans were not right."""

    marks: Marks


@dataclass(frozen=True, slots=True)
class Add:
    """A statement that the machine missed."""

    document: str
    marks: Marks
    speaker: str | None
    speaker_id: str | None


@dataclass(frozen=True, slots=True)
class SetSpeaker:
    """Who speaks; all None leaves the speaker open."""

    speaker: str | None
    speaker_id: str | None
    speaker_kind: SpeakerKind | None


@dataclass(frozen=True, slots=True)
class SetDate:
    """When it was said, as EDTF; None leaves the day open."""

    said_on: str | None


@dataclass(frozen=True, slots=True)
class SetNote:
    """The whole note; "" clears it."""

    note: str


@dataclass(frozen=True, slots=True)
class ChangeTags:
    """Tags to put on and to take off."""

    add: tuple[str, ...]
    remove: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Undo:
    """Restores exactly what that entry changed, the repeats that it covered included."""

    undoes: EntryRef


Payload: TypeAlias = AsPrinted | Reject | Fix | Add | SetSpeaker | SetDate | SetNote | ChangeTags | Undo


@dataclass(frozen=True, slots=True)
class Entry:
    """One decision on its way. `after` names the same reviewer's earlier unacknowledged entry for the item."""

    ref: EntryRef
    item: str | None  #: public UUID; None for `Add`, and for the undo of one
    version: int | None  #: the version that the reviewer saw
    after: EntryRef | None
    made_at: str  #: the browser's clock, ISO 8601; never used to order anything
    payload: Payload
