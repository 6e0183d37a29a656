"""Any source to documents: what the bytes are is told by themselves first, then by the name or the server."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path, PurePath
from typing import BinaryIO, Unpack

from claimtrack.errors import LimitError, SourceError
from claimtrack.ingest.decode import check_size, decode
from claimtrack.ingest.document import Document, Raw
from claimtrack.ingest.lines import read_jsonl
from claimtrack.ingest.paste import Given, check_not_empty, text_document
from claimtrack.ingest.webpage import read_page
from claimtrack.limits import MAX_SOURCE_BYTES

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
        given: what is known of the documents already.
    """
    name = str(path)
    if name == "-":
        import sys

        yield from _read_stream(sys.stdin.buffer, name, url, input_format, given)
        return
    try:
        if Path(path).is_dir():
            yield from _read_folder(Path(path), input_format, given)
            return
        with Path(path).open("rb") as stream:
            yield from _read_stream(stream, name, url, input_format, given)
    except FileNotFoundError:
        yield SourceError(f"There is no file {name}; check the spelling and the folder.", source=name)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield SourceError(f"{name} could not be opened ({reason}); check that it can be read.", source=name)


def read_bytes(raw: Raw, given: Given, input_format: str = "auto") -> Found:
    """The documents that the bytes hold; as `read_source`, for what was not read from a file."""
    try:
        check_size(raw.data, raw.name)
        check_not_empty(raw)
        yield from READERS[_format(raw, input_format)](raw, given)
    except SourceError as error:
        yield error


def _read_folder(folder: Path, input_format: str, given: Given) -> Found:
    found = False
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts):
            found = True
            yield from read_source(path, input_format=input_format, **given)
    if not found:
        yield SourceError(f"The folder {folder} has no files; check that it is the right one.", source=str(folder))


def _read_stream(stream: BinaryIO, name: str, url: str | None, input_format: str, given: Given) -> Found:
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
    yield from read_bytes(Raw(data, name, url=url), given, input_format)


def _ending(name: str) -> str:
    return PurePath(name).suffix.lower()


def _format(raw: Raw, input_format: str) -> str:
    """Which reader the bytes need."""
    if input_format != "auto":
        return input_format
    ending = _ending(raw.name)
    start = raw.data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if ending in {".html", ".htm", ".xhtml"} or raw.media_type in {"text/html", "application/xhtml+xml"}:
        return "html"
    if start.startswith((b"<!doctype html", b"<html")) and ending != ".txt":
        return "html"
    return "text"


def _text(raw: Raw, given: Given) -> Found:
    yield text_document(raw, decode(raw.data, raw.name), given)


def _page(raw: Raw, given: Given) -> Found:
    yield read_page(raw, given)


def _lines(raw: Raw, given: Given) -> Found:  # noqa: ARG001 - a line says itself what is known of it
    yield from read_jsonl(BytesIO(raw.data), raw.name)


#: Reader of each format. Each may raise a SourceError for the whole source, or give one in place of a part.
READERS: dict[str, Callable[[Raw, Given], Found]] = {"text": _text, "html": _page, "jsonl": _lines}
