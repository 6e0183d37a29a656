"""A rendered report as a page can show it: pictures or plain words; nothing of the file is run."""

import io
from dataclasses import replace

from lxml import html
from pypdf import PdfReader

from claimtrack.reports import as_pdf
from claimtrack.reports.model import Audience
from claimtrack.services.desk import Work
from claimtrack.services.export_report import Selection, build_report

#: Claims and pages that are drawn: the beginning is what people check before they save the file.
MAX_CLAIMS, MAX_PAGES = 4, 6
#: Dots an inch: a page of A4 is 800 wide, which fills the column that it is shown in.
_PPI = 97.0


def is_text(data: bytes) -> bool:
    """Whether the bytes are UTF-8 text and no archive."""
    try:
        return b"\0" not in data[:1_000] and bool(data.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def count_pages(data: bytes) -> int:
    """How many pages the PDF has."""
    return len(PdfReader(io.BytesIO(data)).pages)


def pages_of(work: Work, selection: Selection, audience: str, title: str | None = None) -> list[bytes]:
    """The first pages of the PDF as pictures (PNG), drawn of the first claims alone: a long report takes too long."""
    report = build_report(work, selection, Audience(audience), title=title)
    few = replace(report, claims=report.claims[:MAX_CLAIMS], unclaimed=report.unclaimed[:MAX_CLAIMS])
    return as_pdf.pictures(few, _PPI)[:MAX_PAGES]


def of_html(data: bytes) -> str:
    r"""The words of the page's body, a line for each block; scripts and styles left out.

    >>> of_html(b"<html><body><h1>Report</h1><script>no()</script><p>One <b>claim</b>.</p></body></html>")
    'Report\nOne claim.'
    """
    body = html.document_fromstring(data).find("body")
    if body is None:
        return ""
    for one in body.xpath(".//script | .//style | .//template"):
        one.drop_tree()
    for block in body.xpath(".//p | .//h1 | .//h2 | .//h3 | .//h4 | .//li | .//tr | .//dt | .//dd | .//div | .//br"):
        block.tail = "\n" + (block.tail or "")
    for cell in body.xpath(".//td | .//th | .//blockquote"):
        cell.tail = " " + (cell.tail or "")
    lines = (" ".join(line.split()) for line in body.text_content().split("\n"))
    return "\n".join(line for line in lines if line)
