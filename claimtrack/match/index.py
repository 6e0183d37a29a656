"""Which stored texts to compare a new one with, by shared fingerprints; in memory or in a database."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from claimtrack.match.fingerprints import MAX_STATEMENTS_PER_HASH, choose

#: Candidates compared for one text, best first. Recall at 25 was .9925 among a million (FINDINGS).
MAX_CANDIDATES = 50


class FingerprintStore(Protocol):
    """Whatever keeps (hash, text hash, id) rows."""

    def counts(self, hashes: Sequence[int]) -> Mapping[int, int]:
        """How many ids carry each of `hashes`; those that nobody carries may be missing."""
        ...

    def holders(self, value: int, limit: int) -> Sequence[int]:
        """Ids that carry the hash `value`, first by (text hash, id), at most `limit`."""
        ...


def find_candidates(hashes: Sequence[int], store: FingerprintStore, limit: int = MAX_CANDIDATES) -> list[int]:
    """Ids that share rare fingerprints with a text that has `hashes`: most shared first, ties by id.

    Cost: one count query and at most `fingerprints.MAX_HASHES_LOOKED_UP` look-ups.
    """
    shared: Counter[int] = Counter()
    for value in choose(store.counts(hashes)):
        shared.update(store.holders(value, MAX_STATEMENTS_PER_HASH))
    return [found for found, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:limit]]


class MemoryIndex:
    """A `FingerprintStore` in memory, for files and tests."""

    def __init__(self) -> None:
        self._holders: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)

    def add(self, item: int, hashes: Iterable[int], text_hash: int) -> None:
        """Remember that `item` carries `hashes`."""
        for value in hashes:
            self._holders[value].append((text_hash, item))

    def counts(self, hashes: Sequence[int]) -> Mapping[int, int]:
        """How many items carry each of `hashes`."""
        return {value: len(self._holders[value]) for value in hashes if value in self._holders}

    def holders(self, value: int, limit: int) -> Sequence[int]:
        """Items that carry `value`, first by (text hash, item)."""
        held = self._holders.get(value, [])
        return [item for _, item in (sorted(held)[:limit] if len(held) > limit else held)]
