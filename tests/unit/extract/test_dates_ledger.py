"""The contract of `claimtrack dates`: lines in, lines out."""

from functools import cache

import pytest

from claimtrack.extract import Extractor
from claimtrack.extract.dates import read_dates


@cache
def extractor() -> Extractor:
    return Extractor()


def answer(line: object) -> dict[str, object]:
    (found,) = read_dates([line], extractor())  # type: ignore[list-item] # what a file can hold
    return found


def test_a_dated_sentence_gives_date_words_and_basis() -> None:
    line = {"id": 7, "article_date": "2025-02-18", "sentence": "Orr said on Monday that the port was shut."}
    assert answer(line) == {"id": 7, "said_on": "2025-02-17", "date_words": "on Monday", "basis": "text"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Orr said that the port was shut.",
        "Orr said the port will open on Monday.",
        "“It was right,” Orr said at the time.",
        "Orr was ill on Monday.",
    ],
)
def test_a_sentence_without_the_day_of_the_saying_gives_none_and_not_the_article(sentence: str) -> None:
    found = answer({"id": "a", "article_date": "2025-02-18", "sentence": sentence})
    assert found == {"id": "a", "said_on": None, "date_words": None, "basis": None}


def test_the_outer_statement_counts_and_not_what_it_contains() -> None:
    sentence = "Orr said on Monday that the mayor had told her in December that he would resign."
    assert answer({"id": 1, "article_date": "2025-02-18", "sentence": sentence})["said_on"] == "2025-02-17"


def test_the_last_statement_counts_and_what_stands_before_it_is_its_story() -> None:
    sentence = "The mayor resigned on 3 February. Two days later, Orr said that he was ill."
    assert answer({"id": 1, "article_date": "2025-02-18", "sentence": sentence})["said_on"] == "2025-02-05"


def test_a_verb_that_is_no_known_cue_still_stands_for_one() -> None:
    sentence = "On Monday, Orr groused that the port was shut."
    assert answer({"id": 1, "article_date": "2025-02-18", "sentence": sentence})["said_on"] == "2025-02-17"


def test_an_undated_article_gives_only_what_needs_no_anchor() -> None:
    dated = {"id": 1, "article_date": None, "sentence": "Orr said on 3 March 2024 that the port was shut."}
    assert answer(dated)["said_on"] == "2024-03-03"
    assert answer({**dated, "sentence": "Orr said on Monday that the port was shut."})["said_on"] is None


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ({"id": 1, "article_date": "2025-02-30", "sentence": "x"}, "article_date"),
        ({"id": 1, "article_date": "18 Feb 2025", "sentence": "x"}, "article_date"),
        ({"id": 1, "article_date": 20250218, "sentence": "x"}, "article_date"),
        ({"id": 1, "article_date": "2025-02-18"}, "sentence"),
        ({"id": 1, "article_date": "2025-02-18", "sentence": " "}, "sentence"),
        ({"id": 1, "article_date": "2025-02-18", "sentence": ["x"]}, "sentence"),
        ([1, 2], "JSON object"),
        ("x", "JSON object"),
    ],
)
def test_a_bad_line_names_what_is_wrong(line: object, complaint: str) -> None:
    found = answer(line)
    assert complaint in str(found["error"])
    assert found["id"] == (1 if isinstance(line, dict) else None)


def test_a_bad_line_reports_all_that_is_wrong_and_the_next_one_is_read() -> None:
    good = {"id": 2, "article_date": "2025-02-18", "sentence": "Orr said on Monday that the port was shut."}
    bad, read = read_dates([{"id": 1, "article_date": "x"}, good], extractor())
    assert "sentence" in str(bad["error"])
    assert "article_date" in str(bad["error"])
    assert read["said_on"] == "2025-02-17"


def test_a_long_passage_is_refused_with_the_limit() -> None:
    found = answer({"id": 1, "article_date": "2025-02-18", "sentence": "x" * 5_000_001})
    assert "5,000,000" in str(found["error"])
