"""Who stands behind a source mention: the fullest name in the document, or the mention as it stands.

Nearest is not enough. A pronoun takes the most salient person of its gender: the last speaker, the subject of the
sentence before, a name in the same sentence; a role ("the minister") takes the person whom the text gives that role.
"""

import re
from dataclasses import dataclass

from claimtrack.attribution import Span, SpeakerKind
from claimtrack.extract.names import Entity, Mention, Names
from claimtrack.extract.people import BODIES, DOCUMENTS, FEMALE_ROLES, MALE_ROLES, ORG_WORDS, ROLES, SPOKES

PRONOUNS = {"he": "m", "she": "f", "him": "m", "her": "f", "his": "m", "hers": "f", "himself": "m", "herself": "f", "they": "p", "them": "p", "their": "p", "it": "n", "its": "n", "i": "1", "we": "1p", "my": "1", "our": "1p", "me": "1", "us": "1p", "who": "w", "you": "2", "your": "2"}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, as far as the text says."""

    name: str | None
    kind: SpeakerKind | None = None
    stands_for: str | None = None
    entity: int | None = None
    why: str | None = None
    how: str = ""
    sure: float = 1.0


class Resolver:
    """Resolves source mentions of one text, in reading order; it remembers who spoke last."""

    def __init__(self, text: str, names: Names, quoted: list[Span], blocks: list[Span]) -> None:
        self.text, self.names = text, names
        self.quoted = quoted
        self.blocks = blocks
        self._starts = [q.start for q in quoted]

    def in_quotation(self, at: int) -> bool:
        """Whether an offset lies in a quotation."""
        import bisect

        i = bisect.bisect_right(self._starts, at) - 1
        return i >= 0 and at < self.quoted[i].end

    def resolve(self, source: Span, sentence: Span, last: "Speaker | None") -> Speaker:
        """Who the mention at `source` is."""
        words = source.of(self.text)
        low = words.lower()
        if low in PRONOUNS:
            return self._pronoun(PRONOUNS[low], source, sentence, last)
        inside = self.names.within(source)
        head = self._head_mention(words, source, inside)
        if head is not None:
            return self._named(head, words)
        return self._nominal(words, source, sentence, last)

    def _head_mention(self, words: str, source: Span, inside: list[Mention]) -> Mention | None:
        """The name that is the head of the phrase: its last words, before any "of" or "for"."""
        if not inside:
            return None
        if re.search(r"\band\b|, ", words) and len(inside) > 1:
            return None
        stop = re.search(r" (?:of|for|from|at|in|who|with|on|to) ", words)
        limit = source.start + stop.start() if stop else source.end
        before = [m for m in inside if m.end <= limit]
        if not before:
            return None
        last = before[-1]
        if last.end >= limit - 1 or not re.search(r"[a-z]{3}", self.text[last.end : limit]):
            return last
        return None

    def _named(self, mention: Mention, words: str) -> Speaker:
        entity = self.names.entities[mention.entity]
        if entity.is_person:
            return Speaker(entity.name, SpeakerKind.PERSON, self._body(words), mention.entity, how="name")
        kind = SpeakerKind.ORGANIZATION
        return Speaker(_bare(words) if len(words.split()) > len(entity.words) else entity.name, kind, None, mention.entity, how="name")

    def _body(self, words: str) -> str | None:
        match = re.search(r"(?:the )?(.{2,80}?)(?:['’]s?)? (?:chief |lead )?(?:spokes(?:man|woman|person))\b", words, re.IGNORECASE)
        return _bare(match.group(1)) if match else None

    def _nominal(self, words: str, source: Span, sentence: Span, last: "Speaker | None") -> Speaker:
        head = _head_noun(words)
        low = words.lower()
        definite = low.startswith(("the ", "this ", "that ", "his ", "her ", "their "))
        if head in SPOKES:
            match = re.search(r"\b(?:for|of|from|at) (?:the )?(.+)$", words)
            return Speaker(words, SpeakerKind.UNNAMED, _bare(match.group(1)) if match else self._body(words), how="spokesperson")
        if head in DOCUMENTS:
            return Speaker(words, SpeakerKind.DOCUMENT, how="document")
        if definite and (head in ROLES or head in FEMALE_ROLES or head in MALE_ROLES or re.search(r"\d{1,3}-year-old", low)):
            found = self._role(head, low, source)
            if found is not None:
                return found
        kind = SpeakerKind.ORGANIZATION if head in BODIES or head in ORG_WORDS else SpeakerKind.UNNAMED
        return Speaker(words, kind, how="described")

    def _role(self, head: str, low: str, source: Span) -> Speaker | None:
        age = re.search(r"(\d{1,3})-year-old", low)
        best: tuple[int, int] | None = None
        for index, entity in enumerate(self.names.entities):
            if not entity.is_person or not entity.mentions:
                continue
            if age:
                if entity.age != age.group(1):
                    continue
            elif head not in entity.roles:
                continue
            place = max((m.start for m in entity.mentions if m.start < source.start), default=-1)
            if place >= 0 and (best is None or place > best[0]):
                best = (place, index)
        if best is None:
            return None
        entity = self.names.entities[best[1]]
        return Speaker(entity.name, SpeakerKind.PERSON, None, best[1], how="role", sure=0.8)

    def _pronoun(self, gender: str, source: Span, sentence: Span, last: "Speaker | None") -> Speaker:
        words = source.of(self.text)
        if gender in ("1", "1p", "2"):
            return Speaker(words, SpeakerKind.UNNAMED, how="first", sure=0.3, why="The writer or somebody quoted speaks in the first person.")
        if gender == "p":
            if last is not None and last.name and last.entity is None:
                return Speaker(last.name, last.kind, last.stands_for, None, how="plural", sure=0.6)
            return Speaker(None, None, why=f"“{words}” could be several people.", how="plural", sure=0.3)
        scores: dict[int, float] = {}
        i = 0
        import bisect

        i = bisect.bisect_left(self.names.mentions, Mention(source.start, 0, -1)) - 1
        looked = 0
        sentence_start = sentence.start
        while i >= 0 and looked < 40:
            mention = self.names.mentions[i]
            i -= 1
            looked += 1
            entity = self.names.entities[mention.entity]
            if gender in "mf" and (not entity.is_person or (entity.gender and entity.gender != gender)):
                continue
            if gender == "n" and entity.is_person:
                continue
            if self.in_quotation(mention.start):
                continue
            distance = self._sentences_between(mention.end, source.start)
            if distance > 12:
                break
            weight = 0.75**distance
            if self._is_subject(mention):
                weight *= 2
            if self.text[mention.end : mention.end + 2] in ("’s", "'s"):
                weight *= 0.5
            if entity.gender == gender:
                weight *= 1.3
            scores[mention.entity] = max(scores.get(mention.entity, 0), weight) + 0.05 * (mention.entity in scores)
            if mention.start >= sentence_start:
                scores[mention.entity] += 0.1
        if last is not None and last.entity is not None:
            entity = self.names.entities[last.entity]
            if gender in "mf" and entity.is_person and entity.gender in (None, gender):
                scores[last.entity] = scores.get(last.entity, 0.3) * 1.8
        if not scores:
            if last is not None and last.name and gender in "mf" and last.kind is SpeakerKind.UNNAMED:
                return Speaker(last.name, last.kind, last.stands_for, last.entity, how="pronoun", sure=0.5)
            return Speaker(None, None, why=f"Nobody named before fits “{words}”.", how="pronoun", sure=0.2)
        ranked = sorted(scores.items(), key=lambda pair: -pair[1])
        best = ranked[0]
        margin = best[1] / (best[1] + (ranked[1][1] if len(ranked) > 1 else 0))
        entity = self.names.entities[best[0]]
        kind = SpeakerKind.PERSON if entity.is_person else SpeakerKind.ORGANIZATION
        return Speaker(entity.name, kind, None, best[0], how="pronoun", sure=margin)

    def _sentences_between(self, start: int, end: int) -> int:
        between = self.text[start:end]
        return len(re.findall(r"[.!?][”\"’']?\s", between[-2000:]))

    def _is_subject(self, mention: Mention) -> bool:
        before = self.text[max(0, mention.start - 60) : mention.start]
        before = re.split(r"[.!?\n“”]\s*", before)[-1]
        return len(before.split()) <= 4 and not re.search(r"\b(?:of|to|with|by|for|from|at|about|on|in|against)\b[^,]*$", before)


def _bare(words: str) -> str:
    return re.sub(r"^(?:the|a|an)\s+", "", words, flags=re.IGNORECASE).strip(" ,’'")


def _head_noun(words: str) -> str:
    """Last noun of the phrase before any "of", "for", "who"; lower case.

    >>> _head_noun("the council’s deputy leader for housing")
    'leader'
    """
    stop = re.split(r" (?:of|for|from|at|in|who|that|which|with|on|to|close|familiar|under|near|as|by|inside|within|around|and) |,", words)[0]
    found = re.findall(r"[\w’'-]+", stop)
    return re.sub(r"['’]s?$", "", found[-1].lower()) if found else ""


__all__ = ["PRONOUNS", "Entity", "Resolver", "Speaker"]
