import random

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.orm import make_transient

from claimtrack.db.dialect import uninstall_guards
from claimtrack.db.events import CHAINED, Circumstances, append_event, head, record_gone, record_new
from claimtrack.db.tables import Claim, Evidence, Line, Tag
from claimtrack.db.verify import verify
from claimtrack.db.work import UnitOfWork
from claimtrack.vocabulary import EvidenceKind, Stance

TEXT = "“The berths reopen in May,” said Mirela Anand of the port authority.\nTor Vale said that nobody was told 🚢."
IDS = {"public_id", "reviewer", "item", "story", "batch", "undoes"}


@pytest.fixture
def filled(desk):
    """A desk with a statement, a line, evidence and an event in which no column is NULL."""
    with UnitOfWork(desk.engine) as work:
        statement = desk.sample(work.session)
        claim = desk.claim(work.session)
        shared = {"document_id": statement.document_id, "capture_id": statement.capture_id}
        start = TEXT.index("nobody")
        place = {"spans": [[start, start + 6]], "start_offset": start, "end_offset": start + 6}
        work.session.add(Line(**shared, **place, content="nobody", reviewer_id=desk.reviewer_id))
        work.session.add(
            Evidence(
                claim_id=claim.key, kind=EvidenceKind.CAPTURE, title="x", capture_id=statement.capture_id,
                spans=[[0, 4], [27, 31]], words="“The  sai", stance=Stance.SUPPORTS, reviewer_id=desk.reviewer_id,
            )
        )  # fmt: skip
        story = desk.story(work.session)
        context = Circumstances(story=story.public_id, batch=story.public_id, undoes=story.public_id)
        append_event(work.session, desk.actor, "story.read", story, context=context)
        work.commit()
    return desk


def tamper(desk, *commands: str, **values: object) -> None:
    with desk.engine.begin() as connection:
        uninstall_guards(connection)
        _loosen(connection)
        for command in commands:
            connection.execute(text(command), values)


def _loosen(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")


def test_what_was_written_holds(filled):
    found = verify(filled.engine)
    assert [str(problem) for problem in found.problems] == []
    assert found.holds
    assert (found.events, found.captures, found.spans) == (9, 1, 3)
    with UnitOfWork(filled.engine, read_only=True) as work:
        assert head(work.session) == (found.head_number, found.head_digest)


def test_an_empty_desk_holds(engine):
    assert verify(engine).holds


@pytest.mark.parametrize("column", [*CHAINED, "payload", "salt", "digest"])
def test_a_change_of_any_column_of_any_event_is_found(filled, column: str):
    for number in range(1, 10):
        with filled.engine.connect() as connection:
            old = connection.execute(text(f"SELECT {column} FROM event WHERE number = {number}")).scalar()
        if old is None:
            new = "01890000000070008000000000000000"
        elif column == "number":
            new = 100 + number
        elif column == "schema_version":
            new = 7
        elif column == "at":
            new = "2001-01-01 00:00:00.000000"
        elif column in IDS:
            new = "01890000000070008000000000000000"
        else:
            new = str(old)[:-1] + ("0" if str(old)[-1] != "0" else "1")
        kind = {"at": "timestamptz"}.get(column, "uuid" if column in IDS else "")
        value = f"CAST(:new AS {kind})" if kind and filled.engine.dialect.name == "postgresql" else ":new"
        tamper(filled, f"UPDATE event SET {column} = {value} WHERE number = {number}", new=new)
        found = verify(filled.engine)
        assert not found.holds, (column, number)
        assert any(problem.table == "event" for problem in found.problems)
        back = ":old" if not kind or filled.engine.dialect.name == "sqlite" else f"CAST(:old AS {kind})"
        place = 100 + number if column == "number" else number
        tamper(filled, f"UPDATE event SET {column} = {back} WHERE number = {place}", old=old)
        assert verify(filled.engine).holds


def test_an_event_removed_added_or_moved_is_found(filled):
    for number in range(1, 10):
        with filled.engine.begin() as connection:
            uninstall_guards(connection)
            kept = connection.execute(text(f"SELECT * FROM event WHERE number = {number}")).mappings().one()
            connection.execute(text(f"DELETE FROM event WHERE number = {number}"))
        assert not verify(filled.engine).holds
        names = ", ".join(kept)
        with filled.engine.begin() as connection:
            marks = ", ".join(f":{name}" for name in kept)
            connection.execute(text(f"INSERT INTO event ({names}) VALUES ({marks})"), dict(kept))
    assert verify(filled.engine).holds
    tamper(
        filled,
        "UPDATE event SET number = 99 WHERE number = 3",
        "UPDATE event SET number = 3 WHERE number = 4",
        "UPDATE event SET number = 4 WHERE number = 99",
    )
    assert any("does not follow" in problem.what for problem in verify(filled.engine).problems)


def test_a_cut_off_log_is_found_against_a_kept_head_only(filled):
    whole = verify(filled.engine)
    kept = (whole.head_number, whole.head_digest)
    assert verify(filled.engine, kept_head=kept).holds
    tamper(
        filled,
        "DELETE FROM event WHERE number = 9",
        "UPDATE chain_head SET number = 8, digest = (SELECT digest FROM event WHERE number = 8)",
    )
    assert verify(filled.engine).holds
    assert [problem.what for problem in verify(filled.engine, kept_head=kept).problems] == [
        "is missing: the log once reached it."
    ]


def test_a_payload_taken_away_without_a_recorded_erasure_is_found(filled):
    tamper(filled, "UPDATE event SET payload = NULL, salt = NULL WHERE number = 2")
    assert any("no erasure is recorded" in problem.what for problem in verify(filled.engine).problems)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("sha256 = text_sha256 || 'x'", "bytes do not fit"),
        ("text = text || 'x'", "text does not fit"),
        ("text = 'x' || text, text_sha256 = 'x'", "text does not fit"),
        ("chars = 5", "5 are recorded"),
        ("text = NULL", "lost its bytes or its text"),
        ("text = NULL, data = NULL", "no erasure is recorded"),
    ],
)
def test_a_changed_capture_is_found(filled, change: str, message: str):
    tamper(filled, f"UPDATE capture SET {change}")
    found = verify(filled.engine)
    assert any(message in problem.what for problem in found.problems), found.problems


def test_a_capture_changed_together_with_its_digests_is_found_against_the_log(filled):
    import hashlib

    other = b"Nothing was said."
    digest = hashlib.sha256(other).hexdigest()
    tamper(
        filled,
        "UPDATE capture SET data = :data, text = :text, sha256 = :digest, text_sha256 = :digest, chars = 17",
        data=other,
        text=other.decode(),
        digest=digest,
    )
    assert any("the log records another" in problem.what for problem in verify(filled.engine).problems)


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("statement", "content = 'The berths reopen in June'"),
        ("statement", "content_spans = '[[0, 5]]'"),
        ("statement", "content_spans = '[]'"),
        ("statement", "content_spans = '[[-5, 900]]'"),
        ("statement", "source_start = source_start + 1"),
        ("statement", "cue = 'claimed'"),
        ("statement", "cue_end = NULL"),
        ("line", "content = 'somebody'"),
        ("evidence", "words = 'x'"),
        ("evidence", "spans = '[[4]]'"),
    ],
)
def test_words_that_no_longer_stand_at_their_place_are_found(filled, table: str, change: str):
    tamper(filled, f"UPDATE {table} SET {change}")
    problems = verify(filled.engine).problems
    assert {problem.table for problem in problems} == {table}
    assert "its stored words" in problems[0].what or "spans that are none" in problems[0].what


@pytest.mark.parametrize("database_kind", ["sqlite"])  # PostgreSQL itself refuses what is no UTF-8
def test_random_bytes_in_the_log_are_found_and_never_end_the_check(filled):
    dice = random.Random(5)
    for column in (*CHAINED, "payload", "salt", "digest"):
        if column == "number":
            continue
        with filled.engine.connect() as connection:
            old = connection.execute(text(f"SELECT {column} FROM event WHERE number = 9")).scalar()
        junk = dice.randbytes(9) + b"\xff"
        tamper(filled, f"UPDATE event SET {column} = CAST(:junk AS TEXT) WHERE number = 9", junk=junk)
        assert not verify(filled.engine).holds, column
        tamper(filled, f"UPDATE event SET {column} = :old WHERE number = 9", old=old)
    assert verify(filled.engine).holds


@pytest.mark.parametrize(
    ("table", "change", "column"),
    [
        ("claim", "verdict = 'true'", "verdict"),
        ("claim", "state = 'released'", "state"),
        ("claim", "text = 'The berths reopen in June.'", "text"),
        ("claim", "version = 9", "version"),
        ("statement", "state = 'as_printed'", "state"),
        ("statement", "speaker_id = NULL", "speaker"),
        ("statement", "confidence = 0.5", "confidence"),
        ("speaker", "name = 'Mirela Amand'", "name"),
        ("document", "published_on = '2026-03-12'", "published_on"),
        ("reviewer", "role = 'admin'", "role"),
        ("run", "model_digest = 'x'", "model_digest"),
    ],
)
def test_a_row_changed_behind_the_logs_back_is_found(filled, table: str, change: str, column: str):
    tamper(filled, f"UPDATE {table} SET {change}")
    assert [(problem.table, problem.what) for problem in verify(filled.engine).problems] == [
        (table, f"was changed behind the log's back: {column}.")
    ]


def test_a_row_that_is_gone_or_came_back_is_found(filled):
    tamper(filled, "DELETE FROM evidence", "DELETE FROM claim")
    assert [problem.what for problem in verify(filled.engine).problems] == ["is gone, and no event says so."]
    with UnitOfWork(filled.engine) as work:
        tag = Tag(name="x", sort_name="x")
        record_new(work.session, filled.actor, "tag.added", tag)
        record_gone(work.session, filled.actor, "tag.removed", tag)
        work.session.flush()
        work.session.expunge(tag)
        make_transient(tag)
        work.session.add(tag)
        work.commit()
    assert "is here, and the log says that it was taken away." in [p.what for p in verify(filled.engine).problems]


def test_what_serves_queue_and_search_may_change_freely(filled):
    tamper(filled, "UPDATE statement SET outlet_count = 9, text_hash = 5, has_candidates = (1 = 1), speaker_sort = 'x'")
    assert verify(filled.engine).holds


def test_a_row_that_cannot_be_read_is_found_among_others(filled):
    with UnitOfWork(filled.engine) as work:
        for title in "abc":
            filled.story(work.session, title=title)
        work.commit()
    tamper(filled, "UPDATE story SET state = 'asleep' WHERE title = 'b'")
    problems = verify(filled.engine).problems
    assert [(problem.table, problem.what) for problem in problems] == [
        ("story", "holds a value that is none of its column's.")
    ]


def test_an_event_that_tells_no_state_hides_no_change(filled):
    with UnitOfWork(filled.engine) as work:
        append_event(work.session, filled.actor, "claim.read", work.session.get_one(Claim, 1))
        work.commit()
    tamper(filled, "UPDATE claim SET verdict = 'true'")
    assert not verify(filled.engine).holds


def test_progress_counts_every_row(filled, monkeypatch):
    with UnitOfWork(filled.engine) as work:
        story = filled.story(work.session)
        for _ in range(1000):
            append_event(work.session, filled.actor, "story.read", story)
        work.commit()
    told: list[int] = []
    found = verify(filled.engine, progress=told.append)
    assert told == sorted(told)
    assert told[0] == 1000
    assert told[-1] == found.events + found.captures + found.spans + found.rows


@pytest.mark.parametrize("database_kind", ["sqlite"])  # PostgreSQL's columns have types
def test_values_of_the_wrong_type_are_found(filled):
    tamper(filled, "UPDATE capture SET data = 'text', public_id = 'none'")
    what = [problem.what for problem in verify(filled.engine).problems]
    assert "was changed: its bytes do not fit their sha256." in what
    assert "has an id that is none." in what
    tamper(
        filled,
        "UPDATE event SET payload = 5, salt = 7 WHERE number = 3",
        "UPDATE event SET salt = NULL WHERE number = 4",
    )
    what = [problem.what for problem in verify(filled.engine).problems]
    assert what.count("was changed: payload or salt cannot be read.") == 2


@pytest.mark.parametrize("database_kind", ["sqlite"])
@pytest.mark.parametrize("change", ["action = x'ff'", "salt = upper(salt)", "salt = salt || ' '"])
def test_another_type_or_spelling_in_the_log_is_found_and_does_not_end_the_check(filled, change: str):
    tamper(filled, f"UPDATE event SET {change} WHERE number = 3")
    assert not verify(filled.engine).holds


def test_a_log_that_is_not_the_kept_one_is_found(filled):
    assert any("whose digest was kept" in p.what for p in verify(filled.engine, kept_head=(3, "0" * 64)).problems)


def test_a_flood_of_problems_is_counted_and_not_listed_wholly(filled, monkeypatch):
    monkeypatch.setattr("claimtrack.db.proof.findings.MAX_PROBLEMS", 3)
    tamper(filled, "UPDATE event SET action = 'x'")
    found = verify(filled.engine)
    assert len(found.problems) == 3
    assert found.problem_count == 9


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_a_file_damaged_inside_is_reported_not_raised(filled):
    import sqlite3
    from pathlib import Path

    filled.engine.dispose()
    place = Path(filled.engine.url.database)
    with sqlite3.connect(place) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        page = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'event'").fetchone()[0]
    connection.close()
    with place.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
    assert any("cannot be read to its end" in problem.what for problem in verify(filled.engine).problems)
