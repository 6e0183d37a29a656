from datetime import date

from sqlmodel import col, select

from claimtrack.db.tables import Document, Statement
from claimtrack.db.work import UnitOfWork
from claimtrack.reports.spread import of_printings
from claimtrack.services import claims, repeats, spread
from claimtrack.vocabulary import JudgementOutcome, Relation

SAID = "“We will not sign before the audit is done,” said Mirela Anand, the harbour minister.\n"
OTHER = "“The berths are full of mud,” said Mirela Anand, the harbour minister.\n"


def printed(desk, imported, *prints):
    """One document a print: publisher, words and day."""
    for publisher, words, _ in prints:
        imported(f"{publisher} headline\n\n{words}", publisher)
    days = {publisher: day for publisher, _, day in prints}

    with UnitOfWork(desk.engine) as work:
        for document in work.session.exec(select(Document)):
            document.published_on = days[document.publisher]
        work.commit()
    return desk.see(
        lambda work: [row.public_id for row in work.session.exec(select(Statement).order_by(col(Statement.id)))]
    )


def test_a_claims_spread_has_its_appearances_and_their_repeats_by_day(desk, imported):
    first, again, clipped, negation, other = printed(
        desk,
        imported,
        ("The Post", SAID, date(2026, 3, 12)),
        ("The Ledger", SAID, date(2026, 3, 10)),
        ("The Herald", SAID.replace("We will not", "We will never"), None),
        ("The Echo", SAID.replace("will not", "will"), date(2026, 3, 11)),
        ("The Gazette", OTHER, date(2026, 3, 9)),
    )
    claim = desk.do(claims.make_claim, "No lease before the audit.", statements=[first])
    desk.do(claims.add_appearance, claim, clipped, Relation.SAID_AGAIN)
    found = desk.see(spread.of_claim, claim)
    assert [(one.outlet, one.relation, one.is_repeat) for one in found] == [
        ("The Ledger", None, True),
        ("The Post", None, False),
        ("The Herald", Relation.SAID_AGAIN, False),
    ]
    assert {negation, other}.isdisjoint(one.id for one in found)
    desk.do(repeats.judge, first, again, JudgementOutcome.DIFFERENT)
    assert "The Ledger" not in {one.outlet for one in desk.see(spread.of_claim, claim)}


def test_a_wording_has_one_letter_however_it_is_marked():
    days = [date(2026, 3, day) for day in (12, 10, 11)]
    words = ["“We won’t sign,”", "We won’t sign", "We will not sign"]
    found = of_printings(zip(days, ("Post", "Ledger", "Herald"), words, strict=True))
    assert [(one.letter, one.count, one.outlet) for one in found.wordings] == [("A", 2, "Ledger"), ("B", 1, "Herald")]
    assert of_printings([(days[0], "Post", "We won")] * 2) is None
