"""Shapes of what Python and the review reader tell each other, as JSON values.

All offsets are code points of the stored text, half-open. `reader` explains when each is sent.
"""

from typing import Literal, NotRequired, TypedDict

SpanPair = list[int]  #: [start, end]

State = Literal["extracted", "as_printed", "fixed", "rejected", "stale"]


class Alarm(TypedDict):
    """Something about the words that a reader may miss: shown with a warning sign beside the statement."""

    kind: str  #: "next_words" | "before" | any other word of the page's author; only for tests and styling
    text: str  #: the sentence to show, e.g. "next words: “But unless the port …”"


class Covered(TypedDict):
    """Another statement with the same words, which one decision covers."""

    id: str
    version: int  #: the version shown; the server covers it only while it still has that one


class Differing(TypedDict):
    """A statement in the same cluster whose words differ: listed, never covered."""

    id: str
    words: str
    where: str  #: publisher and date, as shown


class Repeats(TypedDict):
    """The other prints of one utterance."""

    summary: str  #: "13 others print it, 1 differs: 2→3"
    covers: list[Covered]
    differ: list[Differing]


class Change(TypedDict):
    """What the page's newest saved copy prints instead of a statement's words."""

    capture: str | None  #: public id of that copy, sent back by who confirms its wording; None: the words are gone
    was: str  #: the words as stored, what differs between ⟦ and ⟧
    now: str | None  #: the same of the new wording
    was_saved: str  #: ISO 8601
    now_saved: str


class Item(TypedDict):
    """One statement of the queue as the reader shows it."""

    id: str  #: public UUID
    version: int  #: sent back as the version that the reviewer saw
    document: str  #: key into `ReaderData.sources`
    state: State
    kind: Literal["direct", "mixed", "indirect"]
    question: NotRequired[bool]
    content: list[SpanPair]
    source: SpanPair | None
    cue: SpanPair | None
    words: str  #: the content as stored, for the queue
    speaker: str | None
    speaker_about: NotRequired[str | None]  #: "minister"
    speaker_kind: NotRequired[Literal["person", "organization", "document", "unnamed"] | None]
    said_on: str | None  #: EDTF; None: open
    date_words: NotRequired[str | None]  #: "on Tuesday"
    date_basis: NotRequired[Literal["text", "article"] | None]
    why: NotRequired[str | None]  #: why speaker or date is open
    fidelity: NotRequired[str]  #: "as printed; no primary record yet"
    alarms: NotRequired[list[Alarm]]
    repeats: NotRequired[Repeats | None]
    note: NotRequired[str]
    tags: NotRequired[list[str]]
    reason: NotRequired[str | None]  #: id of the reason, when rejected
    check: NotRequired[bool]  #: shows "check the extraction"
    presence: NotRequired[list[str]]  #: names of others who look at it now
    change: NotRequired[Change | None]  #: a stale statement's two wordings
    details: NotRequired[dict[str, str]]  #: label -> text, under "Details": EDTF, rule, confidence, selectors


class Other(TypedDict):
    """A statement of the same document that is not in the page: highlighted by its state."""

    id: str
    state: State
    content: list[SpanPair]


class Source(TypedDict):
    """The stored text of a document and the facts of its saved copy."""

    text: str
    offset: NotRequired[int]  #: code point of the stored text at which `text` begins; 0 unless a window was cut
    goes_on: NotRequired[bool]  #: the stored text goes on after `text`
    title: str
    publisher: str | None
    author: NotRequired[str | None]
    published: str | None  #: as shown: "12 Mar 2026"
    saved_at: str | None  #: ISO 8601 instant with zone; shown in the reader's zone
    sha256: str
    url: NotRequired[str | None]
    archive_url: NotRequired[str | None]
    primary: NotRequired[bool]  #: the document is a primary record
    others: NotRequired[list[Other]]


class Page(TypedDict):
    """A stretch of the queue."""

    id: str  #: names filters and sort; another id moves to the first item, the same id keeps the current one
    items: list[Item]
    total: int  #: in the whole queue
    first: NotRequired[int]  #: position of items[0] in the queue, from 0
    before: bool  #: there are items before the first
    after: bool  #: there are items after the last


class Choice(TypedDict):
    """A reason that can be chosen."""

    id: str
    label: str


class Speaker(TypedDict):
    """A known speaker, offered while a name is typed."""

    id: str
    name: str
    about: NotRequired[str]


class Reviewer(TypedDict):
    """Whose decisions these are."""

    id: str
    name: str


class Saved(TypedDict):
    """Acknowledgement: stored, in this or an earlier delivery."""

    ok: Literal[True]
    item: str | None  #: for `add`: id of the new statement
    version: int  #: version of the item now
    state: State
    row: NotRequired[Item]  #: the item now; required for `add`
    covered: NotRequired[int]  #: how many repeats the decision covered
    skipped: NotRequired[list[str]]  #: one sentence for each repeat that it did not


class Problem(TypedDict):
    """Acknowledgement: not stored. The browser keeps the draft and shows it beside `row`."""

    ok: Literal[False]
    kind: Literal["stale", "mismatch", "after", "refused"]
    message: str  #: one sentence for the reviewer
    item: NotRequired[str | None]
    version: NotRequired[int | None]  #: version of the item now: a draft saved on top carries it
    row: NotRequired[Item | None]  #: the item now
    by: NotRequired[str | None]  #: who changed it
    at: NotRequired[str | None]  #: ISO 8601 instant


Ack = Saved | Problem


class ReaderData(TypedDict):
    """Everything the reader is mounted with."""

    desk: str  #: names the database: two desks in one browser never share kept entries
    reviewer: Reviewer
    page: Page
    sources: dict[str, Source]
    acks: dict[str, Ack]  #: "client:seq" -> acknowledgement, for every entry of the outbox last received
    at: NotRequired[str | None]  #: id of an item to move to, when it differs from the `at` before
    reasons: list[Choice]
    tags: list[str]
    speakers: list[Speaker]
    query: NotRequired[str]  #: the search now in force
    item_url: NotRequired[str]  #: address of an item without its id: "/review?item="
    presence: NotRequired[bool]  #: whether the reader tells which item it shows (state `at`)
