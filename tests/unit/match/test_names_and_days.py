from datetime import date

import pytest

from claimtrack.match.occasions import bounds, clearly_differ
from claimtrack.match.speakers import can_be_same
from claimtrack.match.typos import is_typo, is_word


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Moss", "Ada Moss"),
        ("Mayor Moss", "Ada Moss"),
        ("President-elect Ada Moss", "Moss"),
        ("A. Moss", "Ada Moss"),
        ("Ada B. Moss", "Ada Moss"),
        ("Moss, Ada", "Ada Moss"),
        ("Sen. Ada Moss (Ellery)", "Moss"),
        ("Joe Moss", "Joseph Moss"),
        ("José Pérez", "Jose Perez"),
        ("Ada Moss-Lind", "Ada Moss Lind"),
        ("he", "Ada Moss"),
        ("Unknown", "Ada Moss"),
        ("President", "President Moss"),
        ("Ada", "Ada Moss"),
        (None, "Ada Moss"),
        ("", ""),
    ],
)
def test_compatible_names_are_not_another_speaker(one, other):
    assert can_be_same(one, other)
    assert can_be_same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Moss", "Ida Moss"),
        ("Bill Clinton", "Hillary Clinton"),
        ("Ada Moss", "Ada Lind"),
        ("Moss", "Mossman"),
        ("B. Moss", "Ada Moss"),
        ("Harbour Union", "Ada Moss"),
        ("Sen. Moss", "Sen. Lind"),
    ],
)
def test_other_names_are_another_speaker(one, other):
    assert not can_be_same(one, other)
    assert not can_be_same(other, one)


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2025-02-03", (2025, 2, 3), (2025, 2, 3)),
        ("2025-02-03T10:00:00Z", (2025, 2, 3), (2025, 2, 3)),
        ("2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("2024", (2024, 1, 1), (2024, 12, 31)),
        ("2024?", (2024, 1, 1), (2024, 12, 31)),
        ("201X", (2010, 1, 1), (2019, 12, 31)),
        ("2024-21", (2024, 3, 1), (2024, 5, 31)),
        ("2024-24", (2024, 1, 1), (2025, 2, 28)),
        ("2024-XX", (2024, 1, 1), (2024, 12, 31)),
        ("2024-05-01/2024-05-03", (2024, 5, 1), (2024, 5, 3)),
    ],
)
def test_bounds_of_a_date_are_its_first_and_last_day(edtf, first, last):
    assert bounds(edtf) == (date(*first), date(*last))


@pytest.mark.parametrize(
    "edtf", ["", "soon", "2024-13", "2024-02-31", "20245", "2024-05-03/2024-05-01", "٢٠٢٤", "9999-24"]
)
def test_what_is_no_date_has_no_bounds_and_never_differs(edtf):
    assert bounds(edtf) is None
    assert not clearly_differ(edtf, "2001-01-01")


def test_days_differ_clearly_only_when_more_than_a_night_lies_between():
    assert not clearly_differ("2025-03-01", "2025-03-02")
    assert clearly_differ("2025-03-01", "2025-03-03")
    assert clearly_differ("2025-03-03", "../2024-12-31")
    assert not clearly_differ("2025-03-03", "2025-01-01/..")


@pytest.mark.parametrize(
    ("one", "other"),
    [("government", "goverment"), ("receive", "recieve"), ("teh", "the"), ("history", "historry"), ("model", "mdel")],
)
def test_a_slip_that_makes_no_word_is_a_typo(one, other):
    assert is_typo(one, other)
    assert is_typo(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("county", "country"),
        ("united", "untied"),
        ("affect", "effect"),
        ("accept", "except"),
        ("million", "billion"),
        ("conversation", "conservation"),
        ("now", "not"),
        ("form", "from"),
        ("legal", "illegal"),
        ("same", "same"),
        ("a1", "a2"),
    ],
)
def test_two_words_are_no_typo_of_each_other(one, other):
    assert not is_typo(one, other)


def test_names_have_one_spelling_only_where_the_slip_can_t_be_another_name():
    assert is_typo("philips", "phillips", name=True)
    assert is_typo("donald", "donlad", name=True)
    assert not is_typo("hansen", "hanson", name=True)
    assert not is_typo("clark", "clarke", name=True)


def test_the_dictionary_knows_british_spelling():
    assert is_word("neighbourhood")
    assert not is_word("neighbourhod")


@pytest.mark.parametrize(
    "other", ["a spokesman for Imre Vass", "Imre Vass's lawyer", "the Vass campaign", "an aide to Vass", "Vass’s wife"]
)
def test_who_belongs_to_somebody_is_not_them(other):
    assert not can_be_same("Imre Vass", other)
    assert not can_be_same(other, "Imre Vass")


@pytest.mark.parametrize("other", ["Father Imre Vass", "Brother Imre Vass", "Sister Vass"])
def test_a_title_that_also_names_a_relation_is_a_title(other):
    assert can_be_same("Imre Vass", other)


def test_a_word_far_rarer_than_its_neighbour_is_a_misprint_of_it():
    assert is_typo("abut", "about")
    assert not is_typo("pubic", "public")
    assert not is_typo("trial", "trail")
