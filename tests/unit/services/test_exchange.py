"""What leaves the desk comes back: a complete desk equal, another desk's bundle as what it is, tables as edits."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from sqlmodel import select

from claimtrack.db.engine import open_engine
from claimtrack.db.schema import upgrade
from claimtrack.db.tables import Annotation, Capture, Claim, Decision, Document, Statement
from claimtrack.db.verify import verify
from claimtrack.errors import RuleError, SourceError, StorageError
from claimtrack.services import (
    annotate,
    checklist,
    claims,
    decide,
    desk_file,
    evidence,
    export_files,
    export_report,
    import_bundle,
    verdicts,
)
from claimtrack.services.desk import Desk, add_reviewer
from claimtrack.vocabulary import IdentityBasis, Role, Stance


@pytest.fixture
def checked(desk, bea, imported):
    """A desk with a claim that two people read and the desk decided; its id and its statement's."""
    imported()
    row = desk.see(
        lambda work: work.session.exec(select(Statement).where(Statement.speaker_name == "Mirela Anand")).first()
    )
    desk.do(decide.mark_as_printed, row.public_id, row.version)
    claim = desk.do(claims.make_claim, "The lease waits for the audit", statements=[row.public_id])
    given = evidence.NewEvidence(title="Audit plan", stance=Stance.SUPPORTS, url="https://port.example/plan")
    desk.do(evidence.attach, claim, given)
    file = evidence.NewEvidence(title="Letter", stance=Stance.CONTEXT, data=b"\x00\xff dear", file_name="l.bin")
    desk.do(evidence.attach, claim, file)
    desk.do(lambda work: annotate.set_note(work, work.get(Claim, claim), "ask the port again"))
    desk.do(lambda work: annotate.change_tags(work, work.get(Statement, row.public_id), ["harbour"], []))
    for who in (desk, bea):
        who.do(verdicts.review, claim, "true", "The plan says so.")
    desk.do(verdicts.decide_verdict, claim, "true", "The port's own plan says so.")
    return claim, row.public_id


@pytest.fixture
def elsewhere(new_url):
    """Makes the address of another database of this kind, in which nothing was made."""
    return lambda: new_url(empty=True)


def file_of(desk: Desk, path: Path) -> bytes:
    with path.open("wb") as file:
        desk.see(desk_file.write_desk, file)
    return path.read_bytes()


def load(path: Path, url: str):
    with desk_file.desk_lines(path) as lines:
        assert lines is not None
        return desk_file.load_desk(url, lines)


def test_a_complete_desk_makes_an_equal_database(desk, checked, elsewhere, tmp_path):
    first = file_of(desk, tmp_path / "desk.json")
    whole = json.loads(first)
    assert whole["tables"]["claim"][0]["public_id"] == str(checked[0])
    url = elsewhere()
    proof = load(tmp_path / "desk.json", url).proof
    assert proof.holds
    assert proof.rows > 0
    engine = open_engine(url)
    assert file_of(Desk(engine, desk.reviewer_id), tmp_path / "again.json") == first
    again = Desk(engine, desk.reviewer_id, IdentityBasis.SELF_DECLARED)
    seen, made = (
        one.see(export_report.export, export_report.Selection(), "editor", "csv").data for one in (desk, again)
    )
    assert seen == made
    again.do(lambda work: annotate.set_note(work, work.get(Claim, checked[0]), "asked them again"))
    assert verify(engine).problems == []
    engine.dispose()


def test_the_bundle_of_everything_makes_an_equal_database(desk, checked, elsewhere, tmp_path):
    path = tmp_path / "desk.zip"
    with path.open("wb") as file:
        desk.see(desk_file.write_bundle, file)
    url = elsewhere()
    load(path, url)
    engine = open_engine(url)
    assert file_of(Desk(engine, desk.reviewer_id), tmp_path / "again.json") == file_of(desk, tmp_path / "first.json")
    with pytest.raises(StorageError, match="in use"):
        load(path, url)
    engine.dispose()


def test_a_desk_that_has_decided_nothing_is_bundled_too(desk, imported, elsewhere, tmp_path):
    imported()
    path = tmp_path / "desk.zip"
    with path.open("wb") as file:
        desk.see(desk_file.write_bundle, file)
    assert load(path, elsewhere()).rows["document"] == 1


def test_a_complete_desk_is_for_editors(bea):
    for write in (desk_file.write_desk, desk_file.write_bundle):
        with pytest.raises(RuleError, match="editor"):
            bea.see(write, io.BytesIO())


def bundle_of(desk: Desk, path: Path, audience: str = "editor") -> Path:
    selection = export_report.Selection(with_unclaimed=audience != "public")
    path.write_bytes(desk.see(export_files.export_bundle, selection, audience).data)
    return path


@pytest.fixture
def other(elsewhere):
    """Another desk, at which Cy works."""
    engine = open_engine(elsewhere())
    upgrade(engine)
    yield Desk(engine, Desk(engine).do(add_reviewer, "Cy", Role.CHECKER), IdentityBasis.SELF_DECLARED)
    engine.dispose()


def test_another_desks_bundle_is_taken_in_under_its_own_ids(desk, checked, other, tmp_path):
    taken = other.do(import_bundle.import_bundle, bundle_of(desk, tmp_path / "b.zip"))
    assert taken.rows["claim"] == 1
    assert any("verdicts of the other desk" in line for line in taken.lacks)
    assert any("attached files" in line for line in taken.lacks)

    def words(work):
        row = work.get(Statement, checked[1])
        capture = work.by_key(Capture, row.capture_id)
        return (
            row.content, row.content_spans, row.state, row.speaker_name, row.said_on, row.date_basis, row.kind,
            row.source, row.cue, row.source_start, capture.public_id, capture.sha256, capture.text, capture.data,
            work.by_key(Document, row.document_id).publisher, annotate.tags_on(work, row),
        )  # fmt: skip

    assert other.see(words) == desk.see(words)
    assert verify(other.engine).problems == []


def test_another_desks_verdict_is_a_note_and_the_claim_is_open(desk, checked, other, tmp_path):
    other.do(import_bundle.import_bundle, bundle_of(desk, tmp_path / "b.zip"))

    def seen(work):
        claim = work.get(Claim, checked[0])
        notes = [one.text for one in work.session.exec(select(Annotation).where(Annotation.claim_id == claim.key))]
        return claim.state.value, claim.verdict, len(work.session.exec(select(Decision)).all()), notes

    state, verdict, decisions, notes = other.see(seen)
    assert (state, verdict, decisions) == ("open", None, 0)
    assert any(note.startswith("Ada, ") and note.endswith("ask the port again") for note in notes)
    assert any(note.startswith("True (") and "readers: 2" in note for note in notes)


def test_what_is_known_already_is_refused_whole(desk, checked, other, tmp_path):
    path = bundle_of(desk, tmp_path / "b.zip")
    other.do(import_bundle.import_bundle, path)
    for one in (other, desk):
        before = verify(one.engine).head_number
        with pytest.raises(RuleError, match="here already"):
            one.do(import_bundle.import_bundle, path)
        assert verify(one.engine).head_number == before


def test_a_changed_bundle_brings_nothing(desk, checked, other, tmp_path):
    path = bundle_of(desk, tmp_path / "b.zip")
    changed = tmp_path / "changed.zip"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b"not sign", b"now sign") if name.endswith(".text.txt") else data)
    with pytest.raises(SourceError, match=r"not as it was made.*text\.txt"):
        other.do(import_bundle.import_bundle, changed)
    assert other.see(lambda work: work.session.exec(select(Document)).all()) == []


def test_a_public_bundle_says_what_it_lacks(desk, bea, checked, other, tmp_path):
    claim, _ = checked
    desk.do(checklist.waive, claim, "right_of_reply", "asked at the briefing")
    desk.do(verdicts.release, claim)
    taken = other.do(import_bundle.import_bundle, bundle_of(desk, tmp_path / "b.zip", "public"))
    assert taken.rows["statement"] == 1
    assert any(line.startswith("internal notes") for line in taken.lacks)
    assert any(line.startswith("contents of the event log") for line in taken.lacks)
    assert other.see(lambda work: work.get(Claim, claim).text) == "The lease waits for the audit"


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_a_report_without_saved_copies_and_other_files_are_refused_in_a_sentence(desk, checked, tmp_path):
    report = tmp_path / "report.json"
    report.write_bytes(desk.see(export_report.export, export_report.Selection(), "editor", "json").data)
    with pytest.raises(SourceError, match="holds no saved copies"), desk_file.desk_lines(report):
        pass
    other = tmp_path / "x.txt"
    other.write_text("hello", encoding="utf-8")
    with pytest.raises(SourceError, match="neither a complete desk nor a bundle"), desk_file.desk_lines(other):
        pass
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04 no more")
    with pytest.raises(SourceError, match="not as it was made"), desk_file.desk_lines(tmp_path / "x.zip"):
        pass
