"""Statements of one parsed sentence: each cue with its content and its source.

A quoted utterance takes the cue beside it; then the reported clauses, acts of speech, courts, "according to", nouns of
saying and loose fragments are read, in that order, each by the class of that name.
"""

import re
from typing import TYPE_CHECKING

from claimtrack.attribution import Kind, Span
from claimtrack.extract.cues import VERBS
from claimtrack.extract.draft import Cue, Draft
from claimtrack.extract.fragments import SLOGAN, Fragments, shows_slogan
from claimtrack.extract.grammar import FINITE, happened, has_subject, is_passive, is_verb_cue, noun_phrase, quote_frame
from claimtrack.extract.order import noun_beside
from claimtrack.extract.segment import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


#: Tags of words after which a clause can't end: "was", "will", "of", "a".
_INCOMPLETE = frozenset({"VBZ", "VBD", "VBP", "MD", "IN", "DT", "TO", "PRP$"})


def read_sentence(text: str, number: int, sentence: Sentence, doc: "Doc") -> list[Draft]:
    """Statements of `sentence`, in no particular order; quotations without a cue are left to the caller."""
    return _Reader(text, number, sentence, doc).read()


class _Reader(Fragments):
    """All rules, and what a quoted utterance takes for its cue."""

    def read(self) -> list[Draft]:
        asks = self.doc.user_data["text"].rstrip().endswith("?")
        for token in self.doc:
            form = is_verb_cue(token)
            if form is not None and self._tells_listeners(token):
                continue
            if form is not None and happened(token) and not (asks and self._inverted_question(token)):
                self.cues.append(Cue(token, form, self._speaker_of(token)))
        taken = self._utterances()
        for cue in self.cues:
            if cue.token.i not in taken:
                self._clause(cue)
        self._heard()
        self._hearsay()
        self._according_to()
        self._nouns()
        self._loose_fragments()
        for draft in self.drafts:
            if draft.kind is Kind.DIRECT and draft.cue_token is not None and shows_slogan(self.doc[draft.cue_token]):
                draft.rule = SLOGAN
            # a report inside a quoted fragment is the fragment's speaker's: indirect, unless it has marks of its own
            draft.inner = draft.cue is not None and any(
                q.inner.contains(draft.cue) and q.depth == self.sentence.level for q in self.sentence.quotes
            )
        return self.drafts

    def _speaker_of(self, token: "Token") -> "Token | None":
        """The word that names who speaks: by the parse, or by its place where the parse gives none."""
        found = self._source(token)
        if found is not None and self._in_fragment(found) and not self._in_fragment(token):
            found = next(
                (
                    t
                    for t in self.doc
                    if t.dep_ in ("nsubj", "nsubjpass") and not self._in_fragment(t) and t.head.is_ancestor(token)
                ),
                None,
            )
        if found is None and is_passive(token):
            return self._agent_behind_marks(token)
        return found or noun_beside(token) or self._speaker_before(token)

    def _speaker_before(self, token: "Token") -> "Token | None":
        """Whose cue a participle behind a comma goes on: "“...,” she said, recalling her own case: “...”"."""
        if token.tag_ != "VBG" or token.i == 0 or self.doc[token.i - 1].text[-1:] != ",":
            return None
        return self.cues[-1].source if self.cues else None

    def _agent_behind_marks(self, token: "Token") -> "Token | None":
        """Who speaks in a passive, where "by" stands behind words in marks: "described as “a tip” by Vickers"."""
        ends = {q.span.end for q in self.sentence.quotes}
        for t in self.doc[token.i + 1 :]:
            if t.tag_ in FINITE and not self._in_fragment(t):
                return None
            at = self.base + t.idx
            if t.lower_ == "by" and (at in ends or at - 1 in ends):
                return next((c for c in t.children if c.dep_ == "pobj"), None)
        return None

    def _in_fragment(self, token: "Token") -> bool:
        """Whether a word stands in quotation marks, which no word outside them has for its subject."""
        return self._in_marks(self.base + token.idx)

    def _inverted_question(self, token: "Token") -> bool:
        return any(
            c.dep_ == "aux" and any(s.dep_ == "nsubj" and s.i > c.i for s in token.children) for c in token.children
        )

    def _utterances(self) -> set[int]:
        """Give each quoted utterance its cue; returns the indices of cues whose content that is."""
        groups: dict[int, list[Span]] = {}
        by_token = {c.token.i: c for c in self.cues}
        for q, whole in zip(self.sentence.quotes, self.sentence.utterances, strict=True):
            if not whole:
                continue
            cue = self._cue_for(q.span)
            if cue is not None:
                groups.setdefault(cue.token.i, []).append(q.span)
        for i, spans in groups.items():
            lead = self._lead(by_token[i], spans[0])
            if lead:
                self._add(by_token[i], [Span(lead.start, spans[0].end), *spans[1:]], "quote.led", Kind.MIXED)
            elif opened := self._opened(by_token[i], spans[0]):
                self._add(by_token[i], [opened, *spans], "clause.around", Kind.MIXED)
            else:
                self._add(by_token[i], spans, "quote.cue", Kind.DIRECT)
        return set(groups)

    def _lead(self, cue: Cue, quote: Span) -> Span | None:
        """Unquoted words that are reported with a quotation: "With voters split, “it counts,” she says"."""
        if self.base + cue.token.idx < quote.start:
            return None
        words = self.text[self.sentence.span.start : quote.start]
        bare = words.strip()
        if (
            len(bare.split()) < 3
            or bare[-1] in ':—–.?!“"'
            or any(c.token.idx + self.base < quote.start for c in self.cues)
        ):
            return None
        if not any(self.base + t.idx < quote.start and t.tag_[:1] in "VI" and self.real[t.i] for t in self.doc):
            return None
        return self.content(
            0, max(0, next((i for i in self.placed if self.base + self.doc[i].idx >= quote.start), 1) - 1)
        )

    def _opened(self, cue: Cue, quote: Span) -> Span | None:
        """The words before the cue that its quotation completes: "It was, he added, “regrettable”"."""
        first = min(cue.token.i, noun_phrase(cue.source)[0] if cue.source is not None else cue.token.i)
        if first < 2 or self.base + cue.token.idx > quote.start or self.doc[first - 1].text != ",":
            return None
        goes_on = next((c for c in self.text[quote.start : quote.end] if c.isalnum()), "").islower()
        waits = self.doc[first - 2].tag_ in _INCOMPLETE and not any(
            self._in_marks(self.base + t.idx) for t in self.doc[:first]
        )
        return self.content(0, first - 2) if goes_on and waits else None

    def _cue_for(self, quote: Span) -> Cue | None:
        """The cue of a quoted utterance: the one beside it, the one that follows a fronted quotation first."""
        at = quote.start - self.base
        before = [c for c in self.cues if quote_frame(c.form) and c.token.idx < at]
        after = [c for c in self.cues if quote_frame(c.form) and c.token.idx >= quote.end - self.base]
        lead = self.text[self.sentence.span.start : quote.start].rstrip()
        fronted = not lead.strip("“”\"'‘’ ,—–―-") or (lead[-1:] not in ",:—–―-" and not self._ends_with_cue(lead))
        if after:
            cue = after[0]
            # a nickname in marks ("Marcia “Cia” Price") is part of the name
            between = re.sub(r"[“\"]\w{1,20}[”\"]", "", self.text[quote.end : self.base + cue.token.idx])
            first = noun_phrase(cue.source)[0] if cue.source is not None else cue.token.i
            beside = not self.text[quote.end : self.base + self.doc[first].idx].strip(" ,.—–―-")
            tail = self.text[quote.start : quote.end].rstrip("”’»\"' ")[-1:]
            closes = tail in ",?!—–―" and not self._is_new_clause(cue)
            if beside and first <= cue.token.i + 1 and (fronted or not before or closes):
                return cue
            near = len(between.split()) <= 18 and not any(m in between for m in '“";:')
            if near and (fronted or not before) and self._closes_off(quote, cue):
                return cue
        if before:
            cue = before[-1]
            between = self.text[self.base + cue.token.idx : quote.start]
            if not self._has_clause_before(cue, quote) and len(between.split()) <= 45:
                return cue
            return None
        if after and not fronted and self._closes_off(quote, after[0]):
            return after[0]
        return None

    def _is_new_clause(self, cue: Cue) -> bool:
        """Whether a cue after a quotation has content of its own after it."""
        return any(
            c.dep_ == "ccomp" and c.i > cue.token.i and c.i not in self.placed for c in cue.token.children
        ) or any(
            q.span.start > self.base + cue.token.idx
            and not self.text[self.base + cue.token.idx + len(cue.token) : q.span.start].strip(" ,:")
            for q in self.sentence.quotes
        )

    def _ends_with_cue(self, lead: str) -> bool:
        words = re.findall(r"[\w’'-]+", lead[-40:])
        return bool(words) and words[-1].lower() in VERBS

    def _closes_off(self, quote: Span, cue: Cue) -> bool:
        """Whether the words after a quotation can be its cue's clause: no other clause with a subject between."""
        if self.text[quote.end : self.base + cue.token.idx].strip() == "":
            return True
        source = cue.source
        if source is None:
            return False
        return self.base + self.doc[noun_phrase(source)[0]].idx >= quote.end or source.i > cue.token.i

    def _has_clause_before(self, cue: Cue, quote: Span) -> bool:
        """Whether the cue has a reported clause of its own between itself and the quotation."""
        at = quote.start - self.base
        for child in cue.token.children:
            between = child.i not in self.placed and cue.token.i < child.i and child.idx < at
            if child.dep_ == "ccomp" and between and has_subject(child):
                return True
        return False
