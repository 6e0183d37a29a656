"""A W3C Web Annotation collection: every quotation at its place, so that other tools can show it in the source.

Each target carries a quote selector (words with their surroundings), a position selector (code points of the saved
copy's text) and the time of the copy: a quote alone lands on look-alikes, a position alone on a changed page.
"""

import json
from collections.abc import Iterator

from claimtrack.reports.as_json import Plain
from claimtrack.reports.model import Piece, Quotation, Report, ReportClaim, Source
from claimtrack.reports.wording import Wording, web_address

_CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"claimtrack": "urn:claimtrack:"}]


def render(report: Report) -> Iterator[str]:
    """The collection with one page that holds all annotations, one a line."""
    lines = sum(1 for claim in report.claims if claim.line and claim.line_source)
    head = {
        "@context": _CONTEXT,
        "type": "AnnotationCollection",
        "label": report.title,
        "generated": report.made_at.isoformat(),
        "total": len(report.quotations) + lines,
    }
    yield json.dumps(head, ensure_ascii=False)[:-1]
    yield ', "first": {"type": "AnnotationPage", "startIndex": 0, "items": ['
    for number, item in enumerate(annotations(report)):
        yield ("," if number else "") + "\n" + json.dumps(item, ensure_ascii=False)
    yield "]}}\n"


def annotations(report: Report) -> Iterator[dict[str, Plain]]:
    """One annotation a quotation, and one a line to check."""
    wording = Wording(report.template)
    claims: dict[str, list[ReportClaim]] = {}
    for claim in report.claims:
        for item in claim.appearances:
            claims.setdefault(item.quotation.id, []).append(claim)
    for quotation in report.quotations:
        yield _quotation(quotation, claims.get(quotation.id, []), wording)
    for claim in report.claims:
        if claim.line and claim.line_source:
            yield {
                "id": f"urn:uuid:{claim.id}",
                "type": "Annotation",
                "motivation": "questioning",
                "body": [_body("describing", claim.text), *_verdicts([claim], wording)],
                "target": _target(claim.line_source, claim.line),
            }


def _quotation(said: Quotation, claims: list[ReportClaim], wording: Wording) -> dict[str, Plain]:
    facts = [wording.speaker(said), wording.attribution(said), wording.when(said), wording.fidelity(said.fidelity)]
    bodies = [_body("identifying", wording.speaker(said)), _body("describing", "; ".join(filter(None, facts)))]
    bodies += [_body("linking", claim.text) for claim in claims]
    targets = [_target(said.source, piece) for piece in said.content]
    return {
        "id": f"urn:uuid:{said.id}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": [*bodies, *_verdicts(claims, wording)],
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _verdicts(claims: list[ReportClaim], wording: Wording) -> list[Plain]:
    return [_body("assessing", wording.verdict(claim.decision)) for claim in claims if claim.decision]


def _body(purpose: str, text: str) -> dict[str, Plain]:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": text}


def _target(source: Source, piece: Piece) -> dict[str, Plain]:
    state: dict[str, Plain] = {"type": "TimeState"}
    if source.captured_at:
        state["sourceDate"] = source.captured_at.isoformat().replace("+00:00", "Z")
    if web_address(source.archive_url):
        state["cached"] = source.archive_url
    quote = {"type": "TextQuoteSelector", "exact": piece.words, "prefix": piece.prefix, "suffix": piece.suffix}
    position = {"type": "TextPositionSelector", "start": piece.span.start, "end": piece.span.end}
    target: dict[str, Plain] = {
        "type": "SpecificResource",
        "source": web_address(source.url) or f"urn:uuid:{source.id}",
        "selector": [quote, position],
        "claimtrack:sha256": source.sha256,
    }
    return {**target, "state": state} if len(state) > 1 else target
