"""Statements of one parsed sentence: each cue with its content and its source.

Content is found by the frame of the cue. A reported clause before the cue runs from the start of the sentence, one
after it to the end, less what hangs on the cue itself: a second verb of saying ("and promised ..."), a participle
(", adding that ..."), an adverbial between commas. The parser's own right edge is not used where the cue is the main
verb, since attachment errors there are its commonest.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimtrack.attribution import Kind, Span
from claimtrack.extract.cues import NOUNS, NOUNS_PLURAL, VERBS, Form, Frame
from claimtrack.extract.grammar import (
    TIMES,
    coordinate,
    happened,
    has_subject,
    is_passive,
    is_verb_cue,
    noun_phrase,
    quote_frame,
    subject,
)
from claimtrack.extract.people import BODIES, DOCUMENTS, ROLES
from claimtrack.extract.segment import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(slots=True)
class Draft:
    """A statement in the making; spans are offsets of the document."""

    content: list[Span]
    rule: str
    sentence: int
    kind: Kind = Kind.INDIRECT
    source: Span | None = None
    cue: Span | None = None
    cue_token: int | None = None
    source_token: int | None = None
    cue_base: str = ""
    question: bool = False
    #: the phrase that a relative pronoun stands for: "the clerk, who said ..."
    antecedent: Span | None = None
    #: who reported it, as printed, where the sentence names them: "according to", "quoted her as saying"
    via: Span | None = None
    #: 0 for the main verb's cue, more for one deeper in the sentence
    depth: int = 0
    #: the draft whose quoted words these are inside of
    owner: "Draft | None" = None
    inner: bool = False
    is_past: bool = False
    is_answer: bool = False
    #: the sentence that announces a block ("She replied:"), where that is another one
    lead: int | None = None


@dataclass(slots=True)
class _Cue:
    token: "Token"
    form: Form
    source: "Token | None"
    used: bool = False


def read_sentence(text: str, number: int, sentence: Sentence, doc: "Doc") -> list[Draft]:
    """Statements of `sentence`, in no particular order; quotations without a cue are left to the caller."""
    reader = _Reader(text, number, sentence, doc)
    return reader.read()


#: Who hears evidence: courts, juries, inquests, committees, and those who sit in them.
_LISTENERS = frozenset(
    """court jury inquest tribunal inquiry hearing panel committee mp councillor council juror judge magistrate meeting
    commission assembly parliament senate senator lawmaker jurors mps""".split()
)


#: Verbs that judge or speak about something without taking a clause.
_JUDGING = frozenset(
    """refer refers referred referring attack attacked attacks blame blames blamed blaming praise praised praises hail
    hailed hails laud lauded lauds applaud applauded commend commended slam slammed mock mocked dismiss dismissed reject rejected denounce denounced question questioned quote
    quoted target targets targeted demand demanded welcome welcomed express expressed voice voiced speak spoke spoken
    talk talked talks cite cited see saw regard regarded compare compared liken likened pan panned panning hint
    hinted deride derided decry decried lament lamented bemoan bemoaned credit credited use used uses using
    apologise apologised apologize apologized thank thanked vow vowed promise promised call called calls calling label
    labeled labelled labels brand branded view viewed views""".split()
)
#: Nouns with which a writer sums up a clause before: ", a claim that the ministry rejects".
_SUMS_UP = frozenset(
    """claim decision move charge allegation accusation suggestion statement assertion figure remark view position
    prospect step change argument promise threat comment admission demand prediction contention notion idea""".split()
)
_BEING = frozenset("is are was were be been being has have had become became remains seemed".split())
_NAMERS = frozenset(
    """song album film movie book novel play show series programme program podcast column article essay slogan motto
    titled entitled headlined dubbed nicknamed named film painting poem single hit track episode game app hashtag group
    campaign project operation sign banner placard shirt t-shirt hat cap words reading word term phrase""".split()
) - {"words", "word", "term", "phrase"}


def _names_a_work(words: "list[Token]") -> bool:
    """Whether quoted words look like a title or name: capitals on all longer words."""
    longer = [t for t in words if len(t.text) > 3]
    return bool(longer) and all(t.text[0].isupper() for t in longer) and words[0].text[0].isupper()


class _Reader:
    """One sentence being read; it holds the parse so that the rules need not pass it on."""

    def __init__(self, text: str, number: int, sentence: Sentence, doc: "Doc") -> None:
        self.text, self.number, self.sentence, self.doc = text, number, sentence, doc
        self.base: int = doc.user_data["base"]
        self.real: list[bool] = doc.user_data["real"]
        self.placed: dict[int, int] = doc.user_data["quotes"]
        self.drafts: list[Draft] = []
        self.cues: list[_Cue] = []

    def read(self) -> list[Draft]:
        asks = self.doc.text.rstrip().endswith("?")
        for token in self.doc:
            form = is_verb_cue(token)
            if form is not None and self._tells_listeners(token):
                continue
            if form is not None and happened(token) and not (asks and self._inverted_question(token)):
                self.cues.append(_Cue(token, form, self._source(token)))
        taken = self._utterances()
        for cue in self.cues:
            if cue.token.i not in taken:
                self._clause(cue)
        self._heard()
        self._according_to()
        self._nouns()
        self._loose_fragments()
        for draft in self.drafts:
            # a report inside a quoted fragment is the fragment's speaker's: indirect, unless it has marks of its own
            draft.inner = draft.cue is not None and any(
                q.inner.contains(draft.cue) and q.depth == self.sentence.level for q in self.sentence.quotes
            )
        return self.drafts

    # -- spans ---------------------------------------------------------------------------------------------------

    def span(self, first: int, last: int) -> Span:
        """Document offsets of the tokens from `first` to `last`, both included."""
        end = self.doc[last]
        return Span(self.base + self.doc[first].idx, self.base + end.idx + len(end))

    def content(self, first: int, last: int) -> Span | None:
        """Offsets of a content from token `first` to `last`, trimmed, with the marks that belong to it."""
        doc = self.doc
        while first <= last and (
            doc[first].text.strip(" ,;:—–―-") == ""
            or (doc[first].lower_ == "that" and (doc[first].dep_ == "mark" or doc[first].tag_ == "IN"))
        ):
            first += 1
        while (
            last >= first
            and doc[last].text.strip(" ,;:—–―-.…)") == ""
            and not (doc[last].text == ")" and "(" in self.span(first, last).of(self.text))
        ):
            last -= 1
        if last < first:
            return None
        span = self.span(first, last)
        return self._with_marks(span)

    def _with_marks(self, span: Span) -> Span:
        """`span` stretched over the quotations that it cuts."""
        start, end = span.start, span.end
        for q in self.sentence.quotes:
            if q.span.start < end and start < q.span.end:
                inside = max(start, q.inner.start) < min(end, q.inner.end)
                if not inside:
                    if q.span.end <= start + 1:
                        start = max(start, q.span.end)
                    elif q.span.start >= end - 1:
                        end = min(end, q.span.start)
                    continue
                start, end = min(start, q.span.start), max(end, q.span.end)
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and (
            self.text[end - 1].isspace() or self.text[end - 1] in ",;" and not self._in_marks(end - 1)
        ):
            end -= 1
        return Span(start, end)

    def _in_marks(self, at: int) -> bool:
        return any(q.span.start <= at < q.span.end for q in self.sentence.quotes)

    # -- sources -------------------------------------------------------------------------------------------------

    def _source(self, token: "Token") -> "Token | None":
        found = subject(token)
        if (
            found is not None
            and found.dep_ == "nsubj"
            and found.tag_ in ("NN", "NNS")
            and (named := self._named_before(found))
        ):
            return named
        if found is None and not is_passive(token) and token.dep_ not in ("xcomp", "acl"):
            # inverted order that the parser took for an object: "..., added the mayor"
            if (beside := self._beside_quote(token)) is not None:
                return beside
            after = [
                c
                for c in token.children
                if c.dep_ in ("dobj", "attr", "npadvmod", "oprd") and c.i > token.i and c.lower_ not in TIMES
            ]
            before = self.doc[token.i - 1].text[-1:] if token.i else ","
            if after and (before in ",.?!”\"’'—–―" or (token.i - 1) in self.placed) and token.tag_ != "VBG":
                return after[0]
        if found is not None and found.i in self.placed:
            others = [
                c for c in token.children if c.dep_ in ("nsubj", "nsubjpass", "dobj", "attr") and c.i not in self.placed
            ]
            return others[0] if others else None
        return found

    def _beside_quote(self, token: "Token") -> "Token | None":
        """The noun between a quotation and a cue that the parser hung on the quotation: "“...,” Flynn, an aide, said"."""
        before = [i for i in self.placed if i < token.i]
        if not before:
            return None
        nouns = [
            t for t in self.doc[max(before) + 1 : token.i] if t.head.i in self.placed and t.tag_[:2] in ("NN", "PR")
        ]
        return nouns[0] if nouns and nouns[0].lower_ not in TIMES else None

    def _named_before(self, noun: "Token") -> "Token | None":
        """The name to which a subject is an apposition without its second comma: "Doug Andres, a spokesman, told"."""
        first = noun.left_edge.i
        if first < 2 or self.doc[first].lower_ not in ("a", "an", "the") or self.doc[first - 1].text != ",":
            return None
        name = self.doc[first - 2]
        if name.tag_ != "NNP" or name.dep_ in ("pobj", "conj", "poss"):
            return None
        return name

    def _inverted_question(self, token: "Token") -> bool:
        return any(
            c.dep_ == "aux" and any(s.dep_ == "nsubj" and s.i > c.i for s in token.children) for c in token.children
        )

    def _cue_span(self, token: "Token") -> Span:
        return self.span(token.i, token.i)

    def _add(self, cue: _Cue, content: list[Span], rule: str, kind: Kind | None = None) -> Draft | None:
        content = _merged(content)
        if not content:
            return None
        draft = Draft(
            content, rule, self.number, cue=self._cue_span(cue.token), cue_token=cue.token.i, cue_base=cue.form.base
        )
        if cue.source is not None:
            draft.source_token = cue.source.i
            draft.source = self.span(*noun_phrase(cue.source, cue.token))
            who = next(
                (
                    c
                    for c in cue.token.children
                    if c.dep_ in ("nsubj", "nsubjpass") and c.lower_ in ("who", "which", "that")
                ),
                None,
            )
            if who is not None and who != cue.source:
                draft.antecedent, draft.source = draft.source, self.span(who.i, who.i)
        draft.depth = sum(1 for _ in cue.token.ancestors)
        draft.is_past = cue.token.tag_ in ("VBD", "VBN")
        draft.kind = kind or self._kind(content)
        cue.used = True
        self.drafts.append(draft)
        return draft

    def _kind(self, content: list[Span]) -> Kind:
        quoted = [q for q in self.sentence.quotes if any(s.overlaps(q.span) for s in content)]
        if not quoted:
            return Kind.INDIRECT
        bare = "".join(s.of(self.text) for s in content)
        inside = sum(
            min(s.end, q.span.end) - max(s.start, q.span.start) for s in content for q in quoted if s.overlaps(q.span)
        )
        return Kind.DIRECT if inside >= len(bare.strip()) else Kind.MIXED

    # -- quoted utterances ---------------------------------------------------------------------------------------

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
            else:
                self._add(by_token[i], spans, "quote.cue", Kind.DIRECT)
        return set(groups)

    def _lead(self, cue: _Cue, quote: Span) -> Span | None:
        """Unquoted words before a fronted quotation that are reported with it: "With voters split, “it counts,” she says"."""
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

    def _cue_for(self, quote: Span) -> _Cue | None:
        """The cue of a quoted utterance: the one beside it, the one that follows a fronted quotation first."""
        at = quote.start - self.base
        before = [c for c in self.cues if quote_frame(c.form) and c.token.idx < at]
        after = [c for c in self.cues if quote_frame(c.form) and c.token.idx >= quote.end - self.base]
        lead = self.text[self.sentence.span.start : quote.start].rstrip()
        fronted = not lead.strip("“”\"'‘’ ,—–―-") or lead[-1:] not in ",:—–―-" and not self._ends_with_cue(lead)
        if after:
            cue = after[0]
            between = self.text[quote.end : self.base + cue.token.idx]
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

    def _is_new_clause(self, cue: _Cue) -> bool:
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

    def _closes_off(self, quote: Span, cue: _Cue) -> bool:
        """Whether the words after a quotation can be its cue's clause: no other clause with a subject between."""
        if self.text[quote.end : self.base + cue.token.idx].strip() == "":
            return True
        source = cue.source
        if source is None:
            return False
        first, last = noun_phrase(source)
        return self.base + self.doc[first].idx >= quote.end or source.i > cue.token.i

    def _has_clause_before(self, cue: _Cue, quote: Span) -> bool:
        """Whether the cue has a reported clause of its own between itself and the quotation."""
        at = quote.start - self.base
        for child in cue.token.children:
            if child.dep_ == "ccomp" and child.i not in self.placed and cue.token.i < child.i and child.idx < at:
                if has_subject(child):
                    return True
        return False

    # -- reported clauses ----------------------------------------------------------------------------------------

    def _clause(self, cue: _Cue) -> None:
        token, frames = cue.token, cue.form.frames
        if frames & Frame.THAT and not (is_passive(token) and cue.source is None):
            if self._whether(cue):
                return
            comps = [c for c in token.children if c.dep_ == "ccomp" and c.i not in self.placed]
            comps.sort(key=lambda c: c.i < token.i)
            for child in comps:
                if child.i < token.i and not has_subject(token) and (cue.source is None or cue.source.i < token.i):
                    continue
                if child.i < token.i and self._after_colon(cue):
                    continue
                spans = self._clause_spans(cue, child)
                if spans and cue.source is not None and self._allowed(cue):
                    self._add(cue, spans, "clause.after" if child.i > token.i else "clause.before")
                return
            if self._parenthetical(cue):
                return
        if frames & Frame.QUOTE and self._fragment(cue):
            return
        self._speech_act(cue)

    def _allowed(self, cue: _Cue) -> bool:
        """Whether a verb that only papers "say" with has a paper or body as its subject: "the audit found"."""
        if not cue.form.frames & Frame.PAPER or cue.form.base not in ("find", "show", "rule", "deem"):
            return True
        if cue.source is None:
            return False
        low = cue.source.lower_
        return low in DOCUMENTS or (
            cue.form.base in ("rule", "find")
            and low
            in (
                "court",
                "judge",
                "tribunal",
                "jury",
                "inquiry",
                "coroner",
                "magistrate",
                "panel",
                "ombudsman",
                "committee",
                "regulator",
                "watchdog",
            )
        )

    def _after_colon(self, cue: _Cue) -> bool:
        """Whether the cue's clause begins after a colon: what stands before it is no reported clause of its own."""
        first = min(noun_phrase(cue.source)[0] if cue.source is not None else cue.token.i, cue.token.i)
        return first > 0 and self.doc[first - 1].text[-1:] == ":"

    def _whether(self, cue: _Cue) -> bool:
        if not cue.form.frames & Frame.WHETHER:
            return False
        return any(
            c.dep_ == "ccomp"
            and any(
                m.lower_ in ("whether", "if", "why", "what", "how", "when", "where", "who")
                for m in c.subtree
                if m.i <= c.i
            )
            for c in cue.token.children
        )

    def _clause_spans(self, cue: _Cue, comp: "Token") -> list[Span]:
        token = cue.token
        own = self._own_tokens(cue, comp)
        if comp.i > token.i:
            first = min(t.i for t in comp.subtree if t.i > token.i)
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
        if any(t.i >= rest for t in comp.subtree):
            back = self.content(rest, self._right(cue, comp, rest))
            if back:
                spans.append(back)
        elif front and self._goes_on_after(rest):
            back = self.content(rest, self._right(cue, comp, rest))
            if back:
                spans.append(back)
        return spans

    def _goes_on_after(self, i: int) -> bool:
        """Whether the reported sentence goes on after a cue between commas: "She left, he said, because it was late"."""
        doc = self.doc
        if i + 2 >= len(doc) or doc[i].text != ",":
            return False
        word = doc[i + 1].lower_
        if word in ("and", "but", "or", "so"):
            return doc[i + 2].dep_ in ("nsubj", "det", "poss", "expl", "nsubjpass", "amod", "compound") and any(
                t.dep_ in ("nsubj", "nsubjpass") and t.i < i + 6 for t in doc[i + 2 :]
            )
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

    def _own_tokens(self, cue: _Cue, comp: "Token | None") -> list[int]:
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

    def _right(self, cue: _Cue, comp: "Token", first: int) -> int:
        """Last token of the content that begins at `first`."""
        doc, token = self.doc, cue.token
        end = len(doc) - 1 if self._is_main(token) else max(token.right_edge.i, comp.right_edge.i)
        for i in range(first + 1, end + 1):
            t = doc[i]
            if not self.real[i]:
                continue
            comma = doc[i - 1].text[-1:] in (",", "”", ";") or doc[i - 1].text in ("—", "–")
            if (
                t.dep_ == "conj"
                and t.i != comp.i
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
            if t.text == ";" and self._is_main(token):
                return i - 1
            if (
                t.lower_ in ("a", "an", "something")
                and doc[i - 1].text in ("—", "–", "--", "-")
                and self._one_dash(i, end)
            ):
                return i - 1
            if comma:
                if t.lower_ in ("a", "an") and self._sums_up(i, end):
                    return i - 1
                form = is_verb_cue(t)
                if (
                    form
                    and t.tag_ == "VBG"
                    and form.frames & (Frame.THAT | Frame.QUOTE)
                    and form.base not in ("begin", "go")
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

    def _one_dash(self, i: int, end: int) -> bool:
        """Whether no second dash closes what the one before `i` opens: then it is the writer's remark."""
        return not any(t.text in ("—", "–", "--") for t in self.doc[i + 1 : end])

    def _sums_up(self, i: int, end: int) -> bool:
        """Whether ", a claim that ..." begins at `i`: a noun that sums up what was said, in the writer's words."""
        noun = next((t for t in self.doc[i + 1 : min(i + 4, end)] if t.tag_ == "NN"), None)
        if noun is None or noun.lower_ not in _SUMS_UP or noun.i + 1 > end:
            return False
        after = self.doc[noun.i + 1]
        return after.lower_ in (
            "that",
            "which",
            "he",
            "she",
            "they",
            "rejected",
            "denied",
            "disputed",
            "made",
            "echoed",
            "repeated",
        )

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

    def _before_conjunct(self, t: "Token", first: int) -> int:
        i = t.left_edge.i
        own = [c.i for c in t.children if c.i < t.i]
        i = min([*own, t.i]) if own else t.i
        i = max(i, first + 1)
        while i - 1 > first and (
            self.doc[i - 1].dep_ in ("cc", "punct") or self.doc[i - 1].lower_ in ("and", "but", "or")
        ):
            i -= 1
        return i - 1

    def _parenthetical(self, cue: _Cue) -> bool:
        """A cue without a complement that cuts into, or follows, the clause that it reports: "The roof, she said, leaks"."""
        token = cue.token
        if cue.source is None or not has_subject(token) and cue.source.i < token.i:
            return False
        if token.dep_ not in ("parataxis", "ROOT", "ccomp", "advcl", "dep", "conj", "appos", "relcl"):
            return False
        if any(
            c.dep_ in ("xcomp", "oprd")
            or c.dep_ == "dobj"
            and not cue.form.frames & Frame.PERSON
            and c.i != cue.source.i
            and c.lower_ != "it"
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
                *[c.i for c in token.children if c.dep_ in ("aux", "mark", "advmod") and c.i < token.i],
            ]
        )
        last = max(self._tail(cue), noun_phrase(cue.source)[1])
        doc = self.doc
        left_open = first == 0
        right_open = last >= len(doc) - 1 or all(
            doc[i].text.strip(" .!?”\"’'…)") == "" for i in range(last + 1, len(doc))
        )
        left_comma = not left_open and doc[first - 1].text[-1:] in ",—–―-"
        right_comma = not right_open and doc[last + 1].text[:1] in ",—–―-"
        if as_clause:
            if not (left_open and right_comma or left_comma and (right_open or right_comma)):
                return False
        elif not (left_comma and (right_open or right_comma)):
            return False
        outside = [t for t in doc if t.i < first or t.i > last]
        if not any(t.tag_[:1] in "VM" or t == token.head for t in outside):
            return False
        spans = []
        if not left_open and (front := self.content(self._after_semicolon(0, first), first - 1)):
            spans.append(front)
        if not right_open and right_comma and (back := self.content(last + 1, len(doc) - 1)):
            spans.append(back)
        spans = [
            s
            for s in spans
            if not any(
                q.span == s for q, whole in zip(self.sentence.quotes, self.sentence.utterances, strict=True) if whole
            )
        ]
        if not spans:
            return False
        return self._add(cue, spans, "clause.as" if as_clause else "clause.around") is not None

    def _tail(self, cue: _Cue) -> int:
        """Last token of a parenthetical cue's clause: up to the next comma or the end of what hangs on it."""
        doc, token = self.doc, cue.token
        start = max(token.i, noun_phrase(cue.source)[1] if cue.source is not None else token.i)
        i = start
        while i + 1 < len(doc) and doc[i + 1].text[:1] not in ",;:—–." and (i + 1) not in self.placed:
            i += 1
        return i

    def _fragment(self, cue: _Cue) -> bool:
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
                return self._add(cue, [q.span], "quote.fragment", Kind.DIRECT) is not None
        return False

    # -- acts of speech ------------------------------------------------------------------------------------------

    def _speech_act(self, cue: _Cue) -> bool:
        token, frames = cue.token, cue.form.frames
        if is_passive(token) and cue.source is None:
            return False
        kids = list(token.children)
        obj = next((c for c in kids if c.dep_ in ("dobj", "dative") and c.i > token.i), None)
        if cue.source is not None and obj is not None and obj.i == cue.source.i:
            obj = None
        if is_passive(token) and frames & Frame.AS:
            return self._described(cue)
        infinitive = next(
            (
                c
                for c in kids
                if c.dep_ in ("xcomp", "ccomp", "advcl")
                and c.i > token.i
                and any(a.lower_ == "to" and a.dep_ == "aux" for a in c.children)
            ),
            None,
        )
        if infinitive is not None and (frames & Frame.TO or frames & Frame.THEM_TO):
            first = infinitive.left_edge.i
            if frames & Frame.THEM_TO and (obj is not None and obj.i < infinitive.i):
                return self._add_range(cue, _to(infinitive), infinitive, "act.urge")
            if first > token.i and not (frames & Frame.THEM_TO and has_subject(infinitive)):
                return self._add_range(cue, first, infinitive, "act.vow") if frames & Frame.TO else False
            return self._add_range(cue, _to(infinitive), infinitive, "act.urge")
        if frames & Frame.AS and obj is not None:
            link = "to" if cue.form.base in ("compare", "liken") else "as"
            head = next((c for c in kids if c.lower_ == link and c.i > token.i), None) or next(
                (c for c in obj.children if c.lower_ == link), None
            )
            if head is not None:
                first = noun_phrase(obj)[0] if obj.i > token.i else head.i
                return self._add_range(cue, min(first, head.i), head, "act.describe")
        if frames & (Frame.NAME | Frame.AS) and (quoted := self._named_in_marks(cue)):
            return self._add(cue, [quoted], "act.call") is not None
        if frames & Frame.NAME:
            named = next((c for c in kids if c.dep_ in ("oprd", "attr", "ccomp", "xcomp") and c.i > token.i), None)
            if named is not None and not any(c.lower_ == "to" for c in named.children):
                first = min(named.left_edge.i, noun_phrase(obj)[0]) if obj is not None else named.left_edge.i
                if first > token.i:
                    return self._add_range(cue, first, named, "act.call")
        for flag, words, rule in (
            (Frame.OF, ("of",), "act.accuse"),
            (Frame.FOR, ("for", "on", "over"), "act.for"),
            (Frame.ABOUT, ("about",), "act.about"),
        ):
            if not frames & flag:
                continue
            prep = next((c for c in kids if c.dep_ == "prep" and c.lower_ in words and c.i > token.i), None)
            if prep is None and obj is not None:
                prep = next((c for c in obj.children if c.dep_ == "prep" and c.lower_ in words), None)
            if prep is None:
                continue
            inner = next((c for c in prep.children if c.dep_ in ("pcomp", "pobj")), None)
            if inner is None:
                continue
            if flag is Frame.FOR:
                if cue.form.base == "call":
                    if prep.lower_ == "on":
                        continue
                elif inner.dep_ != "pcomp":
                    continue
            if flag is Frame.OF and cue.form.base not in ("accuse", "warn", "complain", "boast"):
                continue
            return self._add_range(cue, prep.i + 1, inner, rule)
        if frames & Frame.ING:
            gerund = next((c for c in kids if c.dep_ in ("xcomp", "ccomp") and c.tag_ == "VBG" and c.i > token.i), None)
            if gerund is not None:
                return self._add_range(
                    cue, gerund.left_edge.i if gerund.left_edge.i > token.i else gerund.i, gerund, "act.gerund"
                )
        if (
            frames & Frame.NOUN
            and obj is not None
            and obj.tag_ not in ("PRP", "WP", "WDT")
            and obj.lower_ not in ("that", "this", "it")
        ):
            return self._add_range(
                cue, noun_phrase(obj)[0] if noun_phrase(obj)[0] > token.i else obj.i, obj, "act.noun"
            )
        return False

    def _named_in_marks(self, cue: _Cue) -> Span | None:
        """What is called what, where the name stands in marks: "called the form “a crossword”"; no other verb between."""
        token = cue.token
        at = self.base + token.idx + len(token)
        for q, whole in zip(self.sentence.quotes, self.sentence.utterances, strict=True):
            if whole or q.span.start < at:
                continue
            between = [t for t in self.doc if token.i < t.i and self.base + t.idx < q.span.start and self.real[t.i]]
            if (
                any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in between)
                or len(between) > 14
                or any(t.text[:1] in ",;:" for t in between)
            ):
                return None
            end = self._last_listed(q.span)
            if not between or not between[0].text.strip():
                return Span(q.span.start, end)
            span = self.content(between[0].i, between[-1].i)
            return Span(span.start, end) if span else Span(q.span.start, end)
        return None

    def _last_listed(self, first: Span) -> int:
        """End of a list of quoted names that begins with `first`: "a “liar” and a “narcissist”"."""
        end = first.end
        for q in self.sentence.quotes:
            if q.span.start <= first.start:
                continue
            between = self.text[end : q.span.start].strip(" ,")
            if not re.fullmatch(r"(?:(?:and|or|but|also|a|an|the|who|is|was|not)\b[ ,]*){0,5}", between):
                break
            end = q.span.end
        return end

    def _described(self, cue: _Cue) -> bool:
        """ "The plan was described by Ruiz as “a tip”": the passive subject and the phrase with "as"."""
        token = cue.token
        patient = next((c for c in token.children if c.dep_ == "nsubjpass"), None)
        as_phrase = next((c for c in token.subtree if c.lower_ == "as" and c.i > token.i), None)
        if as_phrase is None:
            return False
        spans = [self.content(as_phrase.i, as_phrase.right_edge.i)]
        if patient is not None:
            spans.insert(0, self.content(*noun_phrase(patient)))
        return self._add(cue, [s for s in spans if s], "act.describe") is not None

    def _add_range(self, cue: _Cue, first: int, comp: "Token", rule: str) -> bool:
        last = comp.right_edge.i
        last = min(last, self._stop(cue, first, last))
        span = self.content(first, last)
        return span is not None and self._add(cue, [span], rule) is not None

    def _stop(self, cue: _Cue, first: int, last: int) -> int:
        token = cue.token
        for i in range(first + 1, last + 1):
            t = self.doc[i]
            if t.dep_ == "conj" and self.real[i] and t.tag_[:1] == "V" and coordinate(t) == token:
                return self._before_conjunct(t, first)
            form = is_verb_cue(t) if self.real[i] else None
            if form and t.tag_ == "VBG" and self.doc[i - 1].text[-1:] == "," and form.frames & Frame.THAT:
                return i - 1
        return last

    # -- courts: what was heard and told ---------------------------------------------------------------------------

    def _heard(self) -> None:
        """What a court, jury, inquest or committee heard or was told: a statement whose speaker the text leaves open."""
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
            if listener is None or listener.lower_.rstrip("s") not in _LISTENERS and listener.lower_ not in _LISTENERS:
                continue
            passive = is_passive(token)
            if low == "told" and not passive and not self._ends_headline(token):
                continue
            if low != "told" and passive or not happened(token):
                continue
            if passive and any(c.dep_ == "agent" for c in token.children):
                continue
            cue = _Cue(token, VERBS["say"], None)
            clause = next((c for c in token.children if c.dep_ == "ccomp" and c.i not in self.placed), None)
            spans: list[Span] = []
            if clause is not None and clause.i > token.i:
                spans = self._clause_spans(cue, clause)
            elif listener.left_edge.i > 1 and self.doc[listener.left_edge.i - 1].text[-1:] in (",", "”", "’", '"', "'"):
                front = self.content(0, listener.left_edge.i - 1)
                spans = [front] if front else []
            if spans and (draft := self._add(cue, spans, "court.heard")):
                draft.cue_base = "hear"

    def _tells_listeners(self, token: "Token") -> bool:
        """Whether "told" ends a headline after those who were told: "..., MPs told"."""
        if token.lower_ != "told" or not self._ends_headline(token):
            return False
        return any(c.dep_ in ("nsubj", "nsubjpass") and c.lower_.rstrip("s") in _LISTENERS for c in token.children)

    def _ends_headline(self, token: "Token") -> bool:
        return token.i >= len(self.doc) - 2

    # -- fragments that no cue holds -------------------------------------------------------------------------------

    def _loose_fragments(self) -> None:
        """Quoted fragments that depend on a verb whose subject is a person or body: "she attacked the “ruinous plan”".

        Three words or more, or two after a verb of judging; titles of works, names and slogans are left out, and so is
        what only the writer says (a passive, a verb of being, a subject that is no speaker).
        """
        for q, whole in zip(self.sentence.quotes, self.sentence.utterances, strict=True):
            if whole or any(s.overlaps(q.span) for d in self.drafts for s in d.content):
                continue
            inside = [t for t in self.doc if self.real[t.i] and q.span.start <= self.base + t.idx < q.span.end]
            words = [t for t in inside if t.text[:1].isalnum()]
            if len(words) < 2 or _names_a_work(words) or self._is_named_so(inside[0]):
                continue
            verb = self._governor(inside)
            if verb is None or not happened(verb):
                continue
            form = VERBS.get(verb.lower_)
            judges = form is not None or verb.lemma_ in _JUDGING or verb.lower_ in _JUDGING
            if len(words) < (2 if judges else 4):
                continue
            source = subject(verb)
            if (
                source is None
                or source.i in self.placed
                or any(source == t for t in inside)
                or not self._can_speak(source, judges=judges)
            ):
                continue
            draft = self._add(_Cue(verb, form or VERBS["say"], source), [q.span], "fragment", Kind.DIRECT)
            if draft:
                draft.cue_base = verb.lower_

    def _governor(self, inside: "list[Token]") -> "Token | None":
        """The finite verb above a stretch of tokens, or a participle of it."""
        ids = {t.i for t in inside}
        top = next((t for t in inside if t.head.i not in ids), None)
        nearest = None
        for _ in range(10):
            if top is None or top.head == top:
                break
            top = top.head
            if top.i not in ids and top.tag_[:2] == "VB" and top.dep_ not in ("aux", "auxpass", "amod"):
                usable = top.lower_ not in _BEING and not is_passive(top)
                if usable and (top.lower_ in VERBS or top.lower_ in _JUDGING):
                    return top
                if nearest is None:
                    if not usable:
                        return None
                    nearest = top
                if top.dep_ in ("ROOT", "relcl", "ccomp"):
                    break
        return nearest

    def _can_speak(self, source: "Token", *, judges: bool) -> bool:
        low = source.lower_
        if source.tag_ in ("NNP", "NNPS") or low in ("he", "she", "they", "i", "we", "who"):
            return True
        return low in ROLES or low.rstrip("s") in ROLES or judges and (low in BODIES or low in DOCUMENTS)

    def _is_named_so(self, first: "Token") -> bool:
        """Whether the words before a fragment make it a name: "a song called", "the slogan", "known as", "so-called"."""
        before = [t.lower_ for t in self.doc if first.i - 5 <= t.i < first.i and self.real[t.i]]
        return bool(before) and (
            before[-1] in _NAMERS
            or " ".join(before[-2:]) in ("known as", "billed as", "so - called")
            or (before[-1] == "called" and "-" in before)
        )

    # -- according to, nouns -------------------------------------------------------------------------------------

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
            spans = _merged(spans)
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
        clause = any(t.dep_ == "nsubj" and t.lower_ not in ("who", "which", "that") for t in doc[last + 1 : right + 1])
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
        """Nouns of saying with a clause: "her claim that the roof leaks", "a warning that"."""
        used = [d.content for d in self.drafts]
        del used
        for token in self.doc:
            low = token.lower_
            if (low not in NOUNS and low not in NOUNS_PLURAL) or token.tag_[:1] != "N":
                continue
            clause = next(
                (
                    c
                    for c in token.children
                    if c.dep_ in ("acl", "ccomp", "relcl")
                    and any(m.lower_ == "that" and m.dep_ == "mark" for m in c.children)
                ),
                None,
            )
            if clause is None:
                continue
            owner = next((c for c in token.children if c.dep_ == "poss"), None)
            if owner is None:
                by = next((c for c in token.children if c.dep_ == "prep" and c.lower_ in ("by", "from", "of")), None)
                owner = next((c for c in by.children if c.dep_ == "pobj"), None) if by is not None else None
            if owner is None:
                owner = self._maker(token)
            if owner is None:
                continue
            if any(d.dep_ == "neg" or d.lower_ == "no" for d in token.children):
                continue
            span = self.content(clause.left_edge.i, clause.right_edge.i)
            if span is None:
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


def _to(infinitive: "Token") -> int:
    """Index of the infinitive's "to", or of the "not" before it."""
    to = next(c.i for c in infinitive.children if c.lower_ == "to")
    return to - 1 if to and infinitive.doc[to - 1].lower_ in ("not", "never") else to


def _merged(spans: list[Span]) -> list[Span]:
    """Spans in order, without empty ones, overlapping ones joined."""
    out: list[Span] = []
    for span in sorted(spans):
        if span.end <= span.start:
            continue
        if out and span.start < out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out
