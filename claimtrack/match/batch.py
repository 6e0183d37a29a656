"""Pairs worth comparing among many texts at once: the same rule as one look-up after another, done by sorting.

A million texts have some twenty million fingerprints. They are sorted once; texts that share a rare one are neighbours.
Memory per text: 100 to 300 bytes, besides the text itself.
"""

from array import array
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from claimtrack.match.fingerprints import (
    MAX_HASHES_LOOKED_UP,
    MAX_STATEMENTS_PER_HASH,
    SHORT_TEXT_WORDS,
    shared_keys,
    word_hash,
)
from claimtrack.match.index import MAX_CANDIDATES

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]

#: Pairs made at a time; each takes 8 bytes, three times over while they are counted.
PAIRS_AT_A_TIME = 8_000_000

_FACTOR = np.uint64(0x9E3779B97F4A7C15)


class Texts:
    """The words of many texts as numbers: text `i` has `words[starts[i]:starts[i + 1]]`."""

    def __init__(self) -> None:
        self._vocabulary: dict[str, int] = {}
        self._words = array("I")
        self._starts = array("Q", [0])
        self._hashes = array("Q")

    def __len__(self) -> int:
        return len(self._starts) - 1

    def add(self, keys: tuple[str, ...]) -> None:
        """Append one text."""
        known = self._vocabulary
        for key in shared_keys(keys):
            number = known.get(key)
            if number is None:
                number = known[key] = len(known)
                self._hashes.append(word_hash(key))
            self._words.append(number)
        self._starts.append(len(self._words))

    def words(self, text: int) -> list[int]:
        """Numbers of the words of one text: equal for equal keys."""
        return self._words[self._starts[text] : self._starts[text + 1]].tolist()

    def fingerprints(self) -> tuple[Hashes, Ints]:
        """All fingerprints and the texts that they belong to, as `fingerprints.fingerprints` gives them, unsigned."""
        starts = np.frombuffer(self._starts, dtype=np.uint64).astype(np.int64)
        words = np.frombuffer(self._words, dtype=np.uint32) if len(self._words) else np.zeros(0, dtype=np.uint32)
        hashes = np.frombuffer(self._hashes, dtype=np.uint64)[words] if len(words) else np.zeros(0, dtype=np.uint64)
        lengths = np.diff(starts)
        owner = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
        left = np.repeat(starts[1:], lengths) - np.arange(len(words))  # words from here to the end of its text
        short = np.repeat(lengths < SHORT_TEXT_WORDS, lengths)
        found: list[Hashes] = []
        owners: list[npt.NDArray[np.int32]] = []
        for size, chosen in ((4, left >= 4), (3, (left >= 3) & short), (2, None), (1, None)):
            at = np.flatnonzero(chosen) if chosen is not None else starts[:-1][lengths == size]
            if size == 3:  # a text of three words has one 3-gram, which is its whole
                at = at[lengths[owner[at]] >= 3]
            found.append(_mixed(hashes, at, size))
            owners.append(owner[at])
        return np.concatenate(found), np.concatenate(owners).astype(np.int64)


def _mixed(hashes: Hashes, at: Ints, size: int) -> Hashes:
    mixed = np.zeros(len(at), dtype=np.uint64)
    for step in range(size):
        mixed *= _FACTOR
        mixed += hashes[at + step]
    mixed ^= mixed >> np.uint64(29)
    return mixed


def candidate_pairs(texts: Texts, order: Ints) -> tuple[Ints, Ints]:
    """Pairs (one, other) of texts of which one finds the other by its rare fingerprints; one < other, sorted.

    `order` ranks the texts by text hash: of a hash that too many carry, the first in this order are taken. Cost:
    two sorts of all fingerprints.
    """
    hashes, owners = texts.fingerprints()
    rows = np.lexsort((order[owners], hashes))
    hashes, owners = hashes[rows], owners[rows]
    fresh = np.ones(len(hashes), dtype=bool)
    fresh[1:] = (hashes[1:] != hashes[:-1]) | (owners[1:] != owners[:-1])  # a text that says a phrase twice
    hashes, owners = hashes[fresh], owners[fresh]
    del rows, fresh
    first = (
        np.flatnonzero(np.concatenate(([True], hashes[1:] != hashes[:-1]))) if len(hashes) else np.zeros(0, np.int64)
    )
    sizes = np.diff(np.append(first, len(hashes)))
    size = np.repeat(sizes, sizes)
    keep = _looked_up(owners, size, hashes)
    group_end = np.repeat(first + np.minimum(sizes, MAX_STATEMENTS_PER_HASH), sizes)
    del hashes, size
    count = max(len(texts), 1)
    found = [
        np.minimum(one, other) * count + np.maximum(one, other)
        for one, other in _pairs_of(owners, keep, np.repeat(first, sizes), group_end, count)
    ]
    keys = np.unique(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)
    return keys // count, keys % count


def _looked_up(owners: Ints, size: Ints, hashes: Hashes) -> npt.NDArray[np.bool_]:
    """Which rows `fingerprints.choose` takes for their text: its rarest hashes, else the two least common."""
    by_text = np.lexsort((hashes.view(np.int64), size, owners))
    sorted_owner = owners[by_text]
    starts = np.flatnonzero(np.concatenate(([True], sorted_owner[1:] != sorted_owner[:-1])))
    place = np.arange(len(by_text)) - np.repeat(starts, np.diff(np.append(starts, len(by_text))))
    common = size[by_text] > MAX_STATEMENTS_PER_HASH
    has_rare = ~np.repeat(common[starts], np.diff(np.append(starts, len(by_text))))
    chosen = np.where(has_rare, ~common & (place < MAX_HASHES_LOOKED_UP), place < 2)
    keep = np.zeros(len(owners), dtype=bool)
    keep[by_text] = chosen
    return keep


def _pairs_of(
    owners: Ints, keep: npt.NDArray[np.bool_], first: Ints, end: Ints, count: int
) -> Iterator[tuple[Ints, Ints]]:
    """Pairs of each kept row with the rows of its group, counted by how many groups the two share."""
    rows = np.flatnonzero(keep & (end - first > 1))
    rows = rows[np.argsort(owners[rows], kind="stable")]
    partners = (end - first)[rows]
    upto = np.cumsum(partners)
    start = 0
    while start < len(rows):
        base = upto[start - 1] if start else 0
        stop = max(int(np.searchsorted(upto, base + PAIRS_AT_A_TIME)), start + 1)
        while stop < len(rows) and owners[rows[stop]] == owners[rows[stop - 1]]:
            stop += 1  # all rows of one text together: its candidates are ranked among themselves
        block = rows[start:stop]
        repeated = np.repeat(np.arange(len(block)), partners[start:stop])
        within = np.arange(len(repeated)) - np.repeat(
            upto[start:stop] - partners[start:stop] - base, partners[start:stop]
        )
        one = owners[block][repeated]
        other = owners[first[block][repeated] + within]
        start = stop
        yield _ranked(one[one != other], other[one != other], count)


def _ranked(one: Ints, other: Ints, count: int) -> tuple[Ints, Ints]:
    """Distinct pairs, for each `one` the `MAX_CANDIDATES` that share most, ties by number."""
    keys, shared = np.unique(one * count + other, return_counts=True)
    one, other = keys // count, keys % count
    best = np.lexsort((other, -shared, one))
    one, other = one[best], other[best]
    if not len(one):
        return one, other
    starts = np.flatnonzero(np.concatenate(([True], one[1:] != one[:-1])))
    place = np.arange(len(one)) - np.repeat(starts, np.diff(np.append(starts, len(one))))
    good = place < MAX_CANDIDATES
    return one[good], other[good]
