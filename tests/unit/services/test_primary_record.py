import pytest

from claimtrack.errors import RuleError, StaleReview
from claimtrack.ingest import read_text
from claimtrack.services import activity, fidelity_check
from claimtrack.services.desk import parse_id
from claimtrack.services.fidelity_check import Finding
from claimtrack.services.import_source import import_sources
from claimtrack.services.statements import Wanted, list_rows, row_of
from claimtrack.vocabulary import Fidelity, RecordKind

RECORD = """CHAIR: Good evening to all of you. Minister, the floor is yours.

ANAND: Thank you. We will not sign before the audit is done, unless the council votes otherwise. The berths can wait.

CHAIR: Are there any questions?
"""
PRINTED = "The talks\n\n“{}” said Mirela Anand, the harbour minister, on Tuesday.\n"


@pytest.fixture
def record(desk):
    source = read_text(RECORD, name="hearing", title="Port hearing", record_kind=RecordKind.RECORDING)
    list(import_sources(desk, [source]))
    (found,) = desk.see(fidelity_check.primary_records)
    return found.capture


def printed(desk, imported, words):
    document = imported(PRINTED.format(words)).document
    rows = [row for row in desk.see(list_rows, Wanted()) if row["document"] == str(document)]
    return parse_id(rows[0]["id"])


def looked(desk, statement, record):
    return desk.see(fidelity_check.suggest, statement, record)


@pytest.mark.parametrize(
    ("words", "fidelity"),
    [
        ("We will not sign before the audit is done, unless the council votes otherwise.", Fidelity.VERBATIM),
        ("We will not sign before the audit is done,", Fidelity.CUT),
        ("We will sign before the audit is done, unless the council votes otherwise.", Fidelity.ALTERED),
        ("Nobody at this port has ever seen a seal pup on the quay.", Fidelity.NOT_FOUND),
    ],
)
def test_the_words_are_found_in_the_record_and_compared(desk, imported, record, words, fidelity):
    found = looked(desk, printed(desk, imported, words), record)
    assert found.fidelity is fidelity
    assert ("audit is done" in found.words) is (fidelity is not Fidelity.NOT_FOUND)
    if found.span is not None:
        assert found.words == RECORD[found.span.start : found.span.end]
        assert "Good evening" not in found.words


def test_a_cut_that_limits_the_sense_raises_an_alarm(desk, imported, record):
    found = looked(desk, printed(desk, imported, "We will not sign before the audit is done,"), record)
    assert "unless" in found.alarm


def test_a_confirmed_comparison_is_stored_with_its_place_and_the_statement_follows(desk, imported, record):
    statement = printed(desk, imported, "We will sign before the audit is done,")
    found = looked(desk, statement, record)
    before = desk.see(fidelity_check.standing, statement)
    finding = Finding(found.fidelity, record, found.span, changed=found.changed)
    desk.do(fidelity_check.confirm, statement, before.version, finding)
    row = desk.see(row_of, statement)
    assert row.fidelity is Fidelity.ALTERED
    (check,) = desk.see(fidelity_check.checks_of, row.key)
    assert check.words == found.words
    assert {"op": "drop", "alleged": "", "recorded": "not"} in check.changed
    with pytest.raises(StaleReview):
        desk.do(fidelity_check.confirm, statement, before.version, finding)


def test_undo_and_taking_back_restore_what_the_check_before_found(desk, imported, record):
    statement = printed(desk, imported, "We will not sign before the audit is done,")
    elsewhere = Finding(Fidelity.VERBATIM, locator="tape in the archive, side B")
    first = desk.do(fidelity_check.confirm, statement, 1, elsewhere)
    desk.do(fidelity_check.confirm, statement, 2, Finding(Fidelity.CUT, record))
    desk.do(activity.undo, next(row.id for row in desk.see(activity.recent) if row.action == "fidelity_check.made"))
    assert desk.see(row_of, statement).fidelity is Fidelity.VERBATIM
    assert desk.see(fidelity_check.standing, statement).checks == (first,)
    desk.do(fidelity_check.take_back, first)
    assert desk.see(row_of, statement).fidelity is None


def test_only_a_primary_record_tells_and_one_has_to_be_named(desk, imported, record):
    statement = printed(desk, imported, "We will not sign before the audit is done,")
    with pytest.raises(RuleError, match="which record"):
        desk.do(fidelity_check.confirm, statement, 1, Finding(Fidelity.VERBATIM))
    report = desk.see(lambda work: work.by_key(fidelity_check.tables.Capture, row_of(work, statement).capture_id))
    with pytest.raises(RuleError, match="primary"):
        desk.do(fidelity_check.confirm, statement, 1, Finding(Fidelity.VERBATIM, report.public_id))
    with pytest.raises(RuleError, match="reports"):
        looked(desk, statement, report.public_id)
