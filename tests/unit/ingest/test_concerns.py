"""What a person is told to look at before a source is used."""

from dataclasses import replace
from datetime import date

import pytest

from claimtrack.ingest import Document, concerns, is_english

COMPLETE = Document(
    "-",
    b"",
    "Rents rose, she said.",
    "text/html",
    "x",
    publisher="The Ledger",
    published_on=date(2026, 3, 12),
    language="en-GB",
)


def test_a_complete_source_raises_no_concern():
    assert concerns(COMPLETE) == ()


def test_a_missing_publisher_and_day_are_named():
    assert len(concerns(replace(COMPLETE, publisher=None, published_on=None))) == 2


@pytest.mark.parametrize(
    ("language", "english"), [("en", True), ("en-US", True), (None, True), ("fr", False), ("und-Cyrl", False)]
)
def test_only_english_and_open_languages_are_extracted(language, english):
    document = replace(COMPLETE, language=language)
    assert is_english(document) is english
    assert bool(concerns(document)) is not english


@pytest.mark.parametrize(
    "text",
    [
        "HARTWELL, March 12 (Reuters) - Rents rose.",
        "Rents rise\n\nBy Associated Press\n\nRents rose.",
        "Rents rose.\n\n(AFP)",
        "Rents rose.\n\nThis article was originally published in The Coast Herald.",
        "Rents rose.\n\nReprinted with permission from The Coast Herald.",
    ],
)
def test_copy_of_another_outlet_is_suspected(text):
    assert "cop" in str(concerns(replace(COMPLETE, text=text))) or "first printed" in str(
        concerns(replace(COMPLETE, text=text))
    )


@pytest.mark.parametrize(
    "text", ["She told Reuters (by phone) - no.", "The AP course is full.", "Parents (PA) said no."]
)
def test_naming_an_agency_is_no_copy(text):
    assert concerns(replace(COMPLETE, text=text)) == ()


def test_an_agency_on_its_own_page_is_no_copy_of_itself():
    assert concerns(replace(COMPLETE, publisher="Reuters", text="HARTWELL (Reuters) - Rents rose.")) == ()


def test_a_page_that_names_another_site_as_its_own_is_suspected():
    page = replace(COMPLETE, url="https://news.example/a", canonical_url="https://ledger.example/a")
    assert concerns(page) == ("The page names another site as its own: ledger.example.",)
    assert concerns(replace(page, canonical_url="https://www.news.example/a")) == ()
