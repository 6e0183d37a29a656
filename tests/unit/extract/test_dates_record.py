"""Records that are dated once in their head, and logs that date each entry."""

from datetime import date

import pytest

from claimtrack.attribution import DateBasis
from claimtrack.extract import Article

THURSDAY = date(2026, 3, 12)
TURNS = "SEN. BIRK: The crane is safe.\n\nMR. HALE: It is rust.\n\nSEN. BIRK: Who pays?\n\nMR. HALE: The port."
MINUTES = "Minutes of the meeting held on Monday 9 March 2026\n\nPresent: Una Birk (Chair), Tom Hale\n\n"


def days(extractor, text, published=THURSDAY):
    """The day of each statement where the text gives it, else None."""
    found = extractor.extract(Article(text, published))
    return [s.said_on if s.date_basis is DateBasis.TEXT else None for s in found]


@pytest.mark.parametrize("line", ["Hearing of 9 March 2026", "Monday, March 9, 2026, 4:00 p.m.", "2026-03-09"])
def test_the_head_of_a_transcript_dates_its_turns(extractor, line):
    assert days(extractor, f"The harbour crane\n\n{line}\n\n{TURNS}") == ["2026-03-09"] * 4


@pytest.mark.parametrize(
    "head",
    [
        "Hearing of 12 March 2026",  # the article's own day: reported that day
        "Hearing of 9 March",  # no year
        "Hearings of 9 March 2026 and 10 March 2026",
        "Hearing of 19 March 2026",  # after the article
        "The crane was bought on 9 March 2026. " + "Boards have argued about it. " * 8,  # no head, a story
    ],
)
def test_a_head_that_gives_no_one_day_dates_nothing(extractor, head):
    assert days(extractor, f"{head}\n\n{TURNS}")[-4:] == [None] * 4


def test_an_undated_transcript_has_the_day_of_its_head(extractor):
    assert days(extractor, f"Hearing of 9 March 2026\n\n{TURNS}", None) == ["2026-03-09"] * 4


def test_minutes_date_what_they_report_but_not_older_words(extractor):
    text = MINUTES + "1. Crane. Tom Hale said the crane was rust. The port had said that it was safe."
    assert days(extractor, text) == ["2026-03-09", None]


def test_entries_of_a_chat_or_log_have_their_own_days(extractor):
    chat = "[8 Mar, 22:14] Una Birk: It leaks.\n[8 Mar, 22:15] Tom Hale: Badly.\n[9 Mar, 07:01] Una Birk: Still."
    assert days(extractor, chat) == ["2026-03-08", "2026-03-08", "2026-03-09"]
    log = "MARCH 8, 7:40 a.m.: A man said the crane leaned.\n\nMARCH 9, 9 p.m.: He said it fell.\n\nMARCH 10: Quiet."
    assert days(extractor, log) == ["2026-03-08", "2026-03-09"]


def test_a_dateline_is_no_entry(extractor):
    text = "PORT SABLE, March 9 - Una Birk said the crane was safe.\n\nMarch 9 was cold. Tom Hale said it was rust."
    assert days(extractor, text) == [None, None]


def test_all_that_a_paper_says_is_as_old_as_the_paper(extractor):
    text = "The memo, dated 3 March 2021, warns that the crane will fall. It says that the port knew."
    assert days(extractor, text) == ["2021-03-03", "2021-03-03"]


def test_words_within_words_do_not_end_an_occasion(extractor):
    text = "Una Birk said on Monday that Tom Hale had told her to wait. “I waited,” she said."
    assert days(extractor, text)[-1] == "2026-03-09"


def test_an_excerpt_has_the_day_of_the_hearing_that_the_story_tells_of(extractor):
    text = f"Una Birk told a House committee on Monday that the crane was safe.\n\nThe exchange:\n\n{TURNS}"
    assert days(extractor, text) == ["2026-03-09"] * 5
