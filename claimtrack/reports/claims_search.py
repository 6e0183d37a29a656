"""The answer of Google's Fact Check Tools `claims:search`, so that what reads that API reads a desk's file."""

import json
from collections.abc import Iterator

from claimtrack.reports import tables
from claimtrack.reports.as_json import Plain
from claimtrack.reports.atom import stamp
from claimtrack.reports.claimreview import claimant, first_made
from claimtrack.reports.model import Decision, Report, ReportClaim
from claimtrack.reports.wording import Wording, web_address


def render(report: Report) -> Iterator[str]:
    """`{"claims": [...]}` of what the desk stands by."""
    wording = Wording(report.template)
    kept = [claim for claim in report.claims if claim.state != "withdrawn"]
    found = [_claim(claim, claim.decision, report, wording) for claim in kept if claim.decision]
    yield json.dumps({"claims": found}, ensure_ascii=False, indent=1) + "\n"


def _claim(claim: ReportClaim, decision: Decision, report: Report, wording: Wording) -> dict[str, Plain]:
    party, made = claimant(claim), first_made(claim)
    released = claim.released_at or decision.at
    site = (web_address(report.template.desk_url) or "").partition("://")[2].partition("/")[0]
    publisher = {"name": report.template.desk, "site": site}
    review = {
        "publisher": {name: value for name, value in publisher.items() if value},
        "url": web_address(tables.address(claim, report)),
        "title": claim.short or claim.text,
        "reviewDate": stamp(released) if released else None,
        "textualRating": wording.verdict(decision),
        "languageCode": report.template.language,
    }
    found = {
        "text": claim.text,
        "claimant": party.name if party else None,
        "claimDate": f"{made.isoformat()}T00:00:00Z" if made else None,
        "claimReview": [{name: value for name, value in review.items() if value}],
    }
    return {name: value for name, value in found.items() if value}
