"""An Atom feed (RFC 4287) of released claims, newest first, corrections and withdrawals included; plain text."""

import xml.etree.ElementTree as ET
from datetime import UTC, datetime

from claimtrack.reports import tables
from claimtrack.reports.model import Report, ReportClaim
from claimtrack.reports.wording import Wording, shown, web_address

_ATOM = "http://www.w3.org/2005/Atom"


def render(report: Report) -> bytes:
    """The feed as UTF-8."""
    ET.register_namespace("", _ATOM)
    wording, template = Wording(report.template), report.template
    feed = ET.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": template.language})
    claims = sorted(report.claims, key=updated, reverse=True)
    _add(feed, "title", f"{template.desk}: {report.title}")
    _add(feed, "id", template.desk_url or f"urn:claimtrack:{template.desk}")
    _add(feed, "updated", stamp(updated(claims[0]) if claims else report.made_at))
    _author(feed, report)
    if web_address(template.desk_url):
        ET.SubElement(feed, f"{{{_ATOM}}}link", {"href": template.desk_url or ""})
    for claim in claims:
        _entry(feed, claim, report, wording)
    return ET.tostring(feed, encoding="unicode", xml_declaration=False).encode()


def updated(claim: ReportClaim) -> datetime:
    """When the public last saw it change: release, or the newest correction."""
    times = [correction.at for correction in claim.corrections]
    times += [time for time in (claim.released_at,) if time]
    return max(times, default=datetime.min.replace(tzinfo=UTC))


def stamp(moment: datetime) -> str:
    """RFC 3339 in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _entry(feed: ET.Element, claim: ReportClaim, report: Report, wording: Wording) -> None:
    entry = ET.SubElement(feed, f"{{{_ATOM}}}entry")
    is_withdrawn = claim.state == "withdrawn"
    verdict = wording.say("state.withdrawn") if is_withdrawn else wording.verdict(claim.decision)
    _add(entry, "title", f"{verdict}: {claim.short or claim.text}")
    _add(entry, "id", f"urn:uuid:{claim.id}")
    _add(entry, "updated", stamp(updated(claim)))
    if claim.released_at:
        _add(entry, "published", stamp(claim.released_at))
    address = web_address(tables.address(claim, report))
    if address:
        ET.SubElement(entry, f"{{{_ATOM}}}link", {"rel": "alternate", "href": address})
    why = None if is_withdrawn else tables.reasoning(claim)
    changes = [f"{wording.day(item.at)}: {item.text}" for item in claim.corrections]
    readers = wording.readers(claim.decision)
    _add(entry, "summary", "\n".join(part for part in (claim.text, verdict, why, readers, *changes) if part))


def _author(feed: ET.Element, report: Report) -> None:
    author = ET.SubElement(feed, f"{{{_ATOM}}}author")
    _add(author, "name", report.template.desk)


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}{name}").text = shown(text)
