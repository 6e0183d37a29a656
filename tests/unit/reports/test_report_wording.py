"""No date and no quotation is worded with more certainty than its source has."""

from dataclasses import replace
from datetime import date

import pytest

from claimtrack.attribution import DateBasis
from claimtrack.reports.model import Decision, Fidelity, Template
from claimtrack.reports.wording import Wording, day_of, shown, web_address

WORDING = Wording(Template())


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2025-02-18", "18 Feb 2025"),
        ("2025-02", "February 2025"),
        ("2025", "2025"),
        ("2025-21", "spring 2025"),
        ("2025-24", "winter 2025"),
        ("199X", "the 1990s"),
        ("2025-02~", "about February 2025"),
        ("2025?", "2025 (uncertain)"),
        ("2025-02-17/2025-02-23", "between 17 Feb 2025 and 23 Feb 2025"),
        ("../2025-02-18", "on or before 18 Feb 2025"),
        ("2025-02-18/..", "on or after 18 Feb 2025"),
        ("../..", "day not stated"),
        ("2025-13", "2025-13"),
        ("whenever", "whenever"),
    ],
)
def test_edtf_is_read_with_its_true_precision(edtf, words):
    assert WORDING.edtf(edtf) == words


def test_a_date_from_the_article_is_never_the_day_of_saying(editor):
    clipped = editor.claims[0].appearances[1].quotation
    assert WORDING.when(clipped) == "reported 13 Mar 2026; day not stated"
    assert WORDING.when(replace(clipped, said_on=None)) == "reported 13 Mar 2026; day not stated"


def test_a_date_from_the_text_is_the_day_of_saying(editor):
    assert WORDING.when(editor.claims[0].appearances[0].quotation) == "said 10 Mar 2026"


def test_without_any_date_the_day_is_open(editor):
    clipped = editor.claims[0].appearances[1].quotation
    bare = replace(clipped, said_on=None, date_basis=None, source=replace(clipped.source, published_on=None))
    assert WORDING.when(bare) == "day not stated"


def test_words_that_were_not_said_are_dated_by_their_source_only(editor):
    never = editor.claims[1].appearances[0].quotation
    assert never.date_basis is DateBasis.TEXT
    assert WORDING.when(never) == "the source dates it 10 Mar 2026"
    assert WORDING.speaker(never) == "attributed to Mirela Anand, harbour minister"


@pytest.mark.parametrize(
    "outcome", ["verbatim", "typography", "cut", "altered", "stitched", "wrong_speaker", "not_found"]
)
def test_without_a_primary_record_no_outcome_counts_as_a_check(outcome, editor):
    report_source = editor.claims[0].appearances[1].quotation.source
    unchecked = "as printed, not checked against a record"
    assert WORDING.fidelity(None) == unchecked
    assert WORDING.fidelity(Fidelity(outcome)) == unchecked
    assert WORDING.fidelity(Fidelity(outcome, record=report_source, checked_by="Ada")) == unchecked


@pytest.mark.parametrize(
    "outcome", ["verbatim", "typography", "cut", "altered", "stitched", "wrong_speaker", "not_found"]
)
def test_a_primary_record_is_named_with_its_place(outcome, editor):
    record = editor.claims[0].appearances[0].quotation.fidelity.record
    words = WORDING.fidelity(Fidelity(outcome, record, "00:04", checked_by="Ada"))
    assert "the recording “Port hearing”, 00:04" in words
    assert "not checked" not in words
    assert "verbatim" not in words


def test_a_comparison_by_machine_alone_is_said_to_be_one(editor):
    record = editor.claims[0].appearances[0].quotation.fidelity.record
    words = WORDING.fidelity(Fidelity("verbatim", record))
    assert words.startswith("as printed; compared by machine")
    assert "not yet checked by a person" in words


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        (None, "not yet read"),
        (Decision("true", ""), "single reader"),
        (Decision("true", "", readers=("Ada",)), "single reader"),
        (Decision("true", "", readers=("Ada", "Ada")), "single reader"),
        (Decision("true", "", readers=("Ada", "Bela")), "2 readers"),
        (Decision("true", "", reader_count=3), "3 readers"),
    ],
)
def test_a_desk_of_one_is_labelled(decision, words):
    assert WORDING.readers(decision) == words


def test_only_one_certain_day_is_a_day():
    assert day_of("2025-02-18") == date(2025, 2, 18)
    assert day_of("2025-02-18T10:00:00Z") == date(2025, 2, 18)
    for edtf in (None, "", "2025-02", "2025-02-18~", "2025-02-18/2025-02-19", "../2025-02-18", "2025-02-30", "X"):
        assert day_of(edtf) is None


def test_a_template_replaces_single_words_and_no_more():
    own = Wording(
        Template(
            labels={
                "date.open": "Tag nicht genannt",
                "months": "Jan. Feb. März Apr. Mai Juni Juli Aug. Sep. Okt. Nov. Dez.",
            }
        )
    )
    assert own.say("date.open") == "Tag nicht genannt"
    assert own.edtf("2025-03-18") == "18 März 2025"
    assert own.say("kind.direct") == "full quotation"


def test_a_label_is_no_program():
    own = Wording(Template(labels={"date.said": "{when.__class__} {0} {when}"}))
    assert own.say("date.said", when="now") == "{when.__class__} {0} now"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " https://a.example",
        "https://a.example/ b",
        'https://a.example/"onclick=',
        "https://a.example/<b>",
        "ftp://a.example",
        "data:text/html,x",
        "",
        None,
        "https://",
        "https://a\nb",
    ],
)
def test_only_web_addresses_become_links(url):
    assert web_address(url) is None


def test_characters_that_turn_text_round_are_shown():
    assert shown("a\u202eb\x00c\u2069") == "a[U+202E]b[U+0000]c[U+2069]"
    assert shown("עברית\u200f“Yes”\n") == "עברית\u200f“Yes”\n"


def test_a_translation_is_said_to_be_one_and_by_whom(editor):
    said = editor.claims[0].appearances[0].quotation
    assert WORDING.translation(said) == ""
    assert WORDING.translation(replace(said, translated_from="es")) == "translated from es"
    assert (
        WORDING.translation(replace(said, translated_from="es", translated_by="The Ledger"))
        == "translated from es by The Ledger"
    )


def test_a_speaker_is_named_with_body_and_reporter_and_never_made_up(editor):
    said = editor.claims[0].appearances[0].quotation
    second_hand = replace(said, speaker_for="the harbour board", via="a colleague")
    assert (
        WORDING.speaker(second_hand) == "Mirela Anand, harbour minister, for the harbour board, reported by a colleague"
    )
    assert WORDING.speaker(replace(said, speaker=None)) == "Mirela Anand, the harbour minister"
    assert WORDING.speaker(replace(said, speaker=None, mention=None)) == "speaker not named"


def test_a_place_is_a_page_or_a_time(editor):
    piece = editor.claims[0].appearances[0].quotation.content[0]
    assert WORDING.place(piece) == ""
    assert WORDING.place(replace(piece, page=14)) == "p. 14"
    assert WORDING.place(replace(piece, time_s=3725.4)) == "1:02:05"


def test_shared_copy_is_no_independent_evidence(editor):
    item = editor.claims[0].evidence[0]
    assert WORDING.evidence(item) == "primary source, independent"
    assert WORDING.evidence(replace(item, independent=False, primary=False)) == "secondary source, shared wire copy"
    assert (
        WORDING.evidence(replace(item, shared_with="the wire of 12 March"))
        == "primary source, shared copy: the wire of 12 March"
    )
