"""A table that comes back shows what it would change, and can't change evidence."""

import csv
import io

import pytest

from claimtrack.errors import SourceError
from claimtrack.reports import as_csv, as_xlsx, bundle, tables
from claimtrack.reports.audience import for_audience
from claimtrack.reports.model import Audience
from claimtrack.reports.returned import CellChange, compare, compare_csv


def edited(report, edit):
    """The CSV file after somebody edited its rows, written by another program."""
    rows = list(csv.DictReader(io.StringIO("".join(as_csv.render(report)).removeprefix("\ufeff"), newline="")))
    rows = edit(rows) or rows
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def test_a_table_that_came_back_as_it_went_changes_nothing(editor, public):
    for report in (editor, public):
        assert compare_csv(report, "".join(as_csv.render(report))) == compare_csv(
            report, edited(report, lambda rows: rows[::-1])
        )
        assert compare_csv(report, "".join(as_csv.render(report))).changes == ()
        assert compare_csv(report, "".join(as_csv.render(report))).problems == ()


def test_a_workbook_that_came_back_as_it_went_changes_nothing(editor):
    sheets = as_xlsx.read(as_xlsx.render(editor))
    for table, key in ((tables.quotations(editor), "quotation_id"), (tables.claims(editor), "claim_id")):
        returned = compare(table, sheets[table.name], key)
        assert (returned.changes, returned.problems) == ((), ())


def test_a_hostile_table_that_came_back_as_it_went_changes_nothing(hostile):
    _, report = hostile
    assert compare_csv(report, "".join(as_csv.render(report))) == compare_csv(report, edited(report, lambda rows: rows))
    assert compare_csv(report, "".join(as_csv.render(report))).changes == ()


def test_an_edited_cell_is_shown_with_what_stands_there_now(editor):
    def edit(rows):
        rows[1]["speaker"] = "Port ministry"

    [change] = compare_csv(editor, edited(editor, edit)).changes
    quotation = editor.claims[0].appearances[1].quotation
    assert change == CellChange(quotation.id, "speaker", "Mirela Anand", "Port ministry")


@pytest.mark.parametrize("column", ["words", "sha256", "start", "fidelity", "verdict", "url"])
def test_evidence_and_verdicts_are_not_changed_by_a_table(editor, column):
    def edit(rows):
        rows[0][column] = "999"

    returned = compare_csv(editor, edited(editor, edit))
    assert returned.changes == ()
    assert returned.problems == (f"Row 2: “{column}” can't be changed in a table.",)


def test_a_row_that_the_report_does_not_have_is_named(editor):
    def edit(rows):
        rows[0]["quotation_id"] = "somebody else's"

    assert (
        "Row 2: quotation id somebody else's is not in this report."
        in compare_csv(editor, edited(editor, edit)).problems
    )


def test_rows_and_columns_that_were_left_out_stay_as_they_are(editor):
    text = edited(editor, lambda rows: [{name: row[name] for name in ("quotation_id", "speaker")} for row in rows[2:4]])
    assert compare_csv(editor, text).changes == ()
    assert compare_csv(editor, text).problems == ()


def test_a_bundle_gives_report_copies_and_events_back(report, copies, event_log, tmp_path):
    place = tmp_path / "b.zip"
    cut, _ = for_audience(report, Audience.EDITOR)
    with place.open("wb") as file:
        bundle.write(cut, copies.values(), event_log, file)
    with pytest.raises(SourceError, match="does not end where the report says"):
        bundle.read(place)  # the sample's head belongs to another log


def test_an_unchanged_bundle_is_read_whole(report, copies, event_log, tmp_path):
    from dataclasses import replace

    from claimtrack.reports.model import LogHead

    place = tmp_path / "b.zip"
    cut, _ = for_audience(replace(report, head=LogHead(30, event_log[-1]["digest"])), Audience.EDITOR)
    with place.open("wb") as file:
        bundle.write(cut, copies.values(), event_log, file)
    contents = bundle.read(place)
    assert contents.report == cut
    assert {copy.source.capture_id: copy for copy in contents.copies} == copies
    assert list(contents.events) == event_log
