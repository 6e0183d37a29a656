"""Anchors and placements on small texts, one behaviour each."""

import time

import pytest

from claimtrack.anchor import (
    PlacementState,
    TextPositionSelector,
    TextQuoteSelector,
    find_anchor,
    make_selectors,
    place_statement,
    word_changes,
)
from claimtrack.attribution import Span
from claimtrack.limits import ANCHOR_CONTEXT_CHARS, MAX_ANCHOR_CHARS

PAGE = (
    "Port stays shut\n\nThe harbour office closed the port on Monday after a crane fell.\n\n"
    "“We will not sign before the audit is done,” Mirela Anand said. She left before questions.\n\n"
    "Traders lost 40 containers of fruit, the union reckoned, and “nobody told us anything at all”.\n\n"
    "The ferries to Hartwell run as planned, the company wrote in a note to passengers.\n"
)


def span_of(words, text=PAGE):
    return Span(text.index(words), text.index(words) + len(words))


def test_selectors_hold_the_words_their_context_and_their_offsets():
    span = span_of("We will not sign")
    quote, position = make_selectors(PAGE, span)
    assert quote.exact == "We will not sign"
    assert PAGE[: span.start].endswith(quote.prefix)
    assert PAGE[span.end :].startswith(quote.suffix)
    assert len(quote.prefix) == min(span.start, ANCHOR_CONTEXT_CHARS)
    assert position == TextPositionSelector(span.start, span.end)


@pytest.mark.parametrize("span", [Span(3, 3), Span(-1, 4), Span(0, 10_000), Span(5, 4)])
def test_a_span_outside_the_text_has_no_selectors(span):
    with pytest.raises(ValueError, match="not a stretch"):
        make_selectors(PAGE, span)


def test_the_same_text_gives_the_same_place():
    for words in ["Port stays shut", "audit", "She left before questions.", "passengers.\n"]:
        quote, position = make_selectors(PAGE, span_of(words))
        assert find_anchor(quote, PAGE, position).span == span_of(words)


MAYOR = "The mayor, back from her holiday, was asked about rents. “No comment,” she replied."
BISHOP = "In his garden the bishop heard of the broken bells. “No comment,” was all he said."


def test_context_decides_between_equal_words_whatever_the_offset_says():
    old, new = f"{MAYOR} {BISHOP}", f"{BISHOP} {MAYOR}"
    quote, position = make_selectors(old, Span(old.rindex("“No comment,”"), old.rindex("“No comment,”") + 13))
    assert find_anchor(quote, new, position).start == new.index("“No comment,”")


def test_two_paragraphs_of_one_pattern_that_changed_places_are_not_taken_for_each_other():
    mayor = "The mayor was asked about rents. “No comment,” she said."
    bishop = "The bishop was asked about bells. “No comment,” he said."
    old, new = f"{mayor} {bishop}", f"{bishop} {mayor}"
    quote, position = make_selectors(old, Span(old.rindex("“No comment,”"), old.rindex("“No comment,”") + 13))
    found = find_anchor(quote, new, position)
    assert found is None or found.start == new.index("“No comment,”")


def test_the_offset_breaks_a_tie():
    old = "Yes. " * 80
    quote, position = make_selectors(old, Span(200, 204))
    assert find_anchor(quote, old, position).start == 200


def test_a_tie_without_an_offset_is_an_orphan():
    old = "Yes. " * 80
    assert find_anchor(make_selectors(old, Span(200, 204))[0], old) is None


def test_a_short_word_elsewhere_is_not_taken_for_the_one_that_went():
    quote, position = make_selectors(PAGE, span_of("audit"))
    new = PAGE.replace(
        "“We will not sign before the audit is done,” Mirela Anand said. She left before questions.\n\n", ""
    )
    assert find_anchor(quote, new + "An audit of the ferries begins in May.", position) is None


def test_blank_words_are_found_nowhere():
    assert find_anchor(TextQuoteSelector(" \n"), PAGE) is None


def test_a_stretch_longer_than_the_limit_is_found_by_its_ends():
    lines = [
        f"In year {n} the office number {n * 7919 % 1009} counted {n * 31} ships and wrote it down." for n in range(300)
    ]
    old = "\n".join(lines)
    span = Span(1000, 1000 + 3 * MAX_ANCHOR_CHARS)
    quote, position = make_selectors(old, span)
    new = "A new first line.\n" + old.replace("wrote it down", "noted it", 1)
    found = find_anchor(quote, new, position)
    shift = len(new) - len(old)
    assert (found.start, found.end, found.is_exact) == (span.start + shift, span.end + shift, True)


def test_a_megabyte_is_searched_in_well_under_a_second():
    old = "\n".join(
        f"Line {n}: the port {n * 7919 % 10007} stays shut until {n} audits are done." for n in range(20_000)
    )
    assert len(old) > 1_000_000
    span = Span(old.index("Line 15000"), old.index("Line 15001") - 1)
    quote, position = make_selectors(old, span)
    new = old.replace("Line 15000: the port", "Line 15000: the old port")
    started = time.process_time()
    found = find_anchor(quote, new, position)
    assert time.process_time() - started < 2
    assert new[found.start : found.end].startswith("Line 15000: the old port")


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
