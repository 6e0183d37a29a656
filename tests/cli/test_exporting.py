"""Reports and exchange on the command line: saved reports, complete desks, bundles."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claimtrack.cli import cli
from claimtrack.errors import ClaimTrackError


class Shell:
    """Runs commands against one database, as one person."""

    def __init__(self, url: str) -> None:
        self.env = {"CLAIMTRACK_DATABASE_URL": url, "CLAIMTRACK_REVIEWER": "Ada"}

    def run(self, *words: str) -> Result:
        return CliRunner().invoke(cli, list(words), env=self.env)

    def __call__(self, *words: str) -> str:
        result = self.run(*words)
        assert result.exit_code == 0, (words, result.output, result.exception)
        return result.stdout.strip()


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A desk on a SQLite file with one claim."""
    shell = Shell(str(tmp_path / "desk.sqlite3"))
    article = tmp_path / "talks.txt"
    article.write_text("Harbour talks\n\n12 March 2026\n\n“We will wait,” said Tor Vale, a union official.\n", "utf-8")
    shell("add", str(article), "--publisher", "The Ledger", "--story", "Harbour talks")
    (said,) = [json.loads(line) for line in shell("statements", "--format", "jsonl").splitlines()]
    shell("decide", said["id"], "as-printed")
    shell("claim", "The union waits", "--statement", said["id"], "--story", "Harbour talks")
    return shell


def test_a_saved_report_runs_again_by_name(shell, tmp_path):
    first = shell("export", "--format", "csv", "--audience", "editor", "--story", "Harbour talks", "--save-as", "Daily")
    assert "The union waits" in first
    assert shell("export", "--saved", "Daily") == first
    assert shell("reports") == "Daily\tCSV · for the editor · story Harbour talks"
    shell("export", "--format", "markdown", "--audience", "lawyer", "--save-as", "Daily", "-o", str(tmp_path))
    assert shell("reports") == "Daily\tMarkdown · for the lawyer · all stories"
    assert shell("export", "--saved", " Daily ").startswith("# ")
    assert shell("reports", "--delete", "Daily") == ""
    result = shell.run("export", "--saved", "Daily")
    assert isinstance(result.exception, ClaimTrackError)
    assert "no saved report “Daily”" in str(result.exception)


def test_a_quotation_with_its_repeats_is_a_selection(shell):
    (said,) = [json.loads(line) for line in shell("statements", "--format", "jsonl").splitlines()]
    assert "The union waits" in shell("export", "--format", "markdown", "--audience", "editor", "--cluster", said["id"])
    result = shell.run("export", "--format", "markdown", "--view", "Tonight")
    assert "no saved view “Tonight”" in str(result.exception)


def test_the_formats_are_listed(shell):
    assert "pdf\tPDF" in shell("export", "--formats")
    assert shell.run("export").exit_code == 2


@pytest.mark.parametrize("command", ["export", "bundle"])
def test_a_complete_desk_goes_into_a_new_database(shell, tmp_path, command):
    made = tmp_path / "desk.out"
    shell(command, "--everything", "-o", str(made))
    told = shell("import", str(made), "--db", str(tmp_path / "copy.sqlite3"))
    assert "1 saved copies" in told
    copy = Shell(str(tmp_path / "copy.sqlite3"))
    assert copy("statements", "--format", "jsonl") == shell("statements", "--format", "jsonl")
    assert copy("verify") == shell("verify")
    again = tmp_path / "again.json"
    copy("export", "--everything", "-o", str(again))
    shell("export", "--everything", "-o", str(tmp_path / "first.json"))
    assert again.read_bytes() == (tmp_path / "first.json").read_bytes()
    refused = shell.run("import", str(made))
    assert isinstance(refused.exception, ClaimTrackError)
    assert "in use" in str(refused.exception)


def test_another_desks_bundle_is_taken_in_and_what_it_lacks_is_told(shell, tmp_path):
    made = tmp_path / "talks.zip"
    shell("bundle", "--story", "Harbour talks", "-o", str(made))
    other = Shell(str(tmp_path / "other.sqlite3"))
    result = other.run("import", str(made))
    assert result.exit_code == 0, result.exception
    assert "1 claim" in result.stdout
    assert "not taken in: events of the other desk's log" in result.stderr
    assert "0 problems" in other("verify")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_file_that_is_not_there_is_told(shell, tmp_path):
    refused = shell.run("import", str(tmp_path / "gone.json"))
    assert isinstance(refused.exception, ClaimTrackError)
    assert "There is no file" in str(refused.exception)


def test_an_edited_table_is_shown_then_applied_and_undone(shell, tmp_path):
    table = tmp_path / "talks.csv"
    shell("export", "--format", "csv", "--audience", "editor", "-o", str(table))
    assert shell.run("revise", str(table)).stderr == (
        "0 changes, 0 conflicts, 0 not understood; nothing was stored: add --yes to apply the changes\n"
    )
    table.write_text(table.read_text("utf-8-sig").replace("Tor Vale", "Tora Vale"), "utf-8")
    result = shell.run("revise", str(table))
    assert "speaker: “Tor Vale” → “Tora Vale”" in result.stdout
    assert result.exit_code == 1, "the claimant stands in a column that this table can't change"
    assert "“claimant” can't be changed in a table" in result.stderr
    assert "“speaker_as_printed” can't be changed in a table" in result.stderr
    assert "applied: 1 changes" in shell.run("revise", str(table), "--yes").stderr
    assert "Tora Vale" in shell("statements", "--format", "jsonl")
    assert "0 problems" in shell("verify")


def test_the_template_is_set_shown_and_used(shell, tmp_path):
    assert "desk\tFact-checking desk" in shell("template")
    labels = tmp_path / "labels.json"
    labels.write_text(shell("template", "--show").replace('"Claims"', '"Behauptungen"'), "utf-8")
    told = shell("template", "--desk", "Ledger desk", "--language", "de", "--labels", str(labels), "--no-names")
    assert "desk\tLedger desk" in told
    assert "labels of its own\t1" in told
    assert "Ledger desk" in shell("export", "--format", "markdown", "--audience", "editor")
    bad = shell.run("template", "--logo", str(labels))
    assert isinstance(bad.exception, ClaimTrackError)
