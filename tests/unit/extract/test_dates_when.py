"""Stretches of days and their EDTF names."""

from datetime import date, timedelta

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.extract.dates import when
from claimtrack.extract.dates.when import Grain, When

DAYS = st.dates(date(1500, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("stretch", "edtf", "first", "last"),
    [
        (when.on_day(date(2024, 2, 29)), "2024-02-29", date(2024, 2, 29), date(2024, 2, 29)),
        (when.in_month(2024, 2), "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        (when.in_year(2019), "2019", date(2019, 1, 1), date(2019, 12, 31)),
        (when.in_decade(1994), "199X", date(1990, 1, 1), date(1999, 12, 31)),
        (when.in_season(2024, 21), "2024-21", date(2024, 3, 1), date(2024, 5, 31)),
        (when.in_season(2023, 24), "2023-24", date(2023, 12, 1), date(2024, 2, 29)),
        (when.in_quarter(2023, 3), "2023-35", date(2023, 7, 1), date(2023, 9, 30)),
        (when.in_week_of(date(2025, 2, 12)), "2025-02-10/2025-02-16", date(2025, 2, 10), date(2025, 2, 16)),
        (when.months_from(date(2025, 1, 31), -2), "2024-11", date(2024, 11, 1), date(2024, 11, 30)),
        (when.join(when.in_year(2015), when.in_year(2019)), "2015/2019", date(2015, 1, 1), date(2019, 12, 31)),
    ],
)
def test_a_stretch_has_the_edtf_name_and_the_days_of_the_standard(
    stretch: When, edtf: str, first: date, last: date
) -> None:
    assert (stretch.edtf, stretch.first, stretch.last) == (edtf, first, last)
    assert str(parse_edtf(edtf)) == edtf


def test_an_interval_of_one_day_is_that_day() -> None:
    assert when.between(date(2025, 2, 18), date(2025, 2, 18)).edtf == "2025-02-18"


def test_an_interval_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="after"):
        when.between(date(2025, 2, 18), date(2025, 2, 17))
    with pytest.raises(ValueError, match="no such interval"):
        when.join(when.in_year(2020), when.in_year(2019))


def test_one_of_two_equal_days_is_no_set() -> None:
    assert when.one_of((date(2021, 5, 5), date(2021, 5, 5))).edtf == "2021-05-05"
    assert when.one_of((date(2024, 4, 3), date(2024, 3, 4))).edtf == "[2024-03-04,2024-04-03]"


def test_an_approximate_year_is_marked_and_an_interval_stays_as_it_is() -> None:
    assert when.about(when.in_year(2019)).edtf == "2019~"
    week = when.in_week_of(date(2025, 2, 12))
    assert when.about(week) == week


@given(DAYS, st.integers(-40, 40))
def test_months_count_like_a_calendar(day: date, count: int) -> None:
    month = when.months_from(day, count)
    assert month.first is not None
    assert (month.first.year * 12 + month.first.month) - (day.year * 12 + day.month) == count


@given(DAYS)
def test_a_week_holds_its_day_and_no_more_than_seven(day: date) -> None:
    week = when.in_week_of(day)
    assert week.first is not None
    assert week.holds(when.on_day(day))
    assert week.last - week.first == timedelta(days=6)
    assert week.grain is Grain.WEEK


@given(DAYS, DAYS)
def test_what_holds_something_ends_no_earlier_and_begins_no_later(one: date, other: date) -> None:
    opened = when.not_after(max(one, other))
    assert opened.holds(when.on_day(min(one, other)))
    assert not when.on_day(one).holds(opened)
