"""Commands that take sources in: add, sources."""

import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import click

from claimtrack.commands.desk import desk_for, desk_options
from claimtrack.commands.output import print_rows, progress
from claimtrack.errors import SourceError
from claimtrack.ingest import Document, fetch_all, read_source
from claimtrack.services.import_source import Imported, Refused, import_sources
from claimtrack.services.stories import add_story

#: Endings of files that hold more than one source.
MANY = frozenset({".jsonl", ".ndjson", ".csv", ".warc", ".gz", ".xml", ".rss", ".atom", ".json", ".js", ".zip", ".tsv"})


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="FILE|FOLDER|URL|- ...")
@click.option("--story", help="The story it belongs to; made when it is new.")
@click.option("--title", help="Of all given sources.")
@click.option("--publisher", help="Of all given sources.")
@click.option("--author", help="Of all given sources.")
@click.option("--date", "published_on", type=click.DateTime(["%Y-%m-%d"]), help="Day of publication (YYYY-MM-DD).")
@click.option("--url", help="The address that a single file was saved from.")
@click.option("--format", "output", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
@desk_options
def add(
    sources: tuple[str, ...],
    story: str | None,
    title: str | None,
    publisher: str | None,
    author: str | None,
    published_on: datetime | None,
    url: str | None,
    output: str,
    db: str | None,
    who: str | None,
) -> None:
    r"""Store sources with their statements: files, folders, addresses, or "-" for a paste.

    A source that can't be read is told with its reason; the others of the same call are stored.

    \b
    Example:
      claimtrack add talks.html https://ledger.example/talks --story "Harbour talks"
    """
    desk = desk_for(db, who)
    home = desk.do(add_story, story) if story else None
    day = published_on.date() if published_on else None
    given = {
        key: value
        for key, value in (("title", title), ("publisher", publisher), ("author", author), ("published_on", day))
        if value
    }

    def read() -> Iterator[Document | SourceError]:
        for source in sources:
            if "://" in source:
                yield from fetch_all(source, **given)  # type: ignore[arg-type]
            else:
                yield from read_source(source, url=url, **given)  # type: ignore[arg-type]

    results = import_sources(desk, read(), story=home, published_on=day)
    sys.exit(print_rows((row(one) for one in progress(results, "sources", count(sources))), output))


def count(sources: Sequence[str]) -> int | None:
    """How many sources there are; None where a file or address may hold many."""
    found = 0
    for source in sources:
        path = Path(source)
        files = [one for one in path.rglob("*") if one.is_file()] if path.is_dir() else [path]
        if "://" in source or source == "-" or any(one.suffix.lower() in MANY for one in files):
            return None
        found += len(files)
    return found


def row(result: Imported | Refused) -> dict[str, object]:
    """How one result is printed."""
    if isinstance(result, Refused):
        return {"source": result.name, "error": result.problem}
    return {
        "document": str(result.document),
        "outcome": result.outcome.value,
        "statements": result.statements,
        "title": result.title,
        "warnings": "; ".join(result.warnings),
    }
