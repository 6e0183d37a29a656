"""Verdict scales, as versioned data."""

from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from claimtrack.db.base import Versioned, table_args
from claimtrack.db.columns import Json


class Scale(Versioned, table=True):
    """One edition of a verdict scale. A changed scale is a new edition: old verdicts keep theirs."""

    __table_args__ = table_args(UniqueConstraint("name", "edition"))

    #: What the desk calls it ("truth, five points").
    name: str
    #: 1 for the first.
    edition: int = Field(default=1)
    #: In order from worst to best or as the desk sorts them: {key, label, number or null, note}.
    ratings: list[dict[str, Any]] = Field(sa_type=Json)  # Any: JSON
    #: True while it is offered for new verdicts.
    is_offered: bool = Field(default=True)
