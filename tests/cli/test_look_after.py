"""Backup, restore, move and erasure on the command line."""

import json

import pytest
from click.testing import CliRunner

from claimtrack.cli import cli

SECRET = "the ferry papers lie under the third plank"
ARTICLE = f"Papers found\n\n12 March 2026\n\n“{SECRET},” said Tor Vale, a docker.\n"


@pytest.fixture
def run(database_url, tmp_path):
    env = {"CLAIMTRACK_DATABASE_URL": database_url, "CLAIMTRACK_REVIEWER": "Ada"}

    def invoke(*words, db=None):
        more = ["--db", db] if db else []
        return CliRunner().invoke(cli, [*words, *more], env=env)

    path = tmp_path / "papers.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    assert invoke("add", str(path)).exit_code == 0
    return invoke


def test_a_backup_restores_to_an_equal_desk_and_overwrites_nothing(run, tmp_path):
    path, copy = tmp_path / "backup.sqlite3", str(tmp_path / "restored.sqlite3")
    assert "verified" in run("backup", str(path)).stdout
    assert run("backup", str(path)).exit_code == 1
    assert "0 problems" in run("restore", str(path), "--to", copy).stdout
    listed = run("statements", "--format", "jsonl").stdout
    assert run("statements", "--format", "jsonl", db=copy).stdout == listed
    assert run("restore", str(path), "--to", copy).exit_code == 1


def test_a_desk_moves_with_ids_and_log(run, new_url, tmp_path):
    target = str(tmp_path / "moved.sqlite3")
    assert run("move", "--to", target).exit_code == 0
    assert run("statements", "--format", "jsonl", db=target).stdout == run("statements", "--format", "jsonl").stdout
    assert "0 problems" in run("verify", db=target).stdout


def test_doctor_tells_what_stands(run):
    result = run("doctor")
    assert result.exit_code == 0, result.output
    for what in ("Python", "English model", "schema", "log and saved copies"):
        assert what in result.stdout


def test_erased_words_are_nowhere_and_the_log_still_holds(run, tmp_path):
    row = json.loads(run("statements", "--format", "jsonl").stdout.splitlines()[0])
    result = run("erase", "document", row["document"], "--reason", "court order", "--yes")
    assert result.exit_code == 0, result.exception
    verified = run("verify")
    assert "0 problems" in verified.stdout
    assert "0 erased" not in verified.stdout
    assert SECRET not in run("statements", "--format", "jsonl").stdout
    run("backup", str(tmp_path / "later.sqlite3"))
    for path in (tmp_path / "later.sqlite3", *tmp_path.glob("*.sqlite3*")):
        assert SECRET.encode() not in path.read_bytes(), path
    assert (tmp_path / "papers.txt").exists()
