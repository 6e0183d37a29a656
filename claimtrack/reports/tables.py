"""The report as tables with typed cells: what CSV, XLSX and Markdown share. A column that holds nothing is left out."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from claimtrack.attribution import DateBasis
from claimtrack.reports.model import (
    Appearance,
    Audience,
    ChecklistItem,
    ContactItem,
    Correction,
    EvidenceItem,
    Note,
    QueryItem,
    Quotation,
    Report,
    ReportClaim,
    ReviewItem,
    Source,
)
from claimtrack.reports.wording import Wording, day_of

Cell = str | int | float | bool | date | datetime | None
Row = TypeVar("Row")


# No slots: Python 3.11 cannot make generic frozen dataclasses with them.
@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column: its stable key and how a row's cell is found."""

    key: str
    cell: Callable[[Row], Cell]


@dataclass(frozen=True)
class Table(Generic[Row]):
    """Rows that can be read more than once, and the columns that are worth having."""

    name: str
    columns: tuple[Column[Row], ...]
    rows: Callable[[], Iterable[Row]]

    def cells(self) -> Iterator[list[Cell]]:
        """The cells row by row; read once, nothing is kept."""
        makers = [column.cell for column in self.columns]
        return ([make(row) for make in makers] for row in self.rows())

    def filled(self) -> "Table[Row]":
        """The table without its empty columns. Costs a look at the rows, up to the first that fills the last column."""
        missing = dict(enumerate(self.columns))
        for row in self.rows():
            for place in [place for place, column in missing.items() if column.cell(row) not in (None, "")]:
                del missing[place]
            if not missing:
                break
        kept = tuple(column for place, column in enumerate(self.columns) if place not in missing)
        return Table(self.name, kept, self.rows)


@dataclass(frozen=True, slots=True)
class _Printed:
    """A claim with one of its appearances, or without any; or a quotation without a claim."""

    number: str
    claim: ReportClaim | None
    appearance: Appearance | None

    @property
    def quotation(self) -> Quotation | None:
        return self.appearance.quotation if self.appearance else None


@dataclass(frozen=True)
class _Of(Generic[Row]):
    """Something that belongs to a numbered claim."""

    number: str
    claim: ReportClaim | None
    item: Row


def quotations(report: Report) -> Table[_Printed]:
    """One row an appearance, the claim's facts beside it; claims that appear nowhere have one row, too."""

    def rows() -> Iterator[_Printed]:
        for number, claim in enumerate(report.claims, 1):
            for place, appearance in enumerate(claim.appearances, 1):
                yield _Printed(f"{number}.{place}", claim, appearance)
            if not claim.appearances:
                yield _Printed(str(number), claim, None)
        for quotation in report.unclaimed:
            yield _Printed("", None, Appearance(quotation))

    wording = Wording(report.template)
    columns = (
        Column[_Printed]("number", lambda row: row.number),
        *_claim_columns(wording),
        *_words_columns(wording),
        *_as_of(report),
    )
    return Table("quotations", columns, rows).filled()


def _as_of(report: Report) -> tuple[Column[Any], ...]:  # Any: it is the same for every row
    """The newest event when the table was made: what an edited table that comes back is held against. Editors only."""
    if report.audience is not Audience.EDITOR or report.head is None:
        return ()
    number = report.head.sequence
    return (Column("as_of", lambda _: number),)


def _claim_columns(wording: Wording) -> tuple[Column[_Printed], ...]:
    def of(make: Callable[[ReportClaim], Cell]) -> Callable[[_Printed], Cell]:
        return lambda row: make(row.claim) if row.claim else None

    return (
        Column("claim", of(lambda claim: claim.text)),
        Column("claimant", of(lambda claim: claim.claimant.name if claim.claimant else None)),
        Column("verdict", of(lambda claim: wording.verdict(claim.decision))),
        Column("readers", of(lambda claim: wording.readers(claim.decision))),
        Column("state", of(wording.state)),
        Column("claim_id", of(lambda claim: claim.id)),
    )


def _words_columns(wording: Wording) -> tuple[Column[_Printed], ...]:
    def of(make: Callable[[Quotation], Cell]) -> Callable[[_Printed], Cell]:
        return lambda row: make(row.appearance.quotation) if row.appearance else None

    def page(make: Callable[[Source], Cell]) -> Callable[[_Printed], Cell]:
        return lambda row: make(row.appearance.quotation.source) if row.appearance else None

    return (
        Column("words", of(lambda said: said.words)),
        Column("speaker", of(lambda said: said.speaker.name if said.speaker else None)),
        Column("office", of(lambda said: said.speaker.office if said.speaker else None)),
        Column("speaker_for", of(lambda said: said.speaker_for)),
        Column("via", of(lambda said: said.via)),
        Column("speaker_as_printed", of(lambda said: said.mention.words if said.mention else None)),
        Column("attribution_words", of(lambda said: said.cue.words if said.cue else None)),
        Column("kind", of(lambda said: wording.say(f"kind.{said.kind}"))),
        Column("question", of(lambda said: said.question or None)),
        Column("when", of(wording.when)),
        Column("said_on", of(_said_on)),
        Column("said_on_edtf", of(lambda said: said.said_on if said.date_basis is DateBasis.TEXT else None)),
        Column("reported_on", of(_reported_on)),
        Column("date_words", of(lambda said: said.date_words)),
        Column("occasion", of(lambda said: said.occasion)),
        Column("place", of(lambda said: said.place)),
        Column("fidelity", of(lambda said: wording.fidelity(said.fidelity))),
        Column("attribution", of(wording.attribution)),
        Column("relation", lambda row: _relation(row, wording)),
        Column("review_of_statement", of(lambda said: wording.say(f"statement.{said.state}"))),
        Column("language", of(lambda said: said.language)),
        Column("translation", of(wording.translation)),
        Column("publisher", page(lambda source: source.publisher)),
        Column("title", page(lambda source: source.title)),
        Column("author", page(lambda source: source.author)),
        Column("published_on", page(lambda source: source.published_on)),
        Column("url", page(lambda source: source.url)),
        Column("archive_url", page(lambda source: source.archive_url)),
        Column("locator", of(lambda said: wording.place(said.content[0]))),
        Column("start", of(lambda said: said.content[0].span.start)),
        Column("end", of(lambda said: said.content[-1].span.end)),
        Column("saved_at", page(lambda source: source.captured_at)),
        Column("sha256", page(lambda source: source.sha256)),
        Column("tags", of(lambda said: "; ".join(said.tags))),
        Column("open_queries", of(lambda said: sum(item.is_open for item in said.queries) or None)),
        Column("quotation_id", of(lambda said: said.id)),
        Column("document_id", page(lambda source: source.id)),
        Column("capture_id", page(lambda source: source.capture_id)),
    )


def _relation(row: _Printed, wording: Wording) -> str | None:
    return wording.say(f"relation.{row.appearance.relation}") if row.appearance and row.appearance.relation else None


def _said_on(said: Quotation) -> date | None:
    """The day of the saying, only where the text gives exactly one and nobody has found that it was not said."""
    if said.attribution == "not_said":
        return None
    return day_of(said.said_on) if said.date_basis is DateBasis.TEXT else None


def _reported_on(said: Quotation) -> date | None:
    """The day on which the words were reported, where the text does not date them."""
    if said.date_basis is DateBasis.TEXT and said.said_on:
        return None
    return day_of(said.said_on) or said.source.published_on


def claims(report: Report) -> Table[_Of[ReportClaim]]:
    """One row a claim or line."""
    wording = Wording(report.template)

    def of(make: Callable[[ReportClaim], Cell]) -> Callable[[_Of[ReportClaim]], Cell]:
        return lambda row: make(row.item)

    columns = (
        Column[_Of[ReportClaim]]("number", lambda row: int(row.number)),
        Column("item", of(lambda claim: wording.say(f"item.{claim.kind}"))),
        Column("claim", of(lambda claim: claim.text)),
        Column("claimant", of(lambda claim: claim.claimant.name if claim.claimant else None)),
        Column("verdict", of(lambda claim: wording.verdict(claim.decision))),
        Column("reasoning", of(reasoning)),
        Column("state", of(wording.state)),
        Column("readers", of(lambda claim: wording.readers(claim.decision))),
        Column("reader_names", of(lambda claim: "; ".join(claim.decision.readers) if claim.decision else None)),
        Column("decided_by", of(lambda claim: claim.decision.decided_by if claim.decision else None)),
        Column("decided_at", of(lambda claim: claim.decision.at if claim.decision else None)),
        Column("released_at", of(lambda claim: claim.released_at)),
        Column("quotations", of(lambda claim: len(claim.appearances) or None)),
        Column("outlets", of(lambda claim: len(outlets(claim)) or None)),
        Column("first_printed", of(lambda claim: min(published(claim), default=None))),
        Column("supports", of(lambda claim: _stance(claim, "supports"))),
        Column("refutes", of(lambda claim: _stance(claim, "refutes"))),
        Column("corrections", of(lambda claim: "\n".join(item.text for item in claim.corrections))),
        Column("missing", of(lambda claim: "; ".join(item.name for item in claim.checklist if item.is_missing))),
        Column("open_queries", of(lambda claim: sum(item.is_open for item in claim.queries) or None)),
        Column("tags", of(lambda claim: "; ".join(claim.tags))),
        Column("short", of(lambda claim: claim.short)),
        Column("url", of(lambda claim: address(claim, report))),
        Column("claim_id", of(lambda claim: claim.id)),
        *_as_of(report),
    )
    return Table("claims", columns, lambda: _each(report, lambda claim: (claim,))).filled()


def reasoning(claim: ReportClaim) -> str | None:
    """Why the verdict is what it is, for readers."""
    return claim.explanation or (claim.decision.reasoning if claim.decision else None)


def outlets(claim: ReportClaim) -> dict[str, int]:
    """How many quotations of the claim each publisher printed, in order of appearance."""
    counts: dict[str, int] = {}
    for item in claim.appearances:
        publisher = item.quotation.source.publisher or item.quotation.source.title
        counts[publisher] = counts.get(publisher, 0) + 1
    return counts


def published(claim: ReportClaim) -> list[date]:
    """The days on which the claim was printed, unsorted, where known."""
    return [day for item in claim.appearances if (day := item.quotation.source.published_on)]


def address(claim: ReportClaim, report: Report) -> str | None:
    """Where the released claim is published."""
    pattern = report.template.claim_url
    return claim.url or (pattern.replace("{id}", claim.id) if pattern else None)


def _stance(claim: ReportClaim, stance: str) -> int | None:
    return sum(item.stance == stance for item in claim.evidence) or None


def _each(report: Report, items: Callable[[ReportClaim], Iterable[Row]]) -> Iterator[_Of[Row]]:
    for number, claim in enumerate(report.claims, 1):
        for item in items(claim):
            yield _Of(str(number), claim, item)


def _belonging(
    name: str, report: Report, items: Callable[[ReportClaim], Iterable[Row]], columns: Iterable[Column[Row]]
) -> Table[_Of[Row]]:
    """A table of what belongs to claims: the claim's number first, its id last."""

    def inner(column: Column[Row]) -> Column[_Of[Row]]:
        return Column(column.key, lambda row: column.cell(row.item))

    own = tuple(inner(column) for column in columns)
    number = Column[_Of[Row]]("claim_number", lambda row: int(row.number))
    claim_id = Column[_Of[Row]]("claim_id", lambda row: row.claim.id if row.claim else None)
    return Table(name, (number, *own, claim_id), lambda: _each(report, items)).filled()


def evidence(report: Report) -> Table[_Of[EvidenceItem]]:
    """One row a piece of evidence."""
    wording = Wording(report.template)
    return _belonging(
        "evidence",
        report,
        lambda claim: claim.evidence,
        (
            Column("stance", lambda item: wording.say(f"stance.{item.stance}")),
            Column("evidence", lambda item: item.title),
            Column("publisher", lambda item: item.publisher),
            Column("published_on", lambda item: item.published_on),
            Column("standing", wording.evidence),
            Column("locator", lambda item: item.locator),
            Column("words", lambda item: item.words),
            Column("url", lambda item: item.url),
            Column("archive_url", lambda item: item.archive_url),
            Column("accessed_on", lambda item: item.accessed_on),
            Column("sha256", lambda item: item.sha256 or (item.source.sha256 if item.source else None)),
            Column("note", lambda item: item.note),
            Column("confidential", lambda item: item.confidential or None),
            Column("added_by", lambda item: item.added_by),
            Column("evidence_id", lambda item: item.id),
        ),
    )


def readings(report: Report) -> Table[_Of[ReviewItem]]:
    """One row a reader's verdict; empty for the public."""
    wording = Wording(report.template)
    return _belonging(
        "readings",
        report,
        lambda claim: claim.reviews,
        (
            Column("reading", lambda item: wording.say(f"reading.{item.reading}")),
            Column("reader", lambda item: item.reviewer),
            Column("outcome", lambda item: wording.say(f"reading.{item.outcome}") if item.outcome else None),
            Column("verdict", lambda item: wording.verdict(item) if item.verdict else None),
            Column("reasoning", lambda item: item.reasoning),
            Column("at", lambda item: item.at),
        ),
    )


def queries(report: Report) -> Table[_Of[QueryItem]]:
    """One row a question, those about quotations included."""

    def items(claim: ReportClaim) -> Iterator[QueryItem]:
        yield from claim.queries
        for appearance in claim.appearances:
            yield from appearance.quotation.queries

    return _belonging(
        "queries",
        report,
        items,
        (
            Column("query", lambda item: item.question),
            Column("to", lambda item: item.to),
            Column("asked_by", lambda item: item.asked_by),
            Column("asked_at", lambda item: item.asked_at),
            Column("due", lambda item: item.due),
            Column("answer", lambda item: item.answer),
            Column("answered_at", lambda item: item.answered_at),
        ),
    )


def contacts(report: Report) -> Table[_Of[ContactItem]]:
    """One row a request for comment."""

    def items(claim: ReportClaim) -> Iterator[ContactItem]:
        yield from claim.contacts
        for appearance in claim.appearances:
            yield from appearance.quotation.contacts

    return _belonging(
        "contacts",
        report,
        items,
        (
            Column("who", lambda item: item.who),
            Column("how", lambda item: item.how),
            Column("asked", lambda item: item.asked),
            Column("right_of_reply", lambda item: item.right_of_reply or None),
            Column("at", lambda item: item.at),
            Column("deadline", lambda item: item.deadline),
            Column("answer", lambda item: item.answer),
            Column("answered_at", lambda item: item.answered_at),
        ),
    )


def corrections(report: Report) -> Table[_Of[Correction]]:
    """One row a published correction."""
    return _belonging(
        "corrections",
        report,
        lambda claim: claim.corrections,
        (
            Column("at", lambda item: item.at),
            Column("kind", lambda item: item.kind),
            Column("correction", lambda item: item.text),
            Column("former", lambda item: item.former),
            Column("by", lambda item: item.by),
        ),
    )


def checklist(report: Report) -> Table[_Of[ChecklistItem]]:
    """One row a step that is missing or was waived."""
    return _belonging(
        "checklist",
        report,
        lambda claim: [item for item in claim.checklist if not item.done],
        (
            Column("step", lambda item: item.name),
            Column("waived_by", lambda item: item.waived_by),
            Column("reason", lambda item: item.reason),
        ),
    )


def notes(report: Report) -> Table[_Of[Note]]:
    """One row an internal note."""

    def items(claim: ReportClaim) -> Iterator[Note]:
        yield from claim.notes
        for appearance in claim.appearances:
            yield from appearance.quotation.notes

    columns: tuple[Column[Note], ...] = (
        Column("note", lambda item: item.text),
        Column("by", lambda item: item.by),
        Column("at", lambda item: item.at),
    )
    return _belonging("notes", report, items, columns)


def sources(report: Report) -> Table[Source]:
    """One row a saved copy."""
    wording = Wording(report.template)
    columns: tuple[Column[Source], ...] = (
        Column("publisher", lambda source: source.publisher),
        Column("title", lambda source: source.title),
        Column("author", lambda source: source.author),
        Column("published_on", lambda source: source.published_on),
        Column("record", lambda source: wording.say(f"record.{source.record_kind}")),
        Column("language", lambda source: source.language),
        Column("url", lambda source: source.url),
        Column("archive_url", lambda source: source.archive_url),
        Column("saved_at", lambda source: source.captured_at),
        Column("media_type", lambda source: source.media_type),
        Column("sha256", lambda source: source.sha256),
        Column("document_id", lambda source: source.id),
        Column("capture_id", lambda source: source.capture_id),
    )
    kept = report.sources
    return Table("sources", columns, lambda: kept).filled()


def about(report: Report) -> list[tuple[str, str]]:
    """What a file is, for whom, and what it leaves out, as label and value."""
    wording = Wording(report.template)
    made = wording.say("made", when=wording.moment(report.made_at), version=report.version or "?")
    facts = [(report.template.desk, report.title), (made, report.made_by or "")]
    if report.audience:
        facts.append((wording.say("h.audience"), wording.say(f"audience.{report.audience}")))
    if report.selection:
        facts.append((wording.say("h.selection"), report.selection))
    if report.head:
        facts.append((wording.say("head", sequence=report.head.sequence, sha256=report.head.sha256), ""))
    facts.append((wording.say("printed_only"), ""))
    facts += [(wording.say("h.withheld"), line) for line in withheld(report)]
    return facts


def withheld(report: Report) -> list[str]:
    """What this file leaves out, one line a kind with its number; one line where nothing was."""
    say = Wording(report.template).say
    return [f"{say(f'withheld.{item.kind}')} ({item.count:,})" for item in report.withheld] or [say("withheld.nothing")]
