"""CSV in bulk: one document a row, its columns told by their names or by a mapping."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from claimtrack.errors import SourceError
from claimtrack.ingest.decode import check_text, decode
from claimtrack.ingest.details import Details, When, describe, when
from claimtrack.ingest.document import Document, Raw
from claimtrack.ingest.heading import day_of_line
from claimtrack.ingest.language import guess_language
from claimtrack.ingest.paste import Given, check_words, new_document
from claimtrack.limits import MAX_TEXT_CHARS

#: Names under which columns are known, best first. A mapping names others: {"text": "Wortlaut"}.
COLUMNS: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "article", "content", "full_text", "story", "transcript", "quote", "statement"),
    "id": ("id", "guid", "key", "number"),
    "title": ("title", "headline", "subject"),
    "date": ("date", "published", "published_on", "published_at", "publication_date", "pubdate", "day"),
    "url": ("url", "link", "address", "permalink"),
    "publisher": ("publisher", "outlet", "source", "newspaper", "site", "publication"),
    "author": ("author", "byline", "writer", "reporter"),
    "language": ("language", "lang"),
}


def read_table(raw: Raw, given: Given) -> Iterator[Document | SourceError]:
    """The document of each row, in order; a row without text gives an error that names its line.

    Args:
        raw: a file with one line of column names, parted by comma, semicolon, tab or bar.
        given: what is known of all rows; `columns` has the name of the column in the file by field of `COLUMNS`,
            where it is not one of the known ones.

    Raises:
        SourceError: no column for the text, or a mapping to a column that is not there.
    """
    text = decode(raw.data, raw.name)
    csv.field_size_limit(MAX_TEXT_CHARS)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(text), restkey="")
    try:
        mapping = _mapping(rows.fieldnames or [], given.get("columns") or {}, raw.name)
        for row in rows:
            place = f"{raw.name}:{rows.line_num}"
            try:
                yield _document({field: row.get(column) or "" for field, column in mapping.items()}, place, given)
            except SourceError as error:
                yield error
    except csv.Error as error:
        raise SourceError(f"{raw.name} breaks off at line {rows.line_num}: {error}.", source=raw.name) from error


def _delimiter(text: str) -> str:
    head = text[:10_000].split("\n", 1)[0]
    return max(",;\t|", key=head.count)


def _mapping(names: Sequence[str], columns: Mapping[str, str], name: str) -> dict[str, str]:
    """Column of the file by field."""
    unknown = [f"{field}={column}" for field, column in columns.items() if field not in COLUMNS or column not in names]
    if unknown:
        raise SourceError(
            f"{name} has no such columns: {', '.join(unknown)}; it has {', '.join(map(repr, names))!s:.300} and the "
            f"fields are {', '.join(COLUMNS)}.",
            source=name,
        )
    by_name = {column.strip().lower().replace(" ", "_"): column for column in reversed(names) if column}
    found = {
        field: next((by_name[known] for known in known_names if known in by_name), None)
        for field, known_names in COLUMNS.items()
    }
    mapping = {field: column for field, column in {**found, **columns}.items() if column}
    if "text" not in mapping:
        raise SourceError(
            f"{name} has no column that is known to hold the text; it has {', '.join(map(repr, names))!s:.300}. "
            "Name the column (text=...) and import again.",
            source=name,
        )
    return mapping


def _document(row: dict[str, str], place: str, given: Given) -> Document:
    given_id = row.get("id") or None
    source = place if given_id is None else given_id
    try:
        text = row["text"].replace("\r\n", "\n").replace("\r", "\n")
        check_words(text, place)
        check_text(text, place)
    except SourceError as error:
        error.source = source
        raise
    data = json.dumps(row, ensure_ascii=False, sort_keys=True).encode()
    document = replace(new_document(Raw(data, place), text, "text/csv", "csv 1", given), given_id=given_id)
    url = row.get("url", "")
    details = Details(
        title=row.get("title"),
        publisher=row.get("publisher"),
        author=row.get("author"),
        when=_published(row.get("date", "")),
        language=row.get("language") or guess_language(text),
        url=url if url.startswith(("http://", "https://")) else None,
    )
    return describe(document, ("file", details))


def _published(words: str) -> When | None:
    day = day_of_line(words.strip()[:80])
    return When(day) if day else when(words)
