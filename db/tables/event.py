"""The append-only, hash-chained log."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from claimtrack.db.base import Row
from claimtrack.db.columns import Key, UtcTime, Word, new_public_id
from claimtrack.vocabulary import IdentityBasis


class Event(Row, table=True):
    """One thing that somebody did, with the complete before and after. Written by `claimtrack.db.events` only.

    Every column enters `digest`, the payload through `payload_digest`; nothing refers to a row by internal key.
    """

    #: Place in the chain, 1, 2, 3 ... without gaps.
    number: int = Field(primary_key=True, sa_type=Key, sa_column_kwargs={"autoincrement": False})
    #: UUIDv7 that links and exports use.
    public_id: UUID = Field(default_factory=new_public_id, unique=True)
    #: When, UTC.
    at: datetime = Field(sa_type=UtcTime)
    #: Public id of the reviewer; NULL: no person, a run or a migration.
    reviewer: UUID | None = Field(default=None, index=True)
    #: How the identity was known.
    identity_basis: IdentityBasis = Field(sa_type=Word(IdentityBasis))
    #: What was done: kind of item, dot, past participle ("statement.decided").
    action: str = Field(index=True)
    #: Kind of the item: the name of its table.
    item_kind: str
    #: Public id of the item.
    item: UUID = Field(index=True)
    #: Public id of the story it was done in; NULL: in none.
    story: UUID | None = Field(default=None, index=True)
    #: Public id that all events of one action share, which one undo takes back together; NULL: it stands alone.
    batch: UUID | None = Field(default=None, index=True)
    #: Public id of the event that this one undoes; NULL: undoes nothing.
    undoes: UUID | None = Field(default=None, index=True)
    #: Version of the payload's form.
    schema_version: int
    #: Canonical JSON {"after": ..., "before": ..., "note": ...}; NULL: erased, and an erasure event says so.
    payload: str | None = Field(default=None)
    #: 32 random bytes in hexadecimal, so that nobody can guess an erased text from its digest; NULL: erased.
    salt: str | None = Field(default=None)
    #: sha256 of salt and payload, 64 hexadecimal digits; stays after erasure.
    payload_digest: str
    #: `digest` of the event before; 64 zeros for the first.
    previous: str
    #: sha256 over everything above except salt and payload, 64 hexadecimal digits.
    digest: str


class ChainHead(Row, table=True):
    """The newest event's place and digest: one row, locked by whoever writes."""

    #: Always 1.
    id: int = Field(default=1, primary_key=True, sa_column_kwargs={"autoincrement": False})
    #: Number of the newest event; 0: none yet.
    number: int = Field(default=0, sa_type=Key)
    #: Its digest; 64 zeros: none yet.
    digest: str = Field(default="0" * 64)
