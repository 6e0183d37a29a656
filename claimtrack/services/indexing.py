"""What queue, search and duplicate detection read of a statement, kept in step with it in the same transaction.

Everything here is derived and can be computed again at will; none of it enters the log or counts as a new version.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select as sql_select
from sqlmodel import col

from claimtrack.attribution import DateBasis
from claimtrack.db.bulk import chunks
from claimtrack.db.queries.fingerprints import store_fingerprints
from claimtrack.db.search import index_statements
from claimtrack.db.tables import Fingerprint, Statement
from claimtrack.ingest.extraction import Wording
from claimtrack.match.normalise import NORMALISER_VERSION
from claimtrack.match.occasions import bounds
from claimtrack.services.desk import Work


def index(work: Work, *rows: Statement) -> None:
    """Bring the derived columns, the fingerprints and the search entries of statements up to date."""
    wordings = [Wording.of(row.content) for row in rows]
    for row, wording in zip(rows, wordings, strict=True):
        for name, value in derived(wording, row.speaker_name, said_on(row)).items():
            setattr(row, name, value)
    work.session.flush()
    add_all(work, [row.key for row in rows], wordings)


def derived(wording: Wording, speaker: str | None, said: str | None) -> dict[str, Any]:  # Any: the columns' types
    """The columns of a statement that follow from its words, its speaker's name and the date in force."""
    first, last = days(said)
    return {
        "text_hash": wording.text_hash,
        "number_count": wording.number_count,
        "is_boilerplate": wording.is_boilerplate,
        "speaker_sort": sort_name(speaker or ""),
        "said_from": first,
        "said_to": last,
    }


def add_all(work: Work, keys: Sequence[int], wordings: Iterable[Wording]) -> None:
    """Store the fingerprints of the wordings that have none yet, and make the statements' search entries anew."""
    add_fingerprints(work, {one.text_hash: one.fingerprints for one in wordings})
    index_statements(work.session, keys)


def add_fingerprints(work: Work, wordings: Mapping[int, tuple[int, ...]]) -> None:
    """Store the fingerprints of the wordings that have none yet; in one statement, since they are most of all rows."""
    known = set[int]()
    for some in chunks((text_hash, hashes[0]) for text_hash, hashes in wordings.items() if hashes):
        # The table's key begins with the hash, so asking by one of each wording's is quick.
        stored = sql_select(col(Fingerprint.text_hash)).where(
            col(Fingerprint.text_hash).in_([text_hash for text_hash, _ in some]),
            col(Fingerprint.hash).in_([first for _, first in some]),
        )
        known.update(work.session.execute(stored).scalars())
    new = [
        (one, text_hash, NORMALISER_VERSION)
        for text_hash, hashes in wordings.items()
        if text_hash not in known
        for one in hashes
    ]
    store_fingerprints(work.session, new)


def said_on(row: Statement) -> str | None:
    """The date in force: a person's where one was set, else the machine's."""
    return row.said_on_override if row.is_date_overridden else row.said_on


def date_basis(row: Statement) -> DateBasis | None:
    """What the date in force rests on: a date that a person set counts as read from the text."""
    if not row.is_date_overridden:
        return row.date_basis
    return DateBasis.TEXT if row.said_on_override else None


def days(edtf: str | None) -> tuple[date | None, date | None]:
    """First and last day that the date allows; None at an open end.

    >>> days("2026-03")
    (datetime.date(2026, 3, 1), datetime.date(2026, 3, 31))
    >>> days("../2026-03-12")
    (None, datetime.date(2026, 3, 12))
    """
    found = bounds(edtf) if edtf else None
    first, last = found or (None, None)
    return (None if first == date.min else first, None if last == date.max else last)


def sort_name(name: str) -> str:
    """`name` without case, accents and doubled spaces: what two spellings of one name share.

    >>> sort_name("  Éva  SZABÓ ")
    'eva szabo'
    """
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return " ".join(bare.casefold().split())
