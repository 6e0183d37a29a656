"""Dates counted from the document's own: weekdays, "yesterday", "last week", "two months ago", "the weekend"."""

import re
from datetime import date

from claimtrack.extract.dates.expression import FUTURE, UNDATED, Sense
from claimtrack.extract.dates.names import (
    GAP,
    NUMBER,
    PART,
    SHORT_WEEKDAY,
    UNIT,
    VAGUE_NUMBER,
    WEEKDAY,
    number,
    weekday_number,
)
from claimtrack.extract.dates.when import (
    DAY,
    WEEK,
    When,
    about,
    between,
    in_decade,
    in_quarter,
    in_week_of,
    in_year,
    months_from,
    not_after,
    on_day,
)

Words = re.Match[str]

_PART = rf"(?:{GAP}(?:early{GAP}|late{GAP})?{PART}\b)?"
WEEKDAYS = (
    r"(?:(?i:(?P<which>this\ past|this\ coming|last|this|next|past|the\ previous|the\ following|the\ next|coming))"
    rf"{GAP})?"
    rf"(?:(?P<day>{WEEKDAY})\b|(?P<short>{SHORT_WEEKDAY})(?P<dot>\.)?(?![A-Za-z]))"
    rf"(?:{GAP}(?:of{GAP})?(?P<week>last|this|next)(?:{GAP}week\b|(?=[.,;]))|{GAP}(?P<hence>week)\b)?{_PART}"
)
DEICTIC = (
    r"(?i:(?P<back>the\ day\ before\ yesterday|yesterday|last\ (?:night|evening))"
    r"|(?P<now>(?:earlier\ |later\ )?(?:today|tonight)"
    r"|this\ (?:early\ |very\ )?(?:morning|afternoon|evening|lunchtime))"
    r"|(?P<both>overnight)|(?P<ahead>the\ day\ after\ tomorrow|tomorrow))\b" + _PART
)
PERIOD = (
    r"(?P<which>(?i:the\ past|the\ last|this\ past|this\ coming|last|this|next|past|the\ coming|coming))"
    rf"{GAP}(?P<unit>weekend|week|month|year|quarter|decade)\b(?!{GAP}of\b)"
    rf"|(?:[Tt]he{GAP})(?P<earlier>week|month|year){GAP}before{GAP}last\b"
)
WEEKEND = r"(?<=the )weekend\b"
WINDOW = (
    rf"(?i:(?:the{GAP})?(?:past|last){GAP}(?:(?P<count>{NUMBER})|(?P<few>few|several|couple\ of)){GAP}"
    rf"(?P<unit>{UNIT})s)\b"
)
AGO = (
    rf"(?i:(?:(?P<about>about|around|roughly|nearly|almost|more\ than|over|at\ least|less\ than){GAP})?"
    rf"(?:(?:(?P<few>{VAGUE_NUMBER})|(?P<count>{NUMBER})(?:{GAP}or{GAP}{NUMBER})?){GAP}(?:(?:short|long){GAP})?)?"
    rf"(?P<unit>{UNIT})s?{GAP}(?:ago|back)|long{GAP}ago)\b"
)


def read_weekday(words: Words, published: date | None) -> Sense:
    """The nearest such day not after the document, its own included; "last": strictly before; of last week."""
    which = (words["which"] or "").lower()
    if which in {"next", "coming", "this coming"} or words["hence"] or words["week"] == "next":
        return FUTURE
    if which in {"the following", "the next", "the previous"}:
        return Sense(why=f"“{words[0]}” counts from a date that is not given beside it.")
    if published is None:
        return UNDATED
    wanted = weekday_number(words["day"] or words["short"])
    back = (published.weekday() - wanted) % 7
    if words["week"] and words["week"] + which != "lastlast":
        monday = published - DAY * published.weekday() - WEEK * (words["week"] == "last")
        return Sense(on_day(monday + DAY * wanted))
    return Sense(on_day(published - DAY * (back or (7 if which == "last" else 0))))


def read_deictic(words: Words, published: date | None) -> Sense:
    """Today, yesterday, tonight, this morning, last night, overnight."""
    if words["ahead"]:
        return FUTURE
    if published is None:
        return UNDATED
    if words["both"]:
        return Sense(between(published - DAY, published))
    days_back = 0 if words["now"] else 2 if words["back"].lower().startswith("the") else 1
    return Sense(on_day(published - DAY * days_back))


def read_weekend(_words: Words, published: date | None) -> Sense:
    """The weekend: the latest Saturday not after the document, and its Sunday."""
    return Sense(_weekend(published)) if published else UNDATED


def _weekend(day: date) -> When:
    saturday = day - DAY * ((day.weekday() - 5) % 7)
    return between(saturday, saturday + DAY)


def read_period(words: Words, published: date | None) -> Sense:
    """Last week, this month, the past year: calendar units, except "the past …", which ends with the document."""
    if words["earlier"] and published:
        earlier = {"week": in_week_of(published - WEEK * 2), "month": months_from(published, -2)}
        return Sense(earlier.get(words["earlier"], in_year(published.year - 2)))
    which, unit = (words["which"] or "last").lower(), (words["unit"] or "").lower()
    if which in {"next", "coming", "the coming", "this coming"}:
        return FUTURE
    if published is None:
        return UNDATED
    if which in {"the past", "the last", "past"} and unit != "weekend":
        return Sense(_window(published, 1, unit))
    back = which == "last"
    if unit == "weekend":
        is_weekend = published.weekday() >= 5
        return Sense(_weekend(published - WEEK if back and is_weekend else published))
    if unit == "week":
        whole = in_week_of(published - WEEK * back)
        return Sense(whole if back else between(whole.first or published, published))
    if unit == "month":
        return Sense(months_from(published, -back))
    if unit == "quarter":
        index = published.year * 4 + (published.month - 1) // 3 - back
        return Sense(in_quarter(index // 4, index % 4 + 1))
    return Sense(in_year(published.year - back) if unit == "year" else in_decade(published.year - 10 * back))


def read_window(words: Words, published: date | None) -> Sense:
    """The past three days: from then to the document's day; the past few days: an open beginning."""
    if published is None:
        return UNDATED
    count = None if words["few"] else number(words["count"])
    return Sense(not_after(published) if count is None else _window(published, count, words["unit"].lower()))


def _window(published: date, count: int, unit: str) -> When:
    if unit in {"minute", "hour"}:
        return between(published - DAY, published)
    if unit in {"month", "quarter"}:
        month = months_from(published, -count * (3 if unit == "quarter" else 1))
        return between(min(month.first or published, published), published)
    if unit in {"year", "decade"}:
        years = count * (10 if unit == "decade" else 1)
        return between(in_year(published.year - years).first or published, published)
    return between(published - {"week": WEEK, "fortnight": WEEK * 2}.get(unit, DAY) * count, published)


def read_ago(words: Words, published: date | None) -> Sense:
    """Three days ago, a week ago (seven days back), two weeks ago (that week), a month ago, five years ago.

    A vague count is an open beginning. Round numbers from ten years on are marked approximate.
    """
    if published is None:
        return UNDATED
    count = number(words["count"]) if words["count"] else None
    unit = (words["unit"] or "").lower()
    if count is None and unit in {"minute", "hour"}:
        count = 1
    if count is None:
        return Sense(not_after(published))
    when = _back(published, count, unit)
    is_loose = words["about"] or (" or " in words[0].lower())
    return Sense(about(when) if is_loose else when)


def _back(published: date, count: int, unit: str) -> When:
    if unit == "minute":
        return on_day(published)
    if unit == "hour":
        return between(published - DAY * (1 + count // 24), published)
    if unit in {"day", "night"}:
        return on_day(published - DAY * count)
    if unit == "week" and count == 1:
        return on_day(published - WEEK)
    if unit in {"week", "fortnight"}:
        return in_week_of(published - WEEK * count * (2 if unit == "fortnight" else 1))
    if unit == "month":
        return months_from(published, -count)
    years = count * (10 if unit == "decade" else 1)
    when = in_year(published.year - years)
    return about(when) if years >= 10 and years % 5 == 0 else when
