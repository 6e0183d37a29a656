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
