"""Word files (.docx): paragraphs and tables in order, as the reader of the printed page sees them.

Read from the XML as a stream: python-docx builds the whole tree (1 GB for a bomb of 1 MB) and leaves out insertions
that are tracked. Inserted words are in the text, deleted ones, comments and field codes are not.
"""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import IO

from claimtrack.errors import LimitError, SourceError
from claimtrack.ingest.decode import check_text
from claimtrack.ingest.details import Details, describe
from claimtrack.ingest.document import Document, Raw
from claimtrack.ingest.heading import heading
from claimtrack.ingest.language import guess_language
from claimtrack.ingest.paste import Given, check_words, new_document
from claimtrack.limits import MAX_TEXT_CHARS, MAX_UNPACKED_BYTES, MAX_WORD_ELEMENTS

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BODY = "word/document.xml"
_BREAKS = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "\u2011"}

_TAGS = (*(_W + name for name in ("p", "r", "t", "tc", "tr", "tbl", "sectPr")), *_BREAKS, _MC + "Fallback")


def is_word(data: bytes) -> bool:
    """Whether the bytes are a ZIP archive with a Word text in it."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _BODY in archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False


def read_word(raw: Raw, given: Given) -> Document:
    """The document of a .docx file, a blank line between paragraphs, tabs between the cells of a table's row.

    Raises:
        SourceError: damaged, locked, or without text.
        LimitError: it unpacks to more than `claimtrack.limits` allows.
    """
    from lxml import etree

    try:
        with zipfile.ZipFile(BytesIO(raw.data)) as archive:
            _check_unpacked(archive, raw.name)
            with archive.open(_BODY) as body:
                text = "\n\n".join(_bounded(_paragraphs(body, raw.name), raw.name))
            told = _told(archive)
    except (
        zipfile.BadZipFile,
        KeyError,
        RuntimeError,
        NotImplementedError,
        EOFError,
        OSError,
        etree.LxmlError,
    ) as error:
        raise SourceError(
            f"{raw.name} is a damaged or locked Word file ({type(error).__name__}); open it, save it again without a "
            "password and import that.",
            source=raw.name,
        ) from error
    check_words(text, raw.name)
    check_text(text, raw.name)
    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    document = new_document(raw, text, media_type, "docx 1", given)
    return describe(document, ("file", told), ("text", heading(text)), ("text", Details(language=guess_language(text))))


def _check_unpacked(archive: zipfile.ZipFile, name: str) -> None:
    """Sizes as the archive's directory states them; zipfile never unpacks more than that."""
    size = sum(part.file_size for part in archive.infolist() if part.filename in {_BODY, "docProps/core.xml"})
    if size > MAX_UNPACKED_BYTES:
        raise LimitError(
            f"{name} unpacks to {size // 1024 // 1024} MB; the limit is {MAX_UNPACKED_BYTES // 1024 // 1024} MB. "
            "Save the part you need as plain text and import that.",
            source=name,
        )


def _paragraphs(body: IO[bytes], name: str) -> Iterator[str]:
    """Text of each paragraph outside tables and each row of a table, as the XML streams by."""
    from lxml import etree

    words: list[str] = []
    cells: list[str] = []
    tables = skipped = 0
    events = etree.iterparse(
        body,
        events=("start", "end"),
        tag=_TAGS,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    for number, (event, node) in enumerate(events):
        if number > 2 * MAX_WORD_ELEMENTS:
            raise LimitError(
                f"{name} has over {MAX_WORD_ELEMENTS:,} paragraphs, cells and runs, the limit for a Word file; "
                "split it and import the parts.",
                source=name,
            )
        tag = node.tag
        if event == "start":
            tables += tag == _W + "tbl"
            skipped += tag == _MC + "Fallback"
            continue
        if skipped:
            skipped -= tag == _MC + "Fallback"
        elif tag == _W + "t":
            words.append(node.text or "")
        elif tag in _BREAKS and node.getparent() is not None and node.getparent().tag == _W + "r":
            words.append(_BREAKS[tag])
        elif tag == _W + "p":
            words.append("" if not tables else " ")
            if not tables:
                yield from _line(words)
        elif tag == _W + "tc":
            cells.append("".join(words).strip())
            words.clear()
        elif tag == _W + "tr":
            yield from _line(["\t".join(cells)])
            cells.clear()
        elif tag == _W + "tbl":
            tables -= 1
        if tag in {_W + "p", _W + "tr", _W + "sectPr"}:
            node.clear()
            while node.getprevious() is not None:
                del node.getparent()[0]


def _line(words: list[str]) -> Iterator[str]:
    line = "".join(words).strip()
    words.clear()
    if line:
        yield line


def _bounded(lines: Iterator[str], name: str) -> Iterator[str]:
    size = 0
    for line in lines:
        size += len(line) + 2
        if size > MAX_TEXT_CHARS:
            raise LimitError(
                f"{name} has over {MAX_TEXT_CHARS:,} characters of text, the limit for one source; "
                "split it and import the parts.",
                source=name,
            )
        yield line


def _told(archive: zipfile.ZipFile) -> Details:
    """Title and author as the file states them; its dates are when somebody saved it, so they are not proposed."""
    from lxml import etree

    if "docProps/core.xml" not in archive.namelist():
        return Details()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(archive.read("docProps/core.xml"), parser)
    terms = "{http://purl.org/dc/elements/1.1/}"
    return Details(title=root.findtext(terms + "title"), author=root.findtext(terms + "creator"))
