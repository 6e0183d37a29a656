"""CSV and XLSX as programs and people open them."""

import csv
import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from openpyxl import Workbook, load_workbook

from claimtrack.errors import SourceError
from claimtrack.reports import as_csv, as_xlsx, tables
from claimtrack.reports.model import Template


def rows_of(report):
    text = "".join(as_csv.render(report))
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def book_of(report):
    return load_workbook(io.BytesIO(as_xlsx.render(report)))


def test_a_row_is_a_quotation_with_its_claim(public):
    rows = rows_of(public)
    assert [row["number"] for row in rows] == ["1.1", "1.2", "1.3", "2.1"]
    assert rows[0]["words"] == "the ministry would “not sign before the audit is done”"
    assert rows[0]["verdict"] == "True"
    assert rows[3]["attribution"] == "not said by Mirela Anand"


def test_said_on_and_reported_on_are_never_both_filled(editor):
    for row in rows_of(editor):
        assert not (row["said_on_edtf"] and row["reported_on"])
    assert rows_of(editor)[0]["said_on"] == "2026-03-10"
    assert rows_of(editor)[1]["said_on"] == ""
    assert rows_of(editor)[1]["reported_on"] == "2026-03-13"


def test_words_that_were_not_said_have_no_day_of_saying(public):
    assert rows_of(public)[3]["said_on"] == ""


def test_columns_that_hold_nothing_are_left_out(public, editor):
    assert "tags" in rows_of(editor)[0]
    assert "tags" not in rows_of(public)[0]
    for report in (public, editor):
        for name in rows_of(report)[0]:
            assert any(row[name] for row in rows_of(report)), name


def test_a_claim_that_appears_nowhere_has_its_row(editor):
    line = next(row for row in rows_of(editor) if row["number"] == "3")
    assert line["claim"] == "The berths cost three times what the council had planned."
    assert line["words"] == ""


def test_csv_opens_in_excel_with_its_letters(public):
    data = "".join(as_csv.render(public)).encode()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 5


def test_hostile_texts_come_back_out_of_csv(hostile):
    text, report = hostile
    back = list(as_csv.read("".join(as_csv.render(report))))
    assert back[0]["claim"] == back[0]["words"] == text


@pytest.mark.parametrize("text", ['"a","b"\r\n"1"\r\n', "a,b\r\n1,2,3\r\n"])
def test_a_row_that_does_not_fit_the_header_is_named(text):
    with pytest.raises(SourceError, match="Row 2"):
        list(as_csv.read(text))


def test_the_workbook_has_a_sheet_a_kind_of_thing_and_no_empty_one(public, editor):
    assert book_of(public).sheetnames == ["About", "Claims", "Quotations", "Evidence", "Corrections", "Sources"]
    assert {"Readings", "Queries", "Contacts", "Checklist", "Notes"} < set(book_of(editor).sheetnames)


def test_days_are_days_and_the_header_stays_in_view(public):
    sheet = book_of(public)["Quotations"]
    names = [cell.value for cell in sheet[1]]
    cell = sheet.cell(2, names.index("Said on") + 1)
    assert (cell.value, cell.number_format, cell.is_date) == (datetime(2026, 3, 10), "yyyy-mm-dd", True)  # noqa: DTZ001 - Excel has no zones
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, len(names)).column_letter}5"
    assert all(cell.font.bold for cell in sheet[1])


def test_hostile_texts_come_back_out_of_the_workbook_and_none_is_a_formula(hostile):
    text, report = hostile
    data = as_xlsx.render(report)
    back = as_xlsx.read(data)
    assert back["quotations"][0]["words"] == back["claims"][0]["claim"] == text
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        assert sheets
        assert not any(b"<f" in archive.read(name) for name in sheets)


def test_a_cell_that_looks_like_a_formula_carries_excels_text_mark(public):
    claim = replace(public.claims[0], text="=1+1")
    sheet = book_of(replace(public, claims=(claim,)))["Claims"]
    cell = sheet.cell(2, [one.value for one in sheet[1]].index("Claim") + 1)
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


def test_a_text_that_is_too_long_for_a_cell_says_that_it_was_cut(public):
    claim = replace(public.claims[0], text="a" * 40_000)
    row = as_xlsx.read(as_xlsx.render(replace(public, claims=(claim,))))["claims"][0]
    assert len(row["claim"]) == 32_767
    assert row["claim"].endswith("[cut: too long for a cell]")


def test_times_are_written_in_utc_and_days_before_excels_first_as_text(public):
    claim = public.claims[0]
    released = datetime(2026, 3, 19, 23, 30, tzinfo=timezone(timedelta(hours=-3)))
    first = claim.appearances[0]
    old = replace(
        first, quotation=replace(first.quotation, source=replace(first.quotation.source, published_on=date(1850, 5, 1)))
    )
    report = replace(public, claims=(replace(claim, released_at=released, appearances=(old,)),))
    row = as_xlsx.read(as_xlsx.render(report))["claims"][0]
    assert row["released_at"].replace(tzinfo=UTC) == released
    assert row["first_printed"] == "1850-05-01"


def test_a_formula_that_somebody_typed_is_not_taken_over():
    book = Workbook()
    book.create_sheet("Claims").append(["Number", "Claim"])
    book["Claims"].append([1, "=1+1"])
    buffer = io.BytesIO()
    book.save(buffer)
    with pytest.raises(SourceError, match="formula"):
        as_xlsx.read(buffer.getvalue())


def test_what_is_no_workbook_is_refused():
    with pytest.raises(SourceError, match="no workbook"):
        as_xlsx.read(b"PK\x03\x04 nothing")


def test_a_desks_own_headings_are_found_again(public):
    template = Template(labels={"column.words": "Wortlaut", "column.quotations": "Zitate"})
    back = as_xlsx.read(as_xlsx.render(replace(public, template=template)), template)
    assert back["quotations"][0]["words"].startswith("the ministry")


def test_a_table_can_be_read_twice(editor):
    table = tables.quotations(editor)
    assert list(table.cells()) == list(table.cells())
