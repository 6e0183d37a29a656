"""What somebody changed in a table that came back: shown before anything is stored; nothing is stored here.

Rows are matched by their public id. Words, places, digests and whatever else is evidence can't be changed this way; a
change there is a problem that is told.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from claimtrack.reports import as_csv, tables
from claimtrack.reports.model import Report

#: Columns that a returned table may change, by the id that names the row.
EDITABLE: Mapping[str, frozenset[str]] = {
    "quotation_id": frozenset({"speaker", "said_on_edtf", "occasion", "place", "language", "tags"}),
    "claim_id": frozenset({"claim", "claimant", "tags"}),
}

#: Columns that tell where a row stood in its report, and when that was made: no facts about the row.
_OF_THE_REPORT = frozenset({"number", "claim_number", "as_of"})


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that reads otherwise than it does now."""

    id: str  #: public id of the quotation or claim
    column: str
    before: str
    after: str
    row: int = field(default=0, compare=False)  #: of the file, its header being row 1


@dataclass(frozen=True, slots=True)
class Returned:
    """What a table that came back would change, and what it can't."""

    changes: tuple[CellChange, ...]
    problems: tuple[str, ...]  #: in words, each with its row


def compare_csv(report: Report, text: str) -> Returned:
    """The changes in a CSV file that `as_csv` wrote for this report and somebody edited."""
    return compare(tables.quotations(report), as_csv.read(text), "quotation_id")


def compare(
    now: "tables.Table[tables.Row]",
    rows: Iterable[Mapping[str, tables.Cell]],
    key: str,
    *,
    only_editable: bool = False,
) -> Returned:
    """The changes in rows by column key against a table as it is now; `key` names the column with the public id.

    A column that the rows do not have is left as it is; rows may be sorted, filtered or left out. `only_editable`
    leaves the other columns unread: they may have changed at the desk since.
    """
    known = _known(now, key)
    changes: dict[CellChange, None] = {}
    problems = []
    for number, row in enumerate(rows, 2):
        identifier = row.get(key)
        if not identifier:
            continue
        found = known.get(str(identifier))
        if found is None:
            problems.append(f"Row {number}: {key.replace('_', ' ')} {identifier} is not in this report.")
            continue
        mine = found.get(str(row.get("claim_id") or "")) or next(iter(found.values()))
        for column, cell in row.items():
            before, after = plain(mine.get(column)), plain(cell)
            if before == after or column in _OF_THE_REPORT:
                continue
            if column in EDITABLE[key]:
                changes.setdefault(CellChange(str(identifier), column, before, after, number))
            elif not only_editable:
                problems.append(f"Row {number}: “{column}” can't be changed in a table.")
    return Returned(tuple(changes), tuple(problems))


def _known(now: "tables.Table[tables.Row]", key: str) -> dict[str, dict[str, dict[str, tables.Cell]]]:
    """The rows as they are now, by public id and claim: a quotation stands once under each of its claims."""
    columns = [column.key for column in now.columns]
    found: dict[str, dict[str, dict[str, tables.Cell]]] = {}
    if key in columns:
        for cells in now.cells():
            row = dict(zip(columns, cells, strict=True))
            found.setdefault(str(row[key]), {})[str(row.get("claim_id") or "")] = row
    return found


def plain(cell: tables.Cell) -> str:
    """A cell as text, the same whether it came from CSV, from a workbook or from the report."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        moment = cell.replace(tzinfo=None, second=0, microsecond=0)
        return moment.date().isoformat() if moment.time() == moment.min.time() else moment.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str):
        return _moment(cell)
    return str(cell)


def _moment(text: str) -> str:
    """A text that is a time in ISO 8601 as `plain` gives times; any other text as it is."""
    if len(text) < 16 or text[4:5] != "-" or text[10:11] != "T":
        return text
    try:
        return plain(datetime.fromisoformat(text))
    except ValueError:
        return text
