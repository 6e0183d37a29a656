"""The way from an article to its statements."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from claimtrack.attribution import DateBasis, Kind, Span, SpeakerKind, Statement
from claimtrack.extract import parse
from claimtrack.extract.clauses import Draft, read_sentence
from claimtrack.extract.cues import has_cue
from claimtrack.extract.dates import DateReading, date_of_saying, read_timeline
from claimtrack.extract.layout import Block, Paragraph, paragraphs
from claimtrack.extract.marks import Quotation, quotations
from claimtrack.extract.names import Names
from claimtrack.extract.segment import Sentence, sentences
from claimtrack.extract.speakers import Resolver, Speaker

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: Changes when the same text can give other statements.
EXTRACTOR_VERSION = "1"


@dataclass(frozen=True, slots=True)
class Article:
    """What the extractor reads: the text as stored, the day it was published, its title."""

    text: str
    published_on: date | None = None
    title: str | None = None


@dataclass(slots=True)
class _Plan:
    """An article cut into sentences, before the parser."""

    article: Article
    paragraphs: list[Paragraph]
    quotes: list[list[Quotation]]
    sentences: list[Sentence]
    wanted: list[int]


class Extractor:
    """Finds statements. Loading checks and reads the model (about 1.5 s); afterwards it keeps no state."""

    def __init__(self) -> None:
        self._nlp = parse.load()

    def extract(self, article: Article) -> list[Statement]:
        """Statements of `article` in reading order."""
        return next(iter(self.extract_all([article])))

    def extract_all(self, articles: Iterable[Article]) -> Iterator[list[Statement]]:
        """Statements of each article, in the order of the articles; one stream through the parser."""
        for article in articles:
            plan = _planned(article)
            jobs = [(article.text, plan.sentences[i]) for i in plan.wanted]
            docs = dict(zip(plan.wanted, parse.parse(self._nlp, jobs), strict=True))
            yield _Assembly(plan, docs).statements()


def _planned(article: Article) -> _Plan:
    text = article.text
    blocks = paragraphs(text)
    quotes = quotations(text, [p.body for p in blocks])
    found: list[Sentence] = []
    for n, (block, here) in enumerate(zip(blocks, quotes, strict=True)):
        found.extend(sentences(text, n, block.body, here))
    wanted = [i for i, s in enumerate(found) if _is_wanted(text, s)]
    return _Plan(article, blocks, quotes, found, wanted)


def _is_wanted(text: str, sentence: Sentence) -> bool:
    """Whether a sentence can hold a cue outside its quoted utterances."""
    at = sentence.span.start
    parts = []
    for q, whole in zip(sentence.quotes, sentence.utterances, strict=True):
        parts.append(text[at : q.span.start])
        if not whole:
            parts.append(q.inner.of(text))
        at = q.span.end
    parts.append(text[at : sentence.span.end])
    return has_cue(" ".join(parts))


class _Assembly:
    """Statements of one article from its parsed sentences."""

    def __init__(self, plan: _Plan, docs: dict[int, "Doc | None"]) -> None:
        self.plan, self.docs = plan, docs
        self.text = plan.article.text
        outer = [q.span for here in plan.quotes for q in here if q.depth == 0]
        headings = [p.span for p in plan.paragraphs if p.kind is Block.HEADING]
        self.names = Names(self.text, headings)
        self.resolver = Resolver(self.text, self.names, outer, [p.span for p in plan.paragraphs])
        self.timeline = read_timeline(self.text, plan.article.published_on)

    def statements(self) -> list[Statement]:
        drafts = self._drafts()
        out: list[Statement] = []
        last: Speaker | None = None
        reading: DateReading | None = None
        for draft in drafts:
            speaker = self._speaker(draft, last)
            previous = reading if last is not None and speaker.name == last.name else None
            reading = self._dated(draft, previous)
            out.append(self._statement(draft, speaker, reading))
            if speaker.name:
                last = speaker
        return sorted(out, key=lambda s: (s.content_spans[0].start, s.content_spans[-1].end))

    def _drafts(self) -> list[Draft]:
        """Drafts in reading order: of parsed sentences, labelled turns, block quotations, and floating quotations."""
        found: list[Draft] = []
        previous: Draft | None = None
        for number, sentence in enumerate(self.plan.sentences):
            block = self.plan.paragraphs[sentence.paragraph]
            doc = self.docs.get(number)
            here = read_sentence(self.text, number, sentence, doc) if doc is not None else []
            if block.kind is Block.TURN and block.label:
                here = []
                turn = Draft([block.body], "turn.label", number, Kind.DIRECT, block.label)
                if not (previous and previous.rule == "turn.label" and previous.source == block.label):
                    here = [turn]
            here.sort(key=lambda d: (d.cue.start if d.cue else d.content[0].start))
            used = [s for d in here for s in d.content]
            loose = [
                q.span for q, whole in zip(sentence.quotes, sentence.utterances, strict=True)
                if whole and not any(s.overlaps(q.span) for s in used)
            ]
            if loose:
                joined = self._goes_on(previous, loose[0], sentence)
                if joined and previous is not None and not here:
                    previous.content.extend(loose)
                else:
                    here.append(Draft(loose, "quote.floating", number, Kind.DIRECT))
            found.extend(here)
            if here:
                previous = here[-1]
        return found

    def _goes_on(self, previous: Draft | None, quote: Span, sentence: Sentence) -> bool:
        """Whether a quotation without a cue belongs to the direct statement before it, in the same paragraph."""
        if previous is None or previous.kind is not Kind.DIRECT or previous.rule == "turn.label":
            return False
        before = self.plan.sentences[previous.sentence]
        return before.paragraph == sentence.paragraph and not self.text[before.span.end : quote.start].strip() or (
            before.paragraph == sentence.paragraph and previous.content[-1].end <= quote.start and not self.text[max(before.span.end, previous.content[-1].end) : quote.start].strip()
        )

    def _speaker(self, draft: Draft, last: Speaker | None) -> Speaker:
        sentence = self.plan.sentences[draft.sentence]
        if draft.source is not None:
            return self.resolver.resolve(draft.source, sentence.span, last)
        if draft.rule == "quote.floating" and last is not None:
            return Speaker(last.name, last.kind, last.stands_for, last.entity, how="carried", sure=0.7)
        return Speaker(None, None, why="The text does not say who speaks.", how="none", sure=0.3)

    def _dated(self, draft: Draft, previous: DateReading | None) -> DateReading:
        doc = self.docs.get(draft.sentence)
        cue = doc[draft.cue_token] if doc is not None and draft.cue_token is not None else None
        base = doc.user_data["base"] if doc is not None else 0
        return date_of_saying(doc[:] if doc is not None else None, cue, draft.content, self.timeline, previous=previous, base=base)

    def _statement(self, draft: Draft, speaker: Speaker, reading: DateReading) -> Statement:
        spans = tuple(draft.content)
        quoted = tuple(
            q.span for here in self.plan.quotes for q in here if q.depth == 0 and any(s.contains(q.span) for s in spans)
        ) if draft.kind is not Kind.INDIRECT else ()
        return Statement(
            kind=draft.kind, content_spans=spans, quoted_spans=quoted, source_span=draft.source, cue_span=draft.cue,
            question=draft.question, speaker=speaker.name, speaker_kind=speaker.kind, speaker_for=speaker.stands_for,
            said_on=reading.said_on, date_words=reading.words, date_basis=reading.basis,
            confidence=0.5 * speaker.sure + 0.3, rule=draft.rule, why=speaker.why or reading.why,
        )
