"""Reports of a saved view of the queue, and of one quotation with its repeats."""

import pytest

from claimtrack.errors import NotFoundError
from claimtrack.reports.model import Audience
from claimtrack.services import claims, decide, export_report, saved_reports, saved_views
from claimtrack.services.desk import parse_id
from claimtrack.services.export_report import Selection
from claimtrack.services.saved_reports import Definition
from claimtrack.services.statements import Wanted, list_rows


@pytest.fixture
def two(desk, imported):
    """A claim on the audit, one on the union, and the statement of each."""
    imported()
    audit, told = (parse_id(desk.see(list_rows, Wanted(search=word))[0]["id"]) for word in ("audit", "nothing"))
    desk.do(decide.mark_as_printed, audit, 1)
    desk.do(claims.make_claim, "The audit delays the lease.", statements=[audit])
    desk.do(claims.make_claim, "The union was told nothing.", statements=[told])
    return audit, told


def titles(desk, selection):
    return [one.text for one in desk.see(export_report.build_report, selection, Audience.EDITOR).claims]


def test_everything_holds_both(desk, two):
    assert len(titles(desk, Selection())) == 2


def test_a_saved_view_holds_the_claims_of_its_statements(desk, two):
    view = desk.do(saved_views.keep, "review", "Decided", {"state": "as printed"})
    assert titles(desk, Selection(view=view)) == ["The audit delays the lease."]


def test_a_quotation_holds_its_own_claims(desk, two):
    assert titles(desk, Selection(cluster=two[1])) == ["The union was told nothing."]


def test_repeats_of_a_quotation_come_with_it(desk, two, imported):
    imported(publisher="The Gazette", url="https://gazette.example/talks")
    rows = desk.see(list_rows, Wanted(search="audit"))
    other = next(parse_id(row["id"]) for row in rows if parse_id(row["id"]) != two[0])
    assert titles(desk, Selection(cluster=other)) == ["The audit delays the lease."]


def test_a_view_in_which_no_claim_stands_is_told(desk, two):
    view = desk.do(saved_views.keep, "review", "Rejected", {"state": "rejected"})
    with pytest.raises(NotFoundError, match="Nothing fits"):
        titles(desk, Selection(view=view))


def test_a_kept_report_keeps_its_view(desk, two):
    view = desk.do(saved_views.keep, "review", "Decided", {"state": "as printed"})
    desk.do(saved_reports.save, "Tonight", Definition("markdown", Audience.EDITOR, Selection(view=view)))
    made = desk.see(saved_reports.run, "Tonight")
    assert b"The audit delays the lease." in made.data
    assert b"The union was told nothing." not in made.data
