import json

import pytest

from claimtrack.errors import NotFoundError, RuleError
from claimtrack.services import activity, checklist, claims, decide, evidence, export_report, verdicts, workbench
from claimtrack.services.desk import Desk, add_reviewer, parse_id
from claimtrack.services.evidence import NewEvidence
from claimtrack.services.export_report import Selection
from claimtrack.services.statements import Wanted, list_rows
from claimtrack.vocabulary import Attribution, EvidenceRank, IdentityBasis, Role, Stance


@pytest.fixture
def statement(desk, imported):
    imported()
    return parse_id(desk.see(list_rows, Wanted(search="audit"))[0]["id"])


@pytest.fixture
def claim(desk, statement):
    return desk.do(claims.make_claim, "The audit delays the lease.", statements=[statement])


def plan(**more):
    return NewEvidence(**{"title": "Audit plan", "stance": Stance.REFUTES, "url": "https://port.example/plan", **more})


def state(desk, claim):
    return desk.see(workbench.bench, claim).claim.state


def test_the_claimant_is_the_first_speaker(desk, claim):
    assert desk.see(workbench.bench, claim).claim.claimant.name == "Mirela Anand"


def test_the_person_misquoted_is_never_the_claimant(desk, statement):
    desk.do(claims.judge_attribution, statement, 1, Attribution.NOT_SAID)
    made = desk.do(claims.make_claim, "Anand said it.", statements=[statement])
    assert desk.see(workbench.bench, made).claim.claimant is None


def test_the_second_reader_is_never_the_first(desk, claim):
    desk.do(verdicts.review, claim, "false", "The plan says June.")
    with pytest.raises(RuleError, match="Ada has read this already"):
        desk.do(verdicts.review, claim, "false", "Still June.")


def test_readers_who_agree_make_it_ready_and_those_who_do_not_send_it_to_adjudication(desk, bea, claim):
    desk.do(verdicts.review, claim, "false", "The plan says June.")
    assert state(desk, claim) == "second_read"
    bea.do(verdicts.review, claim, "true", "I read May.")
    assert state(desk, claim) == "adjudication"
    with pytest.raises(RuleError, match="disagree"):
        desk.do(verdicts.decide_verdict, claim, "false", "The plan says June.")


def test_a_checker_may_be_the_first_to_review_on_a_preset_scale(engine, desk, claim):
    checker = Desk(engine, Desk(engine).do(add_reviewer, "Cy", Role.CHECKER), IdentityBasis.SELF_DECLARED)
    checker.do(verdicts.review, claim, "false", "The plan says June.")
    assert state(desk, claim) == "second_read"


def test_a_second_reader_may_send_back(desk, bea, claim):
    desk.do(verdicts.review, claim, "false", "The plan says June.")
    bea.do(verdicts.review, claim, None, "Which plan?", send_back=True)
    assert state(desk, claim) == "sent_back"


def test_a_verdict_needs_a_review_and_a_rating_of_the_scale(desk, claim):
    with pytest.raises(RuleError, match="Nobody has reviewed"):
        desk.do(verdicts.decide_verdict, claim, "false", "Because.")
    with pytest.raises(RuleError, match="no rating"):
        desk.do(verdicts.review, claim, "rubbish", "Because.")


def test_release_names_all_that_is_missing_and_an_editor_may_waive_it(desk, bea, statement, claim):
    desk.do(verdicts.review, claim, "false", "The plan says June.")
    desk.do(verdicts.decide_verdict, claim, "false", "The port's plan says June.")
    with pytest.raises(RuleError) as refused:
        desk.do(verdicts.release, claim)
    for label in checklist.POINTS.values():
        assert label in str(refused.value)
    with pytest.raises(RuleError, match="this needs"):
        bea.do(checklist.waive, claim, "right_of_reply", "asked by the newsroom")
    desk.do(checklist.waive, claim, "right_of_reply", "asked by the newsroom")
    desk.do(checklist.waive, claim, "second_reader", "night shift")
    desk.do(evidence.attach, claim, plan(rank=EvidenceRank.PRIMARY))
    desk.do(decide.mark_as_printed, statement, 1)
    desk.do(verdicts.release, claim)
    assert state(desk, claim) == "released"


def test_evidence_after_the_verdict_contests_it(desk, claim):
    desk.do(verdicts.review, claim, "false", "The plan says June.")
    desk.do(verdicts.decide_verdict, claim, "false", "The port's plan says June.")
    desk.do(evidence.attach, claim, plan())
    assert desk.see(workbench.bench, claim).claim.is_contested


@pytest.mark.parametrize("wrong", [{"title": " "}, {"url": "ftp://port.example"}, {"url": None}])
def test_incomplete_evidence_is_refused_with_what_to_do(desk, claim, wrong):
    with pytest.raises(RuleError):
        desk.do(evidence.attach, claim, plan(**wrong))


def released(desk, statement, claim):
    desk.do(evidence.attach, claim, plan(rank=EvidenceRank.PRIMARY, is_confidential=False))
    desk.do(evidence.attach, claim, plan(title="Secret memo", is_confidential=True))
    desk.do(decide.mark_as_printed, statement, 1)
    desk.do(verdicts.review, claim, "false", "The plan says June.")
    desk.do(verdicts.decide_verdict, claim, "false", "The port's plan says June.")
    for point in ("right_of_reply", "second_reader"):
        desk.do(checklist.waive, claim, point, "night shift")
    desk.do(verdicts.release, claim)


@pytest.mark.parametrize("name", ["csv", "json", "claimreview", "html"])
def test_a_public_report_holds_the_verdict_and_nothing_confidential(desk, statement, claim, name):
    released(desk, statement, claim)
    made = desk.see(export_report.export, Selection(), "public", name)
    text = made.data.decode("utf-8")
    assert "The audit delays the lease." in text
    assert "Secret memo" not in text
    assert "night shift" not in text
    assert made.withheld


def test_claimreview_names_claimant_rating_and_appearance(desk, statement, claim):
    released(desk, statement, claim)
    found = json.loads(desk.see(export_report.export, Selection(), "public", "claimreview").data)
    assert found["itemReviewed"]["author"]["name"] == "Mirela Anand"
    assert found["reviewRating"]["alternateName"] == "False"
    assert found["itemReviewed"]["datePublished"] == "2026-03-10"


def test_an_empty_selection_and_an_unknown_format_say_what_to_do(desk, claim):
    with pytest.raises(NotFoundError, match="choose one of"):
        desk.see(export_report.export, Selection(), "public", "papyrus")


def test_a_correction_needs_a_release_and_then_stands_in_the_report(desk, statement, claim):
    with pytest.raises(RuleError, match="Only what was released"):
        desk.do(verdicts.correct, claim, "Wrong month.")
    released(desk, statement, claim)
    desk.do(verdicts.correct, claim, "The first version named the wrong month.")
    assert state(desk, claim) == "corrected"
    text = desk.see(export_report.export, Selection(), "public", "html").data.decode()
    assert "named the wrong month" in text


def undo_last(desk, action):
    row = next(row for row in desk.see(activity.recent) if row.action == action)
    assert row.can_undo
    desk.do(activity.undo, row.id)


def test_undoing_a_review_moves_the_claim_back_too(desk, claim):
    desk.do(verdicts.review, claim, "false", "The plan says June.")
    undo_last(desk, "review.recorded")
    bench = desk.see(workbench.bench, claim)
    assert (bench.claim.state, bench.claim.reviews) == ("open", ())


def test_undoing_a_verdict_brings_the_earlier_one_back(desk, claim):
    desk.do(verdicts.review, claim, "false", "The plan says June.")
    desk.do(verdicts.decide_verdict, claim, "false", "The port's plan says June.")
    desk.do(verdicts.decide_verdict, claim, "half_true", "May was planned once.")
    undo_last(desk, "decision.made")
    assert desk.see(workbench.bench, claim).claim.decision.verdict == "false"


def test_undoing_evidence_takes_the_doubt_back_too(desk, claim):
    desk.do(verdicts.review, claim, "false", "The plan says June.")
    desk.do(verdicts.decide_verdict, claim, "false", "The port's plan says June.")
    desk.do(evidence.attach, claim, plan())
    undo_last(desk, "evidence.attached")
    assert not desk.see(workbench.bench, claim).claim.is_contested


def test_undo_is_offered_only_where_it_can_be_done(desk, claim):
    offered = {row.action: row.can_undo for row in desk.see(activity.recent)}
    for action in ("capture.added", "run.finished", "speaker.added", "document.added"):
        assert offered[action] is False, action
