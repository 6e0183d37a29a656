"""Names that look alike and are not: letters of another alphabet in the place of Latin ones.

The pairs are those of Unicode's confusables (UTS 39, confusables.txt) between Cyrillic or Greek letters and single
Latin letters of the same height; a whole name in its own alphabet is no cause for a warning, a mixed one is.
"""

import unicodedata

_LATIN = {
    **dict(zip("аеорсухіјѕԁԛԝһвкмнтгпᴦ", "aeopcyxijsdqwhbkmhtrnr", strict=True)),
    **dict(zip("АВЕКМНОРСТУХІЈЅԚԜҺ", "ABEKMHOPCTYXIJSQWH", strict=True)),
    **dict(zip("αονικρτυχγ", "aovikptuxy", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True)),
}


def looks_like(name: str) -> str:
    r"""The name as a reader of Latin letters sees it.

    >>> looks_like("Mirel\u0430 Anand") == "Mirela Anand"
    True
    """
    return "".join(_LATIN.get(letter, letter) for letter in name)


def is_mixed(name: str) -> bool:
    r"""Whether one word of the name has letters of two alphabets.

    >>> is_mixed("Mirel\u0430 Anand"), is_mixed("Анна Anand"), is_mixed("Zoë Ånand")
    (True, False, False)
    """
    return any(len({_script(letter) for letter in word if letter.isalpha()}) > 1 for word in name.split())


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
