"""Corrections made in an exported table and brought back: shown first, then applied as one action.

The table for the editor says in its column "as_of" how far the log had come when it was made. So each cell is held
against two states: what stood there then and what stands there now. A cell that reads as it did then was not edited,
whatever happened at the desk since; one that was edited here and changed there is a conflict and stays as it is.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException
from sqlmodel import col, select

from claimtrack.db import events, tables
from claimtrack.db.base import Identified
from claimtrack.db.snapshot import table_of
from claimtrack.errors import RuleError, SourceError
from claimtrack.reports import as_csv, as_xlsx, model
from claimtrack.reports.audience import RELEASED_STATES
from claimtrack.reports.returned import CellChange, compare
from claimtrack.reports.tables import Cell, Table, claims, quotations
from claimtrack.services import annotate, decide, indexing, people
from claimtrack.services import claims as claim_service
from claimtrack.services.desk import Work, now
from claimtrack.services.report_data import ReportReader
from claimtrack.services.report_template import template_of
from claimtrack.vocabulary import Role

Rows = list[dict[str, Cell]]

#: Column -> column of the statement that it is stored in.
_FACTS = {"occasion": "occasion", "place": "occasion_place", "language": "language"}


@dataclass(frozen=True, slots=True)
class Conflict:
    """A cell that was edited in the table and changed at the desk since."""

    change: CellChange  #: `before` is what stands at the desk now
    then: str  #: what stood there when the table was made


@dataclass(frozen=True, slots=True)
class Revision:
    """What a table that came back would do."""

    changes: tuple[CellChange, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    problems: tuple[str, ...] = ()  #: rows and cells that are not understood, in words


def read_table(name: str, data: bytes, template: model.Template | None = None) -> dict[str, Rows]:
    """The rows of an edited CSV file or workbook, by kind of table ("quotations", "claims").

    Raises:
        SourceError: it is neither, or no table that claimtrack wrote.
    """
    if data[:2] == b"PK":
        found = {name: rows for name, rows in as_xlsx.read(data, template).items() if name in {"quotations", "claims"}}
    else:
        try:
            found = {"quotations": [dict(row) for row in as_csv.read(data.decode("utf-8-sig"))]}
        except UnicodeDecodeError as error:
            raise SourceError(
                f"“{name}” is no UTF-8 text: save it as “CSV UTF-8”, or as a workbook (.xlsx).", source=name
            ) from error
    if not any("quotation_id" in row or "claim_id" in row for rows in found.values() for row in rows):
        raise SourceError(
            f"“{name}” has no column quotation_id or claim_id, so nobody can tell what its rows are. Edit a table that "
            "was exported for the editor, and keep its last columns.",
            source=name,
        )
    return found


def look(work: Work, name: str, data: bytes) -> Revision:
    """What the table would change, what conflicts, and what is not understood; nothing is stored."""
    template = template_of(work)
    rows = read_table(name, data, template)
    as_of = _as_of(name, [row for table in rows.values() for row in table])
    number, digest = events.head(work.session)
    if as_of > number:
        raise SourceError(f"“{name}” was made of another database: its log had {as_of} events, this one has {number}.")
    report = _report(work, rows, template, model.LogHead(number, digest))
    found = Revision()
    kinds: tuple[tuple[str, Table[Any], str], ...] = (  # Any: the tables' own rows
        ("quotations", quotations(report), "quotation_id"),
        ("claims", claims(report), "claim_id"),
    )
    for kind, table, key in kinds:
        returned = compare(table, rows.get(kind, []), key, only_editable=as_of < number)
        sorted_out = _Sorter(work, as_of, key).sort(returned.changes)
        found = Revision(
            found.changes + sorted_out.changes,
            found.conflicts + sorted_out.conflicts,
            found.problems + returned.problems + sorted_out.problems,
        )
    return found


def apply(work: Work, name: str, data: bytes, seen: Revision) -> int:
    """Apply what was shown, as one action that one undo takes back; how many cells were changed.

    Raises:
        RuleError: the desk has moved on since `seen` was looked at; nothing is stored then.
    """
    work.require(Role.CHECKER)
    found = look(work, name, data)
    if found.changes != seen.changes:
        raise RuleError("The desk has moved on since this was shown, so nothing was stored. Look at the changes again.")
    for change in found.changes:
        _apply(work, change)
    return len(found.changes)


def _as_of(name: str, rows: Iterable[Mapping[str, Cell]]) -> int:
    numbers = set()
    for row in rows:
        held = str(row.get("as_of") or "").partition(".")[0]
        if (row.get("quotation_id") or row.get("claim_id")) and not held.isdigit():
            raise SourceError(
                f"“{name}” does not say in every row when it was made (column as_of), so nobody could tell your edits "
                "from what others did since. Export the table for the editor and edit that.",
                source=name,
            )
        numbers |= {int(held)} if held else set()
    return min(numbers, default=0)


def _report(work: Work, rows: Mapping[str, Rows], template: model.Template, head: model.LogHead) -> model.Report:
    """The rows' claims and quotations as they are now."""
    reader = ReportReader(work)
    every = [row for table in rows.values() for row in table]
    wanted = dict.fromkeys(str(row["claim_id"]) for row in every if row.get("claim_id"))
    stored = [_find(work, one, tables.Claim, tables.Line) for one in wanted]
    made = tuple(reader.claim(one) for one in stored if isinstance(one, tables.Claim | tables.Line))
    shown = {item.quotation.id for claim in made for item in claim.appearances}
    loose = dict.fromkeys(str(row["quotation_id"]) for row in every if row.get("quotation_id"))
    alone = [_find(work, one, tables.Statement) for one in loose if one not in shown]
    unclaimed = tuple(reader.quotation(one.key) for one in alone if one is not None)
    return model.Report(
        "table", now(), made, template=template, unclaimed=unclaimed, head=head, audience=model.Audience.EDITOR
    )


def _find(work: Work, public_id: str, *kinds: type[Identified]) -> Identified | None:
    try:
        wanted = UUID(public_id)
    except ValueError:
        return None
    for kind in kinds:
        found = work.session.exec(select(kind).where(col(kind.public_id) == wanted)).first()
        if found is not None:
            return found
    return None


class _Sorter:
    """Tells edits from what happened at the desk since, and refuses what a table can't say."""

    def __init__(self, work: Work, as_of: int, key: str) -> None:
        self.work, self.as_of, self.key = work, as_of, key

    def sort(self, changes: Iterable[CellChange]) -> Revision:
        edited: dict[tuple[str, str], list[CellChange]] = {}
        for change in changes:
            edited.setdefault((change.id, change.column), []).append(change)
        kept, conflicts, problems = [], [], []
        for same in edited.values():
            change = same[-1]
            row = _find(self.work, change.id, tables.Statement, tables.Claim, tables.Line)
            assert row is not None, "it was compared with itself"
            then = self.then(row, change.column, change.before)
            if change.after == then:
                continue
            if len(same) > 1:
                rows = " and ".join(str(one.row) for one in same)
                problems.append(f"Rows {rows}: the same “{change.column}” reads differently in each; nothing is done.")
            elif (problem := self.problem(row, change)) is not None:
                problems.append(f"Row {change.row}: {problem}")
            elif then != change.before:
                conflicts.append(Conflict(change, then))
            else:
                kept.append(change)
        return Revision(tuple(kept), tuple(conflicts), tuple(problems))

    def problem(self, row: Identified, change: CellChange) -> str | None:
        """Why the cell can't be taken over; None where it can."""
        if change.column == "said_on_edtf" and change.after:
            try:
                parse_edtf(change.after)
            except (EDTFParseException, ValueError):
                return f"“{change.after}” is no date in EDTF; write 2026-03-10, 2026-03, 2026, 2026~ or ../2026-03."
        if isinstance(row, tables.Claim) and row.state.value in RELEASED_STATES and change.column != "tags":
            return "the claim is released; change it with `claimtrack correct`, which tells readers why."
        if isinstance(row, tables.Line) and change.column != "tags":
            return "a line to check has the words of its page; they can't be changed."
        if change.column == "claim" and not change.after.strip():
            return "a claim needs words."
        return None

    def then(self, row: Identified, column: str, stands: str) -> str:
        """What stood in the cell when the table was made; `stands` is what stands there now."""
        if column == "tags":
            return self.tags_then(row, stands)
        held = self.before(row)
        if held is None:
            return stands
        if column in {"speaker", "claimant"}:
            return self.name_then(held, column, stands)
        if column == "said_on_edtf":
            is_set = held["is_date_overridden"]
            said = held["said_on_override"] if is_set else held["said_on"]
            return str(said or "") if is_set or held["date_basis"] == "text" else ""
        return str(held[{"claim": "text", **_FACTS}[column]] or "")

    def before(self, row: Identified) -> dict[str, object] | None:
        """The row as the first event since found it; None where nothing was done to it since."""
        query = (
            select(tables.Event.payload)
            .where(tables.Event.item == row.public_id, col(tables.Event.number) > self.as_of)
            .order_by(col(tables.Event.number))
        )
        for payload in self.work.session.exec(query):
            held = json.loads(payload) if payload else {}
            if held.get("before"):
                found: dict[str, object] = held["before"]
                return found
        return None

    def name_then(self, held: Mapping[str, object], column: str, stands: str) -> str:
        """The speaker's name, unless the same speaker stands there now: then only the name itself changed."""
        known = held.get(column)
        if known is None:
            return str(held.get("speaker_name") or "") if column == "speaker" else ""
        speaker = _find(self.work, str(known), tables.Speaker)
        if not isinstance(speaker, tables.Speaker):
            return stands
        then = self.before(speaker)
        return str(then["name"]) if then else people.standing(self.work, speaker).name

    def tags_then(self, row: Identified, stands: str) -> str:
        """The tags without what was put on and with what was taken off since."""
        names = {name for name in stands.split("; ") if name}
        query = (
            select(tables.Event.payload)
            .where(tables.Event.item_kind == "tagging", col(tables.Event.number) > self.as_of)
            .order_by(col(tables.Event.number).desc())
        )
        kind, mine = table_of(type(row)).name, str(row.public_id)
        for payload in self.work.session.exec(query):
            held = json.loads(payload) if payload else {}
            tagging = held.get("after") or held.get("before")
            if not tagging or tagging.get(kind) != mine:
                continue
            tag = _find(self.work, tagging["tag"], tables.Tag)
            name = {tag.name} if isinstance(tag, tables.Tag) else set()
            names = names - name if held.get("after") else names | name
        return "; ".join(sorted(names, key=indexing.sort_name))


def _apply(work: Work, change: CellChange) -> None:
    """One cell, through the service that a person would use for it."""
    row = _find(work, change.id, tables.Statement, tables.Claim, tables.Line)
    value = change.after.strip() or None
    if change.column == "tags":
        assert row is not None
        old, new = set(_names(change.before)), set(_names(change.after))
        annotate.change_tags(work, row, sorted(new - old), sorted(old - new))
    elif isinstance(row, tables.Claim):
        facts: dict[str, object] = {"text": value}
        if change.column == "claimant":
            speaker = people.speaker_for(work, value, None)
            facts = {"claimant": str(speaker.public_id) if speaker else None}
        claim_service.edit_claim(work, row.public_id, row.version, **facts)
    elif isinstance(row, tables.Statement):
        if change.column == "speaker":
            decide.set_speaker(work, row.public_id, row.version, value, None, None)
        elif change.column == "said_on_edtf":
            decide.set_date(work, row.public_id, row.version, value)
        else:
            work.change("statement.facts_set", row, {_FACTS[change.column]: value}, seen=row.version)
            indexing.index(work, row)


def _names(cell: str) -> Iterator[str]:
    return (name.strip() for name in cell.split(";") if name.strip())
