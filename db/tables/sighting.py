"""Each time the bytes of a capture were met."""

from datetime import datetime

from sqlmodel import Field

from claimtrack.db.base import Identified, table_args
from claimtrack.db.columns import Key, UtcTime, utc_now


class Sighting(Identified, table=True):
    """That the bytes of a capture were met once more: when, from where."""

    __table_args__ = table_args()

    #: The capture whose bytes were met.
    capture_id: int = Field(foreign_key="capture.id", index=True, sa_type=Key)
    #: When the bytes were read or fetched, UTC.
    seen_at: datetime = Field(default_factory=utc_now, sa_type=UtcTime)
    #: The path, address or "-" as it was given.
    name: str
    #: The address asked for; NULL for a file or a paste.
    url: str | None = Field(default=None)
    #: The address that answered, after redirects; NULL for a file or a paste.
    final_url: str | None = Field(default=None)
    #: Who brought it in; NULL: a watched folder or feed.
    reviewer_id: int | None = Field(default=None, foreign_key="reviewer.id", sa_type=Key)
