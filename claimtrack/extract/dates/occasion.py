"""Occasions at which several people speak: a meeting, a hearing, a news conference whose day the text tells once.

"The board voted 3-2 Monday night to … Superintendent Long told the board … “We’re solving an adult problem,” said
Trustee Pratt." All of that was said on Monday night, and only the first sentence says so. A statement belongs to an
occasion when something in it shows that its speaker was there and spoke there: whom they addressed ("told the
board"), an answer or question in the exchange, the chair or seat they hold there, or other words of theirs that show
it. Words with an occasion of their own ("in a statement", "told Channel 6", "outside the court", "had said") are left
alone: being in the same story is no evidence, and a wrong day is worse than none.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from claimtrack.attribution import DateBasis, Span
from claimtrack.extract.dates.expression import Expression
from claimtrack.extract.dates.reading import DateReading
from claimtrack.extract.dates.timeline import Timeline
from claimtrack.extract.dates.when import Grain

if TYPE_CHECKING:
    from spacy.tokens import Token

_ONE_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of occasion: words that name it, whom one addresses there, and who speaks there by office."""

    named: "re.Pattern[str]"
    addressed: "re.Pattern[str]"
    offices: frozenset[str]


def _kind(named: str, addressed: str, offices: str) -> _Kind:
    return _Kind(
        re.compile(rf"\b(?:{named})\b"),
        re.compile(rf"\b(?:{addressed})\b"),
        frozenset(offices.split()),
    )


_COURT_PEOPLE = "jury|jurors|inquest|hearing|tribunal|court|judge|judges|justices|magistrates|coroner"
_MEMBERS = (
    "meeting|council|councillors|councilors|committee|board|panel|members|trustees|commission|commissioners|audience|"
    "chamber|assembly|hearing|session|MPs|peers|senators|lawmakers|legislators|parliament|Parliament|House|Senate|"
    "Commons|Assembly|inquiry|residents|colleagues"
)
#: In this order: the first that a sentence names is its kind.
KINDS = {
    # what was said before a verdict may be weeks old: only who speaks from the bench is known to speak that day
    "verdict": _kind(
        r"jailed|sentenced|convicted|acquitted|cleared of|found guilty|(?:court|judge|judges|panel|tribunal|justices)"
        r"(?: [\w’'-]+){0,3} (?:ruled|struck down|overturned|upheld)",
        r"the couple|the defendants?",
        "judge justice magistrate coroner recorder",
    ),
    "court": _kind(
        r"[Cc]ourt|inquest|trial|jury|jurors|tribunal|arraigned|arraignment|hearing|inquiry|"
        r"[Jj]udge(?: on \w+day)? (?:ordered|set|denied|granted|refused)",
        rf"(?:the |an? )?(?:{_COURT_PEOPLE})|(?:[A-Z]\w+ ){{1,3}}Court",
        "judge justice prosecutor coroner magistrate recorder",
    ),
    "press": _kind(
        r"(?:news|press) (?:conference|briefing)|briefing|podium|(?:conference|earnings) call|call with analysts",
        r"(?:a |the |one |another )?(?:reporters?|journalists|analysts)|(?:news|press) conference|briefing",
        "",
    ),
    "debate": _kind(r"[Dd]ebate|debated", r"opponent|audience|rival|moderator|him|her|voters", "moderator"),
    "meeting": _kind(
        r"[Mm]eeting|councillors|council members|board|committee|panel|MPs|lawmakers|trustees|commissioners|"
        r"session|full council|councilors|evidence to",
        rf"(?:(?:the |a |full |town |city |school |House |Senate ){{0,6}})(?:{_MEMBERS})",
        "cllr coun councillor councilor councilman councilwoman councilmember alderman alderwoman trustee chair "
        "chairman chairwoman",
    ),
    # posts are dated for who posts, not for who reads and answers them
    "thread": _kind(
        r"posted|tweeted|[Tt]hread|followers",
        r"followers",
        "",
    ),
    "stage": _kind(
        r"[Cc]onference|rally|delegates|summit",
        r"delegates|(?:the )?(?:conference|rally|crowd|hall|summit|audience|congregation|mourners)",
        "",
    ),
}
#: Doings that show an exchange when they stand right after words of the occasion.
_EXCHANGE = frozenset(
    "reply answer counter retort shoot interrupt interject shout ask demand object respond agree intervene heckle"
    " quip yell cry".split()
)
_ASKED = re.compile(r"(?:When )?(?:[Aa]sked|[Pp]ressed|[Qq]uestioned|[Cc]hallenged)\b")
#: What lawyers and witnesses do in court alone.
_IN_COURT = frozenset("argue submit testify plead".split())
_WRITTEN = frozenset("write tweet post email text blog publish print note".split())
_POSTED = frozenset("write tweet post add reply answer joke quip".split())
#: Words of the frame that give a statement an occasion of its own.
_ELSEWHERE = re.compile(
    r"\b(?:in (?:an?|his|her|its|their|the|written|one|another)(?: [\w’'-]+){0,4}? ?(?:statement|interview|letter|"
    r"e-?mail|post|tweet|blog|article|memo|note|message|text|brief|filing|report|book|memoir|column|video|broadcast|"
    r"televised|submission|release|thread|evidence|email|study|survey|podcast|programme|program)|"
    r"interviewed|by (?:tele)?phone|by (?:text|e-?mail|letter)|on (?:X|Twitter|Facebook|Instagram|LinkedIn|TikTok|air)|"
    r"on (?:social media|television|TV|radio)|[Oo]utside|[Aa]fterwards?|[Ll]ater|[Ee]arlier|[Pp]reviously|[Oo]nce|"
    r"[Bb]efore|[Aa]head of|[Aa]fter|[Ss]ince|[Ii]n the past|[Rr]ecalled|"
    r"this (?:newspaper|paper|website|programme|agency))\b"
)
_TOLD_SOMEBODY = re.compile(
    r"\b(?:told|tells|telling|to|with) (?:the )?((?:[A-Z][\w&’'.-]*|\d+)(?: (?:[A-Z][\w&’'.-]*|\d+))*)"
    r"|\btold (reporters|journalists|us|me|friends|colleagues|supporters|followers|police|officers|detectives)\b"
)
_JOINED = re.compile(
    r"\bwho (?:joined|spoke (?:after|before|alongside|next)|stood (?:beside|next to|alongside)|sat (?:beside|next to)|"
    r"followed|opened|chaired|seconded|proposed|voted)\b|"
    r"\bat the (?:podium|lectern|same meeting|meeting|hearing|debate)\b|"
    r"\b(?:[Aa]sked|[Pp]ressed|[Qq]uestioned|[Cc]hallenged) by\b|\b[Uu]nder cross-examination\b"
)
_DEFINITE = re.compile(
    r"\bthe (?:[\w-]+ )?(?:meeting|hearing|debate|session|rally|inquest|(?:news|press) conference)\b|"
    r"\btold (?:delegates|councillors|councilors|trustees)\b"
)
_COURT = re.compile(r"\b(?:[Cc]ourt|[Tt]ribunal|[Bb]ench)\b")
_AT = re.compile(r"\b(?:at|during) (?:an?|the|[A-Z]\w+|his|her|their)\b")
#: Words after which a frame names somebody who stands beside the speaker.
BESIDE = re.compile(r"\b(?:flanked by|alongside|joined by|(?:standing|sitting) (?:beside|next to)|appearing with)\b")
#: Chairs of the body that meets, where "president" alone could be anybody's.
_OF_BODY = re.compile(
    r"\b(?:[Bb]oard|[Cc]ouncil|[Cc]ommittee|[Pp]anel|[Cc]ommission)(?:['’]s)? (?:president|chair\w*|vice-\w+)\b"
)
_AHEAD = re.compile(r"\b(?:will|would|shall|due|scheduled|expected|planned|set to|upcoming)\b")
LEAD_PARAGRAPHS = 5  #: in which the story says what occasion it tells of
_NEAR = 2  #: paragraphs between words of an exchange


@dataclass(slots=True)
class Said:
    """A statement as far as occasions go. `frame` is its sentence without anybody's reported words."""

    at: int
    paragraph: int
    speaker: str | None
    is_person: bool
    is_somebody: bool  #: unnamed, but described: "a mother of three"
    offices: frozenset[str]
    cue: "Token | None"
    cue_base: str
    frame: str
    reading: DateReading
    is_question: bool = False
    is_carried: bool = False  #: a floating quotation or a block: no cue of its own
    is_inner: bool = False
    is_quoted: bool = False  #: some of its words stand in marks
    is_turn: bool = False  #: labelled, in an excerpt from a record
    names: frozenset[str] = frozenset()  #: last names of people in the article
    beside: frozenset[str] = frozenset()  #: people whom the frame places beside the speaker


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of the writer's own in the first paragraphs; `words` are without quotations."""

    paragraph: int
    place: Span
    words: str
    people: frozenset[str] = frozenset()  #: full names of the people named in it
    beside: frozenset[str] = frozenset()  #: of these, who stands beside a speaker


@dataclass(slots=True)
class _Occasion:
    kind: str
    at: int
    reading: DateReading
    speakers: set[str] = field(default_factory=set)


def days_of_occasions(
    said: Sequence[Said], sentences: Sequence[Told], title: str, timeline: Timeline
) -> dict[int, DateReading]:
    """For statements (by their place in `said`) that belong to a dated occasion, the reading that its day gives them.

    `said` are all statements in reading order, with the dates that their own sentences give; `sentences` the writer's
    own sentences of its first paragraphs, `title` its heading. Only statements whose basis is ARTICLE are dated.
    """
    occasions = _occasions(said, sentences, title, timeline)
    dated: dict[int, DateReading] = {}
    order = sorted((i for i, one in enumerate(said) if not one.is_inner), key=lambda i: said[i].at)
    starts = [said[i].at for i in order]
    companions = [told for told in sentences if told.beside]
    for n, occasion in enumerate(occasions):
        end = occasions[n + 1].at if n + 1 < len(occasions) else len(timeline.text) + 1
        for told in companions:
            if occasion.at <= told.place.start < end and _named(told.words) == occasion.kind:
                occasion.speakers |= told.beside
        span = order[bisect_left(starts, occasion.at) : bisect_left(starts, end)]
        dated.update(_members(said, span, occasion))
    return dated


def _occasions(said: Sequence[Said], sentences: Sequence[Told], title: str, timeline: Timeline) -> list[_Occasion]:
    """Occasions in order of their first words: dated statements that name one, and leads that tell of one."""
    found: list[_Occasion] = []
    presupposed = _presupposed(said, sentences, timeline)
    for one in said:
        reading = one.reading
        if reading.basis is DateBasis.TEXT and _ONE_DAY.fullmatch(reading.said_on or "") and not one.is_inner:
            kind = _held(one)
            if kind is None and one.is_person and sentences and one.paragraph == sentences[0].paragraph:
                kind = presupposed
            if kind and not _ELSEWHERE.search(one.frame):
                found.append(_Occasion(kind, one.at, reading, {*one.beside, *filter(None, [one.speaker])}))
    days = sorted(one.reading.span.start for one in said if one.reading.span is not None and one.speaker)
    for told in sentences:
        if told.paragraph > LEAD_PARAGRAPHS or _AHEAD.search(told.words) or _holds(told.place, days):
            continue
        day = _day_of(told.place, timeline)
        is_lead = told.paragraph == sentences[0].paragraph
        kind = _named(told.words) or ((_debate(title) or presupposed) if is_lead else None)
        if day is not None and kind:
            found.append(_Occasion(kind, told.place.start, day, set(told.people) if kind == "thread" else set()))
    found.sort(key=lambda occasion: occasion.at)
    return _joined(found)


def _joined(found: list[_Occasion]) -> list[_Occasion]:
    """Neighbours on one day are one occasion; the kind that its first words give stays."""
    out: list[_Occasion] = []
    for occasion in found:
        if out and out[-1].reading.said_on == occasion.reading.said_on:
            out[-1].speakers |= occasion.speakers
            if out[-1].kind == "verdict" and occasion.kind != "verdict" and occasion.speakers:
                out[-1].kind = occasion.kind
            continue
        out.append(occasion)
    return out


def _named(frame: str) -> str | None:
    return next((name for name, kind in KINDS.items() if kind.named.search(frame)), None)


def _holds(span: Span, starts: list[int]) -> bool:
    """Whether one of the sorted places lies in `span`."""
    at = bisect_left(starts, span.start)
    return at < len(starts) and starts[at] < span.end


def _held(one: Said) -> str | None:
    """The kind of occasion that a dated statement was made at.

    A trial goes on for days, so there it takes "at" or "during", or the court's own words.
    """
    kind = _named(one.frame)
    if kind not in ("court", "verdict") or _AT.search(one.frame) or _COURT.search(one.speaker or ""):
        return kind
    return None


def _debate(title: str) -> str | None:
    """A debate stands in the title, where the lead need not call it one."""
    return "debate" if KINDS["debate"].named.search(title) else None


def _presupposed(said: Sequence[Said], sentences: Sequence[Told], timeline: Timeline) -> str | None:
    """The kind of occasion that the lead tells of without a word for it.

    "The minister copped a bucketing on Friday …, Ms Birk told the meeting": "the" says that the meeting is known, and
    nothing but the lead has told of it.
    """
    early = [one.frame for one in said if one.paragraph <= LEAD_PARAGRAPHS and one.reading.basis is DateBasis.ARTICLE]
    early += [told.words for told in sentences if not timeline.within(told.place.start, told.place.end)]
    definite = next(filter(None, map(_DEFINITE.search, early)), None)
    return _named(definite.group()) if definite else None


def _day_of(span: Span, timeline: Timeline) -> DateReading | None:
    """The one day that a sentence of the writer's gives what it tells; None where it gives several or none."""
    days = [e for e in timeline.within(span.start, span.end) if e.sense.when and e.sense.when.grain is Grain.DAY]
    if len(days) != 1 or not _is_plain_day(days[0], timeline.text):
        return None
    only = days[0]
    when = only.sense.when
    if when is None:
        return None
    place = Span(only.start, only.end)
    return DateReading(when.edtf, place.of(timeline.text), DateBasis.TEXT, "date.occasion", None, place)


def _is_plain_day(day: Expression, text: str) -> bool:
    when = day.sense.when
    is_owner = text[day.close : day.close + 2] in ("’s", "'s")
    return (
        when is not None and when.grain is Grain.DAY and not is_owner and day.lead in {"", "on"} and day.kind != "event"
    )


def _members(said: Sequence[Said], places: list[int], occasion: _Occasion) -> dict[int, DateReading]:
    """The undated statements of people who are shown to speak at the occasion."""
    kind = KINDS[occasion.kind]
    speakers = set(occasion.speakers)
    shown: set[int] = set()
    before: int | None = None
    for i in places:
        one = said[i]
        if one.reading.basis is DateBasis.TEXT:
            before = i if one.reading.said_on == occasion.reading.said_on else None
            continue
        if _is_shown(one, kind, said[before] if before is not None else None, occasion):
            shown.add(i)
            if one.speaker and one.is_person:
                speakers.add(one.speaker)
            before = i
        elif one.speaker in speakers and _may_continue(one, occasion.kind):
            before = i
    dated = {}
    away: set[str] = set()  #: people whose latest words have another day or occasion
    for i in places:
        one = said[i]
        is_undated = one.reading.basis is DateBasis.ARTICLE
        if i in shown or (is_undated and one.speaker in speakers - away and _may_continue(one, occasion.kind)):
            if is_undated:
                dated[i] = _carried(occasion)
            away.discard(one.speaker or "")
        elif one.speaker:
            is_same = not is_undated and one.reading.said_on == occasion.reading.said_on
            (away.discard if is_same else away.add)(one.speaker)
    return dated


def _carried(occasion: _Occasion) -> DateReading:
    there = occasion.reading
    return DateReading(there.said_on, there.words, DateBasis.TEXT, "date.occasion", None, there.span)


def _is_shown(one: Said, kind: _Kind, before: Said | None, occasion: _Occasion) -> bool:
    """Whether a statement itself shows that it was made at the occasion."""
    if kind is KINDS["thread"]:
        return False
    if one.is_turn:
        return True
    if not _may_continue(one, occasion.kind) or one.is_carried:
        return False
    told = one.frame
    if one.cue is not None and kind.addressed.search(_after_cue(one)):
        return True
    if one.is_person and (one.offices & kind.offices or (kind is KINDS["meeting"] and _OF_BODY.search(told))):
        return True
    if one.is_person and (_JOINED.search(told) or (kind is KINDS["court"] and one.cue_base in _IN_COURT)):
        return True
    if before is None or one.paragraph - before.paragraph > _NEAR:
        return False
    if one.cue_base in _EXCHANGE and (one.is_person or one.is_question or one.is_somebody):
        return True
    return one.is_person and (before.is_question or _ASKED.match(told) is not None)


def _after_cue(one: Said) -> str:
    """The words of the frame after the cue, as far as whom it addresses goes: the next six."""
    if one.cue is None:
        return ""
    _, _, rest = one.frame.partition(one.cue.text)
    return " ".join(rest.split()[:6]).split(",")[0]


def _may_continue(one: Said, kind: str) -> bool:
    """Whether nothing gives a statement an occasion of its own: a plain past, said aloud, to nobody elsewhere."""
    if one.is_carried or one.is_turn:
        return True
    cue = one.cue
    if cue is None or cue.lower_ == "according":
        return False
    is_passive = cue.tag_ == "VBN" and any(child.lower_ in ("was", "were") for child in cue.children)
    if cue.tag_ not in ("VBD", "VBG") and not is_passive:
        return False
    if any(child.dep_ == "aux" for child in cue.children):
        return False
    if kind == "thread":
        return one.is_quoted and one.cue_base in _POSTED and not _ELSEWHERE.search(one.frame)
    if one.cue_base in _WRITTEN and not (kind == "verdict" and one.offices & KINDS[kind].offices):
        return False
    if _ELSEWHERE.search(one.frame):
        return False
    for match in _TOLD_SOMEBODY.finditer(one.frame):
        if match[2]:
            if not KINDS[kind].addressed.search(match[2]):
                return False
        elif not (KINDS[kind].addressed.search(match[1]) or _is_somebody(match[1], one)):
            return False
    return True


def _is_somebody(words: str, one: Said) -> bool:
    return words.rsplit(maxsplit=1)[-1].removesuffix("’s").removesuffix("'s") in one.names
