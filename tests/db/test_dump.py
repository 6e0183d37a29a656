"""A complete desk as a file, and back: equal, or nothing is stored."""

import json
import random
import shutil
from hashlib import sha256

import pytest
from sqlalchemy import Engine, text
from sqlmodel import select

from claimtrack.db import dump
from claimtrack.db.base import Row
from claimtrack.db.engine import open_engine
from claimtrack.db.events import head, record_change, record_gone, record_new
from claimtrack.db.queries.queue import count_states
from claimtrack.db.search import index_statements, matches, parse
from claimtrack.db.tables import (
    Candidate,
    Capture,
    Fingerprint,
    Setting,
    Speaker,
    Statement,
    StoryDocument,
    Tag,
    Tagging,
)
from claimtrack.db.verify import verify
from claimtrack.db.work import UnitOfWork
from claimtrack.errors import SourceError, StorageError


@pytest.fixture
def used(desk):
    """A desk with gaps in its keys, rows that refer to later rows of their table, and odd values."""
    with UnitOfWork(desk.engine) as work:
        session = work.session
        first, second = desk.sample(session), desk.sample(session)
        first.folded_into_id = second.key
        one, two = session.get_one(Speaker, 1), session.get_one(Speaker, 2)
        record_change(session, desk.actor, "speaker.merged", one, seen=1, changes={"merged_into_id": two.key})
        desk.claim(session)
        story = desk.story(session, title="Ω “quoted” 🚢\u2028\x85 \\")
        session.add(StoryDocument(story_id=story.key, document_id=first.document_id))
        session.add(Fingerprint(hash=-(2**63), text_hash=2**63 - 1, normaliser_version=1))
        pair = Candidate(
            a_id=first.key, b_id=second.key, outcome="same", score=0.1 + 0.2, reasons=["é"], normaliser_version=1
        )
        session.add(pair)
        tag = Tag(name="x", sort_name="x")
        record_new(session, desk.actor, "tag.added", tag)
        for gone in (True, False):
            tagging = Tagging(tag_id=tag.key, statement_id=first.key)
            record_new(session, desk.actor, "statement.tagged", tagging)
            if gone:
                record_gone(session, desk.actor, "statement.untagged", tagging)
        for value in ({"a": [1, None, "é"]}, "text", 0, None):
            record_new(session, desk.actor, "setting.added", Setting(name=f"of {value}", value=value))
        index_statements(session, [first.key, second.key])
        work.commit()
    return desk


@pytest.fixture
def target(tmp_path, sqlite_template):
    """An engine on an empty SQLite file with today's schema."""
    shutil.copyfile(sqlite_template, tmp_path / "target.sqlite3")
    engine = open_engine(str(tmp_path / "target.sqlite3"))
    yield engine
    engine.dispose()


def written(engine: Engine) -> list[str]:
    with UnitOfWork(engine, read_only=True) as work:
        return _lines("".join(dump.write(work.session)))


def _lines(whole: str) -> list[str]:
    return [line + "\n" for line in whole.removesuffix("\n").split("\n")]


def counts(engine: Engine) -> dict[str, int]:
    with UnitOfWork(engine, read_only=True) as work:
        return {table.name: len(work.session.execute(table.select()).all()) for table in Row.metadata.sorted_tables}


def searched(engine: Engine) -> dict[object, str]:
    query = text("SELECT statement.public_id, terms FROM search_entry JOIN statement ON statement.id = statement_id")
    with UnitOfWork(engine, read_only=True) as work:
        return {str(row[0]).replace("-", ""): row[1] for row in work.session.execute(query)}


def test_a_desk_comes_back_equal_to_the_last_row(used, other_engine):
    lines = written(used.engine)
    loaded = dump.load(other_engine, lines)
    assert written(other_engine) == lines
    assert counts(other_engine) == counts(used.engine)
    assert searched(other_engine) == searched(used.engine)
    assert loaded.rows["statement"] == 2
    assert verify(other_engine).problems == []


def test_the_file_is_json_and_holds_every_column_and_no_internal_key(used):
    whole = json.loads("".join(written(used.engine)))
    left_out = {"statement_tally", "presence", "chain_head", "search_entry"}
    assert set(whole["tables"]) == set(Row.metadata.tables) - left_out
    for name, rows in whole["tables"].items():
        wanted = {
            column.name.removesuffix("_id")
            if any(key.column.name == "id" for key in column.foreign_keys)
            else column.name
            for column in Row.metadata.tables[name].columns
        }
        for row in rows:
            assert set(row) == wanted - {"id"}, name
    assert whole["tables"]["statement"][0]["folded_into"] == whole["tables"]["statement"][1]["public_id"]
    assert whole["tables"]["candidate"][0]["score"] == 0.1 + 0.2
    assert whole["tables"]["fingerprint"] == [{"hash": -(2**63), "text_hash": 2**63 - 1, "normaliser_version": 1}]


def test_a_desk_that_came_back_goes_on(used, other_engine):
    dump.load(other_engine, written(used.engine))
    with UnitOfWork(other_engine) as work:
        found = work.session.exec(select(Statement.id).where(matches(work.session, parse("berths"))))
        assert sorted(found) == [1, 2]
        assert sum(count_states(work.session).values()) == 2
        number = head(work.session)[0]
        assert record_new(work.session, used.actor, "tag.added", Tag(name="y", sort_name="y")).number == number + 1
        work.commit()
    assert verify(other_engine).problems == []


def test_a_desk_goes_into_an_empty_database_only(used):
    before = written(used.engine)
    with pytest.raises(StorageError, match="in use"):
        dump.load(used.engine, before)
    assert written(used.engine) == before


def assert_nothing_is_stored(engine: Engine, lines: list[str], match: str) -> None:
    with pytest.raises(SourceError, match=match):
        dump.load(engine, lines)
    assert set(counts(engine).values()) == {0, 1}, "the head row alone"


def signed(lines: list[str]) -> list[str]:
    """The lines with a last line that fits them: what somebody who forges a file would do."""
    digest = sha256("".join(lines[:-1]).encode()).hexdigest()
    return [*lines[:-1], f'}},"sha256":"{digest}"}}\n']


FORGERIES = [
    ('"action":"speaker.merged"', '"action":"speaker.parted"', "was changed: its digest does not fit"),
    ('"reviewer.added"', '"reviewer.removed"', "event 1"),
    ("in May,” said Mirela Anand of the port", "in June,” said X of the port", "sha256|text"),
    ('"content":"“The berths', '"content":"“The births', "statement"),
    ('"text":"The berths reopen in May."', '"text":"The berths stay shut."', "behind the log's back: text"),
    ('"head":{"number":', '"head":{"number":9', "newest event|head|kept"),
]


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_a_forged_file_is_refused_with_the_place_and_nothing_is_stored(used, target):
    for old, new, match in FORGERIES:
        lines = written(used.engine)
        place = next(number for number, line in enumerate(lines) if old in line)
        lines[place] = lines[place].replace(old, new, 1)
        assert_nothing_is_stored(target, signed(lines), match)


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_any_changed_or_lost_byte_is_noticed(used, target):
    whole = "".join(written(used.engine)).encode()
    chance = random.Random(5)
    for _ in range(30):
        place = chance.randrange(len(whole))
        broken = chance.choice([whole[:place], whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]])
        assert_nothing_is_stored(target, _lines(broken.decode("utf-8", "replace")), ".")
    dump.load(target, _lines(whole.decode()))


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_other_files_are_refused_in_a_sentence(used, target):
    whole = written(used.engine)
    pretty = _lines(json.dumps(json.loads("".join(whole)), indent=1))
    for lines, match in (
        ([], "cut off"),
        (["{}\n"], "no complete desk"),
        (["not json\n"], "no complete desk"),
        (pretty, "no complete desk"),
        ([whole[0].replace('"schema":"0', '"schema":"9'), *whole[1:]], "this claimtrack"),
        (signed([whole[0], ',"castle":[\n', "]\n", whole[-1]]), "castle"),
        ([*whole, "more\n"], "behind the end"),
        (signed([whole[0], '"speaker":[\n', '{"name":"x"}\n', "]\n", whole[-1]]), "has not the columns"),
        (
            signed([line.replace('"said","cue_start":', '"said","cue_start":"x","y":') for line in whole]),
            "has not the col",
        ),
    ):
        assert_nothing_is_stored(target, lines, match)


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_what_was_erased_stays_erased(used, target):
    from claimtrack.db.erase import Target, erase

    with UnitOfWork(used.engine) as work:
        capture = work.session.exec(select(Capture)).first()
        erase(work.session, used.actor, [Target("capture", capture.public_id)], "court order")
        work.commit()
    lines = written(used.engine)
    proof = dump.load(target, lines).proof
    assert proof.erased_events > 0
    assert written(target) == lines
