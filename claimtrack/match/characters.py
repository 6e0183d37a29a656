"""Letters as a reader takes them: one form for every quotation mark, dash, space, accent and ligature.

Every change keeps a way back to the stored text, because what matches is shown in the stored words.
"""

import html
import re
import unicodedata
from collections.abc import Sequence

#: Single characters that stand for one ASCII character each, so that offsets stay as they are.
#: Sources: Unicode charts U+2000 (General Punctuation), U+0080 (Latin-1), U+FF00 (full width).
_ONE_TO_ONE = {
    **dict.fromkeys(map(ord, "‘’‚‛ʼʹ′`´＇"), "'"),
    **dict.fromkeys(map(ord, "“”„‟«»″＂〝〞"), '"'),
    **dict.fromkeys(map(ord, "‐‑‒–−﹣－"), "-"),
    **dict.fromkeys(map(ord, "—―"), "—"),
    **dict.fromkeys(map(ord, "\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\t\n\r\v\f"), " "),
    **dict.fromkeys(range(0x2000, 0x200B), " "),
    ord("［"): "[",
    ord("］"): "]",
    ord("⁄"): "/",
}

#: What html.unescape may read: bounded, and with its semicolon, so that "AT&T" and "R&D" stay.
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")

#: Letters that NFKD leaves whole and that outlets print with plain ones.
_PLAIN = {"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "æ": "ae", "Æ": "Ae", "œ": "oe",
          "Œ": "Oe", "þ": "th", "ð": "d", "ı": "i"}  # fmt: skip


def fold(text: str) -> tuple[str, Sequence[int]]:
    """`text` in plain characters, and for each of them the offset in `text` that it comes from.

    The second value has one entry more than the first has characters: the end. Case stays. Cost: linear; texts of
    plain ASCII without an entity pass through untouched.

    >>> fold("“naïve”—&amp;")[0]
    '"naive"—&'
    >>> fold("ﬁve")[1][1:3]
    [0, 1]
    """
    if text.isascii() and "&" not in text:
        return text.translate(_ONE_TO_ONE), range(len(text) + 1)
    plain = text.translate(_ONE_TO_ONE)
    if "&" not in plain and plain.replace("—", "").isascii():
        return plain, range(len(text) + 1)
    characters: list[str] = []
    offsets: list[int] = []
    at = 0
    for entity in _ENTITY.finditer(plain):
        _spread(plain, at, entity.start(), characters, offsets)
        for character in html.unescape(entity[0]).translate(_ONE_TO_ONE)[: len(entity[0])]:
            for part in _plain(character):
                characters.append(part)
                offsets.append(entity.start())
        at = entity.end()
    _spread(plain, at, len(plain), characters, offsets)
    offsets.append(len(text))
    return "".join(characters), offsets


def _spread(text: str, start: int, end: int, characters: list[str], offsets: list[int]) -> None:
    for at in range(start, end):
        character = text[at]
        for part in character if character < "\x80" else _plain(character):
            characters.append(part)
            offsets.append(at)


def _plain(character: str) -> str:
    r"""Plain form of one character: nothing for marks, zero-width and control characters.

    >>> _plain("é"), _plain("\u200b"), _plain("…"), _plain("½")
    ('e', '', '...', ' 1/2')
    """
    if character in _PLAIN:
        return _PLAIN[character]
    category = unicodedata.category(character)
    if category == "Cf" or category[0] == "M":
        return ""
    if category == "No" and "FRACTION" in unicodedata.name(character, ""):
        return " " + unicodedata.normalize("NFKD", character).translate(_ONE_TO_ONE)
    parts = unicodedata.normalize("NFKD", character)
    return "".join(part for part in parts if unicodedata.category(part)[0] != "M").translate(_ONE_TO_ONE)
