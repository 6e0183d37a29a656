import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.attribution import Span
from claimtrack.errors import RuleError
from claimtrack.services import evidence, lines, passages, verdicts
from claimtrack.services.evidence import NewEvidence
from claimtrack.vocabulary import Stance

PIECE = """The wall

The wall was built in 1911. It cost two million. It cost two million.

Nobody has looked
at it since.
"""


@pytest.fixture
def document(imported):
    return imported(PIECE).document


def only(desk, document, words):
    (place,) = desk.see(lines.find, document, words)
    return place


def test_a_line_is_marked_by_its_words_and_takes_evidence_and_a_verdict_like_a_claim(desk, document):
    line = desk.do(lines.mark, document, only(desk, document, "The wall was built in 1911."))
    desk.do(evidence.attach, line, NewEvidence("Deed", Stance.SUPPORTS, url="https://port.example/deed"))
    desk.do(verdicts.review, line, "true", "The deed says so.")
    desk.do(verdicts.decide_verdict, line, "true", "The deed says so.")
    (row,) = desk.see(lines.progress, document).lines
    assert (row.id, row.words, row.verdict) == (line, "The wall was built in 1911.", "true")


def test_words_that_stand_twice_give_both_places_with_what_stands_around_them(desk, document):
    first, second = desk.see(lines.find, document, "It cost two million.")
    assert first.span.end < second.span.start
    assert second.before.endswith("It cost two million. ")


def test_words_over_a_line_break_are_found_and_stored_as_they_stand(desk, document):
    place = only(desk, document, "Nobody has looked at it since.")
    assert place.words == "Nobody has looked\nat it since."
    desk.do(lines.mark, document, place)
    assert desk.see(lines.progress, document).lines[0].words == "Nobody has looked\nat it since."


@pytest.mark.parametrize("words", ["", "   ", "The wall was built in 1912."])
def test_words_that_do_not_stand_there_are_refused(desk, document, words):
    with pytest.raises(RuleError, match="copy them"):
        desk.see(lines.find, document, words)


def test_a_passage_is_marked_once(desk, document):
    place = only(desk, document, "The wall was built in 1911.")
    desk.do(lines.mark, document, place)
    with pytest.raises(RuleError, match="already"):
        desk.do(lines.mark, document, place)


def test_a_long_piece_counts_what_is_marked_checked_open_and_unmarked(desk, document):
    before = desk.see(lines.progress, document)
    assert (before.marked, before.checked, before.sentences) == (0, 0, len(before.unmarked))
    line = desk.do(lines.mark, document, only(desk, document, "The wall was built in 1911."))
    desk.do(lines.mark, document, desk.see(lines.find, document, "It cost two million.")[0])
    desk.do(verdicts.review, line, "true", "The deed says so.")
    desk.do(verdicts.decide_verdict, line, "true", "The deed says so.")
    after = desk.see(lines.progress, document)
    assert (after.marked, after.checked, after.open) == (2, 1, 1)
    assert len(after.unmarked) == after.sentences - 2
    assert "The wall was built in 1911." not in after.unmarked


@given(st.text(alphabet="ab .!?\n”", max_size=80))
def test_sentences_are_in_order_apart_and_leave_out_white_space_only(text):
    spans = list(passages.sentences(text))
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 8)), max_size=8))
def test_uncovered_sentences_are_those_that_a_slow_look_finds(pairs):
    whole = [Span(at, at + 5) for at in range(0, 60, 6)]
    covered = [Span(start, start + length) for start, length in pairs]
    slow = [one for one in whole if not any(c.start < one.end and one.start < c.end for c in covered)]
    assert passages.uncovered(whole, covered) == slow
