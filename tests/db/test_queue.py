import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from claimtrack.attribution import Kind
from claimtrack.db import search
from claimtrack.db.events import record_change, record_new
from claimtrack.db.queries import queue
from claimtrack.db.queries.queue import QueueFilter, count_rows, count_states, page, release, take_next
from claimtrack.db.search import index_statements
from claimtrack.db.tables import Document, SearchEntry, Speaker, Statement, StoryDocument, Tag, Tagging
from claimtrack.db.work import UnitOfWork
from claimtrack.vocabulary import QueueOrder, StatementState

NOW = datetime(2026, 3, 12, 9, tzinfo=UTC)
EVERYTHING = queue.whole(QueueFilter())


@pytest.fixture
def full(desk):
    """A desk with 120 statements of every state, kind and speaker, seeded."""
    dice = random.Random(7)
    with UnitOfWork(desk.engine) as work:
        session = work.session
        desk.first_story, desk.other_story = desk.story(session), desk.story(session)
        people = [Speaker(name=f"Person {at}", sort_name=f"person {at}") for at in range(5)]
        for person in people:
            record_new(session, desk.actor, "speaker.added", person)
        people[4].merged_into_id = people[3].id
        tag = Tag(name="port", sort_name="port")
        record_new(session, desk.actor, "tag.added", tag)
        for number in range(8):
            document = desk.document(session, publisher=f"Paper {number % 3}")
            if number < 3:
                session.add(StoryDocument(story_id=desk.first_story.key, document_id=document.key))
            words = [f"words {number} {at} " + dice.choice(["berth", "quay", "the berth and quay"]) for at in range(15)]
            capture = desk.capture(session, "\n".join(words), document)
            for line in words:
                speaker = dice.choice(people)
                day = date(2026, 1, 1) + timedelta(days=dice.randrange(60)) if dice.random() < 0.8 else None
                statement = desk.statement(
                    session, capture, line, state=dice.choice(list(StatementState)), kind=dice.choice(list(Kind)),
                    speaker_id=speaker.key, speaker_sort=dice.choice(["", "Éva", "anand", "Zoë", "vale"]),
                    confidence=dice.choice([0.1, 0.5, 0.5, 0.9]), outlet_count=dice.choice([1, 1, 2, 14]),
                    number_count=dice.randrange(3), said_from=day, said_to=day, is_boilerplate=dice.random() < 0.1,
                    has_candidates=dice.random() < 0.3,
                    assigned_to_id=desk.reviewer_id if dice.random() < 0.2 else None,
                )  # fmt: skip
                if dice.random() < 0.2:
                    session.add(Tagging(tag_id=tag.key, statement_id=statement.key))
                if dice.random() < 0.2 and statement.key > 1:
                    statement.folded_into_id = 1
        session.flush()
        index_statements(session, list(range(1, 121)))
        desk.people, desk.tag = people, tag
        work.commit()
    return desk


def filters(desk) -> list[QueueFilter]:
    found = [
        EVERYTHING,
        QueueFilter(),
        replace(EVERYTHING, kinds=(Kind.DIRECT, Kind.MIXED)),
        replace(EVERYTHING, story=desk.first_story.public_id),
        replace(EVERYTHING, story=desk.other_story.public_id),
        replace(EVERYTHING, speaker=desk.people[3].public_id),
        replace(EVERYTHING, speaker=desk.tag.public_id),
        replace(EVERYTHING, publisher="Paper 1"),
        replace(EVERYTHING, tag=desk.tag.public_id),
        replace(EVERYTHING, assigned_to=desk.reviewer),
        replace(EVERYTHING, is_unassigned=True),
        replace(EVERYTHING, said_from=date(2026, 1, 20), said_to=date(2026, 2, 10)),
        replace(EVERYTHING, min_confidence=0.3, max_confidence=0.6),
        replace(EVERYTHING, has_candidates=True),
        replace(EVERYTHING, has_candidates=False),
        replace(EVERYTHING, search="berth"),
        replace(EVERYTHING, search='"berth and" person'),
        replace(EVERYTHING, search="!!"),
        replace(EVERYTHING, are_repeats_folded=True),
        replace(EVERYTHING, is_boilerplate_hidden=True),
    ]
    return [*found, QueueFilter(story=desk.first_story.public_id, kinds=(Kind.DIRECT,), search="quay")]


def facts(desk, session) -> dict[int, dict[str, object]]:
    """What the filters ask, of each statement."""
    publishers = {row.id: row.publisher for row in session.exec(select(Document))}
    linked = {row.document_id for row in session.exec(select(StoryDocument))}
    tagged = {row.statement_id for row in session.exec(select(Tagging))}
    people = {person.id: person for person in desk.people}
    found = {}
    for row in session.exec(select(Statement)):
        target = people.get(people[row.speaker_id].merged_into_id)
        found[row.id] = {
            "publisher": publishers[row.document_id],
            "stories": {desk.first_story.public_id} if row.document_id in linked else set(),
            "speakers": {people[row.speaker_id].public_id, *([target.public_id] if target else [])},
            "names": [people[row.speaker_id].name, *([target.name] if target else [])],
            "is_tagged": row.id in tagged,
        }
    return found


def belongs(desk, known: dict[str, object], wanted: QueueFilter, row: Statement) -> bool:
    """The filter, said once more in plain Python."""
    terms = search.parse(wanted.search)
    held = search.entry_terms(row.content, known["names"])
    return all(
        [
            row.state in wanted.states,
            not wanted.kinds or row.kind in wanted.kinds,
            wanted.story is None or wanted.story in known["stories"],
            wanted.speaker is None or wanted.speaker in known["speakers"],
            wanted.publisher is None or wanted.publisher == known["publisher"],
            wanted.tag is None or known["is_tagged"],
            wanted.assigned_to is None or row.assigned_to_id == desk.reviewer_id,
            not wanted.is_unassigned or row.assigned_to_id is None,
            wanted.said_from is None or (row.said_to is not None and row.said_to >= wanted.said_from),
            wanted.said_to is None or (row.said_from is not None and row.said_from <= wanted.said_to),
            wanted.min_confidence is None or row.confidence >= wanted.min_confidence,
            wanted.max_confidence is None or row.confidence <= wanted.max_confidence,
            wanted.has_candidates is None or row.has_candidates == wanted.has_candidates,
            not wanted.search or (bool(terms) and all(term.stands_in(held) for term in terms)),
            not wanted.are_repeats_folded or row.folded_into_id is None,
            not wanted.is_boilerplate_hidden or not row.is_boilerplate,
        ]
    )


SORTED_BY = {
    QueueOrder.OLDEST: lambda row: (row.id,),
    QueueOrder.NEWEST: lambda row: (-row.id,),
    QueueOrder.DOUBTFUL: lambda row: (row.confidence, row.id),
    QueueOrder.OUTLETS: lambda row: (-row.outlet_count, -row.id),
    QueueOrder.NUMBERS: lambda row: (-row.number_count, -row.id),
    QueueOrder.SPEAKER: lambda row: (row.speaker_sort, row.id),
}


def walk(session, wanted: QueueFilter, order: QueueOrder, limit: int) -> list[int]:
    found, after = [], None
    while True:
        rows = page(session, wanted, order, after, limit)
        found += [row.statement.key for row in rows.rows]
        if rows.next is None:
            return found
        assert len(rows.rows) == limit
        after = rows.next


@pytest.mark.parametrize("probed", [1000, 1, 0])
def test_paging_gives_what_filtering_and_sorting_everything_gives(full, monkeypatch, probed: int):
    """With one probed hit every search takes the way of common words, and long lists of keys that of queries."""
    monkeypatch.setattr(search, "PROBED", probed)
    monkeypatch.setattr(search, "LISTED", probed)
    monkeypatch.setattr(queue, "LISTED", probed)
    with UnitOfWork(full.engine, read_only=True) as work:
        everything = work.session.exec(select(Statement)).all()
        known = facts(full, work.session)
        for wanted in filters(full):
            rows = [row for row in everything if belongs(full, known[row.id], wanted, row)]
            for order, key in SORTED_BY.items():
                assert walk(work.session, wanted, order, 29) == [row.id for row in sorted(rows, key=key)], (
                    wanted,
                    order,
                )
            assert count_rows(work.session, wanted) == len(rows)
            assert count_rows(work.session, wanted, cap=5) == min(5, len(rows))


def test_a_row_shows_document_and_speaker(full):
    with UnitOfWork(full.engine, read_only=True) as work:
        row = page(work.session, EVERYTHING, limit=1).rows[0]
        assert row.document.publisher == "Paper 0"
        assert row.speaker.id == row.statement.speaker_id
        assert row.differing_count == 0


def test_counts_follow_every_change(full):
    def counted(session, story=None) -> dict[StatementState, int]:
        rows = session.exec(select(Statement)).all()
        if story:
            linked = set(session.exec(select(StoryDocument.document_id).where(StoryDocument.story_id == story.id)))
            rows = [row for row in rows if row.document_id in linked]
        return {state: sum(row.state is state for row in rows) for state in StatementState}

    with UnitOfWork(full.engine) as work:
        session = work.session
        assert count_states(session) == counted(session)
        assert count_states(session, full.first_story.public_id) == counted(session, full.first_story)
        for row in session.exec(select(Statement).limit(30)).all():
            changes = {"state": StatementState.FIXED}
            record_change(session, full.actor, "statement.decided", row, seen=row.version, changes=changes)
        session.delete(session.get_one(SearchEntry, 120))
        for tagging in session.exec(select(Tagging).where(Tagging.statement_id == 120)):
            session.delete(tagging)
        session.flush()
        session.delete(session.get_one(Statement, 120))
        session.flush()
        assert sum(count_states(session).values()) == 119
        assert count_states(session) == counted(session)
        assert count_states(session, full.other_story.public_id) == dict.fromkeys(StatementState, 0)


def test_two_reviewers_never_take_the_same_statement(full):
    from claimtrack.db.tables import Reviewer

    with UnitOfWork(full.engine) as work:
        other = Reviewer(name="Ben")
        record_new(work.session, full.actor, "reviewer.added", other)
        until = NOW + timedelta(minutes=20)
        mine, theirs = set(), set()
        for _ in range(3):
            taken = take_next(work.session, QueueFilter(), QueueOrder.OLDEST, other.key, now=NOW, until=until, limit=4)
            theirs |= {row.statement.key for row in taken}
            work.session.expire_all()
        taken = take_next(work.session, QueueFilter(), QueueOrder.OLDEST, full.reviewer_id, now=NOW, until=until)
        mine = {row.statement.key for row in taken}
        assert len(theirs) == 4, "what one has taken already is taken first"
        assert len(mine) == 10
        assert mine.isdisjoint(theirs)
        later = until + timedelta(seconds=1)
        taken = take_next(work.session, QueueFilter(), QueueOrder.OLDEST, full.reviewer_id, now=later, until=later)
        assert {row.statement.key for row in taken} & theirs, "a lease that is over is free again"
        versions = [work.session.get_one(Statement, key).version for key in mine]
        assert versions == [1] * 10
        assert release(work.session, full.reviewer_id) >= 10
        assert work.session.exec(select(Statement).where(Statement.leased_by_id == full.reviewer_id)).first() is None


def test_what_is_assigned_to_another_is_not_taken(full):
    from claimtrack.db.tables import Reviewer

    with UnitOfWork(full.engine) as work:
        other = Reviewer(name="Ben")
        record_new(work.session, full.actor, "reviewer.added", other)
        taken = take_next(work.session, EVERYTHING, QueueOrder.OLDEST, other.key, now=NOW, until=NOW, limit=200)
        assert taken
        assert all(row.statement.assigned_to_id is None for row in taken)


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_a_narrow_filter_never_walks_the_whole_queue(full, database_kind):
    """On SQLite without figures on its data one speaker's page took 250 ms at a million statements; with them, one
    story's page took 226 ms by way of everything that is not folded."""
    from sqlalchemy import event

    seen: list[tuple[str, object]] = []

    def note(_connection, _cursor, statement, parameters, *_rest) -> None:
        seen.append((statement, parameters))

    narrow = [
        QueueFilter(speaker=full.people[0].public_id),
        QueueFilter(story=full.first_story.public_id),
        QueueFilter(publisher="Paper 1"),
        QueueFilter(search="berth"),
        QueueFilter(tag=full.tag.public_id),
    ]
    event.listen(full.engine, "before_cursor_execute", note)
    with UnitOfWork(full.engine, read_only=True) as work:
        for wanted in narrow:
            for order in QueueOrder:
                page(work.session, wanted, order)
        raw = work.session.connection().connection.driver_connection
        plans = [
            [row[3] for row in raw.execute("EXPLAIN QUERY PLAN " + statement, parameters)]
            for statement, parameters in seen
            if "gathered" in statement
        ]
    event.remove(full.engine, "before_cursor_execute", note)
    assert len(plans) == len(narrow) * len(QueueOrder)
    assert [plan for plan in plans if any("queue" in step or "folded" in step for step in plan)] == []
