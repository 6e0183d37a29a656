import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from claimtrack.db.events import (
    CHAINED,
    Circumstances,
    append_event,
    digest_event,
    digest_payload,
    head,
    record_change,
    record_gone,
    record_new,
)
from claimtrack.db.snapshot import plain, snapshot, values_of
from claimtrack.db.tables import Event, Statement, Story, Tag, Tagging
from claimtrack.db.work import UnitOfWork
from claimtrack.vocabulary import StatementState


def test_each_event_follows_the_one_before(desk):
    with UnitOfWork(desk.engine) as work:
        for title in "abc":
            desk.story(work.session, title=title)
        work.commit()
    with UnitOfWork(desk.engine, read_only=True) as work:
        events = work.session.exec(select(Event).order_by(Event.number)).all()
        assert head(work.session) == (4, events[-1].digest)
    assert [event.number for event in events] == [1, 2, 3, 4]
    assert [event.previous for event in events] == ["0" * 64] + [event.digest for event in events[:-1]]
    for event in events:
        assert event.payload_digest == digest_payload(event.salt, event.payload)
        assert event.digest == digest_event({name: plain(getattr(event, name)) for name in CHAINED})


def test_row_and_event_are_stored_together_or_not_at_all(desk):
    with UnitOfWork(desk.engine) as work:
        desk.story(work.session)
    with UnitOfWork(desk.engine, read_only=True) as work:
        assert work.session.exec(select(Story)).all() == []
        assert head(work.session)[0] == 1


def test_a_change_keeps_the_complete_before_and_after_without_internal_keys(desk):
    with UnitOfWork(desk.engine) as work:
        statement = desk.sample(work.session)
        speaker = statement.speaker_id
        changes = {"state": StatementState.FIXED, "speaker_id": None}
        event = record_change(work.session, desk.actor, "statement.decided", statement, seen=1, changes=changes)
        held = json.loads(event.payload)
        work.commit()
    assert held["before"]["state"] == "extracted"
    assert held["after"]["state"] == "fixed"
    assert held["before"]["speaker"] != held["after"]["speaker"] is None
    assert held["before"]["version"] == 1
    assert held["after"]["version"] == 2
    assert {"id", "speaker_id", "document_id", "leased_by_id", "text_hash"}.isdisjoint(held["before"])
    with UnitOfWork(desk.engine) as work:
        values = values_of(work.session, Statement, held["before"])
        assert values["speaker_id"] == speaker
        stored = work.session.get_one(Statement, statement.key)
        for name, value in values.items():
            setattr(stored, name, value)
        work.session.flush()
        work.session.refresh(stored)
        assert snapshot(work.session, stored) == held["before"]


def test_taking_a_tag_off_keeps_it_in_the_log(desk):
    with UnitOfWork(desk.engine) as work:
        claim = desk.claim(work.session)
        tag = Tag(name="Port", sort_name="port")
        record_new(work.session, desk.actor, "tag.added", tag)
        tagging = Tagging(tag_id=tag.key, claim_id=claim.key)
        record_new(work.session, desk.actor, "claim.tagged", tagging)
        event = record_gone(work.session, desk.actor, "claim.untagged", tagging)
        work.commit()
    held = json.loads(event.payload)
    assert held["after"] is None
    assert held["before"]["claim"] == str(claim.public_id)
    with UnitOfWork(desk.engine, read_only=True) as work:
        assert work.session.exec(select(Tagging)).all() == []


def test_an_event_tells_who_when_how_known_and_in_what_story(desk):
    moment = datetime(2026, 3, 12, 13, 2, 0, 123456, tzinfo=UTC)
    with UnitOfWork(desk.engine) as work:
        story = desk.story(work.session)
        first = append_event(work.session, desk.actor, "story.read", story)
        context = Circumstances(
            story=story.public_id, batch=story.public_id, undoes=first.public_id, note="Once more.", at=moment
        )
        number = append_event(work.session, desk.actor, "story.read", story, context=context).number
        work.commit()
    with UnitOfWork(desk.engine, read_only=True) as work:
        event = work.session.get_one(Event, number)
    assert (event.reviewer, event.identity_basis, event.at) == (desk.reviewer, "self_declared", moment)
    assert (event.story, event.batch, event.undoes) == (story.public_id, story.public_id, first.public_id)
    assert json.loads(event.payload)["note"] == "Once more."


@pytest.mark.parametrize(
    "command",
    [
        "DELETE FROM event",
        "UPDATE event SET payload = '{}'",
        "UPDATE event SET action = 'x'",
        "UPDATE event SET item_kind = 'x', payload = NULL, salt = NULL",
        "UPDATE capture SET text = 'x'",
        "UPDATE capture SET sha256 = 'x'",
        "UPDATE capture SET chars = 1, text = NULL, data = NULL",
    ],
)
def test_the_database_itself_refuses_to_change_log_and_captures(desk, command: str):
    with UnitOfWork(desk.engine) as work:
        desk.sample(work.session)
        work.commit()
    with pytest.raises(DBAPIError, match="never"), desk.engine.begin() as connection:
        connection.execute(text(command))
