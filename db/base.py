"""What every table has: named constraints, an internal key, a public id and, where people edit, a version."""

import re
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, MetaData
from sqlalchemy.orm import declared_attr
from sqlalchemy.schema import SchemaItem
from sqlmodel import Field, SQLModel

from claimtrack.db.columns import Key, UtcTime, new_public_id, utc_now

#: Every constraint has a name on both databases, so that a migration can name it.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Row(SQLModel):
    """A table of claimtrack's own metadata; SQLModel's global one stays empty."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMING)
    #: Columns that events leave out: bytes and long texts (their digests are in), and what serves queue and search.
    UNLOGGED: ClassVar[frozenset[str]] = frozenset()

    @declared_attr.directive
    @classmethod
    def __tablename__(cls) -> str:
        """The class's name in snake case: `OutboxEntry` is stored in outbox_entry."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


class Identified(Row):
    """A row that links, events and exports can name."""

    #: Internal key, used in joins only; never reused, never shown, differs after a move to another database.
    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    #: UUIDv7 that links, events, exports and bundles use; survives import and moving between databases.
    public_id: UUID = Field(default_factory=new_public_id, unique=True)
    #: When the row was written, UTC.
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcTime)

    @property
    def key(self) -> int:
        """Internal key of a stored row; an error before the first flush."""
        if self.id is None:
            raise ValueError(f"This {type(self).__name__} is not stored yet: flush first.")
        return self.id


class Versioned(Identified):
    """A row that people edit: every save names the version it saw (see `claimtrack.db.work.save_version`)."""

    #: Starts at 1 and rises by one with each save.
    version: int = Field(default=1)


def table_args(*items: SchemaItem) -> tuple[Any, ...]:  # Any: SQLAlchemy's own shape, items and then a dict
    """Constraints and indexes of a table whose keys SQLite never uses again."""
    return (*items, {"sqlite_autoincrement": True})


def exactly_one(*columns: str) -> CheckConstraint:
    """A named check that one of `columns`, and only one, is set."""
    terms = " + ".join(f"(CASE WHEN {column} IS NULL THEN 0 ELSE 1 END)" for column in columns)
    return CheckConstraint(f"{terms} = 1", name="one_" + "_or_".join(column.removesuffix("_id") for column in columns))
