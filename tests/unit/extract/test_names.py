import pytest

from claimtrack.extract.names import Names


def names_of(text):
    return {entity.name for entity in Names(text).entities}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mr Ruiz left. Ana Ruiz stayed.", "Ana Ruiz"),
        ("Sen. Ana Ruiz left.", "Ana Ruiz"),
        ("Environment Minister Ana Ruiz left.", "Ana Ruiz"),
        ("Crown Prince Omar bin Salem left.", "Omar bin Salem"),
        ("Local GP Ana Ruiz left.", "Ana Ruiz"),
        ("Father Baum left.", "Father Baum"),
        ("Minister of State Ana Ruiz TD left.", "Ana Ruiz"),
    ],
)
def test_a_name_is_read_without_its_titles(text, name):
    assert name in names_of(text)


def test_a_surname_is_the_person_of_that_name():
    names = Names("Ana Ruiz came. Ruiz left.")
    assert {mention.entity for mention in names.mentions} == {0}


def test_initials_and_middle_names_are_one_person():
    assert len(Names("Ana M. Ruiz came. Ana Ruiz left. A. Ruiz wrote.").entities) == 1


def test_two_given_names_are_two_people():
    assert {"Ana Ruiz", "Tom Ruiz"} <= names_of("Ana Ruiz met Tom Ruiz.")


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("Mrs Odum left.", "f"),
        ("Spokesman Kei Odum left.", "m"),
        ("Kei Odum left, and she took the key.", "f"),
        ("Tom Odum left.", "m"),
    ],
)
def test_titles_roles_given_names_and_pronouns_tell_the_gender(text, gender):
    assert Names(text).entities[0].gender == gender


def test_an_apposition_gives_a_role():
    names = Names("Ana Ruiz, the environment minister, left.")
    assert names.with_role("minister", 50) == 0


def test_an_organisation_is_no_person():
    assert not Names("Halmouth City Council met.").entities[0].is_person


def test_an_acronym_in_brackets_stands_for_the_name():
    names = Names("The Harbour Workers Union (HWU) met. HWU left.")
    assert names.named("HWU") == names.named("Harbour Workers Union")
