"""CSV: one row a quotation with its claim beside it; UTF-8 with a byte order mark, which Excel needs to see."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from io import StringIO

from claimtrack.errors import SourceError
from claimtrack.reports import tables
from claimtrack.reports.cells import neutralise, restore
from claimtrack.reports.model import Report


def render(report: Report) -> Iterator[str]:
    """The lines of the file, header first; columns that hold nothing are left out."""
    table = tables.quotations(report)
    return write([column.key for column in table.columns], table.cells())


def write(header: list[str], rows: Iterable[Iterable[tables.Cell]]) -> Iterator[str]:
    """CSV of any rows; no cell of it is a formula, and `read` gives every text back as it was."""
    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    buffer.write("\ufeff")
    writer.writerow(neutralise(name) for name in header)
    for row in rows:
        writer.writerow([_text(cell) for cell in row])
        if buffer.tell() > 65_536:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def read(text: str) -> Iterator[dict[str, str]]:
    """The rows that `write` wrote, the neutralised cells restored.

    A program whose language writes decimals with a comma saves "comma-separated" text with semicolons: where the header
    has no comma, they separate, or tabs do.

    Raises:
        SourceError: a row has more or fewer cells than the header, or its quotation marks do not close.
    """
    try:
        yield from _read(text.removeprefix("\ufeff"))
    except csv.Error as error:
        raise SourceError(f"The table can't be read: {error}. Save it as comma-separated text (UTF-8).") from error


def _read(text: str) -> Iterator[dict[str, str]]:
    first = text.partition("\n")[0]
    separator = next((one for one in ",;\t" if one in first), ",")
    rows = csv.reader(StringIO(text, newline=""), strict=True, delimiter=separator)
    header = [restore(name) for name in next(rows, [])]
    for number, row in enumerate(rows, 2):
        if len(row) != len(header):
            raise SourceError(
                f"Row {number} has {len(row)} cells, the header {len(header)}. Save it again as comma-separated text."
            )
        yield {name: restore(cell) for name, cell in zip(header, row, strict=True)}


def _text(cell: tables.Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return neutralise(cell)
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, date | datetime):
        return cell.isoformat()
    return str(cell)
