"""Spans of a parsed sentence: the content with its marks, the source of a cue, the kind of a statement."""

from typing import TYPE_CHECKING

from claimtrack.attribution import Kind, Span
from claimtrack.extract.draft import Cue, Draft, merged
from claimtrack.extract.grammar import TIMES, is_passive, is_past, noun_phrase, quoted_by, subject
from claimtrack.extract.segment import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


#: Nouns with which a writer sums up a clause before: ", a claim that the ministry rejects".
_SUMS_UP = frozenset(
    """claim pledge warning vow proposal decision move charge allegation accusation suggestion statement assertion
    figure remark view position prospect step change argument promise threat comment admission demand prediction
    contention notion idea""".split()
)


class Mentions:
    """A sentence being read: its text, parse, cues and drafts. The rules are in the classes that extend this one."""

    def __init__(self, text: str, number: int, sentence: Sentence, doc: "Doc") -> None:
        self.text, self.number, self.sentence, self.doc = text, number, sentence, doc
        self.base: int = doc.user_data["base"]
        self.real: list[bool] = doc.user_data["real"]
        self.placed: dict[int, int] = doc.user_data["quotes"]
        self.drafts: list[Draft] = []
        self.cues: list[Cue] = []

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
        while last > first and doc[last].dep_ == "cc":
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
            self.text[end - 1].isspace() or (self.text[end - 1] in ",;" and not self._in_marks(end - 1))
        ):
            end -= 1
        return Span(start, end)

    def _in_marks(self, at: int) -> bool:
        return any(q.span.start <= at < q.span.end for q in self.sentence.quotes)

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
            following = self.doc[token.i + 1] if token.i + 1 < len(self.doc) else None
            if (
                following is not None
                and following.text[:1].isupper()
                and before in ",.?!”\"’'—–―"
                and token.tag_ != "VBG"
            ):
                while following.i + 1 < len(self.doc) and self.doc[following.i + 1].text[:1].isupper():
                    following = self.doc[following.i + 1]
                return following  # a name that the tagger took for an adverb
        if found is not None and found.i in self.placed:
            others = [
                c for c in token.children if c.dep_ in ("nsubj", "nsubjpass", "dobj", "attr") and c.i not in self.placed
            ]
            return others[0] if others else None
        return found

    def _beside_quote(self, token: "Token") -> "Token | None":
        """The noun beside a cue that the parser hung on the quotation before: "“...,” Flynn, an aide, said"."""
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

    def _cue_span(self, token: "Token") -> Span:
        return self.span(token.i, token.i)

    def _add(self, cue: Cue, content: list[Span], rule: str, kind: Kind | None = None) -> Draft | None:
        content = merged(content)
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
        if (quoter := quoted_by(cue.token)) is not None and quoter != cue.source:
            draft.via = self.span(*noun_phrase(quoter))
        draft.depth = sum(1 for _ in cue.token.ancestors)
        draft.is_past = is_past(cue.token)
        draft.is_present = cue.token.tag_ in ("VBZ", "VBP") and cue.token.dep_ in ("ROOT", "parataxis", "conj")
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
