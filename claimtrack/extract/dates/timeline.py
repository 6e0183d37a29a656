"""All date expressions of one document, found once and resolved as far as the document goes.

A bounded grammar finds them (one pass, linear in the text); syntax decides later which of them dates a saying. An
expression that leans on another ("two days later") takes the nearest earlier date of the narration, if its sentence
has only one and lies at most three sentences back; "after the vote" takes the day that any sentence of the document
gives that event, if they agree.

dateparser was tried for the expressions and dropped: it reads "Thursday" on a Thursday as a week ago and "two weeks
ago" as one day, gives no precision, and takes 690 µs for what takes 17 µs here (eight common expressions).
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from claimtrack.extract.dates import absolute, leaning, relative
from claimtrack.extract.dates.expression import FUTURE, Expression, Lean, Relation, Sense
from claimtrack.extract.dates.leads import Lead, lead_before
from claimtrack.extract.dates.leaning import settle
from claimtrack.extract.dates.names import LONG_MONTH, MONTHS, NUMBERS, SEASONS, WEEKDAYS
from claimtrack.extract.dates.narration import Narration
from claimtrack.extract.dates.when import about, until

Reader = Callable[[re.Match[str], date | None], Sense]

#: In this order: the first that matches at a place reads it.
RULES: Mapping[str, tuple[str, Reader]] = {
    "holiday": (absolute.HOLIDAY, absolute.read_holiday),
    "iso": (absolute.ISO, absolute.read_iso),
    "numeric": (absolute.NUMERIC, absolute.read_numeric),
    "day_month": (absolute.DAY_MONTH, absolute.read_day),
    "month_day": (absolute.MONTH_DAY, absolute.read_day),
    "month_year": (absolute.MONTH_YEAR, absolute.read_month),
    "season_year": (absolute.SEASON_YEAR, absolute.read_season),
    "fiscal": (absolute.FISCAL, absolute.read_fiscal),
    "quarter": (absolute.QUARTER, absolute.read_quarter),
    "ago": (relative.AGO, relative.read_ago),
    "later": (leaning.LATER, leaning.read_later),
    "offset": (leaning.OFFSET, leaning.read_later),
    "window": (relative.WINDOW, relative.read_window),
    "deictic": (relative.DEICTIC, relative.read_deictic),
    "weekday": (relative.WEEKDAYS, relative.read_weekday),
    "month": (absolute.BARE_MONTH, absolute.read_month),
    "season": (absolute.BARE_SEASON, absolute.read_season),
    "next": (leaning.NEXT, leaning.read_next),
    "same": (leaning.SAME, leaning.read_same),
    "period": (relative.PERIOD, relative.read_period),
    "weekend": (relative.WEEKEND, relative.read_weekend),
    "at_the_time": (leaning.AT_THE_TIME, leaning.read_at_the_time),
    "beforehand": (leaning.BEFOREHAND, leaning.read_vague),
    "event": (leaning.EVENT, leaning.read_event),
    "vague": (leaning.VAGUE, leaning.read_vague),
    "nth": (absolute.NTH, absolute.read_nth),
    "decade": (absolute.DECADE, absolute.read_decade),
    "year": (absolute.BARE_YEAR, absolute.read_year),
}
_READERS = {kind: (re.compile(pattern), reader) for kind, (pattern, reader) in RULES.items()}
_ANY = re.compile(
    r"(?<!\w)(?:"
    + "|".join(f"(?P<{kind}>" + re.sub(r"\(\?P<\w+>", "(?:", pattern) + ")" for kind, (pattern, _) in RULES.items())
    + ")"
)
_FIRST = re.compile(r"[A-Za-z]+|[0-9]+|[’'‘][0-9]")
#: Words that an expression can begin with: trying the grammar only there saves most of its time.
_FIRST_WORDS = frozenset(
    [
        *MONTHS,
        *WEEKDAYS,
        *SEASONS,
        *NUMBERS,
        *(name[:3] for name in (*MONTHS, *WEEKDAYS)),
        "sept",
        "tues",
        "thur",
        "thurs",
    ]
) | frozenset(
    "new valentine halloween christmas boxing last this next past the coming that a an q fiscal financial first "
    "second third fourth final few several many some couple number countless minute hour day night week fortnight "
    "month year decade minutes hours days nights weeks fortnights months years decades about around roughly "
    "nearly almost more over at less long yesterday today tonight earlier later overnight tomorrow weekend back "
    "in on after following since ahead prior before previously recently formerly lately beforehand previous "
    "recent twenties thirties forties fifties sixties seventies eighties nineties".split()
)
_YEARLESS = frozenset(["month", "day_month", "month_day"])
_OLD_STORY = "The story before it is set in an earlier year, and this date gives none."


@dataclass(frozen=True, slots=True)
class Timeline:
    """What a document itself says about time: its text, its own date, its date expressions in reading order."""

    text: str
    published_on: date | None
    expressions: tuple[Expression, ...] = ()
    starts: tuple[int, ...] = field(default=(), repr=False)  #: of the expressions, for bisection

    def within(self, start: int, end: int) -> tuple[Expression, ...]:
        """Expressions that begin in `text[start:end]`."""
        return self.expressions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


def read_timeline(text: str, published_on: date | None) -> Timeline:
    """Date expressions of `text`, resolved; made once for each document in one linear pass, without a parser.

    >>> [(e.sense.when.edtf, text[e.start:e.end]) for text in ["He left on Monday."]
    ...  for e in read_timeline(text, date(2025, 2, 18)).expressions]
    [('2025-02-17', 'on Monday')]
    """
    found = list(_merged(list(_found(text, published_on)), text, published_on))
    settled = tuple(_settled(found, text, published_on))
    return Timeline(text, published_on, settled, tuple(e.start for e in settled))


def candidates(text: str) -> Iterator[re.Match[str]]:
    """Matches of the grammar in `text`; as `_ANY.finditer` gives them, in a third of the time."""
    end = 0
    for word in _FIRST.finditer(text):
        start = word.start()
        if start >= end and (word[0][-1].isdecimal() or word[0].lower() in _FIRST_WORDS):
            match = _ANY.match(text, start)
            if match:
                end = match.end()
                yield match


def _found(text: str, published: date | None) -> Iterator[Expression]:
    for match in candidates(text):
        kind = match.lastgroup or ""
        pattern, reader = _READERS[kind]
        words = pattern.match(text, match.start())
        if words is None or (_DATELINE.match(text, match.end()) and _is_dateline(text, match.start())):
            continue
        lead = lead_before(text, match.start())
        if not _is_date(kind, words, lead, text):
            continue
        try:
            sense = reader(words, published)
        except (ValueError, OverflowError):
            sense = absolute.NO_SUCH_DAY
        if sense.when and sense.when.first and published and sense.when.first > published:
            sense = FUTURE
        yield Expression(lead.start, match.start(), match.end(), match.end(), kind, lead.word, sense)


_DATELINE = re.compile(r"[^\S\n]?(?:\([^()\n]{1,40}\)[^\S\n]?)?(?:—|–|--|-|$|\n)", re.MULTILINE)


def _is_dateline(text: str, at: int) -> bool:
    """Whether a date stands alone on its line, or between a place in capitals and a dash: the day of writing."""
    line = text[max(text.rfind("\n", 0, at) + 1, at - 60) : at].strip(" ,")
    return not line or bool(re.match(r"[A-Z]{3,}[A-Za-z .,’'/—–-]{0,50}$", line))


def _is_date(kind: str, words: re.Match[str], lead: Lead, text: str) -> bool:
    """Whether words that can be a date are one: "May", "Sun" and "2024" need something beside them that says so."""
    start, end = words.span()
    if text[start - 1 : start] in {"-", "$", "£", "€", "#"} and not lead.is_part:
        return False
    if kind == "month":
        return bool(words["which"]) or _is_month(words["month"], lead, text, end)
    if kind == "weekday" and words["short"]:
        return bool(words["which"]) or lead.word == "on" or words.end() > words.end("short") + 1
    if kind == "weekday":
        return not _is_titled(text, start, end) and not _is_any(text, start, end)
    if kind == "year":
        return (
            lead.takes_year
            or _ends_range(text, start)
            or (lead.word == "article" and bool(re.match(r"[^\S\n][A-Za-z]", text[end : end + 2])))
        )
    if kind == "nth":
        return lead.word == "on" and not re.match(
            r"[^\S\n]{1,2}(?!that\b|he\b|she\b|it\b|they\b|the\b|a\b)[a-z]", text[end : end + 8]
        )
    if kind == "deictic":
        is_name = words[0][:1].isupper() and re.search(r"[\w’']\s$", text[max(0, start - 2) : start])
        return not words[0].isupper() and not is_name and not re.search(r"\s[A-Z]", words[0])
    if kind == "vague":
        return (
            not re.match(r"[^\S\n](?:today|tonight|this|on|in|than|at|[A-Z])", text[end : end + 9])
            or words[0].lower() != "earlier"
        )
    return True


_NAMES_TOO = frozenset("april may june august march jan jan. mar".split())  #: months that people are called
_RANGE_START = re.compile(rf"(?:{LONG_MONTH}|\d)(?:[^\S\n](?:and|to|or|until|through)[^\S\n]|[-–])$")

_RANGE_REST = re.compile(rf"[^\S\n](?:and|to|or|until|through)[^\S\n]{LONG_MONTH}")


def _ends_range(text: str, at: int) -> bool:
    """Whether what begins at `at` is the second half of "March to May" or "2021 and 2022"."""
    return bool(_RANGE_START.search(text[max(0, at - 20) : at]))


def _is_month(name: str, lead: Lead, text: str, end: int) -> bool:
    """Whether a bare name is a month: "in May", "a May interview", "from March to May"; not "May said"."""
    is_alone = not re.match(r"[^\S\n][A-Z]", text[end : end + 2])
    if lead.word == "article":
        return text[end : end + 2].strip().islower() or (name.lower() not in _NAMES_TOO and not is_alone)
    if not is_alone and (name.lower() in _NAMES_TOO or lead.word not in _SURE_LEADS):
        return False  # "in May Smith's view"; but "in January Mrs Birk said"
    if _ends_range(text, end - len(name)) or _RANGE_REST.match(text, end):
        return True
    return lead.is_part or (lead.takes_month and (name.lower() not in _NAMES_TOO or lead.word in _SURE_LEADS))


_SURE_LEADS = frozenset({"in", "since", "until", "till", "during"})
_FEASTS = frozenset("good black ash super holy palm easter bloody fat cyber giving maundy shrove".split())
_TITLED = re.compile(rf"[^\S\n](?!{LONG_MONTH})[A-Z][a-z]+")


_ANY_DAY = re.compile(r"\b(?:some|any|every|each|another|most|no)\s$", re.IGNORECASE)
_A_DAY = re.compile(r"\ba\s$")


def _is_any(text: str, start: int, end: int) -> bool:
    """Whether no weekday in particular is meant: "some Sunday", "on a Friday"; not "a Friday meeting"."""
    before = text[max(0, start - 9) : start]
    return bool(_ANY_DAY.search(before)) or (bool(_A_DAY.search(before)) and not text[end : end + 2].strip().islower())


def _is_titled(text: str, start: int, end: int) -> bool:
    """Whether a weekday is part of a name: "Sunday Times", "Good Friday", "Wednesday Club"."""
    before = text[max(0, start - 8) : start].split()
    if before and before[-1].lower() in _FEASTS:
        return True
    return bool(_TITLED.match(text, end)) and text[max(0, start - 4) : start].lower().endswith(("the ", "’s ", "'s "))


def _merged(found: list[Expression], text: str, published: date | None) -> Iterator[Expression]:
    """`found` with what belongs together joined: "from March to May", "a day after the vote on 2 March"."""
    at = 0
    while at < len(found):
        here = found[at]
        after = found[at + 1] if at + 1 < len(found) else None
        joined = _joined(here, after, text, published) if after else None
        if joined:
            found[at + 1] = joined
        elif here.kind != "offset" or here.sense.when or (here.sense.lean and here.sense.lean.event):
            yield _led(here, text, published)
        at += 1


def _joined(here: Expression, after: Expression, text: str, published: date | None) -> Expression | None:
    gap = text[here.end : after.core].strip().lower()
    both = here.sense.when, after.sense.when
    if both[0] and both[1] and gap in {"to", "and", "until", "through", "–", "-"} and here.lead in {"from", "between"}:
        return replace(here, close=after.end, end=after.end, lead="", sense=absolute.spread(both[0], both[1]))
    if here.kind == "beforehand" and _is_near(text[here.end : after.start]):
        if after.sense.is_future:
            return replace(here, end=after.end, sense=FUTURE)
        if both[1] and after.kind == "weekday":
            return replace(here, end=after.end)  # the last or the next such day: only the article's bounds it
        return replace(here, end=after.end, sense=Sense(until(both[1]))) if both[1] else None
    if here.kind in {"offset", "event"} and here.sense.lean and both[1] and _is_near(text[here.end : after.start]):
        sense = settle(here.sense.lean, both[1], published, text[here.start : after.end])
        return replace(here, end=after.end, sense=sense)
    return None


def _is_near(gap: str) -> bool:
    """Whether nothing but a few words of one noun phrase stand between."""
    return len(gap) <= 40 and not re.search(r"[,;:.“”\"\n]", gap) and len(gap.split()) <= 4


_AFTER = frozenset({"after", "following", "since"})
_BEFORE = frozenset({"before", "ahead of", "prior to", "until", "till", "by"})
_HEAD_NOUN = re.compile(r"[’']s(?:[^\S\n][\w-]{1,20}){0,2}?[^\S\n]([a-z]{3,20})\b")


def _led(here: Expression, text: str, published: date | None) -> Expression:
    """`here` with its preposition taken into account: "since Monday" begins there, "before Monday" ends there."""
    when = here.sense.when
    if when is None:
        return here
    noun = _HEAD_NOUN.match(text, here.end)
    here = replace(here, end=noun.end()) if noun else here
    if here.lead in _AFTER | _BEFORE:
        relation = Relation.AFTER if here.lead in _AFTER else Relation.BEFORE
        return replace(here, sense=settle(Lean(relation), when, published, _words(here, text)))
    if here.lead in {"about", "around", "circa"} and not noun:
        return replace(here, sense=Sense(about(when)))
    return here


def _settled(found: list[Expression], text: str, published: date | None) -> Iterator[Expression]:
    """`found` with the leaning ones resolved, where the document's own chain reaches that far."""
    if not found:
        return
    narration = Narration(text)
    chained = []
    for here in found:
        lean = here.sense.lean
        if here.kind in _YEARLESS and published and narration.is_set_before(here, published):
            here = replace(here, sense=Sense(why=_OLD_STORY))  # noqa: PLW2901 - the settled one takes its place
        if lean and not lean.event:
            sense = settle(lean, narration.anchor_of(here), published, _words(here, text))
            here = replace(here, sense=sense)  # noqa: PLW2901 - the settled one takes its place
        narration.tell(here)
        chained.append(here)
    if any(here.sense.lean for here in chained):
        narration.name_events()
    for here in chained:
        lean = here.sense.lean
        if not lean:
            yield here
            continue
        sense = settle(lean, narration.date_of(lean.event, here), published, _words(here, text))
        if sense.when or here.kind != "event":
            yield replace(here, sense=sense)


def _words(expression: Expression, text: str) -> str:
    return text[expression.start : expression.end]
