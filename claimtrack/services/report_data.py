"""Storage as the report model: every value resolved, nothing decided.

`ReportReader` remembers sources and names while one report is read, so that fifty quotations of one page share one
`Source` and a report of thousands of claims asks for each row once.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache
from typing import Any, TypeAlias, TypeVar
from uuid import UUID

from sqlmodel import col, select

from claimtrack.attribution import Span, SpeakerKind
from claimtrack.db import tables
from claimtrack.reports import model
from claimtrack.services import annotate, checklist, indexing, people
from claimtrack.services.desk import Work
from claimtrack.services.scales import ratings
from claimtrack.vocabulary import EvidenceRank, Independence

T = TypeVar("T")

#: Code points on either side of a quotation that go with it into a report, for the text-quote selector.
CONTEXT_CHARS = 32

#: Actions by which a person settles what the page prints.
DECIDING = ("statement.decided", "statement.fixed", "statement.added")

#: Claims and lines from which on a report reads whole tables at once.
LONG_REPORT = 200

#: What notes, tags, queries and the like belong to.
Target: TypeAlias = tables.Claim | tables.Line | tables.Statement


class ReportReader:
    """Reads the parts of reports in one transaction."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.source: Callable[[int], model.Source] = cache(self._source)
        self.capture: Callable[[int], tables.Capture] = cache(lambda key: work.by_key(tables.Capture, key))
        self.name: Callable[[int], str] = cache(lambda key: work.by_key(tables.Reviewer, key).name)
        self.scale: Callable[[int], tuple[model.VerdictName, ...]] = cache(self._scale)
        self.quotation: Callable[[int], model.Quotation] = cache(self._quotation)
        self.speaker: Callable[[int], model.Party] = cache(self._speaker)
        self.shelf = Shelf(work)

    def claim(self, row: tables.Claim | tables.Line) -> model.ReportClaim:
        """A claim or a line with everything that belongs to it."""
        is_claim = isinstance(row, tables.Claim)
        return model.ReportClaim(
            id=str(row.public_id),
            text=row.text if isinstance(row, tables.Claim) else row.content,
            kind="claim" if is_claim else "line",
            claimant=self.party(row.claimant_id) if isinstance(row, tables.Claim) else None,
            first_made_on=row.first_made_on if isinstance(row, tables.Claim) else None,
            explanation=row.explanation if isinstance(row, tables.Claim) else None,
            state=row.state.value,
            is_contested=row.is_contested,
            released_at=row.released_at,
            updated_at=self.shelf.newest(row) or row.created_at,
            url=row.published_url if isinstance(row, tables.Claim) else None,
            line=self.piece(row.capture_id, row.spans[0]) if isinstance(row, tables.Line) else None,
            line_source=self.source(row.capture_id) if isinstance(row, tables.Line) else None,
            appearances=self.appearances(row) if isinstance(row, tables.Claim) else (),
            evidence=tuple(self.evidence(one) for one in self.standing(tables.Evidence, row)),
            reviews=tuple(self.review(one) for one in self.standing(tables.Review, row)),
            decision=self.decision(row),
            corrections=tuple(self.correction(one) for one in self.standing(tables.Correction, row)),
            queries=tuple(self.query(one) for one in self.on(tables.Query, row)),
            contacts=tuple(self.contact(one) for one in self.standing(tables.Contact, row)),
            checklist=tuple(
                model.ChecklistItem(item.label, item.is_done, item.waived_by, item.reason)
                for item in self.checklist(row)
            ),
            references=self.references(row) if isinstance(row, tables.Claim) else (),
            notes=self.notes(row),
            tags=self.shelf.tags(row),
        )

    def appearances(self, claim: tables.Claim) -> tuple[model.Appearance, ...]:
        """Where the claim appears: by the day it was said or printed, then by the order in which it was added."""
        found = [
            model.Appearance(self.quotation(row.statement_id), row.relation.value if row.relation else None)
            for row in self.shelf.on(tables.Appearance, claim)
        ]
        return tuple(sorted(found, key=lambda one: _day(one.quotation)))

    def references(self, claim: tables.Claim) -> tuple[model.Reference, ...]:
        """Cross-references from this claim to others."""
        found = []
        for link in self.shelf.by(tables.CrossReference, "from_claim_id", claim.key):
            if link.to_claim_id is None or link.voided_at is not None:
                continue
            other = self.work.by_key(tables.Claim, link.to_claim_id)
            found.append(
                model.Reference(link.relation.value, str(other.public_id), other.text, other.released_at is not None)
            )
        return tuple(found)

    def _quotation(self, key: int) -> model.Quotation:
        row = self.work.by_key(tables.Statement, key)
        decided = self.shelf.decided(row)
        return model.Quotation(
            id=str(row.public_id),
            source=self.source(row.capture_id),
            kind=row.kind,
            content=tuple(self.piece(row.capture_id, pair) for pair in row.content_spans),
            mention=self.optional_piece(row.capture_id, row.source_start, row.source_end),
            cue=self.optional_piece(row.capture_id, row.cue_start, row.cue_end),
            quoted=tuple(Span(*pair) for pair in row.quoted_spans),
            question=row.is_question,
            speaker=self.party(row.speaker_id) or self.unnamed(row),
            speaker_for=row.speaker_for,
            via=row.via,
            said_on=indexing.said_on(row),
            date_words=row.date_words,
            date_basis=indexing.date_basis(row),
            occasion=row.occasion,
            place=row.occasion_place,
            language=row.language,
            translated_from=row.translated_from,
            translated_by=row.translator,
            state=row.state.value,
            origin=row.origin.value,
            attribution=row.attribution.value if row.attribution else None,
            fidelity=self.fidelity(row),
            confidence=row.confidence,
            rule=row.rule or "",
            why_open=row.why,
            reviewed_by=decided[0] if decided else None,
            reviewed_at=decided[1] if decided else None,
            notes=self.notes(row),
            tags=self.shelf.tags(row),
            queries=tuple(self.query(one) for one in self.on(tables.Query, row)),
            contacts=tuple(self.contact(one) for one in self.standing(tables.Contact, row)),
        )

    def fidelity(self, row: tables.Statement) -> model.Fidelity | None:
        """The newest comparison with a primary record."""
        checks = self.standing(tables.FidelityCheck, row)
        if not checks:
            return None
        check = checks[-1]
        changes = [
            model.Change(one["op"], one.get("alleged") or "", one.get("recorded") or "") for one in check.changed
        ]
        return model.Fidelity(
            outcome=check.fidelity.value,
            record=self.source(check.capture_id) if check.capture_id else None,
            locator=check.locator or locator(check.page, check.timecode_s),
            recorded_words=check.words,
            changes=tuple(changes),
            checked_by=self.name(check.reviewer_id),
            checked_at=check.created_at,
        )

    def evidence(self, row: tables.Evidence) -> model.EvidenceItem:
        """One piece of evidence."""
        return model.EvidenceItem(
            id=str(row.public_id),
            stance=row.stance.value,
            title=row.title,
            url=row.url,
            archive_url=row.archive_url,
            locator=locator(row.page, row.timecode_s),
            publisher=row.publisher,
            accessed_on=row.created_at.date(),
            primary=row.rank is EvidenceRank.PRIMARY,
            independent=row.independence is Independence.INDEPENDENT,
            shared_with=row.shared_with,
            words=row.words,
            note=row.note,
            source=self.source(row.capture_id) if row.capture_id else None,
            sha256=row.file_sha256,
            added_by=self.name(row.reviewer_id),
            confidential=row.is_confidential,
        )

    def review(self, row: tables.Review) -> model.ReviewItem:
        """One person's verdict."""
        return model.ReviewItem(
            id=str(row.public_id),
            reviewer=self.name(row.reviewer_id),
            verdict=row.verdict,
            reasoning=row.reasoning,
            at=row.created_at,
            reading=row.reading.value,
            outcome=row.outcome.value if row.outcome else None,
            scale=self.scale(row.scale_id) if row.scale_id else (),
        )

    def decision(self, target: tables.Claim | tables.Line) -> model.Decision | None:
        """The desk's verdict."""
        rows = self.standing(tables.Decision, target)
        if not rows:
            return None
        readers = [self.name(one.reviewer_id) for one in self.standing(tables.Review, target)]
        return model.Decision(
            verdict=rows[-1].verdict,
            reasoning=rows[-1].reasoning,
            scale=self.scale(rows[-1].scale_id),
            decided_by=self.name(rows[-1].reviewer_id),
            at=rows[-1].created_at,
            readers=tuple(dict.fromkeys([*readers, self.name(rows[-1].reviewer_id)])),
            reader_count=rows[-1].reader_count,
        )

    def correction(self, row: tables.Correction) -> model.Correction:
        """What was said after release."""
        return model.Correction(
            str(row.public_id), row.created_at, row.reason, row.kind.value, row.former, self.name(row.reviewer_id)
        )

    def query(self, row: tables.Query) -> model.QueryItem:
        """A question to the writer."""
        return model.QueryItem(
            id=str(row.public_id),
            question=row.question,
            to=row.addressee,
            due=row.due_at,
            asked_by=self.name(row.owner_id),
            asked_at=row.created_at,
            answer=row.answer,
            answered_at=row.answered_at,
        )

    def contact(self, row: tables.Contact) -> model.ContactItem:
        """Who was asked, and what came back."""
        return model.ContactItem(
            id=str(row.public_id),
            who=row.person,
            how=row.channel,
            asked=row.question,
            at=row.asked_at,
            deadline=row.deadline,
            answer=row.answer,
            answered_at=row.answered_at,
            right_of_reply=row.is_right_of_reply,
        )

    def notes(self, row: tables.Statement | tables.Claim | tables.Line) -> tuple[model.Note, ...]:
        """What the desk wrote on the row for itself."""
        found = self.standing(tables.Annotation, row)
        return tuple(model.Note(one.text, self.name(one.reviewer_id), one.created_at) for one in found)

    def checklist(self, row: tables.Claim | tables.Line) -> list[checklist.Item]:
        """The points of the checklist, as `services.checklist` finds them."""
        asked = any(one.is_right_of_reply for one in self.standing(tables.Contact, row))
        appearances = self.shelf.on(tables.Appearance, row) if isinstance(row, tables.Claim) else []
        states = [self.work.by_key(tables.Statement, one.statement_id).state for one in appearances]
        done = {
            "sources": checklist.are_enough(self.standing(tables.Evidence, row)),
            "right_of_reply": asked,
            "quotations": all(state in checklist.CHECKED for state in states),
            "second_reader": len({one.reviewer_id for one in self.standing(tables.Review, row)}) > 1,
        }
        return checklist.listed(done, self.standing(tables.Waiver, row), self.name)

    def party(self, key: int | None) -> model.Party | None:
        """The speaker as reports name them; a merged one under the name it stands for."""
        return None if key is None else self.speaker(key)

    def _speaker(self, key: int) -> model.Party:
        speaker = people.standing(self.work, self.work.by_key(tables.Speaker, key))
        return model.Party(
            name=speaker.name,
            kind=speaker.kind or SpeakerKind.PERSON,
            id=str(speaker.public_id),
            wikidata=speaker.wikidata_id,
        )

    def unnamed(self, row: tables.Statement) -> model.Party | None:
        """A source that the page describes and does not name."""
        return model.Party(row.speaker_name, row.speaker_kind or SpeakerKind.UNNAMED) if row.speaker_name else None

    def piece(self, capture_key: int, pair: Iterable[int]) -> model.Piece:
        """A stretch of a capture with its words and what stands around it; empty words where it was erased."""
        capture, (start, end) = self.capture(capture_key), pair
        text = capture.text or ""
        return model.Piece(
            Span(start, end),
            text[start:end],
            prefix=text[max(0, start - CONTEXT_CHARS) : start],
            suffix=text[end : end + CONTEXT_CHARS],
            page=sum(one <= start for one in capture.pages) or None,
            time_s=max((time for offset, time in capture.timecodes if offset <= start), default=None),
        )

    def optional_piece(self, capture_key: int, start: int | None, end: int | None) -> model.Piece | None:
        """The same, where there may be none."""
        return None if start is None or end is None else self.piece(capture_key, (start, end))

    def _source(self, key: int) -> model.Source:
        capture = self.capture(key)
        document = self.work.by_key(tables.Document, capture.document_id)
        seen = self.work.session.exec(
            select(tables.Sighting.seen_at).where(tables.Sighting.capture_id == key).order_by(col(tables.Sighting.id))
        ).all()
        return model.Source(
            id=str(document.public_id),
            capture_id=str(capture.public_id),
            sha256=capture.sha256,
            captured_at=capture.created_at,
            title=document.title or "",
            publisher=document.publisher,
            author=document.author,
            published_on=document.published_on,
            published_at=document.published_at,
            zone=document.zone,
            language=document.language,
            url=document.url,
            archive_url=document.archive_url,
            record_kind=capture.record_kind.value,
            media_type=capture.media_type,
            extractor=capture.extractor,
            text_sha256=capture.text_sha256,
            sightings=tuple(seen[1:]),
        )

    def _scale(self, key: int) -> tuple[model.VerdictName, ...]:
        steps = ratings(self.work.by_key(tables.Scale, key))
        return tuple(model.VerdictName(one.key, one.label, one.number) for one in steps)

    def on(self, table: type[T], target: Target) -> list[T]:
        """Rows of a table that belong to a claim, a line or a statement, in order."""
        return self.shelf.on(table, target)

    def standing(self, table: type[T], target: Target) -> list[T]:
        """The same without what was taken back."""
        if table is tables.Correction and isinstance(target, tables.Statement):
            return []
        return [row for row in self.on(table, target) if row.voided_at is None]  # type: ignore[attr-defined]


class Shelf:
    """What belongs to claims, lines and statements: asked for one by one, or all of it at once for a long report.

    Asked one by one, a report of 10,000 claims in 50,000 quotations takes half a million queries.
    """

    def __init__(self, work: Work) -> None:
        self.work = work
        self.is_long = False
        self._rows: dict[tuple[type[object], str], dict[int, list[Any]]] = {}  # Any: rows of the table named
        self._kept: list[object] = []
        self._newest: dict[UUID, datetime] = {}
        self._decided: dict[UUID, tuple[str, datetime]] = {}
        self._tags: dict[tuple[str, int], tuple[str, ...]] = {}

    def fill(self) -> None:
        """Read everything that a long report may ask for, table by table. Costs memory for what belongs to others."""
        self.is_long = True
        session, event = self.work.session, tables.Event
        # The session forgets rows that nobody holds; held, they are found by key without a query.
        self._kept = [*session.exec(select(tables.Statement)), *session.exec(select(tables.Speaker))]
        decided = select(event.item, tables.Reviewer.name, event.at).join(
            tables.Reviewer, col(tables.Reviewer.public_id) == event.reviewer
        )
        decided = decided.where(col(event.action).in_(DECIDING)).order_by(col(event.number))
        self._decided = {item: (name, at) for item, name, at in session.exec(decided)}
        items = select(event.item, event.at).where(col(event.item_kind).in_(("claim", "line")))
        self._newest = dict(session.exec(items.order_by(col(event.number))).all())
        for kind in ("claim", "line", "statement"):
            column = col(getattr(tables.Tagging, f"{kind}_id"))
            query = select(column, tables.Tag.name).join(tables.Tag, col(tables.Tag.id) == tables.Tagging.tag_id)
            for key, name in session.exec(query.where(column.is_not(None)).order_by(col(tables.Tag.sort_name))):
                self._tags[kind, key] = (*self._tags.get((kind, key), ()), name)

    def on(self, table: type[T], target: Target) -> list[T]:
        """Rows of a table that belong to the row, the oldest first."""
        return self.by(table, f"{type(target).__name__.lower()}_id", target.key)

    def by(self, table: type[T], column: str, key: int) -> list[T]:
        """Rows of a table with this key in the column, the oldest first."""
        wanted = col(getattr(table, column))
        query = select(table).order_by(table.id)  # type: ignore[attr-defined]
        if not self.is_long:
            return list(self.work.session.exec(query.where(wanted == key)))
        shelf = self._rows.get((table, column))
        if shelf is None:
            shelf = self._rows[table, column] = {}
            for row in self.work.session.exec(query.where(wanted.is_not(None))):
                shelf.setdefault(getattr(row, column), []).append(row)
        return shelf.get(key, [])

    def tags(self, row: Target) -> tuple[str, ...]:
        """The tags of the row, by name."""
        if self.is_long:
            return self._tags.get((type(row).__name__.lower(), row.key), ())
        return tuple(annotate.tags_on(self.work, row))

    def newest(self, row: tables.Claim | tables.Line) -> datetime | None:
        """When something was last done to the row itself."""
        if self.is_long:
            return self._newest.get(row.public_id)
        found = select(tables.Event.at).where(tables.Event.item == row.public_id)
        return self.work.session.exec(found.order_by(col(tables.Event.number).desc())).first()

    def decided(self, row: tables.Statement) -> tuple[str, datetime] | None:
        """Who last decided on the statement, and when; None while nobody has."""
        if self.is_long:
            return self._decided.get(row.public_id)
        query = (
            select(tables.Reviewer.name, tables.Event.at)
            .join(tables.Reviewer, col(tables.Reviewer.public_id) == tables.Event.reviewer)
            .where(tables.Event.item == row.public_id, col(tables.Event.action).in_(DECIDING))
            .order_by(col(tables.Event.number).desc())
        )
        return self.work.session.exec(query).first()


def locator(page: int | None, timecode_s: float | None) -> str | None:
    """The place in a record, in words.

    >>> locator(3, None), locator(None, 252.0)
    ('page 3', '04:12')
    """
    if page is not None:
        return f"page {page}"
    if timecode_s is None:
        return None
    minutes, seconds = divmod(int(timecode_s), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


def _day(quotation: model.Quotation) -> str:
    first, last = indexing.days(quotation.said_on)
    day = first or last or quotation.source.published_on
    return day.isoformat() if day else "9999"
