"""Date expressions and what they come to, without a parser."""

import time
import warnings
from datetime import date

import pytest
from edtf import parse_edtf
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claimtrack.extract.dates.timeline import _ANY, RULES, candidates, read_timeline

TUESDAY = date(2025, 2, 18)


def readings(text: str, published: date | None = TUESDAY) -> list[tuple[str, str | None]]:
    """Words and EDTF of every expression that is not set in the future."""
    return [
        (text[e.start : e.end], e.sense.when.edtf if e.sense.when else None)
        for e in read_timeline(text, published).expressions
        if not e.sense.is_future
    ]


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("on Tuesday", "2025-02-18"),
        ("last Tuesday", "2025-02-11"),
        ("on Monday", "2025-02-17"),
        ("last Monday", "2025-02-17"),
        ("this Wednesday", "2025-02-12"),
        ("on Wednesday night", "2025-02-12"),
        ("late on Friday", "2025-02-14"),
        ("on Wednesday of last week", "2025-02-12"),
        ("on Monday of this week", "2025-02-17"),
        ("on Sat.", "2025-02-15"),
        ("today", "2025-02-18"),
        ("this morning", "2025-02-18"),
        ("last night", "2025-02-17"),
        ("yesterday evening", "2025-02-17"),
        ("the day before yesterday", "2025-02-16"),
        ("overnight", "2025-02-17/2025-02-18"),
        ("last week", "2025-02-10/2025-02-16"),
        ("this week", "2025-02-17/2025-02-18"),
        ("over the weekend", "2025-02-15/2025-02-16"),
        ("last weekend", "2025-02-15/2025-02-16"),
        ("last month", "2025-01"),
        ("earlier this month", "2025-02"),
        ("last quarter", "2024-36"),
        ("last year", "2024"),
        ("last decade", "201X"),
        ("the past week", "2025-02-11/2025-02-18"),
        ("the past two months", "2024-12-01/2025-02-18"),
        ("the past few days", "../2025-02-18"),
        ("the past three hours", "2025-02-17/2025-02-18"),
        ("the past two years", "2023-01-01/2025-02-18"),
        ("three days ago", "2025-02-15"),
        ("a week ago", "2025-02-11"),
        ("two weeks ago", "2025-02-03/2025-02-09"),
        ("a fortnight ago", "2025-02-03/2025-02-09"),
        ("a month ago", "2025-01"),
        ("a year ago", "2024"),
        ("about two years ago", "2023~"),
        ("two or three years ago", "2023~"),
        ("a decade ago", "2015~"),
        ("20 years ago", "2005~"),
        ("two hours ago", "2025-02-17/2025-02-18"),
        ("several months ago", "../2025-02-18"),
        ("long ago", "../2025-02-18"),
        ("12 March 2024", "2024-03-12"),
        ("the 12th of March, 2024", "2024-03-12"),
        ("March 12, 2024", "2024-03-12"),
        ("March 12th", "2024-03-12"),
        ("12 December", "2024-12-12"),
        ("Feb. 18", "2025-02-18"),
        ("12-14 January", "2025-01-12/2025-01-14"),
        ("March 3-5, 2020", "2020-03-03/2020-03-05"),
        ("Tuesday, 4 February", "2025-02-04"),
        ("29 February", "2024-02-29"),
        ("2024-03-12", "2024-03-12"),
        ("2024/3/12", "2024-03-12"),
        ("23/04/2024", "2024-04-23"),
        ("04/23/24", "2024-04-23"),
        ("03/04/2024", "[2024-03-04,2024-04-03]"),
        ("01/03/2025", "2025-01-03"),
        ("in March", "2024-03"),
        ("in February", "2025-02"),
        ("last February", "2024-02"),
        ("in late March", "2024-03"),
        ("mid-August", "2024-08"),
        ("at the start of January", "2025-01"),
        ("in May 2019", "2019-05"),
        ("in 2019", "2019"),
        ("around 2019", "2019~"),
        ("in early 2019", "2019"),
        ("in the 1990s", "199X"),
        ("in the late ’80s", "198X"),
        ("in the seventies", "197X"),
        ("in spring 2024", "2024-21"),
        ("in the summer of 2024", "2024-22"),
        ("last winter", "2023-24"),
        ("this winter", "2024-24"),
        ("over the summer", "2024-22"),
        ("in the third quarter of 2023", "2023-35"),
        ("Q1 2024", "2024-33"),
        ("on New Year’s Eve", "2024-12-31"),
        ("on Christmas Day", "2024-12-25"),
        ("on the 12th", "2025-02-12"),
        ("on the 27th", "2025-01-27"),
        ("on the 3rd of last month", "2025-01-03"),
        ("since Friday", "2025-02-14/2025-02-18"),
        ("after Friday", "2025-02-14/2025-02-18"),
        ("before Friday", "../2025-02-14"),
        ("by 2019", "../2019"),
        ("since 2019", "2019/2025-02-18"),
        ("the year before last", "2023"),
        ("the week before last", "2025-02-03/2025-02-09"),
        ("from March to May", "2024-03/2024-05"),
        ("between 2015 and 2019", "2015/2019"),
        ("a day after Friday", "2025-02-15"),
        ("two weeks before March 20, 2024", "2024-03-04/2024-03-10"),
        ("previously", "../2025-02-18"),
        ("in the run-up to the summit", "../2025-02-18"),
    ],
)
def test_an_expression_comes_to_its_edtf(words: str, edtf: str) -> None:
    assert [found[1] for found in readings(f"He left {words}.")] == [edtf]
    assert str(parse_edtf(edtf)).replace(" ", "") == edtf


@pytest.mark.parametrize(
    "text",
    [
        "May said no.",
        "The plan of April Fontaine failed.",
        "According to Jan Sollis it rained.",
        "They march on the capital and costs may rise.",
        "The Sun reported it.",
        "The cat sat.",
        "She read the Sunday Courier.",
        "It was Good Friday.",
        "The Wednesday Club met.",
        "Room 2019 costs $2024.",
        "The 12th floor is shut.",
        "The fall of the tower was loud.",
        "He told USA TODAY.",
        "She was on CBS This Morning.",
        "She reads “This Week” each week.",
        "Version 1.10.12 is out.",
        "It rains every Monday, on some Sunday and on a Friday.",
        "The ratio is 3/4.",
    ],
)
def test_names_verbs_and_numbers_that_look_like_dates_are_none(text: str) -> None:
    assert readings(text) == []


@pytest.mark.parametrize(
    "words",
    ["tomorrow", "next Tuesday", "next week", "on 3 March 2026", "the coming year", "next March", "next summer"],
)
def test_what_lies_ahead_is_marked_so(words: str) -> None:
    expressions = read_timeline(f"It opens {words}.", TUESDAY).expressions
    assert [e.sense.is_future for e in expressions] == [True]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("on 31 February", "no such day"),
        ("on 45/45/2024", "no such day"),
        ("on Monday, 18 February", "do not agree"),
        ("in fiscal 2024", "fiscal year"),
        ("in the third quarter", "without a year"),
        ("on the 31st", "no such day"),
        ("two days later", "counts from"),
        ("the next day", "counts from"),
        ("at the time", "counts from"),
        ("on the following Monday", "counts from"),
    ],
)
def test_an_open_date_tells_why_it_is_open(words: str, why: str) -> None:
    published = date(2025, 2, 28) if "31st" not in words else date(2025, 3, 1)
    (expression,) = read_timeline(f"He left {words}, they said.", published).expressions
    assert expression.sense.when is None
    assert why in (expression.sense.why or "")


UNANCHORED = [
    "on Monday", "in March", "last week", "two days ago", "on 3 March", "on the 12th", "in March last year",
    "last summer", "this morning", "over the weekend", "the past two days", "on Christmas Day",
]  # fmt: skip


@pytest.mark.parametrize("words", UNANCHORED)
def test_without_a_date_of_the_document_nothing_is_counted_from_today(words: str) -> None:
    (expression,) = read_timeline(f"He left {words}.", None).expressions
    assert expression.sense.when is None
    assert "no date" in (expression.sense.why or "")


def test_a_full_date_needs_no_document() -> None:
    assert readings("He left on 3 March 2024.", None) == [("on 3 March 2024", "2024-03-03")]


def test_december_read_in_january_lies_in_the_old_year() -> None:
    assert readings("He left on 28 December and in November.", date(2024, 1, 3)) == [
        ("on 28 December", "2023-12-28"),
        ("in November", "2023-11"),
    ]


@pytest.mark.parametrize(
    ("story", "edtf"),
    [
        ("He resigned on 3 February. Two days later, she left.", "2025-02-05"),
        ("He resigned on 3 February. It rained. A week later, she left.", "2025-02-10"),
        ("He resigned on 3 February; that evening she left.", "2025-02-03"),
        ("He resigned on 3 February. Later that week, she left.", "2025-02-03/2025-02-09"),
        ("He resigned on 3 February. Days later, she left.", "2025-02-03/2025-02-18"),
        ("He resigned on 3 February. Hours later, she left.", "2025-02-03/2025-02-04"),
        ("He resigned in 2019. Two years later she left.", "2021"),
        ("He resigned in May 2019. Later that year, she left.", "2019"),
        ("He resigned in May 2019. A month later she left.", "2019-06"),
        ("He resigned in 2019. At the time, she stayed.", "2019"),
        ("He resigned on 3 May 1976. On June 21 of that year, she left.", "1976-06-21"),
        ("He resigned on 3 February. The next day she fled. A day later she came back.", "2025-02-05"),
    ],
)
def test_a_chain_counts_from_the_date_told_before(story: str, edtf: str) -> None:
    assert readings(story)[-1][1] == edtf


@pytest.mark.parametrize(
    "story",
    [
        "He resigned in 2019. Two days later, she left.",
        "He met her in 2019 and resigned in May 2021. Two years later she left.",
        "He said: “I resign on 3 February.” Two days later, she left.",
        "He will resign on 3 February. Two days later, she left.",
        "He resigned before 3 February. Two days later, she left.",
        "He resigned on 3 February. A. B. It rained. It snowed. It hailed. It blew. Two days later, she left.",
        "He resigned on 3 February. A month later she left.",
    ],
)
def test_a_chain_without_one_plain_date_near_by_stays_open(story: str) -> None:
    found = readings(story)[-1]
    assert found[1] is None or found[1] == "2025-03"


def test_a_month_without_a_year_in_an_old_story_stays_open() -> None:
    assert readings("The taps ran dry on 3 June 1976. In July he bathed with a friend.")[-1] == ("In July", None)
    assert readings("The taps ran dry in 1976. In July he bathed with a friend.")[-1] == ("In July", "2024-07")


def test_an_event_takes_its_day_from_any_sentence_that_gives_it() -> None:
    story = "After the vote she wept. It rained. The council voted on 3 February, late."
    assert readings(story)[0] == ("After the vote", "2025-02-03/2025-02-18")


def test_an_event_with_two_days_takes_none() -> None:
    story = "After the vote she wept. The council voted on 3 February. The club voted on 5 February."
    assert [words for words, _ in readings(story)] == ["on 3 February", "on 5 February"]


def test_a_new_event_is_the_one_that_the_sentence_before_told() -> None:
    assert readings("The dam broke on 3 February. After the collapse he fled.")[-1][1] == "2025-02-03/2025-02-18"
    assert len(readings("The collapse shook us. He slept. He ate on 3 February. After the collapse he fled.")) == 1


def test_a_dateline_is_the_day_of_writing_and_no_date_of_the_story() -> None:
    assert readings("PORT ALMA, 3 February (Wire) — He fled.\n\nTuesday, 18 February 2025\n\nHe wept.") == []


def test_expressions_inside_a_stretch_are_found_by_their_start() -> None:
    timeline = read_timeline("He left on Monday and on Friday.", TUESDAY)
    assert [timeline.text[e.core : e.close] for e in timeline.within(8, 20)] == ["Monday"]


WORDS = st.sampled_from(
    "Monday on last next week weeks two 12 March May 2024 2019 , . ; — “ ” ’s the of in after before vote ago "
    "later day days that same following 03/04/2024 31 th quarter first Q3 since from to between and winter mid- "
    "early 1990s '90s weekend 999 yesterday time at 29 February 0".split()
)


@settings(deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join)))
def test_the_quick_search_finds_what_the_whole_grammar_finds(text: str) -> None:
    assert [m.span() for m in candidates(text)] == [m.span() for m in _ANY.finditer(text)]


@example(text="in 1500 999 decades ago", published=date(1, 1, 1))
@example(text="last week and last year and in 2024", published=date.min)
@example(text="next day the day after tomorrow", published=date.max)
@settings(deadline=None)
@given(
    text=st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join)),
    published=st.one_of(st.none(), st.dates(date(1600, 1, 1), date(2200, 12, 31))),
)
def test_any_text_gives_valid_edtf_that_is_not_in_the_future(text: str, published: date | None) -> None:
    last = 0
    for expression in read_timeline(text, published).expressions:
        assert last <= expression.core < expression.close <= expression.end <= len(text)
        assert expression.start <= expression.core
        last = expression.core
        found = expression.sense.when
        if found is not None:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                assert parse_edtf(found.edtf) is not None
            assert published is None or found.first is None or found.first <= published
        assert expression.kind in RULES


@pytest.mark.parametrize(
    "unit",
    ["on Monday ", "a day after ", "the vote after the vote ", "in the run-up to the a-b ", "1/1/2024", "“", "the ",
     "12 ", "two or two or ", "early late ", "x ", ".\n", "March 12-", "  "],
)  # fmt: skip
def test_time_grows_with_the_text_and_no_faster(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        start = time.process_time()
        read_timeline(text, TUESDAY)
        return time.process_time() - start

    seconds(1_000)
    small, large = min(seconds(20_000) for _ in range(3)), min(seconds(160_000) for _ in range(2))
    assert large < 8 * 4 * small + 0.2
