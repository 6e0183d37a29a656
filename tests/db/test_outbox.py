"""The key that makes a resend harmless; what services do with it is tested with them."""

import threading
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from claimtrack.db.events import record_change
from claimtrack.db.tables import OutboxEntry, Story
from claimtrack.db.work import UnitOfWork

CLIENT = UUID("01890000-0000-7000-8000-00000000000a")


def entry(desk, item: UUID, sequence: int = 1, **values: object) -> OutboxEntry:
    return OutboxEntry(
        reviewer_id=desk.reviewer_id, client=CLIENT, sequence=sequence, item=item, seen_version=1, **values
    )


def test_one_entry_of_one_tab_is_stored_once(desk):
    with UnitOfWork(desk.engine) as work:
        story = desk.story(work.session)
        work.session.add(entry(desk, story.public_id, ack={"version": 2}))
        work.session.add(entry(desk, story.public_id, 2))
        work.commit()
    with UnitOfWork(desk.engine) as work:
        work.session.add(entry(desk, story.public_id))
        with pytest.raises(IntegrityError):
            work.session.flush()


def test_a_resend_that_races_its_first_sending_decides_once(desk):
    """Both find no entry to begin with; the write lock lets the second see what the first stored."""
    with UnitOfWork(desk.engine) as work:
        story = desk.story(work.session)
        work.commit()
    answers: list[str] = []

    def send() -> None:
        with UnitOfWork(desk.engine) as work:
            known = work.session.exec(select(OutboxEntry).where(OutboxEntry.client == CLIENT)).first()
            if known is not None:
                answers.append("again")
                return
            row = work.session.get_one(Story, story.key)
            event = record_change(work.session, desk.actor, "story.changed", row, seen=1, changes={"title": "decided"})
            work.session.add(entry(desk, row.public_id, event=event.public_id, produced_version=row.version))
            work.commit()
            answers.append("first")

    senders = [threading.Thread(target=send) for _ in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert sorted(answers) == ["again", "again", "again", "first"]
    with UnitOfWork(desk.engine, read_only=True) as work:
        assert work.session.get_one(Story, story.key).version == 2


def test_a_decision_that_is_not_committed_leaves_no_entry(desk):
    with UnitOfWork(desk.engine) as work:
        work.session.add(entry(desk, desk.story(work.session).public_id))
        work.session.flush()
    with UnitOfWork(desk.engine, read_only=True) as work:
        assert work.session.exec(select(OutboxEntry)).all() == []
