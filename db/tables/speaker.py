"""Who stands behind source mentions: people, organisations, documents, unnamed sources."""

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from claimtrack.attribution import SpeakerKind
from claimtrack.db.base import Versioned, table_args
from claimtrack.db.columns import Key, SortText, Word


class Speaker(Versioned, table=True):
    """One speaker. A merge sets `merged_into_id` and moves nothing, so that a split gives every mention back."""

    __table_args__ = table_args()

    #: Canonical name, as screens and reports show it.
    name: str
    #: `name` case-folded and without accents, to sort and to look up by.
    sort_name: str = Field(sa_type=SortText, index=True)
    #: What it is; NULL: not known.
    kind: SpeakerKind | None = Field(default=None, sa_type=Word(SpeakerKind))
    #: Wikidata item, "Q" and digits; NULL: not looked up, or none.
    wikidata_id: str | None = Field(default=None, index=True)
    #: What tells this one from others of the same name; NULL: nothing needed.
    note: str | None = Field(default=None)
    #: The speaker that this one was found to be; NULL: stands for itself. Never a chain: the target has NULL here.
    merged_into_id: int | None = Field(default=None, foreign_key="speaker.id", index=True, sa_type=Key)


class Alias(Versioned, table=True):
    """Another name of a speaker."""

    __table_args__ = table_args(UniqueConstraint("speaker_id", "name"), Index("ix_alias_sort_name", "sort_name"))

    #: Whose name it is.
    speaker_id: int = Field(foreign_key="speaker.id", sa_type=Key)
    #: The name as printed or typed.
    name: str
    #: `name` case-folded and without accents, to look up by; two speakers may share it.
    sort_name: str = Field(sa_type=SortText)
    #: Where it comes from: "page", "reviewer", "wikidata".
    origin: str = Field(default="reviewer")


class Office(Versioned, table=True):
    """An office or title that a speaker held."""

    __table_args__ = table_args()

    #: Who held it.
    speaker_id: int = Field(foreign_key="speaker.id", index=True, sa_type=Key)
    #: "minister of transport", "chair".
    title: str
    #: The body it belongs to; NULL: not stated.
    body: str | None = Field(default=None)
    #: EDTF of its beginning and end; NULL: not known.
    held_from: str | None = Field(default=None)
    held_to: str | None = Field(default=None)
