"""Statements without a verb of saying of their own: "according to", nouns of saying, what a court heard."""

from typing import TYPE_CHECKING

from claimtrack.attribution import Span
from claimtrack.extract.clauses import Clauses
from claimtrack.extract.cues import NOUNS, NOUNS_PLURAL, VERBS
from claimtrack.extract.draft import Cue, Draft, merged
from claimtrack.extract.grammar import FINITE, TIMES, happened, is_passive, noun_phrase, subject

if TYPE_CHECKING:
    from spacy.tokens import Token


#: Who hears evidence: courts, juries, inquests, committees, and those who sit in them.
_LISTENERS = frozenset(
    """court jury inquest tribunal inquiry hearing panel committee mp councillor council juror judge magistrate
    meeting commission assembly parliament senate senator lawmaker jurors mps""".split()
)


class Sayings(Clauses):
    """Courts, "according to" and nouns of saying."""

    def _heard(self) -> None:
        """What a court or committee heard, or anybody was told: a statement whose speaker the text leaves open."""
        for token in self.doc:
            low = token.lower_
            if (
                low not in ("heard", "told", "hears")
                or not self.real[token.i]
                or any(c.cue_token == token.i for c in self.drafts)
            ):
                continue
            if any(d.cue and d.cue.start == self.base + token.idx for d in self.drafts):
                continue
            listener = next((c for c in token.children if c.dep_ in ("nsubj", "nsubjpass")), None)
            passive = is_passive(token)
            told = passive and low == "told" and any(c.dep_ == "ccomp" for c in token.children)
            if listener is None or not (
                told or listener.lower_.rstrip("s") in _LISTENERS or listener.lower_ in _LISTENERS
            ):
                continue
            if low == "told" and not passive and not self._ends_headline(token):
                continue
            if (low != "told" and passive) or not happened(token):
                continue
            if passive and any(c.dep_ == "agent" for c in token.children):
                continue
            cue = Cue(token, VERBS["say"], None)
            clause = next((c for c in token.children if c.dep_ == "ccomp" and c.i not in self.placed), None)
            spans: list[Span] = []
            rest = self._told_in_order(token) if passive else None
            if clause is not None and clause.i > token.i:
                spans = self._clause_spans(cue, clause)
                if rest is not None and spans and rest.start < spans[0].start and not self._has_time(rest, spans[0]):
                    spans = [rest]
            elif rest is not None:
                spans = [rest]
            elif listener.left_edge.i > 1 and self.doc[listener.left_edge.i - 1].text[-1:] in (",", "”", "’", '"', "'"):
                front = self.content(0, listener.left_edge.i - 1)
                spans = [front] if front else []
            if spans and (draft := self._add(cue, spans, "court.heard")):
                draft.cue_base = "hear"

    def _told_in_order(self, token: "Token") -> Span | None:
        """What follows "was told" by the words alone: a phrase and a finite verb, or "of" and words in marks."""
        doc = self.doc
        if token.i + 2 >= len(doc):
            return None
        following = doc[token.i + 1]
        if following.lower_ == "of" and any(q.span.start >= self.base + following.idx for q in self.sentence.quotes):
            return self.content(following.i + 1, following.right_edge.i)
        begins = following.tag_ in ("DT", "NNP", "NN", "NNS", "PRP", "PRP$", "CD", "JJ", "EX")
        if not begins or following.lower_ in TIMES or not any(t.tag_ in FINITE for t in doc[following.i + 1 :]):
            return None
        return self.content(following.i, len(doc) - 1)

    def _has_time(self, longer: Span, shorter: Span) -> bool:
        """Whether what the longer span has before the shorter is a time or "that", no part of a clause."""
        words = self.text[longer.start : shorter.start].lower().split()
        return any(word in TIMES or word.rstrip("s") in TIMES or word in ("ago", "that") for word in words)

    def _hearsay(self) -> None:
        """What somebody "is said to" be or do: a statement whose speaker the text leaves open."""
        for token in self.doc:
            if token.lower_ not in ("said", "reported", "alleged", "rumoured", "rumored") or not self.real[token.i]:
                continue
            subject_ = next((c for c in token.children if c.dep_ == "nsubjpass"), None)
            clause = next((c for c in token.children if c.dep_ == "xcomp" and c.i > token.i), None)
            if subject_ is None or clause is None or not happened(token):
                continue
            if not any(c.lower_ == "to" and c.dep_ == "aux" and c.i == token.i + 1 for c in clause.children):
                continue
            span = self.content(token.i + 1, clause.right_edge.i)
            if span is not None and not any(d.cue_token == token.i for d in self.drafts):
                draft = self._add(Cue(token, VERBS["say"], None), [span], "hearsay")
                if draft is not None:
                    draft.cue_base = "hear"

    def _tells_listeners(self, token: "Token") -> bool:
        """Whether "told" ends a headline after those who were told: "..., MPs told"."""
        if token.lower_ != "told" or not self._ends_headline(token):
            return False
        return any(c.dep_ in ("nsubj", "nsubjpass") and c.lower_.rstrip("s") in _LISTENERS for c in token.children)

    def _ends_headline(self, token: "Token") -> bool:
        return token.i >= len(self.doc) - 2

    def _according_to(self) -> None:
        doc = self.doc
        for token in doc:
            if token.lower_ != "according" or token.i + 1 >= len(doc) or doc[token.i + 1].lower_ != "to":
                continue
            to = doc[token.i + 1]
            source = next((c for c in to.children if c.dep_ == "pobj"), None) or next(
                (t for t in doc[token.i + 2 :] if t.tag_[:1] in "NP" and t.tag_ != "POS"), None
            )
            if source is None:
                continue
            first, last = noun_phrase(source)
            first = max(first, to.i + 1)
            last = self._without_release(source, first, last)
            end = self._source_end(source, last)
            spans = []
            front_end = token.i - 1
            at_start = all(not self.real[i] or doc[i].text in (",", "And", "But", "and", "but") for i in range(token.i))
            if not at_start and (front := self.content(self._after_semicolon(0, token.i), front_end)):
                spans.append(front)
            rest_from = end + 1
            if at_start or (rest_from < len(doc) and doc[rest_from].text[:1] == "," and self._goes_on(rest_from)):
                back = self.content(rest_from, len(doc) - 1)
                if back:
                    spans.append(back)
            spans = merged(spans)
            if not spans:
                continue
            draft = Draft(
                spans,
                "according",
                self.number,
                self._kind(spans),
                self.span(first, last),
                self.span(token.i, to.i),
                token.i,
                source.i,
                "according",
            )
            self.drafts.append(draft)

    def _without_release(self, source: "Token", first: int, last: int) -> int:
        """Last token of a document's phrase without when and where it came out: "a study published on Wednesday"."""
        for i in range(max(first, source.i) + 1, last + 1):
            if self.doc[i].lower_ in (
                "published",
                "released",
                "issued",
                "posted",
                "obtained",
                "seen",
                "reviewed",
                "conducted",
            ):
                return i - 1
        return last

    def _source_end(self, source: "Token", last: int) -> int:
        """Last token of the source with its apposition or relative clause: where the content can begin."""
        end = max(last, source.i)
        right = source.right_edge.i
        doc = self.doc
        clause = any(t.dep_ == "nsubj" and not _in_relative(t, source) for t in doc[last + 1 : right + 1])
        end = max(end, right) if right - end < 25 and not clause else end
        if end + 2 < len(doc) and doc[end + 1].text == "," and doc[end + 2].tag_ == "NNP" and source.tag_ != "NNP":
            i = end + 2
            while i + 1 < len(doc) and doc[i + 1].tag_ == "NNP":
                i += 1
            if i + 1 >= len(doc) or doc[i + 1].text[:1] in ",.":
                return i
        return end

    def _goes_on(self, comma: int) -> bool:
        """Whether a clause goes on after the comma: a verb follows."""
        if comma + 1 < len(self.doc) and self.doc[comma + 1].lower_ in (
            "but",
            "and",
            "while",
            "who",
            "which",
            "although",
            "though",
        ):
            return False
        return any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in self.doc[comma + 1 :])

    def _nouns(self) -> None:
        """Nouns of saying with a clause: "her claim that the roof leaks", "his argument is that it leaks"."""
        for token in self.doc:
            low = token.lower_
            if low not in NOUNS and low not in NOUNS_PLURAL:
                continue
            content = self._clause_of(token)
            if content is None or any(d.dep_ == "neg" or d.lower_ == "no" for d in token.children):
                continue
            owner = self._owner(token)
            if owner is None:
                continue
            span = self.content(*content)
            if span is None or any(d.cue_token == token.i for d in self.drafts):
                continue
            first, last = noun_phrase(owner)
            draft = Draft(
                [span],
                "noun.clause",
                self.number,
                self._kind([span]),
                self.span(first, last),
                self.span(token.i, token.i),
                token.i,
                owner.i,
                low,
            )
            self.drafts.append(draft)

    def _clause_of(self, noun: "Token") -> tuple[int, int] | None:
        """First and last token of the clause with "that" which a noun of saying brings."""
        if noun.tag_[:1] == "N":
            found = [c for c in noun.children if c.dep_ in ("acl", "ccomp", "relcl")]
            verb = noun.head
            if noun.dep_ == "nsubj" and verb.lower_ in ("is", "was") and noun.i < verb.i:
                found += [c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i]
            clause = next((c for c in found if _marked(c)), None)
            if clause is not None:
                return clause.left_edge.i, clause.right_edge.i
        return self._clause_in_order(noun)

    def _clause_in_order(self, noun: "Token") -> tuple[int, int] | None:
        """The same where the parser lost it: behind "’s ... NOUN that", up to the main verb that follows."""
        doc = self.doc
        if noun.i == 0 or noun.i + 3 >= len(doc) or doc[noun.i + 1].lower_ != "that" or not self._possessed(noun):
            return None
        main = next((t for t in doc if t.dep_ == "ROOT" and t.tag_[:1] == "V" and t.i > noun.i + 3), None)
        if main is None:
            return None
        group = [c.i for c in main.children if c.dep_ in ("aux", "auxpass", "neg", "advmod") and noun.i < c.i < main.i]
        end = min([main.i, *group]) - 1
        finite = any(t.tag_ in FINITE for t in doc[noun.i + 2 : end + 1])
        return (noun.i + 1, end) if finite else None

    def _possessed(self, noun: "Token") -> bool:
        before = self.doc[max(0, noun.i - 2) : noun.i]
        return any(t.tag_ in ("POS", "PRP$") for t in before)

    def _owner(self, noun: "Token") -> "Token | None":
        """Whose saying a noun tells of: a possessive, "by" or "from" somebody, the subject of "made the claim"."""
        owner = next((c for c in noun.children if c.dep_ == "poss"), None)
        if owner is None:
            by = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ in ("by", "from", "of")), None)
            owner = next((c for c in by.children if c.dep_ == "pobj"), None) if by is not None else None
        if owner is None and noun.tag_[:1] == "N":
            owner = self._maker(noun)
        if owner is None:
            for i in range(noun.i - 1, max(-1, noun.i - 3), -1):
                if self.doc[i].tag_ == "PRP$":
                    return self.doc[i]
                if self.doc[i].tag_ == "POS" and i:
                    return self.doc[i - 1]
        return owner

    def _maker(self, token: "Token") -> "Token | None":
        """Subject of a light verb over the noun: "she made the claim that", "he repeated his warning that"."""
        verb = token.head
        if (
            token.dep_ == "dobj"
            and verb.tag_[:1] == "V"
            and happened(verb)
            and verb.lower_
            in (
                "made",
                "makes",
                "making",
                "issued",
                "repeated",
                "repeating",
                "gave",
                "renewed",
                "voiced",
                "issuing",
                "repeats",
            )
        ):
            return subject(verb)
        return None


def _in_relative(token: "Token", source: "Token") -> bool:
    """Whether a token belongs to a relative clause on `source`: "the study, which the port paid for, ..."."""
    return any(
        t.dep_ == "relcl" and source.is_ancestor(t) and t.left_edge.lower_ in ("who", "whom", "whose", "which", "that")
        for t in (token, *token.ancestors)
    )


def _marked(clause: "Token") -> bool:
    return any(c.lower_ == "that" and c.dep_ == "mark" for c in clause.children)
