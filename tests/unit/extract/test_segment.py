import pytest

from claimtrack import limits
from claimtrack.attribution import Span
from claimtrack.extract.marks import quotations
from claimtrack.extract.segment import sentences, skeleton


def cut(text):
    body = Span(0, len(text))
    return sentences(text, 0, body, quotations(text, [body])[0])


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The roof leaks. The floor is wet.", 2),
        ("Mr. Hale met Dr. Ruiz at 5 p.m. on Main St. yesterday.", 1),
        ("J. R. Hale left the U.S. in May.", 1),
        ("Sen. Hale, R-Tex. and an ally, left.", 1),
        ("“It leaks. It floods,” she said.", 1),
        ("“Does it leak?” Mr Hale asked.", 1),
        ("“Does it leak?” Hale, the head of the board, asked on Friday.", 1),
        ("“Does it leak?” She left.", 2),
        ("“It leaks.” The minister said that it was dry.", 2),
        ("‘It leaks!’ – council", 1),
    ],
)
def test_sentences_end_where_they_end(text, count):
    assert len(cut(text)) == count


@pytest.mark.parametrize(
    ("text", "bones"),
    [
        ("“It leaks. Badly,” she said.", "It works, she said."),
        ("“It leaks,” she said, “and badly.”", "It works, she said, "),
        ("She called it “a ruin”.", "She called it a ruin."),
        ("Hale said: “It leaks.”", "Hale said: It works."),
        ("He said the plan was “a ruin. It will never work.”", "He said the plan was a ruin."),
    ],
)
def test_the_parser_reads_a_skeleton(text, bones):
    assert skeleton(text, cut(text)[0]).text.strip() == bones.strip()


def test_a_skeleton_knows_where_its_characters_come_from():
    text = "“It leaks,” said   Ana Ruiz."
    bones = skeleton(text, cut(text)[0])
    for char, at in zip(bones.text, bones.offsets, strict=True):
        assert at < 0 or text[at] == char or text[at].isspace() or char == " "


def test_a_sentence_without_end_is_cut_into_pieces():
    text = "word " * 50_000
    assert all(s.span.end - s.span.start <= limits.MAX_SENTENCE_CHARS + 1 for s in cut(text))
