"""LibreOffice, which is not ours, opens the workbook and the Word file and finds in them what was written."""

import csv
import io
import shutil
import subprocess

import docx
import pytest

from claimtrack.reports import as_word, as_xlsx, tables
from claimtrack.reports.returned import plain

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]

#: Comma, quotation mark, UTF-8, all sheets in files of their own.
CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def office(folder, name, data, wanted):
    """The files that LibreOffice makes of one of ours."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    (folder / name).write_bytes(data)
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", wanted, "--outdir", str(folder / "out"), str(folder / name)]
    done = subprocess.run(command, capture_output=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return sorted((folder / "out").iterdir())


def test_the_workbook_opens_and_no_cell_is_a_formula(editor, tmp_path):
    read_back(editor, tmp_path)


def test_hostile_words_stay_words_in_libreoffice(hostile, tmp_path):
    read_back(hostile[1], tmp_path)


def read_back(report, tmp_path):
    made = office(tmp_path, "report.xlsx", as_xlsx.render(report), CSV)
    [sheet] = [path for path in made if path.stem.endswith("-Quotations")]
    rows = list(csv.DictReader(io.StringIO(sheet.read_text("utf-8"), newline="")))
    table = tables.quotations(report)
    keys = [column.key for column in table.columns]
    wanted = [dict(zip(keys, cells, strict=True)) for cells in table.cells()]
    assert len(rows) == len(wanted)
    for row, mine in zip(rows, wanted, strict=True):
        for key in ("claim", "words", "speaker", "title"):
            told = plain(mine.get(key))
            if told.isprintable():  # LibreOffice drops what XML cannot hold; openpyxl's way back has a test of its own
                assert row.get(key.capitalize(), "") == told, key


def test_word_opens_and_reads_as_it_was_written(editor, tmp_path):
    data = as_word.render(editor)
    [made] = office(tmp_path, "report.docx", data, "txt:Text (encoded):UTF8")
    words = " ".join(made.read_text("utf-8-sig").split())
    for paragraph in docx.Document(io.BytesIO(data)).paragraphs:
        assert " ".join(paragraph.text.split()) in words
