"""Any source to documents: what the bytes are is told by themselves first, then by the name or the server."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePath
from typing import BinaryIO, Unpack

from claimtrack.errors import LimitError, SourceError
from claimtrack.ingest.archive import is_archive, read_archive
from claimtrack.ingest.decode import check_size, decode
from claimtrack.ingest.document import Document, Raw
from claimtrack.ingest.feed import is_feed, read_feed
from claimtrack.ingest.lines import read_jsonl
from claimtrack.ingest.mail import read_mail
from claimtrack.ingest.paste import Given, check_not_empty, text_document
from claimtrack.ingest.pdf import read_pdf
from claimtrack.ingest.posts import read_posts
from claimtrack.ingest.subtitles import read_subtitles
from claimtrack.ingest.table import read_table
from claimtrack.ingest.webpage import read_page
from claimtrack.ingest.word import is_word, read_word
from claimtrack.limits import MAX_SOURCE_BYTES

# Libraries would print their warnings on the terminal of whoever imports; what matters is in the errors here.
for _library in ("trafilatura", "htmldate", "pypdf", "charset_normalizer", "warcio"):
    logging.getLogger(_library).addHandler(logging.NullHandler())

Found = Iterator[Document | SourceError]


def read_source(
    path: Path | str, *, input_format: str = "auto", url: str | None = None, **given: Unpack[Given]
) -> Found:
    """The documents of a file, a folder (its files by name, hidden ones left out) or "-" (standard input).

    Nothing is raised for a bad source: its error stands in the place of the document, and the rest go on. Memory holds
    one document at a time.

    Args:
        path: shown in messages as it is given.
        input_format: a key of `READERS`; "auto" decides by content and name.
        url: the address that a single file was saved from.
        given: what is known of the documents already; `columns` names the columns of a CSV file.
    """
    for one in gather(path, input_format=input_format, url=url, **given):
        if isinstance(one, Unread):
            yield from read_bytes(one.raw, one.given, one.input_format)
        else:
            yield one


def gather(
    path: Path | str, *, input_format: str = "auto", url: str | None = None, **given: Unpack[Given]
) -> Iterator["Unread | Document | SourceError"]:
    """As `read_source`, with the bytes of each file that holds one document not read yet: any process can do that."""
    name = str(path)
    if name == "-":
        import sys

        yield from _gather_stream(sys.stdin.buffer, name, url, input_format, given)
        return
    try:
        if Path(path).is_dir():
            yield from _gather_folder(Path(path), input_format, given)
            return
        with Path(path).open("rb") as stream:
            yield from _gather_stream(stream, name, url, input_format, given)
    except FileNotFoundError:
        yield SourceError(f"There is no file {name}; check the spelling and the folder.", source=name)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield SourceError(f"{name} could not be opened ({reason}); check that it can be read.", source=name)


@dataclass(frozen=True, slots=True)
class Unread:
    """The bytes of one document, with what is needed to read them."""

    raw: Raw
    given: Given = field(default_factory=Given)
    input_format: str = "auto"


#: What browsers add to a saved page's name for the folder with its pictures, styles and scripts.
_PARTS = ("_files", ".files", "-Dateien", "_fichiers", "_archivos", "_file", "_bestanden", "-filer", "_pliki")


def is_part_of_page(path: Path, folder: Path) -> bool:
    """Whether a file of the folder belongs to a complete web page that a browser saved beside it ("port_files/")."""
    for parent in path.parents:
        if parent == folder:
            return False
        for ending in _PARTS:
            stem = parent.name.removesuffix(ending)
            if stem != parent.name and any((parent.parent / f"{stem}{kind}").is_file() for kind in (".html", ".htm")):
                return True
    return False


def read_bytes(raw: Raw, given: Given, input_format: str = "auto") -> Found:
    """The documents that the bytes hold; as `read_source`, for what was not read from a file."""
    try:
        check_size(raw.data, raw.name)
        check_not_empty(raw)
        yield from READERS[_format(raw, input_format)](raw, given)
    except SourceError as error:
        yield error


def _gather_folder(folder: Path, input_format: str, given: Given) -> Iterator[Unread | Document | SourceError]:
    found = False
    for path in sorted(folder.rglob("*")):
        is_hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not is_hidden and not is_part_of_page(path, folder):
            found = True
            yield from gather(path, input_format=input_format, **given)
    if not found:
        yield SourceError(f"The folder {folder} has no files; check that it is the right one.", source=str(folder))


def _gather_stream(
    stream: BinaryIO, name: str, url: str | None, input_format: str, given: Given
) -> Iterator[Unread | Document | SourceError]:
    if input_format == "jsonl" or (input_format == "auto" and _ending(name) in {".jsonl", ".ndjson"}):
        yield from read_jsonl(stream, name)
        return
    data = stream.read(MAX_SOURCE_BYTES + 1)
    if len(data) > MAX_SOURCE_BYTES:
        yield LimitError(
            f"{name} is over {MAX_SOURCE_BYTES // 1024 // 1024} MB, the limit for one source; "
            "save the part you need as plain text and import that.",
            source=name,
        )
        return
    raw = Raw(data, name, url=url)
    if not data or _format(raw, input_format) in HOLD_ONE:
        yield Unread(raw, given, input_format)
    else:
        yield from read_bytes(raw, given, input_format)


def _ending(name: str) -> str:
    return PurePath(name).suffix.lower()


def _format(raw: Raw, input_format: str) -> str:
    """Which reader the bytes need: by themselves first, then by the name's ending, then by what the server says."""
    if input_format != "auto":
        return input_format
    start = raw.data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in raw.data[:1024]:
        return "pdf"
    if start.startswith(b"PK\x03\x04") and is_word(raw.data):
        return "docx"
    if is_archive(raw.data):
        return "warc"
    ending = _ending(raw.name)
    if ending == ".txt":
        return "text"
    if start.startswith(b"WEBVTT"):
        return "subtitles"
    if is_feed(raw.data):
        return "feed"
    if start.startswith(b"window.YTD."):
        return "posts"
    if known := ENDINGS.get(ending) or MEDIA_TYPES.get(raw.media_type):
        return known
    return "html" if start.lower().startswith((b"<!doctype html", b"<html", b"<!-- saved from")) else "text"


ENDINGS = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".eml": "mail",
    ".mht": "mail",
    ".mhtml": "mail",
    ".srt": "subtitles",
    ".vtt": "subtitles",
    ".csv": "table",
    ".tsv": "table",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
    ".json": "posts",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
MEDIA_TYPES = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "message/rfc822": "mail",
    "multipart/related": "mail",
    "text/vtt": "subtitles",
    "application/x-subrip": "subtitles",
    "text/csv": "table",
    "text/tab-separated-values": "table",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/xml": "feed",
    "text/xml": "feed",
    "application/json": "posts",
    "application/activity+json": "posts",
    "application/ld+json": "posts",
    "application/jsonl": "jsonl",
    "application/x-ndjson": "jsonl",
}


def _text(raw: Raw, given: Given) -> Found:
    yield text_document(raw, decode(raw.data, raw.name), given)


def _lines(raw: Raw, given: Given) -> Found:  # noqa: ARG001 - a line says itself what is known of it
    yield from read_jsonl(BytesIO(raw.data), raw.name)


def _one(read: Callable[[Raw, Given], Document]) -> Callable[[Raw, Given], Found]:
    def reader(raw: Raw, given: Given) -> Found:
        yield read(raw, given)

    return reader


def _archive(raw: Raw, given: Given) -> Found:
    return read_archive(raw, given, read_bytes)


#: Formats of which a file holds one document.
HOLD_ONE = frozenset({"text", "html", "pdf", "docx", "mail", "subtitles"})

#: Reader of each format. Each may raise a SourceError for the whole source, or give one in place of a part.
READERS: dict[str, Callable[[Raw, Given], Found]] = {
    "text": _text,
    "html": _one(read_page),
    "jsonl": _lines,
    "pdf": _one(read_pdf),
    "docx": _one(read_word),
    "mail": _one(read_mail),
    "subtitles": _one(read_subtitles),
    "warc": _archive,
    "feed": read_feed,
    "table": read_table,
    "posts": read_posts,
}
