"""JSONL in bulk: one document a line, its text taken verbatim."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from claimtrack.errors import LimitError, SourceError
from claimtrack.ingest.decode import check_text
from claimtrack.ingest.details import Details, When, describe, when
from claimtrack.ingest.document import Document
from claimtrack.ingest.heading import day_of_line
from claimtrack.ingest.language import guess_language
from claimtrack.ingest.paste import check_words
from claimtrack.limits import MAX_SOURCE_BYTES

MEDIA_TYPE = "application/jsonl"


def read_jsonl(lines: BinaryIO | Iterable[bytes], name: str) -> Iterator[Document | SourceError]:
    r"""The document of each line, in order, as they are read; a line that fails gives its error and the rest go on.

    A line is `{"id", "text", "meta": {"date", "title", "url"}}`; meta may also have "publisher", "author" and
    "language". The text is not touched. Blank lines are passed over.

    >>> [found.given_id for found in read_jsonl([b'{"id": 7, "text": "Rents rose."}\n'], "articles.jsonl")]
    [7]
    """
    empty = True
    for number, line in enumerate(_bounded(lines, name), 1):
        if not isinstance(line, bytes):
            yield line
        elif line.strip(b"\xef\xbb\xbf \t\r\n"):
            yield _read_line(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line, f"{name}:{number}")
        else:
            continue
        empty = False
    if empty:
        yield SourceError(f"{name} is empty; check that the right file was chosen.", source=name)


def _bounded(lines: BinaryIO | Iterable[bytes], name: str) -> Iterator[bytes | SourceError]:
    """Lines no longer than a source may be; a longer one from a file is read past without being kept."""
    if isinstance(lines, Iterable) and not hasattr(lines, "readline"):
        yield from lines
        return
    number = 0
    while line := lines.readline(MAX_SOURCE_BYTES + 1):
        number += 1
        if len(line) <= MAX_SOURCE_BYTES:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = lines.readline(MAX_SOURCE_BYTES)
        yield LimitError(
            f"Line {number} of {name} is over {MAX_SOURCE_BYTES // 1024 // 1024} MB, the limit for one document; "
            "split its text.",
            source=f"{name}:{number}",
        )


def _read_line(line: bytes, place: str) -> Document | SourceError:
    try:
        record = parse_object(line, place)
        return _document(record, line.strip(), place)
    except SourceError as error:
        return error


def parse_object(line: bytes, place: str) -> dict[str, Any]:  # Any: JSON, checked field by field by the caller
    """The JSON object of a line; anything else is an error that names the line."""
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{place} is not UTF-8 (byte 0x{line[error.start]:02x} at {error.start}); write the file as UTF-8.",
            source=place,
        ) from error
    except (ValueError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise SourceError(f"{place} is not JSON ({reason}); mend or remove this line.", source=place) from error
    if not isinstance(record, dict):
        raise SourceError(f'{place} is not a JSON object; each line needs {{"id", "text"}}.', source=place)
    return record


def _document(record: dict[str, Any], line: bytes, place: str) -> Document:
    given_id = record.get("id")
    source = place if given_id is None else given_id
    try:
        text = _checked_text(record.get("text"), place)
        details = _details(record.get("meta"), place)
    except SourceError as error:
        error.source = source
        raise
    document = Document(place, line, text, MEDIA_TYPE, "jsonl 1", given_id=given_id)
    return describe(document, ("file", details), ("text", Details(language=guess_language(text))))


def _checked_text(text: object, place: str) -> str:
    if not isinstance(text, str):
        raise SourceError(f'{place} has no "text"; each line needs {{"id", "text"}}.')
    check_text(text, place)
    check_words(text, place)
    return text


def _details(meta: object, place: str) -> Details:
    if meta is None:
        return Details()
    if not isinstance(meta, dict):
        raise SourceError(f'The "meta" of {place} is not an object; write {{"date", "title", "url"}} or leave it out.')
    words = {key: value for key, value in meta.items() if isinstance(value, str)}
    return Details(
        title=words.get("title"),
        publisher=words.get("publisher"),
        author=words.get("author"),
        when=_published(words.get("date")),
        language=words.get("language"),
        url=words.get("url"),
    )


def _published(words: str | None) -> When | None:
    """The day in ISO or in words; one that leaves it open ("03/04/2026", "spring") leaves it open here too."""
    day = day_of_line(words.strip()[:80]) if words else None
    return When(day) if day else when(words)
