"""The words of a rendered report, for a page that shows them as plain text and runs nothing of the file."""

import io

from lxml import html
from pypdf import PdfReader

#: Pages of a PDF whose words are shown: the beginning is what people check before they save the file.
MAX_PAGES = 10


def is_text(data: bytes) -> bool:
    """Whether the bytes are UTF-8 text and no archive."""
    try:
        return b"\0" not in data[:1_000] and bool(data.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def of_pdf(data: bytes) -> list[str]:
    """The words of the first pages, page by page."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages[:MAX_PAGES]]


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
