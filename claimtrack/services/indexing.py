"""What queue, search and duplicate detection read of a statement, kept in step with it in the same transaction.

Everything here is derived and can be computed again at will; none of it enters the log or counts as a new version.
"""

import unicodedata
from datetime import date

from sqlalchemy import insert
from sqlmodel import col, select

from claimtrack.attribution import DateBasis
from claimtrack.db.search import index_statements
from claimtrack.db.tables import Fingerprint, Statement
from claimtrack.match.compare import is_boilerplate
from claimtrack.match.fingerprints import fingerprints, text_hash
from claimtrack.match.normalise import NORMALISER_VERSION, Normalised, normalise
from claimtrack.match.numbers import is_number
from claimtrack.match.occasions import bounds
from claimtrack.services.desk import Work


def index(work: Work, *rows: Statement) -> None:
    """Bring the derived columns, the fingerprints and the search entries of statements up to date."""
    words = {row.key: normalise(row.content) for row in rows}
    for row in rows:
        said = words[row.key]
        row.text_hash = text_hash(said)
        row.number_count = sum(is_number(key) for key in said.keys)
        row.is_boilerplate = is_boilerplate(said)
        row.speaker_sort = sort_name(row.speaker_name or "")
        row.said_from, row.said_to = days(said_on(row))
    work.session.flush()
    add_fingerprints(work, {row.text_hash: words[row.key] for row in rows if row.text_hash is not None})
    index_statements(work.session, [row.key for row in rows])


def add_fingerprints(work: Work, wordings: dict[int, Normalised]) -> None:
    """Store the fingerprints of the wordings that have none yet; in one statement, since they are most of all rows."""
    stored = select(Fingerprint.text_hash).where(
        col(Fingerprint.text_hash).in_(wordings), col(Fingerprint.hash).in_(first_of(wordings))
    )
    known = set(work.session.exec(stored))
    new = [
        {"hash": one, "text_hash": wording, "normaliser_version": NORMALISER_VERSION}
        for wording, said in wordings.items()
        if wording not in known
        for one in fingerprints(said)
    ]
    if new:
        work.session.execute(insert(Fingerprint), new)


def first_of(wordings: dict[int, Normalised]) -> set[int]:
    """A fingerprint of each wording: the table's key begins with it, so asking for it by hash is quick."""
    return {found[0] for said in wordings.values() if (found := fingerprints(said))}


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
