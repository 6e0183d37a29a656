"""The formats, listed in one place for the command line and the Reports page.

A renderer is named, not imported, so that listing the formats costs nothing.
"""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from claimtrack.errors import RuleError
from claimtrack.reports.model import Audience, Report
from claimtrack.reports.names import path_in


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a report."""

    name: str  #: what `claimtrack export --format` takes
    title: str
    use: str  #: what it is for, in one line
    extension: str
    media_type: str
    maker: str  #: "module:function" under claimtrack.reports
    is_public_only: bool = False  #: made to be published; other audiences are refused
    is_streamed: bool = False  #: made piece by piece; the others are held in memory

    def render(self, report: Report) -> Iterator[bytes]:
        """The file in pieces.

        Raises:
            RuleError: the report was not cut to an audience, or not to the public for a format made to be published.
        """
        if report.audience is None:
            raise RuleError("Choose whom the report is for (public, editor or lawyer) before it is written.")
        if self.is_public_only and report.audience is not Audience.PUBLIC:
            raise RuleError(f"{self.title} is made to be published; export it for the public.")
        module, _, function = self.maker.partition(":")
        made: bytes | Iterable[str | bytes] = getattr(import_module(f"claimtrack.reports.{module}"), function)(report)
        return _as_bytes([made] if isinstance(made, bytes) else made)


def _as_bytes(pieces: Iterable[str | bytes]) -> Iterator[bytes]:
    for piece in pieces:
        yield piece.encode("utf-8", "backslashreplace") if isinstance(piece, str) else piece


_ALL = (
    Format(
        "html", "Web page", "reading, printing, forwarding", "html", "text/html", "as_html:render", is_streamed=True
    ),
    Format("pdf", "PDF", "filing and signing: tagged, searchable", "pdf", "application/pdf", "as_pdf:render"),
    Format(
        "docx",
        "Word",
        "editing in the newsroom's own styles",
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "as_word:render",
    ),
    Format("markdown", "Markdown", "mails and wikis", "md", "text/markdown", "as_markdown:render", is_streamed=True),
    Format("csv", "CSV", "one row a quotation, for any program", "csv", "text/csv", "as_csv:render", is_streamed=True),
    Format(
        "xlsx",
        "Excel",
        "sorting and filtering, one sheet a kind of thing",
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "as_xlsx:render",
    ),
    Format(
        "json", "JSON", "everything, to be read back", "json", "application/json", "as_json:render", is_streamed=True
    ),
    Format(
        "jsonl",
        "JSON Lines",
        "everything, one claim a line",
        "jsonl",
        "application/jsonl",
        "as_json:render_lines",
        is_streamed=True,
    ),
    Format(
        "claimreview",
        "ClaimReview",
        "the check as structured data (schema.org)",
        "jsonld",
        "application/ld+json",
        "claimreview:render",
        is_public_only=True,
    ),
    Format(
        "claimreview-feed",
        "ClaimReview feed",
        "all checks as one data feed",
        "jsonld",
        "application/ld+json",
        "claimreview:render_feed",
        is_public_only=True,
    ),
    Format("atom", "Atom feed", "news readers", "atom", "application/atom+xml", "atom:render", is_public_only=True),
    Format(
        "claims-search",
        "Fact Check Tools",
        "programs that read Google's claims:search",
        "json",
        "application/json",
        "claims_search:render",
        is_public_only=True,
    ),
    Format(
        "annotations",
        "Web Annotations",
        "showing the quotations in their sources (W3C)",
        "jsonld",
        "application/ld+json",
        "annotations:render",
        is_streamed=True,
    ),
    Format(
        "csl", "CSL-JSON", "the sources for Zotero and the like", "json", "application/json", "bibliography:render_csl"
    ),
    Format(
        "ris",
        "RIS",
        "the sources for EndNote and the like",
        "ris",
        "application/x-research-info-systems",
        "bibliography:render_ris",
    ),
)

#: By name, in the order in which people should see them.
FORMATS = MappingProxyType({one.name: one for one in _ALL})


def save(name: str, report: Report, folder: Path) -> Path:
    """Write the report into the folder under a name made by us, whole or not at all, and say where it is.

    Raises:
        RuleError: no such format, an audience that it is not for, or a link in the file's place.
    """
    if name not in FORMATS:
        raise RuleError(f"There is no format “{name}”; choose one of {', '.join(FORMATS)}.")
    pieces = FORMATS[name].render(report)
    place = path_in(folder, report.title, f"{report.audience}.{FORMATS[name].extension}")
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".{place.name}.{secrets.token_hex(4)}"
    try:
        with draft.open("xb") as file:
            file.writelines(pieces)
        return draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)
