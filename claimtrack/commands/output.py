"""How commands print: JSONL or a table on standard output, progress on standard error when it is a terminal."""

import json
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

import click

T = TypeVar("T")


def print_rows(rows: Iterable[Mapping[str, Any]], output: str) -> int:
    """Print rows as they come; 1 when one of them is an error, else 0."""
    failed = False
    show = print_json if output == "jsonl" else print_line
    for row in rows:
        failed = failed or "error" in row
        show(row)
    return int(failed)


def print_json(row: Mapping[str, Any]) -> None:
    """One object on one line, not escaped beyond what JSON needs."""
    print_text(json.dumps(row, ensure_ascii=False))


def print_line(row: Mapping[str, Any]) -> None:
    """One row of a table: its values, tab-separated; on a terminal the last is cut to the window."""
    line = "\t".join("" if value is None else " ".join(str(value).split()) for value in row.values())
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    print_text(line[:width])


def print_text(line: str) -> None:
    """One line on standard output; a bar that stands in its place on the same terminal is moved below it."""
    if not sys.stderr.isatty():
        click.echo(line)
        return
    from tqdm import tqdm

    with tqdm.external_write_mode(file=sys.stdout):
        click.echo(line)


def progress(items: Iterable[T], unit: str, total: int | None = None) -> Iterator[T]:
    """The items, with a bar on standard error when that is a terminal."""
    from tqdm import tqdm

    yield from tqdm(items, unit=f" {unit}", total=total, file=sys.stderr, disable=not sys.stderr.isatty(), delay=1)
