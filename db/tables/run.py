"""Extractions: which code and model suggested which statements."""

from datetime import datetime

from sqlmodel import Field

from claimtrack.db.base import Identified, table_args
from claimtrack.db.columns import Key, UtcTime, utc_now


class Run(Identified, table=True):
    """One extraction over one capture; its event carries `statements_digest`."""

    __table_args__ = table_args()

    #: The capture that was read.
    capture_id: int = Field(foreign_key="capture.id", index=True, sa_type=Key)
    #: Version of the extraction code.
    code_version: str
    #: Digest of the model's files.
    model_digest: str
    #: When it began, UTC.
    started_at: datetime = Field(default_factory=utc_now, sa_type=UtcTime)
    #: How long it took, seconds of wall time.
    seconds: float = Field(default=0.0)
    #: How many statements it suggested, those included that stood already.
    statement_count: int = Field(default=0)
    #: How many of them were new.
    new_count: int = Field(default=0)
    #: sha256 over the canonical JSON of all statements of the run, 64 hexadecimal digits.
    statements_digest: str
