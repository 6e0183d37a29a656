"""Reported clauses: "said that the roof leaks", "The roof leaks, she said", "The roof, she said, leaks".

A reported clause before the cue runs from the start of the sentence, one after it to the end, less what hangs on the
cue itself: a second verb of saying ("and promised ..."), a participle (", adding that ..."), an adverbial between
commas. The parser's own right edge is not used where the cue is the main verb, since attachment errors there are its
commonest.
"""

import re
from typing import TYPE_CHECKING

from claimtrack.attribution import Kind, Span
from claimtrack.extract.acts import Acts
from claimtrack.extract.cues import Frame
from claimtrack.extract.draft import Cue
from claimtrack.extract.grammar import (
    FINITE,
    asks_whether,
    coordinate,
    has_subject,
    is_passive,
    is_verb_cue,
    is_warning_to,
    noun_phrase,
    quote_frame,
    stands_beside_quote,
)
from claimtrack.extract.order import clause_after_hearer, nominative_after, that_clause
from claimtrack.extract.people import BODIES, DOCUMENTS, ORG_WORDS
from claimtrack.extract.segment import NEED_HEARER

if TYPE_CHECKING:
    from spacy.tokens import Token

#: Participles with which the writer tells where a report comes from.
_SOURCING = frozenset("citing quoting referencing".split())
#: Who publishes what they find: "the coroner found that", "researchers found that".
_INQUIRERS = frozenset(
    """court judge tribunal jury inquiry coroner magistrate panel ombudsman committee regulator watchdog researcher
    scientist economist inspector auditor investigator engineer examiner analyst""".split()
)
#: Verbs that report only with "that": "accepted that it was late", not "accepted it".
_NEEDS_THAT = frozenset({"allow", "accept", "hold"})
#: Words that begin another clause after a comma.
_SUBORDINATORS = frozenset("because although though since while whereas if when where as unless but and".split())
#: Words with which the writer links a quotation to what came before.
_CONNECTIVES = frozenset("yet but and still so then or".split())
#: Endings of nouns without a plural, which "that" can't point at.
_UNCOUNTED = ("ance", "ence", "ness", "ism", "ing", "ship")


def _links(word: "Token") -> bool:
    """Whether a "that" tagged as a pointing word links: "denied that guidance existed", "said that prices rose".

    "That" points at singular nouns with a plural ("said that man lied"); before others it begins the clause.
    """
    noun = word.head
    return (
        word.lower_ == "that"
        and word.dep_ == "det"
        and noun.dep_ in ("nsubj", "nsubjpass")
        and (noun.tag_ in ("NNS", "NNP", "NNPS") or noun.lower_.endswith(_UNCOUNTED))
    )


class Clauses(Acts):
    """Statements whose content is a clause before, after or around the cue."""

    def _clause(self, cue: Cue) -> None:
        token, frames = cue.token, cue.form.frames
        if cue.form.base == "put" and self._put(cue, next((c for c in token.children if c.dep_ == "dobj"), None)):
            return
        if frames & Frame.THAT and not (is_passive(token) and cue.source is None):
            if asks_whether(token):
                return
            comps = [c for c in token.children if c.dep_ == "ccomp" and c.i not in self.placed and not is_warning_to(c)]
            if cue.form.base in _NEEDS_THAT or (cue.form.base == "find" and not self._inquires(cue)):
                comps = [c for c in comps if any(m.lower_ == "that" and m.dep_ == "mark" for m in c.children)]
            comps.sort(key=lambda c: c.i < token.i)
            for child in comps:
                if child.i < token.i and not has_subject(token) and (cue.source is None or cue.source.i < token.i):
                    continue
                if child.i < token.i and self._after_colon(cue):
                    continue
                if child.i < token.i and any(
                    c.lower_ in ("it", "this", "that") for c in token.children if c.dep_ == "dobj"
                ):
                    continue  # "The army says so; the rebels deny it"
                if child.i > token.i and not self._has_verb(token, child):
                    continue  # "They promised my mother that boat"
                if self._between_commas(cue) and self._parenthetical(cue):
                    return
                spans = self._clause_spans(cue, child)
                if spans and cue.source is not None and self._allowed(cue):
                    self._add(cue, spans, "clause.after" if child.i > token.i else "clause.before")
                return
            if self._parenthetical(cue) or self._in_order(cue):
                return
        if frames & Frame.QUOTE and self._fragment(cue):
            return
        self._speech_act(cue)

    def _has_verb(self, token: "Token", clause: "Token") -> bool:
        """Whether what the parser took for a clause is one: "They promised my mother that boat" has no verb."""
        thing = any(c.lower_ == "that" and c.dep_ == "det" for c in clause.children)
        return not thing or any(t.tag_[:1] in "VM" or t.i in self.placed for t in self.doc[token.i + 1 :])

    def _between_commas(self, cue: Cue) -> bool:
        """Whether subject and cue alone stand between two commas: "The office, Dorsey noted, had been invited"."""
        if cue.source is None:
            return False
        first = min(noun_phrase(cue.source)[0], cue.token.i)
        last = max(noun_phrase(cue.source)[1], cue.token.i)
        doc = self.doc
        between = all(doc[i].dep_ in ("aux", "advmod") for i in range(first, last) if self._is_outside(cue, i))
        return (
            first > 0 and last + 2 < len(doc) and doc[first - 1].text == "," and doc[last + 1].text == "," and between
        )

    def _is_outside(self, cue: Cue, i: int) -> bool:
        """Whether token `i` is neither the cue nor a part of who speaks."""
        if cue.source is None or i == cue.token.i:
            return i != cue.token.i
        first, last = noun_phrase(cue.source)
        return not first <= i <= last

    def _in_order(self, cue: Cue) -> bool:
        """A reported clause that the parser hung elsewhere: "told reporters during a visit to Orrin that ..."."""
        token, frames = cue.token, cue.form.frames
        if cue.source is None or is_passive(token) or not self._allowed(cue):
            return False
        begin = nominative_after(token) if cue.form.base not in ("find", "show") else None
        told = next((c for c in token.children if c.dep_ in ("dobj", "dative") and c.i > token.i), None)
        if begin is None and told is not None and not frames & Frame.PERSON:
            return False
        begin = begin or that_clause(token)
        if begin is None and told is not None:
            begin = clause_after_hearer(token, told)
        if begin is None:
            return False
        verb = next(t for t in self.doc[begin.i + 1 :] if t.tag_ in FINITE)
        verb = verb.head if verb.dep_ in ("aux", "auxpass") else verb
        first = begin.i + 1 if begin.lower_ == "that" else begin.i
        span = self.content(first, self._right(cue, verb, first))
        return span is not None and self._add(cue, [span], "clause.after") is not None

    def _allowed(self, cue: Cue) -> bool:
        """Whether a verb that only papers "say" with has a paper or body as its subject: "the audit found"."""
        if not cue.form.frames & Frame.PAPER or cue.form.base not in ("find", "show", "rule", "deem"):
            return True
        if cue.source is None:
            return False
        low = cue.source.lower_
        if low in DOCUMENTS:
            return True
        named = cue.form.base == "rule" and cue.source.tag_ in ("NNP", "PRP")
        bodies = self._inquires(cue) or low in BODIES or low in ORG_WORDS or (low == "it" and cue.form.base == "find")
        return cue.form.base in ("rule", "find") and (named or bodies)

    def _inquires(self, cue: Cue) -> bool:
        """Whether the subject is one whose findings are words: a court, a study, researchers."""
        low = cue.source.lower_ if cue.source is not None else ""
        titles = {t.lower_ for t in cue.source.subtree} if cue.source is not None else set()
        return low in DOCUMENTS or low.rstrip("s") in _INQUIRERS or bool(titles & _INQUIRERS)

    def _after_colon(self, cue: Cue) -> bool:
        """Whether the cue's clause begins after a colon: what stands before it is no reported clause of its own."""
        first = min(noun_phrase(cue.source)[0] if cue.source is not None else cue.token.i, cue.token.i)
        return first > 0 and self.doc[first - 1].text[-1:] == ":"

    def _clause_spans(self, cue: Cue, comp: "Token") -> list[Span]:
        token = cue.token
        own = self._own_tokens(cue, comp)
        if comp.i > token.i:
            first = min(t.i for t in comp.subtree if t.i > token.i)
            first += _links(self.doc[first])
            that = next((c.i for c in comp.children if c.dep_ == "mark" and c.lower_ == "that"), first)
            if self.doc[first].tag_ not in ("WP", "WRB"):
                first = that
            first = self._past_dashes(token, first)
            last = self._right(cue, comp, first)
            span = self.content(first, last)
            return [span] if span else []
        left = 0 if self._is_main(token) else comp.left_edge.i
        spans = []
        edge = min(own)
        left = self._after_semicolon(left, edge)
        front = self.content(left, edge - 1) if edge > left else None
        if front:
            spans.append(front)
        rest = max(own) + 1
        if any(t.i >= rest for t in comp.subtree) or (front and self._goes_on_after(rest)):
            back = self.content(rest, self._right(cue, comp, rest))
            if back:
                spans.append(back)
        return spans

    def _past_dashes(self, token: "Token", first: int) -> int:
        """`first`, or the "that" behind a remark between dashes: "said — and she had brought a chart — that"."""
        doc = self.doc
        if token.i + 1 >= len(doc) or doc[token.i + 1].text not in ("—", "–", "--"):
            return first
        dashes = (
            i for i in range(token.i + 2, min(len(doc) - 1, token.i + 25)) if doc[i].text == doc[token.i + 1].text
        )
        closing = next(dashes, None)
        return closing + 1 if closing is not None and doc[closing + 1].lower_ == "that" else first

    def _goes_on_after(self, i: int) -> bool:
        """Whether the report goes on after a cue between commas: "She left, he said, because it was late"."""
        doc = self.doc
        if i + 2 >= len(doc) or doc[i].text != ",":
            return False
        word = doc[i + 1].lower_
        if word in ("and", "but", "or", "so"):
            if word != "so" and doc[i + 2].tag_ == "MD":
                return True  # "..., they write, and may be ..."
            return doc[i + 2].dep_ in ("nsubj", "det", "poss", "expl", "nsubjpass", "amod", "compound") and any(
                t.dep_ in ("nsubj", "nsubjpass") and t.i < i + 6 for t in doc[i + 2 :]
            )
        if doc[i + 1].tag_ == "MD" and doc[i + 2].dep_ in ("nsubj", "nsubjpass", "expl", "det"):
            return True  # "Not until May, said Lee, would she believe it"
        return word in (
            "because",
            "although",
            "though",
            "which",
            "if",
            "unless",
            "since",
            "until",
            "where",
            "nor",
            "not",
            "even",
        )

    def _after_semicolon(self, left: int, edge: int) -> int:
        """First token after the last semicolon between two tokens: a reported clause does not begin before it."""
        return next((i + 1 for i in range(edge - 2, left, -1) if self.doc[i].text == ";"), left)

    def _front(self, cue: Cue, edge: int, last: int) -> int:
        """First token of what is reported before a cue's clause, which begins at `edge` and ends at `last`.

        The clause that the cue interrupts, where more follows: "It stopped, and in May, he says, his daughter was born"
        reports the second clause; after "because, she says," nothing before is hers. A quotation after a mere
        connective begins at the quotation.
        """
        doc = self.doc
        first = self._after_semicolon(0, edge)
        goes_on = last + 2 < len(doc)
        word = doc[edge - 2] if edge > 1 else None
        if goes_on and word is not None and (word.dep_ in ("mark", "cc") or word.lower_ in _SUBORDINATORS):
            return edge
        verb = cue.token.head
        if goes_on and verb.dep_ == "conj" and verb.i > last and has_subject(verb):
            first = max(first, min((t.i for t in verb.subtree), default=first))
        lead = next((i for i in range(first, edge) if self._in_marks(self.base + doc[i].idx)), first)
        words = [t.lower_ for t in doc[first : lead if lead > first else edge] if t.text[:1].isalnum()]
        if words and all(w in _CONNECTIVES for w in words):
            return lead if lead > first else edge
        return first

    def _own_tokens(self, cue: Cue, comp: "Token | None") -> list[int]:
        """Tokens of the cue's own clause around it: subject, auxiliaries and what hangs on the cue on its side."""
        token = cue.token
        inside = {t.i for t in comp.subtree} if comp is not None else set()
        own = {token.i}
        for child in token.children:
            if child == comp or child.dep_ == "punct":
                continue
            if child.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass", "neg", "agent", "dative", "dobj", "prt") or (
                comp is not None
                and comp.i < token.i
                and child.i > min(token.i, comp.i)
                and child.dep_ in ("advmod", "npadvmod", "prep", "appos", "advcl", "conj", "attr")
            ):
                own |= {t.i for t in child.subtree if t.i not in inside}
        if cue.source is not None and abs(cue.source.i - token.i) < 30:
            own |= {t.i for t in cue.source.subtree if t.i not in inside and t.i != token.i}
        own = {i for i in own if comp is None or (i > comp.i) == (token.i > comp.i)}
        return sorted(own) or [token.i]

    def _is_main(self, token: "Token") -> bool:
        at = token
        while at.dep_ == "conj" and at.head != at:
            at = at.head
        return at.dep_ in ("ROOT", "parataxis") or at.head == at

    def _parenthetical(self, cue: Cue) -> bool:
        """A cue without a complement, in or after the clause that it reports: "The roof, she said, leaks"."""
        token = cue.token
        if cue.source is None or is_passive(token) or (not has_subject(token) and cue.source.i < token.i):
            return False
        usual = token.dep_ in ("parataxis", "ROOT", "ccomp", "advcl", "dep", "conj", "appos", "relcl")
        if not usual and not stands_beside_quote(token):
            return False
        if any(
            c.dep_ in ("xcomp", "oprd")
            or (c.dep_ == "dobj" and not cue.form.frames & Frame.PERSON and c.i != cue.source.i and c.lower_ != "it")
            for c in token.children
        ):
            return False
        if cue.form.frames & Frame.WHETHER or not quote_frame(cue.form):
            return False
        as_clause = any(c.lower_ == "as" and c.dep_ in ("mark", "advmod", "prep") for c in token.children)
        first = min(
            [
                noun_phrase(cue.source)[0],
                token.i,
                *[
                    c.i
                    for c in token.children
                    if c.dep_ in ("aux", "mark", "advmod") and c.i < token.i and self.doc[c.i + 1].text != ","
                ],
            ]
        )
        last = max(self._tail(cue), noun_phrase(cue.source)[1])
        doc = self.doc
        last = self._past_source(cue, last)
        left_open = first == 0
        right_open = last >= len(doc) - 1 or all(
            doc[i].text.strip(" .!?”\"’'…)") == "" for i in range(last + 1, len(doc))
        )
        left_comma = not left_open and self._closed_before(first)
        right_comma = not right_open and doc[last + 1].text[:1] in ",—–―-"
        if as_clause:
            if not ((left_open and right_comma) or (left_comma and (right_open or right_comma))):
                return False
        elif not (left_comma and (right_open or right_comma)):
            return False
        if cue.form.base == "put" and as_clause and (worded := self._quote_beside(first, last)):
            return self._add(cue, [worded], "quote.fragment", Kind.DIRECT) is not None
        if any(doc[i].lower_ in ("yes", "no", "so") for i in range(token.i + 1, last + 1)):
            return False
        outside = [t for t in doc if t.i < first or t.i > last]
        if not any(t.tag_[:1] in "VM" or t == token.head for t in outside):
            return False
        spans = []
        begin = self._front(cue, first, last)
        if not left_open and begin < first and (front := self.content(begin, first - 1)):
            spans.append(front)
        ends_here = self._begins_another(last + 2) or (not left_open and self._is_setting(first, last + 2))
        if not right_open and right_comma and not ends_here:
            spans += [back] if (back := self.content(last + 1, len(doc) - 1)) else []
        spans = [
            s
            for s in spans
            if not any(
                q.span == s for q, whole in zip(self.sentence.quotes, self.sentence.utterances, strict=True) if whole
            )
        ]
        told = [
            t
            for t in outside
            if t.tag_ in FINITE
            and any(s.contains(self.span(t.i, t.i)) for s in spans)
            and not self._is_subordinate(t.head if t.dep_ in ("aux", "auxpass") else t, spans)
        ]
        quoted = any(self._in_marks(s.end - 1) for s in spans)
        if not spans or not (told or quoted or as_clause or len(spans) > 1):
            return False
        return self._add(cue, spans, "clause.as" if as_clause else "clause.around") is not None

    def _is_setting(self, first: int, after: int) -> bool:
        """Whether a headline goes on with what happened meanwhile: "Fed in no hurry, says Ruiz, as markets slide"."""
        words = self.doc[after].lower_ if after < len(self.doc) else ""
        return words in ("as", "after", "amid", "despite") and not any(
            t.tag_ in FINITE for t in self.doc[:first] if self.real[t.i]
        )

    def _quote_beside(self, first: int, last: int) -> Span | None:
        """The quoted fragment beside the tokens from `first` to `last`: what "as she put it" is about."""
        clause = self.span(first, last)
        for q in self.sentence.quotes:
            between = self.text[min(q.span.end, clause.end) : max(q.span.start, clause.start)]
            if re.fullmatch(r"[ ,—–-]{0,4}(?:(?:an?|the) )?", between) and not q.span.overlaps(clause):
                return q.span
        return None

    def _is_subordinate(self, verb: "Token", spans: list[Span]) -> bool:
        """Whether a verb stands in a clause that begins with "when", "if" or the like inside `spans`."""
        marks = [c for c in verb.children if c.dep_ == "mark" or c.tag_ == "WRB"]
        return verb.dep_ == "advcl" and any(s.contains(self.span(c.i, c.i)) for c in marks for s in spans)

    def _begins_another(self, i: int) -> bool:
        """Whether the words from token `i` are the next cue's clause: "adding that ...", "and rescuers warned ..."."""
        if i >= len(self.doc):
            return False
        token = self.doc[i]
        if token.tag_ == "VBG" and is_verb_cue(token) is not None:
            return True
        return (token.dep_ == "cc" or token.lower_ in ("while", "whereas")) and any(
            c.source is not None
            and i < c.source.i < c.token.i < i + 8
            and c.source.tag_ != "PRP"
            and c.form.frames & Frame.THAT
            for c in self.cues
        )

    def _past_source(self, cue: Cue, last: int) -> int:
        """`last`, or the end of what the next comma brings about who speaks: "said Ruiz, the mayor, was", "who ..."."""
        doc, source = self.doc, cue.source
        end = last
        while source is not None and source.tag_ != "PRP" and end + 2 < len(doc) and doc[end + 1].text == ",":
            follows = source.i > cue.token.i and source.is_ancestor(doc[end + 2])
            if (not follows and doc[end + 2].lower_ not in ("who", "whose", "whom")) or doc[end + 2].lower_ == "that":
                break
            end += 2
            while end + 1 < len(doc) and doc[end + 1].text != ",":
                end += 1
        return end

    def _closed_before(self, i: int) -> bool:
        """Whether a comma or dash stands before token `i`, if need be inside closing marks: "leaks,” she said"."""
        before = self.text[self.base : self.base + self.doc[i].idx].rstrip()
        bare = before.rstrip("”’\"'»")
        return bare[-1:] in ",—–―-" or (bare != before and bare[-1:] in "?!…")

    def _tail(self, cue: Cue) -> int:
        """Last token of a parenthetical cue's clause: up to the next comma or the end of what hangs on it."""
        doc, token = self.doc, cue.token
        start = max(token.i, noun_phrase(cue.source)[1] if cue.source is not None else token.i)
        i = start
        while i + 1 < len(doc) and doc[i + 1].text[:1] not in ",;:—–." and (i + 1) not in self.placed:
            i += 1
        return i

    def _fragment(self, cue: Cue) -> bool:
        """Quoted words that are no sentence, directly beside a cue: "said “never again”", "“Never,” she said"."""
        token = cue.token
        for q, whole in zip(self.sentence.quotes, self.sentence.utterances, strict=True):
            if whole:
                continue
            lead = self.text[self.base + token.idx + len(token) : q.span.start]
            if q.span.start >= self.base + token.idx and (
                not lead.strip(" ,:") or lead.strip(" ,:").lower() in ("that", "only", "simply", "just")
            ):
                rest = self.text[q.span.end : self.sentence.span.end].strip(" .,;")
                if cue.form.base == "call" or (rest and token.dep_ == "relcl"):
                    continue
                if cue.form.base in NEED_HEARER and not lead.strip():
                    continue  # "told “Harbour Today”": whom, not what
                return self._add(cue, [q.span], "quote.fragment", Kind.DIRECT) is not None
        return False

    def _right(self, cue: Cue, comp: "Token", first: int) -> int:
        """Last token of the content that begins at `first`."""
        doc, token = self.doc, cue.token
        end = len(doc) - 1 if self._is_main(token) else max(token.right_edge.i, comp.right_edge.i)
        if end + 2 < len(doc) and doc[end + 1].text == ";" and self._lists_that(end + 1, len(doc) - 1):
            end = len(doc) - 1
        for i in range(first + 1, end + 1):
            t = doc[i]
            if not self.real[i]:
                continue
            comma = doc[i - 1].text[-1:] in (",", "”", ";") or doc[i - 1].text in ("—", "–")
            if (
                t.dep_ == "conj"
                and t.i != comp.i
                and not any(c.lower_ == "that" and c.dep_ == "mark" for c in t.children)
                and doc[i - 1].tag_ != "MD"
                and self._heads_to(t, token)
                and not any(t.i == x.i for x in comp.subtree)
            ):
                return self._before_conjunct(t, first)
            if t.dep_ == "conj" and t.i != comp.i and coordinate(t) == token:
                return self._before_conjunct(t, first)
            if i in self.placed and i != comp.i and not self._inside(comp, i):
                return i - 1
            if t.lower_ == "according" and i + 1 <= end and doc[i + 1].lower_ == "to":
                return i - 1
            if t.text == ";" and not self._lists_that(i, end):
                return i - 1
            if (
                t.lower_ in ("a", "an", "something")
                and doc[i - 1].text in ("—", "–", "--", "-")
                and (doc[i - 1].text != "-" or doc[i - 2].whitespace_)
                and self._one_dash(i, end)
            ):
                return i - 1
            if t.lower_ in ("but", "though", "although", "and") and self._will_not_say(i, end):
                return i - 1
            if comma:
                if t.lower_ in ("a", "an") and self._sums_up(i, end):
                    return i - 1
                if t.lower_ in _SOURCING or (t.lower_ in ("while", "whereas") and self._begins_another(i)):
                    return i - 1
                if t.lower_ in ("which", "who") and any(c.token.i in (i + 2, i + 3) for c in self.cues):
                    return i - 1
                linked = t.lower_ in ("while", "whilst", "before", "after", "when") and i < end
                participle = doc[i + 1] if linked else t  # ", adding", ", while admitting"
                form = is_verb_cue(participle)
                if (
                    form
                    and participle.tag_ == "VBG"
                    and form.frames & (Frame.THAT | Frame.QUOTE)
                    and form.base not in ("begin", "go", "allow")
                ):
                    return i - 1
                if t.dep_ in ("prep", "advcl", "npadvmod") and t.head == token:
                    return i - 1
                if t.left_edge.i <= i and self._mark_of(t) and self._clause_head(t) == token:
                    return i - 1
                cut = self._parenthetical_at(i, token)
                if cut:
                    return i - 1
        return end

    def _will_not_say(self, i: int, end: int) -> bool:
        """Whether "but would not say which" begins at `i`: the writer tells what was left unsaid."""
        words = [t.lower_ for t in self.doc[i + 1 : min(i + 9, end + 1)]]
        if words[:1] == ["that"]:
            return False
        silent = next((n for n, w in enumerate(words) if w in ("refused", "declined")), None)
        if silent is not None and words[silent + 1 : silent + 2] == ["to"]:
            return words[silent + 2 : silent + 3] in (["comment"], ["say"], ["elaborate"], ["give"], ["name"])
        unsaid = ("say", "said", "comment", "elaborate", "give", "name")
        return "not" in words[:3] and any(w in unsaid for w in words[:6])

    def _lists_that(self, i: int, end: int) -> bool:
        """Whether another "that" clause follows a semicolon: "said that it leaked; that it always had"."""
        following = [t.lower_ for t in self.doc[i + 1 : min(i + 3, end)]]
        return "that" in following[:1] or following[:2] == ["and", "that"]

    def _one_dash(self, i: int, end: int) -> bool:
        """Whether no second dash closes what the one before `i` opens: then it is the writer's remark."""
        return not any(t.text in ("—", "–", "--") for t in self.doc[i + 1 : end])

    def _mark_of(self, t: "Token") -> bool:
        return t.dep_ in ("mark", "advmod") and t.head.dep_ == "advcl" and t.head.left_edge.i == t.i

    def _clause_head(self, t: "Token") -> "Token":
        return t.head.head

    def _parenthetical_at(self, i: int, token: "Token") -> bool:
        """Whether another cue's clause with a subject begins at token `i`, after a comma: ", he said"."""
        for other in self.cues:
            if other.token is token or other.source is None or other.token.i < i:
                continue
            first = noun_phrase(other.source)[0] if other.source.i < other.token.i else other.token.i
            if (
                first == i
                and other.token.dep_ in ("ROOT", "parataxis", "ccomp", "dep")
                and other.token.i - i < 12
                and not any(c.dep_ == "ccomp" and c.i > other.token.i for c in other.token.children)
            ):
                return True
        return False

    def _inside(self, comp: "Token", i: int) -> bool:
        return comp.left_edge.i <= i <= comp.right_edge.i

    def _heads_to(self, t: "Token", token: "Token") -> bool:
        at = t
        while at.dep_ == "conj" and at.head != at:
            at = at.head
            if at == token:
                return True
        return False
