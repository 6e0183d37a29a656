"""Whether two words are one word with a slip of the keyboard.

Edit distance alone can't tell: "county" and "country", "conversation" and "conservation" are one slip apart and two
words. So exactly one of the two must be a word, or so much rarer that a slip is likelier ("abut" for "about"). The list
of words is the English dictionary of pyspellchecker (160,000 words with counts, MIT), read once, when first needed
(0.1 s, 15 MB).
"""

from collections.abc import Mapping
from functools import lru_cache

from rapidfuzz.distance import OSA

from claimtrack.match.spelling import spelling_key

#: Shorter words have too many neighbours: three letters may only change places ("teh").
MIN_LETTERS = 4


#: A word so many times rarer than its neighbour is likelier the neighbour with a slip: if one copy of a word in a
#: thousand has one, and one slip in ten makes just this other word, that is one in 10,000.
RARER = 10_000


@lru_cache(maxsize=1)
def _dictionary() -> Mapping[str, int]:
    from spellchecker import SpellChecker

    counts: Mapping[str, int] = SpellChecker(language="en").word_frequency.dictionary
    return counts


def is_word(word: str) -> bool:
    """Whether the lower-case `word` is in the dictionary of English, in British or American spelling."""
    return word in _dictionary() or spelling_key(word) in _dictionary()


@lru_cache(maxsize=100_000)
def is_typo(one: str, other: str, *, name: bool = False) -> bool:
    """Whether one of two lower-case words is the other with a slip: one letter more, less, other, or two swapped.

    A slip keeps the first letter, unless the first two changed places. Two spellings of a `name` are one only when
    letters are doubled or swapped, or one stands for another that sounds nothing like it ("Afoica"): "Hansen" and
    "Hanson", "Clark" and "Clarke" are two people.

    >>> is_typo("government", "goverment"), is_typo("county", "country"), is_typo("tthe", "the")
    (True, False, True)
    """
    if _misread(one) == other or _misread(other) == one:
        return is_word(one) != is_word(other)
    if not (one.isalpha() and other.isalpha()) or OSA.distance(one, other, score_cutoff=1) != 1:
        return False
    if _undoubled(one) == _undoubled(other) and not name:
        return is_word(one) != is_word(other)
    swapped = len(one) == len(other) and sorted(one) == sorted(other)
    is_common = len(one) == len(other) == 3 and (one in _SHORT or other in _SHORT)
    if min(len(one), len(other)) < MIN_LETTERS and not is_common and not (swapped and len(one) == 3):
        return False
    if one[0] != other[0] and not swapped:
        return False
    if name and not (swapped or _undoubled(one) == _undoubled(other) or _sounds_apart(one, other)):
        return False
    if name and _undoubled(one) == _undoubled(other):
        return True
    return is_word(one) != is_word(other) or _is_far_rarer(one, other) or _is_far_rarer(other, one)


def _is_far_rarer(rare: str, common: str) -> bool:
    """Whether a word is likelier a misprint of the other than meant.

    >>> _is_far_rarer("abut", "about"), _is_far_rarer("pubic", "public")
    (True, False)
    """
    return 0 < _dictionary().get(rare, 0) * RARER <= _dictionary().get(common, 0)


#: Short words so common that a slip in one is likelier than another word; none that decides a sense.
_SHORT = frozenset("the and for was are you has had his its our".split())

#: What a reader of scanned pages takes for another letter: "rn" for "m", the digit 1 for l or I, 0 for o.
_MISREAD = (("rn", "m"), ("1", "l"), ("0", "o"), ("vv", "w"), ("5", "s"), ("|", "l"))


def _misread(word: str) -> str:
    """`word` with what scanners misread put right; a number stays one.

    >>> _misread("rnayor"), _misread("wi1l"), _misread("10")
    ('mayor', 'will', '10')
    """
    if not any(letter.isalpha() for letter in word):
        return word
    for wrong, right in _MISREAD:
        word = word.replace(wrong, right)
    return word


def _undoubled(word: str) -> str:
    return "".join(letter for at, letter in enumerate(word) if at == 0 or word[at - 1] != letter)


#: Letters that change places between spellings of one sound, or between related names.
_SOUNDS = ("aeiouy", "szcx", "ckqg", "dt", "mn", "bpvfw", "lr")


def _sounds_apart(one: str, other: str) -> bool:
    """Whether two words of one length differ in letters that no two spellings of a name exchange."""
    if len(one) != len(other):
        return False
    pair = next((x, y) for x, y in zip(one, other, strict=True) if x != y)
    return not any(pair[0] in sound and pair[1] in sound for sound in _SOUNDS)
