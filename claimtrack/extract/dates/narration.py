"""What a document has told so far: the dates of its sentences, and the days of the events that it names."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date

from claimtrack.extract.dates.expression import Expression
from claimtrack.extract.dates.leaning import EVENT_WORDS
from claimtrack.extract.dates.when import Grain, When, not_after

_SENTENCE_END = re.compile(r"\n|[.!?]['\"”’)]{0,2}\s{1,3}(?=[A-Z“\"‘'(])")
_ABBREVIATED = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Sen|Gov|Rep|Gen|Col|Rev|Prof)|(?:^|[ .])[A-Z])$")
QUOTED = re.compile(r"“[^”\n]{0,3000}”|\"[^\"\n]{0,3000}\"")
_AHEAD = re.compile(r"\b(?:will|would|shall|scheduled|due|expected|planned|plans|upcoming)\b", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z]+")
_HAS_YEAR = re.compile(r"\d{4}|year|[Ll]ast|[Tt]his")
_LONGEST = 1000  #: characters before a date that are read for what it dates
_EVENT_REACH = 8  #: words of its clause before a date in which an event is looked for
_CLAUSE_BREAK = re.compile(r"[,;:()—–“”\"]")
_LOOK_BACK = 3  #: sentences between a leaning expression and the date that it leans on
_NARRATING = frozenset({"", "on", "in", "at", "during", "over"})  #: leads of a date at which something happened


def _sentence_ends(text: str) -> Iterator[int]:
    for match in _SENTENCE_END.finditer(text):
        at = match.start()
        if text[at] != "." or not _ABBREVIATED.search(text[max(0, at - 6) : at]):
            yield match.end()


class Narration:
    """What the document has told so far: its dates by sentence, and the days of the events that it names."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.ends = list(_sentence_ends(text))
        self.quotes = [match.span() for match in QUOTED.finditer(text)]
        self.dates: dict[int, list[When]] = {}
        self.events: dict[str, list[When]] = {}
        self.first_named: dict[str, int] = {}  #: sentence that names an event first; filled by `name_events`

    def _sentence(self, at: int) -> int:
        return bisect_left(self.ends, at + 1)

    def anchor_of(self, here: Expression) -> When | None:
        """The date that the narration has reached before `here`: its sentence's, else the nearest earlier one's."""
        sentence = self._sentence(here.start)
        for n in range(sentence, max(-1, sentence - _LOOK_BACK - 1), -1):
            if n in self.dates:
                return _agreed(self.dates[n])
        return None

    def is_set_before(self, here: Expression, published: date) -> bool:
        """Whether a month without a year may be one of an old story: "On June 21, 1976 … In July …"."""
        anchor = self.anchor_of(here)
        if anchor is None or anchor.grain not in {Grain.DAY, Grain.MONTH} or anchor.last.year >= published.year - 1:
            return False
        return here.sense.lean is None and not _HAS_YEAR.search(self.text[here.core : here.close])

    def tell(self, here: Expression) -> None:
        """Take in an expression, unless quoted or vague; one that is no plain past date blurs its sentence."""
        when = here.sense.when
        if when is None or here.kind in {"vague", "beforehand"} or _is_inside(self.quotes, here.start):
            return
        n = self._sentence(here.start)
        before = self.text[max(self.ends[n - 1] if n else 0, here.start - _LONGEST) : here.start]
        is_plain = here.lead in _NARRATING and here.kind != "event" and when.first is not None
        is_plain = is_plain and not _AHEAD.search(before)
        self.dates.setdefault(n, []).append(when if is_plain else not_after(when.last))
        if is_plain:
            clause = _CLAUSE_BREAK.split(before)[-1] + self.text[here.close : here.end]
            for event in {EVENT_WORDS.get(word.lower(), "") for word in _WORD.findall(clause)[-_EVENT_REACH:]}:
                self.events.setdefault(event, []).append(when)

    def name_events(self) -> None:
        """Note where each event is named first; one pass over the text."""
        for match in _WORD.finditer(self.text):
            event = EVENT_WORDS.get(match.group().lower())
            if event and event not in self.first_named:
                self.first_named[event] = self._sentence(match.start())

    def date_of(self, event: str, here: Expression) -> When | None:
        """When `event` was, if all that the document says of it agrees.

        Where it says nothing and names the event only now, it is what the sentence before told: "The dam broke on
        Tuesday. After the collapse, …".
        """
        if event in self.events:
            return _agreed(self.events[event])
        n = self._sentence(here.start)
        is_new = self.first_named.get(event, n) >= n - 1
        return _agreed(self.dates[n - 1]) if is_new and n - 1 in self.dates else None


def _agreed(whens: list[When]) -> When | None:
    """The narrowest of several stretches, if all the others hold it."""
    for when in whens:
        if all(other.holds(when) for other in whens):
            return when
    return None


def _is_inside(spans: list[tuple[int, int]], at: int) -> bool:
    n = bisect_left(spans, (at + 1,)) - 1
    return n >= 0 and at < spans[n][1]
