"""What a desk does around its decisions: saved views, presence, blind reading, deadlines, questions about anything."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from claimtrack.db import tables
from claimtrack.errors import RoleError, RuleError, StaleReview
from claimtrack.services import (
    activity,
    claims,
    contacts,
    house_rules,
    lines,
    overview,
    presence,
    quality,
    queries,
    saved_views,
    stories,
    verdicts,
    workbench,
)
from claimtrack.vocabulary import CheckState

DUE = datetime(2026, 3, 12, 17, tzinfo=UTC)


@pytest.fixture
def claim(desk):
    return desk.do(claims.make_claim, "The audit delays the lease.")


@pytest.fixture
def statement(desk, imported):
    imported()
    return desk.see(lambda work: work.session.exec(select(tables.Statement.public_id)).first())


def names(desk):
    return [(one.name, one.is_shared) for one in desk.see(saved_views.listed, "review")]


def test_a_view_is_ones_own_or_the_whole_desks(desk, bea):
    desk.do(saved_views.keep, "review", " My  numbers ", {"order": "numbers"})
    shared = desk.do(saved_views.keep, "review", "Tonight", {"state": "to review"}, is_shared=True)
    assert names(desk) == [("My numbers", False), ("Tonight", True)]
    assert names(bea) == [("Tonight", True)]
    bea.do(saved_views.rename, shared, 1, "This evening")
    with pytest.raises(StaleReview):
        desk.do(saved_views.rename, shared, 1, "Now")
    mine = next(one for one in desk.see(saved_views.listed, "review") if not one.is_shared)
    with pytest.raises(RuleError, match="colleague"):
        bea.do(saved_views.delete, mine.id)


def test_keeping_under_the_same_name_replaces_and_each_step_is_undone(desk):
    first = desk.do(saved_views.keep, "review", "Tonight", {"state": "to review"})
    assert desk.do(saved_views.keep, "review", "Tonight", {"state": "all"}) == first
    desk.do(saved_views.rename, first, 2, "Later")
    desk.do(saved_views.delete, first)
    assert names(desk) == []
    expected = [[("Later", False)], [("Tonight", False)], [("Tonight", False)], []]
    for after in expected:
        newest = next(row for row in desk.see(activity.recent) if row.can_undo)
        desk.do(activity.undo, newest.id)
        assert names(desk) == after


def test_a_name_that_is_taken_is_refused_also_by_an_undo(desk):
    first = desk.do(saved_views.keep, "review", "Tonight", {})
    desk.do(saved_views.keep, "review", "Later", {})
    with pytest.raises(RuleError, match="already"):
        desk.do(saved_views.rename, first, 1, "Later")
    desk.do(saved_views.rename, first, 1, "Now")
    renamed = desk.see(activity.recent, limit=1)[0].id
    desk.do(saved_views.keep, "review", "Tonight", {})
    with pytest.raises(StaleReview, match="stands in its place"):
        desk.do(activity.undo, renamed)
    for name in (" ", "x" * 1_000):
        with pytest.raises(RuleError, match="needs a name"):
            desk.do(saved_views.keep, "review", name, {})


def test_a_colleague_is_seen_on_an_item_for_a_minute_and_leaves_no_trace_in_the_log(desk, bea, statement, monkeypatch):
    tab, count = uuid4(), len(desk.see(activity.recent, limit=500))
    bea.do(presence.look, tab, statement)
    assert desk.see(presence.others, [statement, uuid4()]) == {statement: ("Bea",)}
    assert bea.see(presence.others, [statement]) == {}
    bea.do(presence.look, tab, UUID(int=7))
    assert desk.see(presence.others, [statement]) == {}
    bea.do(presence.look, tab, statement)
    later = datetime.now(UTC) + timedelta(seconds=61)
    monkeypatch.setattr(presence, "now", lambda: later)
    assert desk.see(presence.others, [statement]) == {}
    assert len(desk.see(activity.recent, limit=500)) == count


def test_a_blind_reader_sees_no_earlier_reading_until_they_gave_theirs(desk, bea, claim):
    desk.do(house_rules.set_blind, is_blind=True)
    desk.do(verdicts.review, claim, "false", "The minutes say otherwise.")
    assert bea.see(workbench.bench, claim).claim.reviews == ()
    assert bea.see(workbench.bench, claim).is_hidden
    assert len(desk.see(workbench.bench, claim).claim.reviews) == 1
    bea.do(verdicts.review, claim, "true", "The deed says so.")
    assert len(bea.see(workbench.bench, claim).claim.reviews) == 2
    assert bea.see(workbench.bench, claim).claim.state == CheckState.ADJUDICATION.value
    assert desk.see(quality.agreement) == (0, 1)


def test_only_an_admin_says_how_the_desk_reads_and_it_can_be_undone(desk, bea):
    with pytest.raises(RoleError):
        bea.do(house_rules.set_blind, is_blind=True)
    assert not desk.see(house_rules.reads_blind)
    desk.do(house_rules.set_blind, is_blind=True)
    assert desk.see(house_rules.reads_blind)
    desk.do(activity.undo, desk.see(activity.recent, limit=1)[0].id)
    assert not desk.see(house_rules.reads_blind)
    desk.do(house_rules.set_blind, is_blind=True)
    assert desk.see(house_rules.reads_blind)


def test_a_deadline_is_set_changed_and_undone_and_tells_which_queries_come_in_time(desk, imported, claim):
    story = desk.do(stories.add_story, "Harbour talks")
    home = desk.do(claims.make_claim, "It opens in May.", story=story)
    desk.do(stories.set_deadline, story, 1, DUE)
    with pytest.raises(StaleReview):
        desk.do(stories.set_deadline, story, 1, None)
    with pytest.raises(RuleError, match="no zone"):
        desk.do(stories.set_deadline, story, 2, datetime(2026, 3, 12, 17))  # noqa: DTZ001
    desk.do(queries.ask, home, "Which May?", due_at=DUE - timedelta(hours=1))
    desk.do(queries.ask, home, "Who says so?", due_at=DUE + timedelta(hours=1))
    desk.do(queries.ask, home, "Where?")
    desk.do(queries.ask, claim, "Of another story?")
    (due,) = desk.see(quality.deadlines)
    assert (due.story, due.title, due.deadline) == (story, "Harbour talks", DUE)
    assert (due.in_time, due.too_late) == (1, 2)
    assert desk.see(quality.deadlines, story=story) == [due]
    assert next(one for one in desk.see(overview.story_work) if one.id == story).deadline == DUE
    event = next(row for row in desk.see(activity.recent) if row.action == "story.deadline_set")
    desk.do(activity.undo, event.id)
    assert desk.see(quality.deadlines) == []


def test_a_statement_and_a_line_take_queries_and_contacts(desk, statement):
    document = desk.see(lambda work: work.session.exec(select(tables.Document.public_id)).one())
    line = desk.do(lines.mark, document, desk.see(lines.find, document, "The port authority said")[0])
    for about in (statement, line):
        desk.do(queries.ask, about, "Who says so?", due_at=DUE)
        desk.do(contacts.log, about, contacts.NewContact("Press office", "Is it so?"))
        assert [one.question for one in desk.see(queries.on, about)] == ["Who says so?"]
        assert [one.person for one in desk.see(contacts.on, about)] == ["Press office"]
    assert {one.about_kind for one in desk.see(queries.waiting)} == {"statement", "line"}
    assert desk.see(workbench.bench, line).claim.state == CheckState.WAITING.value
