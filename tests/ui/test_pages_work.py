"""The work of the pages in a real browser: two people on one claim, questions, lines, records, repeats in one go."""

import sqlite3
from importlib.resources import files

import pytest

from claimtrack.ingest import read_text
from claimtrack.ingest.document import RecordKind
from claimtrack.services import claims, statements
from claimtrack.services.desk import open_desk, parse_id
from claimtrack.services.import_source import import_sources

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

APP = str(files("claimtrack.ui") / "app.py")
SAID = "“We will not sign before the audit is done,” said Mirela Anand, the harbour minister, on Tuesday.\n"
LINE = "The wall was built in 1911."
RECORD = (
    "CHAIR: Good evening.\n\nANAND: We will not sign before the audit is done, unless the council votes otherwise.\n"
)


class Work:
    """A desk with three prints of one quotation, its record and a claim; and a tab for each person."""

    def __init__(self, path, start, browser) -> None:
        self.path = path
        self.database = f"sqlite:///{path}"
        self.ada = open_desk(self.database, "Ada")
        prints = [
            read_text(
                f"{name} headline\n\n{SAID}\nThe wall was built in 1911.\n", name=name, title=name, publisher=name
            )
            for name in ("The Ledger", "The Gazette", "The Herald")
        ]
        record = read_text(RECORD, name="hearing", title="Port hearing", record_kind=RecordKind.RECORDING)
        made = list(import_sources(self.ada, [record, *prints]))
        self.document = made[-1].document
        rows = self.ada.see(statements.list_rows, statements.Wanted(search="audit"))
        self.statement = next(row["id"] for row in rows if row["document"] == str(self.document))
        self.claim = self.ada.do(claims.make_claim, "No lease yet.", statements=[parse_id(self.statement)])
        self.url = start(APP, CLAIMTRACK_DATABASE_URL=self.database, CLAIMTRACK_REVIEWER="Ada").url
        self.context = browser.new_context(viewport={"width": 1360, "height": 1000})
        self.tab = self.context.new_page()

    def settled(self, tab=None) -> None:
        for _ in range(2):
            (tab or self.tab).wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
            (tab or self.tab).wait_for_timeout(250)

    def go(self, address: str) -> None:
        self.tab.goto(f"{self.url}/{address}")
        self.tab.wait_for_selector("[data-testid=stHeading]")
        self.settled()

    def open(self, name: str) -> None:
        self.tab.locator("summary").filter(has_text=name).first.click()
        self.settled()

    def fill(self, name: str, text: str) -> None:
        self.tab.get_by_role("textbox", name=name, exact=True).first.fill(text)

    def click(self, name: str) -> None:
        self.tab.get_by_role("button", name=name).first.click()
        self.settled()

    def choose(self, name: str, value: str) -> None:
        self.tab.get_by_role("combobox", name=name).first.click()
        self.tab.get_by_role("option", name=value).first.click()
        self.settled()

    def ask(self, query: str) -> list[tuple]:
        with sqlite3.connect(self.path) as connection:
            return connection.execute(query).fetchall()

    @property
    def words(self) -> str:
        return self.tab.locator("[data-testid=stMain]").inner_text()


@pytest.fixture
def work(desk, chromium, tmp_path):
    made = Work(tmp_path / "work.sqlite3", desk, chromium)
    yield made
    made.context.close()


def test_an_edit_that_somebody_overtook_is_shown_beside_theirs_and_nothing_is_overwritten(work) -> None:
    work.go(f"claims?claim={work.claim}")
    work.click("Edit the claim")
    work.ada.do(claims.edit_claim, work.claim, 1, text="No lease before June.")
    work.fill("The claim, in the desk's words", "No lease before the audit.")
    work.click("Save the claim")
    work.tab.get_by_text("Saved meanwhile").wait_for()
    assert work.ask("select text from claim") == [("No lease before June.",)]
    assert "No lease before June." in work.words
    assert "No lease before the audit." in work.words
    work.click("Go on from mine")
    work.click("Save the claim")
    assert work.ask("select text, version from claim") == [("No lease before the audit.", 3)]


def test_somebody_is_asked_and_the_claim_waits_until_the_reply(work) -> None:
    work.go(f"claims?claim={work.claim}")
    work.open("Log who was asked")
    work.fill("Who was asked", "Port press office")
    work.fill("What was asked", "Is there a lease?")
    work.tab.get_by_text("This is the right of reply").click()
    work.click("Log it")
    assert work.ask("select state, waiting_for from claim") == [("waiting", "reply")]
    work.fill("What came back", "No comment.")
    work.click("Store the reply")
    assert work.ask("select state, waiting_for from claim") == [("in_progress", None)]
    work.tab.get_by_text("answer: No comment.").wait_for()
    work.open("Ask the writer")
    work.fill("Question", "Which audit?")
    work.click("Ask")
    work.fill("The writer's answer", "The one of May.")
    work.click("Store the answer")
    assert work.ask("select state, answer from query") == [("answered", "The one of May.")]


def test_printed_words_are_held_against_the_record_and_the_report_says_so(work) -> None:
    work.go(f"claims?claim={work.claim}")
    work.open("Faithful? Whose words?")
    work.choose("Primary record", "Port hearing")
    assert "unless the council votes otherwise" in work.words
    work.click("Confirm")
    assert work.ask("select fidelity, changed is not null from fidelity_check") == [("cut", 1)]
    work.choose("Are these words the speaker's?", "said, but out of context")
    rows = work.ask("select fidelity, attribution from statement where attribution is not null")
    assert rows == [("cut", "out_of_context")]


def test_a_claim_is_related_to_another_with_a_remark(work) -> None:
    work.ada.do(claims.make_claim, "The lease was signed at Easter.")
    work.go(f"claims?claim={work.claim}")
    work.open("Relate to another claim or statement")
    work.choose("This", "contradicts")
    work.fill("Remark on it", "one of them is wrong")
    work.click("Relate")
    assert work.ask("select relation, note from cross_reference") == [("contradicts", "one of them is wrong")]
    assert "this contradicts the claim" in work.words


def test_a_line_is_marked_from_the_list_of_what_nobody_marked_and_gets_a_verdict(work) -> None:
    work.go(f"sources?document={work.document}")
    work.open("Mark a line to check")
    work.fill("Words of the line", LINE)
    work.tab.keyboard.press("Control+Enter")
    work.settled()
    work.click("Mark this line")
    assert work.ask("select content, state from line") == [(LINE, "open")]
    work.tab.get_by_role("link", name="Evidence and verdict").click()
    work.tab.get_by_role("heading", name="Claims").wait_for()
    work.settled()
    work.fill("Reasoning", "The deed says so.")
    work.click("Record my review")
    work.click("Decide")
    assert work.ask("select verdict from line") == [("false",)]


def test_a_claims_spread_is_drawn_with_its_numbers_beside_it(work) -> None:
    with sqlite3.connect(work.path) as connection:
        connection.execute("update document set published_on = '2026-03-' || (8 + id) where publisher is not null")
    work.go(f"claims?claim={work.claim}")
    assert "First printed by The Ledger on 10 Mar 2026. 3 dated prints." in work.words
    drawn = work.tab.locator("[data-testid=stImage] img, [data-testid=stImageContainer] img").first
    assert drawn.evaluate("image => image.complete && image.naturalWidth > 300")
    assert not work.tab.locator("[data-testid=stMain] svg text").count()  # a picture of its own, not the page's markup


def test_certain_repeats_go_in_one_decision_and_come_back_with_one_undo(work) -> None:
    work.go("repeats")
    work.open("certain pairs")
    work.click("Same: all that are ticked")
    count = work.ask("select count(*) from judgement where voided_at is null")[0][0]
    assert count >= 2
    work.tab.get_by_role("button", name="Undo all").click()
    work.settled()
    assert work.ask("select count(*) from judgement where voided_at is null") == [(0,)]


def test_a_pair_is_judged_with_a_key_and_the_next_comes_by_itself(work) -> None:
    work.go("repeats")
    before = work.words
    work.tab.keyboard.press("s")
    work.tab.wait_for_timeout(300)
    work.settled()
    assert work.ask("select outcome from judgement") == [("same",)]
    assert work.words != before
    work.tab.keyboard.press("u")
    work.tab.wait_for_timeout(300)
    work.settled()
    assert work.ask("select count(*) from judgement where voided_at is null") == [(0,)]


def test_a_timeline_and_the_log_are_reached_by_links_that_keep_the_session(work) -> None:
    work.go("people")
    work.tab.get_by_role("textbox", name="You are").fill("Bea")
    work.tab.keyboard.press("Enter")
    work.settled()
    work.tab.get_by_role("link", name="Timeline").first.click()
    work.tab.get_by_role("heading", name="Mirela Anand").wait_for()
    work.settled()
    assert "We will not sign before the audit is done" in work.words
    work.tab.get_by_role("link", name="In its source").first.wait_for()
    assert work.tab.get_by_role("textbox", name="You are").input_value() == "Bea"
