"""Another desk's bundle taken in: its documents, saved copies, quotations, claims and evidence, under their public ids.

What another desk found out comes along as what it is, that desk's: its verdict and its people's readings stand as a
note on the claim, which is open here until this desk decides. Nothing here is changed: where one row of the bundle is
known already, all of it is refused.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from sqlmodel import col, select

from claimtrack.attribution import SpeakerKind
from claimtrack.db import tables
from claimtrack.db.base import Identified
from claimtrack.errors import RuleError, SourceError
from claimtrack.reports import bundle, model
from claimtrack.reports.labels import Labels
from claimtrack.services import annotate, indexing, people, repeats
from claimtrack.services.desk import Work
from claimtrack.vocabulary import (
    Attribution,
    EvidenceKind,
    EvidenceRank,
    Independence,
    Origin,
    RecordKind,
    Relation,
    Role,
    Stance,
    StatementState,
)

I = TypeVar("I", bound=Identified)  # noqa: E741 - one letter, as type variables are


@dataclass(frozen=True, slots=True)
class Taken:
    """What a bundle brought, and what it did not hold or is not taken over."""

    rows: dict[str, int]  #: kind of thing -> how many
    lacks: tuple[str, ...]  #: in words


def import_bundle(work: Work, path: Path) -> Taken:
    """Everything that the bundle holds, stored in one action.

    Raises:
        SourceError: it is no bundle, or something in it was changed.
        RuleError: something of it is in this database already; nothing was stored.
    """
    work.require(Role.CHECKER)
    return _Import(work, bundle.read(path)).run()


class _Import:
    """One bundle on its way into one transaction."""

    def __init__(self, work: Work, contents: bundle.Contents) -> None:
        self.work = work
        self.report = contents.report
        self.copies = {copy.source.capture_id: copy for copy in contents.copies}
        self.from_whom = f"from the bundle “{self.report.title}” of {self.report.template.desk}"
        self.made: Counter[str] = Counter()
        self.speakers: dict[str, tables.Speaker] = {}
        self.captures: dict[str, tables.Capture] = {}
        self.statements: dict[str, tables.Statement] = {}
        self.claims: dict[str, tables.Claim] = {}

    def run(self) -> Taken:
        self.refuse_what_is_known()
        for source in self.report.sources:
            self.source(source)
        rows = [self.statement(one) for one in self.report.quotations]
        indexing.index(self.work, *rows)
        repeats.find_repeats(self.work, rows)
        for row, one in zip(rows, self.report.quotations, strict=True):
            self.work.record("statement.imported", row, note=self.from_whom)
            self.written(row, one.notes, one.tags)
        for claim in self.report.claims:
            self.claim(claim)
        for claim in self.report.claims:
            self.references(claim)
        return Taken(dict(self.made), tuple(self.lacks()))

    def refuse_what_is_known(self) -> None:
        """Raise `RuleError` when a row of the bundle is here already."""
        report = self.report
        claims = [one for one in report.claims if one.kind == "claim"]
        lines = [one for one in report.claims if one.kind == "line"]
        wanted: list[tuple[type[Identified], str, Iterable[str]]] = [
            (tables.Document, "document", (one.id for one in report.sources)),
            (tables.Capture, "saved copy", (one.capture_id for one in report.sources)),
            (tables.Statement, "statement", (one.id for one in report.quotations)),
            (tables.Claim, "claim", (one.id for one in claims)),
            (tables.Line, "line", (one.id for one in lines)),
            (tables.Evidence, "evidence", (item.id for one in report.claims for item in one.evidence)),
        ]
        for table, name, ids in wanted:
            for public_id in dict.fromkeys(ids):
                if self.known(table, public_id) is not None:
                    raise RuleError(
                        f"The {name} {public_id} of this bundle is here already, so nothing was stored. Import it into "
                        "a new database (--db), where it can be compared."
                    )

    def known(self, table: type[I], public_id: str) -> I | None:
        return self.work.session.exec(select(table).where(col(table.public_id) == ident(public_id))).first()

    def source(self, source: model.Source) -> None:
        """A document with its saved copy."""
        copy = self.copies.get(source.capture_id)
        if copy is None:
            raise SourceError(f"The saved copy {source.capture_id} is not in the bundle; nothing was stored.")
        document = self.known(tables.Document, source.id)  # of an earlier saved copy of this bundle
        if document is None:
            document = tables.Document(
                public_id=ident(source.id),
                title=source.title or None,
                publisher=source.publisher,
                author=source.author,
                published_on=source.published_on,
                published_at=source.published_at,
                zone=source.zone,
                language=source.language,
                url=source.url,
                archive_url=source.archive_url,
                origins=dict.fromkeys(("title", "publisher", "author", "published_on"), "bundle"),
            )
            self.add("document", document)
        capture = tables.Capture(
            public_id=ident(source.capture_id),
            created_at=source.captured_at or self.report.made_at,
            document_id=document.key,
            sha256=source.sha256,
            extractor=source.extractor,
            text_sha256=source.text_sha256 or "",
            chars=len(copy.text),
            media_type=source.media_type,
            record_kind=RecordKind(source.record_kind),
            pages=list(copy.pages),
            timecodes=list(copy.timecodes),
            text=copy.text,
            data=copy.data,
        )
        self.captures[source.capture_id] = self.add("capture", capture)
        for at in (capture.created_at, *source.sightings):
            self.add("sighting", tables.Sighting(capture_id=capture.key, seen_at=at, name=source.url or "bundle"))

    def speaker(self, party: model.Party | None) -> tables.Speaker | None:
        """The speaker behind a name; None where the source stays unnamed."""
        if party is None or party.id is None:
            return None
        if party.id not in self.speakers:
            there = self.known(tables.Speaker, party.id)
            if there is not None and there.name != party.name:
                raise RuleError(f"The speaker {party.id} is {party.name} in the bundle and {there.name} here.")
            new = tables.Speaker(
                public_id=ident(party.id),
                name=party.name,
                sort_name=indexing.sort_name(party.name),
                kind=SpeakerKind(party.kind),
                wikidata_id=party.wikidata,
            )
            self.speakers[party.id] = people.standing(self.work, there) if there else self.add("speaker", new)
        return self.speakers[party.id]

    def statement(self, one: model.Quotation) -> tables.Statement:
        """A quotation at its place, in the state that the other desk gave it; recorded when it is indexed."""
        capture, speaker = self.captures[one.source.capture_id], self.speaker(one.speaker)
        row = tables.Statement(
            public_id=ident(one.id),
            document_id=capture.document_id,
            capture_id=capture.key,
            origin=Origin(one.origin),
            state=StatementState(one.state),
            kind=one.kind,
            is_question=one.question,
            content=one.words,
            content_spans=[(piece.span.start, piece.span.end) for piece in one.content],
            quoted_spans=[(span.start, span.end) for span in one.quoted],
            start_offset=one.content[0].span.start,
            end_offset=one.content[-1].span.end,
            **_piece("source", one.mention),
            **_piece("cue", one.cue),
            speaker_name=one.speaker.name if one.speaker else None,
            speaker_kind=one.speaker.kind if one.speaker else None,
            speaker_id=speaker.key if speaker else None,
            speaker_for=one.speaker_for,
            via=one.via,
            said_on=one.said_on,
            date_words=one.date_words,
            date_basis=one.date_basis,
            occasion=one.occasion,
            occasion_place=one.place,
            attribution=Attribution(one.attribution) if one.attribution else None,
            language=one.language,
            translated_from=one.translated_from,
            translator=one.translated_by,
            confidence=1.0 if one.confidence is None else one.confidence,
            rule=one.rule or None,
            why=one.why_open,
        )
        self.work.session.add(row)
        self.work.session.flush()
        self.statements[one.id] = row
        self.made["statement"] += 1
        return row

    def claim(self, claim: model.ReportClaim) -> None:
        """A claim with its appearances, or a line to check; open here, whatever the other desk decided."""
        row = self.new_claim(claim) if claim.kind == "claim" else self.new_line(claim)
        if row is None:
            return
        for item in claim.evidence:
            self.evidence(row, item)
        self.written(row, claim.notes, claim.tags)
        if claim.decision is not None:
            self.note(row, self.verdict(claim, claim.decision))

    def new_claim(self, claim: model.ReportClaim) -> tables.Claim:
        """The claim and where it appears."""
        speaker = self.speaker(claim.claimant)
        row = tables.Claim(
            public_id=ident(claim.id),
            text=claim.text,
            claimant_id=speaker.key if speaker else None,
            explanation=claim.explanation,
            first_made_on=claim.first_made_on,
        )
        self.claims[claim.id] = self.add("claim", row)
        for one in claim.appearances:
            relation = Relation(one.relation) if one.relation else None
            statement = self.statements[one.quotation.id]
            self.add("appearance", tables.Appearance(claim_id=row.key, statement_id=statement.key, relation=relation))
        return row

    def new_line(self, claim: model.ReportClaim) -> tables.Line | None:
        """The line at its place; None where the bundle does not hold its passage."""
        if claim.line is None or claim.line_source is None:
            return None
        capture, span = self.captures[claim.line_source.capture_id], claim.line.span
        row = tables.Line(
            public_id=ident(claim.id),
            document_id=capture.document_id,
            capture_id=capture.key,
            content=claim.line.words,
            spans=[(span.start, span.end)],
            start_offset=span.start,
            end_offset=span.end,
            reviewer_id=self.who.key,
        )
        return self.add("line", row)

    def evidence(self, target: tables.Claim | tables.Line, item: model.EvidenceItem) -> None:
        """A link or a saved copy; a file, and what is confidential, did not come along."""
        capture = self.captures.get(item.source.capture_id) if item.source else None
        if capture is None and not item.url:
            return
        row = tables.Evidence(
            public_id=ident(item.id),
            claim_id=target.key if isinstance(target, tables.Claim) else None,
            line_id=target.key if isinstance(target, tables.Line) else None,
            kind=EvidenceKind.CAPTURE if capture else EvidenceKind.LINK,
            title=item.title,
            url=item.url,
            archive_url=item.archive_url,
            capture_id=capture.key if capture else None,
            publisher=item.publisher,
            words=item.words,
            rank=EvidenceRank.PRIMARY if item.primary else EvidenceRank.SECONDARY,
            independence=Independence.SHARED if item.independent is False else Independence.INDEPENDENT,
            shared_with=item.shared_with,
            stance=Stance(item.stance),
            note="; ".join(part for part in (item.locator, item.note) if part) or None,
            is_confidential=item.confidential,
            reviewer_id=self.who.key,
        )
        self.add("evidence", row)

    def references(self, claim: model.ReportClaim) -> None:
        """How the claim stands to others of the bundle."""
        for one in claim.references:
            start, end = self.claims.get(claim.id), self.claims.get(one.claim_id)
            if start is not None and end is not None:
                link = tables.CrossReference(
                    relation=Relation(one.relation),
                    from_claim_id=start.key,
                    to_claim_id=end.key,
                    reviewer_id=self.who.key,
                )
                self.add("cross_reference", link)

    def written(
        self, row: tables.Claim | tables.Line | tables.Statement, notes: Iterable[model.Note], tags: Iterable[str]
    ) -> None:
        """Notes and tags of the other desk."""
        for note in notes:
            self.note(row, f"{note.by}, {note.at.astimezone(UTC):%Y-%m-%d %H:%M} UTC: {note.text}")
        annotate.change_tags(self.work, row, tags, ())

    def note(self, row: Identified, words: str) -> None:
        """A note of its own, whoever imports."""
        note = tables.Annotation(text=words, reviewer_id=self.who.key)
        setattr(note, annotate.COLUMNS[type(row)], row.key)
        self.add("note", note)

    def verdict(self, claim: model.ReportClaim, decision: model.Decision) -> str:
        """What the other desk decided, as a note says it."""
        labels, desk = Labels(self.report.template), self.report.template.desk
        when = f", {decision.at:%Y-%m-%d}" if decision.at else ""
        who = f"{labels.verdict(decision)} ({desk}{when}; readers: {decision.readers_total})"
        withdrawn = "; ".join(f"{one.kind}: {one.text}" for one in claim.corrections)
        return "\n".join(part for part in (who, decision.reasoning, withdrawn) if part)

    def lacks(self) -> Iterator[str]:
        """What the bundle did not hold, and what is not taken over."""
        labels, report = Labels(self.report.template), self.report
        yield from (f"{labels.say(f'withheld.{one.kind}')} ({one.count})" for one in report.withheld)
        files = sum(one.sha256 is not None for claim in report.claims for one in claim.evidence)
        counted = {
            "attached files of evidence": files,
            "verdicts of the other desk, which stand as notes": sum(one.decision is not None for one in report.claims),
            "readings by single people": sum(len(one.reviews) for one in report.claims),
            "queries and contacts": sum(len(one.queries) + len(one.contacts) for one in report.claims),
            "comparisons with primary records": sum(one.fidelity is not None for one in report.quotations),
            "events of the other desk's log, which stays in the bundle": report.head.sequence if report.head else 0,
        }
        yield from (f"{name} ({count})" for name, count in counted.items() if count)

    def add(self, kind: str, row: I) -> I:
        """Store a row with its event."""
        self.made[kind] += 1
        return self.work.add(f"{kind}.imported", row, note=self.from_whom)

    @property
    def who(self) -> tables.Reviewer:
        """Who imports, and so answers for what is made."""
        return self.work.require(Role.CHECKER)


def ident(public_id: str) -> UUID:
    """A public id of the bundle; `SourceError` when it is none."""
    try:
        return UUID(public_id)
    except ValueError as error:
        raise SourceError(f"“{public_id}” is no id, so the bundle can't be imported; nothing was stored.") from error


def _piece(name: str, piece: model.Piece | None) -> dict[str, Any]:  # Any: words and offsets
    """The columns of a source or cue."""
    if piece is None:
        return {}
    return {name: piece.words, f"{name}_start": piece.span.start, f"{name}_end": piece.span.end}
