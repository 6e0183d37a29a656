"""What a report holds: everything the formats need, resolved, and no way to the database.

Services build a `Report` from storage; `audience.for_audience` takes out what a reader must not have; the formats
render what is left. Closed sets that storage owns (states, stances, outcomes) arrive as their stored strings, so any
`StrEnum` fits; `labels` says them in words. Empty means unknown: None, "" or (), never a made-up value.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from claimtrack.attribution import DateBasis, Kind, Span, SpeakerKind


class Audience(StrEnum):
    """Whom a report is for; decides what it withholds (see `audience`)."""

    PUBLIC = "public"
    EDITOR = "editor"
    LAWYER = "lawyer"


@dataclass(frozen=True, slots=True)
class VerdictName:
    """One step of the desk's scale. `rating` None: outside the scale ("not checkable", "unproven", "satire")."""

    key: str  #: as stored in reviews and decisions
    name: str  #: as readers see it, in the desk's language
    rating: int | None = None  #: 1 is the worst (false)


#: A scale to start from; a desk replaces it. Google wants best > worst >= 1.
DEFAULT_SCALE = (
    VerdictName("false", "False", 1),
    VerdictName("mostly_false", "Mostly false", 2),
    VerdictName("half_true", "Half true", 3),
    VerdictName("mostly_true", "Mostly true", 4),
    VerdictName("true", "True", 5),
    VerdictName("misleading", "Misleading"),
    VerdictName("unproven", "Unproven"),
    VerdictName("not_checkable", "Not checkable"),
)


@dataclass(frozen=True, slots=True)
class Template:
    """How a desk's reports look and speak."""

    desk: str = "Fact-checking desk"
    desk_url: str | None = None  #: https; ClaimReview's author
    claim_url: str | None = None  #: where released claims are published: "https://desk.example/checks/{id}"
    logo: bytes | None = None  #: PNG, JPEG or SVG as it is; embedded, never fetched
    logo_type: str = "image/png"
    language: str = "en"  #: BCP 47, of the labels and of the desk's own words
    labels: Mapping[str, str] = field(default_factory=dict)  #: replaces single entries of `labels.ENGLISH`
    scale: tuple[VerdictName, ...] = DEFAULT_SCALE
    imprint: str = ""  #: foot of the report: address, licence, how to ask for a correction
    names_readers: bool = True  #: whether public files name the people who read and decided


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who speaks or claims: a person, an organisation, a document, an unnamed source."""

    name: str
    kind: SpeakerKind = SpeakerKind.PERSON
    id: str | None = None  #: public id of the speaker row
    office: str | None = None  #: at the time of the words
    wikidata: str | None = None  #: "Q" and digits
    url: str | None = None

    @property
    def same_as(self) -> tuple[str, ...]:
        """Addresses that tell who this is, for ClaimReview's `sameAs`."""
        known = f"https://www.wikidata.org/wiki/{self.wikidata}" if self.wikidata else None
        return tuple(address for address in (known, self.url) if address)


@dataclass(frozen=True, slots=True)
class Source:
    """A document and the saved copy (capture) that offsets address. Share one object among all its quotations."""

    id: str  #: public id of the document
    capture_id: str
    sha256: str  #: of the capture's bytes, hex
    captured_at: datetime | None = None  #: aware, UTC
    title: str = ""
    publisher: str | None = None
    author: str | None = None
    published_on: date | None = None
    published_at: datetime | None = None
    zone: str | None = None
    language: str | None = None
    url: str | None = None
    archive_url: str | None = None  #: a copy in a public archive
    record_kind: str = "report"  #: report, recording, post, notes, document
    media_type: str = "text/plain"
    extractor: str = ""  #: what made the text of the bytes, with its version
    text_sha256: str | None = None  #: of the text as UTF-8, hex
    sightings: tuple[datetime, ...] = ()  #: when the same bytes were fetched again
    confidential: bool = False  #: this document must not leave the desk

    @property
    def is_primary(self) -> bool:
        """Whether it is itself the record of what was said."""
        return self.record_kind != "report"


@dataclass(frozen=True, slots=True)
class Piece:
    """One stretch of a capture's text with the words that stand there; `words == text[span.start:span.end]`."""

    span: Span
    words: str
    prefix: str = ""  #: up to 32 code points before, for the text-quote selector
    suffix: str = ""  #: up to 32 code points after
    page: int | None = None  #: from 1
    time_s: float | None = None  #: seconds from the start of the recording


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between printed and recorded words."""

    op: str  #: add (only printed), drop (only recorded), replace
    printed: str = ""
    recorded: str = ""


@dataclass(frozen=True, slots=True)
class Fidelity:
    """What a comparison with other words gave. Counts as a check only where `record` is a primary record."""

    outcome: str  #: verbatim, typography, cut, altered, stitched, wrong_speaker, not_found
    record: Source | None = None
    locator: str | None = None  #: page, timecode or span in the record
    recorded_words: str | None = None
    changes: tuple[Change, ...] = ()
    checked_by: str | None = None  #: a person's name; None: the machine compared, nobody has looked
    checked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody at the desk wrote for the desk. Never in a public file."""

    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class QueryItem:
    """A question to the writer or a source."""

    id: str
    question: str
    to: str | None = None
    due: datetime | None = None
    asked_by: str | None = None
    asked_at: datetime | None = None
    answer: str | None = None
    answered_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered yet."""
        return self.answer is None


@dataclass(frozen=True, slots=True)
class ContactItem:
    """Who was asked for comment or evidence, and what came back."""

    id: str
    who: str
    how: str | None = None
    asked: str | None = None
    at: datetime | None = None
    deadline: datetime | None = None
    answer: str | None = None
    answered_at: datetime | None = None
    right_of_reply: bool = False  #: the person or body concerned was offered it
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """One statement, as its source prints it, with its exact words."""

    id: str
    source: Source
    kind: Kind
    content: tuple[Piece, ...]  #: in reading order, never empty
    mention: Piece | None = None  #: who the page says speaks, as printed
    cue: Piece | None = None
    quoted: tuple[Span, ...] = ()
    question: bool = False
    speaker: Party | None = None
    speaker_for: str | None = None  #: the body a spokesperson speaks for
    via: str | None = None  #: who reported it, for second-hand words
    said_on: str | None = None  #: EDTF
    date_words: str | None = None
    date_basis: DateBasis | None = None
    occasion: str | None = None
    place: str | None = None
    language: str | None = None
    translated_from: str | None = None  #: BCP 47 of the original words
    translated_by: str | None = None
    state: str = "extracted"  #: extracted, as_printed, fixed, rejected, stale
    origin: str = "machine"  #: machine, human
    attribution: str | None = None  #: said, not_said, out_of_context, unproven: a person's judgement
    fidelity: Fidelity | None = None
    confidence: float | None = None  #: of the extraction; for editors, never as likelihood of truth
    rule: str = ""
    why_open: str | None = None  #: why the speaker or the day is open
    reviewed_by: str | None = None
    reviewed_at: datetime | None = None
    notes: tuple[Note, ...] = ()
    tags: tuple[str, ...] = ()
    queries: tuple[QueryItem, ...] = ()
    contacts: tuple[ContactItem, ...] = ()

    @property
    def words(self) -> str:
        """The words of the content as printed, its spans joined by one space."""
        return " ".join(piece.words for piece in self.content)

    @property
    def is_reviewed(self) -> bool:
        """Whether a person has confirmed that the page prints this."""
        return self.state in {"as_printed", "fixed", "stale"}


@dataclass(frozen=True, slots=True)
class Appearance:
    """A quotation in which a claim appears, and how it stands to the claim."""

    quotation: Quotation
    relation: str | None = None  #: first, repeats, said_again, denies, contradicts, corrects, elaborates, context


@dataclass(frozen=True, slots=True)
class Reference:
    """A cross-reference from one claim to another."""

    relation: str  #: the same words as in `Appearance.relation`
    claim_id: str
    text: str
    is_released: bool = False  #: whether the public knows the other claim


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """What speaks for or against a claim."""

    id: str
    stance: str  #: supports, refutes, context
    title: str
    url: str | None = None
    archive_url: str | None = None
    locator: str | None = None  #: page, passage or timecode, in words
    publisher: str | None = None
    published_on: date | None = None
    accessed_on: date | None = None
    primary: bool = False
    independent: bool | None = None  #: False: shared wire copy; None: nobody said
    shared_with: str | None = None  #: whose copy it shares; equal words count as one source
    words: str | None = None  #: the passage itself
    note: str | None = None  #: the desk's remark; never in a public file
    source: Source | None = None  #: the saved copy, where there is one
    sha256: str | None = None  #: of an attached file
    added_by: str | None = None
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One person's recorded verdict. Never in a public file: two of them may disagree."""

    id: str
    reviewer: str
    verdict: str | None  #: key of the scale
    reasoning: str
    at: datetime
    reading: str = "first"  #: first, second, adjudication
    outcome: str | None = None  #: of a second reading: signed, sent_back
    scale: tuple[VerdictName, ...] = ()  #: the edition it was given on; (): the template's


@dataclass(frozen=True, slots=True)
class Decision:
    """The desk's verdict."""

    verdict: str  #: key of the scale
    reasoning: str  #: written for readers
    scale: tuple[VerdictName, ...] = ()  #: the edition it was given on; (): the template's
    decided_by: str | None = None
    at: datetime | None = None
    readers: tuple[str, ...] = ()  #: the people who read the claim, the deciding one included, each once
    reader_count: int = 0  #: set where names are withheld

    @property
    def readers_total(self) -> int:
        """How many different people read it; 1 is labelled "single reader"."""
        return max(len(set(self.readers)), self.reader_count)


@dataclass(frozen=True, slots=True)
class Correction:
    """A published change of a released claim."""

    id: str
    at: datetime
    text: str  #: what was wrong and what is right now, for readers
    kind: str = "corrected"  #: corrected, withdrawn
    former: str | None = None  #: what stood before, in words that can be printed
    by: str | None = None


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One step of the desk's checklist."""

    name: str
    done: bool = False
    waived_by: str | None = None
    reason: str | None = None  #: why it was waived

    @property
    def is_missing(self) -> bool:
        """Neither done nor waived."""
        return not self.done and self.waived_by is None


@dataclass(frozen=True, slots=True)
class ReportClaim:
    """A claim, or a line to check (a writer's own assertion), with all that belongs to it."""

    id: str
    text: str  #: in the desk's words
    kind: str = "claim"  #: claim, line
    short: str | None = None  #: for ClaimReview, about 75 characters
    claimant: Party | None = None  #: who claims it; for a misquote who spread it, never the person misquoted
    first_made_on: str | None = None  #: EDTF, where the desk knows it better than the earliest quotation
    explanation: str | None = None  #: why the verdict is what it is, for readers; else the decision's reasoning
    state: str = "open"
    is_contested: bool = False  #: its evidence changed after the verdict
    released_at: datetime | None = None  #: None: the public has never seen it
    updated_at: datetime | None = None
    url: str | None = None  #: where it is published; else made from the template's `claim_url`
    line: Piece | None = None  #: for a line: its passage ...
    line_source: Source | None = None  #: ... and where it stands
    appearances: tuple[Appearance, ...] = ()
    evidence: tuple[EvidenceItem, ...] = ()
    reviews: tuple[ReviewItem, ...] = ()
    decision: Decision | None = None
    corrections: tuple[Correction, ...] = ()
    queries: tuple[QueryItem, ...] = ()
    contacts: tuple[ContactItem, ...] = ()
    checklist: tuple[ChecklistItem, ...] = ()
    references: tuple[Reference, ...] = ()
    notes: tuple[Note, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """One assignment."""

    id: str
    title: str
    slug: str | None = None
    deadline: datetime | None = None
    editor: str | None = None
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LogHead:
    """The newest event of the log when the report was made: what later readers compare with."""

    sequence: int
    sha256: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Withheld:
    """A kind of thing that was left out for the audience, and how many."""

    kind: str  #: key of `audience.KINDS`
    count: int


@dataclass(frozen=True, slots=True)
class Report:
    """One selection of claims, ready to render once `for_audience` has set `audience`."""

    title: str
    made_at: datetime  #: aware, UTC
    claims: tuple[ReportClaim, ...]
    template: Template = field(default_factory=Template)
    story: Story | None = None
    selection: str = ""  #: the filters, saved view or cluster in words; for the desk, not for the public
    unclaimed: tuple[Quotation, ...] = ()  #: quotations of the selection that belong to no claim
    made_by: str | None = None
    version: str = ""  #: of claimtrack
    head: LogHead | None = None
    audience: Audience | None = None  #: None: not yet cut to an audience; formats refuse it
    withheld: tuple[Withheld, ...] = ()

    @property
    def quotations(self) -> tuple[Quotation, ...]:
        """Every quotation of the report once, in the report's order."""
        of_claims = (appearance.quotation for claim in self.claims for appearance in claim.appearances)
        unique = {quotation.id: quotation for quotation in of_claims}
        unique |= {quotation.id: quotation for quotation in self.unclaimed if quotation.id not in unique}
        return tuple(unique.values())

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every saved copy that the report rests on, once, in the report's order."""
        found: dict[str, Source] = {}
        for claim in self.claims:
            own = [claim.line_source] + [appearance.quotation.source for appearance in claim.appearances]
            own += [item.source for item in claim.evidence]
            found |= {source.capture_id: source for source in own if source and source.capture_id not in found}
        for quotation in self.quotations:
            found.setdefault(quotation.source.capture_id, quotation.source)
            if quotation.fidelity and quotation.fidelity.record:
                found.setdefault(quotation.fidelity.record.capture_id, quotation.fidelity.record)
        return tuple(found.values())


@dataclass(frozen=True, slots=True)
class SavedCopy:
    """A capture as a file, for the bundle and the annotated copy."""

    source: Source
    text: str
    data: bytes = b""
    pages: tuple[int, ...] = ()  #: offset at which each page begins
    timecodes: tuple[tuple[int, float], ...] = ()  #: offset and time in seconds, for recordings


@dataclass(frozen=True, slots=True)
class AnnotatedDocument:
    """One document in reading order with everything marked in it: what goes to the lawyer."""

    report: Report  #: its claims and lines, cut to the audience; for verdicts, evidence and queries
    copy: SavedCopy
    quotations: tuple[Quotation, ...]  #: all statements of this capture, in any order
