"""Filters and report definitions that somebody kept."""

from typing import Any

from sqlalchemy import Index, TextClause, text
from sqlmodel import Field

from claimtrack.db.base import Versioned, table_args
from claimtrack.db.columns import Json, Key

_SHARED = text("reviewer_id IS NULL")
_OWNED = text("reviewer_id IS NOT NULL")


def _unique(name: str, where: TextClause, *columns: str) -> Index:
    return Index(name, *columns, unique=True, sqlite_where=where, postgresql_where=where)


class SavedView(Versioned, table=True):
    """One kept selection of one page; for the page "reports" a report definition."""

    __table_args__ = table_args(
        # NULLs are distinct in a plain UNIQUE: two shared views could bear one name.
        _unique("uq_saved_view_own", _OWNED, "reviewer_id", "page", "name"),
        _unique("uq_saved_view_shared", _SHARED, "page", "name"),
    )

    #: Whose it is; NULL: the whole desk's.
    reviewer_id: int | None = Field(default=None, foreign_key="reviewer.id", sa_type=Key)
    #: The page that it belongs to ("review", "claims", "reports").
    page: str
    #: As screens show it.
    name: str
    #: The selection, plain JSON; names rows by public id only.
    settings: dict[str, Any] = Field(default_factory=dict, sa_type=Json)  # Any: JSON
