"""How many statements stand where."""

from sqlmodel import Field

from claimtrack.db.base import Row
from claimtrack.db.columns import Key, Word
from claimtrack.vocabulary import StatementState


class StatementTally(Row, table=True):
    """Number of a document's statements in one state; kept by triggers, so that counts stay cheap."""

    #: The document; 0: the whole desk, so that nobody has to add up a hundred thousand documents.
    document_id: int = Field(primary_key=True, sa_type=Key, sa_column_kwargs={"autoincrement": False})
    #: The state.
    state: StatementState = Field(primary_key=True, sa_type=Word(StatementState))
    #: How many.
    count: int = Field(default=0)
