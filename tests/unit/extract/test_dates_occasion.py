"""Statements that take their day from the occasion at which they were made, and those that must not."""

from datetime import date

import pytest

from claimtrack.attribution import DateBasis
from claimtrack.extract import Article

THURSDAY = date(2026, 3, 12)
MEETING = "The harbour board voted 3-2 on Monday night to sell the crane.\n\n"
TOLD = "Una Birk told the board on Monday night that the crane was safe.\n\n"
BRIEFING = "Una Birk said at a news conference on Tuesday that the crane was safe.\n\n"


def days(extractor, text):
    """The day of each statement where the text gives it, else None."""
    found = extractor.extract(Article(text, THURSDAY))
    return [s.said_on if s.date_basis is DateBasis.TEXT else None for s in found]


@pytest.mark.parametrize(
    "text",
    [
        MEETING + "Tom Hale told the board the crane was safe.",
        MEETING + "Cllr Tom Hale said the crane was safe.",
        MEETING + "Board president Tom Hale said the crane was safe.",
        MEETING + "Tom Hale urged the board to wait.",
        MEETING + "Tom Hale told the board the crane was safe.\n\nThe crane is old.\n\n“It is rust,” Hale said.",
        TOLD + "“It is rust,” Tom Hale replied.",
        TOLD + "“Is it paid for?” asked Tom Hale.",
        BRIEFING + "“Who pays?” a reporter asked.",
        BRIEFING + "Tom Hale, who joined Birk at the podium, said the ferry was next.",
        "The High Court on Monday asked the port to explain.\n\nCounsel Tom Hale argued that the crane was safe.",
        "The minister got a bucket on Monday.\n\n“It is rust,” Tom Hale told the meeting.",
    ],
)
def test_words_that_are_shown_to_be_said_there_have_its_day(extractor, text):
    assert days(extractor, text)[-1] in ("2026-03-09", "2026-03-10")


def test_the_words_that_give_the_day_are_those_of_the_lead(extractor):
    text = MEETING + "Tom Hale told the board the crane was safe."
    assert extractor.extract(Article(text, THURSDAY))[-1].date_words == "on Monday night"


@pytest.mark.parametrize(
    "words",
    [
        "Tom Hale, a fisherman, said the crane was safe.",
        "Cllr Tom Hale said in a statement that the crane was safe.",
        "Cllr Tom Hale told Channel 6 the crane was safe.",
        "Cllr Tom Hale told reporters the crane was safe.",
        "Cllr Tom Hale had said the crane was safe.",
        "Cllr Tom Hale has said the crane was safe.",
        "Cllr Tom Hale says the crane is safe.",
        "Cllr Tom Hale said afterwards the crane was safe.",
        "Cllr Tom Hale tweeted that the crane was safe.",
        "A spokesman for the port said the crane was safe.",
        "According to the board’s clerk, Ida Ruiz, the crane was safe.",
        "The port said the crane was safe.",
    ],
)
def test_words_with_an_occasion_of_their_own_stay_undated(extractor, words):
    assert days(extractor, MEETING + words)[-1] is None


@pytest.mark.parametrize(
    "lead",
    [
        "The harbour board will vote on Monday night.\n\n",
        "The harbour board voted to sell the crane.\n\n",
        "The harbour board met on Monday, and again on Tuesday.\n\n",
        "The harbour board read Monday’s report.\n\n",
        "A man who was arrested on Saturday told the court he was lost.\n\n",
    ],
)
def test_a_lead_that_tells_no_day_of_the_occasion_gives_none(extractor, lead):
    assert days(extractor, lead + "Cllr Tom Hale told the board the crane was safe.")[-1] is None


def test_a_trial_that_goes_on_is_no_one_days_occasion(extractor):
    text = (
        "Una Birk, prosecuting, told Halmouth Crown Court on Wednesday that the crane was sold.\n\n"
        "“I never saw it,” Tom Hale told the jury.\n\nJudge Ida Ruiz told jurors not to look it up."
    )
    assert days(extractor, text)[1:] == [None, None]


def test_who_speaks_elsewhere_in_between_is_no_longer_there(extractor):
    text = (
        TOLD
        + "“It is rust,” Tom Hale replied.\n\nHale told Channel 6 it was old.\n\nThe sea rose.\n\nHale said it leaked."
    )
    assert days(extractor, text) == ["2026-03-09", "2026-03-09", None, None]


def test_a_second_occasion_ends_the_first(extractor):
    text = TOLD + "Una Birk said at a news conference on Tuesday that it was rust.\n\n“Who pays?” a reporter asked."
    assert days(extractor, text)[1:] == ["2026-03-10", "2026-03-10"]


THREAD = "Una Birk posted the bill on Monday night.\n\n"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("@unabirk: The crane is rust.", "2026-03-09"),
        ("“The crane is rust,” Birk wrote.", "2026-03-09"),
        ("Birk wrote that the crane was rust.", None),  # maybe another day's post, told in short
        ("“The crane is rust,” Birk said.", None),  # not in the thread
        ("“So is mine,” Tom Hale wrote.", None),  # an answer may come days later
        ("@tomhale: So is mine.", None),
    ],
)
def test_posts_have_the_day_of_the_thread_for_who_began_it(extractor, words, day):
    text = THREAD + words + ("\n\n@portsable: Sorry!\n\n@portsable: Call us." if words.startswith("@") else "")
    assert days(extractor, text)[0] == day


def test_who_stands_beside_the_speaker_speaks_there_too(extractor):
    text = (
        BRIEFING + "Birk, flanked by her engineer, Tom Hale, opened the news conference with a prayer.\n\n"
        "Hale estimated that the crane would last."
    )
    assert days(extractor, text) == ["2026-03-10", "2026-03-10"]
