"""Acts of speech without a reported clause: "vowed to leave", "accused her of lying", "called it a farce".

Each frame of `cues.Frame` has its rule; the first that fits the verb and its dependents makes the statement.
"""

import re
from typing import TYPE_CHECKING

from claimtrack.attribution import Span
from claimtrack.extract.cues import NOUNS, NOUNS_PLURAL, Frame
from claimtrack.extract.draft import Cue
from claimtrack.extract.grammar import coordinate, has_subject, is_figure, is_passive, is_verb_cue, noun_phrase
from claimtrack.extract.mentions import Mentions
from claimtrack.extract.people import ROLES

if TYPE_CHECKING:
    from spacy.tokens import Token


#: Verbs whose "of" brings what was said, not whom it was about.
_OF_VERBS = frozenset({"accuse", "warn", "complain", "boast"})
_PREPOSITIONS = (
    (Frame.OF, frozenset({"of"}), "act.accuse"),
    (Frame.FOR, frozenset({"for", "on", "over"}), "act.for"),
    (Frame.ABOUT, frozenset({"about"}), "act.about"),
)


#: Verbs that ask somebody through a preposition.
_ASKING = {"call": ("on", "upon", "for"), "appeal": ("to", "for"), "plead": ("with", "for")}

#: Whom a promise or a claim is made to, or of: no words.
_HEARERS = frozenset("fan shareholder voter supporter reader viewer child people life victim member couple".split())


class Acts(Mentions):
    """Statements whose content is an infinitive, a gerund, a noun phrase or a prepositional phrase."""

    def _speech_act(self, cue: Cue) -> bool:
        """Make the statement of a cue without a reported clause; whether one was made."""
        token, frames = cue.token, cue.form.frames
        if is_passive(token):
            if cue.source is None:
                return False
            return (bool(frames & Frame.AS) and self._described(cue)) or (
                bool(frames & (Frame.NAME | Frame.AS)) and self._named_of(cue)
            )
        obj = next((c for c in token.children if c.dep_ in ("dobj", "dative") and c.i > token.i), None)
        if cue.source is not None and obj is not None and obj.i == cue.source.i:
            obj = None
        for rule in (
            self._put,
            self._denied_claim,
            self._infinitive,
            self._as_phrase,
            self._name,
            self._preposition,
            self._gerund,
            self._noun,
        ):
            made = rule(cue, obj)
            if made is not None:
                return made
        return False

    def _infinitive(self, cue: Cue, obj: "Token | None") -> bool | None:
        """Read "vowed to leave" (the subject will), "urged them to wait" (the object shall)."""
        token, frames = cue.token, cue.form.frames
        infinitive = next(
            (
                c
                for c in token.children
                if c.dep_ in ("xcomp", "ccomp", "advcl")
                and c.i > token.i
                and any(a.lower_ == "to" and a.dep_ == "aux" for a in c.children)
            ),
            None,
        )
        if infinitive is None or not (frames & (Frame.TO | Frame.THEM_TO) or self._asks_somebody(cue, infinitive)):
            return None
        first = infinitive.left_edge.i
        if frames & Frame.THEM_TO and obj is not None and obj.i < infinitive.i:
            return self._add_range(cue, _to(infinitive), infinitive, "act.urge")
        asks = bool(frames & Frame.THEM_TO) and has_subject(infinitive)
        if first > token.i and not asks and not self._asks_somebody(cue, infinitive):
            return self._add_range(cue, first, infinitive, "act.vow") if frames & Frame.TO else False
        if self.doc[first].lower_ == "for":  # "called for the board to resign": who shall is part of what is asked
            return self._add_range(cue, first + 1, infinitive, "act.urge")
        return self._add_range(cue, _to(infinitive), infinitive, "act.urge")

    def _asks_somebody(self, cue: Cue, infinitive: "Token") -> bool:
        """Whether "called on ministers to act", "appealed to drivers to wait": a preposition names who shall."""
        links = _ASKING.get(cue.form.base, ())
        between = self.doc[cue.token.i + 1 : infinitive.i]
        return any(t.lower_ in links and t.dep_ in ("prep", "prt", "mark", "dative") for t in between[:3])

    def _as_phrase(self, cue: Cue, obj: "Token | None") -> bool | None:
        """Read "described it as a farce", "likened it to a farce"."""
        token = cue.token
        if not cue.form.frames & Frame.AS or obj is None:
            return None
        link = "to" if cue.form.base in ("compare", "liken") else "as"
        head = next((c for c in token.children if c.lower_ == link and c.i > token.i), None) or next(
            (c for c in obj.children if c.lower_ == link), None
        )
        if head is None or any(c.dep_ == "pcomp" and is_verb_cue(c) for c in head.children):
            return None  # "cited her as saying" is her statement
        first = noun_phrase(obj)[0] if obj.i > token.i else head.i
        return self._add_range(cue, min(first, head.i), head, "act.describe")

    def _name(self, cue: Cue, obj: "Token | None") -> bool | None:
        """Read "called it a farce", "called the form “a crossword”"."""
        token, frames = cue.token, cue.form.frames
        if frames & (Frame.NAME | Frame.AS) and (quoted := self._named_in_marks(cue)):
            return self._add(cue, [quoted], "act.call") is not None
        if not frames & Frame.NAME:
            return None
        kids = [c for c in token.children if c.dep_ in ("oprd", "attr", "ccomp", "xcomp") and c.i > token.i]
        named = kids[0] if kids else None
        if named is None or any(c.lower_ == "to" for c in named.children):
            return None
        first = named.left_edge.i if obj is None else min(named.left_edge.i, noun_phrase(obj)[0])
        return self._add_range(cue, first, named, "act.call") if first > token.i else None

    def _preposition(self, cue: Cue, obj: "Token | None") -> bool | None:
        """Read "accused her of lying", "criticised her for leaving", "called for a ban", "complained about it"."""
        token, frames = cue.token, cue.form.frames
        for frame, words, rule in _PREPOSITIONS:
            if not frames & frame or (frame is Frame.OF and cue.form.base not in _OF_VERBS):
                continue
            preps = [c for c in token.children if c.dep_ == "prep" and c.lower_ in words and c.i > token.i]
            if not preps and obj is not None:
                preps = [c for c in obj.children if c.dep_ == "prep" and c.lower_ in words]
            inner = next((c for c in preps[0].children if c.dep_ in ("pcomp", "pobj")), None) if preps else None
            if inner is None:
                continue
            calls = cue.form.base == "call"
            if cue.form.base == "accuse" and obj is None:
                continue  # "Man accused of theft": a passive without its auxiliary, in a headline
            if frame is Frame.FOR and ((calls and preps[0].lower_ == "on") or (not calls and inner.dep_ != "pcomp")):
                continue
            return self._add_range(cue, preps[0].i + 1, inner, rule)
        return None

    def _gerund(self, cue: Cue, obj: "Token | None") -> bool | None:
        """Read "denied taking it", "suggested waiting"."""
        del obj
        token = cue.token
        if not cue.form.frames & Frame.ING:
            return None
        to = next((c for c in token.children if c.dep_ == "prep" and c.lower_ == "to" and c.i == token.i + 1), None)
        inside = list(to.children) if to is not None and cue.form.base == "admit" else list(token.children)
        kids = [c for c in inside if c.dep_ in ("xcomp", "ccomp", "pcomp") and _is_gerund(c) and c.i > token.i]
        if not kids:
            return None
        first = kids[0].left_edge.i
        return self._add_range(cue, first if first > token.i else kids[0].i, kids[0], "act.gerund")

    def _noun(self, cue: Cue, obj: "Token | None") -> bool | None:
        """Read "announced a ban": a noun phrase that is what was said."""
        if not cue.form.frames & Frame.NOUN or obj is None or obj.tag_ in ("PRP", "WP", "WDT"):
            return None
        gifts = [c for c in cue.token.children if c.dep_ == "dobj" and c.i > obj.i]
        if cue.form.base == "promise" and gifts:
            obj = gifts[0]  # "promised voters a new hospital"
        if obj.lower_ in ("that", "this", "it") or obj.tag_ == "NNP" or obj.lower_.rstrip("s") in ROLES | _HEARERS:
            return None
        if not self._says_something(cue, obj):
            return None
        first = noun_phrase(obj)[0]
        on = next(
            (c for c in cue.token.children if cue.form.base == "blame" and c.lower_ == "on" and c.i > obj.i), None
        )
        return self._add_range(cue, first if first > cue.token.i else obj.i, obj if on is None else on, "act.noun")

    def _says_something(self, cue: Cue, obj: "Token") -> bool:
        """Whether an object is what was said: not "denied fraud" (a plea), "conceded nothing", "announced a ban"."""
        base = cue.form.base
        if obj.lower_ == "nothing":
            return any(c.dep_ == "relcl" for c in obj.children)
        if base == "deny":
            return obj.tag_ == "VBG" or obj.lower_.endswith("ing") or any(c.lower_ == "any" for c in obj.children)
        whole = self.span(obj.left_edge.i, obj.right_edge.i)
        if any(whole.overlaps(q.span) for q in self.sentence.quotes):
            return True
        if base == "blame":
            return any(c.lower_ == "on" for t in (obj, cue.token) for c in t.children)
        # a bare thing ("announced a ban") is what the saying was about; a figure or a clause is said
        return any(t.tag_ == "CD" or t.dep_ in ("relcl", "acl") for t in obj.subtree)

    def _denied_claim(self, cue: Cue, obj: "Token | None") -> bool | None:
        """Read "denied claims that the firm was bankrupt": the clause that the noun brings."""
        if cue.form.base not in ("deny", "dispute", "reject") or obj is None:
            return None
        clause = next((c for c in obj.children if c.dep_ in ("acl", "relcl", "ccomp") and _begins_with_that(c)), None)
        if clause is None or obj.lower_ not in NOUNS | NOUNS_PLURAL | {"reports", "idea", "suggestion"}:
            return None
        return self._add_range(cue, clause.left_edge.i, clause, "act.noun")

    def _put(self, cue: Cue, obj: "Token | None") -> bool | None:
        """Read "put the number of missing at 112": an estimate."""
        if cue.form.base != "put":
            return None
        at = next((c for c in cue.token.children if c.dep_ == "prep" and c.lower_ == "at"), None)
        if at is None or obj is None or at.i < obj.i or not is_figure(at) or self.doc[at.i - 1].tag_ in ("RP", "RB"):
            return False
        return self._add_range(cue, noun_phrase(obj)[0], at, "act.describe")

    def _named_in_marks(self, cue: Cue) -> Span | None:
        """What is called what, where that is in marks: "called the form “a crossword”"; no verb stands between."""
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
            after = next((t for t in self.doc if self.base + t.idx >= end and self.real[t.i]), None)
            modifies = after is not None and after.tag_[:1] == "N" and between and between[-1].tag_ in ("DT", "PRP$")
            if not between or not between[0].text.strip() or modifies:
                return Span(q.span.start, end)  # of "slammed the “cowardly” decision", the word in marks is theirs
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

    def _named_of(self, cue: Cue) -> bool:
        """Read "The leader was called “a fossil” by his opponents": the words in marks right behind the passive."""
        after = self.base + cue.token.idx + len(cue.token)
        quote = next((q.span for q in self.sentence.quotes if not self.text[after : q.span.start].strip(" ,")), None)
        return quote is not None and quote.start >= after and self._add(cue, [quote], "act.call") is not None

    def _described(self, cue: Cue) -> bool:
        """Read "The plan was described by Ruiz as “a tip”": the passive subject and the phrase with "as"."""
        token = cue.token
        patient = next((c for c in token.children if c.dep_ == "nsubjpass"), None)
        as_phrase = next((c for c in token.subtree if c.lower_ == "as" and c.i > token.i), None)
        if as_phrase is None:
            return False
        last = as_phrase.right_edge.i
        if cue.source is not None and as_phrase.i < cue.source.i <= last:
            last = next(t.i for t in reversed(self.doc[as_phrase.i : cue.source.i]) if t.lower_ == "by") - 1
        spans = [self.content(as_phrase.i, last)]
        if patient is not None:
            spans.insert(0, self.content(*noun_phrase(patient)))
        return self._add(cue, [s for s in spans if s], "act.describe") is not None

    def _add_range(self, cue: Cue, first: int, comp: "Token", rule: str) -> bool:
        last = comp.right_edge.i
        last = min(last, self._stop(cue, first, last))
        span = self.content(first, last)
        return span is not None and self._add(cue, [span], rule) is not None

    def _stop(self, cue: Cue, first: int, last: int) -> int:
        token = cue.token
        for i in range(first + 1, last + 1):
            t = self.doc[i]
            if t.lower_ in ("a", "an") and self.doc[i - 1].text == "," and self._sums_up(i, last):
                return i - 1
            if t.dep_ == "conj" and self.real[i] and t.tag_[:1] == "V" and coordinate(t) == token:
                return self._before_conjunct(t, first)
            form = is_verb_cue(t) if self.real[i] else None
            adds = form is not None and form.frames & Frame.THAT and form.base != "allow"
            if adds and t.tag_ == "VBG" and self.doc[i - 1].text[-1:] == ",":
                return i - 1
        return last


def _is_gerund(verb: "Token") -> bool:
    """Whether a verb is a gerund, or a participle with "being" or "having"."""
    return verb.tag_ == "VBG" or any(c.lower_ in ("being", "having") and c.tag_ == "VBG" for c in verb.children)


def _begins_with_that(clause: "Token") -> bool:
    return any(c.lower_ == "that" and c.dep_ == "mark" for c in clause.children)


def _to(infinitive: "Token") -> int:
    """Index of the infinitive's "to", or of the "not" before it."""
    to = next(c.i for c in infinitive.children if c.lower_ == "to")
    return to - 1 if to and infinitive.doc[to - 1].lower_ in ("not", "never") else to
