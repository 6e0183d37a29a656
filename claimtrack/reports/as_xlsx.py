"""A workbook: one sheet a kind of thing, typed dates, filters, frozen header; written row by row.

Every text cell is written with the type "inline string", so that none is a formula whatever it begins with; one that
looks like a formula also carries Excel's own text mark (`quotePrefix`), which keeps it a text when somebody edits it.
The words themselves are unchanged but for characters that XML cannot hold, which OOXML writes as _xHHHH_.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from claimtrack.errors import SourceError
from claimtrack.reports import tables
from claimtrack.reports.labels import Labels
from claimtrack.reports.model import Report, Template
from claimtrack.reports.tables import Cell, Table
from claimtrack.reports.wording import shown

#: What Excel holds in one cell (Microsoft, "Excel specifications and limits").
MAX_CELL_CHARS = 32_767
#: What stands at the end of a cell that was cut there; the JSON file has all of it.
CUT = " … [cut: too long for a cell]"
#: Excel's first day is in 1900; earlier ones are written as text.
_FIRST_YEAR = 1900

#: openpyxl's stubs know half of a write-only sheet and nothing of a cell's inner fields.
Sheet = Any
SheetCell = Any

_ESCAPED = re.compile("_x[0-9A-Fa-f]{4}_")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_LIKE_A_FORMULA = re.compile("[\\s\"]*[=+\\-@＝＋－＠']")

#: Width in characters of columns that hold sentences or addresses; the others get the default.
_WIDTHS = {
    **dict.fromkeys(("claim", "words", "reasoning", "query", "answer", "note", "correction"), 60),
    **dict.fromkeys(("fidelity", "evidence", "when", "title", "asked", "short"), 34),
    **dict.fromkeys(("url", "archive_url"), 30),
    **dict.fromkeys(("number", "claim_number", "start", "end", "question", "quotations", "outlets"), 10),
    **dict.fromkeys(("supports", "refutes", "open_queries", "relation", "language", "as_of"), 11),
}
_DEFAULT_WIDTH = 18
#: Height of a line, and how many of them a row shows at most; the rest is seen in the cell.
_LINE_POINTS, _MAX_LINES = 15, 10
#: Text of such columns is wrapped; the others stay on one line.
_WRAP_FROM = 34


def render(report: Report) -> bytes:
    """The workbook as a file. Memory holds one row at a time and the finished file."""
    book = Workbook(write_only=True)
    book.properties.creator = shown(report.template.desk)
    book.properties.title = shown(report.title)
    labels = Labels(report.template)
    _about(book, report, labels)
    for table in _sheets(report):
        if table.columns:
            _sheet(book, table, labels)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _sheets(report: Report) -> Iterator[Table]:  # type: ignore[type-arg]
    """The tables that have rows."""
    for make in (
        tables.claims,
        tables.quotations,
        tables.evidence,
        tables.readings,
        tables.queries,
        tables.contacts,
        tables.corrections,
        tables.checklist,
        tables.notes,
        tables.sources,
    ):
        table = make(report)
        if any(True for _ in table.rows()):
            yield table


def header(key: str, labels: Labels) -> str:
    """What stands over a column: the desk's label, else the key in words."""
    words = labels.say(f"column.{key}")
    return words[:1].upper() + words[1:]


def _sheet(book: Workbook, table: Table, labels: Labels) -> None:  # type: ignore[type-arg]
    keys = [column.key for column in table.columns]
    sheet: Sheet = book.create_sheet(header(table.name, labels))
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    for place, key in enumerate(keys, 1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(key, _DEFAULT_WIDTH)
    _head(sheet, [header(key, labels) for key in keys])
    wraps = [_WIDTHS.get(key, 0) >= _WRAP_FROM for key in keys]
    maker = _Cells(sheet)
    rows = 1
    widths = [_WIDTHS.get(key, _DEFAULT_WIDTH) if wrap else 0 for key, wrap in zip(keys, wraps, strict=True)]
    for row in table.cells():
        lines = max(_lines(value, width) for value, width in zip(row, widths, strict=True))
        if lines > 1:
            sheet.row_dimensions[rows + 1].height = _LINE_POINTS * min(lines, _MAX_LINES)
        sheet.append([maker.cell(value, wrap=wrap) for value, wrap in zip(row, wraps, strict=True)])
        rows += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(keys))}{rows}"


def _lines(value: Cell, width: int) -> int:
    """Lines that a wrapped cell needs, about; programs that open the file do not all work it out themselves."""
    return -(-len(value) // width) + value.count("\n") if width and isinstance(value, str) else 1


def _head(sheet: Sheet, names: Iterable[str]) -> None:
    cells = []
    for name in names:
        cell = text_cell(sheet, name)
        cell.font = Font(name="Calibri", size=11, bold=True)
        cell.fill = PatternFill("solid", fgColor="E8EBEE")
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        cells.append(cell)
    sheet.append(cells)


def _about(book: Workbook, report: Report, labels: Labels) -> None:
    sheet: Sheet = book.create_sheet(labels.say("column.about").capitalize())
    sheet.column_dimensions["A"].width = 40
    sheet.column_dimensions["B"].width = 70
    title = text_cell(sheet, report.title)
    title.font = Font(name="Calibri", size=14, bold=True)
    sheet.append([title])
    for name, value in tables.about(report):
        cells = [text_cell(sheet, name), text_cell(sheet, value)]
        for cell in cells:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
        sheet.append(cells)


class _Cells:
    """Makes cells; a style is worked out once, since openpyxl compares it with all others at each use."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._models: dict[tuple[str, bool], SheetCell] = {}

    def cell(self, value: Cell, *, wrap: bool) -> object:
        """What goes into the row; None for nothing."""
        if value is None or value == "":
            return None
        if isinstance(value, bool):
            value = "yes" if value else "no"
        if isinstance(value, datetime):
            value = value.astimezone(UTC).replace(tzinfo=None)
        if isinstance(value, date) and value.year < _FIRST_YEAR:
            value = value.isoformat()
        if isinstance(value, str):
            return self._styled(
                text_cell(self._sheet, value), "mark" if _LIKE_A_FORMULA.match(value) else "", wrap=wrap
            )
        style = ""
        if isinstance(value, date):
            style = "yyyy-mm-dd hh:mm" if isinstance(value, datetime) else "yyyy-mm-dd"
        cell: SheetCell = WriteOnlyCell(self._sheet, None)
        cell.value = value
        return self._styled(cell, style, wrap=False)

    def _styled(self, cell: SheetCell, style: str, *, wrap: bool) -> SheetCell:
        model: SheetCell = self._models.get((style, wrap))
        if model is None:
            model = self._models[style, wrap] = WriteOnlyCell(self._sheet, None)
            model.alignment = Alignment(vertical="top", wrap_text=wrap)
            if style == "mark":
                model.quotePrefix = True
            elif style:
                model.number_format = style
        cell._style = model._style  # noqa: SLF001 - its setters look every style up in a list at each use
        return cell


def text_cell(sheet: Sheet, text: str) -> SheetCell:
    """A cell that is text, whatever stands in it; an empty cell for an empty text."""
    cell: SheetCell = WriteOnlyCell(sheet, None)
    if not text:
        return cell
    escaped = escape(text)
    if len(escaped) > MAX_CELL_CHARS:
        escaped = escaped[: MAX_CELL_CHARS - len(CUT)] + CUT
    cell._value = escaped  # noqa: SLF001 - the public setter guesses a type, and a formula is one of its guesses
    cell.data_type = "s"
    return cell


def escape(text: str) -> str:
    r"""The text with what XML cannot hold as _xHHHH_ (OOXML, ST_Xstring).

    >>> escape("a\x01b"), escape("_x0041_")
    ('a_x0001_b', '_x005F_x0041_')
    """
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: f"_x005F_{found[0][1:]}", text)
    return _NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def unescape(text: str) -> str:
    """What `escape` was given."""
    return _ESCAPED.sub(lambda found: chr(int(found[0][2:6], 16)), text) if "_x" in text else text


def read(data: bytes, template: Template | None = None) -> dict[str, list[dict[str, Cell]]]:
    """The sheets of a workbook that `render` wrote and somebody may have changed: rows by column key.

    Raises:
        SourceError: it is no workbook, or a cell holds a formula.
    """
    keys = _Keys(template or Template())
    try:
        book = load_workbook(BytesIO(data), read_only=True)
    except Exception as error:  # openpyxl raises zipfile's, lxml's and its own errors for a broken file
        raise SourceError(f"This is no workbook that can be read: {error}. Save it as .xlsx again.") from error
    found = {keys.key(sheet.title): list(_rows(sheet, keys)) for sheet in book.worksheets[1:]}
    book.close()
    return found


class _Keys:
    """The way back from what stands over a column to its key."""

    def __init__(self, template: Template) -> None:
        labels = Labels(template)
        own = [key.removeprefix("column.") for key in template.labels if key.startswith("column.")]
        self._own = {header(key, labels): key for key in own}

    def key(self, name: str) -> str:
        return self._own.get(name) or name.lower().replace(" ", "_")


def _rows(sheet: Sheet, keys: _Keys) -> Iterator[dict[str, Cell]]:
    rows = iter(sheet.iter_rows())
    names = [keys.key(str(cell.value or "")) for cell in next(rows, ())]
    for row in rows:
        found: dict[str, Cell] = {}
        for name, cell in zip(names, row, strict=False):
            if cell.data_type == "f":
                raise SourceError(f"A cell under “{name}” in “{sheet.title}” is a formula; put its value there.")
            if cell.value is not None:
                found[name] = unescape(cell.value) if isinstance(cell.value, str) else cell.value
        yield found
