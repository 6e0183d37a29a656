"""Decisions as browsers sent them, each stored once."""

from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from claimtrack.db.base import Identified, table_args
from claimtrack.db.columns import Json, Key


class OutboxEntry(Identified, table=True):
    """One entry of a browser tab's outbox, written in its decision's transaction; a resend gets `ack`."""

    __table_args__ = table_args(UniqueConstraint("reviewer_id", "client", "sequence"))

    #: Who decided.
    reviewer_id: int = Field(foreign_key="reviewer.id", sa_type=Key)
    #: UUID of the tab.
    client: UUID
    #: Number of the entry in that tab, from 1.
    sequence: int
    #: Public id of the item.
    item: UUID
    #: Version of the item that the reviewer saw.
    seen_version: int
    #: Sequence number of the same tab's earlier entry for this item; NULL: the first. The entry is then checked against
    #: the version which that one produced.
    predecessor: int | None = Field(default=None)
    #: Version of the item afterwards; NULL: refused, `ack` tells why.
    produced_version: int | None = Field(default=None)
    #: Public id of the event; NULL: refused.
    event: UUID | None = Field(default=None)
    #: The acknowledgement as sent, plain JSON; holds no words of any source, so that an erasure need not look here.
    ack: dict[str, Any] = Field(default_factory=dict, sa_type=Json)  # Any: JSON
