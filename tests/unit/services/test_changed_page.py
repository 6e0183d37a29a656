"""A page that was changed after somebody confirmed its words: both wordings are told, and one of them is confirmed."""

import pytest
from sqlmodel import col, select

from claimtrack.db import tables
from claimtrack.errors import RuleError
from claimtrack.services import activity, decide, queue
from claimtrack.services.verify import verify_desk
from claimtrack.vocabulary import StatementState

URL = "https://ledger.example/harbour"
BEFORE = "Port news\n\n“The berths open in May,” said Mirela Anand, the harbour minister.\n"
AFTER = BEFORE.replace("May", "June")


@pytest.fixture
def stale(desk, imported):
    """A confirmed statement whose page prints another month since."""
    imported(BEFORE, url=URL)
    row = rows(desk)[0]
    desk.do(decide.mark_as_printed, row.public_id, 1)
    imported(AFTER, url=URL)
    found = rows(desk)[0]
    assert (found.state, found.id) == (StatementState.STALE, row.id)
    return found


def rows(desk):
    return desk.see(lambda work: list(work.session.exec(select(tables.Statement).order_by(col(tables.Statement.id)))))


def test_both_wordings_are_told(desk, stale):
    (item,) = [one for one in desk.see(queue.page, queue.QueueFilter()).items if one.row.id == stale.id]
    assert "May" in item.row.content
    assert "June" in item.change.now
    assert item.change.was_saved < item.change.now_saved


def test_confirming_the_new_wording_moves_the_statement_to_the_new_copy_and_undo_brings_it_back(desk, stale):
    before = [(row.state, row.content, row.capture_id, row.content_spans) for row in rows(desk)]
    change = desk.see(queue.one, stale.public_id).items[0].change
    done = desk.do(decide.mark_as_printed, stale.public_id, stale.version, (), change.capture)
    assert "June" in done.statement.content
    assert done.statement.state is StatementState.AS_PRINTED
    assert done.statement.capture_id != stale.capture_id
    twins = [row for row in rows(desk) if row.capture_id == done.statement.capture_id and row.id != stale.id]
    assert twins
    assert all(row.state is StatementState.REJECTED for row in twins)
    assert verify_desk(desk).holds
    desk.do(activity.undo, desk.see(activity.recent, limit=1)[0].id)
    assert [(row.state, row.content, row.capture_id, row.content_spans) for row in rows(desk)] == before
    assert verify_desk(desk).holds


def test_confirming_the_earlier_wording_leaves_it_in_the_copy_that_printed_it(desk, stale):
    done = desk.do(decide.mark_as_printed, stale.public_id, stale.version)
    assert "May" in done.statement.content
    assert done.statement.capture_id == stale.capture_id
    assert done.statement.state is StatementState.AS_PRINTED


def test_a_copy_that_came_since_the_look_is_not_confirmed_unseen(desk, stale, imported):
    change = desk.see(queue.one, stale.public_id).items[0].change
    imported(BEFORE.replace("May", "July"), url=URL)
    with pytest.raises(RuleError, match="saved again since"):
        desk.do(decide.mark_as_printed, stale.public_id, stale.version, (), change.capture)
