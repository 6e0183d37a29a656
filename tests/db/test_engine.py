import sqlite3
import sys
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import StatementError
from sqlmodel import select

from claimtrack.db.engine import default_path, open_engine, open_unchanged, shared_engine
from claimtrack.db.planner import refresh
from claimtrack.db.schema import status, upgrade
from claimtrack.db.tables import Story
from claimtrack.db.work import UnitOfWork
from claimtrack.errors import StorageError


def test_without_an_address_the_database_lies_in_the_users_data_folder(monkeypatch, tmp_path: Path):
    monkeypatch.delenv("CLAIMTRACK_DATABASE_URL", raising=False)
    monkeypatch.setattr("platformdirs.user_data_dir", lambda *_, **__: str(tmp_path / "data" / "claimtrack"))
    assert default_path() == tmp_path / "data" / "claimtrack" / "claimtrack.sqlite3"
    engine = open_engine()
    assert engine.url.database == str(default_path())
    upgrade(engine)
    assert default_path().is_file()
    engine.dispose()


def test_the_environment_names_another_database(monkeypatch, tmp_path: Path):
    monkeypatch.setenv("CLAIMTRACK_DATABASE_URL", f"sqlite:///{tmp_path / 'mine.sqlite3'}")
    assert open_engine().url.database == str(tmp_path / "mine.sqlite3")
    assert shared_engine() is shared_engine()
    shared_engine().dispose()


def test_a_plain_path_names_a_sqlite_file(tmp_path: Path):
    assert open_engine(str(tmp_path / "a b%20.sqlite3")).url.database == str(tmp_path / "a b%20.sqlite3")


def test_what_is_no_address_is_refused_without_repeating_its_password():
    with pytest.raises(StorageError, match="cannot be read") as caught:
        open_engine("postgresql://ada:secret@host:port/desk")
    assert "secret" not in str(caught.value)


def test_another_kind_of_database_is_refused():
    with pytest.raises(StorageError, match="not in mysql"):
        open_engine("mysql://localhost/desk")


def test_without_the_driver_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StorageError, match=r"pip install 'claimtrack\[postgres\]'"):
        open_engine("postgresql://localhost/desk")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StorageError, match="cannot be made"):
        open_engine(str(tmp_path / "file" / "deeper" / "desk.sqlite3"))


def test_a_file_that_is_no_database_is_called_so(tmp_path: Path):
    (tmp_path / "desk.sqlite3").write_text("hello " * 200, encoding="utf-8")
    engine = open_engine(str(tmp_path / "desk.sqlite3"))
    with pytest.raises(StorageError, match="is no SQLite database"):
        status(engine)
    with pytest.raises(StorageError, match="is no SQLite database"), UnitOfWork(engine):
        pass
    engine.dispose()


def test_a_server_that_is_not_there_is_called_so():
    engine = open_engine("postgresql://nobody@127.0.0.1:1/desk")
    with pytest.raises(StorageError, match="server does not answer"):
        status(engine)
    with pytest.raises(StorageError, match="server does not answer"), UnitOfWork(engine):
        pass
    engine.dispose()


def test_sqlite_survives_a_power_cut_and_keeps_its_references(tmp_path: Path):
    engine = open_engine(str(tmp_path / "desk.sqlite3"))
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    with engine.connect() as connection:
        assert {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted} == wanted
    engine.dispose()


def test_a_database_in_memory_is_one_database():
    engine = open_engine("sqlite://")
    upgrade(engine)
    with UnitOfWork(engine) as work:
        work.session.add(Story(title="Harbour talks"))
        work.commit()
    with UnitOfWork(engine, read_only=True) as work:
        assert work.session.exec(select(Story.title)).all() == ["Harbour talks"]
    engine.dispose()


def test_reading_a_file_unchanged_leaves_every_byte(sqlite_template: Path, tmp_path: Path):
    copy = tmp_path / "a copy#1?.sqlite3"
    copy.write_bytes(sqlite_template.read_bytes())
    engine = open_unchanged(copy)
    with UnitOfWork(engine, read_only=True) as work:
        assert work.session.exec(select(Story)).all() == []
    engine.dispose()
    assert copy.read_bytes() == sqlite_template.read_bytes()
    assert list(tmp_path.iterdir()) == [copy]


def test_planner_figures_are_stored_and_open_connections_see_them(desk):
    with UnitOfWork(desk.engine) as work:
        desk.sample(work.session)
        work.commit()
    refresh(desk.engine)
    query = "SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'statement'"
    if desk.engine.dialect.name == "postgresql":
        query = "SELECT count(*) FROM pg_stats WHERE tablename = 'statement'"
    with desk.engine.connect() as connection:
        assert connection.execute(text(query)).scalar() > 0


def test_errors_never_repeat_the_words_of_a_source(desk):
    with UnitOfWork(desk.engine) as work:
        capture = desk.capture(work.session, "xylograph")
        desk.statement(work.session, capture, "xylograph").speaker_id = 99
        with pytest.raises(Exception, match=r"(?i)foreign key") as caught:
            work.session.flush()
    assert "xylograph" not in str(caught.value)


@pytest.mark.parametrize("column", ["created_at", "deadline"])
def test_a_time_without_zone_is_refused(desk, column: str):
    from datetime import datetime

    with UnitOfWork(desk.engine) as work:
        work.session.add(Story(title="x", **{column: datetime(2026, 3, 12)}))  # noqa: DTZ001 - what is refused
        with pytest.raises(StatementError, match="has no zone"):
            work.session.flush()


def test_a_word_outside_its_set_is_refused_in_and_out(desk):
    with UnitOfWork(desk.engine) as work:
        work.session.add(Story(title="x", state="asleep"))
        with pytest.raises(StatementError, match="asleep"):
            work.session.flush()
    with UnitOfWork(desk.engine) as work:
        key = desk.story(work.session).key
        work.session.execute(text("UPDATE story SET state = 'asleep'"))
        work.session.expire_all()
        with pytest.raises(ValueError, match="asleep"):
            work.session.get(Story, key)


def test_a_deleted_key_is_never_given_again(desk):
    with UnitOfWork(desk.engine) as work:
        story = desk.story(work.session)
        key = story.key
        work.session.delete(story)
        work.session.flush()
        assert desk.story(work.session).key == key + 1
        work.commit()


def test_an_unstored_row_has_no_key():
    with pytest.raises(ValueError, match="not stored yet"):
        Story(title="x").key  # noqa: B018 - the property raises


def test_the_sqlite_that_python_brings_has_what_is_needed():
    assert sqlite3.sqlite_version_info >= (3, 35)
    options = {row[0] for row in sqlite3.connect(":memory:").execute("PRAGMA compile_options")}
    assert "ENABLE_FTS5" in options
