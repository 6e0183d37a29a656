"""Pairs worth comparing among many texts at once: the same rule as one look-up after another, done by sorting.

A million texts have some twenty million fingerprints. Those that one text alone carries, most of them, are left out
first; the others are sorted, and texts that share a rare one become neighbours. Memory: about 40 bytes a fingerprint.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from claimtrack.match.fingerprints import COUNTED, MAX_HASHES_LOOKED_UP, MAX_STATEMENTS_PER_HASH
from claimtrack.match.index import MAX_CANDIDATES
from claimtrack.match.texts import Hashes, Ints, Owners, Texts

#: Pairs made at a time; each takes 8 bytes, three times over while they are counted.
PAIRS_AT_A_TIME = 4_000_000


def candidate_pairs(texts: Texts, text_hashes: Ints) -> tuple[Ints, Ints]:
    """Pairs (one, other) of texts of which one finds the other by its rare fingerprints; one < other, sorted.

    Of a hash that too many carry, the texts with the lowest `text_hashes` are taken. Cost: two sorts of the
    fingerprints that are shared.
    """
    by_rank = np.argsort(text_hashes, kind="stable")
    rank = np.empty(len(by_rank), dtype=np.int32)
    rank[by_rank] = np.arange(len(by_rank), dtype=np.int32)
    hashes, owners = _shared(*texts.fingerprints())
    owners = rank[owners]
    rows = np.lexsort((owners, hashes))
    hashes, owners = hashes[rows], owners[rows]
    fresh = np.ones(len(hashes), dtype=bool)
    fresh[1:] = (hashes[1:] != hashes[:-1]) | (owners[1:] != owners[:-1])  # a text that says a phrase twice
    hashes, owners = hashes[fresh], owners[fresh]
    del rows, fresh
    if not len(hashes):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    first = np.flatnonzero(np.concatenate(([True], hashes[1:] != hashes[:-1])))
    sizes = np.diff(np.append(first, len(hashes)))
    keep = _looked_up(owners, np.repeat(sizes, sizes), hashes)
    group_end = np.repeat(first + np.minimum(sizes, MAX_STATEMENTS_PER_HASH), sizes)
    del hashes
    count = max(len(texts), 1)
    found = [
        np.unique(np.minimum(one, other) * count + np.maximum(one, other))
        for ranked in _pairs_of(owners, keep, np.repeat(first, sizes), group_end, count)
        for one, other in [(by_rank[ranked[0]], by_rank[ranked[1]])]
    ]
    keys = np.unique(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)
    return keys // count, keys % count


def _shared(hashes: Hashes, owners: Owners) -> tuple[Hashes, Owners]:
    """The fingerprints without most of those that stand there once, which lead nowhere.

    Each leaves its row number in a slot chosen by its hash. Where two meet in a slot, one finds another's number
    there: both stay, and some that met by chance. No sort, three passes.
    """
    slots = 1 << max(len(hashes), 1).bit_length()
    slot = (hashes & np.uint64(slots - 1)).astype(np.int32)
    number = np.arange(len(hashes), dtype=np.int32)
    last = np.empty(slots, dtype=np.int32)
    last[slot] = number
    is_met = np.zeros(slots, dtype=bool)
    is_met[slot[last[slot] != number]] = True
    keep = is_met[slot]
    return hashes[keep], owners[keep]


def _looked_up(owners: Owners, size: Ints, hashes: Hashes) -> npt.NDArray[np.bool_]:
    """Which rows `fingerprints.choose` takes for their text: its rarest hashes, else the two least common."""
    carried = np.minimum(size, COUNTED)
    others = np.where(carried < COUNTED, carried - 1, carried)  # as `index.find_candidates` counts
    candidates = np.flatnonzero(others)
    by_text = candidates[np.lexsort((hashes.view(np.int64)[candidates], others[candidates], owners[candidates]))]
    sorted_owner = owners[by_text]
    starts = np.flatnonzero(np.concatenate(([True], sorted_owner[1:] != sorted_owner[:-1])))
    runs = np.diff(np.append(starts, len(by_text)))
    place = np.arange(len(by_text)) - np.repeat(starts, runs)
    common = others[by_text] > MAX_STATEMENTS_PER_HASH
    has_rare = ~np.repeat(common[starts], runs) if len(by_text) else common
    chosen = np.where(has_rare, ~common & (place < MAX_HASHES_LOOKED_UP), place < 2)
    keep = np.zeros(len(owners), dtype=bool)
    keep[by_text] = chosen
    return keep


def _pairs_of(
    owners: Owners, keep: npt.NDArray[np.bool_], first: Ints, end: Ints, count: int
) -> Iterator[tuple[Ints, Ints]]:
    """Pairs of each kept row with the rows of its group, counted by how many groups the two share."""
    rows = np.flatnonzero(keep)
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
        yield _ranked(one[one != other].astype(np.int64), other[one != other].astype(np.int64), count)


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
