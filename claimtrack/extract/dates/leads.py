"""The words before a date that belong to it: prepositions, "early", "late", "the start of"."""

import re
from dataclasses import dataclass

_LEADS = frozenset(
    """on in at by since after following before until till during over throughout from between through of around about
    circa to within as""".split()
)
_MODIFIERS = frozenset("the early late earlier later mid middle this only exactly just shortly".split())
_PARTS = frozenset("start beginning end middle morning afternoon evening night day month course close eve".split())
_MONTH_LEADS = frozenset("in since by before after until till during of from between through around as to".split())
_YEAR_LEADS = frozenset(
    "in since by before after until till during of from between through around about circa as to".split()
)
_LAST_WORDS = re.compile(r"[A-Za-z]+|[^A-Za-z\s]+")
_WINDOW = 48  #: characters looked at before a date


@dataclass(frozen=True, slots=True)
class Lead:
    """Preposition before a date ("article" for a bare article) and where the words begin.

    `is_part` tells that "early", "late", "mid" or the like stands before it.
    """

    word: str
    start: int
    is_part: bool

    @property
    def takes_month(self) -> bool:
        """Whether a month's name after it is a month and nobody's name."""
        return self.word in _MONTH_LEADS or self.is_part

    @property
    def takes_year(self) -> bool:
        """Whether four digits after it are a year."""
        return self.word in _YEAR_LEADS or self.is_part


def lead_before(text: str, at: int) -> Lead:
    """The lead of a date that begins at `at`; cost bounded, whatever the text.

    >>> lead_before("He left at the start of January", 24)
    Lead(word='at', start=8, is_part=True)
    """
    base = max(0, at - _WINDOW)
    words = [(m.group().lower(), m.start() + base) for m in _LAST_WORDS.finditer(text[base:at])]
    start, is_part, has_article = at, False, False
    while words and words[-1][0] in {"-", "–"} and len(words) > 1 and words[-2][0] in _MODIFIERS:
        words.pop()
    while words and words[-1][0] in _MODIFIERS:
        word, start = words.pop()
        is_part |= word not in {"the", "this", "only", "just", "exactly"}
        has_article |= word == "the"
    if len(words) > 1 and words[-1][0] == "of" and words[-2][0] in _PARTS:
        words.pop()
        start, is_part = words.pop()[1], True
        if words and words[-1][0] == "the":
            start = words.pop()[1]
    if words and words[-1][0] in _LEADS:
        word, start = words.pop()
        if words and (words[-1][0], word) in {
            ("ahead", "of"),
            ("prior", "to"),
            ("as", "of"),
            ("back", "in"),
            ("up", "to"),
        }:
            first, start = words.pop()
            word = f"{first} {word}" if first in {"ahead", "prior"} else word
        while words and words[-1][0] in {"early", "late", "earlier", "later", "back"}:
            start = words.pop()[1]
        return Lead(word, start, is_part)
    if (words and words[-1][0] in {"a", "an", "his", "her", "its", "their"}) or has_article:
        return Lead("article", start, is_part)
    return Lead("", start, is_part)
