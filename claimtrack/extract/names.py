"""Names of a text, found by capitals and syntax: who is mentioned where, and which mentions are one person.

No statistical name finder is used: on news it costs more than the parser and found 113 of 121 names, and what a
statement needs is the names that speak, which capitals, titles and verbs of saying give away.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

from claimtrack.attribution import Span
from claimtrack.extract.cues import VERBS
from claimtrack.extract.people import (
    COMPANY,
    CORPORATE,
    DOCUMENTS,
    FEMALE_NAMES,
    FEMALE_ROLES,
    GIVEN_NAMES,
    HONORIFICS,
    HONORIFICS_FEMALE,
    HONORIFICS_MALE,
    KIN,
    MALE_NAMES,
    MALE_ROLES,
    NOT_NAMES,
    ORG_WORDS,
    PLACE_ENDINGS,
    PLACE_OPENERS,
    PRIVATE,
    ROLES,
    SAME_OFFICE,
    STREETS,
    TRADES,
)

_PARTICLES = "&|de|del|della|da|dos|van|von|der|den|bin|ibn|al|el|la|le|du|di|ter|ten|y|zu|af|av"
#: A capitalised word, or initials that stand together before a name: "K.P. Menon", not "the U.S. Navy".
_CAPITAL = (
    r"(?:(?!U\.[SKN]\.|D\.C\.)(?:[A-Z]\.){2,4}(?=[ \u00a0][A-Z][a-z])|[^\W\d_a-zà-öø-ÿ](?:[\w’'&-]{0,30}[\w])?\.?)"
)
_RUN = re.compile(rf"{_CAPITAL}(?:[ \u00a0](?:(?:{_PARTICLES})[ \u00a0]){{0,2}}{_CAPITAL}){{0,7}}")
_POSSESSIVE = re.compile(r"['’]s?$")
_WORDS = re.compile(r"[^\s\u00a0]+")
_LOWER_WORDS = re.compile(r"[\w’'-]+")


#: "Seafarers and Transport Union (STU)"
_ACRONYM = re.compile(r"\b((?:[A-Z][\w’'-]{1,30} (?:(?:of|and|for|the|&) ){0,2}){1,8})\(([A-Z][A-Za-z]{1,7})\)")
_ATTENDANCE = re.compile(r"(?:Members )?(?:Present|In attendance|Attendees|Apologies|Also present)\b", re.IGNORECASE)
_LIST_REACH = 1_000  #: characters of a line in which a list of those present is read
#: "Participants: Ana Ruiz; Tom Hale": a line of names, not a title in capitals
_LIST = re.compile(r"[A-Z][\w ]{2,30}: [^,;\n]{3,80}[,;]")
_POSTNOMINALS = frozenset("""TD MP MSP MEP MS AM QC KC SC OBE MBE CBE DBE KBE PhD MD Esq FRS DL JP RN""".split())


@dataclass(slots=True)
class Entity:
    """One person or body, with every place where it is named."""

    name: str
    words: tuple[str, ...]
    is_person: bool
    gender: str | None = None
    starts: list[int] = field(default_factory=list)
    #: nouns that the text gives: "mayor", "billionaire"
    roles: set[str] = field(default_factory=set)
    age: str | None = None
    honorific: str = ""
    with_article: int = 0


@dataclass(slots=True, order=True)
class Mention:
    """A place where an entity is named."""

    start: int
    end: int
    entity: int
    #: role and title words directly before the name, in lower case
    title: str = ""


@dataclass(slots=True)
class _Piece:
    start: int
    end: int
    title: str
    words: tuple[str, ...]
    in_heading: bool
    with_article: bool
    printed_title: str


class Names:
    """The names of one text. Building is linear in its length."""

    def __init__(self, text: str, headings: Iterable[Span] = ()) -> None:
        self.text = text
        self.entities: list[Entity] = []
        self.mentions: list[Mention] = []
        self._by_words: dict[tuple[str, ...], int] = {}
        self._by_last: dict[str, list[int]] = {}
        self._by_first: dict[str, list[int]] = {}
        self._single: dict[str, int] = {}
        pieces = _trimmed(list(self._pieces([h for h in headings if not _LIST.match(text, h.start, h.end)])))
        self._acronyms = {m[2]: _bare_name(m[1]) for m in _ACRONYM.finditer(text)}
        for piece in pieces:
            if len(piece.words) >= 2 and not piece.in_heading:
                self._full(piece)
        for piece in pieces:
            # a title in capitals runs names and verbs together: only a given name or title makes a name there
            if piece.in_heading and 2 <= len(piece.words) <= 3 and piece.words[0].lower() in GIVEN_NAMES:
                self._full(piece)
        for index, entity in enumerate(self.entities):
            if (
                entity.is_person
                and entity.with_article > 0
                and not entity.honorific
                and entity.words[0].lower() not in GIVEN_NAMES
            ):
                entity.is_person = False
            if entity.is_person:
                self._by_first.setdefault(entity.words[0].lower(), []).append(index)
                if _is_shouted(entity.words):
                    entity.name = " ".join(map(_in_small_letters, entity.words))
        self._by_short_name = self._short_names()
        for piece in pieces:
            self._mention(piece)
        for mention in self.mentions:
            self.entities[mention.entity].starts.append(mention.start)
        self._find_bodies()
        self._describe()
        self._by_role: dict[str, list[int]] = {}
        for index, entity in enumerate(self.entities):
            for role in entity.roles | {SAME_OFFICE[word] for word in entity.roles if word in SAME_OFFICE}:
                self._by_role.setdefault(role, []).append(index)

    # -- building ------------------------------------------------------------------------------------------------

    def _pieces(self, headings: list[Span]) -> Iterable[_Piece]:
        n = 0
        for match in _RUN.finditer(self.text):
            while n < len(headings) and headings[n].end <= match.start():
                n += 1
            in_heading = n < len(headings) and headings[n].start <= match.start()
            for start, end in _cut(self.text, match.start(), match.end()):
                split = _split(self.text, start, end)
                if split is None:
                    continue
                title, words, at = split
                end = min(end, self.text.rfind(words[-1], at, end) + len(words[-1]))  # noqa: PLW2901 - without "TD", "QC"
                article = (
                    self.text[max(0, start - 4) : start].lower().endswith("the ")
                    or self.text[start : start + 4] == "The "
                )
                printed = self.text[start:at].strip()
                yield _Piece(at, end, title, words, in_heading, article and not title, printed)

    def _full(self, piece: _Piece) -> None:
        words = piece.words
        key = tuple(w.lower() for w in words)
        index = self._by_words.get(key)
        if index is None:
            index = self._compatible(words)
        if index is None:
            index = len(self.entities)
            self.entities.append(
                Entity(" ".join(words), words, _is_person(words, piece.title), _gender(words, piece.title))
            )
            self._by_last.setdefault(key[-1], []).append(index)
        entity = self.entities[index]
        if len(words) > len(entity.words) or (len(words) == len(entity.words) and _is_shouted(entity.words)):
            entity.name, entity.words = " ".join(words), words
        entity.gender = entity.gender or _gender(words, piece.title)
        entity.is_person = entity.is_person or (bool(piece.title) and _is_person(words, piece.title))
        entity.honorific = entity.honorific or piece.title
        entity.with_article += piece.with_article
        self._by_words[key] = index

    def _compatible(self, words: tuple[str, ...]) -> int | None:
        """An entity of the same last name whose given names do not disagree (initials, middle names)."""
        for index in self._by_last.get(words[-1].lower(), ()):
            other = self.entities[index].words
            first, second = words[0].rstrip(".").lower(), other[0].rstrip(".").lower()
            if first == second or ((len(first) == 1 or len(second) == 1) and first[:1] == second[:1]):
                return index
            if first in [w.lower() for w in other[1:-1]] or second in [w.lower() for w in words[1:-1]]:
                return index
        return None

    def _mention(self, piece: _Piece) -> None:
        key = tuple(w.lower() for w in piece.words)
        index = self._by_words.get(key)
        if index is None and len(key) == 1:
            index = self._surname(key[0], piece.title)
            if index is None and not piece.title:
                index = self._by_short_name.get(key[0])
            if index is None and not piece.in_heading:
                index = self._alone(piece)
        if index is None:
            return
        self.mentions.append(Mention(piece.start, piece.end, index, piece.title))

    def _alone(self, piece: _Piece) -> int:
        """The entity of a name that stands alone all through the text."""
        low = piece.words[0].lower()
        index = self._single.get(low)
        if index is None:
            index = len(self.entities)
            kin = _KIN_BEFORE.search(self.text, max(0, piece.start - 24), piece.start)
            person = kin is not None or (bool(piece.title) and low not in ORG_WORDS) or low in GIVEN_NAMES
            full = self._acronyms.get(piece.words[0])
            if full and (known := self._by_words.get(tuple(full.lower().split()))) is not None:
                self._single[low] = known
                return known
            self.entities.append(
                Entity(
                    full or piece.words[0],
                    piece.words,
                    person and not full,
                    KIN[kin[1]] if kin else _gender(piece.words, piece.title),
                )
            )
            self._single[low] = index
        entity = self.entities[index]
        if piece.title and low not in ORG_WORDS:
            entity.is_person = True
            entity.gender = entity.gender or _gender(piece.words, piece.title)
            last = piece.printed_title.split()[-1]
            if not entity.honorific and last.lower().strip(".") in HONORIFICS and last[:1].isupper():
                # a title and one name are all there is: they are the fullest name
                entity.name = f"{last} {piece.words[0]}"
            entity.honorific = entity.honorific or piece.title
        return index

    def _surname(self, last: str, title: str) -> int | None:
        """The entity that a single name means: a person of that last name or given name, the one named latest."""
        found = [i for i in self._by_last.get(last, ()) if self.entities[i].is_person] or (
            self._by_first.get(last, [])
            if last in GIVEN_NAMES or (len(self._by_first.get(last, ())) == 1 and not title)
            else []
        )
        if len(found) < 2:
            return found[0] if found else None
        gender = _gender((last,), title) if title else None
        if gender and (same := [i for i in found if self.entities[i].gender == gender]):
            found = same
        for mention in reversed(self.mentions[-400:]):
            if mention.entity in found:
                return mention.entity
        return found[0]

    def _short_names(self) -> dict[str, int]:
        """First words by which firms can be called: "Calloway" where only Calloway Resources begins so."""
        found: dict[str, list[int]] = {}
        for index, entity in enumerate(self.entities):
            firm = not entity.is_person and any(word.lower().strip(".") in PRIVATE for word in entity.words[1:])
            if firm and entity.words[0].lower() not in PLACE_OPENERS:
                found.setdefault(entity.words[0].lower(), []).append(index)
        return {word: indices[0] for word, indices in found.items() if len(indices) == 1}

    def _find_bodies(self) -> None:
        """Take names for bodies where the text calls them so: "the operator, Isaura Vella", "Ida Vella, a retailer"."""
        for mention in self.mentions:
            entity = self.entities[mention.entity]
            if not entity.is_person or entity.honorific or entity.words[0].lower() in GIVEN_NAMES:
                continue
            before = self.text[max(0, mention.start - 60) : mention.start]
            after = self.text[mention.end : mention.end + 60]
            called = re.search(
                r"\b(?:[Tt]he|[Ii]ts|[Aa]n?|[Tt]heir) (?:[\w’'-]+ ){0,3}?([a-z-]+)(?:, | called | named | )$", before
            )
            described = re.match(
                r", (?:the|an?|its|their|one of [\w ]{3,20}) (?:[\w’'-]+ ){0,3}?([a-z-]+)(?=[,.]| that| which| in| of)",
                after,
            )
            for match in (called, described):
                if match is not None and match[1] in (CORPORATE | COMPANY) - {"chain", "group", "office", "party"}:
                    entity.is_person = False

    def _describe(self) -> None:
        """Give persons the roles, ages and genders that stand beside their names."""
        for n, mention in enumerate(self.mentions):
            entity = self.entities[mention.entity]
            if len(entity.starts) > 60 and mention.start > entity.starts[60]:
                continue
            following = self.mentions[n + 1].start if n + 1 < len(self.mentions) else len(self.text)
            self._look_around(entity, mention, following)
        for entity in self.entities:
            for role in entity.roles:
                if entity.gender is None:
                    entity.gender = "f" if role in FEMALE_ROLES else "m" if role in MALE_ROLES else None

    def _look_around(self, entity: Entity, mention: Mention, following: int) -> None:
        before = re.split(r"[.!?;:,\n“”\"](?=\s)|\n", self.text[max(0, mention.start - 80) : mention.start])[-1]
        words = _LOWER_WORDS.findall(before.lower())
        after = self.text[mention.end : mention.end + 160]
        if entity.is_person:
            entity.roles.update(w for w in mention.title.split() if w in ROLES or w in SAME_OFFICE)
            if words and words[-1] in ROLES:
                entity.roles.add(words[-1])
            match = re.search(r"\b(\d{1,3})-year-old((?: [\w-]+){0,3}) ?$", before)
            if match and not any(word.lower() in VERBS for word in match.group(2).split()):
                entity.age = entity.age or match.group(1)
            if match := re.match(r",? ?\(?(?:aged )?(\d{1,3})\b(?=[,.)]| )", after):
                entity.age = entity.age or match.group(1)
            if match := re.match(r" \((?:the )?([\w ’'-]{3,40})\)", after):
                entity.roles.update(_role_nouns(match.group(1).lower())[-1:])  # "Ana Ruiz (Chair)"
            phrase = None if self._is_listed(mention.end) else _apposition(after)
            if phrase:
                entity.roles.update(_role_nouns(phrase)[-1:])
                if match := re.match(r"an? (\d{1,3})-year-old", phrase):
                    entity.age = entity.age or match.group(1)
            # "the mayor, Ana Ruiz": the role stands before a comma
            if re.search(r",\s$", self.text[max(0, mention.start - 2) : mention.start]):
                lead = re.split(r"[.!?;:\n“”\"]", self.text[max(0, mention.start - 80) : mention.start - 2])[-1]
                phrase = re.split(r"[,)]", lead)[-1].lower()  # in "Hale (Chair), Ana Ruiz" Hale is the chair
                nouns = _role_nouns(phrase) or _role_nouns(re.split(r"\b(?:the|its|his|her|their) ", phrase)[-1])
                entity.roles.update(nouns[-1:])
        if entity.gender is None and entity.is_person:
            window = self.text[mention.end : min(following, mention.end + 150)]
            window = re.split(r"[\n“”\"]", window)[0]
            if match := re.search(r"\b(he|she|his|her|him|himself|herself)\b", window):
                entity.gender = "m" if match.group(1) in ("he", "his", "him", "himself") else "f"

    def _is_listed(self, at: int) -> bool:
        """Whether the line is a list of who was there: in "Present: Ana Ruiz, the Clerk" the Clerk is somebody else."""
        start = self.text.rfind("\n", max(0, at - _LIST_REACH), at) + 1
        return (start > 0 or at <= _LIST_REACH) and _ATTENDANCE.match(self.text, start) is not None

    # -- asking --------------------------------------------------------------------------------------------------

    def within(self, span: Span) -> list[Mention]:
        """Mentions inside `span`, in order."""
        i = bisect_left(self.mentions, Mention(span.start, 0, -1))
        out = []
        while i < len(self.mentions) and self.mentions[i].start < span.end:
            if self.mentions[i].end <= span.end:
                out.append(self.mentions[i])
            i += 1
        return out

    def before(self, at: int, most: int = 60) -> list[Mention]:
        """The latest `most` mentions that begin before offset `at`, latest first."""
        i = bisect_left(self.mentions, Mention(at, 0, -1))
        return self.mentions[max(0, i - most) : i][::-1]

    def named(self, words: str) -> int | None:
        """Index of the entity with this name, in any case; a last name alone will do."""
        key = tuple(w.lower() for w in _WORDS.findall(words))
        while key and (key[0].strip(".") in HONORIFICS or key[0].strip(".") in ROLES) and len(key) > 1:
            key = key[1:]
        if not key:
            return None
        if key in self._by_words:
            return self._by_words[key]
        if len(key) == 1:
            people = [i for i in self._by_last.get(key[0], ()) if self.entities[i].is_person]
            people = people or self._by_first.get(key[0], [])
            return people[0] if people else self._single.get(key[0])
        return self._compatible(key)

    def with_role(self, role: str, at: int, age: str | None = None) -> int | None:
        """The person whom the text gives this role (or age), mentioned latest before `at`; else the first after it."""
        best, place = None, -1
        later: int | None = None
        role = role if role in self._by_role else SAME_OFFICE.get(role, role)
        people = range(len(self.entities)) if age else self._by_role.get(role, ())
        for index in people:
            entity = self.entities[index]
            if not entity.is_person or not entity.starts or (age and entity.age != age):
                continue
            n = bisect_left(entity.starts, at)
            if n and entity.starts[n - 1] > place:
                best, place = index, entity.starts[n - 1]
            elif not n and later is None:
                later = index
        return best if best is not None else later

    def relative(self, of: int, gender: str) -> int | None:
        """The one other person of the same last name who can be of this gender: "her husband"; None if not just one."""
        last = self.entities[of].words[-1].lower()
        found = [
            index
            for index in self._by_last.get(last, ())
            if index != of and self.entities[index].is_person and self.entities[index].gender in (None, gender)
        ]
        return found[0] if len(found) == 1 else None

    def body(self, head: str, at: int) -> int | None:
        """The organisation whose name ends with the noun `head` ("the council"), named latest before `at`."""
        for mention in self.before(at, 400):
            entity = self.entities[mention.entity]
            if entity.is_person or len(entity.words) < 2:
                continue
            first, last = entity.words[0].lower(), entity.words[-1].lower()
            opens = first == head and re.search(rf"\b{head} (?:of|for)\b", entity.name, re.IGNORECASE)
            if last == head or opens:  # "Tamar University", "University of Tamar"
                return mention.entity
        return None


def _bare_name(words: str) -> str:
    return re.sub(r"^(?:The|A|An|In|At|But|And|For)\s+", "", words).strip()


def _trimmed(pieces: list[_Piece]) -> list[_Piece]:
    """`pieces`, where "Local GP Neil Corrie" at the start of a sentence is the name that stands alone elsewhere."""
    known = {tuple(p.words) for p in pieces if len(p.words) == 2}
    for piece in pieces:
        words = piece.words
        if len(words) < 3 or words[0].lower() in GIVEN_NAMES:
            continue
        tail = words[-2:]
        if (tail in known and tail[0].lower() in GIVEN_NAMES) or (
            tail[0].lower() in GIVEN_NAMES and not piece.with_article and not any(w.lower() in ORG_WORDS for w in words)
        ):
            piece.title = (piece.title + " " + " ".join(w.lower() for w in words[:-2])).strip()
            piece.words = tail
            piece.start = piece.end - len(" ".join(tail))
    return pieces


def _apposition(after: str) -> str | None:
    """What follows a name between commas, or after "is": "the environment minister"; lower case."""
    match = re.match(
        r"(?:,? \(?(?:aged )?\d{1,3}\)?)?,? (?:who (?:is|was) |is |was |has been )?"
        r"((?:the|a|an|its|his|her|their|one)? ?[^\n.;:!?“”\"]{3,120})",
        after,
    )
    if match is None or not re.match(r"(?:,| (?:is|was|has been) )", after):
        return None
    return re.split(r",", match.group(1))[0].lower().strip() or None


def _role_nouns(phrase: str) -> list[str]:
    head = re.split(r"\b(?:of|for|at|in|who|from|with|to|on|and|as)\b", phrase)[0]
    return [w for w in _LOWER_WORDS.findall(head) if w in ROLES or w in FEMALE_ROLES or w in MALE_ROLES]


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A run of capitalised words, cut after a possessive and after a full stop that is no initial's or title's."""
    out = []
    at = start
    for match in re.finditer(r"['’]s?(?=[ \u00a0])|(?<=[a-z]{3})\.(?=[ \u00a0])", text[start:end]):
        word = (text[at : start + match.start()].split() or [""])[-1]
        if match.group() == "." and (word.lower() in HONORIFICS or word in ("Mrs", "Supt", "Insp", "Messrs")):
            continue
        out.append((at, start + match.start()))
        at = start + match.end()
        while at < end and text[at].isspace():
            at += 1
    if at < end:
        stop = end
        while stop > at and text[stop - 1] in ".’'":
            if text[stop - 1] == "." and (
                stop - at < 3 or text[stop - 2].isupper() or text[max(at, stop - 3) : stop] in ("Jr.", "Sr.")
            ):
                break
            stop -= 1
        if owner := _POSSESSIVE.search(text[at:stop]):
            stop = at + owner.start()
        out.append((at, stop))
    return [(s, e) for s, e in out if e > s]


#: "his wife ", before a given name
_KIN_BEFORE = re.compile(r"\b(" + "|".join(KIN) + r") $")


def _split(text: str, start: int, end: int) -> tuple[str, tuple[str, ...], int] | None:
    """Title, words of the name and where the name begins; None when it is no name."""
    words = [(m.group(), start + m.start()) for m in _WORDS.finditer(text[start:end])]
    while words and re.search(r"\d", words[0][0]):
        words.pop(0)
    while (
        words
        and words[0][0].lower().strip(".,’'") in NOT_NAMES
        and words[0][0].lower().strip(".") not in ("mr", "mrs", "ms")
    ):
        words.pop(0)
    while len(words) > 2 and words[-1][0] in _POSTNOMINALS:
        words.pop()
    cut = 0
    if len(words) >= 3 and re.search(
        r"\b(?:minister|secretary|superintendent|chief|director|commissioner|sergeant) of (?:the )?$",
        text[max(0, start - 30) : start],
        re.IGNORECASE,
    ):
        cut = 1
    for i, (word, _) in enumerate(words[:-1]):
        low = word.lower().strip(".")
        if low in ROLES or low in HONORIFICS:
            cut = i + 1
    title = " ".join(w.lower().strip(".") for w, _ in words[:cut])
    words = words[cut:]
    if not words:
        return None
    while len(words) > 1 and words[0][0] in ("The", "A", "An"):
        words.pop(0)
    last = words[-1][0].lower().strip(".")
    if (
        len(words) == 1
        and not title
        and (last in ROLES or last in HONORIFICS or last in DOCUMENTS or last in NOT_NAMES)
    ):
        return None
    return title, tuple(w for w, _ in words), words[0][1]


def _is_person(words: tuple[str, ...], title: str) -> bool:
    lows = [w.lower().strip(".") for w in words]
    if any(w in ORG_WORDS for w in lows) or lows[0] in PLACE_OPENERS or lows[-1] in PLACE_ENDINGS:
        return False
    if "&" in words:
        return False
    if title or lows[0] in GIVEN_NAMES:
        return True
    if lows[-1] in TRADES or lows[-1] in STREETS:
        return False
    if any(w.isupper() and len(w) > 2 for w in words):
        return False
    return 2 <= len(words) <= 4


def _is_shouted(words: tuple[str, ...]) -> bool:
    """Whether a name is printed in capitals, as a label or headline prints it."""
    return len(words) > 1 and all(w.isupper() for w in words) and any(len(w.strip(".")) > 2 for w in words)


def _in_small_letters(word: str) -> str:
    """A word of a name in capitals as running text would print it.

    >>> [_in_small_letters(word) for word in ("RUIZ", "O'NEIL", "MCKAY", "J.")]
    ['Ruiz', "O'Neil", 'McKay', 'J.']
    """
    small = re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word)
    return re.sub(r"^Mc([a-z])", lambda part: "Mc" + part[1].upper(), small)


def _gender(words: tuple[str, ...], title: str) -> str | None:
    for word in title.split():
        if word in HONORIFICS_MALE or word in MALE_ROLES:
            return "m"
        if word in HONORIFICS_FEMALE or word in FEMALE_ROLES:
            return "f"
    first = words[0].lower()
    return "f" if first in FEMALE_NAMES else "m" if first in MALE_NAMES else None
