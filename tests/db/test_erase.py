import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import select

from claimtrack.db.erase import Target, erase, scrub
from claimtrack.db.events import record_new
from claimtrack.db.queries.queue import QueueFilter, page, whole
from claimtrack.db.search import index_statements, matches, parse
from claimtrack.db.tables import (
    Alias,
    Annotation,
    Appearance,
    Candidate,
    Capture,
    Contact,
    Document,
    Event,
    Evidence,
    FidelityCheck,
    Fingerprint,
    Judgement,
    Line,
    Placement,
    Sighting,
    Speaker,
    Statement,
)
from claimtrack.db.verify import verify
from claimtrack.db.work import UnitOfWork
from claimtrack.errors import NotFoundError, RuleError
from claimtrack.vocabulary import EvidenceKind, Fidelity, JudgementOutcome, PlacementState, Stance, StatementState

SECRET = "xylographs"
BODY = f"“The {SECRET} leave by night,” said Hestia Corvane.\nTor Vale said that {SECRET} are not ships."


@pytest.fixture
def told(desk):
    """A desk in which one document's words are copied everywhere the code copies them."""
    with UnitOfWork(desk.engine) as work:
        session = work.session
        other = desk.sample(session)
        document = desk.document(
            session, title=f"The {SECRET}", author="Hestia Corvane", url=f"https://x.example/{SECRET}"
        )
        capture = desk.capture(session, BODY, document)
        later = desk.capture(session, BODY + " Later.", document)
        session.add(Sighting(capture_id=capture.key, name=f"{SECRET}.txt"))
        speaker = Speaker(name="Hestia Corvane", sort_name="hestia corvane")
        record_new(session, desk.actor, "speaker.added", speaker)
        record_new(session, desk.actor, "alias.added", Alias(speaker_id=speaker.key, name="Hestia", sort_name="hestia"))
        record_new(session, desk.actor, "alias.added", Alias(speaker_id=speaker.key, name="H.C.", sort_name="hc"))
        words = f"“The {SECRET} leave by night,”"
        start = BODY.index("Hestia")
        one = desk.statement(
            session, capture, words, text_hash=77, source="Hestia Corvane", source_start=start, source_end=start + 14,
            speaker_id=speaker.key, speaker_name="Hestia Corvane", speaker_sort="hestia corvane",
        )  # fmt: skip
        two = desk.statement(session, capture, f"{SECRET} are not ships", text_hash=78, state=StatementState.AS_PRINTED)
        session.add_all(
            [
                Fingerprint(hash=1, text_hash=77, normaliser_version=1),
                Fingerprint(hash=1, text_hash=79, normaliser_version=1),
                Candidate(
                    a_id=other.key, b_id=one.key, outcome="review", score=1, reasons=[SECRET], normaliser_version=1
                ),
            ]
        )
        judgement = Judgement(
            a_id=one.key, b_id=two.key, outcome=JudgementOutcome.UNSURE, reviewer_id=desk.reviewer_id, reasons=[SECRET]
        )
        record_new(session, desk.actor, "judgement.made", judgement)
        spans = [[0, len(words)]]
        placement = Placement(
            statement_id=one.key, capture_id=later.key, state=PlacementState.MOVED, content=words, content_spans=spans
        )
        record_new(session, desk.actor, "statement.placed", placement)
        line = Line(
            document_id=document.key, capture_id=capture.key, content=words, spans=spans, start_offset=0,
            end_offset=len(words), reviewer_id=desk.reviewer_id,
        )  # fmt: skip
        record_new(session, desk.actor, "line.marked", line)
        claim = desk.claim(session, text="Ships leave by night.")
        record_new(session, desk.actor, "claim.linked", Appearance(claim_id=claim.key, statement_id=one.key))
        evidence = Evidence(
            claim_id=claim.key, kind=EvidenceKind.CAPTURE, title="The page", capture_id=capture.key, words=words,
            spans=spans, stance=Stance.SUPPORTS, reviewer_id=desk.reviewer_id,
        )  # fmt: skip
        record_new(session, desk.actor, "evidence.attached", evidence)
        check = FidelityCheck(
            statement_id=other.key, capture_id=capture.key, spans=spans, words=words, fidelity=Fidelity.ALTERED,
            changed=[{"op": "drop", "alleged": "", "recorded": SECRET}], reviewer_id=desk.reviewer_id,
        )  # fmt: skip
        record_new(session, desk.actor, "fidelity.checked", check)
        note = Annotation(statement_id=one.key, text="Ask the harbour.", reviewer_id=desk.reviewer_id)
        record_new(session, desk.actor, "note.added", note)
        index_statements(session, [other.key, one.key, two.key])
        work.commit()
        desk.document_target = Target("document", document.public_id)
        desk.speaker_target = Target("speaker", speaker.public_id)
        desk.capture_target = Target("capture", capture.public_id)
        desk.statement_target = Target("statement", one.public_id)
        desk.claim_target, desk.note_target = Target("claim", claim.public_id), Target("annotation", note.public_id)
        desk.one, desk.two, desk.other = one.key, two.key, other.key
    assert verify(desk.engine).problems == []
    return desk


def wipe(desk, *targets: Target):
    with UnitOfWork(desk.engine) as work:
        done = erase(work.session, desk.actor, targets, "Order 12/26 of the court at Port Amsel.")
        work.commit()
    return done


def everything(session) -> str:
    """All stored text of the database."""
    found = []
    for table in Statement.metadata.sorted_tables:
        found += [str(tuple(row)) for row in session.execute(table.select())]
    return "\n".join(found).casefold()


def test_after_an_erasure_no_copy_is_left_and_the_log_holds(told):
    done = wipe(told, told.document_target)
    found = verify(told.engine)
    assert [str(problem) for problem in found.problems] == []
    assert found.erased_captures == 2
    assert found.erased_events == done.events > 5
    with UnitOfWork(told.engine, read_only=True) as work:
        assert SECRET not in everything(work.session)
        assert work.session.exec(select(Statement).where(matches(work.session, parse(SECRET)))).all() == []
        assert work.session.exec(select(Fingerprint.text_hash)).all() == [79]
        assert work.session.exec(select(Candidate)).all() == []


def test_an_erasure_says_what_people_wrote_about_the_erased(told):
    done = wipe(told, told.document_target)
    assert told.claim_target in done.related
    assert told.note_target in done.related
    with UnitOfWork(told.engine, read_only=True) as work:
        assert work.session.exec(select(Annotation.text)).one() == "Ask the harbour."
    again = wipe(told, told.note_target, told.claim_target)
    assert [target.kind for target in again.rows] == ["annotation", "claim"]
    with UnitOfWork(told.engine, read_only=True) as work:
        assert "ask the harbour" not in everything(work.session)
        assert "ships leave" not in everything(work.session)
    assert verify(told.engine).problems == []


def test_the_erasure_is_in_the_log_with_its_reason_and_its_person(told):
    wipe(told, told.document_target)
    with UnitOfWork(told.engine, read_only=True) as work:
        event = work.session.exec(select(Event).order_by(Event.number.desc())).first()
    assert (event.action, event.item, event.reviewer) == (
        "erasure.recorded",
        told.document_target.public_id,
        told.reviewer,
    )
    assert json.loads(event.payload)["note"] == "Order 12/26 of the court at Port Amsel."


def test_the_rest_of_the_desk_stays(told):
    wipe(told, told.document_target)
    with UnitOfWork(told.engine, read_only=True) as work:
        other = work.session.get_one(Statement, told.other)
        assert other.content == "“The berths reopen in May,”"
        assert page(work.session, QueueFilter()).rows[0].statement.id == told.other
        assert len(page(work.session, whole(QueueFilter())).rows) == 3
        one, two = work.session.get_one(Statement, told.one), work.session.get_one(Statement, told.two)
        assert (one.state, one.reject_reason) == ("rejected", "erased")
        assert two.state == "as_printed", "what a person decided stays decided"
        assert (one.version, two.version) == (2, 2)
        assert work.session.exec(select(Capture).where(Capture.text.is_not(None))).one().sha256


def test_a_source_to_protect_loses_every_name_but_not_the_words_of_others(told):
    wipe(told, told.speaker_target)
    with UnitOfWork(told.engine, read_only=True) as work:
        one = work.session.get_one(Statement, told.one)
        assert SECRET in one.content
        assert (one.speaker_name, one.speaker_sort) == (None, "")
        assert work.session.exec(select(Statement).where(matches(work.session, parse("corvane")))).all() == []
        names = "\n".join(event.payload or "" for event in work.session.exec(select(Event)))
        assert "Corvane" not in names.replace('"author":"Hestia Corvane"', "")
    assert verify(told.engine).problems == []
    wipe(told, told.document_target)
    with UnitOfWork(told.engine, read_only=True) as work:
        assert "corvane" not in everything(work.session)
    assert verify(told.engine).problems == []


def test_erasing_twice_is_harmless(told):
    first = wipe(told, told.capture_target)
    again = wipe(told, told.capture_target)
    assert first.events > 0
    assert again.events == 0
    assert verify(told.engine).problems == []


def test_an_undone_erasure_leaves_nothing(told):
    with UnitOfWork(told.engine) as work:
        erase(work.session, told.actor, [told.document_target], "Never committed.")
    with UnitOfWork(told.engine, read_only=True) as work:
        assert SECRET in everything(work.session)
    assert verify(told.engine).erased_events == 0


def test_words_put_back_after_an_erasure_are_found(told):
    wipe(told, told.document_target)
    with UnitOfWork(told.engine) as work:
        work.session.get_one(Statement, told.one).content = "put back"
        work.commit()
    assert [problem.what for problem in verify(told.engine).problems] == ["still holds words that an erasure names."]


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_an_erasure_needs_a_reason(told, reason: str):
    with UnitOfWork(told.engine) as work, pytest.raises(RuleError, match="needs a reason"):
        erase(work.session, told.actor, [told.document_target], reason)


def test_only_what_holds_words_can_be_erased(told):
    with UnitOfWork(told.engine) as work:
        with pytest.raises(RuleError, match="outbox entry holds no words"):
            erase(work.session, told.actor, [Target("outbox_entry", told.reviewer)], "x")
        with pytest.raises(NotFoundError, match="No document has the id"):
            erase(work.session, told.actor, [Target("document", told.reviewer)], "x")
        with pytest.raises(RuleError, match="stand in a saved copy too"):
            erase(work.session, told.actor, [told.statement_target], "x")
        with pytest.raises(RuleError, match="Name what"):
            erase(work.session, told.actor, [], "x")


def test_a_contact_is_erased_alone(told):
    with UnitOfWork(told.engine) as work:
        contact = Contact(
            statement_id=told.other, person="A. Nonym", channel="phone", question="?", reviewer_id=told.reviewer_id,
            asked_at=datetime(2026, 3, 12, 9, tzinfo=UTC),
        )  # fmt: skip
        record_new(work.session, told.actor, "contact.logged", contact)
        work.commit()
        target = Target("contact", contact.public_id)
    wipe(told, target)
    with UnitOfWork(told.engine, read_only=True) as work:
        assert "nonym" not in everything(work.session)
        assert SECRET in everything(work.session)
    assert verify(told.engine).problems == []


def test_after_scrubbing_the_words_are_in_no_file_of_the_database(told, request):
    wipe(told, told.document_target)
    scrub(told.engine)
    url = told.engine.url
    if told.engine.dialect.name == "sqlite":
        told.engine.dispose()
        files = list(Path(url.database).parent.glob(Path(url.database).name + "*"))
    else:
        with told.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("CHECKPOINT")
            number = connection.exec_driver_sql(
                "SELECT oid FROM pg_database WHERE datname = current_database()"
            ).scalar()
        server = request.getfixturevalue("postgres_server")
        files = [path for path in (server.folder / "data" / "base" / str(number)).rglob("*") if path.is_file()]
    assert files
    for path in files:
        assert SECRET.encode() not in path.read_bytes(), path
    assert any(b"berths reopen" in path.read_bytes() for path in files), "the check would find stored words"


def test_documents_of_the_same_identity_can_come_in_again(told):
    wipe(told, told.document_target)
    with UnitOfWork(told.engine) as work:
        document = work.session.exec(select(Document).where(Document.title.is_(None))).one()
        assert (document.identity, document.url, document.origins) == (None, None, {})
        assert document.publisher == "The Ledger"
