"""What full-text search reads."""

from sqlmodel import Field

from claimtrack.db.base import Row
from claimtrack.db.columns import Key


class SearchEntry(Row, table=True):
    """The search terms of one statement; `claimtrack.db.search` makes them and keeps the index beside it."""

    #: The statement.
    statement_id: int = Field(primary_key=True, foreign_key="statement.id", sa_type=Key)
    #: Terms of content, then a bar, then terms of the speaker's names; one space before, between and after.
    terms: str
