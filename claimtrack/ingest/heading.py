"""What the first lines of a plain text say about it: headline, byline, day of publication."""

import re
from datetime import date

from claimtrack.ingest.details import Details, When, tidy
from claimtrack.limits import MAX_HEADING_LINES, MAX_TITLE_CHARS

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_LABEL = r"(?:(?:first )?(?:published|posted|issued|released|dated?|filed)(?: on| at)?:? )?"
_ZONE = r"(?: ?(?:gmt|utc|bst|cet|cest|est|edt|pst|pdt|ct|et|pt))?"
_TIME = rf"(?:,?(?: at| -| \||,)? ?\d{{1,2}}[:.]\d\d(?: ?[ap]\.?m\.?)?{_ZONE})?"
_UPDATE = r"(?:[ ,;|–-]{1,3}(?:last )?(?:updated|modified)[^\n]{0,60})?"
#: Whole lines that are a date of publication. Numbers alone ("03/04/2026") leave day and month open and are not here.
DATE_LINES = tuple(
    re.compile(rf"{_LABEL}{_WEEKDAY}{written}{_TIME}{_UPDATE}\.?", re.IGNORECASE)
    for written in (
        rf"(?:the )?{_DAY} (?:of )?{_MONTH},? {_YEAR}",
        rf"{_MONTH} {_DAY},? {_YEAR}",
        r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?:t\d\d:\d\d\S{0,20})?",
    )
)
#: "HARTWELL, March 12, 2026 (Agency) -": the day in the line of origin that opens a wire report.
DATELINES = tuple(
    re.compile(rf"[A-Z][^\n]{{1,60}}?, {written} ?(?:\(|[-–—])", re.IGNORECASE)
    for written in (rf"{_MONTH} {_DAY},? {_YEAR}", rf"{_DAY} {_MONTH},? {_YEAR}")
)
BYLINE = re.compile(r"(?:[Bb]y|BY|(?:Written|Reported|Words) by) (?P<names>[A-Z][^\n.!?:;“”\"]{2,80})")
#: A headline does not end as a sentence does, nor as something said.
_SENTENCE_END = re.compile(r"[.,;:]['\"”’)\]]{0,2}$|[?!]['\"”’)\]]{1,2}$|[.?!]['\"”’]{0,2} [A-Z“\"]")


def heading(text: str) -> Details:
    r"""Headline, byline and day that the first lines give; None for each that they do not.

    The headline is a short line that stands alone (a blank line follows, or the same line again) and does not end as
    a sentence does. Only the first `MAX_HEADING_LINES` lines that are not blank are read.

    >>> found = heading("Thursday, 12 March 2026\n\nRents rise in Hartwell\n\nBy Ana Ruiz\n\nRents rose.\n")
    >>> found.title, found.author, found.when.on.isoformat()
    ('Rents rise in Hartwell', 'Ana Ruiz', '2026-03-12')
    """
    lines = _first_lines(text)
    title = author = moment = None
    may_be_title = True
    for line, stands_alone in lines:
        if day := day_of_line(line):
            moment = moment or When(day)
        elif found := BYLINE.fullmatch(line):
            author = author or _names(found["names"])
        else:
            if may_be_title and stands_alone and _is_headline(line):
                title, may_be_title = line, False
            elif day := day_of_dateline(line):
                moment = moment or When(day)
            # A word or three above the headline name the section; any longer line is the text itself.
            may_be_title = may_be_title and len(line.split()) < 4
    return Details(title=title, author=author, when=moment)


def day_of_line(line: str) -> date | None:
    """The day, when the whole line is a date of publication.

    >>> day_of_line("Published on 12 March 2026 at 10:15 GMT").isoformat()
    '2026-03-12'
    >>> day_of_line("On 12 March 2026 rents rose.") is None
    True
    """
    return next((_day(found) for written in DATE_LINES if (found := written.fullmatch(line))), None)


def day_of_dateline(line: str) -> date | None:
    """The day in a wire report's line of origin.

    >>> day_of_dateline("HARTWELL, March 12, 2026 (Coast News) - Rents rose.").isoformat()
    '2026-03-12'
    """
    return next((_day(found) for written in DATELINES if (found := written.match(line[:120]))), None)


def _first_lines(text: str) -> list[tuple[str, bool]]:
    """The first lines that are not blank, each with whether a blank line, the same line or nothing follows."""
    lines: list[tuple[str, bool]] = []
    raw = text[: 4 * MAX_HEADING_LINES * MAX_TITLE_CHARS].split("\n")
    for line, following in zip(raw, [*raw[1:], ""], strict=True):
        words = tidy(line)
        if words:
            lines.append((words, _stands_alone(line.strip(), following.strip(), is_first=not lines)))
        if len(lines) == MAX_HEADING_LINES:
            break
    return lines


def _stands_alone(line: str, following: str, *, is_first: bool) -> bool:
    """Whether a line is no part of a paragraph.

    Nothing, itself, a byline or a day follows; or, after the very first line, a paragraph that is too long to be its
    hard-wrapped continuation.
    """
    if not following or following == line or day_of_line(following) or BYLINE.fullmatch(following):
        return True
    return is_first and len(following) > 120 and not following[0].islower()


def _is_headline(line: str) -> bool:
    return len(line) <= MAX_TITLE_CHARS and len(line.split()) >= 2 and not _SENTENCE_END.search(line)


def _names(words: str) -> str | None:
    """Names of a byline: each begins with a capital, apart from "and", "of", "de" and the like."""
    parts = re.split(r"\s+", words.strip(" ,|"))
    small = {"and", "of", "de", "van", "von", "la", "le", "da", "di", "for", "in", "the", "al", "bin", "&", "|"}
    return " ".join(parts) if all(part[:1].isupper() or part in small for part in parts) and len(parts) < 13 else None


def _day(found: re.Match[str]) -> date | None:
    month = found["month"].lower()
    try:
        return date(int(found["year"]), MONTHS.get(month) or int(month), int(found["day"]))
    except ValueError:
        return None
