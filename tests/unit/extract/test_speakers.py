"""Who stands behind a source: labels, descriptions, pronouns and bodies, in short texts of the project's own."""

from datetime import date

import pytest

from claimtrack.attribution import SpeakerKind
from claimtrack.extract import Article


def speakers(extractor, text):
    """Speakers of a text's statements, in reading order."""
    return [s.speaker for s in extractor.extract(Article(text, date(2026, 3, 12)))]


@pytest.mark.parametrize(
    ("head", "label", "name"),
    [
        ("Present: Cllr Una Birk (Chair), Cllr Tom Hale, the Clerk", "CHAIR", "Una Birk"),
        ("Present: Cllr Una Birk (Chair), Cllr Tom Hale, the Clerk", "CLLR HALE", "Tom Hale"),
        ("Present: Cllr Una Birk (Chair), Cllr Tom Hale, the Clerk", "THE CLERK", "The Clerk"),
        ("Participants: Fire Chief Tom Hale; Una Birk of the rail board", "FIRE CHIEF HALE", "Tom Hale"),
        ("Rear Admiral Tom Hale spoke to senators.", "Rear Adm. Hale", "Tom Hale"),
        ("The hearing opened at ten.", "SEN. UNA MCBIRK", "Una McBirk"),
        ("Paula Birk lives on a boat.", "@paulaboats", "Paula Birk"),
        ("Una Birk lives on a boat.", "@harbourgas", "@harbourgas"),
        ("The hearing opened at ten.", "VOICE OF UNIDENTIFIED WOMAN", "VOICE OF UNIDENTIFIED WOMAN"),
    ],
)
def test_a_label_is_the_person_whom_the_record_introduces(extractor, head, label, name):
    text = f"{head}\n\n{label}: The roof leaks.\n\nMR. ODUM: It does.\n\n{label}: Badly."
    assert speakers(extractor, text)[0] == name


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("Superintendent of Police K. S. Birk", "K. S. Birk"),
        ("Advocate General K.P. Birk", "K.P. Birk"),
        ("Minister of State Una Birk TD", "Una Birk"),
    ],
)
def test_titles_with_an_of_and_initials_are_told_from_the_name(extractor, source, name):
    assert speakers(extractor, f"{source} said the roof leaks.") == [name]


def test_a_label_in_capitals_that_describes_somebody_names_nobody(extractor):
    text = "VOICE OF A MAN: The roof leaks.\n\nMR. ODUM: It does."
    first, _ = extractor.extract(Article(text, None))
    assert first.speaker_kind is SpeakerKind.UNNAMED


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("The 61-year-old", "Una Birk"),
        ("The left-hander", "Una Birk"),
        ("The Tasmanian", "Una Birk"),
        ("The former Olympian", "Una Birk"),
        ("Her husband", "Tom Birk"),
        ("The governor", "Ida Ruiz"),
        ("The judge", "Ada Odum"),
    ],
)
def test_a_description_is_the_person_whom_the_text_tells_of(extractor, source, name):
    text = (
        "Gov. Ida Ruiz and Justice Ada Odum came to the pool.\n\nTom Birk held the rope.\n\n"
        f"Una Birk won again. “I was late,” she said. {source} added that the water was cold."
    )
    assert speakers(extractor, text)[1:] == [name]


def test_a_description_that_fits_two_people_names_nobody(extractor):
    text = "Una Birk raced Ida Ruiz. The 61-year-old said the water was cold."
    assert speakers(extractor, text) in (["The 61-year-old"], [None])


def test_an_age_before_a_verb_of_saying_is_nobody_elses(extractor):
    text = "Una Birk won. The 61-year-old said Tom Hale was slow. The 61-year-old added that the water was cold."
    assert speakers(extractor, text) == ["Una Birk", "Una Birk"]


def test_kin_of_whom_the_text_names_two_are_not_guessed(extractor):
    text = "Una Birk left with her sons, Tom Birk and Ned Birk. Her son said the water was cold."
    assert speakers(extractor, text) == ["Her son"]


HARBOUR = "The harbour is shut. Vale & Birk said it would pay. Tom Hale works at the University of Tamar.\n\n"


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("The company", "Vale & Birk"),
        ("The shipping firm", "Vale & Birk"),
        ("The Halmouth, Maine-based company", "Vale & Birk"),
        ("The university", "University of Tamar"),
        ("The council", "council"),  # none was named
    ],
)
def test_a_body_is_one_that_can_be_called_so(extractor, source, name):
    assert speakers(extractor, HARBOUR + f"{source} said the crane was safe.")[-1] == name


def test_an_office_is_not_the_body_that_spoke_last(extractor):
    text = HARBOUR + "Mr Hale’s office said the crane was safe."
    assert speakers(extractor, text)[-1] == "Mr Hale’s office"


@pytest.mark.parametrize("lead", ["The operator, Isaura Vella, is shut.", "Isaura Vella, an energy firm, is shut."])
def test_a_name_that_the_text_calls_a_firm_is_no_person(extractor, lead):
    (found,) = extractor.extract(Article(f"{lead} It said the crane was safe.", None))
    assert (found.speaker, found.speaker_kind) == ("Isaura Vella", SpeakerKind.ORGANIZATION)


@pytest.mark.parametrize(
    ("source", "body"),
    [
        ("A spokesman", None),
        ("The prime minister’s spokesman", "prime minister"),
        ("A port spokeswoman", None),
        ("A Halmouth Port spokeswoman", "Halmouth Port"),
        ("A spokesman for the port", "port"),
    ],
)
def test_an_article_is_no_body_that_is_spoken_for(extractor, source, body):
    (found,) = extractor.extract(Article(f"{source} said the crane was safe.", None))
    assert found.speaker_for == body


def test_a_union_is_a_body_and_not_what_somebody_is(extractor):
    text = "Una Birk stayed. The State Nurses Union has called the offer “a bandage.” “I think of lunch,” she said."
    assert speakers(extractor, text) == ["State Nurses Union", "Una Birk"]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("“You never look.”", "Una Birk"),  # "you": they speak to each other
        ("“That is you all over, Ned.”", "Una Birk"),
        ("“And the crane?”", "Una Birk"),  # after a question of hers and his answer
        ("“It is rust.”", "Ned Hale"),  # nothing shows an exchange: the last speaker goes on
    ],
)
def test_two_people_take_turns_where_they_speak_to_each_other(extractor, line, name):
    first = "“Did it fall?”" if "crane" in line else "“It fell,”"
    said = "asked" if "crane" in line else "said"
    text = f"{first} Una Birk {said}.\n\n“It leaned,” Ned Hale said.\n\n{line}"
    assert speakers(extractor, text)[-1] == name


def test_a_quotation_after_a_paragraph_about_somebody_is_theirs(extractor):
    text = (
        "“It fell,” Una Birk said.\n\nAcross the quay, Ned Hale sells tea. He thinks he will stay.\n\n"
        "“After that it is me and the dog.”"
    )
    assert speakers(extractor, text) == ["Una Birk", "Ned Hale"]


def test_you_in_a_record_of_two_is_the_other(extractor):
    turns = [
        "Una Birk: You said that the crane was safe.", "Ned Hale: I did.", "Una Birk: Was it?", "Ned Hale: No.",
    ]  # fmt: skip
    found = extractor.extract(Article("\n\n".join(turns), None))
    assert [(s.speaker, s.via) for s in found if s.cue_span][:1] == [("Ned Hale", "Una Birk")]


def test_a_club_is_not_who_a_description_describes(extractor):
    text = "Tom Hale shouted at Harwich Vale on Sunday. The 54-year-old said that he was sorry."
    assert speakers(extractor, text) == ["Tom Hale"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Una Birk left. A nurse stood at the gate. She said the crane was safe.", "A nurse"),
        ("Tom Hale left. His lawyer told him to wait. He said the crane was safe.", "Tom Hale"),
        ("Una Birk left. A monk stood at the gate. She said the crane was safe.", "Una Birk"),
    ],
)
def test_a_pronoun_can_be_somebody_without_a_name(extractor, text, name):
    assert speakers(extractor, text)[-1] == name


@pytest.mark.parametrize(
    ("lead", "body"),
    [
        ("A spokesman for the port, Tom Hale, was there.", "port"),
        ("A spokesman for Vale Holdings, Tom Hale, was there.", "Vale Holdings"),
        ("Tom Hale, a spokesman for Vale Holdings, was there.", "Vale Holdings"),
        ("Vale Holdings is shut. Tom Hale, its spokesman, was there.", "Vale Holdings"),
        ("Tom Hale was there.", None),
    ],
)
def test_who_speaks_for_a_body_does_so_under_the_surname_too(extractor, lead, body):
    (found,) = extractor.extract(Article(f"{lead}\n\n“The crane is safe,” Hale said.", None))
    assert (found.speaker, found.speaker_for) == ("Tom Hale", body)


def test_a_firm_is_called_by_its_first_word_and_a_city_is_not_its_council(extractor):
    text = "Vale Holdings and Halmouth City Council met. Vale said it would pay. Halmouth said it would not."
    assert speakers(extractor, text) == ["Vale Holdings", "Halmouth"]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("The party leader said that the crane was safe.", "Una Birk"),
        ("The party’s treasurer said that the crane was safe.", "Una Birk"),
        ("The party leader replied that the crane was safe.", "The party leader"),  # an answer is another's
        ("Tom Hale laughed. The party leader said that the crane was safe.", "The party leader"),
        ("The judge said that the crane was safe.", "The judge"),
    ],
)
def test_an_office_is_the_last_speakers_where_nobody_else_is_told_of(extractor, words, name):
    assert speakers(extractor, f"“I came,” Una Birk said.\n\n{words}")[-1] == name


def test_an_obituary_is_about_the_one_who_died(extractor):
    text = (
        "Una Birk, who has died aged 91, built cranes. Birk was born by the sea. At ten Birk built a raft.\n\n"
        "In 1960 Birk came south.\n\nHer niece Ida Ruiz said that nobody was stronger.\n\n"
        "Asked how she did it, she replied that she ate well."
    )
    assert speakers(extractor, text) == ["Ida Ruiz", "Una Birk"]
