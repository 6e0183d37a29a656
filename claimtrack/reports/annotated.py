"""The annotated copy: one document in reading order with everything that the desk marked in it.

Every statement and line to check is numbered and has what the desk knows about it beside it; the passages that nobody
marked are listed. It goes to an editor or a lawyer, never to the public.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from claimtrack.attribution import Span
from claimtrack.errors import RuleError
from claimtrack.reports.audience import for_audience
from claimtrack.reports.model import AnnotatedDocument, Appearance, Audience, Quotation, Report, ReportClaim
from claimtrack.reports.view import Maker, View, view
from claimtrack.reports.wording import Wording, shown

#: A gap of fewer words between two marks is glue ("and", "adding that") and not listed as unmarked, unless a sentence
#: ends in it ("He lied.") or it is a paragraph of its own.
MIN_UNMARKED_WORDS = 4

_WORD = re.compile(r"\w+")
_ENDS = re.compile(r"\w[.!?…]")


@dataclass(frozen=True, slots=True)
class Mark:
    """A statement or a line to check with its notes."""

    number: str  #: 1, 2, 3 for statements, L1, L2 for lines to check
    head: str
    notes: tuple[str, ...]
    warnings: tuple[str, ...]  #: open queries, not said, not reviewed
    spans: tuple[Span, ...]  #: what is shown as marked
    around: tuple[Span, ...] = ()  #: source mention and attribution words: covered, but not shown as marked


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a paragraph, marked throughout or not at all."""

    text: str
    starts: tuple[str, ...] = ()  #: numbers of the marks that begin here
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the document with the marks that begin in it."""

    number: int
    segments: tuple[Segment, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Annotated:
    """The whole copy, in words, ready for a page."""

    report: Report
    seen: View
    source: str
    facts: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]
    unmarked: tuple[tuple[int, str], ...]  #: number of the paragraph, passage


def annotate(document: AnnotatedDocument, audience: Audience) -> Annotated:
    """The copy for an editor or a lawyer; `document.report` may be uncut.

    Raises:
        RuleError: it is asked for the public, or the document must not leave the desk.
    """
    if audience is Audience.PUBLIC:
        raise RuleError("An annotated copy shows unreleased work; make it for the editor or the lawyer.")
    if document.copy.source.confidential and audience is not Audience.EDITOR:
        raise RuleError("This document is marked confidential and must not leave the desk.")
    here = document.copy.source.capture_id
    wanted = {quotation.id for quotation in document.quotations}
    report, _ = for_audience(replace(document.report, unclaimed=document.quotations), audience)
    said = [one for one in report.quotations if one.id in wanted and one.state != "rejected"]
    claims = [claim for claim in report.claims if _touches(claim, wanted, here)]
    report = replace(report, claims=tuple(claims), unclaimed=())
    marks = [*_statements(said, report), *_lines(report, here)]
    text = document.copy.text
    wording = Wording(report.template)
    facts = (
        wording.moment(document.copy.source.captured_at),
        document.copy.source.url or "",
        document.copy.source.sha256,
    )
    covered = _merged(span for mark in marks for span in (*mark.spans, *mark.around))
    paragraphs = list(_places(text))
    return Annotated(
        report=report,
        seen=view(report),
        source=shown(wording.source(document.copy.source)),
        facts=tuple(shown(fact) for fact in facts if fact),
        paragraphs=tuple(_paragraphs(text, paragraphs, marks)),
        unmarked=tuple(_unmarked(text, paragraphs, covered)),
    )


def _touches(claim: ReportClaim, wanted: set[str], here: str) -> bool:
    in_line = claim.line_source is not None and claim.line_source.capture_id == here
    return in_line or any(item.quotation.id in wanted for item in claim.appearances)


def _statements(said: list[Quotation], report: Report) -> Iterator[Mark]:
    """The statements in reading order, numbered from 1."""
    wording, words = Wording(report.template), Maker(report)
    order = sorted(said, key=lambda one: (one.content[0].span, one.id))
    for number, quotation in enumerate(order, 1):
        quote = words.quote(str(number), Appearance(quotation))
        state = wording.say(f"statement.{quotation.state}")
        facts = " · ".join(quote.facts if state in quote.warnings else (state, *quote.facts))
        claims = [(place, claim) for place, claim in enumerate(report.claims, 1) if _has(claim, quotation)]
        queries = tuple(f"{wording.say('open_query')}: {query}" for query in quote.queries)
        yield Mark(
            number=str(number),
            head=quote.speaker,
            notes=(facts, *(note for place, claim in claims for note in _claim(place, claim, report))),
            warnings=(*quote.warnings, *queries, *(query for _, claim in claims for query in _queries(claim, report))),
            spans=tuple(piece.span for piece in quotation.content),
            around=tuple(piece.span for piece in (quotation.mention, quotation.cue) if piece),
        )


def _has(claim: ReportClaim, quotation: Quotation) -> bool:
    return any(item.quotation.id == quotation.id for item in claim.appearances)


def _lines(report: Report, here: str) -> Iterator[Mark]:
    """The lines to check of this document in reading order, numbered from L1."""
    found = [
        (claim.line.span, place, claim)
        for place, claim in enumerate(report.claims, 1)
        if claim.line and claim.line_source and claim.line_source.capture_id == here
    ]
    say = Wording(report.template).say
    for number, (span, place, claim) in enumerate(sorted(found, key=lambda one: one[0]), 1):
        notes = tuple(_claim(place, claim, report))
        yield Mark(f"L{number}", say("item.line"), notes, tuple(_queries(claim, report)), (span,))


def _claim(place: int, claim: ReportClaim, report: Report) -> Iterator[str]:
    """State, verdict, readers and evidence of a claim in words."""
    wording, words = Wording(report.template), Maker(report)
    ruling = " · ".join((wording.verdict(claim.decision), wording.readers(claim.decision), wording.state(claim)))
    yield shown(f"{wording.say(f'item.{claim.kind}')} {place}: {claim.text}")
    yield ruling
    for number, item in enumerate(claim.evidence, 1):
        entry = words.evidence(f"{place}.{number}", item)
        yield " · ".join(
            part for part in (f"{entry.number} {entry.head}: {entry.text}", *entry.facts, entry.url) if part
        )


def _queries(claim: ReportClaim, report: Report) -> Iterator[str]:
    say = Wording(report.template).say
    return (shown(f"{say('open_query')}: {item.question}") for item in claim.queries if item.is_open)


def _places(text: str) -> Iterator[Span]:
    """The paragraphs that hold something: stretches between line breaks."""
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield Span(start, start + len(line))
        start += len(line) + 1


def _paragraphs(text: str, places: list[Span], marks: list[Mark]) -> Iterator[Paragraph]:
    """The paragraphs cut at the marks. A mark's notes stand where it begins, also when it goes on after that."""
    starts = [place.start for place in places]
    begins: dict[int, list[Mark]] = {}
    inside: dict[int, list[tuple[Span, Mark]]] = {}
    for mark in marks:
        begins.setdefault(max(bisect_right(starts, mark.spans[0].start) - 1, 0), []).append(mark)
        for span in mark.spans:
            first = max(bisect_right(starts, span.start) - 1, 0)
            for row in range(first, len(places)):
                if places[row].start >= span.end:
                    break
                inside.setdefault(row, []).append((span, mark))
    for row, place in enumerate(places):
        segments = tuple(_segments(text, place, inside.get(row, [])))
        own = sorted(begins.get(row, []), key=lambda mark: mark.spans[0])
        yield Paragraph(row + 1, segments, tuple(own))


def _segments(text: str, place: Span, spans: list[tuple[Span, Mark]]) -> Iterator[Segment]:
    edges = {place.start, place.end}
    for span, _ in spans:
        edges |= {min(max(edge, place.start), place.end) for edge in (span.start, span.end)}
    ordered = sorted(edges)
    for start, end in pairwise(ordered):
        here = [(span, mark) for span, mark in spans if span.start <= start < span.end]
        numbers = tuple(mark.number for span, mark in here if span.start == start)
        yield Segment(shown(text[start:end]), numbers, is_marked=bool(here))


def _merged(spans: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def _unmarked(text: str, places: list[Span], covered: list[Span]) -> Iterator[tuple[int, str]]:
    """What lies between the marks, paragraph by paragraph."""
    ends = [span.end for span in covered]
    for number, place in enumerate(places, 1):
        at = place.start
        for span in covered[bisect_right(ends, place.start) :]:
            if span.start >= place.end:
                break
            yield from _passage(text, Span(at, max(at, span.start)), number, place)
            at = max(at, span.end)
        yield from _passage(text, Span(at, place.end), number, place)


def _passage(text: str, gap: Span, number: int, place: Span) -> Iterator[tuple[int, str]]:
    passage = gap.of(text)
    words = len(_WORD.findall(passage))
    if words >= MIN_UNMARKED_WORDS or (words and (gap == place or _ENDS.search(passage))):
        yield number, shown(passage.strip())
