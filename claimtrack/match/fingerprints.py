"""Hashes by which texts with words in common find each other, and the rule for which of them to look up.

Word 4-grams, and 3-grams as well for short texts, where one changed word breaks every 4-gram. One table
`(hash, text_hash, statement)` serves both databases. Refused after measurement: trigram indexes (15 ms and 85 ms a
look-up at 100,000 statements, against 1 ms), MinHash (recall .92), the speaker as a key (loses a fifth).
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from claimtrack.match.normalise import Normalised
from claimtrack.match.words import HESITATIONS

#: Below this many words a text gives 3-grams besides its 4-grams.
SHORT_TEXT_WORDS = 12

#: Statements that one hash may bring in: a phrase that more share says nothing about common origin.
MAX_STATEMENTS_PER_HASH = 60

#: Statements of one hash are counted up to here: beyond it a hash is merely common, and a database that counts on reads
#: more than it learns. In memory the count stops here too, so that both choose the same hashes.
COUNTED = 1_000

#: Hashes looked up for one statement, rarest first. A text of 60 words has 57; its 24 rarest find all that the rest do.
MAX_HASHES_LOOKED_UP = 24

_MASK = (1 << 64) - 1
_FACTOR = 0x9E3779B97F4A7C15  # 2**64 / golden ratio, the multiplier of Fibonacci hashing (Knuth, TAOCP 6.4)


@lru_cache(maxsize=500_000)
def word_hash(key: str) -> int:
    """Unsigned 64-bit hash of one key, the same on every machine and in every run."""
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def fingerprints(words: Normalised) -> tuple[int, ...]:
    """Distinct signed 64-bit hashes of the word n-grams of `words`, sorted; one for a text of one to three words.

    >>> from claimtrack.match.normalise import normalise
    >>> len(fingerprints(normalise("We will not sign before the audit is done.")))
    13
    """
    return tuple(sorted({_signed(value) for value in _grams(shared_keys(words.keys))}))


def shared_keys(keys: tuple[str, ...]) -> Sequence[str]:
    """`keys` without hesitations, "you know" and "I mean", which one outlet prints and the next drops.

    >>> shared_keys(("we", "uh", "you", "know", "paid", "all", "of", "it"))
    ['we', 'paid', 'all', 'of', 'it']
    """
    spoken = [key for key in keys if key not in HESITATIONS] if not HESITATIONS.isdisjoint(keys) else keys
    if _SPOKEN.isdisjoint(spoken):
        return spoken
    kept: list[str] = []
    at = 0
    while at < len(spoken):
        is_filler = tuple(spoken[at : at + 2]) in _SPOKEN_PAIRS
        if not is_filler:
            kept.append(spoken[at])
        at += 1 + is_filler
    return kept if len(kept) >= SHORTEST else spoken


_SPOKEN = frozenset({"know", "mean"})
_SPOKEN_PAIRS = frozenset({("you", "know"), ("i", "mean")})
#: Words that must be left for a text to be told by them.
SHORTEST = 4


def _grams(keys: Sequence[str]) -> Iterable[int]:
    hashes = [word_hash(key) for key in keys]
    count = len(hashes)
    if count < 4:
        if count:
            yield _mixed(hashes)
        return
    for at in range(count - 3):
        yield _mixed(hashes[at : at + 4])
    if count < SHORT_TEXT_WORDS:
        for at in range(count - 2):
            yield _mixed(hashes[at : at + 3])


def _mixed(hashes: list[int]) -> int:
    mixed = 0
    for value in hashes:
        mixed = (mixed * _FACTOR + value) & _MASK
    return mixed ^ (mixed >> 29)


def _signed(value: int) -> int:
    return value - (1 << 64) if value >> 63 else value


def text_hash(words: Normalised) -> int:
    """Signed 64-bit hash of all keys: equal for texts whose words are the same.

    >>> from claimtrack.match.normalise import normalise
    >>> text_hash(normalise("“It’s over!”")) == text_hash(normalise("it is over"))
    True
    """
    return keys_hash(words.keys)


def keys_hash(keys: tuple[str, ...]) -> int:
    """`text_hash` for a caller that has the keys alone."""
    joined = "\x1f".join(keys).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(joined, digest_size=8).digest(), "little", signed=True)


def choose(counts: Mapping[int, int]) -> list[int]:
    """Hashes to look up, rarest first, given for each how many other statements carry it; ties go by the hash itself.

    Never depends on the order in which statements arrived. A hash carried by more than `MAX_STATEMENTS_PER_HASH`
    is used only when no rarer one is left; of its statements the first by text hash are taken. Counts above `COUNTED`
    are all one.

    >>> choose({7: 3, 8: 0, 9: 5000, 4: 1})
    [4, 7]
    """
    found = sorted((min(count, COUNTED), value) for value, count in counts.items() if count > 0)
    rare = [value for count, value in found if count <= MAX_STATEMENTS_PER_HASH]
    if rare:
        return rare[:MAX_HASHES_LOOKED_UP]
    return [value for _, value in found[:2]]
