"""Who is looking at what, now."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from claimtrack.db.base import Row
from claimtrack.db.columns import Key, UtcTime


class Presence(Row, table=True):
    """The item that one browser tab has open. Not history: one row a tab, overwritten."""

    #: UUID of the tab.
    client: UUID = Field(primary_key=True)
    #: Who.
    reviewer_id: int = Field(foreign_key="reviewer.id", index=True, sa_type=Key)
    #: Public id of the item.
    item: UUID = Field(index=True)
    #: When the tab last reported, UTC; older than a minute means gone.
    seen_at: datetime = Field(sa_type=UtcTime)
