"""What word order settles where the parser hangs it on the wrong verb."""

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
def test_times_and_occasions_between_verb_and_clause_belong_to_the_saying(only, text, content, said_on):
    assert only(text) == (content, said_on)


def test_what_is_no_time_of_speaking_stays_in_the_report(only):
    assert only("She said by Monday it would be gone.")[0] == "by Monday it would be gone"


@pytest.fixture
def said(extractor):
    """Cue and content of all statements of a text."""

    def read(text):
        return [(f.cue(text), f.content(text)) for f in extractor.extract(Article(text, date(2026, 3, 12)))]

    return read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vale said it was ‘awful’, and called on the manager to apologise.", [("said", "it was ‘awful’")]),
        ("Vale said he was sorry, but urged fans to stay.", [("said", "he was sorry"), ("urged", "to stay")]),
        ("I called and she said “thanks”.", [("said", "“thanks”")]),
        ("Vale wasn't at the meeting but said the city has spent nothing.", [("said", "the city has spent nothing")]),
        (
            "Carers say they are ‘at breaking point’ after the council paused a £67-a-week payment.",
            [("say", "they are ‘at breaking point’ after the council paused a £67-a-week payment")],
        ),
        ("She met a man who told his GP he could not lift a kettle.", [("told", "he could not lift a kettle")]),
        (
            "A source denied that guidance existed, while admitting that a draft was clumsy.",
            [("denied", "guidance existed"), ("admitting", "a draft was clumsy")],
        ),
        ("But, he went on, “the cure is worse”.", [("went", "“the cure is worse”")]),
        ("Fed ‘in no hurry’, says Brandt, as markets slide", [("says", "Fed ‘in no hurry’")]),
        ("She accepted that the log bore her initials.", [("accepted", "the log bore her initials")]),
        ("It was, he added, “regrettable”.", [("added", "It was “regrettable”")]),
        (
            "According to the study, which the developer paid for, the tower would add 300 trips.",
            [("According to", "the tower would add 300 trips")],
        ),
    ],
)
def test_each_verb_has_its_own_words(said, text, expected):
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "She never wrote or said that it was over.",
        "She did not write or say it was over.",
        "Neither airlines nor union leaders said they would attend a meeting next week.",
        "The team hopes to date a site in Poland, where lumps were reported in 2019 by a group led by Ewa Lind.",
        "She asked the minister whether he would “look Jean in the eye”.",
    ],
)
def test_what_nobody_said_and_indirect_questions_are_none(said, text):
    assert said(text) == []


def test_a_name_between_commas_before_the_verb_tells_who_speaks(extractor):
    text = (
        "In a letter to carers, seen by the Mercury, the council's head of finance, Nuala Finch, wrote: “It resumes.”"
    )
    (found,) = extractor.extract(Article(text, date(2026, 3, 12)))
    assert found.speaker == "Nuala Finch"


@pytest.mark.parametrize(
    ("text", "source", "via"),
    [
        ("The affidavit quotes Kyle Brandt as saying: “It jumped the road.”", "Kyle Brandt", "The affidavit"),
        ("The paper quoted her as saying “never again”.", "her", "The paper"),
        ("He was quoted by the BBC as saying that it was over.", "He", "BBC"),
        ("State media cited the minister as saying the port was open.", "the minister", "State media"),
    ],
)
def test_who_is_quoted_as_saying_speaks_and_who_quotes_reports(extractor, text, source, via):
    (found,) = extractor.extract(Article(text, date(2026, 3, 12)))
    printed = found.as_json(text, "")
    assert (printed["source"], printed["via"]) == (source, via)


def test_of_a_noun_that_somebody_else_names_the_quoted_word_is_theirs(said):
    assert said("Hale slammed the “cowardly” decision to drop Penn.") == [("slammed", "“cowardly”")]
