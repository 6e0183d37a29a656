"""The report as a reader meets it: every fact in words, every number given.

HTML, PDF, Word and Markdown render this and add nothing of their own.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from claimtrack.reports import tables
from claimtrack.reports.model import (
    Appearance,
    Decision,
    EvidenceItem,
    QueryItem,
    Quotation,
    Report,
    ReportClaim,
    Source,
)
from claimtrack.reports.spread import Spread, spread
from claimtrack.reports.wording import Wording, shown, web_address


@dataclass(frozen=True, slots=True)
class Entry:
    """A line with a heading word, text and an address: evidence, a reading, a query, a correction."""

    head: str
    text: str
    facts: tuple[str, ...] = ()
    number: str = ""
    words: str = ""
    url: str | None = None
    archive_url: str | None = None
    copy: str = ""  #: number of the saved copy, "S3"


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation with what is known about it."""

    number: str
    words: str
    speaker: str
    facts: tuple[str, ...]  #: when, fidelity, finding, kind ...
    warnings: tuple[str, ...]  #: what a reader must not miss: not said, translated, not reviewed, changed since
    source: str
    url: str | None
    archive_url: str | None
    copy: str
    language: str | None
    relation: str
    queries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Entries under a heading."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim with everything under it."""

    number: str
    id: str
    anchor: str
    kind: str
    text: str
    verdict: str
    step: int | None  #: place on the scale, 1 the worst
    steps: int
    readers: str
    state: str
    banners: tuple[str, ...]
    byline: str
    reasoning: str
    line: Quote | None
    quotes: tuple[Quote, ...]
    evidence: tuple[Entry, ...]
    sections: tuple[Section, ...]
    spread: Spread | None
    url: str | None
    decided: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A saved copy."""

    number: str
    source: str
    kind: str
    facts: tuple[str, ...]
    sha256: str
    url: str | None
    archive_url: str | None


@dataclass(frozen=True, slots=True)
class View:
    """The whole report."""

    title: str
    desk: str
    desk_url: str | None
    audience: str
    made: str
    facts: tuple[str, ...]
    head: str
    imprint: str
    language: str
    claims: tuple[Claim, ...]
    unclaimed: tuple[Quote, ...]
    copies: tuple[Copy, ...]
    withheld: tuple[str, ...]


def view(report: Report) -> View:
    """The report in words, ready for a page."""
    return Maker(report).view()


class Maker:
    """Words the parts of one report."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.wording = Wording(report.template)
        self.say = self.wording.say
        self.copies = {source.capture_id: f"S{number}" for number, source in enumerate(report.sources, 1)}

    def view(self) -> View:
        """The whole report."""
        report, template = self.report, self.report.template
        facts = []
        if report.story:
            facts.append(report.story.title)
        if report.selection:
            facts.append(f"{self.say('h.selection')}: {report.selection}")
        return View(
            title=shown(report.title),
            desk=shown(template.desk),
            desk_url=web_address(template.desk_url),
            audience=self.say(f"audience.{report.audience}"),
            made=shown(self.say("made", when=self.wording.moment(report.made_at), version=report.version or "?")),
            facts=tuple(shown(fact) for fact in facts),
            head=self.say("head", sequence=report.head.sequence, sha256=report.head.sha256) if report.head else "",
            imprint=shown(template.imprint),
            language=template.language,
            claims=tuple(self.claim(number, claim) for number, claim in enumerate(report.claims, 1)),
            unclaimed=tuple(self.quote(f"U{place}", Appearance(one)) for place, one in enumerate(report.unclaimed, 1)),
            copies=tuple(self._copy(source) for source in report.sources),
            withheld=tuple(tables.withheld(report)),
        )

    def claim(self, number: int, claim: ReportClaim) -> Claim:
        """A claim with everything under it."""
        decision, labels = claim.decision, self.wording.labels
        step = labels.step(decision) if decision else None
        ratings = sorted({one.rating for one in labels.scale(decision) if one.rating is not None}) if decision else []
        place = ratings.index(step.rating) + 1 if step and step.rating is not None else None
        decided = ""
        if decision:
            decided = " · ".join(self._decided(claim, decision))
        return Claim(
            number=str(number),
            id=claim.id,
            anchor=f"claim-{number}",
            kind=self.say(f"item.{claim.kind}"),
            text=shown(claim.text),
            verdict=shown(self.wording.verdict(decision)),
            step=place,
            steps=len(ratings),
            readers=self.wording.readers(decision),
            state=self.wording.state(claim),
            banners=tuple(self._banners(claim)),
            byline=shown(self.say("claimed_by", who=claim.claimant.name)) if claim.claimant else "",
            reasoning=shown(tables.reasoning(claim) or ""),
            line=self._line(number, claim),
            quotes=tuple(self.quote(f"{number}.{place}", one) for place, one in enumerate(claim.appearances, 1)),
            evidence=tuple(self.evidence(f"{number}.{place}", one) for place, one in enumerate(claim.evidence, 1)),
            sections=tuple(self._sections(claim)),
            spread=spread(claim),
            url=web_address(tables.address(claim, self.report)),
            decided=shown(decided),
        )

    def _decided(self, claim: ReportClaim, decision: Decision) -> Iterator[str]:
        who = "; ".join(decision.readers) or decision.decided_by
        if who:
            yield self.say("read_by", who=who)
        if claim.released_at:
            yield self.say("released", when=self.wording.day(claim.released_at))

    def _banners(self, claim: ReportClaim) -> Iterator[str]:
        if claim.state == "withdrawn":
            yield self.say("withdrawn.banner")
        if claim.is_contested:
            yield self.say("contested.banner")

    def _line(self, number: int, claim: ReportClaim) -> Quote | None:
        if claim.line is None or claim.line_source is None:
            return None
        source = claim.line_source
        return Quote(
            number=f"{number}.0",
            words=shown(claim.line.words),
            speaker=shown(source.author or source.publisher or ""),
            facts=tuple(part for part in (self.say("item.line"), self.wording.place(claim.line)) if part),
            warnings=(),
            source=shown(self.wording.source(source)),
            url=web_address(source.url),
            archive_url=web_address(source.archive_url),
            copy=self.copies.get(source.capture_id, ""),
            language=source.language,
            relation="",
        )

    def quote(self, number: str, appearance: Appearance) -> Quote:
        """A quotation with what is known about it."""
        said, source, wording = appearance.quotation, appearance.quotation.source, self.wording
        facts = [wording.when(said), self.say(f"kind.{said.kind}"), said.occasion, said.place]
        facts += [wording.fidelity(said.fidelity), wording.place(said.content[0])]
        return Quote(
            number=number,
            words=shown(said.words),
            speaker=shown(wording.speaker(said)),
            facts=tuple(shown(fact) for fact in facts if fact),
            warnings=tuple(shown(warning) for warning in self._warnings(said)),
            source=shown(wording.source(source)),
            url=web_address(source.url),
            archive_url=web_address(source.archive_url),
            copy=self.copies.get(source.capture_id, ""),
            language=said.language or source.language,
            relation=self.say(f"relation.{appearance.relation}") if appearance.relation else "",
            queries=tuple(shown(item.question) for item in said.queries if item.is_open),
        )

    def _warnings(self, said: Quotation) -> Iterator[str]:
        if said.attribution and said.attribution != "said":
            yield self.wording.attribution(said)
        if said.translated_from:
            yield self.wording.translation(said)
        if said.state not in {"as_printed", "fixed"}:
            yield self.say(f"statement.{said.state}")
        if said.why_open:
            yield said.why_open

    def evidence(self, number: str, item: EvidenceItem) -> Entry:
        """A piece of evidence; a confidential one says so."""
        secret = self.say("evidence.confidential") if item.confidential else None
        secret = None if secret == item.title else secret  # a lawyer's file has nothing but that
        facts = [secret, self.wording.evidence(item), item.publisher, self.wording.day(item.published_on), item.locator]
        return Entry(
            head=self.say(f"stance.{item.stance}"),
            text=shown(item.title),
            facts=tuple(shown(fact) for fact in [*facts, item.note] if fact),
            number=number,
            words=shown(item.words or ""),
            url=web_address(item.url),
            archive_url=web_address(item.archive_url),
            copy=self.copies.get(item.source.capture_id, "") if item.source else "",
        )

    def _sections(self, claim: ReportClaim) -> Iterator[Section]:
        """What stands under a claim beside quotations and evidence; the empty ones are left out."""
        made = {
            "h.corrections": tuple(
                Entry(self.wording.day(one.at), shown(one.text), tuple(shown(one.former) for _ in [0] if one.former))
                for one in claim.corrections
            ),
            "h.references": tuple(
                Entry(self.say(f"relation.{one.relation}"), shown(one.text)) for one in claim.references
            ),
            "h.readings": tuple(self._readings(claim)),
            "h.queries": tuple(self._query(item) for item in self._all_queries(claim)),
            "h.contacts": tuple(self._contacts(claim)),
            "h.checklist": tuple(self._checklist(claim)),
            "h.notes": tuple(
                Entry(shown(f"{one.by}, {self.wording.moment(one.at)}"), shown(one.text))
                for one in (*claim.notes, *(note for item in claim.appearances for note in item.quotation.notes))
            ),
        }
        for heading, entries in made.items():
            if entries:
                yield Section(self.say(heading), entries)

    def _readings(self, claim: ReportClaim) -> Iterator[Entry]:
        for one in claim.reviews:
            verdict = self.wording.verdict(one) if one.verdict else ""
            outcome = self.say(f"reading.{one.outcome}") if one.outcome else ""
            facts = tuple(part for part in (verdict, outcome, self.wording.moment(one.at)) if part)
            yield Entry(shown(f"{self.say(f'reading.{one.reading}')}: {one.reviewer}"), shown(one.reasoning), facts)

    def _all_queries(self, claim: ReportClaim) -> tuple[QueryItem, ...]:
        return (*claim.queries, *(query for item in claim.appearances for query in item.quotation.queries))

    def _query(self, item: QueryItem) -> Entry:
        due = self.say("due", when=self.wording.moment(item.due)) if item.due and item.is_open else ""
        answer = f"{self.say('answered')}: {item.answer}" if item.answer else ""
        head = self.say("open_query") if item.is_open else self.say("h.query")
        facts = tuple(shown(part) for part in (item.to, due, answer) if part)
        return Entry(head, shown(item.question), facts)

    def _contacts(self, claim: ReportClaim) -> Iterator[Entry]:
        for one in (*claim.contacts, *(found for item in claim.appearances for found in item.quotation.contacts)):
            due = self.say("due", when=self.wording.moment(one.deadline)) if one.deadline else ""
            reply = self.say("contact.right_of_reply") if one.right_of_reply else ""
            answer = f"{self.say('answered')}: {one.answer}" if one.answer else self.say("contact.no_answer")
            facts = (one.how, self.wording.moment(one.at), reply, due, answer)
            yield Entry(shown(one.who), shown(one.asked or ""), tuple(shown(part) for part in facts if part))

    def _checklist(self, claim: ReportClaim) -> Iterator[Entry]:
        for one in claim.checklist:
            if one.is_missing:
                yield Entry(self.say("missing"), shown(one.name))
            elif not one.done:
                waived = self.say("waived", who=one.waived_by, reason=one.reason or "")
                yield Entry(self.say("waived.head"), shown(one.name), (shown(waived),))

    def _copy(self, source: Source) -> Copy:
        facts = (self.wording.moment(source.captured_at), source.media_type)
        saved = self.say("saved", when=facts[0]) if facts[0] else ""
        return Copy(
            number=self.copies[source.capture_id],
            source=shown(self.wording.source(source)) or source.id,
            kind=self.say(f"record.{source.record_kind}"),
            facts=tuple(shown(part) for part in (saved, facts[1]) if part),
            sha256=source.sha256,
            url=web_address(source.url),
            archive_url=web_address(source.archive_url),
        )
