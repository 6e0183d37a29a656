import json

import pytest

from claimtrack.match import crews
from claimtrack.match.stream import MAX_LISTED_COPIES, judge_lines, judge_pairs

WILL = "We will sign the treaty on Monday in the old hall."
WILL_NOT = "We will not sign the treaty on Monday in the old hall."


def judged(*lines):
    found = list(judge_lines(lines))
    pairs = {frozenset((line["a"], line["b"])): line for line in found if "a" in line}
    return pairs, [line["cluster"] for line in found if "cluster" in line]


def test_same_review_and_turned_down_pairs_are_listed_and_ids_keep_their_type():
    pairs, clusters = judged(
        {"id": 1, "text": WILL, "speaker": "Ada Moss", "date": None},
        {"id": "b", "text": WILL.upper(), "speaker": "Moss"},
        {"id": 3, "text": WILL_NOT, "speaker": "Moss"},
        {"id": 4, "text": WILL, "speaker": "Ben Lind"},
        {"id": 5, "text": "Nobody has asked the bees about the honey of this valley.", "speaker": "Moss"},
    )
    outcomes = {tuple(sorted(map(str, pair))): line["outcome"] for pair, line in pairs.items()}
    assert outcomes == {
        ("1", "b"): "same",
        ("1", "3"): "different",
        ("3", "b"): "different",
        ("1", "4"): "review",
        ("4", "b"): "review",
        ("3", "4"): "different",
    }
    assert clusters == [[1, "b"]]
    assert all(line["reasons"] for line in pairs.values())


def test_a_clip_that_fits_two_contradicting_texts_is_for_a_person():
    pairs, clusters = judged(
        {"id": 1, "text": WILL, "speaker": ""},
        {"id": 2, "text": WILL_NOT, "speaker": ""},
        {"id": 3, "text": "the treaty on Monday in the old hall", "speaker": ""},
    )
    assert pairs[frozenset((1, 3))]["outcome"] == pairs[frozenset((2, 3))]["outcome"] == "review"
    assert pairs[frozenset((1, 3))]["reasons"][0] == f"fits as well: '{WILL_NOT}'"
    assert clusters == []


def test_few_copies_are_listed_in_all_pairs_and_many_as_a_star():
    few, _ = judged(*({"id": at, "text": WILL, "speaker": "Moss"} for at in range(4)))
    assert len(few) == 6
    many, clusters = judged(*({"id": at, "text": WILL, "speaker": "Moss"} for at in range(MAX_LISTED_COPIES + 2)))
    assert set(many) == {frozenset((0, at)) for at in range(1, MAX_LISTED_COPIES + 2)}
    assert clusters == [list(range(MAX_LISTED_COPIES + 2))]


def test_copies_of_boilerplate_are_for_a_person_and_make_no_cluster():
    pairs, clusters = judged(*({"id": at, "text": "Thank you all for coming.", "speaker": ""} for at in range(3)))
    assert {line["outcome"] for line in pairs.values()} == {"review"}
    assert clusters == []


def test_missing_and_odd_fields_count_as_not_known():
    lines = list(
        judge_lines([{"id": 1, "text": WILL}, {"id": 2, "text": WILL, "speaker": 7, "date": 2024}, {"text": 3}])
    )
    assert [line.get("outcome") for line in lines] == ["same", None]


def test_nothing_in_gives_nothing_out():
    assert list(judge_lines([])) == []
    assert list(judge_pairs([])) == []


def test_a_given_pair_with_some_words_in_common_may_be_a_paraphrase():
    line = {
        "id": 1,
        "a": "The bridge is going to be shut for the whole winter.",
        "b": "They'll keep the bridge closed all winter long.",
    }
    (found,) = judge_pairs([line])
    assert (found["outcome"], found["reasons"]) == ("review", ["few words in common: perhaps a paraphrase"])


def test_speakers_dates_and_occasions_of_a_given_pair_count():
    lines = [
        {"id": 1, "a": WILL, "b": WILL, "speaker_a": "Moss", "speaker_b": "Lind"},
        {"id": 2, "a": WILL, "b": WILL, "date_a": "2020", "date_b": "2024"},
        {"id": 3, "a": WILL, "b": WILL, "occasion_a": "speech", "occasion_b": "post"},
        {"id": 4, "a": WILL, "b": WILL, "speaker_a": None},
    ]
    assert [found["outcome"] for found in judge_pairs(lines)] == ["review", "review", "review", "same"]


def test_more_processes_give_the_same_bytes(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(crews, "cores", lambda: 2)
    monkeypatch.setattr(crews, "MIN_PAIRS", 40)
    monkeypatch.setattr(crews, "PAIRS_AT_A_TIME", 16)
    leads, verbs = ("we hope", "she says", "no wonder", "only now"), ("opens", "will open", "will not open")
    months = ("May", "June", "May, unless it snows")
    texts = [f"{lead} the harbour {verb} in {month}" for lead in leads for verb in verbs for month in months]
    lines = [{"id": at, "text": text, "speaker": "Ada Moss" if at % 3 else "Moss"} for at, text in enumerate(texts)]
    alone = [json.dumps(found) for found in judge_lines(lines)]
    assert len(alone) > 80
    assert [json.dumps(found) for found in judge_lines(lines, processes=0)] == alone
