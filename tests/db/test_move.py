import hashlib
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlmodel import select

from claimtrack.db.backup import backup, check, restore
from claimtrack.db.base import Row
from claimtrack.db.dialect import uninstall_guards
from claimtrack.db.engine import open_engine
from claimtrack.db.events import head, record_change, record_gone, record_new
from claimtrack.db.move import move
from claimtrack.db.queries.queue import count_states
from claimtrack.db.search import index_statements, matches, parse
from claimtrack.db.tables import Claim, Speaker, Statement, Story, StoryDocument, Tag, Tagging
from claimtrack.db.verify import verify
from claimtrack.db.work import UnitOfWork
from claimtrack.errors import StorageError


@pytest.fixture
def used(desk):
    """A desk with rows that refer to later rows of their own table, and a deleted row with the highest key."""
    with UnitOfWork(desk.engine) as work:
        session = work.session
        first = desk.sample(session)
        second = desk.sample(session)
        first.folded_into_id = second.key
        one, two = session.get_one(Speaker, 1), session.get_one(Speaker, 2)
        record_change(session, desk.actor, "speaker.merged", one, seen=1, changes={"merged_into_id": two.key})
        claim, other = desk.claim(session), desk.claim(session)
        record_change(session, desk.actor, "claim.merged", claim, seen=1, changes={"duplicate_of_id": other.key})
        story = desk.story(session, title="Ω “quoted” 🚢")
        session.add(StoryDocument(story_id=story.key, document_id=first.document_id))
        tag = Tag(name="x", sort_name="x")
        record_new(session, desk.actor, "tag.added", tag)
        for statement in (first, second):
            tagging = Tagging(tag_id=tag.key, statement_id=statement.key)
            record_new(session, desk.actor, "statement.tagged", tagging)
        record_gone(session, desk.actor, "statement.untagged", tagging)
        index_statements(session, [first.key, second.key])
        work.commit()
    return desk


def content(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    with UnitOfWork(engine, read_only=True) as work:
        return {
            table.name: [
                tuple(row) for row in work.session.execute(table.select().order_by(*table.primary_key.columns))
            ]
            for table in Row.metadata.sorted_tables
        }


def test_a_moved_database_is_equal_to_the_last_row(used, other_engine: Engine):
    counted = move(used.engine, other_engine)
    before = content(used.engine)
    assert content(other_engine) == before
    assert counted.rows["statement"] == 2
    assert counted.rows["event"] == len(before["event"])
    assert verify(other_engine).problems == []


def test_a_moved_database_goes_on_where_the_old_one_stood(used, other_engine: Engine):
    move(used.engine, other_engine)
    with UnitOfWork(other_engine) as work:
        found = work.session.exec(select(Statement.id).where(matches(work.session, parse("berths"))))
        assert sorted(found) == [1, 2]
        assert sum(count_states(work.session).values()) == 2
        number = head(work.session)[0]
        tagging = Tagging(tag_id=1, statement_id=2)
        assert record_new(work.session, used.actor, "statement.tagged", tagging).number == number + 1
        assert tagging.key == 3, "2 was deleted and is not given again"
        work.commit()
    assert verify(other_engine).problems == []


def test_nothing_is_moved_into_a_database_that_is_in_use(used, other_engine: Engine):
    move(used.engine, other_engine)
    before = content(other_engine)
    with pytest.raises(StorageError, match="not empty"):
        move(used.engine, other_engine)
    assert content(other_engine) == before


def test_what_postgresql_refuses_leaves_the_target_empty(used, other_engine: Engine):
    if used.engine.dialect.name == "postgresql" or other_engine.dialect.name == "sqlite":
        return
    with UnitOfWork(used.engine) as work:
        work.session.get_one(Claim, 1).text = "a\x00b"
        work.commit()
    with pytest.raises(StorageError, match="cannot be copied"):
        move(used.engine, other_engine)
    assert content(other_engine)["reviewer"] == []


def test_a_backup_is_restored_equal_on_either_kind(used, other_engine: Engine, tmp_path: Path):
    made = backup(used.engine, tmp_path / "folder" / "desk.backup")
    assert made.size == made.path.stat().st_size > 0
    assert made.sha256 == hashlib.sha256(made.path.read_bytes()).hexdigest()
    assert made.verification.head_number == verify(used.engine).head_number
    assert restore(made.path, other_engine).problems == []
    assert content(other_engine) == content(used.engine)
    assert hashlib.sha256(made.path.read_bytes()).hexdigest() == made.sha256
    assert sorted(path.name for path in made.path.parent.iterdir()) == ["desk.backup"]


def test_a_backup_overwrites_nothing(used, tmp_path: Path):
    place = tmp_path / "desk.backup"
    place.write_bytes(b"mine")
    with pytest.raises(StorageError, match="overwrites nothing"):
        backup(used.engine, place)
    assert place.read_bytes() == b"mine"


def test_a_restore_overwrites_nothing(used, tmp_path: Path):
    made = backup(used.engine, tmp_path / "desk.backup")
    before = content(used.engine)
    with pytest.raises(StorageError, match=r"overwrites nothing|nothing in it is overwritten"):
        restore(made.path, used.engine)
    assert content(used.engine) == before


def test_a_backup_of_a_database_that_does_not_verify_is_refused(used, tmp_path: Path):
    with used.engine.begin() as connection:
        uninstall_guards(connection)
        connection.execute(text("UPDATE event SET action = 'x' WHERE number = 2"))
    with pytest.raises(StorageError, match=r"not as it was written.*event 2"):
        backup(used.engine, tmp_path / "desk.backup")
    assert not (tmp_path / "desk.backup").exists()
    assert not (tmp_path / "desk.backup.partial").exists()


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_a_damaged_backup_is_refused_and_restores_nothing(used, tmp_path: Path):
    made = backup(used.engine, tmp_path / "desk.backup")
    whole = made.path.read_bytes()
    refused = 0
    for place in range(0, len(whole), len(whole) // 40):
        damaged = tmp_path / f"damaged{place}.backup"
        damaged.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            check(damaged)
        except StorageError:
            refused += 1
            target = open_engine(str(tmp_path / f"target{place}.sqlite3"))
            with pytest.raises(StorageError):
                restore(damaged, target)
            target.dispose()
            assert not (tmp_path / f"target{place}.sqlite3").exists()
    assert refused >= 1, "some bytes are free space, not all"
    short = tmp_path / "short.backup"
    short.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(StorageError, match=r"damaged|no claimtrack backup|cannot be read"):
        check(short)


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_what_is_no_backup_is_called_so(engine, tmp_path: Path):
    (tmp_path / "note.txt").write_text("hello " * 100, encoding="utf-8")
    with pytest.raises(StorageError, match="no claimtrack backup"):
        check(tmp_path / "note.txt")
    with pytest.raises(StorageError, match="There is no backup"):
        check(tmp_path / "missing")
    import sqlite3

    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE x (y)")
    other.close()
    with pytest.raises(StorageError, match="SQLite file, but no claimtrack backup"):
        check(tmp_path / "other.db")


def test_backups_made_while_others_write_verify(used, tmp_path: Path):
    stop, errors, written = threading.Event(), [], [0]

    def write() -> None:
        while not stop.is_set():
            try:
                with UnitOfWork(used.engine) as work:
                    used.sample(work.session)
                    work.commit()
                written[0] += 1
            except Exception as error:  # noqa: BLE001 - reported by the test
                errors.append(error)
                return

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    try:
        numbers = [backup(used.engine, tmp_path / f"{turn}.backup").verification.head_number for turn in range(4)]
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    assert errors == []
    assert written[0] > 0
    assert numbers == sorted(numbers)
    assert numbers[-1] > numbers[0]


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_a_backup_leaves_out_what_was_erased_before(used, tmp_path: Path):
    from claimtrack.db.erase import Target, erase
    from claimtrack.db.tables import Document

    with UnitOfWork(used.engine) as work:
        targets = [Target("document", key) for key in work.session.exec(select(Document.public_id))]
        erase(work.session, used.actor, targets, "Asked for by the court.")
        work.commit()
    made = backup(used.engine, tmp_path / "desk.backup")
    assert "“The berths reopen".encode() not in made.path.read_bytes()
    assert made.verification.erased_captures == 2


def test_a_folder_that_cannot_be_made_is_named(used, tmp_path: Path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StorageError, match="cannot be written"):
        backup(used.engine, tmp_path / "file" / "desk.backup")


def test_a_full_disk_leaves_no_half_backup(used, tmp_path: Path, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("claimtrack.db.backup._make_durable", full)
    with pytest.raises(StorageError, match="No space left on device"):
        backup(used.engine, tmp_path / "desk.backup")
    assert list(tmp_path.glob("desk.backup*")) == []


def test_moving_tells_its_progress(used, other_engine: Engine):
    told: list[int] = []
    counted = move(used.engine, other_engine, told.append)
    assert told == sorted(told)
    assert told[-1] == sum(counted.rows.values())
    with UnitOfWork(other_engine, read_only=True) as work:
        assert work.session.exec(select(Story.title)).one() == "Ω “quoted” 🚢"
