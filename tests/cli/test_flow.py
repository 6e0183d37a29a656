"""The whole way on the command line alone, on SQLite and on PostgreSQL."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claimtrack.cli import cli
from claimtrack.errors import ClaimTrackError

ARTICLE = """Harbour talks stall

12 March 2026

Harbour minister Mirela Anand said on Tuesday that the ministry would “not sign before the audit is done”.

“We were told nothing,” said Tor Vale, a union official. “Nobody asked us.”

“Well,” a docker said, “we will see.”
"""


class Shell:
    """Runs commands against one database, as one person."""

    def __init__(self, url: str, who: str = "Ada") -> None:
        self.env = {"CLAIMTRACK_DATABASE_URL": url, "CLAIMTRACK_REVIEWER": who}

    def run(self, *words: str, stdin: str | None = None) -> Result:
        return CliRunner().invoke(cli, list(words), env=self.env, input=stdin)

    def __call__(self, *words: str, stdin: str | None = None) -> str:
        result = self.run(*words, stdin=stdin)
        assert result.exit_code == 0, (words, result.output, result.exception)
        return result.stdout.strip()

    def rows(self, *words: str) -> list[dict[str, object]]:
        return [json.loads(line) for line in self(*words, "--format", "jsonl").splitlines()]


@pytest.fixture
def shell(database_url: str) -> Shell:
    return Shell(database_url)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "talks.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def test_from_an_article_to_a_claimreview(shell, article, tmp_path):
    (added,) = shell.rows("add", str(article), "--publisher", "The Ledger", "--story", "Harbour talks")
    assert added["outcome"] == "new"
    found = {row["content"]: row for row in shell.rows("statements")}
    words = "the ministry would “not sign before the audit is done”"
    said = found[words]
    assert (said["speaker"], said["said_on"]) == ("Mirela Anand", "2026-03-10")

    assert shell("decide", str(said["id"]), "as-printed") == "as_printed"
    told = next(row for text, row in found.items() if "told nothing" in text)
    fixed = shell("fix", str(told["id"]), "--words", "“We were told nothing,”", "--source", "Tor Vale", "--cue", "said")
    assert fixed == "fixed"
    missed = shell("mark", str(added["document"]), "--words", "“Nobody asked us.”", "--speaker", "Tor Vale")
    listed = {row["id"]: row for row in shell.rows("statements")}
    assert listed[missed]["content"] == "“Nobody asked us.”"

    claim = shell("claim", "The lease waits for the audit", "--statement", str(said["id"]), "--story", "Harbour talks")
    plan = tmp_path / "plan.txt"
    plan.write_text("Audit plan: June.", encoding="utf-8")
    shell("evidence", claim, "--title", "Audit plan", "--file", str(plan), "--stance", "supports", "--primary")
    shell("review", claim, "true", "--reasoning", "The plan says so.")
    Shell(shell.env["CLAIMTRACK_DATABASE_URL"], "Bea")("stories")
    assert shell("role", "bea", "second_reader") == "second_reader"
    Shell(shell.env["CLAIMTRACK_DATABASE_URL"], "Bea")("review", claim, "true", "--reasoning", "I agree.")
    shell("verdict", claim, "true", "--reasoning", "The port's own plan says so.")
    refused = shell.run("release", claim)
    assert isinstance(refused.exception, ClaimTrackError)
    assert "asked for an answer" in str(refused.exception)
    shell("waive", claim, "right_of_reply", "--reason", "asked at the briefing")
    shell("release", claim)

    review = json.loads(shell("export", "--format", "claimreview", "--story", "Harbour talks"))
    assert review["claimReviewed"] == "The lease waits for the audit"
    assert review["itemReviewed"]["author"]["name"] == "Mirela Anand"
    assert review["reviewRating"]["alternateName"] == "True"
    for name in ("csv", "json", "html"):
        path = tmp_path / f"report.{name}"
        shell("export", "--format", name, "-o", str(path))
        assert "The lease waits for the audit" in path.read_text(encoding="utf-8-sig")

    (answer,) = [json.loads(shell("check", "We will not sign before the audit is done", "--speaker", "Anand"))]
    assert answer["record"] == "report"
    assert "0 problems" in shell("verify")


def test_each_problem_is_one_sentence_and_the_good_inputs_are_stored(shell, article, tmp_path):
    bad = {
        "empty.txt": b"",
        "picture.txt": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
        "broken.txt": b"caf\xc3\x28 \xff\xfe\x00 broken",
        "nothing.html": b"<html><head><title>x</title></head><body><script>1</script></body></html>",
        "lines.jsonl": b'{"id": 1, "text": "Rents rose, said Ada Moss, the mayor."}\nnot json\n',
    }
    for name, data in bad.items():
        (tmp_path / name).write_bytes(data)
    names = [str(tmp_path / name) for name in bad]
    unreachable = ["http://127.0.0.1:9/", "http://localhost/", "ftp://ledger.example/", "http://169.254.169.254/"]
    result = shell.run("add", "gone.txt", *names, *unreachable, str(article), "--format", "jsonl")
    assert result.exit_code == 1
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    errors = [row for row in rows if "error" in row]
    assert len(errors) == 1 + len(bad) + len(unreachable)
    for row in errors:
        assert row["error"].count("\n") == 0
        assert 20 < len(row["error"]) < 400
        assert "Traceback" not in row["error"]
    assert [row["outcome"] for row in rows if "outcome" in row] == ["new", "new"]
    assert "0 problems" in shell("verify")


def test_every_command_has_help_with_an_example(shell):
    for name in cli.list_commands(None):
        text = shell(name, "--help")
        assert "Example:" in text, name
        assert f"claimtrack {name}" in text, name


def test_bad_usage_is_exit_status_two(shell):
    assert shell.run("extract", "--format", "papyrus").exit_code == 2
    assert shell.run("duplicates").exit_code == 2
