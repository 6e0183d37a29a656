"""Expressions that lean on another date of the document ("two days later", "after the vote"), and vague ones."""

import re
from datetime import date

from claimtrack.extract.dates.expression import Lean, Relation, Sense
from claimtrack.extract.dates.names import GAP, NUMBER, UNIT, VAGUE_NUMBER, number
from claimtrack.extract.dates.when import (
    DAY,
    WEEK,
    Grain,
    When,
    between,
    in_week_of,
    in_year,
    join,
    months_from,
    not_after,
    on_day,
    until,
)

Words = re.Match[str]

#: Words for the same event, as a text varies them: (nouns that "after the …" can name, verbs that tell of it).
EVENTS = {
    "call": ("call conversation", "phone phoned telephone telephoned spoke"),
    "meeting": ("meeting summit talks gathering", "met"),
    "vote": ("vote ballot referendum election poll", "voted elected"),
    "ruling": ("ruling verdict judgment judgement decision sentence sentencing", "ruled convicted acquitted sentenced"),
    "attack": ("attack assault raid bombing shooting stabbing blast explosion", "attacked exploded raided stabbed"),
    "crash": ("crash accident collision derailment", "crashed collided derailed"),
    "collapse": ("collapse landslide", "collapsed"),
    "hearing": ("hearing trial testimony inquest session", "testified heard"),
    "speech": ("speech address remarks", ""),
    "debate": ("debate", "debated"),
    "match": ("match game final defeat win victory", "won lost beat"),
    "arrest": ("arrest detention", "arrested detained"),
    "resignation": ("resignation departure", "resigned quit"),
    "death": ("death killing murder", "died killed murdered"),
    "protest": ("protest demonstration rally march", "protested rallied marched"),
    "announcement": ("announcement", "announced"),
    "deal": ("deal agreement accord", "signed agreed"),
    "visit": ("visit trip", "visited"),
    "fire": ("fire blaze", "burned burnt"),
    "storm": ("storm hurricane flood flooding", "flooded"),
    "quake": ("quake earthquake tremor", ""),
    "strike": ("strike walkout", "walked"),
    "launch": ("launch", "launched"),
    "closure": ("closure", "closed shut"),
    "publication": ("report publication release", "published released"),
}
#: Where words stand that are as old as the thing itself: its date is that of the saying.
DOCUMENTS = frozenset(
    """
    announcement appeal article blog blogpost book brief bulletin column comment comments communique communiqué
    complaint diary dispatch document editorial email e-mail essay filing indictment inquiry interview judgment
    judgement letter lawsuit manifesto memo memoir memoirs memorandum message motion note notice op-ed opinion order
    paper petition poll post press proclamation release remarks reply report resolution review ruling speech
    statement study submission survey testimony text thread tweet verdict video podcast broadcast clip footage
    recording address affidavit audit analysis briefing conference
    """.split()
)
EVENT_OF = {noun: event for event, (nouns, _) in EVENTS.items() for noun in nouns.split()}
EVENT_WORDS = {word: event for event, pair in EVENTS.items() for words in pair for word in words.split()} | {
    noun + "s": event for noun, event in EVENT_OF.items() if not noun.endswith("s")
}
_NOUN = "(?:" + "|".join(sorted(EVENT_OF, key=len, reverse=True)) + ")"
_NAMED = rf"(?:the|that|this|their|his|her|its|a|an){GAP}(?:[\w’'-]{{1,20}}{GAP}){{0,2}}?(?P<event>{_NOUN})\b"
_COUNT = rf"(?:(?:(?P<few>{VAGUE_NUMBER})|(?P<count>{NUMBER}|the)){GAP})?"

LATER = (
    rf"(?i:{_COUNT}(?P<unit>{UNIT})s?{GAP}(?:(?P<later>later|afterwards?|after(?=[,.;:]))|earlier|previously"
    rf"|before(?=[,.;:]|{GAP}had\b)))\b"
)
OFFSET = (
    rf"(?i:{_COUNT}(?P<unit>{UNIT})s?{GAP}(?:(?P<later>after|following)|before(?!{GAP}last\b)|prior{GAP}to))"
    rf"\b(?:{GAP}{_NAMED})?"
)
NEXT = (
    rf"(?i:(?:on{GAP}|in{GAP})?the{GAP}(?:(?P<next>next|following)|previous){GAP}"
    r"(?P<unit>day|morning|afternoon|evening|night|week|month|year))\b"
)
SAME = (
    rf"(?i:(?:(?:earlier|later){GAP})?(?:on{GAP}|in{GAP})?(?:the{GAP}same|that(?:{GAP}same|{GAP}very)?)"
    rf"{GAP}(?P<unit>day|morning|afternoon|evening|night|week|month|year)"
    rf"|(?:earlier|later){GAP}in{GAP}the{GAP}(?P<part>day|week|month|year))\b"
)
AT_THE_TIME = rf"(?i:at{GAP}(?:the|that){GAP}(?:time|point|moment)|back{GAP}then|in{GAP}those{GAP}days)\b(?!{GAP}of\b)"
EVENT = rf"(?i:after|following|since|in{GAP}the{GAP}wake{GAP}of)\b{GAP}(?i:{_NAMED})"
BEFOREHAND = (
    rf"(?i:in{GAP}the{GAP}(?:(?:run-up|lead-up|build-up|runup){GAP}to|(?:days|weeks|months|hours){GAP}(?:before|leading{GAP}up{GAP}to))"
    rf"|ahead{GAP}of|prior{GAP}to|before){GAP}(?i:{_NAMED})"
    rf"|(?i:(?:in{GAP}the{GAP}(?:run-up|lead-up|build-up|runup){GAP}to|ahead{GAP}of|prior{GAP}to){GAP}"
    rf"(?:the|his|her|their|its){GAP}[\w’'-]{{1,30}})"
)
_PAPERS = "|".join(sorted(DOCUMENTS, key=len, reverse=True))
VAGUE = (
    rf"(?i:(?:earlier|previous|prior|past|recent){GAP}(?:[\w’'-]{{1,20}}{GAP}){{0,2}}?(?:{_PAPERS})"
    rf"|previously|recently|formerly|lately|earlier|beforehand|the{GAP}other{GAP}day"
    rf"|in{GAP}(?:recent|past){GAP}(?:days|weeks|months|years|interviews|speeches|statements|posts|letters)"
    rf"|in{GAP}the{GAP}(?:recent{GAP})?past(?=[,.;:]|{GAP}(?:that|she|he|it|they)\b))\b"
)

NOT_DATED = "The text does not date what “{}” counts from."


def read_later(words: Words, _published: date | None) -> Sense:
    """Two days later, a week earlier; days later."""
    return Sense(lean=_shift(words))


def _shift(words: Words) -> Lean:
    named = words.groupdict().get("event")
    event = EVENT_OF[named.lower()] if named else ""
    is_later = bool(words["later"])
    unit = words["unit"].lower()
    plain_count = (words["count"] or "").lower()
    count = 1 if plain_count == "the" else number(plain_count) if plain_count else None
    if count is None and unit in {"minute", "hour"}:
        count = 1
    if count is None:
        return Lean(Relation.AFTER if is_later else Relation.BEFORE, event=event)
    return Lean(Relation.SHIFT, count if is_later else -count, unit, event)


def read_next(words: Words, _published: date | None) -> Sense:
    """The next day, the previous week."""
    unit = words["unit"].lower()
    unit = unit if unit in {"week", "month", "year"} else "day"
    return Sense(lean=Lean(Relation.SHIFT, 1 if words["next"] else -1, unit))


def read_same(words: Words, _published: date | None) -> Sense:
    """That day, later the same week, earlier in the day."""
    unit = (words["unit"] or words["part"]).lower()
    return Sense(lean=Lean(Relation.SAME, unit=unit if unit in {"week", "month", "year"} else "day"))


def read_at_the_time(_words: Words, _published: date | None) -> Sense:
    """At the time: the date of the event told before, if the document gives one."""
    return Sense(lean=Lean(Relation.SAME))


def read_event(words: Words, _published: date | None) -> Sense:
    """After the vote."""
    return Sense(lean=Lean(Relation.AFTER, event=EVENT_OF[words["event"].lower()]))


def read_vague(_words: Words, published: date | None) -> Sense:
    """Previously, earlier, in the run-up to the vote: some day not after the document's."""
    return (
        Sense(not_after(published)) if published else Sense(why="The text gives no day, and the document has no date.")
    )


def settle(lean: Lean, anchor: When | None, published: date | None, words: str) -> Sense:
    """What an expression comes to beside the date that it leans on; open where that is missing or too coarse."""
    when = None
    if anchor is not None and "~" not in anchor.edtf and "[" not in anchor.edtf:
        try:
            when = _settled(lean, anchor, published)
        except (ValueError, OverflowError):
            when = None
    if when is None or (published and when.first and when.first > published):
        return Sense(why=NOT_DATED.format(words))
    return Sense(when)


def _settled(lean: Lean, anchor: When, published: date | None) -> When | None:
    first, is_day = anchor.first, anchor.grain is Grain.DAY
    if lean.relation is Relation.BEFORE:
        return until(anchor)
    if first is None:
        return None
    if lean.relation is Relation.AFTER:
        return join(anchor, on_day(published)) if published else None
    if lean.relation is Relation.SAME:
        return _same(lean, anchor, first)
    if lean.unit in {"minute", "hour"}:
        return _within_a_day(lean, first) if is_day else None
    if lean.unit in {"day", "night"}:
        return on_day(first + DAY * lean.count) if is_day else None
    if lean.unit in {"week", "fortnight"}:
        weeks = lean.count * (2 if lean.unit == "fortnight" else 1)
        if is_day and abs(weeks) == 1:
            return on_day(first + WEEK * weeks)
        return in_week_of(first + WEEK * weeks) if is_day or anchor.grain is Grain.WEEK else None
    if lean.unit == "month":
        return months_from(first, lean.count) if is_day or anchor.grain is Grain.MONTH else None
    if first.year != anchor.last.year:
        return None
    return in_year(first.year + lean.count * (10 if lean.unit == "decade" else 1))


def _within_a_day(lean: Lean, day: date) -> When | None:
    """Minutes or hours from some time of a day: that day or the one beside it."""
    if lean.unit == "hour" and abs(lean.count) > 24:
        return None
    return between(day, day + DAY) if lean.count >= 0 else between(day - DAY, day)


def _same(lean: Lean, anchor: When, first: date) -> When | None:
    """The unit that holds all of the anchor; the anchor itself where no unit is named."""
    if lean.unit == "":
        return anchor
    if lean.unit == "date":
        return on_day(date(first.year, *divmod(lean.count, 100))) if first.year == anchor.last.year else None
    when = {"day": on_day(first), "week": in_week_of(first), "month": months_from(first, 0)}.get(
        lean.unit, in_year(first.year)
    )
    return when if when.holds(anchor) else None
