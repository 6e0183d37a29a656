"""For any text: each statement's words are where its offsets say, inside the text, in order, without overlap."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimtrack.attribution import Kind
from claimtrack.extract import Article, Extractor

#: Pieces of news prose in which marks, labels and cues may meet anything.
PIECES = st.sampled_from(
    [
        "“", "”", "‘", "’", '"', "'", "''", "«", "»", "„", " said ", " she said. ", "Ana Ruiz", "MAYOR: ", "Q: ", "A: ",
        "> ", "\n", "\n\n", " – council", " according to ", ", adding that ", "The roof leaks", ". ", "? ", ", ", "😀",
        "e\u0301", "\u202e", "\u2066", "\u0000", "\ufeff", "\u2028", " told reporters that ", "It leaks.", "(", ")",
        "[", "]", "—", "claim that ",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(PIECES, max_size=25).map("".join),
    st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=25).map("".join),
)


@pytest.fixture(scope="module")
def extractor():
    return Extractor()


@settings(
    max_examples=300, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=TEXTS)
def test_offsets_are_right_for_any_text(extractor, text):
    for statement in extractor.extract(Article(text)):
        assert statement.content_spans
        end = 0
        for span in statement.content_spans:
            assert 0 <= end <= span.start < span.end <= len(text)
            end = span.end
        for span in statement.quoted_spans:
            assert any(whole.contains(span) for whole in statement.content_spans)
        for span in (statement.source_span, statement.cue_span):
            assert span is None or 0 <= span.start < span.end <= len(text)
        assert 0.0 <= statement.confidence <= 1.0
        assert statement.rule
        if statement.kind is Kind.INDIRECT:
            assert not statement.quoted_spans
        if statement.speaker is None:
            assert statement.speaker_kind is None
            assert statement.why


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_the_same_text_gives_the_same_statements(extractor, text):
    assert extractor.extract(Article(text)) == extractor.extract(Article(text))
