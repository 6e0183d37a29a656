"""Whether two EDTF dates clearly differ: words said on different days are two events."""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

#: Days by which two printed dates of one saying may differ: the evening's words, printed in the next morning's paper.
SAME_SAYING_DAYS = 1

_DAY = re.compile(r"(-?\d{4})-(\d{2})-(\d{2})")
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11)}


@lru_cache(maxsize=100_000)
def bounds(edtf: str) -> tuple[date, date] | None:
    """First and last day that the EDTF expression allows, or None when it can't be told.

    Reads level 0 and the parts of levels 1 and 2 that claimtrack writes: qualifiers, unspecified digits, seasons,
    intervals, open ends. Times of day are cut off.

    >>> bounds("2025-02"), bounds("../2024-05-01")[1], bounds("199X")[0]
    ((datetime.date(2025, 2, 1), datetime.date(2025, 2, 28)), datetime.date(2024, 5, 1), datetime.date(1990, 1, 1))
    """
    plain = edtf.strip().split("T")[0].replace("~", "").replace("?", "").replace("%", "").upper()
    if "/" in plain:
        left, _, right = plain.partition("/")
        start = date.min if left in {"", ".."} else (bounds(left) or (None,))[0]
        end = date.max if right in {"", ".."} else (bounds(right) or (None, None))[1]
        return (start, end) if start is not None and end is not None and start <= end else None
    try:
        return _single(plain)
    except ValueError:
        return None


def _single(plain: str) -> tuple[date, date] | None:
    if match := _DAY.fullmatch(plain):
        day = date(int(match[1]), int(match[2]), int(match[3]))
        return day, day
    parts = plain.split("-")
    year = parts[0]
    if not re.fullmatch(r"\d{2,4}X{0,2}", year) or len(year) != 4 or not plain.isascii():
        return None
    first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if len(parts) == 1 or "X" in parts[1]:
        return date(max(first, 1), 1, 1), date(max(last, 1), 12, 31)
    month = int(parts[1])
    if month == 24:  # a winter belongs to two years, and which two is read both ways
        return date(first, 1, 1), date(first + 1, 2, 28)
    start, end = _SEASONS.get(month, (month, month))
    return date(first, start, 1), date(first, end, monthrange(first, end)[1])


def clearly_differ(one: str | None, other: str | None) -> bool:
    """Whether no day fits both, with a day's tolerance; unknown or unreadable dates never differ.

    >>> clearly_differ("2025-02-17", "2025-02-18"), clearly_differ("2025-02", "2025-03-09")
    (False, True)
    """
    if not one or not other or one == other:
        return False
    first, second = bounds(one), bounds(other)
    if first is None or second is None:
        return False
    early, late = sorted((first, second))
    return late[0] - early[1] > timedelta(days=SAME_SAYING_DAYS)
