"""After an erasure the words stand in no byte of the database: rows, log, search, freed pages, statistics, backups."""

import json
import sqlite3
import time
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlmodel import select

from claimtrack.db import tables
from claimtrack.db.erase import scrub
from claimtrack.db.verify import verify
from claimtrack.errors import RuleError, StorageError
from claimtrack.ingest import read_text
from claimtrack.services import (
    annotate,
    checklist,
    claims,
    decide,
    evidence,
    export_files,
    export_report,
    lines,
    look_after,
    outbox,
    repeats,
    statements,
)
from claimtrack.services.desk import Desk, add_reviewer
from claimtrack.services.entry import Entry, EntryRef, Fix, Marked, Marks
from claimtrack.services.import_source import import_sources
from claimtrack.vocabulary import IdentityBasis, JudgementOutcome, Role, Stance

#: Parts of invented words, as they stand in the middle of each: compressed indexes may keep a word's start elsewhere.
PARTS = (b"xoplan", b"wervan", b"exlor")
TEXT = """Zyxoplanks found at quay

12 March 2026

“The Zyxoplanks lie under the third pier,” said Olan Qwervane, a docker. “Nobody counted the zyxoplanks.”

Olan Qwervane said that zyxoplanks were sold in May.
"""
KEPT = "“The berths reopen in May,” said Mirela Anand, a harbour minister.\n"


@pytest.fixture
def desk(engine):
    return Desk(engine, Desk(engine).do(add_reviewer, "Ada", Role.ADMIN), IdentityBasis.SELF_DECLARED)


def newest(desk, table):
    return desk.see(lambda work: work.session.exec(select(table).order_by(table.id.desc())).first())


def write_everywhere(desk):
    """Have the words copied wherever services copy them; the document's id."""
    list(import_sources(desk, [read_text(KEPT, name="paste", publisher="The Echo")]))
    address = "https://ledger.example/wexlorn"
    for words in (TEXT, TEXT.replace("third pier", "fourth pier")):
        list(import_sources(desk, [read_text(words, name="wexlorn.txt", publisher="The Ledger", url=address)]))
    document = newest(desk, tables.Document).public_id
    found = desk.see(
        lambda work: list(work.session.exec(select(tables.Statement).order_by(tables.Statement.id.desc())))
    )
    one, two = [row for row in found if "yxoplan" in row.content][:2]
    desk.do(decide.set_speaker, one.public_id, one.version, "Olan Qwervane", None, None)
    desk.do(decide.mark_as_printed, two.public_id, two.version)
    desk.do(decide.undo, desk.see(lambda work: [work.session.exec(
        select(tables.Event).where(tables.Event.action == "statement.decided")).first()]))  # fmt: skip
    desk.do(repeats.judge, one.public_id, two.public_id, JudgementOutcome.UNSURE)
    place = desk.see(lines.find, document, "Zyxoplanks found at quay")[0]
    desk.do(lines.mark, document, place)
    wrong = Marks(kind=one.kind, content=(Marked(place.span, "other zyxoplanks"),), source=None, cue=None)
    version = desk.see(lambda work: work.get(tables.Statement, one.public_id).version)
    at = "2026-03-12T13:00:00Z"
    entry = Entry(EntryRef(str(uuid4()), 1), str(one.public_id), version, None, at, Fix(wrong))
    (ack,) = desk.do(outbox.apply, [entry]).values()
    assert "other zyxoplanks" in ack["message"], "this time the person reads what did not fit"
    claim = desk.do(claims.make_claim, "Nobody counted them.", statements=[one.public_id])
    desk.do(annotate.note_by_id, one.public_id, "ask the union")
    checklist_points = desk.see(lambda work: checklist.items(work, work.get(tables.Claim, claim)))
    assert checklist_points
    return document


def raw(desk, postgres_server=None) -> list[Path]:
    """The database's own files."""
    if desk.engine.dialect.name == "sqlite":
        path = Path(desk.engine.url.database)
        return [one for one in path.parent.glob(path.name + "*") if one.is_file()]
    with desk.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CHECKPOINT"))
        key = connection.execute(text("SELECT oid FROM pg_database WHERE datname = current_database()")).scalar()
    return [one for one in (postgres_server.folder / "data" / "base" / str(key)).iterdir() if one.is_file()]


def where(paths: list[Path]) -> list[str]:
    """Files in which some part stands, in any case or encoding."""
    found = []
    for path in paths:
        data = path.read_bytes().lower()
        found += [
            f"{path.name}: {part.decode()}"
            for part in PARTS
            if part in data or part.decode().encode("utf-16-le") in data or part.hex().encode() in data
        ]
    return found


def test_no_byte_of_the_words_is_left(desk, request, tmp_path):
    server = request.getfixturevalue("postgres_server") if desk.engine.dialect.name == "postgresql" else None
    document = write_everywhere(desk)
    with desk.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")
    assert {one.split(": ")[1] for one in where(raw(desk, server))} == {part.decode() for part in PARTS}
    done = desk.do(look_after.erase, [("document", document)], "court order 12/2026")
    speakers = desk.see(lambda work: list(work.session.exec(select(tables.Speaker.public_id).where(
        tables.Speaker.name.like("%wervan%")))))  # fmt: skip
    for speaker in speakers:
        desk.do(look_after.erase, [("speaker", speaker)], "court order 12/2026")
    look_after.scrub(desk)
    assert {one.kind for one in done.related} >= {"claim", "annotation"}
    assert where(raw(desk, server)) == []

    found = verify(desk.engine)
    assert [str(problem) for problem in found.problems] == []
    assert found.erased_captures == 2
    assert found.erased_events > 5
    copy = tmp_path / "later.sqlite3"
    look_after.back_up(desk, copy)
    assert where([copy]) == []
    assert desk.see(statements.list_rows, statements.Wanted())[0]["content"] == "“The berths reopen in May,”"
    for name, format_name in (("report", "html"), ("rows", "jsonl")):
        path = tmp_path / name
        path.write_bytes(desk.see(export_report.export, export_report.Selection(), "editor", format_name).data)
        assert where([path]) == []
    with pytest.raises(RuleError, match="rests on a saved copy that was erased on"):
        desk.see(export_files.export_bundle, export_report.Selection(), "editor")
    events = json.dumps(desk.see(lambda work: list(export_files.events(work))))
    assert not [part for part in PARTS if part.decode() in events.lower()]


def test_somebody_who_still_reads_the_past_is_named_as_what_keeps_the_words(desk, monkeypatch):
    if desk.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL locks each table instead")
    document = write_everywhere(desk)
    monkeypatch.setattr("claimtrack.limits.WRITE_LOCK_S", 0.3)
    other = sqlite3.connect(desk.engine.url.database)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM capture").fetchone()
    desk.do(look_after.erase, [("document", document)], "court order 12/2026")
    begun = time.monotonic()
    with pytest.raises(StorageError, match="another program still reads"):
        scrub(desk.engine)
    assert time.monotonic() - begun < 60
    other.close()
    scrub(desk.engine)
    assert {one.split(": ")[1] for one in where(raw(desk))} <= {"wervan"}, "the speaker was not named"


def test_an_evidence_file_and_its_name_go_too(desk, request):
    server = request.getfixturevalue("postgres_server") if desk.engine.dialect.name == "postgresql" else None
    claim = desk.do(claims.make_claim, "Nobody counted them.", statements=[])
    given = evidence.NewEvidence(
        title="zyxoplanks list", file_name="wexlorn.pdf", data=b"the qwervane papers " * 50, stance=Stance.SUPPORTS
    )
    key = desk.do(evidence.attach, claim, given)
    assert where(raw(desk, server)) != []
    desk.do(look_after.erase, [("evidence", key)], "a source's safety")
    look_after.scrub(desk)
    assert where(raw(desk, server)) == []
    assert verify(desk.engine).holds
