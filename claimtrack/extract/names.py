"""Names of a text, found by capitals and syntax: who is mentioned where, and which mentions are one person.

No statistical name finder is used: on news it costs more than the parser and found 113 of 121 names, and what a
statement needs is the names that speak, which capitals, titles and verbs of saying give away.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from claimtrack.attribution import Span
from claimtrack.extract.people import (
    DOCUMENTS,
    FEMALE_NAMES,
    FEMALE_ROLES,
    GIVEN_NAMES,
    HONORIFICS,
    HONORIFICS_FEMALE,
    HONORIFICS_MALE,
    MALE_NAMES,
    MALE_ROLES,
    NOT_NAMES,
    ORG_WORDS,
    ROLES,
)

_PARTICLES = "de|del|della|da|dos|van|von|der|den|bin|ibn|al|el|la|le|du|di|ter|ten|y|zu|af|av"
_CAPITAL = r"(?:[^\W\d_a-zà-öø-ÿ](?:[\w’'&-]{0,30}[\w])?\.?)"
_RUN = re.compile(rf"{_CAPITAL}(?:[ \u00a0](?:(?:{_PARTICLES})[ \u00a0])?{_CAPITAL}){{0,7}}")
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(slots=True)
class Entity:
    """One person or body, with every mention that was found."""

    name: str
    words: tuple[str, ...]
    is_person: bool
    gender: str | None = None
    mentions: list[Span] = field(default_factory=list)
    #: nouns that the text gives: "mayor", "billionaire"
    roles: set[str] = field(default_factory=set)
    phrases: set[str] = field(default_factory=set)
    age: str | None = None


@dataclass(slots=True, order=True)
class Mention:
    """A place where an entity is named."""

    start: int
    end: int
    entity: int
    #: role words directly before the name
    title: str = ""


class Names:
    """The names of one text."""

    def __init__(self, text: str, skip: Iterable[Span] = ()) -> None:
        self.text = text
        self.entities: list[Entity] = []
        self.mentions: list[Mention] = []
        self._by_last: dict[str, list[int]] = {}
        self._by_words: dict[tuple[str, ...], int] = {}
        self._single: dict[str, int] = {}
        skipped = list(skip)
        self._read(skipped)

    # -- building ------------------------------------------------------------------------------------------------

    def _read(self, skipped: list[Span]) -> None:
        found = []
        n = 0
        for match in _RUN.finditer(self.text):
            while n < len(skipped) and skipped[n].end <= match.start():
                n += 1
            in_heading = n < len(skipped) and skipped[n].start <= match.start()
            for start, end in _pieces(self.text, match.start(), match.end()):
                found.append((start, end, in_heading))
        parsed = [(s, e, _split(self.text, s, e), h) for s, e, h in found]
        firsts = {p[1][0] for _, _, p, _ in parsed if p and len(p[1]) >= 2}
        for start, end, piece, in_heading in parsed:
            if not piece or in_heading:
                continue
            title, words, name_start = piece
            if len(words) >= 2:
                self._full(name_start, end, title, words)
        del firsts
        for start, end, piece, in_heading in parsed:
            if not piece:
                continue
            title, words, name_start = piece
            if len(words) == 1 or in_heading:
                self._short(name_start, end, title, words, in_heading)
        self.mentions.sort()
        for mention in self.mentions:
            self.entities[mention.entity].mentions.append(Span(mention.start, mention.end))
        for entity in self.entities:
            self._describe(entity)

    def _full(self, start: int, end: int, title: str, words: tuple[str, ...]) -> None:
        key = tuple(w.lower() for w in words)
        index = self._by_words.get(key)
        if index is None:
            index = self._compatible(words)
        if index is None:
            index = len(self.entities)
            person = _is_person(words, title)
            self.entities.append(Entity(" ".join(words), words, person, _gender(words, title)))
            self._by_last.setdefault(key[-1], []).append(index)
        else:
            entity = self.entities[index]
            if len(words) > len(entity.words):
                entity.name, entity.words = " ".join(words), words
            entity.gender = entity.gender or _gender(words, title)
            entity.is_person = entity.is_person or (bool(title) and _is_person(words, title))
        self._by_words[key] = index
        self.mentions.append(Mention(start, end, index, title))

    def _compatible(self, words: tuple[str, ...]) -> int | None:
        """An entity of the same last name whose given names do not disagree: initials, middle names, nicknames no."""
        for index in self._by_last.get(words[-1].lower(), ()):
            other = self.entities[index].words
            first, second = words[0].rstrip(".").lower(), other[0].rstrip(".").lower()
            if first == second or (len(first) == 1 or len(second) == 1) and first[0] == second[0]:
                return index
            if first in [w.lower() for w in other[1:-1]] or second in [w.lower() for w in words[1:-1]]:
                return index
        return None

    def _short(self, start: int, end: int, title: str, words: tuple[str, ...], in_heading: bool) -> None:
        key = tuple(w.lower() for w in words)
        if len(words) > 1:
            if key in self._by_words:
                self.mentions.append(Mention(start, end, self._by_words[key], title))
            return
        index = self._surname(key[0], start, title)
        if index is None and not in_heading:
            index = self._single.get(key[0])
            if index is None:
                index = len(self.entities)
                person = bool(title) or key[0] in GIVEN_NAMES
                self.entities.append(Entity(words[0], words, person, _gender(words, title)))
                self._single[key[0]] = index
            elif title:
                self.entities[index].is_person = True
                self.entities[index].gender = self.entities[index].gender or _gender(words, title)
        if index is not None:
            self.mentions.append(Mention(start, end, index, title))

    def _surname(self, last: str, at: int, title: str) -> int | None:
        """The entity that a single name means: a person of that last name, or of that given name."""
        found = [i for i in self._by_last.get(last, ()) if self.entities[i].is_person]
        if not found:
            found = [i for i, e in enumerate(self.entities) if e.is_person and len(e.words) > 1 and e.words[0].lower() == last] if last in GIVEN_NAMES else []
        if not found:
            found = self._by_last.get(last, [])[:0]
        if not found:
            return None
        if len(found) == 1:
            return found[0]
        gender = _gender((last,), title)
        if gender and (same := [i for i in found if self.entities[i].gender == gender]):
            found = same
        best, place = found[0], -1
        for mention in self.mentions:
            if mention.entity in found and place < mention.start < at:
                best, place = mention.entity, mention.start
        return best

    def _describe(self, entity: Entity) -> None:
        """Collect role words before and after each mention of a person, and the age."""
        if not entity.is_person:
            return
        for mention in entity.mentions[:40]:
            before = self.text[max(0, mention.start - 80) : mention.start]
            before = re.split(r"[.!?;:,\n“”\"]", before)[-1]
            words = re.findall(r"[\w’'-]+", before.lower())
            if words and words[-1] in ROLES:
                entity.roles.add(words[-1])
                entity.phrases.add(" ".join(words[-3:]))
            after = self.text[mention.end : mention.end + 140]
            if match := re.match(r",? ?\(?(?:aged )?(\d{1,3})\b", after):
                entity.age = entity.age or match.group(1)
            match = re.match(r"(?:, \d{1,3})?, ((?:[^\n.;:!?“”\"]|(?<=[A-Z])\.){3,120}?)(?:,|\.|;|$)", after) or re.match(r" (?:is|was|became) ((?:the|an?) [^\n.;:!?,“”\"]{3,80})", after)
            if match:
                phrase = match.group(1).lower()
                head = re.split(r"\b(?:of|for|at|in|who|from|with|to|on|and)\b", phrase)[0]
                nouns = [w for w in re.findall(r"[\w’'-]+", head) if w in ROLES or w in FEMALE_ROLES or w in MALE_ROLES]
                if nouns:
                    entity.roles.update(nouns[-1:])
                    entity.phrases.add(phrase)
        for role in entity.roles:
            if entity.gender is None:
                entity.gender = "f" if role in FEMALE_ROLES else "m" if role in MALE_ROLES else None

    # -- asking --------------------------------------------------------------------------------------------------

    def within(self, span: Span) -> list[Mention]:
        """Mentions inside `span`, in order."""
        import bisect

        i = bisect.bisect_left(self.mentions, Mention(span.start, 0, -1))
        out = []
        while i < len(self.mentions) and self.mentions[i].start < span.end:
            if self.mentions[i].end <= span.end:
                out.append(self.mentions[i])
            i += 1
        return out


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A run of capitalised words, cut after a full stop that is no initial's and before a possessive's noun."""
    out = []
    at = start
    for match in re.finditer(r"['’]s?(?=[ \u00a0])|(?<=[a-z]{3})\.(?=[ \u00a0])", text[start:end]):
        word = text[at : start + match.start()].split()[-1:] or [""]
        if match.group() == "." and word[0].lower() in HONORIFICS:
            continue
        out.append((at, start + match.start()))
        at = start + match.end()
        while at < end and text[at].isspace():
            at += 1
    if at < end:
        stop = end
        while stop > at and text[stop - 1] in ".’'":
            if text[stop - 1] == "." and (stop - at < 3 or text[stop - 2].isupper() or text[max(at, stop - 3) : stop] in ("Jr.", "Sr.")):
                break
            stop -= 1
        tail = text[at:stop]
        if match := _POSSESSIVE.search(tail):
            stop = at + match.start()
        if stop > at:
            out.append((at, stop))
    return out


_WORDS = re.compile(r"[^\s\u00a0]+")


def _split(text: str, start: int, end: int) -> tuple[str, tuple[str, ...], int] | None:
    """Title, words of the name and where the name begins; None when it is no name."""
    words = [(m.group(), start + m.start()) for m in _WORDS.finditer(text[start:end])]
    while words and words[0][0].lower().strip(".,’'") in NOT_NAMES and words[0][0].lower().strip(".") not in ("may", "mr", "mrs", "ms"):
        words.pop(0)
    if words and words[0][0].lower().strip(".") in NOT_NAMES and len(words) == 1:
        return None
    cut = 0
    for i, (word, _) in enumerate(words[:-1]):
        low = word.lower().strip(".")
        if low in ROLES or low in HONORIFICS:
            cut = i + 1
    title = " ".join(w.lower().strip(".") for w, _ in words[:cut])
    if cut:
        words = words[cut:]
    if not words:
        return None
    last = words[-1][0].lower().strip(".")
    if len(words) == 1 and (last in ROLES or last in HONORIFICS or last in DOCUMENTS) and not title:
        return None
    return title, tuple(w for w, _ in words), words[0][1]


def _is_person(words: tuple[str, ...], title: str) -> bool:
    lows = [w.lower().strip(".") for w in words]
    if any(w in ORG_WORDS for w in lows):
        return False
    if title or lows[0] in GIVEN_NAMES:
        return True
    if any(w.isupper() and len(w) > 2 for w in words):
        return False
    return 2 <= len(words) <= 4


def _gender(words: tuple[str, ...], title: str) -> str | None:
    for word in title.split():
        if word in HONORIFICS_MALE or word in MALE_ROLES:
            return "m"
        if word in HONORIFICS_FEMALE or word in FEMALE_ROLES:
            return "f"
    first = words[0].lower()
    return "f" if first in FEMALE_NAMES else "m" if first in MALE_NAMES else None
