import subprocess
import sys

import pytest

from claimtrack.extract.confidence import confidence
from claimtrack.extract.cues import NOUNS, VERBS, Frame, has_cue


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("said", "say"),
        ("says", "say"),
        ("told", "tell"),
        ("wrote", "write"),
        ("denied", "deny"),
        ("denies", "deny"),
        ("admitted", "admit"),
        ("vowing", "vow"),
        ("announced", "announce"),
    ],
)
def test_every_form_of_a_cue_verb_is_known(form, base):
    assert VERBS[form].base == base


def test_verbs_of_thought_are_no_cues():
    assert not {"think", "believe", "hope", "want", "feel", "fear"} & VERBS.keys()


def test_frames_tell_what_follows():
    assert VERBS["vowed"].frames & Frame.TO
    assert VERBS["urged"].frames & Frame.THEM_TO
    assert VERBS["accused"].frames & Frame.OF
    assert not VERBS["accused"].frames & Frame.THAT


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("The roof leaks.", False),
        ("She SAID so.", True),
        ("According to Ruiz, it leaks.", True),
        ("Her claims are old.", True),
        ("“Said,” and nothing else", True),
        ("", False),
    ],
)
def test_a_sentence_without_a_cue_need_not_be_parsed(text, holds):
    assert has_cue(text) is holds


def test_nouns_of_saying_are_bare_nouns():
    assert all(noun.isalpha() and noun.islower() for noun in NOUNS)


def test_importing_the_package_loads_no_parser():
    code = "import claimtrack.extract, sys; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_confidence_lies_between_nothing_and_certainty():
    values = [
        confidence(rule, how, sure)
        for rule in ("quote.cue", "other")
        for how in ("name", "pronoun", "?")
        for sure in (0, 0.5, 1)
    ]
    assert all(0.0 < value < 1.0 for value in values)


@pytest.mark.parametrize("form", ["shrugged", "concurred", "averred", "quipping", "nodded", "submitted", "sang"])
def test_a_last_consonant_is_doubled_after_one_stressed_vowel(form):
    assert form in VERBS


@pytest.mark.parametrize("form", ["shoutted", "postted", "opinned", "explainned", "vowwed"])
def test_and_after_no_other(form):
    assert form not in VERBS
