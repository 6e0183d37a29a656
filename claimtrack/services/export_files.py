"""Exports that hold saved copies: the bundle for another desk or a court, and the annotated copy for the lawyer."""

from collections.abc import Iterator
from io import BytesIO
from uuid import UUID

from sqlmodel import col, select

from claimtrack.db import tables
from claimtrack.db.events import CHAINED
from claimtrack.db.snapshot import plain
from claimtrack.errors import NotFoundError, RuleError
from claimtrack.reports import annotated_pdf, annotated_word, bundle, model
from claimtrack.reports.names import safe_file_name
from claimtrack.services.decide import newest_capture
from claimtrack.services.desk import Work
from claimtrack.services.export_report import Exported, Selection, build_report
from claimtrack.services.report_data import ReportReader
from claimtrack.services.report_template import template_of
from claimtrack.vocabulary import StatementState

#: Format of an annotated copy -> what renders it and its media type.
ANNOTATED = {
    "docx": (annotated_word.render, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (annotated_pdf.render, "application/pdf"),
}


def export_bundle(work: Work, selection: Selection, audience: str, *, title: str | None = None) -> Exported:
    """One ZIP with the report, the saved copies that it rests on, the event log, and a checker that needs Python alone.

    Raises:
        NotFoundError: nothing fits the selection.
        RuleError: a saved copy that the report rests on was erased.
    """
    report = build_report(work, selection, model.Audience(audience), title=title)
    file = BytesIO()
    bundle.write(report, saved_copies(work, report), events(work), file)
    return Exported(safe_file_name(report.title, f"{audience}.zip"), "application/zip", file.getvalue(), ())


def saved_copies(work: Work, report: model.Report) -> Iterator[model.SavedCopy]:
    """The saved copies of the report's sources, one at a time."""
    for source in report.sources:
        capture = work.get(tables.Capture, source.capture_id)
        if capture.erased_at is not None:
            raise RuleError(
                f"This rests on a saved copy that was erased on {capture.erased_at:%d %b %Y}: {source.capture_id}. "
                "A bundle could not prove it. Leave the claims on it out, or export the report alone."
            )
        yield saved_copy(capture, source)


def saved_copy(capture: tables.Capture, source: model.Source) -> model.SavedCopy:
    """A capture as a file; empty where it was erased."""
    times = tuple((offset, time) for offset, time in capture.timecodes)
    return model.SavedCopy(source, capture.text or "", capture.data or b"", tuple(capture.pages), times)


def events(work: Work) -> Iterator[dict[str, object]]:
    """All events of the log, the oldest first, as plain JSON values."""
    rows = work.session.exec(select(tables.Event).order_by(col(tables.Event.number)).execution_options(yield_per=500))
    for row in rows:
        chained = {name: plain(getattr(row, name)) for name in CHAINED}
        yield {**chained, "digest": row.digest, "payload": row.payload, "salt": row.salt}


def export_annotated(work: Work, document_id: UUID, audience: str, format_name: str) -> Exported:
    """A document in reading order with every statement and line in it numbered, its state, verdict and open query.

    Raises:
        NotFoundError: no such format, or no saved copy.
        RuleError: the audience is the public.
    """
    if format_name not in ANNOTATED:
        raise NotFoundError(f"There is no annotated copy as “{format_name}”; choose one of {', '.join(ANNOTATED)}.")
    document = work.get(tables.Document, document_id)
    capture = newest_capture(work, document)
    reader = ReportReader(work)
    rows = work.session.exec(
        select(tables.Statement)
        .where(tables.Statement.capture_id == capture.key, tables.Statement.state != StatementState.REJECTED)
        .order_by(col(tables.Statement.start_offset))
    ).all()
    claims = tuple(claims_on(work, document, [row.key for row in rows]))
    title = document.title or "Untitled"
    report = annotated_report(work, claims, title)
    annotated = model.AnnotatedDocument(
        report, saved_copy(capture, reader.source(capture.key)), tuple(reader.quotation(row.key) for row in rows)
    )
    render, media_type = ANNOTATED[format_name]
    data = render(annotated, model.Audience(audience))
    return Exported(safe_file_name(title, f"annotated.{format_name}"), media_type, data, ())


def claims_on(work: Work, document: tables.Document, statements: list[int]) -> Iterator[UUID]:
    """The claims that the document's statements make, and the lines to check that are marked in it."""
    made = (
        select(tables.Claim.public_id)
        .join(tables.Appearance, col(tables.Appearance.claim_id) == tables.Claim.id)
        .where(col(tables.Appearance.statement_id).in_(statements))
        .distinct()
    )
    yield from work.session.exec(made)
    yield from work.session.exec(select(tables.Line.public_id).where(tables.Line.document_id == document.key))


def annotated_report(work: Work, claims: tuple[UUID, ...], title: str) -> model.Report:
    """The report beside an annotated copy; without claims it is empty, and the copy is annotated all the same."""
    from claimtrack import __version__
    from claimtrack.services.desk import now
    from claimtrack.services.evidence import claim_or_line

    reader = ReportReader(work)
    found = tuple(reader.claim(claim_or_line(work, one)) for one in claims)
    who = work.reviewer.name if work.reviewer else None
    template = template_of(work)
    return model.Report(title, now(), found, template=template, made_by=who, version=__version__)
