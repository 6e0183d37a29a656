from datetime import UTC, datetime, timedelta, timezone

import pytest

from claimtrack.errors import RuleError, StaleReview
from claimtrack.services import activity, checklist, claims, contacts, queries, verdicts, workbench
from claimtrack.services.contacts import NewContact
from claimtrack.services.desk import parse_id
from claimtrack.services.statements import Wanted, list_rows
from claimtrack.vocabulary import QueryState

EVENING = datetime(2026, 3, 12, 18, 0, tzinfo=timezone(timedelta(hours=1)))


@pytest.fixture
def claim(desk):
    return desk.do(claims.make_claim, "The audit delays the lease.")


@pytest.fixture
def statement(desk, imported):
    imported()
    return parse_id(desk.see(list_rows, Wanted(search="audit"))[0]["id"])


def state(desk, claim):
    return desk.see(workbench.bench, claim).claim.state


def asked(person="Port press office", **more):
    return NewContact(person, "Is it true that the audit delays the lease?", **more)


def test_a_query_has_an_owner_and_a_due_time_in_utc_and_the_most_urgent_comes_first(desk, bea, claim, statement):
    bea_id = {name: key for key, name in desk.see(queries.reviewers)}["Bea"]
    desk.do(queries.ask, statement, "Who told you?", due_at=EVENING + timedelta(days=1))
    desk.do(queries.ask, claim, " Which audit? ", owner=bea_id, addressee="Ida Holm", due_at=EVENING)
    desk.do(queries.ask, claim, "No hurry: which lease?")
    first, second, last = desk.see(queries.waiting)
    assert (first.question, first.owner, first.addressee, first.about) == ("Which audit?", "Bea", "Ida Holm", claim)
    assert first.due_at == datetime(2026, 3, 12, 17, 0, tzinfo=UTC)
    assert (second.about_kind, last.due_at) == ("statement", None)
    assert first.is_late(EVENING + timedelta(minutes=1))
    assert not first.is_late(EVENING)


def test_an_answered_or_withdrawn_query_waits_no_longer_and_stays_on_its_claim(desk, claim):
    one, other = desk.do(queries.ask, claim, "Which audit?"), desk.do(queries.ask, claim, "Which lease?")
    desk.do(queries.answer, one, 1, "The one of May.")
    desk.do(queries.withdraw, other, 1)
    assert desk.see(queries.waiting) == []
    assert [row.state for row in desk.see(queries.on, claim)] == [QueryState.ANSWERED, QueryState.WITHDRAWN]
    with pytest.raises(StaleReview):
        desk.do(queries.answer, one, 1, "No, June.")


@pytest.mark.parametrize("wrong", [{"question": "  "}, {"due_at": datetime(2026, 3, 12)}])  # noqa: DTZ001
def test_a_query_without_question_or_zone_is_refused(desk, claim, wrong):
    with pytest.raises(RuleError):
        desk.do(queries.ask, claim, **{"question": "Which audit?", **wrong})


def test_asking_somebody_puts_the_claim_in_waiting_and_the_last_answer_brings_it_back(desk, claim):
    first = desk.do(contacts.log, claim, asked(is_right_of_reply=True, deadline=EVENING))
    second = desk.do(contacts.log, claim, asked("Tor Vale", channel="phone"))
    assert state(desk, claim) == "waiting"
    desk.do(contacts.answer, first, 1, "No comment.")
    assert state(desk, claim) == "waiting"
    desk.do(contacts.answer, second, 1, "It does.")
    assert state(desk, claim) == "in_progress"
    assert [(one.person, one.answer) for one in desk.see(contacts.on, claim)] == [
        ("Port press office", "No comment."),
        ("Tor Vale", "It does."),
    ]


def test_the_right_of_reply_ticks_its_point_of_the_checklist(desk, claim):
    desk.do(contacts.log, claim, asked(is_right_of_reply=True))
    points = {item.name: item.done for item in desk.see(workbench.bench, claim).claim.checklist}
    assert points[checklist.POINTS["right_of_reply"]]


def test_an_entry_taken_back_no_longer_holds_the_claim(desk, claim):
    entry = desk.do(contacts.log, claim, asked())
    desk.do(contacts.take_back, entry, 1)
    assert state(desk, claim) == "in_progress"
    assert desk.see(contacts.on, claim) == []


def test_what_a_reader_has_finished_with_does_not_go_back_to_waiting(desk, claim):
    desk.do(verdicts.review, claim, "false", "The plan says June.")
    entry = desk.do(contacts.log, claim, asked())
    assert state(desk, claim) == "second_read"
    desk.do(contacts.answer, entry, 1, "June it is.")
    assert state(desk, claim) == "second_read"


def test_waiting_for_a_source_ends_by_hand_only(desk, claim):
    desk.do(contacts.wait_for_source, claim)
    entry = desk.do(contacts.log, claim, asked())
    desk.do(contacts.answer, entry, 1, "Yes.")
    assert state(desk, claim) == "waiting"
    desk.do(contacts.go_on, claim)
    assert state(desk, claim) == "in_progress"
    with pytest.raises(RuleError, match="in progress"):
        desk.do(contacts.go_on, claim)


def test_a_contact_says_all_that_is_missing_and_a_statement_takes_one_too(desk, statement):
    with pytest.raises(RuleError, match="who was asked and how"):
        desk.do(contacts.log, statement, NewContact(" ", "Is it true?", channel=""))
    desk.do(contacts.log, statement, asked())
    assert len(desk.see(contacts.on, statement)) == 1


def test_the_log_of_a_contact_is_undone_with_the_move_to_waiting(desk, claim):
    desk.do(contacts.log, claim, asked())
    event = next(row for row in desk.see(activity.recent) if row.action == "contact.logged")
    desk.do(activity.undo, event.id)
    assert desk.see(contacts.on, claim) == []
    assert state(desk, claim) == "open"
