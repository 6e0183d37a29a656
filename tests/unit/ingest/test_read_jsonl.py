"""JSONL: a document a line, verbatim; a bad line costs only itself."""

import json
from datetime import date

import pytest

from claimtrack.errors import LimitError, SourceError
from claimtrack.ingest import Document
from claimtrack.ingest.lines import read_jsonl


def lines(*records):
    return [json.dumps(record).encode() + b"\n" for record in records]


def test_text_is_verbatim_and_the_id_keeps_its_type():
    text = "  Rents\r\nrose \u00a0\u2028e\u0301\n"
    found = list(read_jsonl(lines(*({"id": key, "text": text} for key in (7, "7", None, 1.5, [1]))), "a.jsonl"))
    assert [document.given_id for document in found] == [7, "7", None, 1.5, [1]]
    assert {document.text for document in found} == {text}
    assert {document.media_type for document in found} == {"application/jsonl"}


def test_meta_is_proposed_from_the_file():
    meta = {
        "date": "2026-03-12",
        "title": "Rents",
        "url": "https://ledger.example/r",
        "publisher": "The Ledger",
        "author": "A. Ruiz",
    }
    (document,) = read_jsonl(lines({"id": 1, "text": "Rents rose.", "meta": meta}), "a.jsonl")
    assert (document.published_on, document.title, document.url) == (
        date(2026, 3, 12),
        "Rents",
        "https://ledger.example/r",
    )
    assert (document.publisher, document.author) == ("The Ledger", "A. Ruiz")
    assert set(document.origins.values()) == {"file"}


@pytest.mark.parametrize("day", ["spring 2026", "03/04/2026", "", 20260312, None, {"y": 2026}])
def test_a_day_that_is_left_open_stays_open(day):
    (document,) = read_jsonl(lines({"id": 1, "text": "Rents rose.", "meta": {"date": day}}), "a.jsonl")
    assert document.published_on is None


@pytest.mark.parametrize(
    ("line", "source", "words"),
    [
        (b"{not json}\n", "a.jsonl:2", "is not JSON"),
        (b'["text"]\n', "a.jsonl:2", "not a JSON object"),
        (b'{"id": "x"}\n', "x", 'no "text"'),
        (b'{"id": 3, "text": 4}\n', 3, 'no "text"'),
        (b'{"id": "x", "text": " "}\n', "x", "no words"),
        (b'{"id": "x", "text": "Rents\\u0000"}\n', "x", "NUL character at offset 5"),
        (b'{"id": "x", "text": "Rents \\ud83d"}\n', "x", "offset 6"),
        (b'{"id": "x", "text": "Rents", "meta": []}\n', "x", '"meta"'),
        (b'{"text": "Rents \xff"}\n', "a.jsonl:2", "not UTF-8"),
        (b"[" * 100_000 + b"\n", "a.jsonl:2", "nested too deeply|not JSON"),
        (b'{"text": ' + b"9" * 10_000 + b"}\n", "a.jsonl:2", "not JSON"),
    ],
)
def test_a_bad_line_gives_its_error_in_its_place_and_the_rest_go_on(line, source, words):
    good = lines({"id": "one", "text": "Rents rose."}, {"id": "two", "text": "Rents fell."})
    first, error, last = read_jsonl([good[0], line, good[1]], "a.jsonl")
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert isinstance(error, SourceError)
    assert error.source == source
    assert __import__("re").search(words, str(error))


def test_blank_lines_and_a_byte_order_mark_are_passed_over(read):
    found = read("a.jsonl", b'\xef\xbb\xbf{"id": 1, "text": "Rents rose."}\r\n\n  \n{"id": 2, "text": "Rents fell."}')
    assert [document.given_id for document in found] == [1, 2]


def test_a_line_over_the_limit_costs_only_itself(read, monkeypatch):
    monkeypatch.setattr("claimtrack.ingest.lines.MAX_SOURCE_BYTES", 200)
    long = json.dumps({"id": 2, "text": "a" * 700}).encode()
    found = read(
        "a.jsonl", lines({"id": 1, "text": "Rents rose."})[0] + long + b"\n" + lines({"id": 3, "text": "No."})[0]
    )
    assert [getattr(item, "given_id", None) for item in found] == [1, None, 3]
    assert isinstance(found[1], LimitError)


def test_an_empty_file_is_an_error(read):
    (error,) = read("a.jsonl", b"\n")
    assert "is empty" in str(error)
