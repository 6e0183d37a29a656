"""Work on files alone, without a database: the commands extract, duplicates, check and dates."""

import json
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from claimtrack.errors import SourceError
from claimtrack.extract import Article, Extractor
from claimtrack.ingest.document import Document


def extract_sources(names: Sequence[str], published_on: date | None, input_format: str) -> Iterator[dict[str, Any]]:
    """One object a document, in input order, as they are ready; `{"id", "error"}` for one that can't be read.

    The contract of `claimtrack extract`: `text` is left out for JSONL input, whose reader has it.
    """
    from claimtrack.ingest import read_source

    sources = (item for name in names for item in read_source(name, input_format=input_format))
    extractor = Extractor()
    waiting: deque[Document | SourceError] = deque()

    def articles() -> Iterator[Article]:
        for source in sources:
            waiting.append(source)
            if isinstance(source, Document):
                yield Article(source.text, source.published_on or published_on, source.title)

    started = time.perf_counter()
    for statements in extractor.extract_all(articles()):
        while isinstance(waiting[0], SourceError):
            yield error_row(waiting.popleft())
        document = waiting.popleft()
        assert isinstance(document, Document)
        seconds, started = time.perf_counter() - started, time.perf_counter()
        name = document_id(document)
        day = document.published_on or published_on
        yield {
            "id": name,
            "title": document.title,
            "date": day.isoformat() if day else None,
            "seconds": round(seconds, 4),
            **({} if is_jsonl(document) else {"text": document.text}),
            "statements": [found.as_json(document.text, f"{name}#{n}") for n, found in enumerate(statements, 1)],
        }
    yield from (error_row(source) for source in waiting)


def document_id(document: Document) -> object:
    """The id that the input carries, or its path as given."""
    return document.name if document.given_id is None else document.given_id


def is_jsonl(document: Document) -> bool:
    """Whether the document is a line of JSONL."""
    return document.media_type == "application/jsonl"


def error_row(source: Document | SourceError) -> dict[str, Any]:
    """What is printed for a source that could not be read."""
    assert isinstance(source, SourceError)
    return {"id": source.source, "error": str(source)}


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """JSON objects of a file, one a line; "-" is standard input.

    Raises:
        SourceError: the file is missing, or a line is not a JSON object; the message names the line.
    """
    if str(path) != "-" and not path.is_file():
        raise SourceError(f"There is no file {path}; check the spelling and the folder.", source=str(path))
    with sys.stdin if str(path) == "-" else path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                value = json.loads(line)
            except ValueError as error:
                raise SourceError(
                    f"Line {number} of {path} is not JSON ({error}); mend or remove it.", source=f"{path}:{number}"
                ) from error
            if not isinstance(value, dict):
                raise SourceError(
                    f"Line {number} of {path} is not a JSON object; each line needs {{...}}.", source=f"{path}:{number}"
                )
            yield value


def judge_duplicates(path: Path) -> Iterator[dict[str, Any]]:
    """Judged pairs, then clusters: the contract of `claimtrack duplicates --input`."""
    from claimtrack.match.stream import judge_lines

    return judge_lines(read_lines(path), processes=0)


def judge_pairs(path: Path) -> Iterator[dict[str, Any]]:
    """An outcome a given pair: the contract of `claimtrack duplicates --pairs`."""
    from claimtrack.match.stream import judge_pairs as judge

    return judge(read_lines(path))


def check_quotes(queries: Iterable[dict[str, Any]], store: Path) -> Iterator[dict[str, Any]]:
    """How each alleged quotation differs from the recorded words: the contract of `claimtrack check`."""
    from claimtrack.fidelity import check_lines

    return check_lines(queries, read_lines(store))


def read_dates(path: Path) -> Iterator[dict[str, Any]]:
    """The date of the saying, sentence by sentence: the contract of `claimtrack dates`."""
    from claimtrack.extract.dates import read_dates as read

    return read(read_lines(path))
