"""Floors for pairs of wordings that the project wrote itself; what they are is told in pairs.md."""

import hashlib
import json
from collections import Counter
from pathlib import Path

import pytest

from claimtrack.match.stream import judge_pairs

PAIRS = Path(__file__).with_name("pairs.jsonl")
#: Digest of the pairs that the floors below were measured on. A new pair: measure again, and say why in the commit.
DIGEST = "d690250d50aff24099fe2ccae7fbdc32f47cbb4b6c77b90a9fe42f669501017b"


@pytest.fixture(scope="module")
def judged():
    pairs = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    return [(pair, found["outcome"]) for pair, found in zip(pairs, judge_pairs(pairs), strict=True)]


def test_the_floors_belong_to_these_pairs():
    assert hashlib.sha256(PAIRS.read_bytes().replace(b"\r\n", b"\n")).hexdigest() == DIGEST


def test_there_are_pairs_of_every_kind_on_both_sides(judged):
    counts = Counter((pair["split"], pair["label"]) for pair, _ in judged)
    assert sum(counts.values()) >= 1100
    assert all(counts[split, label] >= 8 for split in ("tune", "held") for label in ("same", "review", "different"))
    assert len({pair["kind"] for pair, _ in judged}) >= 30


@pytest.mark.parametrize("split", ["tune", "held"])
def test_no_change_of_meaning_is_called_the_same(judged, split):
    merged = [
        pair for pair, outcome in judged if (pair["split"], pair["label"], outcome) == (split, "different", "same")
    ]
    assert merged == []


@pytest.mark.parametrize(("split", "least"), [("tune", 0.99), ("held", 0.97)])
def test_the_same_words_in_another_form_are_called_the_same(judged, split, least):
    outcomes = [outcome for pair, outcome in judged if (pair["split"], pair["label"]) == (split, "same")]
    assert outcomes.count("same") / len(outcomes) >= least


@pytest.mark.parametrize(("split", "most"), [("tune", 0), ("held", 1)])
def test_what_a_person_must_see_is_hardly_ever_called_the_same(judged, split, most):
    said = [pair for pair, outcome in judged if (pair["split"], pair["label"], outcome) == (split, "review", "same")]
    assert len(said) <= most, said


def test_most_changes_of_meaning_are_named_and_not_left_to_a_person(judged):
    outcomes = [outcome for pair, outcome in judged if pair["label"] == "different"]
    assert outcomes.count("different") / len(outcomes) >= 0.94
