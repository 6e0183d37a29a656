from uuid import UUID, uuid4

import pytest
from sqlmodel import col, select

from claimtrack.attribution import Kind, Span
from claimtrack.db.snapshot import snapshot
from claimtrack.db.tables import Event, Statement
from claimtrack.services import outbox
from claimtrack.services.entry import (
    Add,
    AsPrinted,
    ChangeTags,
    Cover,
    Entry,
    EntryRef,
    Fix,
    Marked,
    Marks,
    Reject,
    SetDate,
    SetNote,
    SetSpeaker,
    Undo,
)
from claimtrack.services.verify import verify_desk

CLIENT = "0198c1d0-0000-7000-8000-000000000001"


class Tab:
    """A browser tab that sends entries with rising numbers."""

    def __init__(self, desk):
        self.desk, self.client, self.seq = desk, str(uuid4()), 0

    def entry(self, row, payload, *, version=None, after=None):
        self.seq += 1
        item = None if row is None else str(row.public_id)
        seen = version if version is not None else (row.version if row is not None else None)
        return Entry(EntryRef(self.client, self.seq), item, seen, after, "2026-03-12T10:00:00Z", payload)

    def send(self, *entries):
        acks = self.desk.do(outbox.apply, entries)
        return [acks[entry.ref.key] for entry in entries]


@pytest.fixture
def tab(desk):
    return Tab(desk)


def statements(desk):
    return desk.see(lambda work: list(work.session.exec(select(Statement).order_by(col(Statement.id)))))


def events(desk):
    return desk.see(
        lambda work: [event.action for event in work.session.exec(select(Event).order_by(col(Event.number)))]
    )


def test_a_decision_is_stored_once_however_often_it_is_sent(desk, tab, imported):
    imported()
    row = statements(desk)[0]
    entry = tab.entry(row, AsPrinted())
    first, second = tab.send(entry), tab.send(entry)
    assert first == second
    assert first[0] == {"ok": True, "item": str(row.public_id), "version": 2, "state": "as_printed"}
    assert events(desk).count("statement.decided") == 1


def test_v_u_v_before_the_first_answer_is_three_decisions(desk, tab, imported):
    imported()
    row = statements(desk)[0]
    one = tab.entry(row, AsPrinted())
    two = tab.entry(row, Undo(one.ref), after=one.ref)
    three = tab.entry(row, AsPrinted(), after=two.ref)
    acks = tab.send(one, two, three)
    assert [ack["state"] for ack in acks] == ["as_printed", "extracted", "as_printed"]
    assert [ack["version"] for ack in acks] == [2, 3, 4]


def test_a_stale_save_is_refused_and_stores_nothing(desk, tab, bea, imported):
    imported()
    row = statements(desk)[0]
    Tab(bea).send(Tab(bea).entry(row, AsPrinted()))
    (ack,) = tab.send(tab.entry(row, Reject("scare_quote")))
    assert ack["ok"] is False
    assert ack["kind"] == "stale"
    assert statements(desk)[0].state == "as_printed"


def test_what_follows_a_refused_entry_is_refused_too(desk, tab, imported):
    imported()
    row = statements(desk)[0]
    one = tab.entry(row, AsPrinted(), version=7)
    two = tab.entry(row, SetDate("2026"), after=one.ref)
    assert [ack["ok"] for ack in tab.send(one, two)] == [False, False]
    assert statements(desk)[0].version == 1


def test_words_that_do_not_stand_there_are_refused(desk, tab, imported):
    imported()
    row = statements(desk)[0]
    marks = Marks((Marked(Span(0, 5), "Wrong"),), None, None, Kind.DIRECT)
    (ack,) = tab.send(tab.entry(row, Fix(marks)))
    assert ack["kind"] == "mismatch"
    assert statements(desk)[0].content == row.content


def test_one_decision_covers_the_prints_whose_words_match_and_lists_the_others(desk, tab, imported):
    imported("A\n\n“The berths open in May,” said Mirela Anand.\n", "The Ledger")
    imported("B\n\n“The berths open in May,” said Mirela Anand.\n", "The Gazette")
    imported("C\n\n“The berths open in June,” said Mirela Anand.\n", "The Post")
    first, same, other = statements(desk)
    covers = tuple(Cover(str(row.public_id), row.version) for row in (same, other))
    (ack,) = tab.send(tab.entry(first, AsPrinted(covers)))
    assert ack["covered"] == 1
    assert ack["skipped"] == ["A repeat was left open: its words differ."]
    assert [row.state.value for row in statements(desk)] == ["as_printed", "as_printed", "extracted"]


def whole(desk):
    """Every statement as the log sees it, the version aside, with its tags and notes."""
    from claimtrack.services import annotate

    def read(work):
        rows = work.session.exec(select(Statement).order_by(col(Statement.id))).all()
        return [
            (
                {key: value for key, value in snapshot(work.session, row).items() if key != "version"},
                annotate.tags_on(work, row),
                [note.text for note in annotate.notes_on(work, row)],
            )
            for row in rows
        ]

    return desk.see(read)


PAYLOADS = [
    AsPrinted(),
    Reject("scare_quote"),
    SetSpeaker("Tor Vale", None, None),
    SetSpeaker(None, None, None),
    SetDate("2026-03"),
    SetDate(None),
    SetNote("ask the ministry"),
    ChangeTags(("urgent", "harbour"), ()),
]


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda one: type(one).__name__)
def test_undo_restores_the_exact_former_state_and_the_log_shows_both(desk, tab, imported, payload):
    imported()
    row = statements(desk)[0]
    before = whole(desk)
    one = tab.entry(row, payload)
    tab.send(one)
    assert whole(desk) != before
    count = len(events(desk))
    (ack,) = tab.send(tab.entry(row, Undo(one.ref), after=one.ref))
    assert ack["ok"] is True, ack
    assert whole(desk) == before
    assert len(events(desk)) > count
    assert verify_desk(desk).holds


def test_undo_of_a_fix_restores_words_and_places(desk, tab, imported):
    imported()
    row = next(row for row in statements(desk) if "told nothing" in row.content)
    text = desk.see(lambda work: work.by_key(type_of_capture(), row.capture_id).text)
    start = text.index("We were told")
    fix = Fix(Marks((Marked(Span(start, start + 12), "We were told"),), None, None, Kind.DIRECT))
    before = whole(desk)
    one = tab.entry(row, fix)
    assert tab.send(one)[0]["state"] == "fixed"
    assert next(found for found in statements(desk) if found.id == row.id).content == "We were told"
    tab.send(tab.entry(row, Undo(one.ref), after=one.ref))
    assert whole(desk) == before


def type_of_capture():
    from claimtrack.db.tables import Capture

    return Capture


def test_an_added_statement_is_stored_as_the_words_stand_and_can_be_taken_back(desk, tab, imported):
    result = imported()
    text = "“Nobody asked us.”"
    stored = desk.see(lambda work: work.session.exec(select(type_of_capture())).one().text)
    start = stored.index(text)
    marks = Marks((Marked(Span(start, start + len(text)), text),), None, None, Kind.DIRECT)
    one = tab.entry(None, Add(str(result.document), marks, "Tor Vale", None))
    (ack,) = tab.send(one)
    added = next(row for row in statements(desk) if row.public_id == UUID(ack["item"]))
    assert (added.content, added.speaker_name, added.origin.value) == (text, "Tor Vale", "human")
    (taken,) = tab.send(tab.entry(None, Undo(one.ref)))
    assert taken["state"] == "rejected"
    assert next(row for row in statements(desk) if row.id == added.id).reject_reason == "withdrawn"


def test_undo_after_somebody_else_changed_the_row_is_refused(desk, tab, bea, imported):
    imported()
    row = statements(desk)[0]
    one = tab.entry(row, AsPrinted())
    tab.send(one)
    fresh = statements(desk)[0]
    other = Tab(bea)
    other.send(other.entry(fresh, Reject("title")))
    (ack,) = tab.send(tab.entry(row, Undo(one.ref), after=one.ref))
    assert ack["ok"] is False
    assert statements(desk)[0].state == "rejected"


def test_a_thousand_times_two_reviewers_meet_on_one_item_and_nothing_is_overwritten(desk, bea, imported):
    imported()
    mine, theirs, versions = Tab(desk), Tab(bea), []
    for round_ in range(1_000):
        seen = statements(desk)[0]
        first, second = (mine, theirs) if round_ % 2 else (theirs, mine)
        (won,) = first.send(first.entry(seen, SetDate(f"{1000 + round_}")))
        (lost,) = second.send(second.entry(seen, Reject("title")))
        assert won["ok"]
        assert (lost["ok"], lost["kind"], lost["version"]) == (False, "stale", won["version"])
        versions.append(won["version"])
    row = statements(desk)[0]
    assert versions == list(range(2, 1_002))
    assert (row.said_on_override, row.state) == ("1999", "extracted")
