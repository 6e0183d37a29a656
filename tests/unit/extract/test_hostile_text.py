"""Text that no newsroom sends: it ends in time, without error, and its offsets are right."""

import time

import pytest

from claimtrack.extract import Article

HOSTILE = {
    "100,000 straight marks": '"' * 100_000,
    "100,000 curly marks": "“" * 100_000,
    "100,000 nested marks": "“‘" * 50_000,
    "50,000 nested brackets": "(" * 50_000 + ")" * 50_000,
    "opening apostrophes": "'a " * 30_000,
    "control and bidirectional characters": "\u202e\u2066abc said he\u2069 \x01\x02 " * 500,
    "emoji": "😀👩‍👩‍👧 said “😀” " * 3_000,
    "lone combining marks": "\u0301\u0308" * 50_000,
    "one word of 1 MB": "a" * 1_000_000,
    "labels": "MAYOR: a b\n" * 10_000,
    "capitals": "A " * 50_000,
    "one paragraph of 3,000 quotations": "“A,” he said. " * 3_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_ends_without_error_and_with_right_offsets(extractor, text):
    start = time.process_time()
    for statement in extractor.extract(Article(text)):
        assert all(0 <= span.start < span.end <= len(text) for span in statement.content_spans)
    assert time.process_time() - start < 20


def test_a_sentence_of_200_kilobytes_is_read_in_pieces(extractor):
    text = "the minister said that " * 9_000
    found = extractor.extract(Article(text))
    assert found
    assert all(span.end - span.start < 2_000 for statement in found for span in statement.content_spans)


def test_time_grows_linearly_with_the_length(extractor):
    part = "Ana Ruiz said on Tuesday that berth four would stay shut. “We have no crane,” she told reporters.\n\n"

    def seconds(count):
        start = time.process_time()
        extractor.extract(Article(part * count))
        return time.process_time() - start

    seconds(50)
    short, long = seconds(200), seconds(800)
    assert long < 4 * short * 2
