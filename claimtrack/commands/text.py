"""Commands that need no database: extract, duplicates, check, dates."""

import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from claimtrack.commands.output import print_rows, progress
from claimtrack.services import text as service

DATE = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE ...|-]")
@click.option("--date", "published_on", type=DATE, help="Day of publication of inputs that carry none (YYYY-MM-DD).")
@click.option("--format", "output", type=click.Choice(["jsonl", "table"]), default="jsonl", show_default=True)
@click.option("--input-format", type=click.Choice(["auto", "jsonl", "text"]), default="auto", show_default=True)
def extract(files: tuple[str, ...], published_on: datetime | None, output: str, input_format: str) -> None:
    r"""Print the attributed statements of articles, one JSON object a document.

    Nothing is stored. FILE is text, HTML or any format that `claimtrack add` reads, or JSONL with one
    {"id", "text", "meta": {"date", "title", "url"}} a line; "-" or no FILE is standard input.

    \b
    Example:
      claimtrack extract talks.txt --date 2026-03-12 --format table
    """
    found = service.extract_sources(files or ("-",), published_on.date() if published_on else None, input_format)
    rows: Iterable[dict[str, Any]] = progress(found, "documents")
    if output == "table":
        rows = (row for document in rows for row in statement_rows(document))
    sys.exit(print_rows(rows, output))


def statement_rows(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Table rows of one extracted document: its statements in reading order, or its error."""
    if "error" in document:
        yield {"document": document["id"], "error": document["error"]}
    for statement in document.get("statements", []):
        row = {key: statement[key] for key in ("kind", "speaker", "cue", "said_on", "content")}
        yield {"document": document["id"], **row}


@click.command()
@click.option(
    "--input", "statements", type=click.Path(), help='Lines {"id", "text", "speaker", "date"}; "-" is standard input.'
)
@click.option("--pairs", type=click.Path(), help='Lines {"id", "a", "b", "speaker_a", "speaker_b"}, judged one by one.')
def duplicates(statements: str | None, pairs: str | None) -> None:
    r"""Print which statements may be the same words, with score and reasons, then the clusters.

    \b
    Example:
      claimtrack duplicates --input statements.jsonl
    """
    if (statements is None) == (pairs is None):
        raise click.UsageError("Give --input FILE or --pairs FILE.")
    found = service.judge_duplicates(Path(statements)) if statements else service.judge_pairs(Path(pairs or "-"))
    sys.exit(print_rows(found, "jsonl"))


@click.command()
@click.argument("words", required=False)
@click.option("--speaker", help="Who is alleged to have said it.")
@click.option(
    "--store",
    type=click.Path(),
    help='Recorded statements, lines {"id", "speaker", "text", "date"}; without it, the database.',
)
@click.option("--queries", type=click.Path(), help='Lines {"id", "alleged", "alleged_speaker"} instead of WORDS.')
@click.option("--db", metavar="URL|FILE", help="The database, when no --store is given.")
def check(words: str | None, speaker: str | None, store: str | None, queries: str | None, db: str | None) -> None:
    r"""Compare an alleged quotation with the recorded statements.

    \b
    Example:
      claimtrack check "We will not sign before the audit" --speaker Anand
    """
    if (words is None) == (queries is None):
        raise click.UsageError('Give the alleged words, or --queries FILE (or "-").')
    asked = (
        service.read_lines(Path(queries)) if queries else [{"id": "1", "alleged": words, "alleged_speaker": speaker}]
    )
    if store is not None:
        sys.exit(print_rows(service.check_quotes(asked, Path(store)), "jsonl"))
    from claimtrack.commands.desk import desk_for
    from claimtrack.services.check_quote import check_rows

    sys.exit(print_rows(desk_for(db, None).see(lambda work: list(check_rows(work, asked))), "jsonl"))


@click.command()
@click.option(
    "--input",
    "sentences",
    type=click.Path(),
    required=True,
    help='Lines {"id", "article_date", "sentence"}; "-" is standard input.',
)
def dates(sentences: str) -> None:
    r"""Print on which day the words of each sentence were said, as far as the sentence tells.

    \b
    Example:
      claimtrack dates --input dates.jsonl
    """
    sys.exit(print_rows(service.read_dates(Path(sentences)), "jsonl"))
