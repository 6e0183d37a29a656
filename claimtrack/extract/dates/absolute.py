"""Calendar dates, from days to decades; a missing year is the latest one not after the document."""

import re
from datetime import date

from claimtrack.extract.dates.expression import UNDATED, Lean, Relation, Sense
from claimtrack.extract.dates.names import (
    DAY,
    GAP,
    LONG_MONTH,
    MONTH,
    ORDINAL,
    SEASON,
    SEASONS,
    SHORT_WEEKDAY,
    WEEKDAY,
    YEAR,
    month_number,
    weekday_number,
)
from claimtrack.extract.dates.when import (
    When,
    between,
    in_decade,
    in_month,
    in_quarter,
    in_season,
    in_year,
    join,
    on_day,
    one_of,
)

Words = re.Match[str]

NO_SUCH_DAY = Sense(why="The calendar has no such day.")
_DAY_NAME = rf"(?:(?P<name>{WEEKDAY}|{SHORT_WEEKDAY}\.?),?{GAP}(?:the{GAP})?)?"
_YEAR = rf"(?:,?{GAP}(?:of{GAP})?(?P<year>{YEAR}|(?:last|this|that|the\ same)\ year)(?!\d))?"

HOLIDAYS = {  #: feasts with a fixed day; month, day
    "new year’s day": (1, 1), "valentine’s day": (2, 14), "halloween": (10, 31), "christmas eve": (12, 24),
    "christmas day": (12, 25), "boxing day": (12, 26), "new year’s eve": (12, 31),
}  # fmt: skip

ISO = rf"(?P<year>{YEAR})[-/](?P<month>\d\d?)[-/](?P<day>\d\d?)(?![\d/-])"
NUMERIC = rf"(?P<a>\d\d?)(?:/(?P<b>\d\d?)/(?P<year>{YEAR}|\d\d)|[.-](?P<b2>\d\d?)[.-](?P<year2>{YEAR}))(?![\d/-])"
DAY_MONTH = (
    rf"{_DAY_NAME}(?P<day>{DAY}){ORDINAL}?(?:{GAP}?(?:[-–]|to|and){GAP}?(?P<day2>{DAY}){ORDINAL}?)?"
    rf"(?:{GAP}of)?{GAP}(?P<month>{MONTH})(?![A-Za-z]){_YEAR}"
)
MONTH_DAY = (
    rf"{_DAY_NAME}(?P<month>{MONTH}){GAP}(?P<day>{DAY}){ORDINAL}?(?:{GAP}?[-–]{GAP}?(?P<day2>{DAY}){ORDINAL}?)?"
    rf"(?![A-Za-z\d%]|[.,:/]\d|{GAP}(?:per|%)){_YEAR}"
)
MONTH_YEAR = rf"(?P<month>{MONTH}),?{GAP}(?:of{GAP})?(?P<year>{YEAR}|(?:last|this)\ year)(?!\d)"
BARE_MONTH = rf"(?:(?P<which>[Ll]ast|[Tt]his|[Nn]ext){GAP})?(?P<month>{LONG_MONTH}|{MONTH})(?![A-Za-z])"
BARE_YEAR = rf"(?P<year>{YEAR})(?![\w%]|[.,:/-]\d)"
DECADE = (
    rf"(?:(?P<long>{YEAR[:-2]})0[’']?s|[’'‘](?P<short>\d)0s|(?<=the )(?P<bare>[2-9])0s"
    r"|(?<=the )(?P<word>twen|thir|for|fif|six|seven|eigh|nine)ties)(?![A-Za-z])"
)
SEASON_YEAR = rf"(?:the{GAP})?(?P<season>{SEASON}),?{GAP}(?:of{GAP})?(?P<year>{YEAR})(?:[-–/]\d\d(?:\d\d)?)?(?!\d)"
BARE_SEASON = (
    rf"(?:(?P<which>(?i:last|this\ past|this|past|next)){GAP}|(?<=in the )|(?<=over the )|(?<=In the )"
    r"|(?<=Over the )|(?<=in ))"
    rf"(?P<season>{SEASON})\b(?!{GAP}(?:of|after|before))"
)
QUARTER = (
    rf"(?:(?P<nth>first|second|third|fourth|final)[\s-]quarter|Q(?P<q>[1-4]))"
    rf"(?:,?{GAP}(?:of{GAP})?(?P<year>{YEAR}|(?:last|this)\ year))?(?!\d)"
)
FISCAL = rf"(?:fiscal|financial){GAP}(?:year{GAP})?{YEAR}"
HOLIDAY = r"(?P<feast>(?i:new year[’']s (?:day|eve)|valentine[’']s day|halloween|christmas (?:day|eve)|boxing day))"
NTH = rf"(?<=the )(?P<day>{DAY}){ORDINAL}\b(?:{GAP}of{GAP}(?P<which>last|this){GAP}month)?"


def _year(words: str | None, published: date | None) -> int | None:
    if words is None or words.isdecimal():
        return int(words) if words else None
    if published is None:
        return None
    return published.year - words.startswith("last")


def _latest_day(month: int, day: int, published: date) -> date:
    """The latest `day` of `month` that is not after `published`; 29 February may lie eight years back."""
    for year in range(published.year, published.year - 9, -1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= published:
            return found
    raise ValueError("no such day")


def read_iso(words: Words, _published: date | None) -> Sense:
    """2024-03-12."""
    return Sense(on_day(date(int(words["year"]), int(words["month"]), int(words["day"]))))


def read_numeric(words: Words, published: date | None) -> Sense:
    """12/03/2024: both readings are kept unless only one is a day, or only one is not after the document."""
    first, second, year = int(words["a"]), int(words["b"] or words["b2"]), int(words["year"] or words["year2"])
    if year < 100:
        year += 2000 if year < 70 else 1900
    days = []
    for month, day in ((first, second), (second, first)):
        try:
            days.append(date(year, month, day))
        except ValueError:
            continue
    past = [day for day in days if published is None or day <= published]
    return Sense(one_of(tuple(past or days))) if days else NO_SUCH_DAY


def read_day(words: Words, published: date | None) -> Sense:
    """12 March 2024; March 12; Tuesday, 12 March; 12-14 March."""
    month, day = month_number(words["month"]), int(words["day"])
    if words["year"] in {"that year", "the same year"}:
        return Sense(lean=Lean(Relation.SAME, month * 100 + day, "date"))
    year = _year(words["year"], published)
    if year is None and published is None:
        return UNDATED
    first = date(year, month, day) if year else _latest_day(month, day, published or date.min)
    if words["name"] and weekday_number(words["name"]) != first.weekday():
        return Sense(why="The weekday and the day of the month do not agree.")
    return Sense(between(first, first.replace(day=int(words["day2"]))) if words["day2"] else on_day(first))


def read_month(words: Words, published: date | None) -> Sense:
    """March 2024; March: the latest one not after the document; last March: strictly before its month."""
    month = month_number(words["month"])
    if "year" in words.groupdict():
        year = _year(words["year"], published)
        return Sense(in_month(year, month)) if year else UNDATED
    if published is None:
        return UNDATED
    which = (words["which"] or "").lower()
    if which == "next":
        return Sense(is_future=True)
    is_back = month > published.month or (which == "last" and month == published.month)
    return Sense(in_month(published.year - is_back, month))


def read_year(words: Words, _published: date | None) -> Sense:
    """2019."""
    return Sense(in_year(int(words["year"])))


def read_decade(words: Words, _published: date | None) -> Sense:
    """The 1990s; the '90s; the nineties."""
    if words["long"]:
        return Sense(in_decade(int(words["long"]) * 10))
    tens = "twen thir for fif six seven eigh nine".split()
    digit = int(words["short"] or words["bare"] or tens.index(words["word"]) + 2)
    return Sense(in_decade(1900 + digit * 10))


def read_season(words: Words, published: date | None) -> Sense:
    """Spring 2024; last summer: the latest that is over; this spring, the summer: the latest that has begun."""
    season = SEASONS[words["season"].lower()]
    if "year" in words.groupdict():
        return Sense(in_season(int(words["year"]), season))
    if published is None:
        return UNDATED
    which = (words["which"] or "").lower()
    if which == "next":
        return Sense(is_future=True)
    for year in (published.year, published.year - 1, published.year - 2):
        when = in_season(year, season)
        reached = when.last if which == "last" else when.first
        if reached is not None and reached <= published:
            return Sense(when)
    return UNDATED


def read_quarter(words: Words, published: date | None) -> Sense:
    """The third quarter of 2023. Without a year it is open: companies and games have quarters of their own."""
    year = _year(words["year"], published)
    if year is None:
        return Sense(why="A quarter without a year may be that of a company or a game.")
    nth = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4}
    return Sense(in_quarter(year, int(words["q"] or nth[words["nth"]])))


def read_fiscal(_words: Words, _published: date | None) -> Sense:
    """Fiscal 2024."""
    return Sense(why="When a fiscal year begins differs from body to body.")


def read_holiday(words: Words, published: date | None) -> Sense:
    """Christmas Day: the latest one not after the document."""
    month, day = HOLIDAYS[words["feast"].lower().replace("'", "’")]
    return Sense(on_day(_latest_day(month, day, published))) if published else UNDATED


def read_nth(words: Words, published: date | None) -> Sense:
    """The 12th: the latest one not after the document."""
    if published is None:
        return UNDATED
    day = int(words["day"])
    back = (words["which"] == "last") if words["which"] else (day > published.day)
    index = published.year * 12 + published.month - 1 - back
    return Sense(on_day(date(index // 12, index % 12 + 1, day)))


def spread(first: When, last: When) -> Sense:
    """From one date to another, where that is an interval."""
    try:
        return Sense(join(first, last))
    except ValueError:
        return Sense(why="The two dates are not in order.")
