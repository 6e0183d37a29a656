"""PDF files: the text of each page, with the offset at which the page begins.

pypdf, because it is pure Python under a BSD licence (pymupdf is faster and AGPL). Scanned pages hold no text: that is
an error with the next step, not an empty document.
"""

import time
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

from claimtrack.errors import LimitError, SourceError
from claimtrack.ingest.decode import check_text
from claimtrack.ingest.details import Details, describe, of_datetime
from claimtrack.ingest.document import Document, Raw
from claimtrack.ingest.heading import heading
from claimtrack.ingest.language import guess_language
from claimtrack.ingest.paste import Given, new_document
from claimtrack.limits import (
    MAX_PAGES,
    MAX_PDF_FORMS,
    MAX_PDF_OPERATIONS,
    MAX_PDF_RATIO,
    MAX_PDF_STREAM_BYTES,
    MAX_READ_SECONDS,
    MAX_TEXT_CHARS,
)

if TYPE_CHECKING:
    from pypdf import PdfReader

_VERSION = 1
#: What databases can't keep and broken fonts give: shown as U+FFFD.
_UNKEPT = dict.fromkeys([0, *range(0xD800, 0xE000)], "\ufffd")
#: pypdf's own limits let 1 MB take minutes and 1 GB. No outside program is started for pictures.
_LIMITS: dict[str, Any] = {  # Any: the values of pypdf's settings
    "zlib_maximum_output_length": MAX_PDF_STREAM_BYTES,
    "lzw_maximum_output_length": MAX_PDF_STREAM_BYTES,
    "run_length_maximum_output_length": MAX_PDF_STREAM_BYTES,
    "array_based_stream_maximum_output_length": MAX_PDF_STREAM_BYTES,
    "stream_decoding_work_maximum_length": 4 * MAX_PDF_STREAM_BYTES,
    "stream_parsing_work_maximum_count": MAX_PDF_OPERATIONS,
    "xform_maximum_invocations_per_extraction": MAX_PDF_FORMS,
    "page_tree_maximum_entries": 2 * MAX_PAGES,
    "page_tree_maximum_page_entries": 20 * MAX_PAGES,
    "jbig2dec_binary": None,
    "disable_legacy_handling": True,
}


def read_pdf(raw: Raw, given: Given) -> Document:
    """The document of a PDF file; its pages are parted by a blank line, `pages` holds where each begins.

    Raises:
        SourceError: encrypted, damaged, or without text.
        LimitError: more pages or characters than `claimtrack.limits` allows, or too slow to read.
    """
    import pypdf
    import pypdf.errors

    try:
        with pypdf.apply_configuration(**_LIMITS):
            reader = pypdf.PdfReader(BytesIO(raw.data))
            _unlock(reader, raw.name)
            text, pages = _text(reader, raw.name, len(raw.data))
            told = _told(reader)
    except SourceError:
        raise
    except pypdf.errors.LimitReachedError as error:
        raise LimitError(
            f"{raw.name} unpacks to more than is read of one PDF ({error}); print the pages you need to a new PDF and "
            "import that.",
            source=raw.name,
        ) from error
    # A damaged file fails in pypdf in as many ways as there are damages; each is a source that can't be read.
    except Exception as error:
        raise SourceError(
            f"{raw.name} is a damaged PDF ({type(error).__name__}); open it, print it to a new PDF and import that.",
            source=raw.name,
        ) from error
    if not any(letter.isalnum() for letter in text):
        raise SourceError(
            f"{raw.name} holds pictures of pages but no text; run text recognition (OCR) on it and import the result.",
            source=raw.name,
        )
    check_text(text, raw.name)
    document = new_document(raw, text, "application/pdf", f"pypdf {pypdf.__version__} pages {_VERSION}", given)
    document = replace(document, pages=pages)
    return describe(document, ("file", told), ("text", heading(text)), ("text", Details(language=guess_language(text))))


def _unlock(reader: "PdfReader", name: str) -> None:
    """Open a file that only forbids printing or copying; one that needs a password is an error."""
    if reader.is_encrypted and not reader.decrypt(""):
        raise SourceError(f"{name} is locked with a password; print it to a new PDF and import that.", source=name)


def _text(reader: "PdfReader", name: str, size: int) -> tuple[str, tuple[int, ...]]:
    """Text of all pages and the offset of each; stops when time or room is over."""
    if len(reader.pages) > MAX_PAGES:
        raise LimitError(
            f"{name} has {len(reader.pages):,} pages; the limit is {MAX_PAGES:,}. Print the pages you need to a new "
            "PDF and import that.",
            source=name,
        )
    deadline = time.thread_time() + MAX_READ_SECONDS * max(1.0, size / 1024 / 1024)
    pages: list[int] = []
    parts: list[str] = []
    at = unpacked = 0
    for page in reader.pages:
        contents = page.get_contents()
        unpacked += len(contents.get_data()) if contents is not None else 0
        if unpacked > MAX_PDF_RATIO * (size + 20_000):
            raise LimitError(
                f"{name} unpacks to over {MAX_PDF_RATIO} times its size, the limit for a PDF; print the pages you need "
                "to a new PDF and import that.",
                source=name,
            )
        words = page.extract_text().translate(_UNKEPT).replace("\r\n", "\n").replace("\r", "\n").strip()
        pages.append(at)
        parts.append(words)
        at += len(words) + 2
        if at > MAX_TEXT_CHARS or time.thread_time() > deadline:
            raise LimitError(
                f"{name} has over {MAX_TEXT_CHARS:,} characters or takes over {MAX_READ_SECONDS:g} seconds a MB, "
                "the limits for one source; print the pages you need to a new PDF and import that.",
                source=name,
            )
    return "\n\n".join(parts), tuple(pages)


def _told(reader: "PdfReader") -> Details:
    """What the file says of itself. Its date is when the file was made, which is proposed as such."""
    told = reader.metadata
    if not told:
        return Details()
    try:
        made = told.creation_date
    except ValueError:
        made = None
    title = told.title
    if title and title.lower().endswith((".doc", ".docx", ".pdf", ".indd", ".qxd")):
        title = None
    return Details(title=title, author=told.author, when=of_datetime(made) if made else None)
