"""Settings of the desk."""

from typing import Any

from sqlmodel import Field

from claimtrack.db.base import Versioned, table_args
from claimtrack.db.columns import Json


class Setting(Versioned, table=True):
    """One setting of the desk (blind second reading, default scale, logo). Never a secret."""

    __table_args__ = table_args()

    #: Its name.
    name: str = Field(unique=True)
    #: Its value, plain JSON; NULL: as if it were not set.
    value: Any | None = Field(default=None, sa_type=Json)  # Any: JSON
