"""What leaves the desk comes back: a complete desk equal, another desk's bundle as what it is, tables as edits."""

import base64
import csv
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlmodel import select

from claimtrack.db.engine import open_engine
from claimtrack.db.schema import upgrade
from claimtrack.db.tables import Annotation, Capture, Claim, Decision, Document, Event, Speaker, Statement
from claimtrack.db.verify import verify
from claimtrack.errors import ClaimTrackError, RuleError, SourceError, StaleReview, StorageError
from claimtrack.reports.model import Audience
from claimtrack.services import (
    activity,
    annotate,
    checklist,
    claims,
    decide,
    desk_file,
    evidence,
    export_files,
    export_report,
    import_bundle,
    report_template,
    revise,
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


def table_of(desk: Desk, format_name: str = "csv") -> bytes:
    selection = export_report.Selection(with_unclaimed=True)
    return desk.see(export_report.export, selection, "editor", format_name).data


def edited(data: bytes, **cells: str) -> bytes:
    """The table after somebody wrote these cells into its first row of words."""
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    rows[0].update(cells)
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0], restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def facts(desk: Desk, statement) -> tuple[object, ...]:
    def read(work):
        row = work.get(Statement, statement)
        override = row.said_on_override
        return row.speaker_name, override, row.occasion, row.occasion_place, row.language, annotate.tags_on(work, row)

    return desk.see(read)


def test_an_unedited_table_changes_nothing_whatever_happened_since(desk, checked):
    for name in ("csv", "xlsx"):
        data = table_of(desk, name)
        assert desk.see(revise.look, name, data) == revise.Revision()
    row = desk.see(lambda work: work.get(Statement, checked[1]).version)
    desk.do(decide.set_speaker, checked[1], row, "Tor Vale", None, None)
    desk.do(lambda work: annotate.change_tags(work, work.get(Statement, checked[1]), ["new"], ["harbour"]))
    desk.do(claims.edit_claim, checked[0], desk.see(lambda work: work.get(Claim, checked[0]).version), text="Otherwise")
    assert desk.see(revise.look, "x", data) == revise.Revision()


def test_edits_are_shown_then_applied_as_one_action_that_one_undo_takes_back(desk, checked):
    before = facts(desk, checked[1])
    data = edited(
        table_of(desk), speaker="M. Anand", said_on_edtf="2026-03-09~", occasion="briefing", place="Port Elsin",
        language="en-GB", tags="harbour; lease",
    )  # fmt: skip
    found = desk.see(revise.look, "t.csv", data)
    assert {(one.row, one.column, one.before, one.after) for one in found.changes} == {
        (2, "speaker", "Mirela Anand", "M. Anand"),
        (2, "said_on_edtf", "2026-03-10", "2026-03-09~"),
        (2, "occasion", "", "briefing"),
        (2, "place", "", "Port Elsin"),
        (2, "language", "", "en-GB"),
        (2, "tags", "harbour", "harbour; lease"),
    }
    assert (found.conflicts, found.problems) == ((), ())
    assert facts(desk, checked[1]) == before, "looking stores nothing"
    assert desk.do(revise.apply, "t.csv", data, found) == 6
    after = ("M. Anand", "2026-03-09~", "briefing", "Port Elsin", "en-GB", ["harbour", "lease"])
    assert facts(desk, checked[1]) == after
    assert desk.see(revise.look, "t.csv", data) == revise.Revision(), "done once, it is done"
    newest = desk.see(lambda work: work.session.exec(select(Event).order_by(Event.number.desc())).first())
    desk.do(activity.undo, newest.public_id)
    assert facts(desk, checked[1]) == before
    assert verify(desk.engine).problems == []


def test_what_the_desk_changed_since_is_a_conflict_and_stays(desk, checked):
    data = edited(table_of(desk), speaker="M. Anand", occasion="briefing", tags="")
    version = desk.see(lambda work: work.get(Statement, checked[1]).version)
    desk.do(decide.set_speaker, checked[1], version, "Mirela Anand-Lind", None, None)
    desk.do(lambda work: annotate.change_tags(work, work.get(Statement, checked[1]), ["new"], []))
    found = desk.see(revise.look, "t.csv", data)
    assert [(one.column, one.after) for one in found.changes] == [("occasion", "briefing")]
    assert [(one.change.column, one.then, one.change.before, one.change.after) for one in found.conflicts] == [
        ("speaker", "Mirela Anand", "Mirela Anand-Lind", "M. Anand"),
        ("tags", "harbour", "harbour; new", ""),
    ]
    desk.do(revise.apply, "t.csv", data, found)
    assert facts(desk, checked[1])[:3] == ("Mirela Anand-Lind", None, "briefing")


def test_nothing_is_applied_that_was_not_shown(desk, checked):
    data = edited(table_of(desk), speaker="M. Anand", occasion="briefing")
    found = desk.see(revise.look, "t.csv", data)
    version = desk.see(lambda work: work.get(Statement, checked[1]).version)
    desk.do(decide.set_speaker, checked[1], version, "Somebody", None, None)
    head = verify(desk.engine).head_number
    with pytest.raises(RuleError, match="moved on"):
        desk.do(revise.apply, "t.csv", data, found)
    assert verify(desk.engine).head_number == head


def test_a_workbook_changes_claims_and_a_released_one_is_left(desk, checked):
    book = load_workbook(io.BytesIO(table_of(desk, "xlsx")))
    sheet = book["Claims"]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("Claim") + 1).value = "The lease waits for an audit"
    sheet.cell(2, heads.index("Claimant") + 1).value = "Harbour ministry"
    out = io.BytesIO()
    book.save(out)
    found = desk.see(revise.look, "t.xlsx", out.getvalue())
    assert {(one.column, one.after) for one in found.changes} == {
        ("claim", "The lease waits for an audit"), ("claimant", "Harbour ministry"),
    }  # fmt: skip
    desk.do(revise.apply, "t.xlsx", out.getvalue(), found)
    row = desk.see(lambda work: work.get(Claim, checked[0]))
    claimant = desk.see(lambda work: work.by_key(Speaker, row.claimant_id).name)
    assert (row.text, claimant) == ("The lease waits for an audit", "Harbour ministry")
    desk.do(checklist.waive, checked[0], "right_of_reply", "asked at the briefing")
    desk.do(verdicts.release, checked[0])
    again = load_workbook(io.BytesIO(table_of(desk, "xlsx")))
    again["Claims"].cell(2, heads.index("Claim") + 1).value = "Nothing waits"
    out = io.BytesIO()
    again.save(out)
    found = desk.see(revise.look, "t.xlsx", out.getvalue())
    assert found.changes == ()
    assert any("is released" in one for one in found.problems)


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_what_is_not_understood_is_told_with_its_row(desk, checked):
    data = table_of(desk)
    for cells, match in (
        ({"said_on_edtf": "yesterday"}, "Row 2: “yesterday” is no date"),
        ({"words": "something else"}, "Row 2: “words” can't be changed"),
        ({"quotation_id": "9"}, "Row 2: quotation id 9 is not"),
    ):
        found = desk.see(revise.look, "t.csv", edited(data, **cells))
        assert found.changes == ()
        assert any(match in problem for problem in found.problems), found.problems
    for broken, match in (
        (b"a,b\r\n1,2\r\n", "no column quotation_id"),
        ("quotation_id,speaker\r\n1,\u00e9\r\n".encode("latin-1"), "no UTF-8"),
        (b"quotation_id,speaker\r\n1,2\r\n", "as_of"),
        (b"quotation_id,as_of\r\n1,999999\r\n", "another database"),
        (b'quotation_id,as_of\r\n"1,2\r\n', "can't be read"),
        (b"PK\x03\x04 no more", "no workbook"),
        (desk.see(export_report.export, export_report.Selection(with_unclaimed=True), "lawyer", "csv").data, "as_of"),
    ):
        with pytest.raises(SourceError, match=match):
            desk.see(revise.look, "t.csv", broken)


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_a_table_that_another_locale_saved_with_semicolons_is_read(desk, checked):
    rows = list(csv.reader(io.StringIO(edited(table_of(desk), speaker="M; Anand").decode(), newline="")))
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    [change] = desk.see(revise.look, "t.csv", out.getvalue().encode()).changes
    assert change.after == "M; Anand"


PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def test_the_desks_template_speaks_in_every_report(desk, bea, checked):
    look = desk.see(report_template.look_of)
    assert ("true", "True") in look.verdicts
    labels = {"verdict.true": "Stimmt", "h.evidence": "Belege", "readers.many": "von {count} gelesen"}
    mine = report_template.with_logo(replace(look.template, desk="Faktenpult", language="de", labels=labels), PNG)
    with pytest.raises(RuleError, match="editor"):
        bea.do(report_template.save, mine, seen=look.version)
    desk.do(report_template.save, mine, seen=look.version)
    with pytest.raises(StaleReview):
        desk.do(report_template.save, replace(mine, desk="x"), seen=look.version)
    kept = desk.see(report_template.look_of)
    assert kept.template == mine
    for name in ("html", "markdown", "pdf", "docx"):
        made = desk.see(export_report.export, export_report.Selection(), "editor", name)
        words = text_of(made.data, name)
        for wanted in ("Faktenpult", "Stimmt", "Belege", "von 2 gelesen"):
            assert wanted in words, (name, wanted)
    html = desk.see(export_report.export, export_report.Selection(), "editor", "html").data.decode()
    assert f"data:image/png;base64,{base64.b64encode(PNG).decode()}" in html
    document = docx.Document(
        io.BytesIO(desk.see(export_report.export, export_report.Selection(), "editor", "docx").data)
    )
    assert len(document.inline_shapes) == 1


def text_of(data: bytes, name: str) -> str:
    if name == "pdf":
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    if name == "docx":
        return " ".join(one.text for one in docx.Document(io.BytesIO(data)).paragraphs)
    return data.decode()


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_what_would_spoil_a_report_is_refused(desk):
    plain = desk.see(report_template.template_of)
    for change, match in (
        ({"desk": " "}, "name"),
        ({"desk_url": "javascript:x"}, "web address"),
        ({"claim_url": "https://x.example/"}, "{id}"),
        ({"language": "d"}, "language tag"),
        ({"labels": {"no.such": "x"}}, "no label"),
        ({"labels": {"h.claim": "x" * 400}}, "characters"),
        ({"imprint": "x" * 30_000}, "imprint"),
    ):
        with pytest.raises(RuleError, match=match):
            desk.do(report_template.save, replace(plain, **change), seen=0)
    huge = PNG[:16] + (9_000).to_bytes(4, "big") + PNG[20:]
    for data, match in (
        (b"<svg/>", "PNG or JPEG"),
        (PNG[:40], "damaged"),
        (b"\xff\xd8\xff", "PNG or JPEG"),
        (huge, "9000"),
        (b"x" * 400_000, "kB"),
    ):
        with pytest.raises(ClaimTrackError, match=match):
            report_template.with_logo(plain, data)
    assert desk.see(report_template.look_of).version == 0


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_labels_go_out_and_come_back_translated(desk, checked):
    look = desk.see(report_template.look_of)
    held = json.loads(report_template.labels_file(look.template, dict(look.verdicts)))
    assert held["verdict.true"] == "True"
    held["verdict.true"], held["h.claim"], held["h.claims"] = "Stimmt", "Behauptung", " "
    back = report_template.read_labels(json.dumps(held).encode(), dict(look.verdicts))
    assert back == {"verdict.true": "Stimmt", "h.claim": "Behauptung"}
    for broken in (b"[]", b"{", b'{"h.claim": 1}', b"\xff"):
        with pytest.raises(SourceError, match="labels"):
            report_template.read_labels(broken, {})


def test_a_long_report_reads_whole_tables_and_says_the_same(desk, checked, monkeypatch):
    desk.do(lambda work: annotate.set_note(work, work.get(Statement, checked[1]), "heard it twice"))
    selection = export_report.Selection(with_unclaimed=True)
    short = desk.see(export_report.build_report, selection, Audience.EDITOR)
    monkeypatch.setattr(export_report, "LONG_REPORT", 0)
    long = desk.see(export_report.build_report, selection, Audience.EDITOR)
    assert replace(long, made_at=short.made_at) == short
    assert long.claims[0].appearances[0].quotation.reviewed_by == "Ada"
    assert long.claims[0].appearances[0].quotation.tags == ("harbour",)
