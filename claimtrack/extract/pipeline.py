"""The way from an article to its statements: plan, parse, drafts, speakers, dates."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from claimtrack.attribution import DateBasis, Kind, Span, SpeakerKind, Statement
from claimtrack.extract import parse
from claimtrack.extract.confidence import confidence
from claimtrack.extract.dates import DateReading, date_of_saying, read_timeline
from claimtrack.extract.dates.occasion import BESIDE, LEAD_PARAGRAPHS, Said, Told, days_of_occasions
from claimtrack.extract.dates.record import day_of_entry, day_of_record, is_minutes
from claimtrack.extract.draft import Draft
from claimtrack.extract.drafts import Drafter
from claimtrack.extract.grammar import subject
from claimtrack.extract.layout import Block
from claimtrack.extract.names import Names
from claimtrack.extract.plan import Article, Place, Plan, plan
from claimtrack.extract.segment import Sentence
from claimtrack.extract.speakers import PRONOUNS, Resolver, Scene, Speaker

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: Changes when the same text can give other statements.
EXTRACTOR_VERSION = "1"

_HEAD = 8  #: paragraphs in which a record is dated
_TURNS_OF_RECORD = 3  #: labelled turns that make a text a transcript
_ENTRIES_OF_LOG = 3  #: dated entries that make a text a log or a chat
_FRAME = 1_000  #: characters of a sentence, without what it reports, in which its occasion is looked for
_BESIDE_REACH = 120  #: characters after "flanked by" in which names are read
_LINE_OF_DIALOGUE = 160  #: characters of a paragraph that can be a line of dialogue
_SECOND_PERSON = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)
_OPEN = Speaker(None, why="The text does not say who speaks.", how="none", sure=0.2)


class Extractor:
    """Finds statements. Making one checks and reads the model (about a second); afterwards it keeps no state."""

    def __init__(self) -> None:
        self._nlp = parse.load()

    def extract(self, article: Article) -> list[Statement]:
        """Statements of `article` in reading order, by the start of their content."""
        return next(iter(self.extract_all([article])))

    def extract_all(self, articles: Iterable[Article]) -> Iterator[list[Statement]]:
        """Statements of each article, in the order of the articles; streams, one article in memory at a time."""
        for article in articles:
            planned = plan(article)
            jobs = [(article.text, planned.sentences[i]) for i in planned.wanted]
            docs = dict(zip(planned.wanted, parse.parse(self._nlp, jobs), strict=True))
            yield _Assembly(planned, docs).statements()


@dataclass(slots=True)
class _Talk:
    """Who spoke last, as the resolution goes on."""

    last: Speaker | None = None
    paragraph: int = -1
    other: Speaker | None = None
    body: Speaker | None = None
    quoted: Speaker | None = None  #: the last person with words in marks
    quoted_paragraph: int = -1
    question: bool = False
    sentence: int = -1
    depth: int = 0
    turns: list["_Turn"] = field(default_factory=list)  #: the last two quotations of a paragraph each


@dataclass(frozen=True, slots=True)
class _Turn:
    """Somebody's words in marks that fill a paragraph, as in dialogue."""

    speaker: Speaker
    paragraph: int
    words: str


class _Assembly:
    """Statements of one article from its parsed sentences."""

    def __init__(self, planned: Plan, docs: dict[int, "Doc | None"]) -> None:
        self.plan, self.docs = planned, docs
        self.text = planned.article.text
        outer = [q.span for here in planned.quotes for q in here if q.depth == 0]
        self.names = Names(self.text, [p.span for p in planned.paragraphs if p.kind is Block.HEADING])
        self.resolver = Resolver(self.text, self.names, outer)
        self.timeline = read_timeline(self.text, planned.article.published_on)
        self.talk = _Talk()
        self._quotes = sorted(q.span for here in planned.quotes for q in here)
        self._quotes.sort(key=lambda span: (span.start, -span.end))
        self._quote_starts = [span.start for span in self._quotes]
        self.speakers: dict[int, Speaker] = {}
        self._labelled: list[Speaker] | None = None

    def statements(self) -> list[Statement]:
        """Statements in reading order."""
        drafter = Drafter(self.plan, self.docs)
        drafter.known_people = frozenset(e.name for e in self.names.entities if e.is_person) | frozenset(
            e.words[-1] for e in self.names.entities if e.is_person
        )
        drafter.names_ending = {
            m.end: Span(m.start, m.end) for m in self.names.mentions if self.names.entities[m.entity].is_person
        }
        drafts = drafter.drafts()
        for draft in drafts:
            draft.source = draft.source and self._whole_name(draft.source, draft.cue)
        for n, draft in enumerate(drafts):
            speaker = self._speaker(draft, drafts, n)
            self.speakers[id(draft)] = speaker
            self._remember(draft, speaker)
        readings = self._readings(drafts, {})
        if days := self._days_of_record(drafts, readings) or self._days_of_occasions(drafts, readings):
            readings = self._readings(drafts, days)
        out = [
            self._statement(draft, self.speakers[id(draft)], reading, self._via(draft, drafts))
            for draft, reading in zip(drafts, readings, strict=True)
        ]
        return sorted(out, key=lambda s: (s.content_spans[0].start, s.content_spans[-1].end))

    def _whole_name(self, source: Span, cue: Span | None) -> Span:
        """A source with all of the name at its end, where the parser took the surname for a verb's noun."""
        for mention in self.names.before(source.end, 2):
            broken = source.start <= mention.start < source.end < mention.end and self.text[source.end] == " "
            if broken and (cue is None or mention.end <= cue.start):
                return Span(source.start, mention.end)
        return source

    # -- speakers ------------------------------------------------------------------------------------------------

    def _speaker(self, draft: Draft, drafts: list[Draft], n: int) -> Speaker:
        paragraph = self.plan.sentences[draft.sentence].paragraph
        scene = self._scene(draft, paragraph)
        if draft.rule == "turn.label" and draft.source is not None:
            if draft.is_answer:
                return self._interviewee() or replace(_OPEN, why="The text does not name who answers.")
            return self.resolver.label(draft.source)
        where = draft.antecedent or draft.source
        if where is not None:
            found = self.resolver.resolve(where, scene)
            if (
                draft.rule in ("quote.dash", "quote.colon", "headline")
                and found.how in ("described", "name")
                and found.entity is None
            ):
                labelled = self.resolver.label(where)
                return labelled if labelled.entity is not None else found
            return found
        if draft.rule in ("quote.floating", "block.post", "block.quote"):
            return self._floating(draft, drafts, n, scene)
        return _OPEN

    def _scene(self, draft: Draft, paragraph: int) -> Scene:
        owner = self.speakers.get(id(draft.owner)) if draft.owner is not None else None
        place = self.plan.places[draft.sentence]
        addressee = self._interviewee() if place is Place.QUESTION else None
        if place is Place.TURN and owner is not None:
            addressee = self._other_of_two(owner)
        return Scene(
            self.plan.sentences[draft.sentence].span,
            paragraph,
            self.talk.last,
            self.talk.paragraph,
            owner,
            addressee,
            self.talk.body,
        )

    def _remember(self, draft: Draft, speaker: Speaker) -> None:
        """Keep who spoke last: of one sentence's statements the main verb's counts, quoted speakers do not."""
        if draft.inner or not speaker.name:
            return
        talk = self.talk
        if talk.sentence == draft.sentence and (draft.depth > talk.depth or draft.rule in ("according", "noun.clause")):
            return
        if talk.last is not None and talk.last.name != speaker.name:
            talk.other = talk.last
        talk.last, talk.paragraph = speaker, self.plan.sentences[draft.sentence].paragraph
        if draft.kind is not Kind.INDIRECT and speaker.kind is SpeakerKind.PERSON:
            talk.quoted, talk.quoted_paragraph = speaker, talk.paragraph
        talk.sentence, talk.depth, talk.question = draft.sentence, draft.depth, draft.question
        if speaker.kind is SpeakerKind.ORGANIZATION and not speaker.plural:
            talk.body = speaker
        if draft.kind is Kind.DIRECT and self._fills_paragraph(talk.paragraph):
            words = " ".join(span.of(self.text) for span in draft.content)
            talk.turns = [
                *(turn for turn in talk.turns if turn.paragraph < talk.paragraph),
                _Turn(speaker, talk.paragraph, words),
            ][-2:]

    def _fills_paragraph(self, paragraph: int) -> bool:
        """Whether a paragraph is a line of dialogue: short, and begun by a quotation."""
        block = self.plan.paragraphs[paragraph].span
        return block.end - block.start <= _LINE_OF_DIALOGUE and block.of(self.text)[:1] in "“\"‘'«„"

    def _in_exchange(self, words: str, paragraph: int) -> Speaker | None:
        """Who speaks next where two people take turns, a paragraph each; None where nothing shows that they do.

        In news a quotation without a cue goes on with the last speaker. Two people talk to each other where one says
        "you", asks, or names the other; a line that names somebody is not theirs.
        """
        if len(self.talk.turns) < 2:
            return None
        first, last = self.talk.turns
        if (first.paragraph, last.paragraph) != (
            paragraph - 2,
            paragraph - 1,
        ) or first.speaker.name == last.speaker.name:
            return None
        names = (last.speaker.name or "").split()
        calls = any(re.search(rf"(?:, {re.escape(name)}[.,?!]|^\W?{re.escape(name)}, )", words) for name in names)
        asks = words.rstrip("”’\"'» ").endswith("?")
        asked = last.words.rstrip("”’\"'» ,").endswith("?")
        asked_first = first.words.rstrip("”’\"'» ,").endswith("?")
        if calls or asked or (asks and asked_first) or _SECOND_PERSON.search(words + " " + last.words):
            return replace(first.speaker, how="answer", sure=0.5)
        return None

    def _interviewee(self) -> Speaker | None:
        """Who answers in a question-and-answer piece: the person named most before the first question."""
        first = next((p.span.start for p in self.plan.paragraphs if p.kind in (Block.QUESTION, Block.ANSWER)), 0)
        counts: dict[int, int] = {}
        for mention in self.names.mentions:
            if mention.start >= first and counts:
                break
            if self.names.entities[mention.entity].is_person:
                counts[mention.entity] = counts.get(mention.entity, 0) + 1
        if not counts:
            return None
        best = max(counts, key=lambda index: counts[index])
        return Speaker(self.names.entities[best].name, SpeakerKind.PERSON, entity=best, how="interview", sure=0.8)

    def _other_of_two(self, speaker: Speaker) -> Speaker | None:
        """Whom a turn speaks to where the whole record has two speakers."""
        if self._labelled is None:
            labels = {p.label.of(self.text): p.label for p in self.plan.paragraphs if p.kind is Block.TURN and p.label}
            found = {who.name: who for who in map(self.resolver.label, labels.values())}
            self._labelled = list(found.values())
        others = [who for who in self._labelled if who.name != speaker.name]
        return others[0] if len(others) == 1 and len(self._labelled) == 2 else None

    def _floating(self, draft: Draft, drafts: list[Draft], n: int, scene: Scene) -> Speaker:
        """The speaker of a quotation without a cue: named by the sentence before it, or who spoke last."""
        sentence = self.plan.sentences[draft.sentence]
        previous = (
            drafts[n - 1]
            if n and not drafts[n - 1].inner
            else next((d for d in reversed(drafts[:n][-6:]) if not d.inner), None)
        )
        before = self._sentence_before(draft.sentence)
        same_paragraph = before is not None and self.plan.sentences[before].paragraph == sentence.paragraph
        spoke_there = previous is not None and before is not None and previous.sentence == before
        talk = self.talk
        lead = self.text[sentence.span.start : draft.content[0].start].strip(' “"‘')
        if lead and (who := self._main_subject(draft.sentence, scene)):
            return replace(who, how="lead", sure=0.7 * who.sure)
        if same_paragraph and before is not None and not spoke_there and (who := self._main_subject(before, scene)):
            return replace(who, how="lead", sure=0.7 * who.sure)
        if (
            before is not None
            and not same_paragraph
            and self.plan.sentences[before].span.of(self.text).rstrip().endswith(":")
            and (who := self._main_subject(before, scene))
        ):
            return replace(who, how="lead", sure=0.7 * who.sure)
        if talk.last is not None and talk.paragraph == sentence.paragraph:
            if talk.question and talk.other is not None and talk.other.name:
                return replace(talk.other, how="answer", sure=0.5)
            return replace(talk.last, how="carried", sure=0.8)
        words = " ".join(span.of(self.text) for span in draft.content)
        if who := self._in_exchange(words, sentence.paragraph):
            return who
        following = next((d for d in drafts[n + 1 : n + 4] if not d.inner), None)
        if (
            following is not None
            and following.kind is Kind.DIRECT
            and following.source is not None
            and self.plan.sentences[following.sentence].paragraph == sentence.paragraph
        ):
            who = self.resolver.resolve(following.antecedent or following.source, scene)
            if who.name:
                return replace(who, how="ahead", sure=0.6)
        if (
            before is not None
            and self.plan.sentences[before].paragraph == sentence.paragraph - 1 > talk.paragraph
            and (who := self._main_subject(before, scene))
        ):
            # the paragraph before tells of somebody, and these are that person's words
            return replace(who, how="lead", sure=0.6 * who.sure)
        if talk.last is not None and talk.last.name and sentence.paragraph - talk.paragraph <= 3:
            if talk.question and talk.other is not None and talk.other.name:
                return replace(talk.other, how="answer", sure=0.4)
            body = talk.last.kind is not SpeakerKind.PERSON and talk.last.kind is not SpeakerKind.UNNAMED
            if (
                (body or talk.last.plural)
                and talk.quoted is not None
                and sentence.paragraph - talk.quoted_paragraph <= 6
            ):
                # a body's paraphrase between two quotations of a person
                return replace(talk.quoted, how="carried", sure=0.5)
            near = sentence.paragraph - talk.paragraph == 1
            return replace(talk.last, how="carried", sure=0.7 if near else 0.45)
        return replace(_OPEN, how="floating")

    def _sentence_before(self, number: int) -> int | None:
        return next(
            (i for i in range(number - 1, max(-1, number - 30), -1) if self.plan.places[i] is Place.WRITER), None
        )

    def _main_subject(self, number: int, scene: Scene, *, anybody: bool = False) -> Speaker | None:
        """The person or body that is the subject of a sentence's main verb, if one is."""
        doc = self.docs.get(number)
        if doc is None:
            return None
        placed = doc.user_data["quotes"]
        verbs = [t for t in doc if t.tag_[:1] == "V" and doc.user_data["real"][t.i] and t.i not in placed]
        verbs = [t for t in verbs if any(c.dep_ in ("nsubj", "nsubjpass") and c.i not in placed for c in t.children)]
        root = min(verbs, key=lambda t: sum(1 for _ in t.ancestors), default=None)
        if root is None:
            return None
        who = next(
            (c for c in root.children if c.dep_ in ("nsubj", "nsubjpass") and c.i not in doc.user_data["quotes"]), None
        )
        if who is None and root.tag_[:1] == "V":
            who = subject(root)
        if who is None or who.i in doc.user_data["quotes"]:
            return None
        from claimtrack.extract.grammar import noun_phrase

        first, last = noun_phrase(who)
        base = doc.user_data["base"]
        span = Span(base + doc[first].idx, base + doc[last].idx + len(doc[last]))
        if who.tag_ in ("EX", "WP", "WDT", "DT") or who.lower_ in ("it", "this", "that", "there", "i", "we", "you"):
            return None
        found = self.resolver.resolve(span, scene)
        if found.name is None:
            return None
        if found.kind is SpeakerKind.PERSON or who.lower_ in PRONOUNS or anybody:
            return found
        return None

    # -- second hand ---------------------------------------------------------------------------------------------

    def _via(self, draft: Draft, drafts: list[Draft]) -> str | None:
        """Who reported these words: whose quotation, or whose reported clause, they stand in."""
        mine = self.speakers[id(draft)]
        if draft.owner is not None:
            owner = self.speakers.get(id(draft.owner))
            return owner.name if owner is not None and owner.name != mine.name else None
        if draft.via is not None:
            scene = self._scene(draft, self.plan.sentences[draft.sentence].paragraph)
            return self.resolver.resolve(draft.via, scene).name
        if draft.cue is None:
            return None
        best: tuple[int, str] | None = None
        for other in self._of_sentence(drafts, draft.sentence):
            if other is draft or other.inner:
                continue
            name = self.speakers[id(other)].name
            if name is None or name == mine.name:
                continue
            for span in other.content:
                if (
                    span.contains(draft.cue)
                    and span != draft.content[0]
                    and (best is None or span.end - span.start < best[0])
                ):
                    best = (span.end - span.start, name)
        return best[1] if best else None

    def _of_sentence(self, drafts: list[Draft], sentence: int) -> list[Draft]:
        if not hasattr(self, "_sentences"):
            self._sentences: dict[int, list[Draft]] = {}
            for draft in drafts:
                self._sentences.setdefault(draft.sentence, []).append(draft)
        return self._sentences.get(sentence, [])

    # -- dates, statements ---------------------------------------------------------------------------------------

    def _dated(self, draft: Draft, previous: DateReading | None) -> DateReading:
        number = draft.lead if draft.lead is not None else draft.sentence
        doc = self.docs.get(number)
        cue = doc[draft.cue_token] if doc is not None and draft.cue_token is not None else None
        base = doc.user_data["base"] if doc is not None else 0
        if draft.rule in ("turn.label", "block.post", "block.quote") and draft.lead is None:
            doc = None
        return date_of_saying(
            doc[:] if doc is not None else None, cue, draft.content, self.timeline, previous=previous, base=base
        )

    def _readings(self, drafts: list[Draft], days: dict[int, DateReading]) -> list[DateReading]:
        """When each statement was said; `days` are those of the occasions that statements were shown to belong to."""
        out: list[DateReading] = []
        last: DateReading | None = None
        before: Speaker | None = None
        for n, draft in enumerate(drafts):
            speaker = self.speakers[id(draft)]
            if draft.inner or self._is_within_another(draft, drafts):
                # words inside somebody's words do not interrupt that person
                out.append(self._dated(draft, None))
                continue
            reading = self._dated(draft, last if before is not None and speaker.name == before.name else None)
            if _is_undated(reading) and n in days:
                reading = days[n]
            last, before = reading, speaker
            out.append(reading)
        return self._with_papers(drafts, out)

    def _with_papers(self, drafts: list[Draft], readings: list[DateReading]) -> list[DateReading]:
        """Readings, where all that one paper says has the day that the text gives some of it."""
        days: dict[str, set[DateReading]] = {}
        for draft, reading in zip(drafts, readings, strict=True):
            who = self.speakers[id(draft)]
            if who.kind is SpeakerKind.DOCUMENT and who.name and reading.basis is DateBasis.TEXT:
                days.setdefault(who.name.lower(), set()).add(reading)
        return [
            next(iter(found))
            if _is_undated(reading)
            and (found := days.get((self.speakers[id(draft)].name or "").lower(), set()))
            and len({one.said_on for one in found}) == 1
            else reading
            for draft, reading in zip(drafts, readings, strict=True)
        ]

    def _is_within_another(self, draft: Draft, drafts: list[Draft]) -> bool:
        """Whether a statement's cue stands in what another one reports."""
        return draft.cue is not None and any(
            other is not draft and not other.inner and span.contains(draft.cue)
            for other in self._of_sentence(drafts, draft.sentence)
            for span in other.content
        )

    def _days_of_record(self, drafts: list[Draft], readings: list[DateReading]) -> dict[int, DateReading]:
        """The day in the head of a transcript for its turns, in that of minutes for what they report as well.

        A log or chat dates each entry of its own.
        """
        blocks, published = self.plan.paragraphs, self.plan.article.published_on
        turns = [n for n, block in enumerate(blocks) if block.kind is Block.TURN]
        head = blocks[: min(turns[0] if turns else _HEAD, _HEAD)]
        minutes = is_minutes(" ".join(block.span.of(self.text) for block in head[:3]))
        day = None
        if len(turns) >= _TURNS_OF_RECORD or minutes:
            day = day_of_record(self.text, [block.span for block in head], published)
        if day is not None and published is not None and day.said_on == published.isoformat():
            day = None  # on the article's own day the line is the article's date
        entries = {
            n: found for n, block in enumerate(blocks) if (found := day_of_entry(self.text, block.span, published))
        }
        if len(entries) < _ENTRIES_OF_LOG:
            entries = {}
        if not entries and day is None:
            return {}
        days = {}
        for n, (draft, reading) in enumerate(zip(drafts, readings, strict=True)):
            if not _is_undated(reading) or draft.inner:
                continue
            entry = entries.get(self.plan.sentences[draft.sentence].paragraph)
            reports = draft.rule == "turn.label" or self._is_plain_past(draft)
            if entry is not None and reports:
                days[n] = entry
            elif day is not None and (draft.rule == "turn.label" or (minutes and reports)):
                days[n] = day
        return days

    def _is_plain_past(self, draft: Draft) -> bool:
        """Whether a statement's cue is a past tense without "had" or "has"."""
        doc = self.docs.get(draft.sentence)
        if doc is None or draft.cue_token is None:
            return False
        cue = doc[draft.cue_token]
        return cue.tag_ == "VBD" and not any(child.dep_ == "aux" for child in cue.children)

    def _days_of_occasions(self, drafts: list[Draft], readings: list[DateReading]) -> dict[int, DateReading]:
        """Days that statements take from the occasion at which they were made, by their place in `drafts`."""
        if all(reading.basis is not DateBasis.TEXT for reading in readings) and not self.timeline.expressions:
            return {}
        surnames = frozenset(e.words[-1] for e in self.names.entities if e.is_person)
        held: dict[int, list[Span]] = {}
        for draft in drafts:
            held.setdefault(draft.sentence, []).extend(draft.content)
        said = [
            self._said(draft, reading, surnames, held[draft.sentence])
            for draft, reading in zip(drafts, readings, strict=True)
        ]
        reported = sorted(span for spans in held.values() for span in spans)
        speaking = {
            draft.sentence
            for draft in drafts
            if draft.cue is not None and draft.depth == 0 and self.speakers[id(draft)].name is not None
        }  # what a date in such a sentence dates is known: the saying, or else something told of
        lead = [
            self._told(sentence)
            for n, (sentence, place) in enumerate(zip(self.plan.sentences, self.plan.places, strict=True))
            if place is Place.WRITER
            and n not in speaking
            and sentence.paragraph <= LEAD_PARAGRAPHS
            and self.plan.paragraphs[sentence.paragraph].kind is not Block.HEADING
            and not any(
                e.start < span.end and span.start < e.end
                for e in self.timeline.within(sentence.span.start, sentence.span.end)
                for span in reported
            )
        ]
        title = next((p.body.of(self.text) for p in self.plan.paragraphs[:2] if p.kind is Block.HEADING), "")
        return days_of_occasions(said, lead, self.plan.article.title or title, self.timeline)

    def _said(self, draft: Draft, reading: DateReading, surnames: frozenset[str], held: list[Span]) -> Said:
        speaker = self.speakers[id(draft)]
        number = draft.lead if draft.lead is not None else draft.sentence
        sentence, doc = self.plan.sentences[number], self.docs.get(number)
        is_carried = draft.rule in ("quote.floating", "block.quote", "block.post") and draft.cue is None
        offices: set[str] = set()
        if speaker.entity is not None:
            offices |= self.names.entities[speaker.entity].roles
            offices |= set(self.names.entities[speaker.entity].honorific.split())
        return Said(
            at=draft.content[0].start if draft.cue is None else min(draft.content[0].start, draft.cue.start),
            paragraph=sentence.paragraph,
            speaker=speaker.name,
            is_person=speaker.entity is not None and speaker.kind is SpeakerKind.PERSON,
            is_somebody=speaker.kind is SpeakerKind.UNNAMED,
            offices=frozenset(offices),
            cue=doc[draft.cue_token] if doc is not None and draft.cue_token is not None else None,
            cue_base=draft.cue_base,
            frame=_without(self.text, sentence.span, held)[:_FRAME],
            reading=reading,
            is_question=draft.question,
            is_carried=is_carried,
            is_inner=draft.inner,
            is_quoted=draft.kind is not Kind.INDIRECT,
            is_turn=draft.rule == "turn.label",
            names=surnames,
            beside=self._beside(sentence.span),
        )

    def _told(self, sentence: Sentence) -> Told:
        words = _without(self.text, sentence.span, [q.span for q in sentence.quotes])
        return Told(sentence.paragraph, sentence.span, words, self._people(sentence.span), self._beside(sentence.span))

    def _people(self, span: Span) -> frozenset[str]:
        """Full names of the people whom the text names in `span`."""
        found = (self.names.entities[m.entity] for m in self.names.within(span))
        return frozenset(entity.name for entity in found if entity.is_person)

    def _beside(self, span: Span) -> frozenset[str]:
        """People whom a sentence places beside a speaker: "flanked by her health director, Ray Vance"."""
        match = BESIDE.search(self.text, span.start, span.end)
        return self._people(Span(match.end(), min(match.end() + _BESIDE_REACH, span.end))) if match else frozenset()

    def _quoted(self, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        """The outermost quotations inside a content, marks included."""
        found = []
        for span in spans:
            at = span.start
            for i in range(bisect_left(self._quote_starts, span.start), len(self._quotes)):
                quote = self._quotes[i]
                if quote.start >= span.end:
                    break
                if quote.start >= at and quote.end <= span.end:
                    found.append(quote)
                    at = quote.end
        return tuple(found)

    def _statement(self, draft: Draft, speaker: Speaker, reading: DateReading, via: str | None) -> Statement:
        spans = tuple(draft.content)
        quoted = self._quoted(spans) if draft.kind is not Kind.INDIRECT else ()
        return Statement(
            kind=draft.kind,
            content_spans=spans,
            quoted_spans=quoted,
            source_span=draft.source,
            cue_span=draft.cue,
            question=draft.question,
            speaker=speaker.name,
            speaker_kind=speaker.kind if speaker.name else None,
            speaker_for=speaker.stands_for,
            via=via,
            said_on=reading.said_on,
            date_words=reading.words,
            date_basis=reading.basis,
            confidence=confidence(draft.rule, speaker.how, speaker.sure),
            rule=draft.rule,
            why=speaker.why or reading.why,
        )


def _is_undated(reading: DateReading) -> bool:
    """Whether nothing in the text was found that tells of the day."""
    return reading.basis is DateBasis.ARTICLE or reading.rule == "date.none"


def _without(text: str, span: Span, parts: list[Span]) -> str:
    """The text of `span` without `parts` of it."""
    at, out = span.start, []
    for part in sorted(parts):
        if part.start >= at and part.start < span.end:
            out.append(text[at : part.start])
            at = part.end
    out.append(text[at : span.end])
    return " ".join(out)
