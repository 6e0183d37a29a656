"""Who stands behind a source mention: the fullest name in the document, or the mention as it stands.

Nearest is not enough. A pronoun takes the most salient person of its gender: the last speaker, the subject of the
sentence before, a name in the same sentence. A role ("the minister") takes the person whom the text gives that role, a
body ("the council") the organisation whose name ends so. Where nothing fits, nobody is named.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from claimtrack.attribution import Span, SpeakerKind
from claimtrack.extract.names import Mention, Names
from claimtrack.extract.people import (
    BODIES,
    COMPANY,
    CORPORATE,
    DESCRIBING,
    DOCUMENTS,
    FEMALE_ROLES,
    GIVEN_NAMES,
    HONORIFICS,
    KIN,
    MALE_ROLES,
    ORG_WORDS,
    PLACE_ENDINGS,
    PLACE_OPENERS,
    PUBLIC,
    ROLES,
    SPOKES,
    is_origin,
)

#: Pronoun -> what it can stand for: m, f, p(lural), n(euter), 1, 1p, 2.
PRONOUNS = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
    "they": "p", "them": "p", "their": "p", "both": "p", "it": "n", "its": "n", "i": "1", "my": "1", "me": "1",
    "we": "1p", "our": "1p", "us": "1p", "you": "2", "your": "2",
}  # fmt: skip
_AGE = re.compile(r"\b(\d{1,3})-year-old")
_OFFICES = frozenset(
    """office campaign team lawyer lawyers attorney attorneys solicitor agent spokesman spokeswoman spokesperson
    department ministry staff""".split()
)
#: Who speaks for somebody else.
_SPOKES = r"(?:spokes(?:man|woman|person)|lawyer|attorney|solicitor|barrister|rep|press secretary|press officer|agent)"
#: "a spokesman for the port, " before a name; ", a spokeswoman for the port," and ", its spokeswoman," behind one
_SPOKE_BEFORE = re.compile(rf"\b{_SPOKES} (?:for|of|at) (?P<body>[^,.;:“”\"\n]{{2,60}}), (?:[A-Z][a-z]{{1,12}}\.? )?$")
_SPOKE_AFTER = re.compile(
    rf", (?:an?|the|its|their|his|her)(?: [\w’'-]+){{0,2}}? {_SPOKES} (?:for|of|at) "
    r"(?P<body>[^,.;:“”\"\n]{2,60})(?=[,.;])"
)
_ITS_SPOKES = re.compile(
    rf", (?:its|the (?P<noun>[a-z]+)['’]s)(?: [\w’'-]+){{0,2}}? (?:{_SPOKES}|head of communications|press chief)\b"
)
#: Offices by which a text calls somebody whom it has named: "the party leader", "the Harwich manager".
_HELD = frozenset(
    """manager boss coach captain skipper leader chairman chairwoman chair chief director minister secretary treasurer
    president mayor governor senator mp councillor chancellor executive founder owner head principal vicar bishop
    commissioner premier lawmaker congressman congresswoman representative""".split()
)
_ANSWERS = re.compile(
    r"\b(?:repli|answer|ask|retort|counter|shot back|interrupt|respond|disagree|hit back|told (?:her|him))"
)
_PARAGRAPH = 2_000  #: characters back from a source in which the start of its paragraph is looked for
_NEAR_SUBJECT = 300  #: characters before a pronoun in which an unnamed subject is looked for
#: "My mother rang", "The man behind the desk": a noun phrase that opens a sentence or a clause.
_SUBJECT = re.compile(
    r"(?:(?<=[.!?] )|(?<=[.!?][”\"’'] )|(?<=\n)|(?<=[“\"‘'])|\b(?:but|and|so|when|because|as) )"
    r"(?P<phrase>(?:[Tt]he|[Aa]n?|[Mm]y|[Hh]is|[Hh]er|[Oo]ur|[Tt]heir|One|Another) "
    r"(?:[a-z][\w’'-]* ){0,2}?[a-z][\w-]*)"
    r"(?=(?:['’]s)? (?:who|in|at|of|from|with|on|said|says|was|is|been|had|has|rang|told|came|went|took|put|got|asked|"
    r"wrote|looked|stood|sat|[a-z]+ed)\b|, )"
)
#: Somebody else as an object: "told him", "told her to wait", but not "her arm".
_OBJECT = {
    "m": re.compile(r"\bhim\b"),
    "f": re.compile(
        r"\bher\b(?=[.,;!?]| (?:to|that|and|but|in|on|at|for|about|not|she|he|it|if|when|off|up|out|away)\b)"
    ),
}
#: Nouns for a person whom the text need not name.
_SOMEBODY = (ROLES | FEMALE_ROLES | MALE_ROLES | frozenset(KIN) | DESCRIBING) - ORG_WORDS - SPOKES | frozenset(
    "man woman boy girl lady gentleman person stranger guest nun monk usher umpire tenor soprano cook cleaner guard "
    "lad bloke chap fella guy kid gaffer caller bystander passer-by survivor guide interpreter clerk reader visitor "
    "traveller fan mourner picker grazier "
    "bailiff sailor villager registrar predecessor successor officer".split()
)
_HEAD_OF_A_LIFE = 600  #: characters in which an obituary tells of the death and the age
_OF_A_LIFE = 2  #: times that an obituary names the person whom it is about
_TOLD = 20_000  #: characters before a description in which the full name of a body is looked for
#: "University of Tamar", "Department for Work and Pensions"
_OF_WHAT = r"(?:the )?[A-Z][\w’'-]{1,30}(?:(?: (?:and|of|for))? [A-Z][\w’'-]{1,30}){0,4}"
#: "Superintendent of Police ", "the Secretary for Fisheries "
#: ", Lowe's, " after "the supermarket chain"
_BODY_NAMED = re.compile(r", (?P<name>[A-Z][\w&’'-]{1,30}(?: (?:of |and |& )?[A-Z][\w&’'-]{1,30}){0,4}), ")
#: "Cross-examined by Miss ", before a name
_ACTED = re.compile(r"(?:^|[.!?\n“\"‘']\s*)(?:[A-Z][\w-]+ ){1,3}by (?:[\w.]+ ){0,3}$")
_NEXT_CLAUSE = re.compile(r"(?:[^.!?,\n]{0,40},)? ?, ?|, ")
#: "would sack ", after a pronoun and before a name: nothing that begins another clause stands between.
_VERB_AND_ITS_OBJECT = r"(?:(?!that |who |which |and |but |or |when |said |says |told )[\w’']+ ){1,4}$"
#: In a label of capitals they show that it describes somebody and names nobody.
_SMALL_WORDS = frozenset("A AN THE OF FROM IN WITH FOR UNIDENTIFIED UNKNOWN FEMALE MALE".split())


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, as far as the text says. `sure` (0.0 to 1.0) ranks how the name was found, for the confidence."""

    name: str | None
    kind: SpeakerKind | None = None
    stands_for: str | None = None
    entity: int | None = None
    why: str | None = None
    how: str = ""
    sure: float = 1.0
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known where a source stands: its sentence, who spoke last, whose words these are inside of."""

    sentence: Span
    paragraph: int
    last: Speaker | None = None
    last_paragraph: int = -1
    owner: Speaker | None = None
    addressee: Speaker | None = None
    last_body: Speaker | None = None


class Resolver:
    """Resolves the source mentions of one text, in reading order."""

    def __init__(self, text: str, names: Names, quoted: list[Span]) -> None:
        self.text, self.names = text, names
        self._quoted = quoted
        self._starts = [q.start for q in quoted]
        self._phrases: dict[str, Speaker] = {}
        self._speak_for: dict[int, str | None] = {}
        self._mourned = self._obituary()
        self._small: dict[str, str] = {}
        self._handles: dict[str, Speaker] = {}
        self._stops = [m.start() for m in re.finditer(r"[.!?][”\"’'»)]{0,2}\s+|\n+", text)]

    def resolve(self, source: Span, scene: Scene) -> Speaker:
        """Who the mention at `source` is, and whom a person speaks for where any mention of them tells it."""
        found = self._resolved(source, scene)
        if found.entity is None or found.kind is not SpeakerKind.PERSON:
            return found
        if found.entity not in self._speak_for:
            self._speak_for[found.entity] = self._spoken_for(found.entity, scene)
        body = self._speak_for[found.entity] or self._canonical(found.stands_for, source, scene)
        return found if body is None else replace(found, stands_for=body)

    def _spoken_for(self, index: int, scene: Scene) -> str | None:
        """Whom a person speaks for: "a spokesman for the port, Tom Hale", "Tom Hale, its spokesman"."""
        for start in self.names.entities[index].starts[:4]:
            mention = next(iter(self.names.within(Span(start, start + 200))), None)
            if mention is None:
                continue
            before, after = self.text[max(0, start - 110) : start], self.text[mention.end : mention.end + 110]
            if match := _SPOKE_BEFORE.search(before) or _SPOKE_AFTER.match(after):
                return self._canonical(_bare(match["body"]), Span(start, mention.end), scene)
            if match := _ITS_SPOKES.match(after):
                body = self._body(
                    match["noun"] or "company", "the " + (match["noun"] or "company"), Span(start, start), scene
                )
                return body.name if body is not None else None
        return None

    def _canonical(self, body: str | None, source: Span, scene: Scene) -> str | None:
        """The fullest name of a body that is spoken for: "the company" and "Vale" are Vale & Birk."""
        if body is None:
            return None
        head = body.split()[-1].lower()
        if body.islower() and " " not in body and head in COMPANY:
            found = self._body(head, "the " + body, source, scene)
            return found.name if found is not None else body
        index = self.names.named(body)
        return self._name(index) if index is not None else body

    def _resolved(self, source: Span, scene: Scene) -> Speaker:
        words = source.of(self.text)
        low = words.lower()
        if low in PRONOUNS:
            return self._pronoun(PRONOUNS[low], source, scene)
        if named := self._apposed(source) or self._kin(words, source, scene) or self._origin(words, source, scene):
            return named
        if re.search(r"-based [a-z]+$", words):
            return self._nominal("the " + words.split()[-1], source, scene)
        inside = self.names.within(source)
        head = self._head_mention(source, inside)
        if head is not None:
            return self._named(head, source)
        return self._nominal(words, source, scene)

    def label(self, label: Span) -> Speaker:
        """Who a label names: "SEN. RIVERA", "FIRE CHIEF BIRK", "Mr Speaker", "Ana Ruiz", "@ana_r"."""
        words = label.of(self.text)
        if words.startswith("@"):
            if words not in self._handles:
                self._handles[words] = self._handle(words)
            return self._handles[words]
        own = self._of_label(label)
        if own is not None and len(self.names.entities[own].words) > 1:
            return self._person_of(own, "label")
        if match := re.match(r" \(([^()]{3,40})\)", self.text[label.end : label.end + 44]):
            inside = self.names.named(match[1])
            if inside is not None and self.names.entities[inside].is_person and " " in match[1]:
                return self._person_of(inside, "label")
        words = words.split(",")[0]
        index = self.names.named(words)
        if index is not None and self.names.entities[index].is_person:
            return self._person_of(index, "label")
        last = words.split()[-1].lower().strip(".")
        if last in ROLES or last in FEMALE_ROLES or last in MALE_ROLES:
            found = self.names.with_role(last, label.start)
            if found is not None:
                return replace(self._person_of(found, "label"), sure=0.8)
            is_titled = words[:2] in ("Mr", "Ms", "Ma")
            return Speaker(
                self._printed_small(words), SpeakerKind.PERSON if is_titled else SpeakerKind.UNNAMED, how="label"
            )
        if own is not None:
            return self._person_of(own, "label")
        parts = words.split()
        if words.isupper() and any(p in _SMALL_WORDS for p in parts):
            return Speaker(words, SpeakerKind.UNNAMED, how="label")  # "VOICE OF UNIDENTIFIED WOMAN"
        while len(parts) > 1 and parts[0].lower().strip(".") in (HONORIFICS | ROLES) and len(parts) > 2:
            parts = parts[1:]
        name = " ".join(p.capitalize() if p.isupper() and len(p) > 2 and len(parts) > 1 else p for p in parts)
        if words.isupper() and len(parts) == 1:
            name = words.capitalize() if len(words) > 3 else words
        kind = SpeakerKind.ORGANIZATION if any(p.lower() in ORG_WORDS for p in parts) else SpeakerKind.PERSON
        return Speaker(name, kind, how="label", sure=0.9)

    def _person_of(self, index: int, how: str) -> Speaker:
        return Speaker(self.names.entities[index].name, SpeakerKind.PERSON, entity=index, how=how)

    def _of_label(self, label: Span) -> int | None:
        """The person whose name ends a label, after whatever titles: "REAR ADM. BIRK", "FIRE CHIEF ANA BIRK"."""
        name = label.of(self.text).partition(",")[0]
        label = Span(label.start, label.start + len(name))
        for mention in reversed(self.names.within(label)):
            if not self.text[mention.end : label.end].strip(". ") and self.names.entities[mention.entity].is_person:
                return mention.entity
        return None

    def _handle(self, handle: str) -> Speaker:
        """The one person of the text whose first or last name, of four letters or more, is in a handle."""
        letters = re.sub(r"[\W\d_]", "", handle.lower())
        found = [
            index
            for index, entity in enumerate(self.names.entities)
            if entity.is_person
            and len(entity.words) > 1
            and any(len(word) > 3 and word.lower() in letters for word in (entity.words[0], entity.words[-1]))
        ]
        if len(found) == 1:
            return replace(self._person_of(found[0], "label"), sure=0.8)
        return Speaker(handle, SpeakerKind.UNNAMED, how="label", sure=0.9)

    def _printed_small(self, words: str) -> str:
        """A label in capitals as the text prints the words elsewhere: "The Clerk" for "THE CLERK"."""
        if words not in self._small:
            self._small[words] = self._in_small(words) if words.isupper() else words
        return self._small[words]

    def _in_small(self, words: str) -> str:
        for match in re.finditer(rf"\b{re.escape(words)}\b", self.text, re.IGNORECASE):
            if not match.group().isupper():
                return match.group()[:1].upper() + match.group()[1:]
        return words

    # -- names ---------------------------------------------------------------------------------------------------

    def _apposed(self, source: Span) -> Speaker | None:
        """The person of a role that is followed by the name: "its head, Ann Wray, said"."""
        words = source.of(self.text)
        head = _head_noun(words)
        if head in BODIES | COMPANY and (named := _BODY_NAMED.match(self.text, source.end)):
            index = self.names.named(named["name"])
            if index is None or not self.names.entities[index].is_person:
                return Speaker(named["name"], SpeakerKind.ORGANIZATION, entity=index, how="apposition")
        if not head or head in DOCUMENTS or (head in BODIES and head not in ROLES) or words[-1:].isupper():
            return None
        if self._head_mention(source, self.names.within(source)) is not None:
            return None
        if self.text[source.end : source.end + 2] != ", ":
            return None
        for mention in self.names.within(Span(source.end + 2, source.end + 80))[:1]:
            lead = self.text[source.end + 2 : mention.start].lower().strip(" .")
            if lead and not all(w.strip(".") in HONORIFICS or w in ROLES for w in lead.split()):
                return None
            if self.text[mention.end : mention.end + 1] in ",.;:)" and self.names.entities[mention.entity].is_person:
                found = self._named(mention, Span(mention.start, mention.end))
                return replace(found, stands_for=self._for(words, source), how="apposition")
        return None

    def _head_mention(self, source: Span, inside: list[Mention]) -> Mention | None:
        """The name that is the head of the phrase: its last words before any "of" or "who"."""
        if not inside:
            return None
        words = source.of(self.text)
        if len(inside) > 1 and re.search(r"\band\b|, ", words):
            return None
        if len(inside) == 1 and re.search(r"\band [a-z]", words):
            return None
        stop = re.search(r",? (?:(?:of|for|from|at|in|who|that|which|with|on|to|by|whose)\b|\()", words)
        limit = source.start + stop.start() if stop else source.end
        if (titled := self._titled(source, inside[-1])) is not None:
            return titled
        fitting = [m for m in inside if m.end <= limit]
        if not fitting:
            return inside[0] if stop and inside[0].start == source.start else None
        last = fitting[-1]
        rest = self.text[last.end : limit]
        if self.names.entities[last.entity].is_person and rest.startswith((",", " (")):
            return last
        return last if not re.search(r"[^\W_]{2}", rest) else None

    def _titled(self, source: Span, last: Mention) -> Mention | None:
        """The name at the end of a phrase whose title has an "of": "Superintendent of Police K. S. Birk"."""
        entity = self.names.entities[last.entity]
        if not entity.is_person or len(entity.words) < 2:
            return None
        before, after = self.text[source.start : last.start], self.text[last.end : source.end]
        title = re.fullmatch(
            r"(?:The |the )?(?:[A-Z]\w+ ){0,2}([A-Z]\w+) (?:of|for) (?:the )?((?:[A-Z]\w+ ){1,3})", before
        )
        if title is None or title[1].lower() not in ROLES | HONORIFICS or (after and not after.strip().isupper()):
            return None
        is_other_title = title[2].split()[0].lower() in (ROLES | HONORIFICS) - ORG_WORDS  # "Secretary of Mayor Birk"
        return None if is_other_title else last

    def _named(self, mention: Mention, source: Span) -> Speaker:
        entity = self.names.entities[mention.entity]
        words = source.of(self.text)
        if entity.is_person:
            return Speaker(entity.name, SpeakerKind.PERSON, self._for(words, source), mention.entity, how="name")
        bare = _bare(words)
        low = bare.split()[-1].lower() if bare else ""
        if (
            len(entity.words) == 1
            and low in ORG_WORDS | CORPORATE
            and (index := self.names.body(low, source.start)) is not None
        ):
            return Speaker(
                self.names.entities[index].name, SpeakerKind.ORGANIZATION, entity=index, how="body", sure=0.8
            )
        # "mail company Cirro": what stands before the name in small letters describes it
        named = re.sub(r"^.*\b(?!of\b|for\b|and\b|the\b|de\b)[a-z][\w’'-]*\s+(?=[A-Z])", "", bare)
        full = named if len(named.split()) > len(entity.words) else entity.name
        if low in DOCUMENTS and not bare.split()[-1][:1].isupper():
            return Speaker(words, SpeakerKind.DOCUMENT, how="document")
        if re.match(r"[a-z]", bare) or (low in CORPORATE and bare != full):
            return Speaker(full, SpeakerKind.ORGANIZATION, entity=mention.entity, how="name")
        if low in ROLES - ORG_WORDS or low in SPOKES:
            return Speaker(words, SpeakerKind.UNNAMED, self._for(words, source), how="described")
        return Speaker(full, SpeakerKind.ORGANIZATION, entity=mention.entity, how="name")

    def _for(self, words: str, source: Span) -> str | None:
        """The body that a spokesperson speaks for: before the noun, or after "for"."""
        rest = words + self.text[source.end : source.end + 120]
        spokes = re.search(
            r"\b(?:chief |lead |deputy )?(?:spokes(?:man|woman|person|men|people))\b", rest, re.IGNORECASE
        )
        if spokes is None or (
            spokes.start() > len(words)
            and not re.fullmatch(
                r", (?:(?:an?|the|its|his|her|their|chief|senior|lead|deputy|[A-Z][\w’']*|[\w]+['’]s) ){0,4}",
                rest[len(words) : spokes.start()],
            )
        ):
            return None
        after = re.match(
            r" (?:for|of|at|from) ((?:the )?[^,.;:“”\"\n]{2,90}?)"
            r"(?= (?:said|says|told|added|declined|who|confirmed|insisted|wrote|denied|did|would|called|described)\b|"
            r"[,.;:“”\"\n]|$)",
            rest[spokes.end() :],
        )
        if after:
            return _bare(after.group(1))
        before = words[: spokes.start()] if spokes.start() <= len(words) else ""
        before = re.sub(r"^(?:an?|the|one|another)(?:\s+|$)", "", before.strip(), flags=re.IGNORECASE)
        before = re.sub(r"['’]s?$", "", before.strip())
        if before.lower() in ("his", "her", "its", "their"):
            return None
        return (
            before
            if re.search(
                r"[A-Z]|\b(?:minister|president|governor|mayor|chancellor|bishop|palace|police|council|company|government|ministry|union|university|hospital|campaign|embassy|airline|party|court|club|bank|school|city|state|army|navy)\b",
                before,
            )
            else None
        )

    # -- descriptions --------------------------------------------------------------------------------------------

    def _nominal(self, words: str, source: Span, scene: Scene) -> Speaker:
        low = words.lower()
        head = _head_noun(words)
        definite = (
            re.match(r"(?:the|this|that|these|those|both)\b|[\w.]+(?: [\w.]+){0,3}['’]s?\s", low) is not None
            or low == head
        )
        if re.match(r"(?:his|her|its|their|my|our)\b", low):
            definite = False
        age = _AGE.search(low)
        if (
            (definite or age)
            and (age or head in ROLES or head in FEMALE_ROLES or head in MALE_ROLES)
            and head not in SPOKES
        ):
            found = self.names.with_role(head, source.start, age.group(1) if age else None)
            if (found is not None and not low.endswith("s")) or (found is not None and head == "boss"):
                return Speaker(self.names.entities[found].name, SpeakerKind.PERSON, entity=found, how="role", sure=0.8)
        if (
            (age or head in DESCRIBING or is_origin(head))
            and definite
            and not self._first_printed(head, source.start)
            and (found_before := self._told_of(head, source, scene))
        ):
            return found_before
        if definite and low != head and head in _HELD and (holder := self._only_person(head, source, scene)):
            return holder
        known = self._phrases.get(head) if definite and len(low.split()) <= 4 else None
        if known is not None:
            return replace(known, how="described", sure=0.9)
        speaker = self._described(words, low, head, source, scene, definite=definite)
        if (
            definite
            and speaker.kind is SpeakerKind.UNNAMED
            and len(low.split()) <= 4
            and (first := self._first_printed(head, source.start))
        ):
            speaker = replace(speaker, name=first, sure=0.8)
        if not definite and speaker.kind is not SpeakerKind.ORGANIZATION:
            self._phrases[head] = speaker
        return speaker

    def _told_of(self, head: str, source: Span, scene: Scene) -> Speaker | None:
        """The person who was being told of, where a description adds to what is known: "the 54-year-old said".

        Salience decides as for a pronoun; where two people are about as salient, nobody is named.
        """
        gender = "f" if head in FEMALE_ROLES else "m" if head in MALE_ROLES else "any"
        found = self._person(gender, source, scene)
        return replace(found, how="role", sure=0.7) if found.entity is not None and found.sure >= 0.6 else None

    def _only_person(self, head: str, source: Span, scene: Scene) -> Speaker | None:
        """The last speaker, where "the party leader" is said of nobody else and nobody else is told of since.

        An answer ("the leader replied") is somebody else's.
        """
        last = scene.last
        if last is None or last.entity is None or last.kind is not SpeakerKind.PERSON:
            return None
        if scene.paragraph - scene.last_paragraph > 1 or self._first_printed(head, source.start):
            return None
        beside = self.text[max(0, source.start - 12) : source.start] + self.text[source.end : source.end + 14]
        start = self.text.rfind("\n", max(0, scene.sentence.start - _PARAGRAPH), scene.sentence.start) + 1
        if scene.paragraph != scene.last_paragraph and start:
            line = max(0, start - _PARAGRAPH)
            start = self.text.rfind("\n", line, line + len(self.text[line:start].rstrip())) + 1
        if source.start - start > 2 * _PARAGRAPH:
            return None
        others = [
            m
            for m in self.names.within(Span(start, source.start))
            if self.names.entities[m.entity].is_person and m.entity != last.entity
        ]
        if others or _ANSWERS.search(beside) or self.names.with_role(head, source.start) is not None:
            return None
        roles = self.names.entities[last.entity].roles & _HELD
        return None if roles else replace(last, how="role", sure=0.5)

    def _origin(self, words: str, source: Span, scene: Scene) -> Speaker | None:
        """Who "the Portuguese" or "the former Olympian" is; None for any other phrase."""
        match = re.fullmatch(r"[Tt]he (?:former |one-time |ex-)?([A-Z][a-z]+)", words)
        return self._told_of(match[1].lower(), source, scene) if match and is_origin(match[1]) else None

    def _kin(self, words: str, source: Span, scene: Scene) -> Speaker | None:
        """Who "her husband" is: the one other person of the text who bears the surname of the one meant by "her"."""
        match = re.fullmatch(r"([Hh]is|[Hh]er) ([a-z]+)", words)
        if match is None or match[2] not in KIN:
            return None
        owner = self._person(PRONOUNS[match[1].lower()], Span(source.start, source.start + 3), scene)
        if owner.entity is None:
            return None
        found = self.names.relative(owner.entity, KIN[match[2]])
        return replace(self._person_of(found, "role"), sure=0.7) if found is not None else None

    def _first_printed(self, head: str, at: int) -> str | None:
        """How somebody unnamed was first told of in the 1,500 characters before: "a former aide" for "the aide"."""
        before = self.text[max(0, at - 1_500) : at]
        match = re.search(rf"\b(?:An?|One|Another) (?:[\w’'-]+ ){{0,3}}{re.escape(head)}\b", before, re.IGNORECASE)
        return match.group() if match else None

    def _described(self, words: str, low: str, head: str, source: Span, scene: Scene, *, definite: bool) -> Speaker:
        plural = (head.endswith("s") and not head.endswith("ss")) or " and " in low
        stands_for = self._for(words, source)
        owner = re.match(r"(his|her|its|their)\b", low)
        if owner and head in _OFFICES:
            gender = PRONOUNS[owner.group(1)]
            behind = self._pronoun(gender, Span(source.start, source.start + len(owner.group(1))), scene)
            stands_for = behind.name
        elif head in _OFFICES and (match := re.match(r"(.{2,60}?)['’]s? ", words)):
            index = self.names.named(_bare(match.group(1)))
            stands_for = self.names.entities[index].name if index is not None else stands_for
        if head in SPOKES:
            if stands_for is None and scene.last_body is not None and not owner:
                stands_for = scene.last_body.name
            return Speaker(words, SpeakerKind.UNNAMED, stands_for, how="spokesperson", plural=plural)
        if head in DOCUMENTS:
            return Speaker(words, SpeakerKind.DOCUMENT, how="document")
        if head in BODIES or head in ORG_WORDS or head in CORPORATE or head == "office":
            found = self._body(head, low, source, scene) if definite else None
            if found is not None:
                return found
            return Speaker(
                re.sub(r"^the\s+", "", words, flags=re.IGNORECASE),
                SpeakerKind.ORGANIZATION,
                stands_for,
                how="described",
                plural=plural,
            )
        return Speaker(words, SpeakerKind.UNNAMED, stands_for, how="described", plural=plural)

    def _body(self, head: str, low: str, source: Span, scene: Scene) -> Speaker | None:
        """The organisation that "the council", "the company", "the department store chain" is."""
        index = self.names.body(head, source.start)
        if index is not None:
            return Speaker(self._name(index), SpeakerKind.ORGANIZATION, entity=index, how="body", sure=0.8)
        capital = head.capitalize()
        told = list(
            re.finditer(rf"\b{capital} (?:of|for) {_OF_WHAT}", self.text[max(0, source.start - _TOLD) : source.start])
        )
        if told:
            return Speaker(told[-1].group().strip(), SpeakerKind.ORGANIZATION, how="body", sure=0.7)
        if head not in (COMPANY | CORPORATE) - PUBLIC or len(low.split()) > 5 or re.search(r"['’]s? ", low):
            return None
        last = scene.last_body
        if last is not None and last.entity is not None and self._is_company(last.entity):
            return replace(last, how="body", sure=0.6)
        if head not in COMPANY:
            return None
        near = [
            mention
            for mention in self.names.before(source.start, 40)
            if self._is_company(mention.entity)
            and len(self.names.entities[mention.entity].words) > 1
            and not self.in_quotation(mention.start)
        ]
        for mention in filter(self._is_subject, near):
            name = self._name(mention.entity)
            return Speaker(name, SpeakerKind.ORGANIZATION, entity=mention.entity, how="body", sure=0.6)
        return None

    def _name(self, index: int) -> str:
        return self.names.entities[index].name

    def _is_company(self, index: int) -> bool:
        entity = self.names.entities[index]
        lows = [word.lower() for word in entity.words]
        is_place = lows[0] in PLACE_OPENERS or lows[-1] in PLACE_ENDINGS
        is_group = len(lows) == 1 and lows[0].rstrip("s") in ROLES  # "Residents"
        return not (entity.is_person or is_place or is_group or any(word in PUBLIC for word in lows))

    # -- pronouns ------------------------------------------------------------------------------------------------

    def _pronoun(self, gender: str, source: Span, scene: Scene) -> Speaker:
        words = source.of(self.text)
        if gender in ("1", "1p"):
            if scene.owner is not None and scene.owner.name:
                return replace(scene.owner, how="first", sure=0.8)
            return Speaker(
                None, why=f"“{words}” is the writer, or somebody whom the text does not name.", how="first", sure=0.3
            )
        if gender == "2":
            if scene.addressee is not None:
                return replace(scene.addressee, how="second", sure=0.7)
            return Speaker(None, why=f"The text does not say who “{words}” is.", how="second", sure=0.3)
        if gender in "pn":
            return self._group(gender, source, scene)
        return self._person(gender, source, scene)

    def _group(self, gender: str, source: Span, scene: Scene) -> Speaker:
        """Who "they" or "it" is: the group, body or paper that spoke last, else the latest body that is a subject."""
        last = scene.last
        if last is not None and last.name:
            fits = (
                last.plural
                if gender == "p"
                else last.kind in (SpeakerKind.ORGANIZATION, SpeakerKind.DOCUMENT) and not last.plural
            )
            if fits or (gender == "p" and last.kind is SpeakerKind.ORGANIZATION):
                return replace(last, how="pronoun", sure=0.7)
        for mention in self.names.before(source.start, 25):
            entity = self.names.entities[mention.entity]
            if entity.is_person or self.in_quotation(mention.start) or not self._is_subject(mention):
                continue
            if self._distance(mention.end, source.start) <= 3:
                return Speaker(entity.name, SpeakerKind.ORGANIZATION, entity=mention.entity, how="pronoun", sure=0.5)
        words = source.of(self.text)
        return Speaker(None, why=f"The text leaves open who “{words}” is.", how="pronoun", sure=0.3)

    def _person(self, gender: str, source: Span, scene: Scene) -> Speaker:
        scores: dict[int, float] = {}
        told_of: int | None = None  # the person whom this paragraph told of last, in a subject
        for mention in self.names.before(source.start):
            entity = self.names.entities[mention.entity]
            if (gender != "any" and entity.gender not in (None, gender)) or not (entity.is_person or entity.gender):
                continue
            quoted = self.in_quotation(mention.start)
            if quoted and not self.in_quotation(source.start):
                continue
            distance = self._distance(mention.end, source.start)
            if distance > 14:
                break
            if distance == 0 and not self.in_quotation(source.start) and self._is_other(mention, source):
                continue
            is_subject = self._is_subject(mention)
            if told_of is None and is_subject and distance <= 2 and "\n" not in self.text[mention.end : source.start]:
                told_of = mention.entity
            weight = 0.72**distance * (2.0 if is_subject else 1.0)
            if self.text[mention.end : mention.end + 2] in ("’s", "'s", "’ ", "' "):
                weight *= 0.5
            weight *= 1.3 if entity.gender == gender else 0.8
            if gender == "any" and not self._is_attested(mention.entity):
                weight *= 0.5
            scores[mention.entity] = max(scores.get(mention.entity, 0.0), weight) + (
                0.05 if mention.entity in scores else 0.0
            )
        last = scene.last
        if last is not None and last.entity is not None and last != scene.owner:
            entity = self.names.entities[last.entity]
            if entity.is_person and (gender == "any" or entity.gender in (None, gender)):
                near = scene.last_paragraph == scene.paragraph
                # who spoke last goes on speaking, unless this paragraph has turned to somebody else
                salience = 2.5 if near else 1.8 if told_of in (None, last.entity) else 1.0
                scores[last.entity] = scores.get(last.entity, 0.3) * salience
        if self._goes_on_about(self._mourned, gender, source) and self._mourned is not None:
            scores[self._mourned] = 2 * max([0.5, *scores.values()])
        if scene.owner is not None and scene.owner.entity is not None:
            scores.pop(scene.owner.entity, None)
        # nobody else has come into the paragraph in which the last speaker spoke
        goes_on = told_of is None and scene.last_paragraph == scene.paragraph and not self.in_quotation(source.start)
        if (
            last is not None
            and last.name
            and last.entity is None
            and last.kind in (SpeakerKind.UNNAMED, SpeakerKind.PERSON)
            and not last.plural
            and (goes_on or max(scores.values(), default=0.0) < 1.0)
            and _may_be(last.name, gender)
        ):
            # an unnamed person who spoke last: "a nurse ... she said"
            return replace(last, how="pronoun", sure=0.6)
        if gender in "mf" and (unnamed := self._nearer_unnamed(gender, source, scores)):
            return unnamed
        if not scores:
            return Speaker(None, why=f"Nobody named before fits “{source.of(self.text)}”.", how="pronoun", sure=0.2)
        ranked = sorted(scores.items(), key=lambda pair: -pair[1])
        margin = ranked[0][1] / (ranked[0][1] + (ranked[1][1] if len(ranked) > 1 else 0.0))
        entity = self.names.entities[ranked[0][0]]
        return Speaker(entity.name, SpeakerKind.PERSON, entity=ranked[0][0], how="pronoun", sure=margin)

    def _is_attested(self, index: int) -> bool:
        """Whether more than two capitals shows that a name is a person's: "Harwich Vale" may be a club."""
        entity = self.names.entities[index]
        return bool(entity.gender or entity.roles or entity.age or entity.honorific) or (
            entity.words[0].lower() in GIVEN_NAMES
        )

    def _obituary(self) -> int | None:
        """The person whom an obituary is about: the first one named, where the first lines tell of a death in old age.

        A crash that killed a young man is no obituary: who speaks in it is seldom he.
        """
        start = self.text[:_HEAD_OF_A_LIFE]
        tells = re.search(
            r"\bwho (?:has )?died\b|\bhas died\b|\b[Dd]ies at\b|\bdied (?:on|at|in|of|this|last|\w+day)\b", start
        )
        if not tells or not re.search(r"\b(?:aged|at|was|,) (?:[6-9]\d|10\d)\b", start):
            return None
        first = next((m.entity for m in self.names.mentions if self.names.entities[m.entity].is_person), None)
        return first if first is not None and len(self.names.entities[first].starts) >= _OF_A_LIFE else None

    def _goes_on_about(self, mourned: int | None, gender: str, source: Span) -> bool:
        """Whether a pronoun of an obituary stands in a paragraph that names nobody: it goes on about the subject."""
        if mourned is None or self.names.entities[mourned].gender not in (None, gender):
            return False
        return not self.in_quotation(source.start) and self._opens_paragraph(source.start)

    def _opens_paragraph(self, at: int) -> bool:
        """Whether nobody is named in a paragraph before the place `at`."""
        start = self.text.rfind("\n", max(0, at - _PARAGRAPH), at) + 1
        if start == 0 and at > _PARAGRAPH:
            return False
        named = self.names.within(Span(start, at))
        return not any(self.names.entities[m.entity].is_person for m in named)

    def _nearer_unnamed(self, gender: str, source: Span, scores: dict[int, float]) -> Speaker | None:
        """Somebody without a name who is the subject of this sentence or the one before: "My mother rang. She said".

        Only where no name that fits stands between, or is the subject of the same clause.
        """
        at = max(self._begins_telling(source.start), source.start - _NEAR_SUBJECT)
        quoted = self.in_quotation(source.start)
        found = [
            m
            for m in _SUBJECT.finditer(self.text, at, source.start)
            if self.in_quotation(m.start("phrase")) == quoted and _may_be(m["phrase"], gender)
        ]
        if not found or self._distance(found[-1].end(), source.start) > 1:
            return None
        phrase, place = found[-1]["phrase"], found[-1].start("phrase")
        head = _head_noun(phrase)
        if head not in _SOMEBODY:
            return None
        named = self.names.within(Span(place, source.start))
        if _OBJECT[gender].search(self.text, found[-1].end(), source.start):
            return None  # "His lawyer told him to wait. He said": either
        if any(m.entity in scores for m in named) or self.names.with_role(head, source.start) is not None:
            return None
        return Speaker(phrase, SpeakerKind.UNNAMED, how="pronoun", sure=0.6)

    def _begins_telling(self, at: int) -> int:
        """Where the words around `at` begin: its paragraph, or its quotation, what a cue broke off before included."""
        line = self.text.rfind("\n", 0, at) + 1
        if not self.in_quotation(at):
            return line
        first = bisect_right(self._starts, at) - 1
        while first and self._starts[first - 1] >= line:
            first -= 1
        return self._starts[first]

    def _is_other(self, mention: Mention, source: Span) -> bool:
        """Whether a name in the pronoun's own sentence can't be meant by it.

        What somebody does to a person is done to somebody else: "Asked whether he would sack Hale, he said" is not
        Hale, nor is "Cross-examined by Rhys, she said" Rhys (Chomsky's principle B; a participle's subject is that of
        its clause).
        """
        before = self.text[max(0, mention.start - 60) : mention.start]
        between = self.text[mention.end : source.start]
        if _ACTED.search(before) and _NEXT_CLAUSE.fullmatch(between):
            return True
        return re.search(rf"\b{re.escape(source.of(self.text).lower())} {_VERB_AND_ITS_OBJECT}", before) is not None

    # -- places --------------------------------------------------------------------------------------------------

    def in_quotation(self, at: int) -> bool:
        """Whether an offset lies in a quotation."""
        i = bisect_right(self._starts, at) - 1
        return i >= 0 and at < self._quoted[i].end

    def _distance(self, start: int, end: int) -> int:
        """Sentence ends and line ends between two offsets."""
        return bisect_right(self._stops, end) - bisect_right(self._stops, start)

    def _is_subject(self, mention: Mention) -> bool:
        """Whether a name opens its sentence or clause, after at most a few words and no preposition."""
        before = self.text[max(0, mention.start - 60) : mention.start]
        before = re.split(r"[.!?\n“”;]\s*|, (?=[A-Z])", before)[-1]
        return len(before.split()) <= 5 and not re.search(
            r"\b(?:of|to|with|by|for|from|at|about|on|in|against|and|that|than|after)\b[^,]*$", before
        )


def _may_be(phrase: str, gender: str) -> bool:
    head = _head_noun(phrase)
    return not (head in FEMALE_ROLES and gender == "m") and not (head in MALE_ROLES and gender == "f")


def _bare(words: str) -> str:
    return re.sub(r"^(?:the|a|an)\s+", "", words, flags=re.IGNORECASE).strip(" ,’'")


def _head_noun(words: str) -> str:
    """Last noun of the phrase before any "of", "for", "who"; lower case.

    >>> _head_noun("the council’s deputy leader for housing")
    'leader'
    """
    stop = re.split(
        r" (?:of|for|from|at|in|who|that|which|with|on|to|close|familiar|under|near|as|by|inside|within|"
        r"around|briefed|whose|speaking|"
        r"involved|published|released|and) |,| \(",
        words,
    )[0]
    found = re.findall(r"[\w’'-]+", stop)
    return re.sub(r"['’]s?$", "", found[-1].lower()) if found else ""


__all__ = ["PRONOUNS", "Resolver", "Scene", "Speaker"]
