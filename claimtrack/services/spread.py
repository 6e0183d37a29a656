"""Where a claim was printed: its appearances, and the repeats that stand together with one of them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlmodel import col

from claimtrack.db import tables
from claimtrack.services.desk import Work
from claimtrack.vocabulary import Relation, StatementState

#: Prints that are read: more than a person looks through, and than a drawing holds.
MAX_PRINTINGS = 500


@dataclass(frozen=True, slots=True)
class Printing:
    """One statement that prints the claim."""

    id: UUID
    words: str
    speaker: str | None
    outlet: str  #: the publisher, else the document's title
    printed_on: date | None
    relation: Relation | None  #: how an appearance stands to the claim; None: it makes the claim, or is a repeat
    is_repeat: bool  #: no appearance itself: it stands together with one by suggestion or judgement


def of_claim(work: Work, claim_id: UUID) -> list[Printing]:
    """The prints in the order of their days, undated ones last; the first `MAX_PRINTINGS`.

    Only what a person made an appearance of is the claim's; repeats come along so that the desk sees who else printed
    the words. Nothing is counted or ranked by outlet.
    """
    claim = work.get(tables.Claim, claim_id)
    appears = select(col(tables.Appearance.statement_id), col(tables.Appearance.relation)).where(
        col(tables.Appearance.claim_id) == claim.key
    )
    relations: dict[int, Relation | None] = {row.statement_id: row.relation for row in work.session.execute(appears)}
    row, document = tables.Statement, tables.Document
    clusters = select(col(row.cluster_id)).where(col(row.id).in_(relations), col(row.cluster_id).is_not(None))
    query = (
        select(row, col(document.publisher), col(document.title), col(document.published_on))
        .join(document, col(document.id) == col(row.document_id))
        .where(
            or_(col(row.id).in_(relations), col(row.cluster_id).in_(clusters)),
            or_(col(row.id).in_(relations), col(row.state) != StatementState.REJECTED),
        )
        .order_by(col(document.published_on).is_(None), col(document.published_on), col(row.id))
        .limit(MAX_PRINTINGS)
    )
    return [
        Printing(
            one.public_id,
            one.content,
            one.speaker_name,
            publisher or title or "no publisher",
            day,
            relations.get(one.key),
            one.key not in relations,
        )
        for one, publisher, title, day in work.session.execute(query)
    ]
