"""Alleged quotations against recorded ones, written for this project: each verdict, its match and its alarm."""

import json
import re
from pathlib import Path

import pytest

from claimtrack.fidelity import check_lines

GIVEN = json.loads(Path(__file__).with_name("quote_check.json").read_text(encoding="utf-8"))
ANSWERS = dict(
    zip((query["id"] for query in GIVEN["queries"]), check_lines(GIVEN["queries"], GIVEN["store"]), strict=True)
)


@pytest.mark.parametrize("query", GIVEN["queries"], ids=lambda query: f"{query['id']}-{query['fidelity']}")
def test_verdict_match_and_alarm_are_those_of_a_person(query):
    answer = ANSWERS[query["id"]]
    assert answer["fidelity"] == query["fidelity"], answer
    assert answer["match"] == query["match"] or query["match"] in answer["matches"]
    if query["fidelity"] == "cut":
        assert bool(answer["alarm"]) == ("alarm" in query), answer
        assert re.search(query.get("alarm", ""), (answer["alarm"] or "").lower())


def test_every_verdict_but_not_found_names_its_record():
    kinds = {record["id"]: record["record"] for record in GIVEN["store"]}
    for answer in ANSWERS.values():
        assert answer["record"] == kinds.get(answer["match"])
        assert ("searched" in answer) == (answer["fidelity"] == "not_found")
