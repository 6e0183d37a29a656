"""The README's commands are run as they stand there."""

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from claimtrack.cli import COMMANDS, cli

README = Path(__file__).parents[2] / "README.md"


def block(marker: str) -> str:
    """What stands between a marker and its end, without the fence."""
    text = README.read_text(encoding="utf-8")
    found = re.search(rf"<!-- {re.escape(marker)} -->\n```\w*\n(.*?)```\n<!-- end -->", text, re.DOTALL)
    assert found, marker
    return found[1]


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    env = {"CLAIMTRACK_DATABASE_URL": str(tmp_path / "desk.sqlite3"), "CLAIMTRACK_REVIEWER": "Ada"}

    def invoke(*words):
        result = CliRunner().invoke(cli, words, env=env)
        assert result.exit_code == 0, (words, result.output, result.exception)
        return result.stdout.strip()

    return invoke


def test_the_first_report_comes_out_of_the_commands_as_printed(run, tmp_path):
    (tmp_path / "talks.txt").write_text(block("talks.txt"), encoding="utf-8")
    ids = {}
    for line in block("first report").splitlines():
        words = [ids.get(word, word) for word in shlex.split(line.removeprefix("$ claimtrack "))]
        printed = run(*words)
        if words[0] == "statements":
            ids["STATEMENT"] = printed.split("\t")[0]
        if words[0] == "claim":
            ids["CLAIM"] = printed
    page = (tmp_path / "talks.html").read_text(encoding="utf-8")
    assert "The lease waits for the audit" in page
    assert "not sign before the audit is done" in page


def test_every_command_that_the_readme_names_exists():
    named = set(re.findall(r"(?:^\\$ |`)claimtrack ([a-z]+)", README.read_text(encoding="utf-8"), re.MULTILINE))
    assert named <= set(COMMANDS) | {"demo"}, named - set(COMMANDS)


def test_both_commands_have_a_powershell_twin():
    text = README.read_text(encoding="utf-8")
    assert text.count("```powershell") == 2
    for marker in ("demo command", "test command"):
        assert len(block(marker).strip().splitlines()) == 1


def test_the_screenshot_is_in_the_repository():
    for picture in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README.read_text(encoding="utf-8")):
        assert (README.parent / picture).is_file(), picture


def test_figures_are_not_left_open():
    text = README.read_text(encoding="utf-8")
    assert "FIGURES" not in text
    assert json.dumps("TODO") not in text
