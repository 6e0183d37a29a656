"""A stretch of days with its EDTF name: what a date expression comes to once it is resolved.

EDTF is ISO 8601-2:2019. It has no week, so a week is an interval of days; seasons are months 21 to 24 and quarters
33 to 36. A winter carries the year in which it begins: the one from December 2023 to February 2024 is 2023-24. All
functions raise ValueError where the calendar has no such day.
"""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

DAY = timedelta(days=1)
WEEK = timedelta(days=7)


class Grain(StrEnum):
    """The unit in which a stretch was named."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    SPAN = "span"  #: an interval or a set of days


PLAIN = frozenset({Grain.DAY, Grain.MONTH, Grain.YEAR})  #: grains that can end an interval as they are written


@dataclass(frozen=True, slots=True)
class When:
    """Days `first` to `last`, both included, as `edtf` writes them; `first` None means an open beginning."""

    first: date | None
    last: date
    edtf: str
    grain: Grain

    def holds(self, other: "When") -> bool:
        """Whether every day of `other` is a day of this stretch."""
        starts = self.first is None or (other.first is not None and self.first <= other.first)
        return starts and other.last <= self.last


def on_day(day: date) -> When:
    """One day.

    >>> on_day(date(2025, 2, 18)).edtf
    '2025-02-18'
    """
    return When(day, day, day.isoformat(), Grain.DAY)


def in_month(year: int, month: int) -> When:
    """One month of a year."""
    first = date(year, month, 1)
    return When(first, date(year, month, monthrange(year, month)[1]), f"{year:04}-{month:02}", Grain.MONTH)


def in_year(year: int) -> When:
    """One calendar year."""
    return When(date(year, 1, 1), date(year, 12, 31), f"{year:04}", Grain.YEAR)


def in_decade(year: int) -> When:
    """The ten years that share all but the last digit with `year`."""
    start = year - year % 10
    return When(date(start, 1, 1), date(start + 9, 12, 31), f"{start // 10:03}X", Grain.DECADE)


def in_season(year: int, season: int) -> When:
    """A season of the northern year by its EDTF number, 21 spring to 24 winter; it begins in `year`."""
    month = (season - 20) * 3
    end_year, end_month = (year, month + 2) if month < 12 else (year + 1, 2)
    last = date(end_year, end_month, monthrange(end_year, end_month)[1])
    return When(date(year, month, 1), last, f"{year:04}-{season}", Grain.SEASON)


def in_quarter(year: int, quarter: int) -> When:
    """Calendar quarter 1 to 4."""
    month = quarter * 3
    last = date(year, month, monthrange(year, month)[1])
    return When(date(year, month - 2, 1), last, f"{year:04}-{32 + quarter}", Grain.QUARTER)


def in_week_of(day: date) -> When:
    """Monday to Sunday around `day`."""
    monday = day - DAY * day.weekday()
    return replace(between(monday, monday + DAY * 6), grain=Grain.WEEK)


def between(first: date, last: date) -> When:
    """Every day from `first` to `last`; one day when they are the same."""
    if first > last:
        raise ValueError(f"{first} is after {last}")
    if first == last:
        return on_day(first)
    return When(first, last, f"{first}/{last}", Grain.SPAN)


def not_after(day: date) -> When:
    """The open interval that ends with `day`.

    >>> not_after(date(2025, 2, 18)).edtf
    '../2025-02-18'
    """
    return When(None, day, f"../{day}", Grain.SPAN)


def until(when: When) -> When:
    """The open interval that ends with a stretch, in its notation.

    >>> until(in_year(2019)).edtf
    '../2019'
    """
    return When(None, when.last, f"../{when.edtf}" if when.grain in PLAIN else f"../{when.last}", Grain.SPAN)


def one_of(days: tuple[date, ...]) -> When:
    """One of several days, nobody can say which: `[2024-03-04,2024-04-03]`."""
    ordered = sorted(set(days))
    if len(ordered) == 1:
        return on_day(ordered[0])
    return When(ordered[0], ordered[-1], f"[{','.join(str(day) for day in ordered)}]", Grain.SPAN)


def about(when: When) -> When:
    """The same stretch, marked as approximate where EDTF has a plain way to write that."""
    return when if when.grain is Grain.SPAN or "/" in when.edtf else replace(when, edtf=when.edtf + "~")


def join(first: When, last: When) -> When:
    """From the start of one stretch to the end of another, in the coarser notation that both share.

    >>> join(in_year(2015), in_year(2019)).edtf
    '2015/2019'
    """
    if first.first is None or first.first > last.last:
        raise ValueError("no such interval")
    if first.first == last.first and first.last == last.last:
        return first
    if first.grain in PLAIN and last.grain in PLAIN:
        return When(first.first, last.last, f"{first.edtf}/{last.edtf}", Grain.SPAN)
    return between(first.first, last.last)


def months_from(day: date, count: int) -> When:
    """The month that lies `count` months after (before, when negative) the one of `day`."""
    index = day.year * 12 + day.month - 1 + count
    return in_month(index // 12, index % 12 + 1)
