"""Times and occasions between a verb of saying and a clause without "that"."""

from datetime import date

import pytest

from claimtrack.extract import Article


@pytest.fixture
def only(extractor):
    """What the one statement of a text says, and its day."""

    def read(text):
        (found,) = extractor.extract(Article(text, date(2026, 3, 12)))
        as_printed = found.as_json(text, "")
        return as_printed["content"], as_printed["said_on"]

    return read


@pytest.mark.parametrize(
    ("text", "content", "said_on"),
    [
        ("Ofwat said on Friday it had rejected the bid.", "it had rejected the bid", "2026-03-06"),
        ("He said on Wednesday he had been sacked on Monday.", "he had been sacked on Monday", "2026-03-11"),
        ("She said last week she would resign.", "she would resign", "2026-03-02/2026-03-08"),
        ("She said in an interview on Monday she would resign.", "she would resign", "2026-03-09"),
        ("The party said at its conference in Calder on Sunday it would pay.", "it would pay", "2026-03-08"),
    ],
)
def test_belong_to_the_saying(only, text, content, said_on):
    assert only(text) == (content, said_on)


def test_what_is_no_time_of_speaking_stays_in_the_report(only):
    assert only("She said by Monday it would be gone.")[0] == "by Monday it would be gone"
