"""What two people may do in any order and the desk once got wrong; tests/properties/test_desk_machine.py found it."""

import pytest
from sqlmodel import col, select

from claimtrack.attribution import Kind, Span
from claimtrack.db import tables
from claimtrack.errors import ClaimTrackError, RuleError, StaleReview
from claimtrack.services import activity, annotate, claims, decide, evidence, remarks, repeats, scales, verdicts
from claimtrack.services.desk import Desk, add_reviewer
from claimtrack.services.entry import Marked, Marks
from claimtrack.vocabulary import IdentityBasis, JudgementOutcome, Role, Stance


@pytest.fixture
def ada(desk):
    return desk


@pytest.fixture
def cy(engine, desk):
    key = Desk(engine).do(add_reviewer, "Cy", Role.ADMIN)
    return Desk(engine, key, IdentityBasis.SELF_DECLARED)


@pytest.fixture
def statement(imported, desk):
    imported()
    return desk.see(lambda work: work.session.exec(select(tables.Statement)).first())


@pytest.fixture
def claim(desk, statement):
    return desk.do(claims.make_claim, "The wall is safe.", statements=[statement.public_id])


def newest(desk, action):
    query = select(tables.Event).where(tables.Event.action == action).order_by(col(tables.Event.number).desc())
    return desk.see(lambda work: work.session.exec(query).first()).public_id


def tags(desk, statement):
    return desk.see(lambda work: annotate.tags_on(work, work.get(tables.Statement, statement.public_id)))


def test_undo_puts_a_tag_back_that_was_taken_off(desk, statement):
    desk.do(remarks.set_tags, statement.public_id, ["harbour"])
    desk.do(remarks.set_tags, statement.public_id, [])
    desk.do(activity.undo, newest(desk, "tag.taken_off"))
    assert tags(desk, statement) == ["harbour"]


def test_undo_puts_an_appearance_back_that_was_removed(desk, statement, claim):
    desk.do(claims.remove_appearance, claim, statement.public_id)
    desk.do(activity.undo, newest(desk, "appearance.removed"))
    assert desk.see(lambda work: len(work.session.exec(select(tables.Appearance)).all())) == 1


def test_what_would_stand_twice_is_not_put_back(desk, cy, statement, claim):
    other = desk.see(lambda work: work.session.exec(select(tables.Statement)).all()[1])
    pair = statement.public_id, other.public_id
    judged = desk.do(repeats.judge, *pair, JudgementOutcome.SAME)
    desk.do(repeats.void, judged)
    desk.do(remarks.set_tags, statement.public_id, ["harbour"])
    desk.do(remarks.set_tags, statement.public_id, [])
    desk.do(remarks.note, statement.public_id, "ask them")
    desk.do(remarks.note, statement.public_id, "")
    desk.do(claims.remove_appearance, claim, statement.public_id)
    actions = ["judgement.voided", "tag.taken_off", "note.taken_back", "appearance.removed"]
    events = [newest(desk, action) for action in actions]
    desk.do(repeats.judge, *pair, JudgementOutcome.DIFFERENT)
    desk.do(remarks.set_tags, statement.public_id, ["harbour"])
    desk.do(remarks.note, statement.public_id, "asked")
    desk.do(claims.add_appearance, claim, statement.public_id)
    for event in events:
        with pytest.raises(StaleReview, match="stands in its place"):
            cy.do(activity.undo, event)
    standing = desk.see(lambda work: annotate.notes_on(work, work.get(tables.Statement, statement.public_id)))
    assert [note.text for note in standing] == ["asked"]


def test_who_sent_it_back_reads_it_again(ada, cy, claim):
    ada.do(verdicts.review, claim, "true", "the minutes say so")
    cy.do(verdicts.review, claim, None, "which minutes?", send_back=True)
    ada.do(verdicts.review, claim, "half_true", "the minutes of May")
    with pytest.raises(RuleError, match="for somebody else"):
        ada.do(verdicts.review, claim, "half_true", "the minutes of May")
    cy.do(verdicts.review, claim, "half_true", "they do")
    assert ada.see(lambda work: work.get(tables.Claim, claim).state) == "ready"


def test_a_first_reading_has_a_verdict(desk, claim):
    with pytest.raises(RuleError, match="needs a verdict"):
        desk.do(verdicts.review, claim, None, "who knows", send_back=True)


def test_the_second_reader_rates_on_the_first_readers_scale(ada, cy, claim):
    ada.do(verdicts.review, claim, "supported", "the minutes say so", scale="Supported or refuted")
    cy.do(verdicts.review, claim, "supported", "they do")
    names = ada.see(lambda work: {work.by_key(tables.Scale, one.scale_id).name
                                  for one in work.session.exec(select(tables.Review))})  # fmt: skip
    assert names == {"Supported or refuted"} < set(scales.PRESETS)


def test_what_somebody_reads_still_is_not_released(ada, cy, claim, statement):
    ada.do(verdicts.review, claim, "true", "the minutes say so")
    ada.do(verdicts.decide_verdict, claim, "true", "the minutes say so")
    cy.do(verdicts.review, claim, "false", "they do not")
    with pytest.raises(RuleError, match="this is adjudication"):
        ada.do(verdicts.release, claim)


def test_evidence_is_taken_back_once(desk, claim):
    given = evidence.NewEvidence("minutes", Stance.SUPPORTS, url="https://example.org/")
    one = desk.do(evidence.attach, claim, given)
    desk.do(evidence.take_back, one, "another port")
    with pytest.raises(RuleError, match="already"):
        desk.do(evidence.take_back, one, "another port")


@pytest.mark.parametrize("content", [(), (Marked(Span(5, 5), ""),), (Marked(Span(-3, 0), ""),)])
def test_a_statement_without_words_is_not_stored(desk, statement, content):
    marks = Marks(content, None, None, Kind.DIRECT)
    document = desk.see(lambda work: work.by_key(tables.Document, statement.document_id).public_id)
    with pytest.raises(ClaimTrackError):
        desk.do(decide.fix, statement.public_id, statement.version, marks)
    with pytest.raises(ClaimTrackError):
        desk.do(decide.add, document, marks, None, None)
    with pytest.raises(ClaimTrackError):
        desk.do(claims.mark_line, document, content)
