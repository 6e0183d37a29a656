"""Articles, transcripts and posts: what was published, apart from the bytes that were saved of it."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Field

from claimtrack.db.base import Versioned, table_args
from claimtrack.db.columns import Json, UtcTime


class Document(Versioned, table=True):
    """One article, transcript or post. Two publishers printing the same bytes are two documents."""

    __table_args__ = table_args()

    #: What makes the next import find this document again: its normalised address, or publisher and given id. Unique,
    #: so that parallel imports of one source make one document. NULL: nothing identifies it (a paste).
    identity: str | None = Field(default=None, unique=True)
    #: The id that a JSONL line carries, any JSON value; NULL when none was given.
    given_id: Any | None = Field(default=None, sa_type=Json)  # Any: the contract keeps the id's JSON type
    #: Headline or title; NULL when the source gives none.
    title: str | None = Field(default=None)
    #: Outlet or body that published it; NULL when not known.
    publisher: str | None = Field(default=None, index=True)
    #: Byline as printed; NULL when not known.
    author: str | None = Field(default=None)
    #: Local date of publication at the publisher's place; NULL when not known. Relative dates are resolved against it.
    published_on: date | None = Field(default=None, index=True)
    #: Moment of publication, UTC; NULL when only the date, or not even that, is known.
    published_at: datetime | None = Field(default=None, sa_type=UtcTime)
    #: IANA name or offset of the place of publication; NULL when not known.
    zone: str | None = Field(default=None)
    #: BCP 47 tag of the text; NULL when not recognised.
    language: str | None = Field(default=None)
    #: Address where it was published; NULL for a file or a paste.
    url: str | None = Field(default=None, index=True)
    #: Copy in a public archive; NULL when none is recorded.
    archive_url: str | None = Field(default=None)
    #: Where each proposed field came from: given, json-ld, meta, byline, feed, file, reviewer.
    origins: dict[str, str] = Field(default_factory=dict, sa_type=Json)
    #: The outlet whose copy this seems to repeat, in words; NULL when nothing points to it.
    repost_of: str | None = Field(default=None)
