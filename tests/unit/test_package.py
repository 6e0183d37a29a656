"""The package is what its layout says: one copy of each part, and a screen that knows no storage."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["db", "ui"])
def test_a_second_copy_under_another_name_is_refused(name):
    done = subprocess.run(
        [sys.executable, "-c", f"import {name}"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert f"Import claimtrack.{name}, not {name}" in done.stderr


def test_asking_for_help_loads_neither_the_parser_nor_the_dashboard():
    code = (
        "import sys; from claimtrack.cli import cli; cli(['--help'], standalone_mode=False); print(sorted(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for heavy in ("'spacy'", "'streamlit'", "'trafilatura'"):
        assert heavy not in done.stdout


def test_extracting_loads_neither_the_database_nor_the_dashboard(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("“No,” said Ada Moss.\n", encoding="utf-8")
    code = f"import sys; from claimtrack.cli import cli; cli(['extract', {str(path)!r}], standalone_mode=False)"
    code = f"import sys\ntry:\n    {code}\nexcept SystemExit:\n    pass\nprint(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Ada Moss" in done.stdout
    for heavy in ("'sqlalchemy'", "'streamlit'"):
        assert heavy not in done.stdout
