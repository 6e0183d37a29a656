"""How often the day of a saying is right, on sentences of the project's own.

`tune.jsonl` is what the rules were written on: its first 126 lines before the code, the others while it grew.
`held_back.jsonl` was written before the code as well and is run to measure, never to tune. A floor may rise; lowering
one needs a reason in the commit. The digests make sure that a figure belongs to the sentences it was measured on.
"""

import hashlib
import json
import re
from functools import cache
from pathlib import Path

import pytest
from edtf import parse_edtf

from claimtrack.extract.dates import read_dates

HERE = Path(__file__).parent
#: name -> sha256 of the file, how many sentences must be right.
FLOORS = {
    "tune": ("efede940da65d6eec1ed12cbc3d97ebe01c3bbabc44f803ac4903bfa8631e441", 397),
    "held_back": ("199ee35ae94c35d5ceedaadf54871b11fea26b6d38405c8d41790725916b60f3", 88),
}
SMALLEST_SHARE = 0.95


@cache
def lines(name: str) -> list[dict[str, str | None]]:
    text = (HERE / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


@cache
def answers(name: str) -> list[dict[str, object]]:
    return list(read_dates(lines(name)))


def is_wrongly_certain(found: object, wanted: str | None) -> bool:
    """Whether a single day was given that is not the right one."""
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", str(found))) and found != wanted


@pytest.mark.parametrize("name", FLOORS)
def test_the_sentences_are_those_that_the_floor_was_measured_on(name: str) -> None:
    content = (HERE / f"{name}.jsonl").read_bytes()
    assert hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest() == FLOORS[name][0]


@pytest.mark.parametrize("name", FLOORS)
def test_the_day_of_the_saying_is_right_as_often_as_it_was(name: str) -> None:
    pairs = list(zip(lines(name), answers(name), strict=True))
    wrong = [
        (line["id"], line["said_on"], found.get("said_on"))
        for line, found in pairs
        if found.get("said_on") != line["said_on"]
    ]
    assert len(pairs) - len(wrong) >= FLOORS[name][1], wrong
    assert len(wrong) <= (1 - SMALLEST_SHARE) * len(pairs), wrong


@pytest.mark.parametrize("name", FLOORS)
def test_no_day_is_given_that_the_text_leaves_open(name: str) -> None:
    pairs = zip(lines(name), answers(name), strict=True)
    certain = [
        (line["id"], found["said_on"]) for line, found in pairs if is_wrongly_certain(found["said_on"], line["said_on"])
    ]
    assert certain == []


@pytest.mark.parametrize("name", FLOORS)
def test_every_answer_is_edtf_with_its_words(name: str) -> None:
    for line, found in zip(lines(name), answers(name), strict=True):
        assert found["id"] == line["id"]
        assert (found["basis"] == "text") == (found["said_on"] is not None) == (found["date_words"] is not None)
        if found["said_on"]:
            assert parse_edtf(str(found["said_on"])) is not None
            assert str(found["date_words"]) in str(line["sentence"])


def test_the_sentences_are_many_and_none_is_in_both_files() -> None:
    tune, held = ({line["sentence"] for line in lines(name)} for name in FLOORS)
    assert len(tune) >= 100
    assert len(held) >= 60
    assert not tune & held
