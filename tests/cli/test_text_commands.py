"""extract, duplicates, check and dates: the contracts, without a database."""

import json

import pytest
from click.testing import CliRunner

from claimtrack.cli import cli

TEXT = "Talks stall\n\n12 March 2026\n\n“We will not sign,” Mirela Anand said on Tuesday.\n"
FIELDS = {
    "id", "kind", "question", "content", "content_spans", "quoted_spans", "source", "source_span", "cue", "cue_span",
    "speaker", "speaker_kind", "speaker_for", "via", "said_on", "date_words", "date_basis", "confidence", "rule", "why",
}  # fmt: skip


def run(*words, stdin=None):
    return CliRunner().invoke(cli, list(words), input=stdin)


def rows(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_extract_prints_the_contract_for_text(tmp_path):
    path = tmp_path / "talks.txt"
    path.write_text(TEXT, encoding="utf-8")
    result = run("extract", str(path))
    assert result.exit_code == 0, result.output
    (document,) = rows(result)
    assert document["id"] == str(path)
    assert (document["title"], document["date"]) == ("Talks stall", "2026-03-12")
    (statement,) = document["statements"]
    assert set(statement) == FIELDS
    assert statement["id"] == f"{path}#1"
    start, end = statement["content_spans"][0]
    assert document["text"][start:end] == statement["content"] == "“We will not sign,”"
    assert (statement["speaker"], statement["said_on"], statement["date_words"]) == (
        "Mirela Anand",
        "2026-03-10",
        "on Tuesday",
    )


def test_extract_leaves_the_text_out_for_jsonl_and_goes_on_after_a_bad_line(tmp_path):
    path = tmp_path / "lines.jsonl"
    line = {"id": "a", "text": TEXT, "meta": {"date": "2026-03-12", "title": "Talks"}}
    path.write_text(json.dumps(line) + "\n{oops\n" + json.dumps(line | {"id": 7}) + "\n", encoding="utf-8")
    result = run("extract", str(path))
    assert result.exit_code == 1
    first, bad, last = rows(result)
    assert "text" not in first
    assert set(bad) == {"id", "error"}
    assert last["id"] == 7
    assert first["statements"][0]["content"] == last["statements"][0]["content"]


def test_extract_reads_standard_input():
    result = run("extract", "-", "--date", "2026-03-12", stdin="“No,” said Ada Moss.\n")
    assert rows(result)[0]["id"] == "-"
    assert rows(result)[0]["statements"][0]["speaker"] == "Ada Moss"


def test_duplicates_judges_lines_and_lists_clusters(tmp_path):
    path = tmp_path / "s.jsonl"
    said = [
        ("We will not sign before the audit is done.", 1),
        ("We will not sign before the audit is done", "two"),
        ("We will sign before the audit is done.", 3),
    ]
    lines = [{"id": key, "text": text, "speaker": "Mirela Anand", "date": None} for text, key in said]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    found = rows(run("duplicates", "--input", str(path)))
    outcomes = {frozenset((row["a"], row["b"])): row for row in found if "a" in row}
    assert outcomes[frozenset((1, "two"))]["outcome"] == "same"
    assert all(row["outcome"] == "different" and row["reasons"] for key, row in outcomes.items() if 3 in key)
    assert [set(row["cluster"]) for row in found if "cluster" in row] == [{1, "two"}]


def test_pairs_are_judged_one_by_one(tmp_path):
    path = tmp_path / "p.jsonl"
    pair = {"id": 9, "a": "It costs 2.5 million dollars.", "b": "It costs $3.5m.", "speaker_a": "", "speaker_b": ""}
    path.write_text(json.dumps(pair), encoding="utf-8")
    (found,) = rows(run("duplicates", "--pairs", str(path)))
    assert (found["id"], found["outcome"]) == (9, "different")
    assert found["reasons"]


@pytest.mark.parametrize(
    ("alleged", "fidelity"),
    [
        ("We will not sign before the audit is done", {"verbatim", "typography"}),
        ("We will sign before the audit is done", {"altered"}),
        ("We will not sign", {"cut"}),
        ("The moon is a lighthouse without a keeper", {"not_found"}),
    ],
)
def test_check_tells_how_words_differ(tmp_path, alleged, fidelity):
    path = tmp_path / "store.jsonl"
    stored = {"id": 1, "speaker": "Mirela Anand", "text": "We will not sign before the audit is done.", "date": None}
    path.write_text(json.dumps(stored), encoding="utf-8")
    (found,) = rows(run("check", alleged, "--store", str(path)))
    assert found["fidelity"] in fidelity
    assert found["match"] == (None if "not_found" in fidelity else 1)


def test_dates_reads_the_day_of_the_saying(tmp_path):
    path = tmp_path / "d.jsonl"
    line = {"id": 1, "article_date": "2026-03-12", "sentence": "“No,” Moss said on Tuesday."}
    path.write_text(json.dumps(line), encoding="utf-8")
    (found,) = rows(run("dates", "--input", str(path)))
    assert found == {"id": 1, "said_on": "2026-03-10", "date_words": "on Tuesday", "basis": "text"}


def test_a_missing_input_is_told_in_a_sentence(tmp_path):
    result = run("duplicates", "--input", str(tmp_path / "gone.jsonl"))
    assert "There is no file" in str(result.exception)
