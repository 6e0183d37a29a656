"""No cell of an export is a formula, and every cell comes back as it was."""

import csv
import io
import random
import zipfile
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from claimtrack.reports import as_csv
from claimtrack.reports.as_xlsx import escape, text_cell, unescape
from claimtrack.reports.cells import neutralise, restore

RISKY = "=+-@＝＋－＠"
PIECES = [
    *(
        *RISKY,
        "'",
        '"',
        " ",
        "\t",
        "\r",
        "\n",
        "\r\n",
        ";",
        ",",
        "|",
        "\u00a0",
        "\u200b",
        "\ufeff",
        "\x01",
        "\x7f",
        "\ufffe",
    ),
    *("_x0041_", "_x005F_", "cmd|' /C calc'!A0", "HYPERLINK(1)", "SUM(A1:A9)", "1", "3 %", "#N/A", "#REF!", "TRUE"),
    *("2026-03-01", "said", "“no”", "é", "𝔘", "عربي", "\\", "\\t", "%0A", "http://x.example", "@SUM", "DDE(1)"),
]


def cells(count, seed):
    """Random cells of the pieces that matter."""
    chance = random.Random(seed)
    return ("".join(chance.choices(PIECES, k=chance.randint(0, 6))) for _ in range(count))


def as_a_program_reads_it(cell, separator):
    """The cells that a program sees which splits our lines at another separator (and honours quotation marks)."""
    line = "".join(as_csv.write(["x"], [["first", cell, "last"]])).removeprefix("\ufeff")
    return [found for row in csv.reader(io.StringIO(line, newline=""), delimiter=separator) for found in row]


@given(st.text())
def test_what_is_restored_is_what_was_neutralised(text):
    assert restore(neutralise(text)) == text


@given(st.text(alphabet=st.sampled_from([*RISKY, *"'\" \t\r\n;,|a1\u200b\x01"])))
def test_no_separator_lets_a_formula_begin(text):
    for separator in ",;\t":
        for found in as_a_program_reads_it(text, separator):
            assert not found.lstrip(' "\u200b\x01').startswith(tuple(RISKY)), (separator, text)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_most_texts_are_left_alone(text):
    if not set(text) & {*RISKY, "'"}:
        assert neutralise(text) == text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_what_xml_cannot_hold_comes_back(text):
    assert unescape(escape(text)) == text


def test_neutralising_is_linear():
    for piece in ("; ", "\n", ' "', "' ", ";'", "\u200b", "_x004"):
        assert restore(neutralise(piece * 300_000)) == piece * 300_000


def through_csv(batch):
    text = "".join(as_csv.write(["number", "cell"], ([str(n), cell] for n, cell in enumerate(batch))))
    raw = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))[1:]
    assert not any(cell.lstrip().startswith(tuple(RISKY)) for _, cell in raw)
    assert [row["cell"] for row in as_csv.read(text)] == list(batch)


def through_xlsx(batch):
    book = Workbook(write_only=True)
    sheet = book.create_sheet("cells")
    for start in range(0, len(batch), 50):
        sheet.append([text_cell(sheet, cell) for cell in batch[start : start + 50]])
    buffer = io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        assert b"<f" not in archive.read("xl/worksheets/sheet1.xml")
    back = []
    for row in load_workbook(buffer, read_only=True)["cells"].iter_rows():
        assert all(cell.data_type == "s" or cell.value is None for cell in row)
        found = [unescape(cell.value or "") for cell in row]
        back += found + [""] * (50 - len(found))  # empty cells at the end of a row are not written
    assert back[: len(batch)] == list(batch)


@pytest.mark.parametrize("through", [through_csv, through_xlsx])
def test_twenty_thousand_random_cells_come_back_and_none_is_a_formula(through):
    through(tuple(cells(20_000, seed=7)))


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("through", [through_csv, through_xlsx])
def test_a_million_random_cells_come_back_and_none_is_a_formula(through):
    stream = cells(1_000_000, seed=8)
    for _ in range(10):
        through(tuple(islice(stream, 100_000)))
