"""What a desk does around its decisions, on screen: one server and few tabs for all of it."""

import sqlite3
from importlib.resources import files

import pytest
from sqlmodel import select

from claimtrack.db import tables
from claimtrack.ingest import read_text
from claimtrack.services import claims, decide, house_rules, stories, verdicts
from claimtrack.services.desk import open_desk
from claimtrack.services.import_source import import_sources

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

APP = str(files("claimtrack.ui") / "app.py")
TRAP = "$$x$$ :red[no] **b** <b>bold</b>"
URL = "https://ledger.example/harbour"
BODY = (
    "Port news\n\n“The berths open in May,” said Mirela Anand, the harbour minister.\n\n"
    "“We were told nothing,” said Tor Vale, a union official.\n\nLea Brandt said the wall was safe.\n"
)


class Desk:
    """A desk with a confirmed statement whose page was changed, and a tab for each person."""

    def __init__(self, path, start, browser) -> None:
        self.path, self.browser = path, browser
        self.ada, self.bea = (open_desk(f"sqlite:///{path}", name) for name in ("Ada", "Bea"))
        self.story = self.ada.do(stories.add_story, f"Harbour {TRAP}")
        self.bring(BODY)
        self.first = self.rows()[0].public_id
        self.ada.do(decide.mark_as_printed, self.first, 1)
        self.bring(BODY.replace("May", "June"))
        self.claim = self.ada.do(claims.make_claim, "They open.", story=self.story)
        self.url = start(APP, CLAIMTRACK_DATABASE_URL=f"sqlite:///{path}", CLAIMTRACK_REVIEWER="Ada").url
        self.contexts = []

    def bring(self, text) -> None:
        list(import_sources(self.ada, [read_text(text, name="p", url=URL, publisher="The Ledger")], story=self.story))

    def rows(self):
        return self.ada.see(
            lambda work: list(work.session.exec(select(tables.Statement).order_by(tables.Statement.id)))
        )

    def tab(self, address):
        self.contexts.append(self.browser.new_context(viewport={"width": 1360, "height": 900}))
        self.contexts[-1].set_default_timeout(45_000)
        tab = self.contexts[-1].new_page()
        tab.goto(f"{self.url}/{address}")
        self.settled(tab)
        return tab

    def settled(self, tab) -> None:
        for _ in range(2):
            tab.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
            tab.wait_for_timeout(250)

    def ask(self, query) -> list[tuple]:
        with sqlite3.connect(self.path) as connection:
            return connection.execute(query).fetchall()


@pytest.fixture(scope="module")
def at(tmp_path_factory, chromium):
    """The desk of this module."""
    import runpy
    from pathlib import Path

    folder = tmp_path_factory.mktemp("habits")
    server = runpy.run_path(str(Path(__file__).with_name("conftest.py")))["Desk"]
    running = []

    def start(script, **env):
        running.append(server(Path(script), folder / "desk.log", env))
        return running[-1].start()

    made = Desk(folder / "desk.sqlite3", start, chromium)
    yield made
    for context in made.contexts:
        context.close()
    for one in running:
        one.stop()


def test_a_view_is_kept_applied_and_deleted(at) -> None:
    tab = at.tab("review?state=all")
    tab.get_by_role("button", name="Filters").click()
    tab.get_by_text("Keep or change a view").click()
    tab.get_by_role("textbox", name="Name of the view").fill(TRAP)
    tab.keyboard.press("Enter")
    at.settled(tab)
    tab.get_by_role("button", name="Keep these filters").click()
    at.settled(tab)
    assert at.ask("select name, json_extract(settings, '$.state') from saved_view") == [(TRAP, "all")]
    other = at.tab("review")
    assert "Filters: to review" in other.get_by_role("button", name="Filters").inner_text()
    other.get_by_role("button", name="Filters").click()
    other.get_by_role("combobox", name="Saved view").click()
    other.get_by_role("option", name=TRAP).click()
    at.settled(other)
    assert "Filters: all" in other.get_by_role("button", name="Filters").inner_text()
    other.get_by_text("Keep or change a view").click()
    other.get_by_role("button", name="Delete it").click()
    at.settled(other)
    assert at.ask("select count(*) from saved_view") == [(0,)]


def test_a_changed_page_shows_both_wordings_and_v_says_which_it_confirms(at) -> None:
    tab = at.tab(f"review?item={at.first}")
    tab.wait_for_selector(".ct-doc .ct-now")
    box = tab.locator("[data-part=change]")
    assert "⟦May⟧" in box.inner_text()
    assert "⟦June⟧" in box.inner_text()
    assert tab.locator("[data-part=vLabel]").inner_text() == "as printed now"
    tab.keyboard.press("v")
    tab.wait_for_selector(".ct-saving[data-state=saved]")
    tab.wait_for_function("document.querySelector('.ct-doc').textContent.includes('June')")
    assert box.is_hidden()
    assert "June" in at.ask("select content from statement order by id limit 1")[0][0]
    tab.keyboard.press("u")
    tab.wait_for_function("document.querySelector('.ct-doc').textContent.includes('May')")
    assert box.is_visible()
    assert "May" in at.ask("select content from statement order by id limit 1")[0][0]


def test_a_colleague_is_seen_on_an_item_and_another_statement_is_reached_by_a_click_on_its_words(at) -> None:
    open_one = at.rows()[1].public_id
    theirs = at.tab(f"review?item={open_one}")
    theirs.get_by_role("textbox", name="You are").fill("Bea")
    theirs.keyboard.press("Enter")
    at.settled(theirs)
    theirs.wait_for_timeout(2_500)
    tab = at.tab(f"review?item={open_one}")
    tab.wait_for_selector(".ct-doc .ct-now")
    tab.wait_for_function("document.querySelector('[data-part=presence]').textContent.startsWith('Bea is looking')")
    assert tab.locator(".ct-rows li").count() == 1  # the others of its text are not held
    other = tab.locator(".ct-doc .ct-mark[data-owner]:not(.ct-now)").first
    owner = other.get_attribute("data-owner")
    other.click()
    tab.wait_for_function(f"document.querySelector('.ct-reader').dataset.current === '{owner}'")
    assert tab.locator(".ct-rows li").count() == 2


def test_a_statement_takes_a_query_and_a_contact(at) -> None:
    item = at.rows()[1].public_id
    tab = at.tab(f"review?item={item}")
    tab.wait_for_selector(".ct-doc .ct-now")
    tab.keyboard.press("q")
    tab.get_by_role("heading", name="Questions about a statement").wait_for()
    at.settled(tab)
    assert f"statement={item}" in tab.url
    tab.locator("summary").filter(has_text="Ask the writer").click()
    tab.get_by_role("textbox", name="Question", exact=True).fill(TRAP)
    tab.get_by_role("button", name="Ask", exact=True).click()
    at.settled(tab)
    tab.locator("summary").filter(has_text="Log who was asked").click()
    tab.get_by_role("textbox", name="Who was asked").fill("Press office")
    tab.get_by_role("textbox", name="What was asked").fill("Is it so?")
    tab.get_by_role("button", name="Log it").click()
    at.settled(tab)
    assert at.ask("select question from query where statement_id is not null") == [(TRAP,)]
    assert at.ask("select person from contact where statement_id is not null") == [("Press office",)]
    assert TRAP in tab.locator("[data-testid=stMain]").inner_text()


def test_a_deadline_is_set_in_the_head_and_blind_readers_are_kept_from_the_first_reading(at) -> None:
    tab = at.tab(f"claims?story={at.story}&claim={at.claim}")
    tab.get_by_role("button", name="No deadline").click()
    tab.get_by_role("spinbutton", name="year, Due: day").focus()
    tab.keyboard.type("20260312")
    at.settled(tab)
    tab.get_by_role("button", name="Set the deadline").dispatch_event("click")  # under the open calendar
    at.settled(tab)
    assert at.ask("select deadline is not null from story") == [(1,)]
    tab.locator("[data-testid=stPopover]").filter(has_text="LATE: was due 12 Mar 2026").wait_for()
    at.ada.do(house_rules.set_blind, is_blind=True)
    at.bea.do(verdicts.review, at.claim, "false", "a reasoning that is kept")
    tab.reload()
    tab.get_by_text("This desk reads blind").wait_for()
    assert "a reasoning that is kept" not in tab.locator("[data-testid=stMain]").inner_text()
    tab.goto(f"{at.url}/quality")
    tab.get_by_text("Nobody has read blind yet.").wait_for()
    at.ada.do(verdicts.review, at.claim, "true", "the deed says so")
    tab.reload()
    tab.get_by_text("0 of 1 blind second readings").wait_for()
