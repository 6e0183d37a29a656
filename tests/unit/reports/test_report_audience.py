"""What each audience gets and does not get."""

import io
import zipfile
from dataclasses import replace

import pypdf
import pytest

from claimtrack.errors import RuleError
from claimtrack.reports.audience import for_audience
from claimtrack.reports.formats import FORMATS
from claimtrack.reports.model import Audience, Withheld


def contents(name: str, data: bytes) -> str:
    """All that a file says, unpacked."""
    if name == "pdf":
        return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    if name in {"docx", "xlsx"}:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "".join(archive.read(part).decode("utf-8", "replace") for part in archive.namelist())
    return data.decode("utf-8")


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_internal_enters_a_public_file(name, public):
    assert "SECRET" not in contents(name, b"".join(FORMATS[name].render(public)))


@pytest.mark.parametrize("name", ["html", "json", "jsonl", "xlsx", "docx", "pdf", "markdown", "csv"])
def test_the_marks_of_that_test_are_in_the_editors_file(name, editor):
    assert "SECRET" in contents(name, b"".join(FORMATS[name].render(editor)))


@pytest.mark.parametrize("name", ["html", "json", "jsonl", "xlsx", "docx", "pdf", "markdown"])
def test_a_lawyers_file_has_contacts_but_neither_notes_nor_confidential_things(name, report):
    lawyer, _ = for_audience(report, Audience.LAWYER)
    text = contents(name, b"".join(FORMATS[name].render(lawyer)))
    assert "SECRET-disagreement" in text
    assert "SECRET-press office" in text
    assert "SECRET-evidence-note" not in text
    assert "SECRET-mail" not in text
    assert "SECRET-claim note" not in text


def test_a_lawyers_file_says_that_confidential_evidence_exists_and_which_way_it_points(report):
    lawyer, withheld = for_audience(report, Audience.LAWYER)
    stub = lawyer.claims[0].evidence[1]
    assert (stub.stance, stub.title) == ("context", "Confidential item, held at the desk")
    assert stub.url is stub.note is stub.words is None
    assert Withheld("confidential_evidence", 1) in withheld


def test_the_editor_gets_everything(report):
    editor, withheld = for_audience(report, Audience.EDITOR)
    assert withheld == ()
    assert replace(editor, audience=None) == report


def test_every_kind_that_is_left_out_is_listed(report):
    public, withheld = for_audience(report, Audience.PUBLIC)
    assert public.withheld == withheld
    assert {item.kind for item in withheld} == {
        "unreleased_claims",
        "unclaimed_quotations",
        "confidential_evidence",
        "notes",
        "tags",
        "reviews",
        "queries",
        "contacts",
        "checklist",
        "workings",
        "story",
    }


def test_cutting_twice_changes_nothing(report):
    public, _ = for_audience(report, Audience.PUBLIC)
    again, _ = for_audience(public, Audience.PUBLIC)
    assert replace(again, withheld=()) == replace(public, withheld=())


@pytest.mark.parametrize(
    "state", ["open", "in_progress", "waiting", "second_read", "sent_back", "adjudication", "ready"]
)
def test_a_reopened_claim_is_not_public_though_it_was_released(report, state):
    claims = (replace(report.claims[0], state=state), *report.claims[1:])
    public, _ = for_audience(replace(report, claims=claims), Audience.PUBLIC)
    assert report.claims[0].id not in {claim.id for claim in public.claims}


@pytest.mark.parametrize("state", ["extracted", "rejected"])
def test_a_quotation_that_nobody_confirmed_is_not_public(report, state):
    first = report.claims[0].appearances[0]
    claim = replace(
        report.claims[0],
        appearances=(replace(first, quotation=replace(first.quotation, id="x", state=state)),),
    )
    public, withheld = for_audience(replace(report, claims=(claim,)), Audience.PUBLIC)
    assert public.claims[0].appearances == ()
    assert Withheld("unreviewed_quotations", 1) in withheld


def test_a_confidential_document_takes_its_quotations_with_it(report):
    first = report.claims[0].appearances[0]
    source = replace(first.quotation.source, confidential=True, title="SECRET-leak")
    claim = replace(report.claims[0], appearances=(replace(first, quotation=replace(first.quotation, source=source)),))
    for audience in (Audience.PUBLIC, Audience.LAWYER):
        cut, withheld = for_audience(replace(report, claims=(claim,)), audience)
        assert "SECRET-leak" not in repr(cut)
        assert any(item.kind == "confidential_sources" for item in withheld)


def test_a_confidential_record_keeps_its_finding_and_loses_its_name(report):
    first = report.claims[0].appearances[0]
    fidelity = first.quotation.fidelity
    hidden = replace(fidelity, record=replace(fidelity.record, confidential=True))
    claim = replace(
        report.claims[0],
        appearances=(replace(first, quotation=replace(first.quotation, fidelity=hidden)),),
        evidence=(),
    )
    public, _ = for_audience(replace(report, claims=(claim,)), Audience.PUBLIC)
    text = b"".join(FORMATS["html"].render(public)).decode()
    assert "shortened from the recording held by the desk" in text
    assert "Port hearing" not in text


def test_names_of_the_desk_stay_in_where_the_template_says_so_and_only_there(report):
    named, _ = for_audience(report, Audience.PUBLIC)
    nameless, withheld = for_audience(
        replace(report, template=replace(report.template, names_readers=False)), Audience.PUBLIC
    )
    assert "Bela Quist" in repr(named.claims[0].decision)
    assert "Quist" not in repr(nameless)
    assert "Brightwater" not in repr(nameless)
    assert nameless.claims[0].decision.readers_total == 2
    assert any(item.kind == "names" for item in withheld)


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_that_was_not_cut_is_refused(name, report):
    with pytest.raises(RuleError, match="Choose whom"):
        FORMATS[name].render(report)


@pytest.mark.parametrize("name", [name for name, one in FORMATS.items() if one.is_public_only])
def test_formats_made_to_be_published_refuse_an_editors_report(name, editor):
    with pytest.raises(RuleError, match="published"):
        FORMATS[name].render(editor)


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_report_can_be_written(name, public):
    assert b"".join(FORMATS[name].render(replace(public, claims=()))) or name == "ris"


def test_a_confidential_contact_is_a_line_without_a_name_for_the_lawyer(report):
    contact = replace(report.claims[0].contacts[0], confidential=True)
    claim = replace(report.claims[0], contacts=(contact,))
    lawyer, withheld = for_audience(replace(report, claims=(claim,)), Audience.LAWYER)
    assert "SECRET-press office" not in repr(lawyer)
    assert "SECRET-reply" not in repr(lawyer)
    assert Withheld("confidential_contacts", 1) in withheld
