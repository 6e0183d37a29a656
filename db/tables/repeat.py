"""Possible repeats that the machine suggests, what people judged, and the clusters that follow."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from claimtrack.db.base import Identified, Row, Versioned, table_args
from claimtrack.db.columns import Json, Key, UtcTime, Word
from claimtrack.vocabulary import JudgementOutcome

_STANDS = text("voided_at IS NULL")


class Candidate(Identified, table=True):
    """A pair that the machine holds for a possible repeat; recomputed at will, never a decision."""

    __table_args__ = table_args(
        UniqueConstraint("a_id", "b_id"),
        CheckConstraint("a_id < b_id", name="ordered"),
        Index("ix_candidate_desk", "is_open", "outcome", "score", "id"),
    )

    #: The two statements, the lower internal key first.
    a_id: int = Field(foreign_key="statement.id", sa_type=Key)
    b_id: int = Field(foreign_key="statement.id", index=True, sa_type=Key)
    #: What the guards say: same, review or different.
    outcome: str
    #: Overlap, 0.0 to 1.0.
    score: float
    #: Each guard's finding, in plain words.
    reasons: list[str] = Field(default_factory=list, sa_type=Json)
    #: Version of the normaliser that found it.
    normaliser_version: int
    #: True while no judgement on the pair stands.
    is_open: bool = Field(default=True)


class Judgement(Versioned, table=True):
    """A person's finding on a pair; voided, never deleted. One stands at a time."""

    __table_args__ = table_args(
        CheckConstraint("a_id < b_id", name="ordered"),
        Index("uq_judgement_standing", "a_id", "b_id", unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS),
    )

    #: The two statements, the lower internal key first.
    a_id: int = Field(foreign_key="statement.id", sa_type=Key)
    b_id: int = Field(foreign_key="statement.id", index=True, sa_type=Key)
    #: The finding.
    outcome: JudgementOutcome = Field(sa_type=Word(JudgementOutcome))
    #: Who judged.
    reviewer_id: int = Field(foreign_key="reviewer.id", sa_type=Key)
    #: Score and guards' reasons as the person saw them.
    score: float | None = Field(default=None)
    reasons: list[str] = Field(default_factory=list, sa_type=Json)
    #: A person's remark; NULL: none.
    note: str | None = Field(default=None)
    #: When it was taken back, UTC; NULL: it stands.
    voided_at: datetime | None = Field(default=None, sa_type=UtcTime)


class Cluster(Identified, table=True):
    """Statements of the same words; derived from judgements and suggestions, recomputed at will.

    Its members name it in `statement.cluster_id`; the one that stands for it in lists is the member whose
    `folded_into_id` is NULL.
    """

    __table_args__ = table_args()

    #: How many statements it holds.
    size: int
    #: How many publishers print it.
    outlet_count: int = Field(default=1)
    #: How many near-misses stand beside it ("1 differs").
    differing_count: int = Field(default=0)


class Fingerprint(Row, table=True):
    """That a wording contains a word n-gram: the candidate look-up's only table.

    Keyed by wording, not by statement: a sentence that fourteen outlets print stands here once, so that copies neither
    fill the table nor use up the look-up's cap; `statement.text_hash` leads on. The key's second column is the order
    in which the cap chooses, so the answer does not depend on the order of import. No row id, no second index: at a
    million statements this is the largest table.
    """

    __table_args__ = ({"sqlite_with_rowid": False},)

    #: Signed 64-bit hash of a word n-gram.
    hash: int = Field(primary_key=True, sa_type=Key)
    #: Signed 64-bit hash of the normalised text that contains it.
    text_hash: int = Field(primary_key=True, sa_type=Key)
    #: Version of the normaliser that made both.
    normaliser_version: int
