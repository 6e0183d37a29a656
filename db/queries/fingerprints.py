"""The candidate look-up over stored wordings: the database's side of `claimtrack.match.index.FingerprintStore`.

Ids here are text hashes: statements of one wording are looked up together (`statements_with`). One statement a look-up
asks for all hashes at once, since at a million wordings the round trips cost more than the reading.
"""

import json
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import delete, select, text
from sqlmodel import Session, col

from claimtrack.db.bulk import chunks
from claimtrack.db.tables import Fingerprint, Statement
from claimtrack.match.fingerprints import COUNTED, MAX_STATEMENTS_PER_HASH

_LISTED = {
    "sqlite": "json_each(:hashes) AS wanted",
    "postgresql": "(SELECT CAST(jsonb_array_elements_text(CAST(:hashes AS jsonb)) AS bigint) AS value) AS wanted",
}
_JOINED = {"sqlite": "group_concat(text_hash, ' ')", "postgresql": "string_agg(CAST(text_hash AS text), ' ')"}


class StoredFingerprints:
    """A `FingerprintStore` over the database, for the length of a session."""

    def __init__(self, session: Session) -> None:
        self.session = session
        kind = session.get_bind().dialect.name
        self._query = text(
            "SELECT wanted.value, "  # noqa: S608 - made of constants
            f"(SELECT count(*) FROM (SELECT 1 FROM fingerprint WHERE hash = wanted.value LIMIT {COUNTED}) AS counted), "
            f"(SELECT {_JOINED[kind]} FROM (SELECT text_hash FROM fingerprint WHERE hash = wanted.value "
            f"ORDER BY text_hash LIMIT {MAX_STATEMENTS_PER_HASH}) AS held) FROM {_LISTED[kind]}"
        )
        self._counts: dict[int, int] = {}
        self._holders: dict[int, str] = {}  # as the database joins them: most are never asked for

    def read(self, hashes: Iterable[int]) -> None:
        """Look up many hashes at once, for the calls that follow; until then nothing else may be stored."""
        for some in chunks(sorted(set(hashes) - self._counts.keys())):
            self._counts.update(dict.fromkeys(some, 0))
            for value, count, holders in self.session.execute(self._query, {"hashes": json.dumps(some)}).all():
                if count:
                    self._counts[value] = count
                    self._holders[value] = holders

    def counts(self, hashes: Sequence[int]) -> Mapping[int, int]:
        """How many wordings carry each of `hashes`, counted up to `COUNTED`; those that nobody carries are missing."""
        self.read(hashes)
        return {value: count for value in hashes if (count := self._counts[value])}

    def holders(self, value: int, limit: int) -> Sequence[int]:
        """Text hashes of wordings that carry the hash `value`, the lowest first, at most `limit`."""
        known = [int(holder) for holder in self._holders.get(value, "").split()]
        if not known or (limit > MAX_STATEMENTS_PER_HASH and len(known) == MAX_STATEMENTS_PER_HASH):
            query = select(col(Fingerprint.text_hash)).where(col(Fingerprint.hash) == value)
            known = list(self.session.execute(query.order_by(col(Fingerprint.text_hash)).limit(limit)).scalars())
        return sorted(known)[:limit]


def store_fingerprints(session: Session, rows: Sequence[tuple[int, int, int]]) -> None:
    """Store new fingerprints: hash, text hash and normaliser's version of each.

    Handed to the driver as they are: they are most of all rows that an import writes, and plain numbers.
    """
    if not rows:
        return
    mark = "?" if session.get_bind().dialect.name == "sqlite" else "%s"
    command = f"INSERT INTO fingerprint (hash, text_hash, normaliser_version) VALUES ({mark}, {mark}, {mark})"  # noqa: S608
    session.connection().exec_driver_sql(command, list(rows))


def statements_with(session: Session, text_hashes: Sequence[int], each: int = 50) -> dict[int, list[int]]:
    """Internal keys of the statements of each wording, the lowest first, at most `each`."""
    found: dict[int, list[int]] = {value: [] for value in text_hashes}
    query = select(col(Statement.text_hash), col(Statement.id)).where(col(Statement.text_hash).in_(list(text_hashes)))
    for value, key in session.execute(query.order_by(col(Statement.id))):
        if len(found[value]) < each:
            found[value].append(key)
    return found


def forget(session: Session, text_hashes: Sequence[int]) -> None:
    """Delete the fingerprints of wordings that no statement has any longer.

    Cost: reads the whole table once, since it has no second index; for erasures and corrections of spans in bulk.
    """
    used = select(col(Statement.text_hash)).where(col(Statement.text_hash).in_(list(text_hashes)))
    still = set(session.execute(used).scalars())
    gone = [value for value in text_hashes if value not in still]
    if gone:
        session.execute(delete(Fingerprint).where(col(Fingerprint.text_hash).in_(gone)))
