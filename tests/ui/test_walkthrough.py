"""The whole way in a real browser: paste, review with keys, fix, add, claim, evidence, verdict, ClaimReview."""

import json
import sqlite3
from importlib.resources import files
from pathlib import Path

import pytest

from claimtrack.samples import read

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

APP = str(files("claimtrack.ui") / "app.py")
TRAPS = read("standard-strait-talks.txt").decode("utf-8")

#: Selects words of the source text as a person would with the mouse.
SELECT_WORDS = """(words) => {
  const walker = document.createTreeWalker(document.querySelector('.ct-doc'), NodeFilter.SHOW_TEXT);
  const nodes = []; let text = '';
  while (walker.nextNode()) { nodes.push([walker.currentNode, text.length]); text += walker.currentNode.data; }
  const start = text.indexOf(words), end = start + words.length;
  if (start < 0) throw new Error('not in the text: ' + words);
  const place = (at, late) => {
    const [node, from] = nodes.filter(([, begin]) => late ? begin < at : begin <= at).at(-1);
    return [node, at - from];
  };
  getSelection().setBaseAndExtent(...place(start, false), ...place(end, true));
}"""


class Walk:
    """One tab of the dashboard."""

    def __init__(self, browser, url: str, database: Path) -> None:
        self.context = browser.new_context(viewport={"width": 1360, "height": 900}, accept_downloads=True)
        self.tab, self.url, self.database = self.context.new_page(), url, database
        self.problems: list[str] = []
        self.outside: list[str] = []
        self.tab.on("pageerror", lambda error: self.problems.append(str(error)))
        self.tab.on("request", lambda request: self._note(request.url))

    def _note(self, url: str) -> None:
        if not url.startswith((self.url, self.url.replace("http", "ws", 1), "data:", "blob:")):
            self.outside.append(url)

    def go(self, page: str) -> None:
        self.tab.goto(f"{self.url}/{page}")
        self.settled()

    def settled(self) -> None:
        self.tab.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
        self.tab.wait_for_timeout(300)
        self.tab.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")

    def fill(self, name: str, text: str) -> None:
        self.tab.get_by_role("textbox", name=name, exact=True).first.fill(text)

    def click(self, name: str) -> None:
        self.tab.get_by_role("button", name=name, exact=True).first.click()
        self.settled()

    def ask(self, query: str, *values: object) -> list[tuple]:
        with sqlite3.connect(self.database) as connection:
            return connection.execute(query, values).fetchall()

    def saved(self) -> None:
        self.tab.wait_for_selector(".ct-saving[data-state=saved]")
        self.tab.wait_for_function(
            "() => Object.values(sessionStorage).every((text) => !(JSON.parse(text).entries ?? []).length)"
        )

    def select(self, words: str) -> None:
        self.tab.evaluate(SELECT_WORDS, words)
        self.tab.wait_for_timeout(100)


@pytest.fixture
def walk(desk, chromium, tmp_path):
    database = tmp_path / "walk.sqlite3"
    server = desk(APP, CLAIMTRACK_DATABASE_URL=f"sqlite:///{database}", CLAIMTRACK_REVIEWER="Ada")
    made = Walk(chromium, server.url, database)
    yield made
    made.context.close()


def test_from_a_pasted_article_to_claimreview(walk, tmp_path):
    walk.go("sources")
    walk.fill("Text of the article", TRAPS)
    walk.fill("Publisher", "Northern Standard")
    walk.fill("Story", "Strait talks")
    walk.click("Store and extract")
    walk.tab.get_by_text("statements.", exact=False).first.wait_for()
    count = walk.ask("select count(*) from statement")[0][0]
    assert count >= 12
    said = dict(walk.ask("select content, speaker_name from statement"))
    assert said["“Somebody has finally found the gangway,”"].endswith("Varga")
    assert "“fencing off”" not in said

    walk.go("review")
    walk.tab.wait_for_selector(".ct-doc .ct-now")
    for key in "vvx":
        walk.tab.keyboard.press(key)
        walk.tab.wait_for_timeout(150)
        if key == "x":  # the first reason of the chooser
            walk.tab.keyboard.press("Enter")
            walk.tab.wait_for_timeout(150)
    walk.saved()
    states = dict(walk.ask("select state, count(*) from statement group by state"))
    assert states["as_printed"] == 2
    assert states["rejected"] == 1

    (wanted,) = (
        key for key, words in walk.ask("select public_id, content from statement") if "any number of rounds" in words
    )
    for _ in range(count):
        fixed = walk.tab.locator(".ct-reader").get_attribute("data-current")
        if fixed.replace("-", "") == wanted:
            break
        walk.tab.keyboard.press("j")
        walk.tab.wait_for_timeout(80)
    walk.select("any number of rounds")
    walk.tab.keyboard.press("e")
    walk.tab.wait_for_timeout(150)
    walk.tab.keyboard.press("Enter")
    walk.saved()
    row = walk.ask("select content, state from statement where public_id = ?", wanted)
    assert row == [("any number of rounds", "fixed")]

    walk.select("“fencing off”")
    walk.tab.keyboard.press("a")
    walk.tab.wait_for_timeout(200)
    walk.tab.keyboard.press("Enter")
    walk.saved()
    assert walk.ask("select origin, state from statement where content = '“fencing off”'") == [("human", "as_printed")]
    assert walk.ask("select count(*) from statement")[0][0] == count + 1

    walk.go("claims")
    walk.fill("Find its statements", "gangway")
    walk.tab.keyboard.press("Enter")
    walk.settled()
    walk.tab.locator("[data-testid=stCheckbox]").filter(has_text="gangway").first.locator("label").first.click()
    walk.settled()
    walk.fill("What is asserted, in the desk's words", "A gangway was found at the strait talks")
    walk.click("Make the claim")
    walk.tab.get_by_role("heading", name="A gangway was found at the strait talks").wait_for()

    walk.tab.get_by_text("Attach evidence").first.click()
    walk.fill("What it is", "Harbour log, page 4")
    walk.fill("Its address", "https://port.example/log")
    walk.tab.get_by_text("It is the record itself (primary)").click()
    walk.click("Attach")
    walk.tab.get_by_text("supports: Harbour log, page 4").wait_for()

    walk.fill("Reasoning", "The log says so.")
    walk.click("Record my review")
    walk.tab.get_by_text("first reading · Ada").wait_for()
    walk.click("Decide")
    assert walk.ask("select verdict from claim") == [("false",)]

    for reason in ("asked at the briefing", "one person on the night shift", "the others are still open"):
        walk.click("Waive a point")
        walk.fill("Reason", reason)
        walk.click("Waive")
        walk.go("claims" + walk.tab.url.partition("/claims")[2])
        if not walk.tab.get_by_role("button", name="Waive a point").count():
            break
    walk.click("Release")
    assert walk.ask("select state from claim") == [("released",)]

    walk.go("reports")
    walk.tab.get_by_role("combobox").nth(2).click()
    walk.tab.get_by_role("option", name="ClaimReview", exact=False).first.click()
    walk.settled()
    with walk.tab.expect_download() as download:
        walk.tab.get_by_role("button", name="Save", exact=False).first.click()
    path = tmp_path / "review.jsonld"
    download.value.save_as(path)
    review = json.loads(path.read_text(encoding="utf-8"))
    assert "A gangway was found at the strait talks" in json.dumps(review)
    assert walk.problems == []
    assert walk.outside == []


@pytest.mark.parametrize(
    "page", ["overview", "review", "claims", "repeats", "quote_check", "people", "sources", "reports", "activity"]
)
def test_an_empty_desk_says_what_to_do_on_every_page(walk, page):
    walk.go(page)
    assert walk.tab.locator("[data-testid=stException]").count() == 0
    words = walk.tab.locator("[data-testid=stMain]").inner_text()
    assert len(words.strip()) > 40
    assert walk.problems == []
    assert walk.outside == []
