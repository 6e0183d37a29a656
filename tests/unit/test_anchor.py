"""Anchors and placements on small texts, one behaviour each."""

import time

import pytest

from claimtrack.anchor import TextPositionSelector, TextQuoteSelector, find_anchor, make_selectors
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
