"""Undo of any action, single or bulk, restores the rows exactly as they were, and the log shows both."""

import pytest
from sqlmodel import col, select

from claimtrack.db import tables
from claimtrack.db.base import Identified
from claimtrack.db.snapshot import snapshot, table_of
from claimtrack.services import (
    activity,
    checklist,
    claims,
    contacts,
    decide,
    documents,
    evidence,
    lines,
    queries,
    queue,
    remarks,
    repeats,
    verdicts,
)
from claimtrack.services.verify import verify_desk
from claimtrack.vocabulary import Attribution, JudgementOutcome, QueryState, RejectReason, Relation, Stance

#: Kept apart: the log itself, the version that every save raises, and what stays without harm (a tag, a scale).
LEFT_OUT = {"event", "scale", "tag", "outbox_entry", "run", "cluster", "candidate"}


def standing(desk):
    """Every row that stands, as the log sees it, versions and times of saving aside."""

    def read(work):
        found = {}
        for name in tables.__all__:
            model = getattr(tables, name)
            if not issubclass(model, Identified) or table_of(model).name in LEFT_OUT:
                continue
            for row in work.session.exec(select(model)):
                held = snapshot(work.session, row)
                if held.get("voided_at") is None and not is_taken_back(held):
                    found[str(row.public_id)] = {key: value for key, value in held.items() if key != "version"}
        return found

    return desk.see(read)


def is_taken_back(held):
    return held.get("state") == QueryState.WITHDRAWN.value or held.get("reject_reason") == RejectReason.WITHDRAWN.value


class Desk:
    """What the actions need: a statement, a claim with a review, a line, a document."""

    def __init__(self, desk, bea, imported):
        self.desk, self.bea = desk, bea
        self.document = imported().document
        imported("B\n\n“We were told nothing,” said Tor Vale, a union official.\n", "The Gazette")
        rows = desk.see(
            lambda work: list(work.session.exec(select(tables.Statement).order_by(col(tables.Statement.id))))
        )
        self.rows = [row.public_id for row in rows]
        self.claim = desk.do(claims.make_claim, "Nobody was told.", statements=self.rows[:1])
        desk.do(verdicts.review, self.claim, "false", "The minutes say otherwise.")
        self.bare = desk.do(claims.make_claim, "The wall is safe.")
        self.query = desk.do(queries.ask, self.claim, "Which minutes?")
        self.contact = desk.do(contacts.log, self.bare, contacts.NewContact("Press office", "Is it?"))


def mark_line(one):
    place = one.desk.see(lines.find, one.document, "The port authority said the wall was safe.")[0]
    one.desk.do(lines.mark, one.document, place)


ACTIONS = {
    "as printed": lambda one: one.desk.do(decide.mark_as_printed, one.rows[0], 1),
    "rejected": lambda one: one.desk.do(decide.reject, one.rows[0], 1, RejectReason.TITLE),
    "a date": lambda one: one.desk.do(decide.set_date, one.rows[0], 1, "2026-03"),
    "a speaker": lambda one: one.desk.do(decide.set_speaker, one.rows[0], 1, "Tor Vale", None, None),
    "assigned, many": lambda one: one.desk.do(queue.assign, one.rows, one.bea.reviewer_id),
    "tags and a note": lambda one: one.desk.do(remarks.set_tags, one.claim, ["harbour", "urgent"]),
    "a note": lambda one: one.desk.do(remarks.note, one.claim, "ask again"),
    "a claim with appearances": lambda one: one.desk.do(claims.make_claim, "A new one.", statements=one.rows),
    "a claim alone": lambda one: one.desk.do(claims.make_claim, "A new one."),
    "an appearance": lambda one: one.desk.do(claims.add_appearance, one.claim, one.rows[1], Relation.DENIES),
    "an appearance taken off": lambda one: one.desk.do(claims.remove_appearance, one.claim, one.rows[0]),
    "a reference": lambda one: one.desk.do(claims.relate, one.claim, Relation.CONTRADICTS, one.bare),
    "a line": mark_line,
    "a query": lambda one: one.desk.do(queries.ask, one.rows[0], "Who says so?"),
    "an answer": lambda one: one.desk.do(queries.answer, one.query, 1, "Those of May."),
    "a query withdrawn": lambda one: one.desk.do(queries.withdraw, one.query, 1),
    "a contact and the move to waiting": lambda one: one.desk.do(
        contacts.log, one.claim, contacts.NewContact("Tor Vale", "Who?")
    ),
    "a reply and the move back": lambda one: one.desk.do(contacts.answer, one.contact, 1, "No comment."),
    "evidence": lambda one: one.desk.do(
        evidence.attach, one.claim, evidence.NewEvidence("Plan", Stance.REFUTES, url="https://port.example/plan")
    ),
    "a second reading": lambda one: one.bea.do(verdicts.review, one.claim, "true", "The deed says so."),
    "a verdict": lambda one: one.desk.do(verdicts.decide_verdict, one.claim, "false", "By the minutes."),
    "a waiver": lambda one: one.desk.do(checklist.waive, one.claim, "sources", "night shift"),
    "an attribution": lambda one: one.desk.do(claims.judge_attribution, one.rows[0], 1, Attribution.UNPROVEN),
    "a judgement": lambda one: one.desk.do(repeats.judge, one.rows[0], one.rows[1], JudgementOutcome.DIFFERENT),
    "details of a document": lambda one: one.desk.do(
        documents.correct, one.document, 1, documents.Details("Another title", "The Ledger", None, None)
    ),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_undo_of_any_action_restores_every_row_that_stood(desk, bea, imported, name):
    one = Desk(desk, bea, imported)
    before, first = standing(desk), len(desk.see(activity.recent, limit=1_000))
    ACTIONS[name](one)
    assert standing(desk) != before
    done = desk.see(activity.recent, limit=1_000)
    assert len(done) > first
    assert done[0].can_undo
    desk.do(activity.undo, done[0].id)
    assert standing(desk) == before
    log = desk.see(activity.recent, limit=1_000)
    assert len(log) > len(done)
    assert {entry.id for entry in log} > {entry.id for entry in done}
    assert verify_desk(desk).holds


def test_a_claim_on_which_work_has_begun_stays_and_says_so(desk, bea, imported):
    one = Desk(desk, bea, imported)
    made = next(row for row in desk.see(activity.recent, limit=200) if row.item == one.bare and "made" in row.action)
    with pytest.raises(Exception, match=r"changed again|work on it has begun"):
        desk.do(activity.undo, made.id)
    alone = desk.do(claims.make_claim, "Alone.")
    desk.do(remarks.note, alone, "something")
    made = next(row for row in desk.see(activity.recent, limit=200) if row.item == alone)
    with pytest.raises(Exception, match=r"work on it has begun \(annotation\)"):
        desk.do(activity.undo, made.id)
    assert desk.see(lambda work: work.get(tables.Claim, alone)).text == "Alone."
