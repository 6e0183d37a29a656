"""Quote check against the database: who recorded these words, and how they differ."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlmodel import col

from claimtrack.db import search, tables
from claimtrack.db.queries.fingerprints import StoredFingerprints
from claimtrack.errors import RuleError
from claimtrack.fidelity import FidelityCheck, Record, answer, check_quote
from claimtrack.match.fingerprints import fingerprints, text_hash
from claimtrack.match.index import find_candidates
from claimtrack.match.normalise import normalise
from claimtrack.services import indexing
from claimtrack.services.desk import Work
from claimtrack.vocabulary import Attribution, StatementState

#: Wordings that an alleged quotation is compared with, those that share most rare words first.
MAX_WORDINGS = 50
#: Recorded statements of one wording that are compared: its speakers may differ.
MAX_PRINTS = 20


@dataclass(frozen=True, slots=True)
class Source:
    """Where a recorded statement stands."""

    id: UUID
    words: str
    speaker: str | None
    publisher: str | None
    title: str | None
    published_on: date | None
    said_on: str | None
    is_primary: bool
    is_known_misquote: bool  #: a person found that these words were not said


@dataclass(frozen=True, slots=True)
class Checked:
    """How alleged words compare with what is stored."""

    check: FidelityCheck
    sources: tuple[Source, ...]
    searched: int  #: documents
    searched_from: date | None
    searched_to: date | None


def check(work: Work, words: str, speaker: str | None = None) -> Checked:
    """The closest recorded statements and how the alleged words differ from them.

    Cost: four queries and the comparison of at most `MAX_WORDINGS` wordings, whatever is stored.

    Raises:
        RuleError: there are no words to look for.
    """
    normal = normalise(words)
    if not normal.keys:
        raise RuleError("There are no words to look for; paste the alleged quotation.")
    store = StoredFingerprints(work.session)
    wordings = [text_hash(normal), *find_candidates(fingerprints(normal), store, MAX_WORDINGS)]
    records = _recorded(work, col(tables.Statement.text_hash).in_(wordings))
    if not records:
        records = _recorded(work, col(tables.Statement.id).in_(list(by_search(work, words))))
    found = check_quote(words, speaker, records)
    published = col(tables.Document.published_on)
    count, first, last = work.session.execute(
        select(  # each by its index; all in one would read the whole table
            select(func.count()).select_from(tables.Document).scalar_subquery(),
            select(func.min(published)).scalar_subquery(),
            select(func.max(published)).scalar_subquery(),
        )
    ).one()
    return Checked(found, tuple(_sources(work, [match.id for match in found.matches])), count, first, last)


_RECORDED = (
    col(tables.Statement.public_id),
    col(tables.Statement.content),
    col(tables.Statement.speaker_name),
    col(tables.Statement.said_on),
    col(tables.Statement.said_on_override),
    col(tables.Statement.is_date_overridden),
    col(tables.Capture.record_kind),
    col(tables.Statement.text_hash),
)


def _recorded(work: Work, condition: ColumnElement[bool]) -> list[Record]:
    """Statements as the check reads them, the first `MAX_PRINTS` of each wording; never the captures' texts."""
    query = (
        select(*_RECORDED)
        .join(tables.Capture, col(tables.Capture.id) == col(tables.Statement.capture_id))
        .where(condition, col(tables.Statement.state) != StatementState.REJECTED)
        .order_by(col(tables.Statement.id))
    )
    prints, found = Counter[int | None](), []
    for key, words, speaker, machine, person, is_overridden, kind, wording in work.session.execute(query):
        prints[wording] += 1
        if prints[wording] <= MAX_PRINTS:
            found.append(Record(key, words, speaker, person if is_overridden else machine, kind.is_primary))
    return found


def by_search(work: Work, words: str) -> Iterable[int]:
    """Statements that hold all of the words: for quotations too short to have word groups in common."""
    terms = search.parse(words)
    if not terms:
        return []
    query = select(col(tables.Statement.id)).where(search.matches(work.session, terms)).limit(MAX_WORDINGS)
    return [key for key in work.session.execute(query).scalars() if key is not None]


def _sources(work: Work, ids: list[UUID]) -> list[Source]:
    """Where the statements stand, in the order of `ids`."""
    query = (
        select(tables.Statement, tables.Document, col(tables.Capture.record_kind))
        .join(tables.Document, col(tables.Document.id) == col(tables.Statement.document_id))
        .join(tables.Capture, col(tables.Capture.id) == col(tables.Statement.capture_id))
        .where(col(tables.Statement.public_id).in_(ids))
    )
    found = {
        row.public_id: Source(
            row.public_id,
            row.content,
            row.speaker_name,
            document.publisher,
            document.title,
            document.published_on,
            indexing.said_on(row),
            kind.is_primary,
            row.attribution is Attribution.NOT_SAID,
        )
        for row, document, kind in work.session.execute(query)
    }
    return [found[one] for one in ids]


def check_rows(work: Work, queries: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:  # Any: JSON
    """The contract of `claimtrack check` against the database: one answer a query."""
    for query in queries:
        found = check(work, str(query.get("alleged") or ""), query.get("alleged_speaker"))
        searched = {
            "documents": found.searched,
            "from": found.searched_from.isoformat() if found.searched_from else None,
            "to": found.searched_to.isoformat() if found.searched_to else None,
        }
        row = answer(query.get("id"), found.check, searched)
        yield row | {
            "match": str(row["match"]) if row["match"] else None,
            "matches": [str(one) for one in row["matches"]],
            "printed_by": [one.publisher for one in found.sources],
            "known_misquote": any(one.is_known_misquote for one in found.sources),
        }
