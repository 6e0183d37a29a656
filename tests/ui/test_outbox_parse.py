"""What a browser sends is read as typed values or refused with a reason; nothing it can send raises."""

from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack import limits
from claimtrack.attribution import Kind, Span
from claimtrack.ui.components import outbox

CLIENT = "0198c1d0-0000-7000-8000-000000000001"
ITEM = "0198c1d0-0000-7000-8000-000000000002"
MARKS = {
    "content": [[0, 3]],
    "words": ["Yes"],
    "kind": "direct",
    "source": [5, 8],
    "source_words": "she",
    "cue": None,
    "cue_words": None,
}


def entry(action: str = "as_printed", payload: object = None, **changes: object) -> dict[str, object]:
    made = {
        "client": CLIENT,
        "seq": 1,
        "item": ITEM,
        "action": action,
        "version": 3,
        "after": None,
        "made_at": "2026-03-12T10:00:00Z",
        "payload": {} if payload is None else payload,
    }
    return {**made, **changes}


def read(raw: dict[str, object]) -> outbox.Entry:
    parsed = outbox.parse([raw])
    assert parsed.refused == {}
    return parsed.entries[0]


def refusal(raw: dict[str, object]) -> str:
    parsed = outbox.parse([raw])
    assert parsed.entries == ()
    return parsed.refused[f"{CLIENT}:1"]["message"]


def test_each_action_becomes_its_own_value() -> None:
    assert read(entry(payload={"covers": [[ITEM, 2]]})).payload == outbox.AsPrinted((outbox.Cover(ITEM, 2),))
    assert read(entry("reject", {"reason": "not_for_us"})).payload == outbox.Reject("not_for_us")
    assert (
        read(
            entry("speaker", {"speaker": "Lea Brandt", "speaker_id": None, "speaker_kind": "person"})
        ).payload.speaker_id
        is None
    )
    assert read(entry("date", {"said_on": " 2026-03~ "})).payload == outbox.SetDate("2026-03~")
    assert read(entry("date", {"said_on": None})).payload == outbox.SetDate(None)
    assert read(entry("note", {"note": ""})).payload == outbox.SetNote("")
    assert read(entry("tag", {"add": ["harbour "], "remove": []})).payload == outbox.ChangeTags(("harbour",), ())
    assert read(entry("undo", {"undoes": [CLIENT, 1]}, item=None, version=None)).payload == outbox.Undo(
        outbox.EntryRef(CLIENT, 1)
    )
    marks = read(entry("fix", MARKS)).payload.marks
    assert (marks.kind, marks.source, marks.cue) == (Kind.DIRECT, outbox.Marked(Span(5, 8), "she"), None)
    assert (
        read(entry("add", {**MARKS, "document": ITEM, "speaker": ""}, item=None, version=None)).payload.speaker is None
    )


def test_the_predecessor_keeps_its_client_and_number() -> None:
    assert read(entry(after=[CLIENT, 4])).after == outbox.EntryRef(CLIENT, 4)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (entry("drop_tables"), "not known"),
        (entry(item=None), "names no statement"),
        (entry(item="../../etc"), "no readable id"),
        (entry(version=None), "version"),
        (entry(version=True), "version"),
        (entry("date", {"said_on": "next Tuesday"}), "not a date in EDTF"),
        (entry("date", {"said_on": "2026-02-30"}), "not a date in EDTF"),
        (entry("reject", {"reason": "  "}), "reason is missing"),
        (entry("note", {"note": "x" * (limits.MAX_NOTE_CHARS + 1)}), "is the most"),
        (entry("note", {"note": "a\0b"}), "can't be stored, at 1"),
        (entry("note", {"note": "\ud83d"}), "can't be stored, at 0"),
        (entry("speaker", {"speaker": "A", "speaker_kind": "robot"}), "a person, an organisation"),
        (entry("fix", {**MARKS, "words": ["Yes!"]}), "does not fit its words"),
        (entry("fix", {**MARKS, "words": []}), "needs its words"),
        (entry("fix", {**MARKS, "content": [], "words": []}), "marked stretches"),
        (entry("fix", {**MARKS, "content": [[0, 3], [2, 5]], "words": ["Yes", "s, "]}), "overlap"),
        (entry("fix", {**MARKS, "content": [[-3, 0]]}), "words is not a number"),
        (entry("fix", {**MARKS, "kind": "rumour"}), "full quotation"),
        (entry("undo", {"undoes": [CLIENT]}), "can't be read"),
        (entry(payload={"covers": [[ITEM, 1]] * (limits.MAX_COVERED + 1)}), "at most"),
        (entry(payload=[]), "not known"),
    ],
)
def test_what_is_not_an_entry_is_refused_with_a_reason(raw: dict[str, object], message: str) -> None:
    assert message in refusal(raw)


def test_order_and_the_good_ones_survive_a_bad_one_between_them() -> None:
    raw = [entry(seq=1), entry("drop", seq=2), {"client": "?"}, 7, entry(seq=3)]
    parsed = outbox.parse(raw)
    assert [one.ref.seq for one in parsed.entries] == [1, 3]
    assert list(parsed.refused) == [f"{CLIENT}:2"]


def test_no_more_entries_are_read_than_one_delivery_may_hold() -> None:
    raw = [entry(seq=k + 1) for k in range(limits.MAX_OUTBOX_ENTRIES + 5)]
    assert len(outbox.parse(raw).entries) == limits.MAX_OUTBOX_ENTRIES


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20) | st.just(CLIENT),
    lambda children: st.lists(children, max_size=4) | st.dictionaries(st.text(max_size=8), children, max_size=4),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(
    st.fixed_dictionaries(
        {
            "client": st.just(CLIENT),
            "seq": st.just(1),
            "item": st.just(ITEM) | JSON,
            "version": st.integers(0, 9) | JSON,
            "after": JSON,
            "made_at": JSON,
            "action": st.sampled_from(["as_printed", "reject", "fix", "add", "speaker", "date", "note", "tag", "undo"]),
            "payload": st.fixed_dictionaries(
                {},
                optional=dict.fromkeys(
                    (
                        "covers",
                        "reason",
                        "content",
                        "words",
                        "kind",
                        "source",
                        "speaker",
                        "said_on",
                        "note",
                        "add",
                        "remove",
                        "undoes",
                        "document",
                    ),
                    JSON,
                ),
            ),
        }
    )
)
def test_anything_is_an_entry_or_an_answer_and_never_both(raw: dict[str, object]) -> None:
    parsed = outbox.parse([raw])
    assert len(parsed.entries) + len(parsed.refused) == 1
    for one in parsed.entries:
        assert UUID(one.ref.client)
        assert one.item is None or UUID(one.item)


@given(st.text(max_size=40), st.integers(0, 40), st.integers(1, 20))
def test_a_mark_stands_only_where_its_words_are(text: str, start: int, length: int) -> None:
    words = text[start : start + length]
    mark = outbox.Marked(Span(start, start + length), words)
    assert mark.stands_in(text) == (len(words) == length)
    assert not outbox.Marked(Span(start, start + length), words + "x").stands_in(text)
