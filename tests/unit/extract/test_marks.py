import time

import pytest

from claimtrack.attribution import Span
from claimtrack.extract.marks import quotations


def marked(text):
    """The quotations of each line of `text`, as (words with marks, depth)."""
    bodies, at = [], 0
    for line in text.split("\n"):
        if line:
            bodies.append(Span(at, at + len(line)))
        at += len(line) + 1
    return [[(q.span.of(text), q.depth) for q in here] for here in quotations(text, bodies)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She said “no” twice.", ["“no”"]),
        ('She said "no" twice.', ['"no"']),
        ("She said ‘no’ twice.", ["‘no’"]),
        ("She said 'no' twice.", ["'no'"]),
        ("She said «no» twice.", ["«no»"]),
        ("She said „no“ twice.", ["„no“"]),
        ("She said ''no way'' twice.", ["''no way''"]),
        ("She said ``no way'' twice.", ["``no way''"]),
    ],
)
def test_every_kind_of_mark_is_read(text, expected):
    assert [words for words, _ in marked(text)[0]] == expected


@pytest.mark.parametrize(
    "text",
    [
        "It’s the workers’ hall, isn’t it?",
        "It's the workers' hall, isn't it?",
        "In the ’90s they’d say so.",
        "In the '90s rock 'n' roll ruled.",
        "The pole was 6' tall and 5\" wide.",
    ],
)
def test_apostrophes_feet_and_inches_are_no_marks(text):
    assert marked(text) == [[]]


def test_an_apostrophe_inside_single_marks_closes_nothing():
    assert marked("‘The workers’ rights matter, and that’s that,’ he said.") == [
        [("‘The workers’ rights matter, and that’s that,’", 0)]
    ]


def test_a_mark_after_a_plural_closes_where_the_next_one_opens_again():
    assert marked("He had promised him 'two or three bodies' in January, then 'gone quiet'.") == [
        [("'two or three bodies'", 0), ("'gone quiet'", 0)]
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'We'll fight 'em,' said Orr.", ["'We'll fight 'em,'"]),
        ("'Til we drop,' said Orr.", ["'Til we drop,'"]),
        ("'Twas the night, he said. 'Tis over.", []),
        ("The '80s hit 'Rock 'n' Roll' was 'rubbish', he said.", ["'Rock 'n' Roll'", "'rubbish'"]),
        ("The word 'yes' isn't in the parties' dictionary.", ["'yes'"]),
        ("‘The boss’ is back: fans’ joy", ["‘The boss’"]),
    ],
)
def test_clipped_words_and_plurals_neither_open_nor_close(text, expected):
    assert [words for words, _ in marked(text)[0]] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Rhys said: 'I asked for the players' views on it.\n'They said no.'",
            [[("'I asked for the players' views on it.", 0)], [("'They said no.'", 0)]],
        ),
        ("'It's done.\n'Over,' she said.", [[("'It's done.", 0)], [("'Over,'", 0)]]),
        ("The workers' rights matter.\n'Yes,' she said.", [[], [("'Yes,'", 0)]]),
        ("He praised the 'bosses' at lunch.\n'We ate,' she said.", [[("'bosses'", 0)], [("'We ate,'", 0)]]),
    ],
)
def test_straight_single_marks_may_stay_open_before_a_paragraph_that_opens_anew(text, expected):
    assert marked(text) == expected


def test_nested_quotations_know_their_depth():
    assert marked("“He told me ‘never’ twice,” she said.") == [[("“He told me ‘never’ twice,”", 0), ("‘never’", 1)]]


def test_an_odd_mark_costs_at_most_its_paragraph():
    found = marked('The 6" pipe" burst.\nShe said "no" twice.\nHe said "yes" once.')
    assert found[1:] == [[('"no"', 0)], [('"yes"', 0)]]


def test_a_lost_closing_mark_ends_before_the_cue():
    assert marked("“I want the glove, Hale said. “The other one.”") == [
        [("“I want the glove,", 0), ("“The other one.”", 0)]
    ]


def test_each_paragraph_of_a_long_quotation_goes_on_the_one_before():
    text = "“It began here.\n“It ended there,” she said."
    bodies = [Span(0, 15), Span(16, len(text))]
    first, second = quotations(text, bodies)
    assert (first[0].closed, first[0].continues) == (False, False)
    assert (second[0].closed, second[0].continues) == (True, True)


def test_a_hundred_thousand_marks_take_less_than_five_seconds():
    start = time.process_time()
    for mark in "\"'“”‘’«»":
        text = mark * 100_000
        quotations(text, [Span(0, len(text))])
    assert time.process_time() - start < 5
