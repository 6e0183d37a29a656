"""Whom a pronoun can't mean, and whom it means inside somebody's words."""

from datetime import date

import pytest

from claimtrack.extract import Article


@pytest.fixture
def speakers(extractor):
    """Speaker of each statement, by its words."""

    def read(text):
        found = extractor.extract(Article(text, date(2026, 3, 12)))
        return {statement.content(text): statement.speaker for statement in found}

    return read


def test_what_he_does_to_somebody_is_done_to_somebody_else(speakers):
    text = (
        "Manager Pat Quillan said: “I develop players.”\n\nChairman Des Okoro denied the claim. “No promise was made,”"
        " he said.\n\nAsked whether he would sack Quillan, he replied: “Wait and see.”\n"
    )
    assert speakers(text)["“Wait and see.”"] == "Des Okoro"


def test_who_is_questioned_is_not_who_asks(speakers):
    text = (
        "Prosecutor Amanda Rhys said: “He lied.”\n\nHis wife Carla said he was ill.\n\nCross-examined by Miss Rhys, she"
        " insisted: “He lay down all week.”\n"
    )
    assert speakers(text)["“He lay down all week.”"] == "Carla"


@pytest.mark.parametrize(
    ("told", "who"),
    [
        ("One lad has come since 1979. He turned to me and said, ‘I am done.’", "One lad"),
        ("A stranger stopped. He said, ‘I am done.’", "A stranger"),
        ("A stranger stopped. Then Tom Hale came. He said, ‘I am done.’", "Tom Hale"),
        ("One lad's been there since 1979,” said Bev. “He turned to me and said, ‘I am done.’", "One lad"),
    ],
)
def test_inside_a_quotation_he_is_whom_the_quotation_tells_of(speakers, told, who):
    text = f"Pat Quillan, the manager, left early.\n\n“{told}” said Bev Lyle, a secretary.\n"
    assert speakers(text)["‘I am done.’"] == who


def test_a_role_in_brackets_is_that_of_the_name_before_it(speakers):
    text = "Present: Cllrs Adair (Chair), Bello, Crane.\n\nCllr Bello asked why. The Chair said that it was late.\n"
    assert speakers(text)["it was late"].split()[-1] == "Adair"


def test_a_street_is_nobody(speakers):
    text = "Darren Fitch, 41, of Mill Lane, was fined. He said that he was sorry.\n"
    assert speakers(text) == {"he was sorry": "Darren Fitch"}


def test_a_body_is_what_the_comma_names(speakers):
    text = (
        "Residents of Tannery Row say they are cold.\n\nThe supermarket chain, Lowe's, said the row was old. It added"
        " that it was sorry.\n"
    )
    assert speakers(text) == {"they are cold": "Residents of Tannery Row", "the row was old": "Lowe's",
                              "it was sorry": "Lowe's"}  # fmt: skip


def test_she_is_who_speaks_in_the_paragraph_even_without_a_name(speakers):
    text = (
        "Councilwoman Bea Lott disagreed, saying: “Anyone can file.”\n\nThe city's inspector said the review would be"
        " out by June. In a letter she wrote that records were missing.\n"
    )
    assert speakers(text)["records were missing"] == "The city's inspector"


def test_a_topic_before_a_colon_in_a_headline_is_nobody(extractor):
    text = "Planning row: ‘They moved the stop to spite us’\n\nThe stop was moved. Nobody asked.\n"
    (found,) = extractor.extract(Article(text, date(2026, 3, 12)))
    assert found.source_span is None


def test_a_result_in_a_headline_says_nothing(speakers):
    assert speakers("Rovers 2-1 Athletic: Brandt double sinks ten men\n\nIt rained. They played.\n") == {}


def test_descriptions_that_lead_to_each_other_inside_a_quotation_come_to_an_end(speakers):
    told = "The striker fell. The striker told him to go. He said, ‘Never.’ " * 300
    text = f"Pat Quillan, the manager, left.\n\n“{told}” said Bev Lyle, a secretary.\n"
    assert set(speakers(text).values()) >= {"Bev Lyle"}
