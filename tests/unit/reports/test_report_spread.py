"""The drawing of a claim's spread places every printing and hides none."""

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest

from claimtrack.reports.spread import MAX_OUTLETS, draw, spread

START = date(2026, 3, 1)


def printings(claim, places):
    """The claim as printed: (days after the start, outlet, words) each."""
    first = claim.appearances[0]
    shown = []
    for number, (days, outlet, words) in enumerate(places):
        source = replace(first.quotation.source, publisher=outlet, published_on=START + timedelta(days=days))
        piece = replace(first.quotation.content[0], words=words)
        shown.append(
            replace(first, quotation=replace(first.quotation, id=str(number), source=source, content=(piece,)))
        )
    return replace(claim, appearances=tuple(shown))


def test_fewer_than_three_dated_printings_are_not_drawn(public):
    claim = public.claims[0]
    assert spread(replace(claim, appearances=claim.appearances[:2])) is None
    undated = [
        replace(one, quotation=replace(one.quotation, source=replace(one.quotation.source, published_on=None)))
        for one in claim.appearances
    ]
    assert spread(replace(claim, appearances=tuple(undated))) is None


def test_words_are_told_apart_by_letters_in_order_of_their_first_printing(public):
    places = [
        (3, "Gull", "We will pay."),
        (0, "Ledger", "“We will not pay”"),
        (1, "Courier", "we will NOT pay!"),
        (4, "Gull", "We paid 3%"),
    ]
    found = spread(printings(public.claims[0], places))
    assert [(one.letter, one.count, one.outlet) for one in found.wordings] == [
        ("A", 2, "Ledger"),
        ("B", 1, "Gull"),
        ("C", 1, "Gull"),
    ]
    assert [mark.letter for mark in found.marks] == ["A", "A", "B", "C"]


def test_outlets_stand_in_the_order_of_printing_never_by_number(public):
    places = [(5, "Often", "x")] * 9 + [(0, "First", "x"), (2, "Second", "x")]
    drawn = draw(spread(printings(public.claims[0], places)))
    assert [name for _, name in drawn.rows] == ["First", "Second", "Often"]


def test_the_numbers_add_up(public):
    chance = random.Random(3)
    places = [
        (chance.randrange(40), f"Outlet {chance.randrange(20)}", f"words {chance.randrange(30)}") for _ in range(300)
    ]
    found = spread(printings(public.claims[0], places))
    assert sum(one.count for one in found.wordings) == sum(mark.count for mark in found.marks) == 300


@pytest.mark.parametrize("seed", range(20))
def test_no_mark_hides_another_and_all_stand_inside(public, seed):
    chance = random.Random(seed)
    places = [
        (chance.randrange(9), f"Outlet {chance.randrange(20)}", f"words {chance.randrange(8)}") for _ in range(200)
    ]
    drawn = draw(spread(printings(public.claims[0], places)))
    assert len(drawn.rows) <= MAX_OUTLETS
    assert drawn.more == len({outlet for _, outlet, _ in places}) - len(drawn.rows)
    for one, other in combinations(drawn.dots, 2):
        assert one.y != other.y or abs(one.x - other.x) >= 20
    for dot in drawn.dots:
        assert drawn.left <= dot.x <= drawn.width
        assert 0 <= dot.y <= drawn.height


def test_all_on_one_day_is_drawn(public):
    drawn = draw(spread(printings(public.claims[0], [(0, "A", "x"), (0, "B", "x"), (0, "C", "y")])))
    assert len(drawn.dots) == 3
    assert [day for _, day in drawn.ticks] == [START]
