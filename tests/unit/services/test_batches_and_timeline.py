import pytest
from sqlmodel import col, select

from claimtrack.db.tables import Statement
from claimtrack.errors import RuleError
from claimtrack.services import batches, claims, decide, quality, references, repeats, timeline
from claimtrack.vocabulary import Attribution, JudgementOutcome, RejectReason, Relation

SAID = "“We will not sign before the audit is done,” said Mirela Anand, the harbour minister.\n"


@pytest.fixture
def prints(desk, imported):
    for publisher, words in (
        ("The Ledger", SAID),
        ("The Gazette", SAID.replace("said Mirela Anand", "Mirela Anand said")),
        ("The Herald", SAID.replace(", the harbour minister", "")),
        ("The Post", SAID.replace("will not sign", "will sign")),
    ):
        imported(f"{publisher} headline\n\n{words}", publisher)
    return all_rows(desk)


def all_rows(desk):
    return desk.see(lambda work: list(work.session.exec(select(Statement).order_by(col(Statement.id)))))


def of_anand(desk, **more):
    row = all_rows(desk)[0]
    speaker = desk.see(lambda work: work.by_key(timeline.tables.Speaker, row.speaker_id).public_id)
    return desk.see(timeline.of_speaker, speaker, **more)


def test_certain_pairs_are_judged_in_one_decision_and_taken_back_in_one(desk, prints):
    sure = desk.see(batches.certain)
    assert len(sure) >= 2
    assert all(prints[3].id not in {pair.a.id, pair.b.id} for pair in sure)
    given = desk.do(batches.judge_all, [(p.a.public_id, p.b.public_id) for p in sure], JudgementOutcome.SAME)
    assert desk.see(batches.certain) == []
    desk.do(batches.void_all, given)
    assert {(p.a.id, p.b.id) for p in desk.see(batches.certain)} == {(p.a.id, p.b.id) for p in sure}


def test_the_effect_that_is_told_is_the_effect_that_comes(desk, prints):
    for pair in desk.see(repeats.list_pairs):
        told = desk.see(batches.effects, pair)
        for outcome, effect in told.items():
            given = desk.do(repeats.judge, pair.a.public_id, pair.b.public_id, outcome)
            rows = {row.id: row for row in all_rows(desk)}
            a, b = rows[pair.a.id], rows[pair.b.id]
            size = sum(row.cluster_id == a.cluster_id for row in rows.values()) if a.cluster_id else 1
            assert effect.after[0] == size, (outcome, effect)
            assert effect.is_together_after is (a.cluster_id is not None and a.cluster_id == b.cluster_id)
            desk.do(repeats.void, given)


def test_the_effect_reads_as_a_sentence(desk, prints):
    pair = next(p for p in desk.see(repeats.list_pairs) if prints[3].id in {p.a.id, p.b.id})
    told = desk.see(batches.effects, pair)
    assert told[JudgementOutcome.SAME].in_words == "joins 3 + 1 prints"
    assert told[JudgementOutcome.DIFFERENT].in_words == "keeps 3 and 1 prints apart"


def test_a_timeline_has_repeats_once_and_marks_the_opposite_as_possible_contradiction(desk, prints):
    found = of_anand(desk)
    assert [(one.outlets, one.words) for one in found] == [
        (3, "“We will not sign before the audit is done,”"),
        (1, "“We will sign before the audit is done,”"),
    ]
    assert all(one.contradictions and not one.contradictions[0].is_by_person for one in found)
    assert "not" in found[0].contradictions[0].why


def test_another_name_or_a_clip_that_lost_its_limit_is_no_contradiction(desk, imported):
    limited = (
        "“We will sign the lease of the harbour in May, unless the audit fails,” said Mirela Anand, the minister.\n"
    )
    for publisher, words in (
        ("The Ledger", limited),
        ("The Post", limited.replace(", unless the audit fails", "")),
        ("The Herald", limited.replace("May", "June")),
        ("The Echo", limited.replace("the harbour", "Norland")),
    ):
        imported(f"{publisher} headline\n\n{words}", publisher)
    ledger, post, herald, echo = (row.public_id for row in all_rows(desk))
    against = {one.id: {other.id for other in one.contradictions} for one in of_anand(desk)}
    assert against == {ledger: {herald}, post: set(), herald: {ledger}, echo: set()}
    turned_down = {
        frozenset((pair.a.public_id, pair.b.public_id)): pair.is_opposed
        for pair in desk.see(repeats.list_pairs, outcome="different")
    }
    assert turned_down[frozenset((ledger, herald))]
    assert not turned_down[frozenset((ledger, post))]
    assert not turned_down.get(frozenset((ledger, echo)))


def test_a_persons_cross_reference_is_marked_on_both_sides_until_it_is_taken_back(desk, prints):
    link = desk.do(claims.relate, prints[3].public_id, Relation.DENIES, prints[0].public_id, "the opposite")
    first, second = of_anand(desk)
    assert (first.contradictions[0].why, first.contradictions[0].is_by_person) == ("denied by", True)
    assert second.contradictions[0].why == "denies"
    (seen,) = desk.see(references.of, prints[0].public_id)
    assert (seen.is_outgoing, seen.other, seen.note) == (False, prints[3].public_id, "the opposite")
    desk.do(references.take_back, link)
    assert desk.see(references.of, prints[0].public_id) == []
    with pytest.raises(RuleError, match="already"):
        desk.do(references.take_back, link)
    assert not any(one.is_by_person for entry in of_anand(desk) for one in entry.contradictions)


def test_contradicting_claims_mark_their_appearances(desk, prints):
    one = desk.do(claims.make_claim, "No lease before the audit.", statements=[prints[0].public_id])
    other = desk.do(claims.make_claim, "A lease before the audit.")
    desk.do(claims.relate, other, Relation.CONTRADICTS, one)
    found = of_anand(desk)[0].contradictions
    assert ("claim", "contradicted by", True) in {(c.kind, c.why, c.is_by_person) for c in found}


def test_a_matter_narrows_the_timeline_and_what_was_not_said_leaves_it(desk, prints):
    assert of_anand(desk, matter="lighthouse") == []
    assert len(of_anand(desk, matter="audit")) == 2
    desk.do(claims.judge_attribution, prints[3].public_id, prints[3].version, Attribution.NOT_SAID)
    assert len(of_anand(desk)) == 1


def test_precision_is_what_reviewers_found_and_duplicates_do_not_count_against_it(desk, prints):
    ids = [(row.public_id, row.version) for row in prints]
    desk.do(decide.mark_as_printed, *ids[0])
    desk.do(decide.reject, *ids[1], RejectReason.SCARE_QUOTE)
    desk.do(decide.reject, *ids[2], RejectReason.DUPLICATE)
    (kind,) = desk.see(quality.measured, "kind")
    assert (kind.as_printed, kind.fixed, kind.rejected, kind.precision) == (1, 0, 1, 0.5)
    assert sum(one.reviewed for one in desk.see(quality.measured)) == 2


def test_what_waits_is_counted_with_its_oldest(desk):
    desk.do(claims.make_claim, "The audit delays the lease.")
    waits = {one.what: one for one in desk.see(quality.waits)}
    taken_up = waits["for somebody to take it up"]
    assert (taken_up.count, quality.days_since(taken_up.oldest)) == (1, 0)
    assert waits["for release"].oldest is None
    assert quality.days_since(None) is None
    assert desk.see(quality.agreement) == (0, 0)
