"""Build the report of a selection, cut it to its audience, and render it in one of the formats."""

from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from sqlmodel import col, select

from claimtrack import __version__
from claimtrack.db import events, tables
from claimtrack.db.queries.queue import keys as keys_of
from claimtrack.errors import NotFoundError
from claimtrack.reports import model
from claimtrack.reports.audience import for_audience
from claimtrack.reports.formats import FORMATS
from claimtrack.reports.names import safe_file_name
from claimtrack.reports.tables import withheld
from claimtrack.services.desk import Work, now
from claimtrack.services.queue import filter_of
from claimtrack.services.report_data import LONG_REPORT, ReportReader
from claimtrack.services.report_template import template_of
from claimtrack.vocabulary import CheckState

C = TypeVar("C", tables.Claim, tables.Line)


@dataclass(frozen=True, slots=True)
class Selection:
    """What a report is about; None and () for everything."""

    story: UUID | None = None
    claims: tuple[UUID, ...] = ()
    states: tuple[CheckState, ...] = ()
    view: UUID | None = None  #: a saved view of the queue: claims that one of its statements appears in
    cluster: UUID | None = None  #: a statement: claims that it or a repeat of it appears in
    with_unclaimed: bool = False  #: also the reviewed quotations that belong to no claim


def build_report(
    work: Work,
    selection: Selection,
    audience: model.Audience,
    *,
    title: str | None = None,
    template: model.Template | None = None,
) -> model.Report:
    """The report of the selection as this audience may read it.

    Raises:
        NotFoundError: nothing in the database fits the selection.
    """
    reader = ReportReader(work)
    story = work.get(tables.Story, selection.story) if selection.story else None
    rows = selected(work, selection, story)
    unclaimed = (
        unclaimed_quotations(work, reader, story, statements_of(work, selection)) if selection.with_unclaimed else ()
    )
    if not rows and not unclaimed:
        raise NotFoundError("Nothing fits this selection: make a claim first, or choose more states or another story.")
    if len(rows) >= LONG_REPORT:
        reader.shelf.fill()
    number, digest = events.head(work.session)
    report = model.Report(
        title=title or (story.title if story else "Verified claims"),
        made_at=now(),
        claims=tuple(reader.claim(row) for row in rows),
        template=template or template_of(work),
        story=story_of(work, story) if story else None,
        selection=selection_in_words(selection, story),
        unclaimed=unclaimed,
        made_by=work.reviewer.name if work.reviewer else None,
        version=__version__,
        head=model.LogHead(number, digest) if number else None,
    )
    return for_audience(report, audience)[0]


def selected(work: Work, selection: Selection, story: tables.Story | None) -> list[tables.Claim | tables.Line]:
    """The claims and lines of the selection, claims first, each in the order in which they were made."""
    if selection.claims:
        from claimtrack.services.evidence import claim_or_line

        return [claim_or_line(work, one) for one in selection.claims]
    if (keys := statements_of(work, selection)) is not None:
        return [row for row in _rows(work, tables.Claim, selection, story) if row.key in _claims_of(work, keys)]
    return [*_rows(work, tables.Claim, selection, story), *_rows(work, tables.Line, selection, story)]


def statements_of(work: Work, selection: Selection) -> frozenset[int] | None:
    """Keys of the statements that the selection's view and cluster find; None where it has neither.

    Raises:
        NotFoundError: there is no such view or statement.
    """
    found: frozenset[int] | None = None
    if selection.view is not None:
        held = work.get(tables.SavedView, selection.view).settings
        wanted = filter_of(held, work.reviewer.public_id if work.reviewer else None)
        found = frozenset(work.session.execute(keys_of(work.session, wanted)).scalars())
    if selection.cluster is not None:
        row = work.get(tables.Statement, selection.cluster)
        query = select(tables.Statement.id).where(tables.Statement.cluster_id == row.cluster_id)
        same = work.session.exec(query).all() if row.cluster_id is not None else ()
        together = frozenset(key for key in same if key is not None) | {row.key}
        found = together if found is None else found & together
    return found


def _claims_of(work: Work, keys: frozenset[int]) -> frozenset[int]:
    pairs = work.session.exec(select(tables.Appearance.claim_id, tables.Appearance.statement_id))
    return frozenset(claim for claim, statement in pairs if statement in keys)


def _rows(work: Work, table: type[C], selection: Selection, story: tables.Story | None) -> list[C]:
    query = select(table)
    if story is not None:
        query = query.where(col(table.story_id) == story.key)
    if selection.states:
        query = query.where(col(table.state).in_(selection.states))
    return list(work.session.exec(query.order_by(col(table.id))))


def unclaimed_quotations(
    work: Work, reader: ReportReader, story: tables.Story | None, keys: frozenset[int] | None = None
) -> tuple[model.Quotation, ...]:
    """Reviewed quotations without a claim, in order of their documents."""
    query = select(tables.Statement).where(
        col(tables.Statement.state).in_(("as_printed", "fixed")),
        col(tables.Statement.id).not_in(select(tables.Appearance.statement_id)),
    )
    if story is not None:
        within = select(tables.StoryDocument.document_id).where(tables.StoryDocument.story_id == story.key)
        query = query.where(col(tables.Statement.document_id).in_(within))
    rows = work.session.exec(query.order_by(col(tables.Statement.document_id), col(tables.Statement.start_offset)))
    return tuple(reader.quotation(row.key) for row in rows if keys is None or row.key in keys)


def story_of(work: Work, story: tables.Story) -> model.Story:
    """The story's facts."""
    members = work.session.exec(
        select(tables.Reviewer.name)
        .join(tables.StoryMember, col(tables.StoryMember.reviewer_id) == tables.Reviewer.id)
        .where(tables.StoryMember.story_id == story.key)
    ).all()
    owner = work.by_key(tables.Reviewer, story.owner_id).name if story.owner_id else None
    return model.Story(str(story.public_id), story.title, deadline=story.deadline, editor=owner, people=tuple(members))


def selection_in_words(selection: Selection, story: tables.Story | None) -> str:
    """What was selected, for the desk."""
    parts = [f"story: {story.title}"] if story else []
    parts += [f"{len(selection.claims)} chosen"] if selection.claims else []
    parts += ["states: " + ", ".join(state.value for state in selection.states)] if selection.states else []
    parts += ["a saved view of the queue"] if selection.view else []
    parts += ["one quotation and its repeats"] if selection.cluster else []
    return "; ".join(parts) or "everything"


def state(work: Work) -> str:
    """Digest of the newest event: a report made again while it stays is the same."""
    return events.head(work.session)[1]


@dataclass(frozen=True, slots=True)
class Exported:
    """One rendered report."""

    file_name: str
    media_type: str
    data: bytes
    withheld: tuple[str, ...]  #: kinds of things left out for the audience, in words


def export(work: Work, selection: Selection, audience: str, format_name: str, *, title: str | None = None) -> Exported:
    """The report of the selection in a format, for an audience.

    Raises:
        NotFoundError: nothing fits the selection, or there is no such format; the message lists those there are.
        RuleError: the format is made for another audience.
    """
    chosen = FORMATS.get(format_name)
    if chosen is None:
        raise NotFoundError(f"There is no format “{format_name}”; choose one of {', '.join(FORMATS)}.")
    report = build_report(work, selection, model.Audience(audience), title=title)
    name = safe_file_name(report.title, f"{audience}.{chosen.extension}")
    return Exported(name, chosen.media_type, b"".join(chosen.render(report)), tuple(withheld(report)))
