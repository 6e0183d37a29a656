"""Names of days, months, seasons and numbers, and the pieces of patterns made of them.

"May", "March", "April", "August", "June", "Sun", "Sat", "Jan" and "fall" are also names and verbs: a month counts only
in capitals and beside a number or after a preposition, short weekdays only after a preposition or before a time of
day. That is decided where the pieces are used.
"""

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
NUMBERS = {
    name: value
    for value, names in enumerate(
        "zero a/an/one two/couple three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen twenty".split()
    )
    for name in names.split("/")
} | {"dozen": 12, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}

YEAR = r"(?:1[5-9]|20)\d\d"
DAY = r"(?:3[01]|[12]\d|0?[1-9])"
ORDINAL = r"(?:st|nd|rd|th)"
SHORT_MONTH = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
LONG_MONTH = "(?:" + "|".join(name.title() for name in MONTHS) + ")"
MONTH = f"(?:{LONG_MONTH}|{LONG_MONTH.upper().replace('(?:', '(?:', 1)}|{SHORT_MONTH}\\.?)"
WEEKDAY = "(?i:" + "|".join(WEEKDAYS) + ")"
SHORT_WEEKDAY = r"(?:Mon|Tues?|Wed|Thurs?|Thur|Fri|Sat|Sun)"
SEASON = "(?:spring|summer|autumn|fall|winter)"
NUMBER = r"(?:\d{1,3}|" + "|".join(sorted((n for n in NUMBERS if n != "zero"), key=len, reverse=True)) + ")"
VAGUE_NUMBER = r"(?:a few|several|many|some|a couple of|a number of|countless)"
UNIT = r"(?:minute|hour|day|night|week|fortnight|month|year|decade)"
PART = r"(?:morning|afternoon|evening|night|lunchtime|midday)"
GAP = r"(?:[^\S\n]{1,3}(?:\n[^\S\n]{0,3})?)"  #: between two words: a line may break there, a paragraph may not


def month_number(name: str) -> int:
    """1 to 12 for a month's name, long or short.

    >>> month_number("Sept."), month_number("MAY")
    (9, 5)
    """
    short = name.lower()[:3]
    return next(n for n, month in enumerate(MONTHS, 1) if month.startswith(short))


def weekday_number(name: str) -> int:
    """0 (Monday) to 6 for a weekday's name, long or short."""
    short = name.lower()[:3]
    return next(n for n, day in enumerate(WEEKDAYS) if day.startswith(short))


def number(words: str | None) -> int | None:
    """Value of a number in digits or words, None for a vague one ("a few").

    >>> number("two"), number("14"), number("several")
    (2, 14, None)
    """
    last = (words or "a").lower().split()[-1]
    if last.isdecimal():
        return int(last)
    return NUMBERS.get(last)
