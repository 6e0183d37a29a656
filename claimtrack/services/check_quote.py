"""Quote check against the database: who recorded these words, and how they differ."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from claimtrack.db import search, tables
from claimtrack.db.queries.fingerprints import StoredFingerprints, statements_with
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

    Cost: one look-up by rare word groups and the comparison of at most `MAX_WORDINGS` wordings, whatever is stored.

    Raises:
        RuleError: there are no words to look for.
    """
    normal = normalise(words)
    if not normal.keys:
        raise RuleError("There are no words to look for; paste the alleged quotation.")
    store = StoredFingerprints(work.session)
    wordings = [text_hash(normal), *find_candidates(fingerprints(normal), store, MAX_WORDINGS)]
    keys = {key for held in statements_with(work.session, wordings, MAX_PRINTS).values() for key in held}
    if not keys:
        keys = set(by_search(work, words))
    rows = work.session.exec(
        select(tables.Statement).where(
            col(tables.Statement.id).in_(keys), tables.Statement.state != StatementState.REJECTED
        )
    ).all()
    found = check_quote(words, speaker, [record(work, row) for row in rows])
    count, first, last = work.session.exec(
        select(func.count(), func.min(tables.Document.published_on), func.max(tables.Document.published_on))
    ).one()
    matched = {row.public_id: row for row in rows}
    sources = [source(work, matched[match.id]) for match in found.matches]
    return Checked(found, tuple(sources), count, first, last)


def by_search(work: Work, words: str) -> Iterable[int]:
    """Statements that hold all of the words: for quotations too short to have word groups in common."""
    terms = search.parse(words)
    if not terms:
        return []
    query = select(tables.Statement.id).where(search.matches(work.session, terms)).limit(MAX_WORDINGS)
    return [key for key in work.session.exec(query) if key is not None]


def record(work: Work, row: tables.Statement) -> Record:
    """A stored statement as the check reads it."""
    kind = work.by_key(tables.Capture, row.capture_id).record_kind
    return Record(row.public_id, row.content, row.speaker_name, indexing.said_on(row), kind.is_primary)


def source(work: Work, row: tables.Statement) -> Source:
    """Where the statement stands."""
    document = work.by_key(tables.Document, row.document_id)
    return Source(
        row.public_id,
        row.content,
        row.speaker_name,
        document.publisher,
        document.title,
        document.published_on,
        indexing.said_on(row),
        work.by_key(tables.Capture, row.capture_id).record_kind.is_primary,
        row.attribution is Attribution.NOT_SAID,
    )


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
