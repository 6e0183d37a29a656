"""The sources and the evidence as CSL-JSON and RIS, for reference managers."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from claimtrack.reports.as_json import Plain
from claimtrack.reports.model import Report
from claimtrack.reports.wording import shown, web_address

#: Our kinds of records as CSL 1.0.2 and RIS name them.
_CSL = {
    "report": "article-newspaper",
    "recording": "speech",
    "post": "post",
    "notes": "manuscript",
    "document": "report",
}
_RIS = {"report": "NEWS", "recording": "SOUND", "post": "BLOG", "notes": "UNPB", "document": "RPRT"}


@dataclass(frozen=True, slots=True)
class Work:
    """What a reference manager keeps of a source."""

    id: str
    kind: str  #: as `Source.record_kind`, or web
    title: str
    container: str | None = None
    author: str | None = None
    issued: date | None = None
    accessed: date | datetime | None = None
    url: str | None = None
    archive: str | None = None
    language: str | None = None
    note: str | None = None


def works(report: Report) -> Iterator[Work]:
    """Every saved copy, then the evidence that has no saved copy; confidential evidence is never here."""
    for source in report.sources:
        if not source.confidential:
            yield Work(
                id=source.id,
                kind=source.record_kind,
                title=source.title or source.url or source.id,
                container=source.publisher,
                author=source.author,
                issued=source.published_on,
                accessed=source.captured_at,
                url=web_address(source.url),
                archive=web_address(source.archive_url),
                language=source.language,
                note=f"sha256 {source.sha256}",
            )
    for claim in report.claims:
        for item in claim.evidence:
            if item.source is None and not item.confidential:
                yield Work(
                    id=item.id,
                    kind="web" if item.url else "document",
                    title=item.title,
                    container=item.publisher,
                    issued=item.published_on,
                    accessed=item.accessed_on,
                    url=web_address(item.url),
                    archive=web_address(item.archive_url),
                    note=item.locator,
                )


def render_csl(report: Report) -> Iterator[str]:
    """A CSL-JSON list."""
    yield json.dumps([_csl(work) for work in works(report)], ensure_ascii=False, indent=1) + "\n"


def _csl(work: Work) -> dict[str, Plain]:
    found: dict[str, Plain] = {
        "id": work.id,
        "type": _CSL.get(work.kind, "webpage"),
        "title": work.title,
        "container-title": work.container,
        "author": [{"literal": work.author}] if work.author else None,
        "issued": _parts(work.issued),
        "accessed": _parts(work.accessed),
        "URL": work.url,
        "archive_location": work.archive,
        "language": work.language,
        "note": work.note,
    }
    return {name: value for name, value in found.items() if value}


def _parts(day: date | datetime | None) -> Plain:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else None


def render_ris(report: Report) -> Iterator[str]:
    """RIS records, CRLF as the format wants; a line break in a text becomes a blank."""
    for work in works(report):
        yield "".join(f"{tag}  - {_flat(value)}\r\n" for tag, value in _ris(work) if value) + "ER  - \r\n\r\n"


def _ris(work: Work) -> Iterator[tuple[str, str | None]]:
    yield "TY", _RIS.get(work.kind, "ELEC")
    yield "ID", work.id
    yield "TI", work.title
    yield "AU", work.author
    yield "T2", work.container
    yield "PY", str(work.issued.year) if work.issued else None
    yield "DA", f"{work.issued:%Y/%m/%d}" if work.issued else None
    yield "Y2", f"{work.accessed:%Y/%m/%d}" if work.accessed else None
    yield "UR", work.url
    yield "L2", work.archive
    yield "LA", work.language
    yield "N1", work.note


_BLANKS = re.compile(r"\s+")


def _flat(text: str) -> str:
    return _BLANKS.sub(" ", shown(text)).strip()
