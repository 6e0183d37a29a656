"""The words of many texts in a few arrays: 4 bytes a word, where Python objects take fifty."""

from array import array

import numpy as np
import numpy.typing as npt

from claimtrack.match.fingerprints import SHORT_TEXT_WORDS, shared_keys, word_hash
from claimtrack.match.words import HESITATIONS

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]

_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # that of `fingerprints`


class Texts:
    """The words of many texts as numbers: text `i` has `words[starts[i]:starts[i + 1]]`."""

    def __init__(self) -> None:
        self._vocabulary: dict[str, int] = {}
        self._words = array("I")
        self._starts = array("Q", [0])
        self._hashes = array("Q")

    def __len__(self) -> int:
        """Number of texts."""
        return len(self._starts) - 1

    def add(self, keys: tuple[str, ...]) -> None:
        """Append one text."""
        known = self._vocabulary
        wanted = keys if HESITATIONS.isdisjoint(keys) else shared_keys(keys)
        for key in wanted:
            if key not in known:
                known[key] = len(known)
                self._hashes.append(word_hash(key))
        self._words.extend([known[key] for key in wanted])
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
