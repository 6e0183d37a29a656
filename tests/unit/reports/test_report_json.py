"""JSON holds the whole report and gives it back."""

import json
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from types import NoneType, UnionType
from typing import Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from claimtrack.attribution import Span
from claimtrack.errors import SourceError
from claimtrack.reports import as_json
from claimtrack.reports.model import Piece, Quotation, Report, Source

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12)
SOURCES = [Source(f"d{n}", f"c{n}", f"{n:064x}", title=f"page {n}") for n in range(3)]


def values(hint):
    """Any value of a member of the model, from its type alone: a new member is tested without a new line here."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return st.none() | values(next(one for one in inner if one is not NoneType))
    if origin is tuple:
        return st.lists(values(inner[0]), max_size=2).map(tuple)
    if hint is Source:
        return st.sampled_from(SOURCES)
    if hint is Span:
        return st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda pair: Span(*pair))
    if is_dataclass(hint):
        known = get_type_hints(hint)
        made = {member.name: values(known[member.name]) for member in fields(hint)}
        if hint is Quotation:
            made["content"] = values(Piece).map(lambda piece: (piece,))  # never empty
        return st.builds(hint, **made)
    if hint is datetime:
        return st.integers(0, 2**31).map(lambda second: datetime.fromtimestamp(second, UTC))
    simple = {
        str: TEXT,
        int: st.integers(),
        bool: st.booleans(),
        float: st.floats(allow_nan=False),
        bytes: st.binary(max_size=8),
        date: st.dates(),
    }
    if hint in simple:
        return simple[hint]
    if isinstance(hint, type):
        return st.sampled_from(list(hint))
    return st.dictionaries(TEXT, TEXT, max_size=2)  # labels


@given(values(Report))
@settings(
    max_examples=60, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate]
)  # shrinking takes minutes
def test_any_report_is_read_back_equal(report):
    assert as_json.read("".join(as_json.render(report))) == report


def test_the_sample_is_read_back_equal(editor, public):
    for report in (editor, public):
        assert as_json.read("".join(as_json.render(report))) == report


def test_a_saved_copy_is_written_once(editor):
    text = "".join(as_json.render(editor))
    whole = json.loads(text)
    assert [source["capture_id"] for source in whole["sources"]] == [one.capture_id for one in editor.sources]
    assert text.count('"publisher": "The Ledger"') == 1


def test_what_a_page_may_print_stands_beside_the_data(public):
    quotation = json.loads("".join(as_json.render(public)))["claims"][0]["appearances"][1]["quotation"]
    assert quotation["words"] == "The ministry will “not sign before the audit”"
    assert quotation["when"] == "reported 13 Mar 2026; day not stated"
    assert quotation["fidelity_in_words"] == "as printed, not checked against a record"


def test_json_lines_are_a_report_then_sources_then_claims(public):
    lines = [json.loads(line) for line in "".join(as_json.render_lines(public)).splitlines()]
    assert [line["type"] for line in lines] == ["report"] + ["source"] * 5 + ["claim"] * 2
    assert lines[0]["form"] == as_json.FORM


def test_separators_of_lines_inside_a_text_do_not_split_a_line(hostile):
    _, report = hostile
    report = replace(report, title="a\u2028b\x85c\nd")
    for line in "".join(as_json.render_lines(report)).split("\n"):
        assert not line or json.loads(line)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"form": "other/9"}',
        '{"form": "claimtrack.report/1"}',
        '{"form": "claimtrack.report/1", "claims": 3}',
    ],
)
def test_what_is_no_report_is_refused_in_one_sentence(text):
    with pytest.raises(SourceError, match=r"[Ee]xport it again"):
        as_json.read(text)


def test_a_saved_copy_that_is_missing_is_refused(public):
    whole = json.loads("".join(as_json.render(public)))
    del whole["sources"][0]
    with pytest.raises(SourceError):
        as_json.read(json.dumps(whole))


def test_ten_thousand_claims_are_streamed(public):
    first = next(as_json.render(replace(public, claims=public.claims * 5_000)))
    assert len(first) < 10_000
