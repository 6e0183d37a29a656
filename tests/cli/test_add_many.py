"""`claimtrack add` on many files: one report at the end, and the same command again goes on where it stopped."""

import json

import pytest
from click.testing import CliRunner

from claimtrack import limits
from claimtrack.cli import cli
from claimtrack.commands.sources import helpers


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "in"
    place.mkdir()
    for number in range(11):
        text = f"Port news {number}\n\n12 March 2026\n\n“Part {number} is done,” said Ada Moss.\n"
        (place / f"{number:02}.txt").write_text(text, encoding="utf-8")
    (place / "11.txt").touch()
    return place


@pytest.fixture
def add(folder, database_url):
    def run(*words):
        return CliRunner().invoke(cli, ["add", str(folder), "--db", database_url, "--as", "Ada", *words])

    return run


def test_a_report_at_the_end_names_what_failed(add, folder):
    done = add("--format", "jsonl")
    assert done.exit_code == 1
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["outcome"] for row in rows[:11]] == ["new"] * 11
    head, failed = done.stderr.splitlines()
    assert head == "11 stored (11 new), 1 not."
    assert failed.startswith(f"not stored: {folder / '11.txt'}: ")


def test_the_same_command_again_reads_only_what_is_not_stored(add, monkeypatch):
    add()

    def extract(_):
        raise AssertionError("extracted again")

    monkeypatch.setattr("claimtrack.ingest.extraction.suggestions", extract)
    assert add().stderr.splitlines()[0] == "11 stored (11 seen again), 1 not."


def test_workers_are_started_for_many_sources_or_when_they_are_asked_for(monkeypatch):
    monkeypatch.setattr("claimtrack.commands.sources.cores", lambda: 4)
    many = limits.PARALLEL_FROM + 1
    assert helpers(None, None, many)[1] == 0
    assert helpers(None, None, 3)[1] == limits.PARALLEL_FROM
    assert helpers(None, None, None)[1] == limits.PARALLEL_FROM
    assert helpers(2, None, 3)[1] == 0
    assert helpers(1, None, many) == (None, 0)
    monkeypatch.setattr("claimtrack.commands.sources.cores", lambda: 1)
    assert helpers(None, None, many) == (None, 0)


def test_processes_and_a_cluster_at_once_are_a_wrong_command_line(add):
    done = add("--processes", "2", "--dask", "tcp://127.0.0.1:8786")
    assert done.exit_code == 2
    assert "not both" in done.stderr
