"""Statements in the making: what each sentence gives, and the quotations that no cue in their sentence introduces.

A quotation without a cue goes on the quotation before it, or it follows a dash or colon with a name, or it is a turn
with a label, or it floats: then the speaker is looked for in the sentences around it.
"""

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from claimtrack.attribution import Kind, Span
from claimtrack.extract.cues import VERBS, Frame
from claimtrack.extract.draft import Draft
from claimtrack.extract.fragments import SLOGAN, WORKS
from claimtrack.extract.grammar import FINITE
from claimtrack.extract.layout import Block, Paragraph
from claimtrack.extract.marks import Quotation
from claimtrack.extract.people import BODIES, ORG_WORDS, ROLES
from claimtrack.extract.plan import Place, Plan, word_count
from claimtrack.extract.segment import Sentence
from claimtrack.extract.statements import read_sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc

_DASH_TAIL = re.compile(r"[\s.,]{0,3}(?:—|–|--?|―)\s{0,2}(?P<who>[^\s—–\-.,:;“”\"][^—–:;“”\"\n]{1,100}?)\.?$")
_DASH_LINE = re.compile(r"(?:—|–|--?|―)\s{0,2}(?P<who>[A-Z][^—–:;“”\"\n]{1,100})$")
_HEAD_COLON = re.compile(r"(?P<who>(?:The |the )?[\w.’'-]+(?: [\w.’'-]+){0,4}): (?P<what>\S.{8,})$")
_HEAD_DASH = re.compile(r"(?P<what>\S.{8,}?) (?:–|—|-) (?P<who>[\w’']+(?: [\w’']+){0,3})$")
_HEAD_TAIL = re.compile(r"(?P<what>\S.{8,}), (?P<tail>[^\s,]+(?: [^\s,]+){1,4})$")
#: What follows a name and a colon in a heading, and is nobody's words: the kind of text, or that nothing was said.
_LABELS_WORK = re.compile(
    r"(?:no comment|statement|profile|obituary|interview|review|live|timeline|transcript|analysis|"
    r"(?:\w+day|\w+ \w+),? \d)",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?:@\w{1,30}[:,]?\s+){1,4}")


class Drafter:
    """Makes the drafts of one plan from its parsed sentences."""

    def __init__(self, plan: Plan, docs: dict[int, "Doc | None"]) -> None:
        self.plan, self.docs = plan, docs
        self.text = plan.article.text
        self.found: list[Draft] = []
        self.holder: dict[int, Draft] = {}
        self.turn: Draft | None = None
        self.last_outer: Draft | None = None
        #: names that can speak in a headline, and the end of each person's mentions: the caller fills them in
        self.known_people: frozenset[str] = frozenset()
        self.names_ending: dict[int, Span] = {}
        #: paragraph -> the draft that its opening colon announced
        self._announced: tuple[int, Draft] | None = None

    def drafts(self) -> list[Draft]:
        """All drafts, by the place of their cue or content."""
        seen_block = -1
        for number, sentence in enumerate(self.plan.sentences):
            block = self.plan.paragraphs[sentence.paragraph]
            if sentence.paragraph != seen_block:
                seen_block = sentence.paragraph
                self._open_block(block, number)
            place = self.plan.places[number]
            if place is Place.WRITER and self._is_announced(sentence):
                self._inner(number, sentence, Place.TURN)
            elif place is Place.WRITER:
                self._outer(number, sentence, block)
            else:
                self._inner(number, sentence, place)
        self._join_chains()
        kept = [d for d in self.found if d.content]
        for draft in kept:
            draft.question = draft.question or self._asks(draft)
        return sorted(kept, key=lambda d: (d.sentence, d.source.start if d.source else d.content[0].start, d.depth))

    # -- blocks --------------------------------------------------------------------------------------------------

    def _open_block(self, block: Paragraph, number: int) -> None:
        index = self.plan.sentences[number].paragraph
        if block.kind in (Block.TURN, Block.ANSWER):
            self.turn = Draft([block.body], "turn.label", number, Kind.DIRECT, block.label)
            self.turn.is_answer = block.kind is Block.ANSWER
            self.found.append(self.turn)
        elif block.kind is Block.QUOTE:
            previous = self._announcement(index, number)
            if (
                self.turn is not None
                and self.turn.rule == "block.post"
                and index
                and self.plan.paragraphs[index - 1].kind is Block.QUOTE
            ):
                self.turn.content.append(block.body)
                return
            self.turn = previous or Draft([], "block.post", number, Kind.DIRECT)
            self.turn.content = [block.body]
            self.turn.rule = "block.post"
            self.found.append(self.turn)
        elif block.kind is Block.QUESTION:
            self.turn = None
        elif self._continues_turn(index):
            assert self.turn is not None
            self.turn.content.append(block.body)
        elif block.kind is not Block.ASIDE:
            self.turn = None
            self._post(index, block, number)

    def _continues_turn(self, index: int) -> bool:
        """Whether an unlabelled paragraph goes on the turn before: another labelled one follows in the transcript."""
        if self.turn is None or self.turn.rule != "turn.label":
            return False
        block = self.plan.paragraphs[index]
        words = block.body.of(self.text)
        if block.kind is not Block.PROSE or words[:1] in '“"‘' or (words.endswith(":") and len(words.split()) <= 3):
            return False
        for later in self.plan.paragraphs[index + 1 : index + 6]:
            if later.kind in (Block.TURN, Block.ANSWER, Block.QUESTION):
                return True
            if later.kind not in (Block.PROSE, Block.ASIDE):
                return False
        return False

    def _announcement(self, index: int, number: int) -> Draft | None:
        """The draft of a paragraph that ends with a colon and a cue or noun of saying: "Her answer:"."""
        if index == 0:
            return None
        before = self.plan.paragraphs[index - 1]
        words = before.body.of(self.text).rstrip()
        if not words.endswith(":"):
            return None
        lead = next(
            (
                i
                for i in range(number - 1, -1, -1)
                if self.plan.places[i] is Place.WRITER and self.plan.sentences[i].span.end <= before.span.end
            ),
            None,
        )
        if lead is None:
            return None
        doc = self.docs.get(lead)
        if doc is None:
            return None
        found = announced_by(doc)
        if found is None:
            return None
        source, cue = found
        base = doc.user_data["base"]
        draft = Draft([], "block.post", number, Kind.DIRECT)
        draft.lead = lead
        if source:
            draft.source = Span(base + doc[source[0]].idx, base + doc[source[1]].idx + len(doc[source[1]]))
        draft.cue = Span(base + doc[cue].idx, base + doc[cue].idx + len(doc[cue])) if cue is not None else None
        draft.cue_token = cue
        return draft

    def _post(self, index: int, block: Paragraph, number: int) -> None:
        """A paragraph without marks after "She replied:" is what she replied."""
        body = block.body
        words = body.of(self.text)
        if words[:1] in '“"‘«„' or words.endswith(":"):
            return
        draft = self._announcement(index, number)
        if draft is None or draft.source is None:
            return
        if match := _HANDLE.match(words):
            body = Span(body.start + match.end(), body.end)
        if match := re.search(r"\s\^\w{2,20}$", body.of(self.text)):
            body = Span(body.start, body.start + match.start())
        draft.content = [body]
        self.found.append(draft)
        self._announced = (index, draft)

    def _is_announced(self, sentence: Sentence) -> bool:
        return (self._announced is not None and self._announced[0] == sentence.paragraph) or (
            self.turn is not None
            and self.turn.rule == "turn.label"
            and any(s.contains(sentence.span) for s in self.turn.content)
        )

    # -- sentences -----------------------------------------------------------------------------------------------

    def _inner(self, number: int, sentence: Sentence, place: Place) -> None:
        doc = self.docs.get(number)
        if doc is None:
            return
        for draft in read_sentence(self.text, number, sentence, doc):
            if _is_idle(draft, self.text) and not (
                place is Place.QUESTION and draft.source and draft.source.of(self.text).lower() == "you"
            ):
                continue
            draft.owner = self._turn_of(sentence) if place is Place.TURN else self._holder_of(sentence)
            draft.inner = True
            self.found.append(draft)

    def _turn_of(self, sentence: Sentence) -> Draft | None:
        announced = self._announced is not None and self._announced[0] == sentence.paragraph
        return self._announced[1] if announced and self._announced is not None else self.turn

    def _holder_of(self, sentence: Sentence) -> Draft | None:
        return self.holder.get(sentence.within.span.start) if sentence.within is not None else None

    def _outer(self, number: int, sentence: Sentence, block: Paragraph) -> None:
        doc = self.docs.get(number)
        here = read_sentence(self.text, number, sentence, doc) if doc is not None else []
        for draft in here:
            nested = any(
                q.depth > sentence.level and any(s.contains(q.span) for s in draft.content)
                for q in self._near(sentence)
            )
            if draft.inner and draft.kind is Kind.DIRECT and not nested:
                draft.kind = Kind.INDIRECT  # reported inside somebody's quoted fragment, in no marks of its own
        here = [d for d in here if not (d.inner and _is_idle(d, self.text))]
        here.sort(key=lambda d: d.cue.start if d.cue else d.content[0].start)
        for draft in here:
            if draft.inner:
                draft.owner = (
                    next((d for d in here if not d.inner and any(s.contains(draft.cue) for s in d.content)), None)
                    if draft.cue
                    else None
                )
                draft.inner = draft.owner is not None
        used = [s for d in here for s in d.content]
        here = [d for d in here if d.rule != SLOGAN]
        loose = [
            q
            for q, whole in zip(sentence.quotes, sentence.utterances, strict=True)
            if whole and not any(s.overlaps(q.span) for s in used)
        ]
        if not here and block.kind is Block.HEADING and not loose:
            here = self._headline(number, sentence)
        if loose:
            here += self._loose(number, sentence, loose, here, doc)
        elif not here and doc is not None and (partial := self._partial(number, sentence, doc)) is not None:
            here = [partial]
        for draft in here:
            for q in sentence.quotes:
                if any(s.contains(q.span) for s in draft.content):
                    self.holder[q.span.start] = draft
        self.found.extend(here)
        if here:
            mains = [d for d in here if d.rule not in ("noun.clause", "according")]
            self.last_outer = max(mains or here, key=lambda d: d.content[-1].end)

    def _partial(self, number: int, sentence: Sentence, doc: "Doc") -> Draft | None:
        """A floating sentence whose last words stand behind its marks, as in "“Most are in support” of the findings".

        It goes on what was said before it in the paragraph; its quoted words have a verb, those behind have none.
        """
        quote = sentence.quotes[0] if sentence.quotes else None
        before = self.last_outer
        if quote is None or quote.span.start != sentence.span.start or before is None:
            return None
        if self.plan.sentences[before.sentence].paragraph != sentence.paragraph:
            return None
        base = doc.user_data["base"]
        verbs = [base + t.idx for t in doc if t.tag_ in FINITE]
        said = [at for at in verbs if at < quote.span.end]
        if not said or len(said) < len(verbs) or word_count(self.text, quote.span) < 5:
            return None
        if not quote.inner.of(self.text)[:1].isupper():
            return None
        end = sentence.span.end
        while end > quote.span.end and self.text[end - 1] in ".!?… ":
            end -= 1
        return Draft([Span(sentence.span.start, end)], "quote.floating", number, Kind.MIXED)

    def _near(self, sentence: Sentence) -> list[Quotation]:
        """Quotations of the sentence's paragraph that lie in the sentence, nested ones too."""
        here = self.plan.quotes[sentence.paragraph]
        first = bisect_left(here, sentence.span.start, key=lambda q: q.span.start)
        return here[first : bisect_left(here, sentence.span.end, key=lambda q: q.span.start)]

    def _headline(self, number: int, sentence: Sentence) -> list[Draft]:
        """Read "Mayor: No new taxes", "No new taxes – mayor": a name or role, a colon or dash, a clause."""
        span = sentence.span
        words = span.of(self.text)
        for pattern in (_HEAD_COLON, _HEAD_DASH):
            match = pattern.match(words)
            if match is None or not self._speaks(match["who"]):
                continue
            what = Span(span.start + match.start("what"), span.start + match.end("what"))
            who = Span(span.start + match.start("who"), span.start + match.end("who"))
            if pattern is _HEAD_DASH and not match["who"][0].islower():
                continue
            if not re.search(r"[a-z]{3} ", match["what"]) or _LABELS_WORK.match(match["what"]):
                continue
            return [Draft([what], "headline", number, Kind.INDIRECT, who)]
        return self._headline_with_cue(number, span)

    def _headline_with_cue(self, number: int, span: Span) -> list[Draft]:
        """Read "Nurses to strike, says union" and "Statue to stay, board rules"."""
        match = _HEAD_TAIL.match(span.of(self.text))
        if match is None:
            return []
        tail = list(re.finditer(r"[\w’'-]+", match["tail"]))
        if len(tail) < 2:
            return []
        first, last = tail[0], tail[-1]
        cue, who = (first, tail[1:]) if _says_now(first.group()) else (last, tail[:-1])
        name = match["tail"][who[0].start() : who[-1].end()]
        if not _says_now(cue.group()) or not self._speaks(name):
            return []
        start = span.start + match.start("tail")
        quoted = any(q.span.end <= span.start + match.end("what") for q in self.plan.sentences[number].quotes)
        kind = Kind.MIXED if quoted else Kind.INDIRECT
        draft = Draft([Span(span.start, span.start + match.end("what"))], "headline", number, kind)
        draft.source = Span(start + who[0].start(), start + who[-1].end())
        draft.cue = Span(start + cue.start(), start + cue.end())
        return [draft]

    def _speaks(self, words: str) -> bool:
        """Whether a headline's label can speak: a role, a body, or a person whom the text names."""
        last = words.rsplit(maxsplit=1)[-1].lower()
        return not any(c.isdigit() for c in words) and (
            last in ROLES
            or last in BODIES
            or last in ORG_WORDS
            or last.rstrip("s") in ROLES
            or words in self.known_people
        )

    # -- quotations without a cue --------------------------------------------------------------------------------

    def _loose(
        self, number: int, sentence: Sentence, loose: list[Quotation], here: list[Draft], doc: "Doc | None"
    ) -> list[Draft]:
        first, last = loose[0], loose[-1]
        spans = [q.span for q in loose]
        if first.continues and (held := self._chained(sentence)) is not None and not here:
            held.content.extend(spans)
            for q in loose:
                self.holder[q.span.start] = held
            return []
        tail = Span(last.span.end, sentence.span.end)
        if (match := _DASH_TAIL.match(tail.of(self.text))) and self._may_speak(match["who"]):
            dashed = self._trimmed(tail.start + match.start("who"), match["who"])
            return [Draft(spans, "quote.dash", number, Kind.DIRECT, dashed)]
        following = self._dash_line(sentence)
        if following is not None:
            return [Draft(spans, "quote.dash", number, Kind.DIRECT, following)]
        lead = Span(sentence.span.start, first.span.start)
        words = lead.of(self.text).strip()
        if (
            not words
            and not here
            and (announced := self._announcement(sentence.paragraph, number)) is not None
            and first.span.start == self.plan.paragraphs[sentence.paragraph].body.start
            and announced.source is not None
        ):
            announced.content, announced.rule = spans, "quote.announced"
            return [announced]
        if (
            words[-1:] == ":"
            and not here
            and (named := self._name_before(lead.start + len(self.text[lead.start : lead.end].rstrip()) - 1))
        ):
            return [Draft(spans, "quote.colon", number, Kind.DIRECT, named)]
        if words[-1:] in (":", "—", "–") and not here:
            who = words.rstrip(" :—–")
            if (
                0 < len(who.split()) <= 6
                and self._may_speak(who)
                and (self.plan.paragraphs[sentence.paragraph].kind is not Block.HEADING or self._speaks(who))
                and (
                    doc is None
                    or not any(
                        t.tag_ in ("VBD", "VBZ", "VBP", "MD")
                        for t in doc
                        if t.idx < lead.end - lead.start and doc.user_data["real"][t.i]
                    )
                )
            ):
                return [Draft(spans, "quote.colon", number, Kind.DIRECT, Span(lead.start, lead.start + len(who)))]
        if not here and self._goes_on(first.span, sentence) and not words:
            assert self.last_outer is not None
            self.last_outer.content.extend(spans)
            for q in loose:
                self.holder[q.span.start] = self.last_outer
            return []
        if words and word_count(self.text, first.span) < 3 and not words.endswith(":"):
            return []
        if words and (_is_title(first.inner.of(self.text)) or words.rstrip(" ,").split()[-1].lower() in WORKS):
            return []
        return [Draft(spans, "quote.floating", number, Kind.DIRECT)]

    def _name_before(self, colon: int) -> Span | None:
        """The person whose name ends right before a colon."""
        return self.names_ending.get(colon)

    def _trimmed(self, start: int, who: str) -> Span:
        cut = re.split(r",| \(", who)[0].rstrip(" .")
        return Span(start, start + len(cut))

    def _may_speak(self, words: str) -> bool:
        bare = words.strip()
        return (
            bool(bare)
            and len(bare.split()) <= 14
            and not bare[0].isdigit()
            and bare.split()[0].lower() not in ("and", "but", "or", "so", "then", "that", "which", "a far", "not")
        )

    def _dash_line(self, sentence: Sentence) -> Span | None:
        """Read "— Ana Ruiz, mayor" on the line below a quotation that ends its paragraph."""
        n = sentence.paragraph + 1
        if n >= len(self.plan.paragraphs) or sentence.span.end != self.plan.paragraphs[n - 1].span.end:
            return None
        line = self.plan.paragraphs[n].span
        if line.end - line.start > 110:
            return None
        match = _DASH_LINE.match(line.of(self.text))
        return self._trimmed(line.start + match.start("who"), match["who"]) if match else None

    def _chained(self, sentence: Sentence) -> Draft | None:
        """The draft of the quotation that the paragraph before left open."""
        earlier = self.plan.quotes[sentence.paragraph - 1] if sentence.paragraph else []
        opened = next((q for q in reversed(earlier) if q.depth == 0 and not q.closed), None)
        return self.holder.get(opened.span.start) if opened is not None else None

    def _goes_on(self, quote: Span, sentence: Sentence) -> bool:
        """Whether a quotation goes on the direct statement that ends right before it, in the same paragraph."""
        previous = self.last_outer
        if (
            previous is None
            or previous.kind is not Kind.DIRECT
            or previous.rule in ("turn.label", "block.post", "quote.fragment", "quote.named")
        ):
            return False
        before = self.plan.sentences[previous.sentence]
        end = max(before.span.end, previous.content[-1].end)
        return (
            before.paragraph == sentence.paragraph and end <= quote.start and not self.text[end : quote.start].strip()
        )

    def _join_chains(self) -> None:
        """Join a floating first paragraph of a quotation to the later one that has the cue."""
        for draft in self.found:
            if draft.cue is None or not draft.content:
                continue
            first = draft.content[0]
            paragraph = self.plan.sentences[draft.sentence].paragraph
            here = self.plan.quotes[paragraph]
            quote = here[0] if here and here[0].span == first else None
            if quote is None or not quote.continues:
                continue
            held = self._chained(self.plan.sentences[draft.sentence])
            if held is not None and held is not draft and held.cue is None and held.rule == "quote.floating":
                draft.content = held.content + draft.content
                for start, holder in list(self.holder.items())[-50:]:
                    if holder is held:
                        self.holder[start] = draft
                for other in self.found:
                    if other.owner is held:
                        other.owner = draft
                held.content = []

    def _asks(self, draft: Draft) -> bool:
        """Whether quoted or labelled words end as a question."""
        if draft.kind is not Kind.DIRECT:
            return False
        whole = " ".join(span.of(self.text) for span in draft.content)
        if not whole.rstrip("”\"’'»“)]_* ").endswith("?"):
            return False
        parts = re.findall(r"[^.?!]+[.?!]*", whole)
        asked = sum(len(part.split()) for part in parts if "?" in part)
        return asked * 2 >= sum(len(part.split()) for part in parts)


def announced_by(doc: "Doc") -> tuple[tuple[int, int] | None, int | None] | None:
    """Source and cue of a lead that ends with a colon: "Metroline replied within four minutes:", "Her answer:"."""
    from claimtrack.extract.cues import NOUNS
    from claimtrack.extract.grammar import happened, is_verb_cue, noun_phrase, quote_frame, subject

    for token in reversed([t for t in doc if doc.user_data["real"][t.i]]):
        form = is_verb_cue(token)
        if (form is not None and quote_frame(form) and happened(token) and form.base not in ("read", "ask")) or (
            form and form.base in ("read", "ask") and token.dep_ == "ROOT"
        ):
            who = subject(token)
            if who is not None:
                return noun_phrase(who, token), token.i
        if token.lower_ in NOUNS and token.tag_[:1] == "N":
            owner = next((c for c in token.children if c.dep_ == "poss"), None)
            by = next((c for c in token.children if c.dep_ == "prep" and c.lower_ in ("from", "by", "of")), None)
            owner = (
                owner
                if owner is not None
                else next((c for c in by.children if c.dep_ == "pobj"), None)
                if by is not None
                else None
            )
            if owner is not None:
                return noun_phrase(owner), token.i
    return None


#: Subjects that stand for nobody: what they say is a manner of speaking.
_ANYBODY = frozenset(
    "people anyone anybody everyone everybody someone somebody some many others folks nobody one".split()
)
_MANNERS = _ANYBODY | frozenset("you i we he she they it this that these those who which most".split())
_DEFINITE = frozenset("the my our his her their your its".split())
#: Verbs that tell of words and nothing else.
_SAYINGS = frozenset("say tell claim write warn insist argue deny admit announce allege state maintain report".split())


#: Forms of verbs that introduce quoted words.
_SPOKEN = frozenset(word for word, form in VERBS.items() if form.frames & Frame.QUOTE and not form.frames & Frame.PAPER)


def _is_idle(draft: Draft, text: str) -> bool:
    """Whether a report inside somebody's words is none: "people say", "he claims", "as I said", a verb of acting.

    Inside somebody's words two kinds count: words in marks of their own, and what a particular person is told to have
    said or asked for. In the present tense only names and nouns are particular.
    """
    if draft.source is None:
        return draft.rule not in ("court.heard", "hearsay")
    if draft.rule == SLOGAN:
        return True
    source = draft.source.of(text).lower()
    if draft.rule == "fragment" and draft.cue_base not in _SPOKEN:
        return True
    if draft.kind is Kind.DIRECT:
        return source in ("anyone", "anybody", "nobody", "one") or (source == "you" and not draft.is_past)
    if source in _ANYBODY or source.split()[0] in ("any", "no", "every", "people"):
        return True
    if draft.rule == "clause.as" and source in _MANNERS:
        return True
    if draft.is_past:
        return not draft.rule.startswith("clause.") and not (
            draft.rule in ("act.urge", "act.accuse") and draft.cue_base in ("tell", "ask", "urge", "order", "accuse")
        )
    # in the present a particular person or paper: "the minister says", not "he claims", "they say", "this shows"
    particular = source.split()[0] in _DEFINITE or draft.source.of(text)[:1].isupper()
    return not (
        draft.is_present
        and particular
        and source not in _MANNERS
        and draft.rule == "clause.after"
        and draft.cue_base in _SAYINGS
    )


def _says_now(word: str) -> bool:
    """Whether a headline's word tells of saying: a cue in the present, that takes a clause."""
    form = VERBS.get(word.lower())
    return form is not None and "third" in form.inflections and bool(form.frames & Frame.THAT)


def _is_title(words: str) -> bool:
    """Whether quoted words look like the title of a work: capitals on all longer words, no full stop."""
    found = re.findall(r"[^\W\d_][\w’']*", words)
    longer = [w for w in found if len(w) > 3 or w == found[0]]
    return (
        0 < len(found) <= 8
        and len(longer) > 1
        and all(w[0].isupper() for w in longer)
        and words.strip()[-1:] not in ".?!"
    )
