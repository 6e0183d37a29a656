"""A changed page: each statement found again in the new saved copy, or marked as altered or gone; never put wrongly."""

from sqlmodel import col, select

from claimtrack.anchor import find_anchor, make_selectors
from claimtrack.attribution import Span
from claimtrack.db import tables
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
    spans = [Span(*pair) for pair in row.content_spans]
    found = [find_span(old, span, capture.text) for span in spans]
    place = tables.Placement(statement_id=row.key, capture_id=capture.key, state=PlacementState.GONE)
    content = [one[0] for one in found if one is not None]
    if len(content) < len(spans):
        return place
    same = [span.of(old) for span in spans] == [span.of(capture.text) for span in content]
    stays = [(span.start, span.end) for span in content] == [tuple(pair) for pair in row.content_spans]
    place.state = PlacementState.ALTERED if not same else PlacementState.UNCHANGED if stays else PlacementState.MOVED
    place.content = " ".join(span.of(capture.text) for span in content)
    place.content_spans = [(span.start, span.end) for span in content]
    place.score = min(one[1] for one in found if one is not None)
    for name in ("source", "cue"):
        start, end = getattr(row, f"{name}_start"), getattr(row, f"{name}_end")
        there = find_span(old, Span(start, end), capture.text) if start is not None else None
        if there is not None:
            setattr(place, f"{name}_start", there[0].start)
            setattr(place, f"{name}_end", there[0].end)
    return place


def find_span(old: str, span: Span, new: str) -> tuple[Span, float] | None:
    """Where a stretch of `old` stands in `new`, with the likeness; None when it is not there for certain."""
    quote, position = make_selectors(old, span)
    anchor = find_anchor(quote, new, position)
    return (anchor.span, anchor.score) if anchor else None
