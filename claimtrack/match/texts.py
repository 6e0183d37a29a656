"""The words of many texts in a few arrays: 8 bytes a word, where Python objects take fifty."""

from array import array

import numpy as np
import numpy.typing as npt

from claimtrack.match.fingerprints import SHORT_TEXT_WORDS, shared_keys, word_hash

Ints = npt.NDArray[np.int64]
Owners = npt.NDArray[np.int32]
Hashes = npt.NDArray[np.uint64]

_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # that of `fingerprints`


class Texts:
    """The words of many texts as their hashes: text `i` has `words[starts[i]:starts[i + 1]]`."""

    def __init__(self) -> None:
        self._words = array("Q")
        self._starts = array("Q", [0])

    def __len__(self) -> int:
        """Number of texts."""
        return len(self._starts) - 1

    def add(self, keys: tuple[str, ...]) -> None:
        """Append one text."""
        self._words.extend(map(word_hash, shared_keys(keys)))
        self._starts.append(len(self._words))

    def words(self, text: int) -> "array[int]":
        """Hashes of the words of one text, hesitations and the like left out."""
        return self._words[self._starts[text] : self._starts[text + 1]]

    def fingerprints(self) -> tuple[Hashes, Owners]:
        """All fingerprints and the texts that they belong to, as `fingerprints.fingerprints` gives them, unsigned."""
        starts = np.frombuffer(self._starts, dtype=np.uint64).astype(np.int64)
        count = len(self._words)
        hashes = np.frombuffer(self._words, dtype=np.uint64) if count else np.zeros(0, dtype=np.uint64)
        lengths = np.diff(starts)
        owner = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
        left = np.repeat(starts[1:], lengths)  # words from here to the end of its text
        left -= np.arange(count)
        found: list[Hashes] = []
        owners: list[Owners] = []
        for size in (4, 3, 2, 1):
            if size == 4:
                at = np.flatnonzero(left >= 4)
            elif size == 3:
                at = np.flatnonzero((left >= 3) & (lengths < SHORT_TEXT_WORDS)[owner])
            else:  # a shorter text is one gram, its whole
                at = starts[:-1][lengths == size]
            found.append(_mixed(hashes, at, size))
            owners.append(owner[at])
        return np.concatenate(found), np.concatenate(owners)


def _mixed(hashes: Hashes, at: Ints, size: int) -> Hashes:
    mixed = np.zeros(len(at), dtype=np.uint64)
    for step in range(size):
        mixed *= _FACTOR
        mixed += hashes[at + step]
    mixed ^= mixed >> np.uint64(29)
    return mixed
