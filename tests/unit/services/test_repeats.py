import random

import pytest
from sqlmodel import col, select

from claimtrack.db.tables import Candidate, Cluster, Document, Statement
from claimtrack.match.stream import judge_lines
from claimtrack.services import activity, check_quote, people, queue, repeats
from claimtrack.vocabulary import JudgementOutcome

SAID = "“We will not sign before the audit is done,” said Mirela Anand, the harbour minister.\n"


@pytest.fixture
def prints(desk, imported):
    for publisher, words in (
        ("The Ledger", SAID),
        ("The Gazette", SAID.replace("said Mirela Anand", "Mirela Anand said")),
        ("The Post", SAID.replace("will not sign", "will sign")),
    ):
        imported(f"{publisher} headline\n\n{words}", publisher)
    return desk.see(lambda work: list(work.session.exec(select(Statement).order_by(col(Statement.id)))))


def clusters(desk):
    def read(work):
        found = {}
        for row in work.session.exec(select(Statement)):
            if row.cluster_id is not None:
                found.setdefault(row.cluster_id, set()).add(row.id)
        return sorted(map(sorted, found.values()))

    return desk.see(read)


def test_the_same_words_are_grouped_and_their_negation_is_not(desk, prints):
    one, two, negation = prints
    assert clusters(desk) == [[one.id, two.id]]
    (cluster,) = desk.see(lambda work: work.session.exec(select(Cluster)).all())
    assert (cluster.size, cluster.outlet_count, cluster.differing_count) == (2, 2, 1)
    pairs = desk.see(repeats.list_pairs, outcome="different")
    assert any("not" in reason for pair in pairs for reason in pair.reasons)
    assert negation.id in {pair.a.id for pair in pairs} | {pair.b.id for pair in pairs}


def test_repeats_are_one_row_of_the_queue(desk, prints):
    page = desk.see(queue.page, queue.QueueFilter())
    assert [item.row.id for item in page.items] == [prints[0].id, prints[2].id]
    assert [(one.publisher, one.differs is None) for one in page.items[0].repeats] == [
        ("The Gazette", True),
        ("The Post", False),
    ]


def test_a_different_parts_a_cluster_and_voiding_it_joins_it_again(desk, prints):
    one, two, _ = prints
    judged = desk.do(repeats.judge, one.public_id, two.public_id, JudgementOutcome.DIFFERENT)
    assert clusters(desk) == []
    desk.do(repeats.void, judged)
    assert clusters(desk) == [[one.id, two.id]]


def test_a_person_may_join_what_a_guard_turned_down(desk, prints):
    one, _, negation = prints
    desk.do(repeats.judge, one.public_id, negation.public_id, JudgementOutcome.SAME)
    assert any(negation.id in group for group in clusters(desk))


def test_undoing_a_judgement_from_the_activity_page_recomputes_too(desk, prints):
    one, two, _ = prints
    desk.do(repeats.judge, one.public_id, two.public_id, JudgementOutcome.DIFFERENT)
    (event,) = [row for row in desk.see(activity.recent) if row.action == "judgement.given"]
    desk.do(activity.undo, event.id)
    assert clusters(desk) == [[one.id, two.id]]


def test_quote_check_tells_how_words_differ_and_who_printed_them(desk, prints):
    found = desk.see(check_quote.check, "We will not sign before the audit is done", "Anand")
    assert found.check.fidelity.value in {"verbatim", "typography"}
    assert {one.publisher for one in found.sources} <= {"The Ledger", "The Gazette"}
    assert not any(one.is_primary for one in found.sources)
    assert desk.see(check_quote.check, "We never wanted a lighthouse here at all").check.fidelity.value == "not_found"


def test_merged_speakers_are_found_under_either_name_and_part_again(desk, imported):
    imported("One\n\n“The wall is safe,” said Bob Brekke.\n", "The Ledger")
    imported("Two\n\n“The wall is dry,” said Robert Brekke.\n", "The Post")
    rows = {row.name: row for row in desk.see(people.list_people)}
    desk.do(people.merge_speakers, rows["Robert Brekke"].id, rows["Bob Brekke"].id)
    merged = {row.name: row for row in desk.see(people.list_people)}
    assert merged["Robert Brekke"].statements == 2
    assert "Bob Brekke" not in merged
    desk.do(people.split_speaker, rows["Bob Brekke"].id)
    parted = {row.name: row.statements for row in desk.see(people.list_people)}
    assert parted["Bob Brekke"] == parted["Robert Brekke"] == 1


ANY_ORDER = [
    ("The Ledger", "“We will not sign the lease of the harbour before the audit is done.”"),
    ("The Gazette", "“We will not sign the lease of the harbour before the audit is done!”"),
    ("The Post", "“We will sign the lease of the harbour before the audit is done.”"),
    ("The Herald", "“We will not sign the lease ... before the audit is done.”"),
    ("The Echo", "“We won't, you know, sign the lease of the harbor before the audit is done.”"),
    (
        "The Mail",
        "“We will not sign the lease of the harbour before the audit is done, unless the council asks us to.”",
    ),
    ("The Star", "“The berths of the harbour cost us 2.5 million euros last year.”"),
    ("The Sun", "“The berths of the harbour cost us €2.5m last year.”"),
    ("The Moon", "“The berths of the harbour cost us €3.5m last year.”"),
]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whatever_the_order_of_import_the_desk_finds_what_a_batch_finds(desk, imported, seed):
    prints = ANY_ORDER[:]
    random.Random(seed).shuffle(prints)
    for publisher, words in prints:
        imported(f"{publisher} headline\n\n{words[:-1]},” said Mirela Anand, the minister.\n", publisher)
    rows = desk.see(
        lambda work: work.session.execute(
            select(Statement, Document.publisher).join(Document, col(Document.id) == Statement.document_id)
        ).all()
    )
    outlet = {row.id: publisher for row, publisher in rows}
    assert sorted(outlet.values()) == sorted(publisher for publisher, _ in prints)
    lines = [{"id": publisher, "text": row.content, "speaker": row.speaker_name} for row, publisher in rows]
    found = list(judge_lines(lines))
    stored = desk.see(lambda work: work.session.exec(select(Candidate)).all())
    assert {(frozenset((outlet[pair.a_id], outlet[pair.b_id])), pair.outcome) for pair in stored} == {
        (frozenset((pair["a"], pair["b"])), pair["outcome"]) for pair in found if "a" in pair
    }
    assert {frozenset(outlet[key] for key in group) for group in clusters(desk)} == {
        frozenset(group["cluster"]) for group in found if "cluster" in group
    }
