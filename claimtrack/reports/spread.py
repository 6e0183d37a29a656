"""How a claim spread: when it was printed, by whom and in which words; a small drawing with its numbers beside it.

One row an outlet in the order in which they printed it, never by how often: no league tables. A letter in each mark
says which wording it was, so that the drawing needs no colour.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from claimtrack.reports.model import ReportClaim
from claimtrack.reports.wording import shown

#: Fewer dated printings than this are no spread.
MIN_PRINTINGS = 3
#: Outlets drawn; the others are in the numbers. More rows than this do not fit half a page.
MAX_OUTLETS = 14
#: Wordings with a letter of their own; the rest share the last.
MAX_WORDINGS = 12

_MARKS = re.compile(r"[^\w%]+")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ROW, _LEFT, _WIDTH, _TOP = 24, 190, 720, 30


@dataclass(frozen=True, slots=True)
class Wording:
    """One way in which the claim was printed."""

    letter: str
    words: str
    count: int
    first: date
    outlet: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Printings of one outlet on one day in one wording."""

    outlet: str
    day: date
    letter: str
    count: int


@dataclass(frozen=True, slots=True)
class Spread:
    """The numbers behind the drawing."""

    marks: tuple[Mark, ...]  #: by day, then outlet
    wordings: tuple[Wording, ...]  #: in order of their first printing


def spread(claim: ReportClaim) -> Spread | None:
    """When, where and in which words the claim was printed; None for fewer than three dated printings.

    Words count as the same without regard to case and marks; nothing else is taken for a repeat here.
    """
    return of_printings(
        (
            item.quotation.source.published_on,
            shown(item.quotation.source.publisher or item.quotation.source.title),
            item.quotation.words,
        )
        for item in claim.appearances
        if item.quotation.source.published_on is not None
    )


def of_printings(printings: Iterable[tuple[date, str, str]]) -> Spread | None:
    """The same for day, outlet and words of each printing, in any order."""
    dated = sorted(printings, key=lambda found: found[0])
    if len(dated) < MIN_PRINTINGS:
        return None
    letters: dict[str, str] = {}
    firsts: list[Wording] = []
    counts: dict[str, int] = {}
    marks: dict[tuple[date, str, str], int] = {}
    for day, outlet, words in dated:
        plain = letter_key(words)
        if plain not in letters:
            letters[plain] = _LETTERS[min(len(letters), MAX_WORDINGS - 1)]
            if len(letters) <= MAX_WORDINGS:
                firsts.append(Wording(letters[plain], shown(words), 0, day, outlet))
        letter = letters[plain]
        counts[letter] = counts.get(letter, 0) + 1
        marks[day, outlet, letter] = marks.get((day, outlet, letter), 0) + 1
    wordings = tuple(Wording(one.letter, one.words, counts[one.letter], one.first, one.outlet) for one in firsts)
    return Spread(tuple(Mark(outlet, day, letter, count) for (day, outlet, letter), count in marks.items()), wordings)


def letter_key(words: str) -> str:
    """What two printings of one wording share.

    >>> letter_key("“We won!”") == letter_key("we won")
    True
    """
    return _MARKS.sub(" ", words.casefold()).strip()


@dataclass(frozen=True, slots=True)
class Dot:
    """A mark with its place in the drawing, in units of an SVG."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """What to draw: rows with names, marks with letters, ticks with days."""

    width: int
    height: int
    left: int
    rows: tuple[tuple[float, str], ...]
    dots: tuple[Dot, ...]
    ticks: tuple[tuple[float, date], ...]
    more: int  #: outlets that are not drawn


def draw(found: Spread) -> Drawing:
    """The places of rows, marks and ticks. Marks that would hide each other stand side by side."""
    outlets = list(dict.fromkeys(mark.outlet for mark in found.marks))
    kept = outlets[:MAX_OUTLETS]
    first, last = found.marks[0].day, found.marks[-1].day
    days = max((last - first).days, 1)
    room = _WIDTH - _LEFT - 90

    def across(day: date) -> float:
        return round(_LEFT + 40 + room * (day - first).days / days, 1)

    taken: dict[str, float] = {}
    dots = []
    for mark in found.marks:
        if mark.outlet not in kept:
            continue
        x = max(across(mark.day), taken.get(mark.outlet, 0.0) + 22)
        taken[mark.outlet] = x
        text = mark.letter if mark.count == 1 else f"{mark.letter}{mark.count}"
        dots.append(Dot(x, _TOP + kept.index(mark.outlet) * _ROW, text))
    steps = min(days, 4)
    ticks = dict.fromkeys(date.fromordinal(first.toordinal() + round(days * step / steps)) for step in range(steps + 1))
    ticks = dict.fromkeys(day for day in ticks if day <= last) or {first: None}
    rows = tuple((float(_TOP + place * _ROW), name) for place, name in enumerate(kept))
    return Drawing(
        width=max(_WIDTH, int(max(dot.x for dot in dots)) + 30),
        height=_TOP + len(kept) * _ROW + 20,
        left=_LEFT,
        rows=rows,
        dots=tuple(dots),
        ticks=tuple((across(day), day) for day in ticks),
        more=len(outlets) - len(kept),
    )
