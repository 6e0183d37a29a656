"""Accuracy of the extractor on articles that no rule was tuned on, held above pinned floors; and the scorer itself."""

import importlib.util
import json
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FLOORS = json.loads((HERE / "floors.json").read_text(encoding="utf-8")) if (HERE / "floors.json").exists() else {}
TEXT = "“No,” said Ada Birk. She said that the pier was shut. “Shut for good,” Tom Birk wrote."


def _score_module():
    """`score.py` of this folder, under a name of its own: test folders are no packages."""
    if "accuracy_score" not in sys.modules:
        spec = importlib.util.spec_from_file_location("accuracy_score", HERE / "score.py")
        module = importlib.util.module_from_spec(spec)
        sys.modules["accuracy_score"] = module
        spec.loader.exec_module(module)
    return sys.modules["accuracy_score"]


score = _score_module()


@pytest.fixture(scope="module")
def golds(gold):
    return [one.as_json() for one in gold.load("floor")]


@pytest.fixture(scope="module")
def scored(golds):
    """All articles of the floor set, read once."""
    return score.score(golds, score.extract(golds))


@pytest.fixture(scope="module")
def measured(scored):
    return score.figures(scored)


def statement(words, speaker, source=None, **more):
    """A statement of TEXT in the fields of `claimtrack extract`."""
    start = TEXT.index(words)
    span = None if source is None else (TEXT.index(source), TEXT.index(source) + len(source))
    return {
        "kind": "direct",
        "content_spans": [(start, start + len(words))],
        "source": source,
        "source_span": span,
        "speaker": speaker,
        "speaker_kind": "person",
        "said_on": "2026-03-10",
        "date_basis": "article",
        "question": False,
    } | more


def article(*statements):
    return {"id": "a", "style": "test", "text": TEXT, "statements": list(statements)}


def test_the_articles_are_those_that_the_floors_were_measured_on():
    assert score.digest("floor") == FLOORS["digest"], "articles changed: python tests/accuracy/score.py --pin"


@pytest.mark.parametrize("name", sorted(FLOORS.get("floors", {"": 0})))
def test_no_figure_falls_under_its_floor(measured, name):
    assert measured[name] >= FLOORS["floors"][name], f"{name}: {measured[name]:.3f}"


def test_every_figure_has_a_floor(measured):
    assert set(FLOORS["floors"]) == set(measured)


def test_every_lowered_floor_tells_why():
    assert all(one["reason"].strip() for one in FLOORS["lowered"])


def test_no_article_is_lost(scored):
    assert [one.id for one in scored if not one.found] == []


def test_confidence_sorts_the_right_from_the_wrong(scored):
    rows = [row for row in score.reliability(scored) if row[2] >= 20]
    assert rows[-1][4] > rows[0][4]
    assert score.calibration_error(rows) < 0.2


def test_the_floor_set_is_large_and_mostly_indirect(golds):
    statements = [one for each in golds for one in each["statements"]]
    assert len(golds) >= 42
    assert sum(one["kind"] == "indirect" for one in statements) > len(statements) / 2


def test_no_sentence_of_the_floor_set_is_in_the_tune_set(gold, golds):
    tune = {line for one in gold.load("tune") for line in one.text.splitlines() if len(line) > 60}
    assert not [line for one in golds for line in one["text"].splitlines() if line in tune]


def test_the_gold_scored_against_itself_is_perfect(golds):
    perfect = score.figures(score.score(golds, [one["statements"] for one in golds]))
    assert {name: value for name, value in perfect.items() if value < 1.0} == {}


def test_nothing_found_scores_nothing(golds):
    empty = score.figures(score.score(golds, [[] for _ in golds]))
    assert set(empty.values()) == {0.0}


def test_the_words_count_for_nothing_end_to_end_when_the_speaker_is_wrong():
    marked = article(statement("“No,”", "Ada Birk", "Ada Birk"))
    figures = score.figures(score.score([marked], [[statement("“No,”", "Tom Birk", "Tom Birk")]]))
    assert figures["span_f1"] == 1.0
    assert figures["end_to_end_f1"] == 0.0
    assert figures["named_accuracy"] == 0.0


def test_a_pronoun_that_is_pointed_at_but_not_named_is_only_a_mention():
    marked = article(statement("the pier was shut", "Ada Birk", "She", kind="indirect"))
    found = statement("the pier was shut", "She", "She", kind="indirect")
    figures = score.figures(score.score([marked], [[found]]))
    assert figures["mention_f1"] == 1.0
    assert figures["end_to_end_f1"] == 0.0


@pytest.mark.parametrize(("given", "right"), [("Birk", False), ("Ada Birk", True), ("Mrs Ada Birk", True)])
def test_a_bare_surname_names_nobody_where_two_bear_it(given, right):
    marked = article(statement("“No,”", "Ada Birk", "Ada Birk"), statement("“Shut for good,”", "Tom Birk", "Tom Birk"))
    pairs = score.score([marked], [[statement("“No,”", given)]])[0].pairs
    assert [pair.named for pair in pairs] == [right]


def test_a_bare_surname_is_enough_where_one_bears_it():
    marked = article(statement("“No,”", "Ada Birk", "Ada Birk"))
    assert score.score([marked], [[statement("“No,”", "Birk")]])[0].pairs[0].named


def test_a_statement_without_speaker_is_right_only_without_speaker():
    marked = article(statement("“No,”", None))
    assert score.score([marked], [[statement("“No,”", None)]])[0].pairs[0].right
    assert not score.score([marked], [[statement("“No,”", "Ada Birk")]])[0].pairs[0].right


def test_each_marked_statement_is_matched_once_and_best_first():
    marked = article(statement("the pier was shut", "Ada Birk"))
    found = [statement("the pier was", "Ada Birk"), statement("the pier was shut", "Ada Birk")]
    pairs = score.score([marked], [found])[0].pairs
    assert [pair.overlap for pair in pairs] == [1.0]


def test_a_date_is_right_only_on_its_own_basis():
    marked = article(statement("“No,”", "Ada Birk", date_basis="text"))
    figures = score.figures(score.score([marked], [[statement("“No,”", "Ada Birk")]]))
    assert figures["date_accuracy"] == figures["told_date_accuracy"] == 0.0


def test_reliability_sets_confidence_against_what_is_right():
    marked = article(statement("“No,”", "Ada Birk"), statement("“Shut for good,”", "Tom Birk"))
    found = [
        statement("“No,”", "Ada Birk", confidence=0.9),
        statement("“Shut for good,”", "Ada Birk", confidence=0.9),
    ]
    rows = score.reliability(score.score([marked], [found]))
    assert rows == [(0.9, 1.0, 2, 0.9, 0.5)]
    assert score.calibration_error(rows) == pytest.approx(0.4)


def test_a_floor_rises_by_itself_and_sinks_only_with_a_reason():
    old = {"digest": "d", "floors": {"span_f1": 0.8}, "lowered": []}
    assert score.pinned(old, {"span_f1": 0.9}, "d", None)["floors"] == {"span_f1": 0.89}
    assert score.pinned(old, {"span_f1": 0.805}, "d", None)["floors"] == {"span_f1": 0.8}
    with pytest.raises(ValueError, match="span_f1"):
        score.pinned(old, {"span_f1": 0.7}, "d", None)
    new = score.pinned(old, {"span_f1": 0.7}, "d", "marks of letters were wrong")
    assert new["floors"] == {"span_f1": 0.69}
    assert new["lowered"] == [{"reason": "marks of letters were wrong", "floors": {"span_f1": [0.8, 0.69]}}]


def test_changed_articles_do_not_excuse_a_lower_floor():
    old = {"digest": "old", "floors": {"span_f1": 0.8}, "lowered": []}
    with pytest.raises(ValueError, match="reason"):
        score.pinned(old, {"span_f1": 0.7}, "new", None)


def test_the_table_shows_every_view(golds):
    shown = score.table(score.score(golds, [one["statements"] for one in golds]))
    assert all(word in shown for word in ("end_to_end_f1", "indirect", "pronoun", "calibration error", golds[0]["id"]))
