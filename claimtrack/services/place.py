"""A changed page: each statement found again in the new saved copy, or marked as altered or gone; never put wrongly."""

from sqlmodel import col, select

from claimtrack.attribution import Span, words_at
from claimtrack.db import tables
from claimtrack.placement import place_statement
from claimtrack.services.desk import Work
from claimtrack.vocabulary import PlacementState, StatementState

_CONFIRMED = (StatementState.AS_PRINTED, StatementState.FIXED)


def carry_over(work: Work, document: tables.Document, capture: tables.Capture) -> list[tables.Placement]:
    """Look for the document's statements in its new capture; the places of those that stand there with their words.

    What a person confirmed and the page no longer prints so becomes stale and returns to the queue.
    """
    assert capture.text is not None
    earlier = select(tables.Statement).where(
        tables.Statement.document_id == document.key, tables.Statement.capture_id != capture.key
    )
    standing = []
    for row in work.session.exec(earlier.order_by(col(tables.Statement.id))).all():
        old = work.by_key(tables.Capture, row.capture_id).text
        if old is None:
            continue
        place = placed(row, old, capture)
        work.add("statement.placed", place)
        if place.state in {PlacementState.UNCHANGED, PlacementState.MOVED}:
            standing.append(place)
        elif row.state in _CONFIRMED:
            work.change(
                "statement.stale", row, {"state": StatementState.STALE}, note=f"the page changed: {place.state.value}"
            )
    return standing


def placed(row: tables.Statement, old: str, capture: tables.Capture) -> tables.Placement:
    """Where a statement of the text `old` stands in the capture."""
    assert capture.text is not None
    found = place_statement(old, [Span(*pair) for pair in row.content_spans], capture.text)
    place = tables.Placement(statement_id=row.key, capture_id=capture.key, state=found.state)
    there = [span for span in found.spans if span is not None]
    if there:
        place.content = words_at(capture.text, there)
        place.content_spans = [(span.start, span.end) for span in there]
    for name in ("source", "cue"):
        start, end = getattr(row, f"{name}_start"), getattr(row, f"{name}_end")
        span = place_statement(old, [Span(start, end)], capture.text).spans[0] if there and start is not None else None
        if span is not None:
            setattr(place, f"{name}_start", span.start)
            setattr(place, f"{name}_end", span.end)
    return place
