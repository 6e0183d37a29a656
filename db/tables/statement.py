"""Statements as stored: one attribution relation each, pinned to its capture."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Index
from sqlmodel import Field

from claimtrack.attribution import DateBasis, Kind, SpeakerKind
from claimtrack.db.base import Versioned, table_args
from claimtrack.db.columns import Json, Key, SortText, UtcTime, Word
from claimtrack.vocabulary import Attribution, Fidelity, Origin, RejectReason, StatementState


class Statement(Versioned, table=True):
    """One attribution relation: source, cue and content, each at spans of a capture's text.

    Offsets are code points, half-open. The words are stored beside the spans, so that `verify` can compare the two and
    lists need not read the capture. The columns from `text_hash` on down to `leased_until` serve queue and search; they
    change without a new version.
    """

    UNLOGGED: ClassVar[frozenset[str]] = frozenset(
        {
            "text_hash",
            "said_from",
            "said_to",
            "speaker_sort",
            "number_count",
            "outlet_count",
            "is_boilerplate",
            "has_candidates",
            "cluster_id",
            "folded_into_id",
            "leased_by_id",
            "leased_until",
        }
    )
    __table_args__ = table_args(
        # One order of the queue each: the state first, then the key to page by.
        Index("ix_statement_queue_arrival", "state", "id"),
        Index("ix_statement_queue_confidence", "state", "confidence", "id"),
        Index("ix_statement_queue_outlets", "state", "outlet_count", "id"),
        Index("ix_statement_queue_numbers", "state", "number_count", "id"),
        Index("ix_statement_queue_speaker", "state", "speaker_sort", "id"),
        Index("ix_statement_in_capture", "capture_id", "start_offset"),
        Index("ix_statement_in_document", "document_id", "state"),
        Index("ix_statement_by_speaker", "speaker_id", "said_from", "id"),
    )

    #: The document that prints it.
    document_id: int = Field(foreign_key="document.id", sa_type=Key)
    #: The capture whose text the spans address.
    capture_id: int = Field(foreign_key="capture.id", sa_type=Key)
    #: The extraction that suggested it; NULL: a person added it.
    run_id: int | None = Field(default=None, foreign_key="run.id", index=True, sa_type=Key)
    #: Who first marked it.
    origin: Origin = Field(default=Origin.MACHINE, sa_type=Word(Origin))
    #: Where it stands in extraction review.
    state: StatementState = Field(default=StatementState.EXTRACTED, sa_type=Word(StatementState))
    #: Why it is no statement; NULL unless rejected.
    reject_reason: RejectReason | None = Field(default=None, sa_type=Word(RejectReason))

    #: Full quotation, partial quotation or paraphrase.
    kind: Kind = Field(sa_type=Word(Kind))
    #: Whether the content asks rather than asserts.
    is_question: bool = Field(default=False)
    #: Words at `content_spans`, joined by one space.
    content: str
    #: Pairs of offsets in reading order; never empty.
    content_spans: list[tuple[int, int]] = Field(sa_type=Json)
    #: Pairs of offsets inside the content, quotation marks included; empty for a paraphrase.
    quoted_spans: list[tuple[int, int]] = Field(default_factory=list, sa_type=Json)
    #: First offset of the content: the order within the page.
    start_offset: int
    #: End offset of the content.
    end_offset: int
    #: The mention that speaks, as printed; NULL when the page names none.
    source: str | None = Field(default=None)
    #: Offsets of the source; NULL when there is none.
    source_start: int | None = Field(default=None)
    source_end: int | None = Field(default=None)
    #: The words that say that somebody speaks, as printed; NULL when there are none.
    cue: str | None = Field(default=None)
    #: Offsets of the cue; NULL when there is none.
    cue_start: int | None = Field(default=None)
    cue_end: int | None = Field(default=None)

    #: Fullest name of the speaker that the page gives; NULL: open.
    speaker_name: str | None = Field(default=None)
    #: What stands behind the source; NULL: open.
    speaker_kind: SpeakerKind | None = Field(default=None, sa_type=Word(SpeakerKind))
    #: The body that a spokesperson speaks for; NULL: nobody's spokesperson.
    speaker_for: str | None = Field(default=None)
    #: Who reported it, for second-hand words; NULL: first-hand.
    via: str | None = Field(default=None)
    #: The speaker that name, page and people agree on; NULL: not yet tied to one.
    speaker_id: int | None = Field(default=None, foreign_key="speaker.id", sa_type=Key)

    #: When it was said as the machine read it, EDTF; NULL: the text leaves it open.
    said_on: str | None = Field(default=None)
    #: The words that give the date, as printed; NULL: none.
    date_words: str | None = Field(default=None)
    #: Offsets of the date words; NULL when there are none.
    date_start: int | None = Field(default=None)
    date_end: int | None = Field(default=None)
    #: Local date against which relative words were resolved; NULL: they were not relative.
    date_anchor: date | None = Field(default=None)
    #: What `said_on` rests on; NULL: no date.
    date_basis: DateBasis | None = Field(default=None, sa_type=Word(DateBasis))
    #: Name of the rule that read the date; NULL: no date.
    date_rule: str | None = Field(default=None)
    #: True when a person set the date: `said_on_override` then holds, even where it is NULL (a person opened it).
    is_date_overridden: bool = Field(default=False)
    #: The person's date, EDTF; NULL: open, or not overridden. Who and why stands in the events.
    said_on_override: str | None = Field(default=None)

    #: The occasion: speech, interview, post; NULL: not known.
    occasion: str | None = Field(default=None)
    #: Where it was said; NULL: not known.
    occasion_place: str | None = Field(default=None)
    #: A person's finding on whether the words are the speaker's; NULL: nobody judged.
    attribution: Attribution | None = Field(default=None, sa_type=Word(Attribution))
    #: How the words compare with a primary record; NULL: as printed, not checked against a record.
    fidelity: Fidelity | None = Field(default=None, sa_type=Word(Fidelity))
    #: BCP 47 tag of the words as printed; NULL: the document's.
    language: str | None = Field(default=None)
    #: BCP 47 tag of the language they were translated from; NULL: not known to be a translation.
    translated_from: str | None = Field(default=None)
    #: Who translated; NULL: not stated.
    translator: str | None = Field(default=None)

    #: How likely the extraction is right, 0.0 to 1.0; never how likely the words are true. 1.0 for a person's own.
    confidence: float = Field(default=1.0)
    #: The rule that made it; NULL: a person.
    rule: str | None = Field(default=None)
    #: Why speaker or date is open; NULL: neither is, or nobody said.
    why: str | None = Field(default=None)
    #: Who it is assigned to; NULL: anybody.
    assigned_to_id: int | None = Field(default=None, foreign_key="reviewer.id", index=True, sa_type=Key)

    #: Signed 64-bit hash of the normalised content; statements of equal wording share it. NULL: not fingerprinted.
    text_hash: int | None = Field(default=None, index=True, sa_type=Key)
    #: First and last day that the date in force allows, for sorting and filters; NULL: open.
    said_from: date | None = Field(default=None)
    said_to: date | None = Field(default=None)
    #: Name to sort by, case-folded; the empty string when the speaker is open.
    speaker_sort: str = Field(default="", sa_type=SortText)
    #: How many checkable numbers the content holds.
    number_count: int = Field(default=0)
    #: How many publishers print its cluster, itself included.
    outlet_count: int = Field(default=1)
    #: Whether the words are boilerplate that the queue hides ("Thank you all for coming").
    is_boilerplate: bool = Field(default=False)
    #: Whether a machine suggests possible repeats that nobody judged.
    has_candidates: bool = Field(default=False)
    #: The cluster it belongs to; NULL: no repeats known.
    cluster_id: int | None = Field(default=None, foreign_key="cluster.id", index=True, sa_type=Key)
    #: The statement in whose queue row it is shown as a repeat; NULL: it has a row of its own.
    folded_into_id: int | None = Field(default=None, foreign_key="statement.id", index=True, sa_type=Key)
    #: Who has taken it from the queue; NULL: free.
    leased_by_id: int | None = Field(default=None, foreign_key="reviewer.id", index=True, sa_type=Key)
    #: Until when, UTC; NULL or past: free.
    leased_until: datetime | None = Field(default=None, sa_type=UtcTime)
    #: More that a rule wants to keep, plain JSON; NULL: nothing.
    extra: dict[str, Any] | None = Field(default=None, sa_type=Json)  # Any: JSON
