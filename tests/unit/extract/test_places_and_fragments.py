"""Places are no persons, British spellings are cues, and a fragment of another clause is nobody's quotation."""

from datetime import date

import pytest

from claimtrack.extract import Article, Extractor


@pytest.fixture(scope="module")
def extract():
    extractor = Extractor()
    return lambda text: [
        (found.speaker, found.cue(text), found.content(text))
        for found in extractor.extract(Article(text, date(2026, 3, 12)))
    ]


def test_a_place_is_not_who_he_is(extract):
    text = (
        "Lucian Varga, who owns the ferries, welcomed the envoys at Port Sable.\n\n"
        "He shared a clip of the landing. “Somebody has found the gangway,” he wrote.\n"
    )
    assert extract(text) == [("Lucian Varga", "wrote", "“Somebody has found the gangway,”")]


@pytest.mark.parametrize("cue", ["signalled", "signaled"])
def test_an_l_may_be_doubled(extract, cue):
    (found,) = extract(f"The mayor {cue} that the talks would go on.\n")
    assert found[1:] == (cue, "the talks would go on")


def test_a_fragment_in_a_clause_with_its_own_subject_is_nobodys(extract):
    text = (
        "While the cabinet worked on a plan for “fencing off” the strait, Livia Sorel has pledged to settle the case.\n"
    )
    assert [content for _, _, content in extract(text)] == ["to settle the case"]
