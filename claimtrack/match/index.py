"""Which stored texts to compare a new one with, by shared fingerprints; in memory or in a database."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np

from claimtrack.match.fingerprints import COUNTED, MAX_STATEMENTS_PER_HASH, choose
from claimtrack.match.texts import Ints, Texts

#: Candidates compared for one text, best first. Recall at 25 was .9925 among a million.
MAX_CANDIDATES = 50


class FingerprintStore(Protocol):
    """Whatever keeps (hash, text hash) rows; a text hash stands for all statements of one wording."""

    def counts(self, hashes: Sequence[int]) -> Mapping[int, int]:
        """How many wordings carry each of `hashes`, counted up to `COUNTED`; those of nobody may be missing."""
        ...

    def holders(self, value: int, limit: int) -> Sequence[int]:
        """Text hashes of the wordings that carry the hash `value`, the lowest first, at most `limit`."""
        ...


def find_candidates(
    hashes: Sequence[int], store: FingerprintStore, limit: int = MAX_CANDIDATES, *, own: int | None = None
) -> list[int]:
    """Text hashes of wordings that share rare fingerprints with a text: most shared first, ties by text hash.

    `own` is the text hash of a text that stands in the store itself. What it alone carries leads nowhere and takes no
    look-up away from what others carry too: else a long text, most of whose phrases are its own, would miss its clip.
    Cost: one count query and at most `fingerprints.MAX_HASHES_LOOKED_UP` look-ups.
    """
    counts = store.counts(hashes)
    if own is not None:
        counts = {value: count - 1 if count < COUNTED else count for value, count in counts.items()}
    shared: Counter[int] = Counter()
    for value in choose(counts):
        shared.update(store.holders(value, MAX_STATEMENTS_PER_HASH))
    if own is not None:
        shared.pop(own, None)
    return [found for found, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:limit]]


class SortedIndex:
    """A `FingerprintStore` over many texts in memory: two sorted arrays, 12 bytes a fingerprint, 0.2 ms a look-up.

    `text_hashes` are those of the texts, in their order, each once.
    """

    def __init__(self, texts: Texts, text_hashes: Sequence[int]) -> None:
        given = np.array(text_hashes, dtype=np.int64)
        self._text_hashes = np.sort(given)
        rank = np.searchsorted(self._text_hashes, given).astype(np.int32)
        hashes, owners = texts.fingerprints()
        owners = rank[owners]
        rows = np.lexsort((owners, hashes))
        hashes, owners = hashes[rows], owners[rows]
        fresh = np.ones(len(hashes), dtype=bool)  # a text may say a phrase twice
        fresh[1:] = (hashes[1:] != hashes[:-1]) | (owners[1:] != owners[:-1])
        self._hashes, self._owners = hashes[fresh], owners[fresh]

    def counts(self, hashes: Sequence[int]) -> Mapping[int, int]:
        """How many texts carry each of `hashes`."""
        low, high = self._ranges(hashes)
        found = zip(hashes, np.minimum(high - low, COUNTED).tolist(), strict=True)
        return {value: count for value, count in found if count}

    def holders(self, value: int, limit: int) -> Sequence[int]:
        """Text hashes of the texts that carry `value`, the lowest first."""
        low, high = (int(side[0]) for side in self._ranges([value]))
        found: list[int] = self._text_hashes[self._owners[low : min(high, low + limit)]].tolist()
        return found

    def _ranges(self, hashes: Sequence[int]) -> tuple[Ints, Ints]:
        wanted = np.array(hashes, dtype=np.int64).view(np.uint64)
        return (
            np.searchsorted(self._hashes, wanted, side="left").astype(np.int64),
            np.searchsorted(self._hashes, wanted, side="right").astype(np.int64),
        )
