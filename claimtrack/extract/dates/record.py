"""The day of a record: minutes, a transcript, a hearing, dated once in its head.

"Minutes of the meeting held on Tuesday 10 March 2026" dates every turn below it, although no sentence of theirs does.
"""

import re
from collections.abc import Sequence
from datetime import date

from claimtrack.attribution import DateBasis, Span
from claimtrack.extract.dates import absolute
from claimtrack.extract.dates.reading import DateReading
from claimtrack.extract.dates.timeline import candidates
from claimtrack.extract.dates.when import Grain

_MINUTES = re.compile(r"\b[Mm]inutes of (?:the|an?|its)\b|\bMINUTES\b")
_FULL = {"day_month": absolute.DAY_MONTH, "month_day": absolute.MONTH_DAY, "iso": absolute.ISO}
_READ = {"day_month": absolute.read_day, "month_day": absolute.read_day, "iso": absolute.read_iso}
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_HEAD_LINE = 200  #: characters of a line in the head

#: What may stand around the day of an entry: a bracket, a time, and what ends it.
_ENTRY = re.compile(r"[\[(]?(?:(?:\d{1,2}[:.]\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?),? )?")
_ENTRY_ENDS = re.compile(
    r",?(?: (?:at )?\d{1,2}(?:[:.]\d\d){0,2}(?: ?[ap]\.?m\.?)?)?[\])]?"
    r"(?::|\s?[–—-]\s|\s(?=[A-Z][\w.'’ -]{0,40}:))"
)


def is_minutes(head: str) -> bool:
    """Whether the head of a text says that minutes follow: then its prose reports the meeting too."""
    return _MINUTES.search(head) is not None


def day_of_record(text: str, head: Sequence[Span], published_on: date | None) -> DateReading | None:
    """The one full date, with its year, that the lines of a record's head give; None for none, several or a later one.

    >>> text = "Hearing of Monday 2 March 2026"
    >>> day_of_record(text, [Span(0, len(text))], date(2026, 3, 5)).said_on
    '2026-03-02'
    """
    found: dict[date, Span] = {}
    for line in head:
        if line.end - line.start > _HEAD_LINE:
            continue
        words = line.of(text)
        for match in candidates(words):
            kind = match.lastgroup or ""
            if kind not in _FULL or not _YEAR.search(match.group()):
                continue
            again = re.compile(_FULL[kind]).match(words, match.start())
            when = _READ[kind](again, published_on).when if again else None
            if when is not None and when.grain is Grain.DAY:
                found.setdefault(when.last, Span(line.start + match.start(), line.start + match.end()))
    if len(found) != 1:
        return None
    ((day, place),) = found.items()
    if published_on is not None and day > published_on:
        return None
    return DateReading(day.isoformat(), place.of(text), DateBasis.TEXT, "date.record", None, place)


def day_of_entry(text: str, entry: Span, published_on: date | None) -> DateReading | None:
    """The day with which an entry of a log or chat begins: "MAY 25, 7:40 a.m.: ...", "[3 Mar, 22:14] Ana: ...".

    >>> text = "[3 Mar, 22:14] Ana: It leaks."
    >>> day_of_entry(text, Span(0, len(text)), date(2026, 3, 5)).said_on
    '2026-03-03'
    """
    opening = _ENTRY.match(text, entry.start)
    at = opening.end() if opening else entry.start
    for kind, pattern in _FULL.items():
        match = re.compile(pattern).match(text, at, min(entry.end, at + 60))
        if match is None or not _ENTRY_ENDS.match(text, match.end()):
            continue
        try:
            when = _READ[kind](match, published_on).when
        except ValueError:
            return None
        if when is None or when.grain is not Grain.DAY or (published_on and when.last > published_on):
            return None
        place = Span(match.start(), match.end())
        return DateReading(when.edtf, place.of(text), DateBasis.TEXT, "date.entry", None, place)
    return None
