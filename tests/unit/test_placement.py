"""What became of statements when their page was captured again, one behaviour each."""

import pytest

from claimtrack.attribution import Span
from claimtrack.placement import PlacementState, place_statement, word_changes

PAGE = (
    "Port stays shut\n\nThe harbour office closed the port on Monday after a crane fell.\n\n"
    "“We will not sign before the audit is done,” Mirela Anand said. She left before questions.\n\n"
    "Traders lost 40 containers of fruit, the union reckoned, and “nobody told us anything at all”.\n\n"
    "The ferries to Hartwell run as planned, the company wrote in a note to passengers.\n"
)


def span_of(words, text=PAGE):
    return Span(text.index(words), text.index(words) + len(words))


def test_an_untouched_statement_is_unchanged_though_a_paragraph_came_before_it():
    new = PAGE.replace(
        "Port stays shut\n\n", "Port stays shut\n\nThis report was updated on Tuesday to add a denial.\n\n"
    )
    placement = place_statement(PAGE, [span_of("“We will not sign before the audit is done,”")], new)
    assert placement.state is PlacementState.UNCHANGED
    assert placement.spans[0].of(new) == "“We will not sign before the audit is done,”"


def test_a_statement_whose_paragraph_went_elsewhere_is_moved():
    words = "“We will not sign before the audit is done,” Mirela Anand said. She left before questions."
    new = PAGE.replace(words + "\n\n", "") + "\n" + words + "\n"
    placement = place_statement(PAGE, [span_of(words)], new)
    assert placement.state is PlacementState.MOVED
    assert placement.spans[0].of(new) == words


def test_a_silent_edit_is_altered_and_names_the_words():
    new = PAGE.replace("will not sign before", "may sign after")
    placement = place_statement(PAGE, [span_of("We will not sign before the audit is done")], new)
    assert placement.state is PlacementState.ALTERED
    assert [(change.op, change.old, change.new) for change in placement.changes] == [
        ("drop", "will", ""),
        ("replace", "not", "may"),
        ("replace", "before", "after"),
    ] or placement.spans[0].of(new) == "We may sign after the audit is done"
    assert placement.spans[0].of(new) == "We may sign after the audit is done"


def test_a_changed_number_is_altered():
    placement = place_statement(PAGE, [span_of("Traders lost 40 containers")], PAGE.replace("40", "14"))
    assert placement.state is PlacementState.ALTERED
    assert [(change.old, change.new) for change in placement.changes] == [("40", "14")]


def test_a_statement_that_was_taken_out_is_gone():
    words = "“We will not sign before the audit is done,” Mirela Anand said."
    placement = place_statement(PAGE, [span_of(words)], PAGE.replace(words, ""))
    assert placement.state is PlacementState.GONE
    assert placement.spans == (None,)


def test_a_line_of_the_same_pattern_does_not_take_the_place_of_one_that_was_taken_out():
    lines = [f"Ward {n} voted yes by {n * 7 % 11 + 10} to {n * 5 % 9}, the clerk said." for n in range(1, 12)]
    old, new = "\n".join(lines), "\n".join(lines[:2] + lines[3:])
    placement = place_statement(old, [span_of(lines[2], old)], new)
    assert placement.state is PlacementState.GONE
    assert place_statement(old, [span_of(lines[4], old)], new).spans[0].of(new) == lines[4]


def test_one_of_two_spans_gone_is_altered_and_the_loss_is_named():
    spans = [span_of("Traders lost 40 containers of fruit"), span_of("“nobody told us anything at all”")]
    new = PAGE.replace(", and “nobody told us anything at all”", "")
    placement = place_statement(PAGE, spans, new)
    assert placement.state is PlacementState.ALTERED
    assert placement.spans[1] is None
    assert ("drop", "“nobody told us anything at all”") in [(change.op, change.old) for change in placement.changes]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("“We  will go”", '"We will\ngo"'),
        ("the firm’s offer – 3,400.50 euros", "the firm's offer - 3,400.50 euros"),
    ],
)
def test_white_space_and_the_form_of_marks_are_no_change_of_words(old, new):
    assert word_changes(old, new) == ()


def test_a_comma_and_a_figure_are_changes():
    assert [change.op for change in word_changes("Let us eat Ada", "Let us eat, Ada")] == ["add"]
    assert word_changes("3,400 ships", "3,500 ships")[0].new == "3,500"
