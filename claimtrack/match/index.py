"""Which stored texts to compare a new one with, by shared fingerprints; in memory or in a database."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np

from claimtrack.match.fingerprints import MAX_STATEMENTS_PER_HASH, choose
from claimtrack.match.texts import Ints, Texts

#: Candidates compared for one text, best first. Recall at 25 was .9925 among a million.
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


class SortedIndex:
    """A `FingerprintStore` over many texts in memory: two sorted arrays, 16 bytes a fingerprint, 0.2 ms a look-up.

    Ids are the numbers of the texts. `text_hashes` ranks the texts that share a hash with too many others.
    """

    def __init__(self, texts: Texts, text_hashes: Sequence[int]) -> None:
        hashes, owners = texts.fingerprints()
        order = np.array(text_hashes, dtype=np.int64)
        rows = np.lexsort((owners, order[owners], hashes))
        hashes, owners = hashes[rows], owners[rows]
        fresh = np.ones(len(hashes), dtype=bool)
        fresh[1:] = (hashes[1:] != hashes[:-1]) | (owners[1:] != owners[:-1])
        self._hashes, self._owners = hashes[fresh], owners[fresh]

    def counts(self, hashes: Sequence[int]) -> Mapping[int, int]:
        """How many texts carry each of `hashes`."""
        low, high = self._ranges(hashes)
        return {value: int(count) for value, count in zip(hashes, high - low, strict=True) if count}

    def holders(self, value: int, limit: int) -> Sequence[int]:
        """Texts that carry `value`, first by (text hash, number)."""
        low, high = (int(side[0]) for side in self._ranges([value]))
        return [int(owner) for owner in self._owners[low : min(high, low + limit)]]

    def _ranges(self, hashes: Sequence[int]) -> tuple[Ints, Ints]:
        wanted = np.array(hashes, dtype=np.int64).view(np.uint64)
        return (
            np.searchsorted(self._hashes, wanted, side="left").astype(np.int64),
            np.searchsorted(self._hashes, wanted, side="right").astype(np.int64),
        )
