"""Column types that read the same from SQLite and PostgreSQL."""

from datetime import UTC, datetime
from enum import Enum
from typing import Generic, TypeVar
from uuid import UUID

import uuid6
from sqlalchemy import BigInteger, DateTime, Dialect, Integer, LargeBinary, Text, TypeDecorator
from sqlalchemy.types import JSON

E = TypeVar("E", bound=Enum)

#: Internal key: 64 bits on both databases. SQLite grants AUTOINCREMENT to a column declared INTEGER only.
Key = BigInteger().with_variant(Integer, "sqlite")

#: Text that is sorted or paged by: code point order on both databases, whatever PostgreSQL's locale.
SortText = Text().with_variant(Text(collation="C"), "postgresql")

#: Plain JSON values; Python's None is stored as SQL NULL, never as the JSON word null.
Json = JSON(none_as_null=True)

#: Bytes as they came.
Bytes = LargeBinary()


class UtcTime(TypeDecorator[datetime]):
    """Aware times, kept in UTC; a naive time is refused because nobody could say later what it meant."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The time in UTC; without zone for SQLite, which has none."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"Time {value.isoformat()} has no zone; give an aware time.")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The stored time, aware and in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Word(TypeDecorator[E], Generic[E]):
    """A closed set of strings, stored as the enum's value; an unknown string is refused on the way in and out.

    Not a database enum or CHECK: a new word would rebuild the table on SQLite and lock it on PostgreSQL.
    """

    impl = Text
    cache_ok = True

    def __init__(self, words: type[E]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: E | str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """The stored string."""
        return None if value is None else str(self.words(value).value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:  # noqa: ARG002
        """The enum's member."""
        return None if value is None else self.words(value)


def utc_now() -> datetime:
    """The time now, aware and in UTC."""
    return datetime.now(UTC)


def new_public_id() -> UUID:
    """A UUIDv7: unique across databases, and later ones sort later."""
    return UUID(int=uuid6.uuid7().int)
