"""`claimtrack --help` lists every command without importing any of them."""

import re
import subprocess
import sys

from click.core import _make_default_short_help as first_line
from click.testing import CliRunner

from claimtrack.cli import COMMANDS, SHORT_HELP, cli, shortened


def test_the_short_help_is_the_first_line_of_each_command():
    told = {name: first_line(cli.get_command(None, name).help, 1_000) for name in COMMANDS}
    assert told == SHORT_HELP


def test_help_lists_every_command():
    told = CliRunner().invoke(cli, ["--help"], terminal_width=100).stdout
    for name in COMMANDS:
        assert f"  {name} " in told
    assert "Open the dashboard in the browser." in told
    assert shortened("one two three", 10) == "one two..."


def test_help_loads_neither_database_nor_model():
    code = (
        "import sys\nfrom claimtrack.cli import cli\n"
        "cli(['--help'], standalone_mode=False)\n"
        "heavy = {'sqlalchemy', 'sqlmodel', 'spacy', 'streamlit', 'numpy', 'alembic'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, timeout=60)


def test_each_example_stands_on_lines_of_its_own():
    for name in COMMANDS:
        text = CliRunner().invoke(cli, [name, "--help"]).output
        assert "\\b" not in text, name
        assert re.search(r"\n  Example:\n    claimtrack ", text), (name, text)
