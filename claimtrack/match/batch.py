"""Pairs worth comparing among many texts at once: the same rule as one look-up after another, done by sorting.

A million texts have some twenty million fingerprints. They are sorted; texts that share a rare one become neighbours.
Memory: about 50 bytes a fingerprint while it lasts.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from claimtrack.match.fingerprints import MAX_HASHES_LOOKED_UP, MAX_STATEMENTS_PER_HASH
from claimtrack.match.index import MAX_CANDIDATES
from claimtrack.match.texts import Hashes, Ints, Texts

#: Pairs made at a time; each takes 8 bytes, three times over while they are counted.
PAIRS_AT_A_TIME = 8_000_000


def candidate_pairs(texts: Texts, order: Ints) -> tuple[Ints, Ints]:
    """Pairs (one, other) of texts of which one finds the other by its rare fingerprints; one < other, sorted.

    `order` ranks the texts by text hash: of a hash that too many carry, the first in this order are taken. Cost:
    two sorts of all fingerprints.
    """
    hashes, owners = texts.fingerprints()
    if not len(hashes):
        return owners, owners
    rows = np.lexsort((order[owners], hashes))
    hashes, owners = hashes[rows], owners[rows]
    fresh = np.ones(len(hashes), dtype=bool)
    fresh[1:] = (hashes[1:] != hashes[:-1]) | (owners[1:] != owners[:-1])  # a text that says a phrase twice
    hashes, owners = hashes[fresh], owners[fresh]
    del rows, fresh
    first = np.flatnonzero(np.concatenate(([True], hashes[1:] != hashes[:-1])))
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
