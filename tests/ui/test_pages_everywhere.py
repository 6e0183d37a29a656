"""Every page, on a desk that holds hostile text in every place that a page shows: as it is, within reach, at home."""

import runpy
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pytest

from claimtrack.ingest import read_text
from claimtrack.ingest.document import RecordKind
from claimtrack.reports.formats import FORMATS
from claimtrack.samples import samples
from claimtrack.services import (
    claims,
    contacts,
    demo,
    evidence,
    fidelity_check,
    lines,
    queries,
    remarks,
    repeats,
    statements,
    verdicts,
)
from claimtrack.services.desk import open_desk, parse_id
from claimtrack.services.import_source import Imported, import_sources
from claimtrack.services.stories import add_story
from claimtrack.vocabulary import JudgementOutcome, Relation, Stance

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]

APP = str(files("claimtrack.ui") / "app.py")
HOSTILE: list[str] = runpy.run_path(str(Path(__file__).parent / "apps" / "hostile.py"))["HOSTILE"]
#: One line with every kind of trap, fit for a title, a name or a claim.
TRAP = "$$x$$ :red[no] **b** <b>bold</b> ![p](https://evil.example/p.png) [l](javascript:window.hit=1) `c`"


@dataclass(frozen=True)
class Addresses:
    """A filled desk, and the addresses of its items."""

    database: str
    pages: dict[str, str]


@pytest.fixture(scope="module")
def filled(tmp_path_factory) -> Addresses:
    """A desk with the samples and a document, people, claims and remarks made of hostile text."""
    database = f"sqlite:///{tmp_path_factory.mktemp('pages') / 'desk.sqlite3'}"
    desk = open_desk(database, "Ada")
    story = desk.do(add_story, TRAP, brief=TRAP, deadline=datetime(2026, 3, 12, 17, tzinfo=UTC))
    sample = [source for one in samples()[:5] for source in demo.documents_of(one)]
    sentence = "“We will not {} before the audit is done,” said Mirela Anand, the harbour minister, on Tuesday.\n\n"
    body = "\n\n".join(HOSTILE)
    sources = [
        read_text(
            f"{TRAP}\n\n{sentence.format(verb)}{TRAP}\n\n{body}", name=str(at), title=TRAP, publisher=f"{at} {TRAP}"
        )
        for at, verb in enumerate(("sign", "sign", "resign"))
    ]
    record = read_text(sentence.format("sign"), name="hearing", title=TRAP, record_kind=RecordKind.RECORDING)
    made = [one for one in import_sources(desk, [*sample, *sources, record], story=story) if isinstance(one, Imported)]
    document = made[len(sample)].document
    said = desk.see(statements.list_rows, statements.Wanted(search="resign OR audit sign", limit=50))
    said = said or desk.see(statements.list_rows, statements.Wanted(search="audit", limit=50))
    first = next(row for row in said if row["document"] == str(document))
    claim = desk.do(claims.make_claim, TRAP, statements=[parse_id(first["id"])], story=story)
    other = desk.do(claims.make_claim, f"Another {TRAP}", story=story)
    line = desk.do(lines.mark, document, desk.see(lines.find, document, TRAP)[0], story=story)
    desk.do(claims.relate, other, Relation.CONTRADICTS, claim, TRAP)
    desk.do(queries.ask, parse_id(first["id"]), TRAP, addressee=TRAP)
    desk.do(queries.ask, claim, TRAP, addressee=TRAP, due_at=datetime(2026, 3, 12, 17, tzinfo=UTC))
    desk.do(contacts.log, claim, contacts.NewContact(TRAP, TRAP, deadline=datetime(2026, 3, 12, 17, tzinfo=UTC)))
    given = evidence.NewEvidence(TRAP, Stance.REFUTES, url="https://port.example/plan", words=TRAP, note=TRAP)
    desk.do(evidence.attach, claim, given)
    desk.do(remarks.note, claim, TRAP)
    desk.do(remarks.set_tags, claim, [TRAP, "harbour"])
    desk.do(verdicts.review, other, "false", TRAP)
    held = fidelity_check.Finding(fidelity_check.Fidelity.VERBATIM, locator=TRAP, note=TRAP)
    statement = desk.see(statements.row_of, parse_id(first["id"]))
    desk.do(fidelity_check.confirm, statement.public_id, statement.version, held)
    pairs = desk.see(repeats.list_pairs, limit=3)
    desk.do(repeats.judge, pairs[-1].a.public_id, pairs[-1].b.public_id, JudgementOutcome.UNSURE)
    speaker = desk.see(lambda work: work.by_key(claims.Speaker, statement.speaker_id).public_id)
    return Addresses(
        database,
        {
            "overview": "",
            "overview by name": "overview",
            "claims": "claims",
            "claim": f"claims?claim={claim}",
            "line": f"claims?claim={line}",
            "claim of a statement": f"claims?statement={first['id']}",
            "questions about a statement": f"statement?statement={first['id']}",
            "repeats": "repeats",
            "repeats of a statement": f"repeats?statement={first['id']}",
            "quote check": "quote_check",
            "people": "people",
            "timeline": f"people?person={speaker}",
            "sources": "sources",
            "document": f"sources?document={document}",
            "reports": "reports",
            "quality": "quality",
            "activity": "activity",
            "activity of one item": f"activity?item={claim}",
            "story": f"claims?story={story}",
        },
    )


OPEN_ALL = "document.querySelectorAll('details:not([open]) > summary').forEach((one) => one.click())"


class Tour:
    """A tab that walks through pages, and what it asked of the network."""

    def __init__(self, browser, url: str, **options) -> None:
        self.url, self.context = url, browser.new_context(**options)
        self.tab = self.context.new_page()
        self.outside: list[str] = []
        self.problems: list[str] = []
        self.tab.on("pageerror", lambda error: self.problems.append(str(error)))
        self.tab.on("request", lambda request: self._note(request.url))

    def _note(self, url: str) -> None:
        if not url.startswith((self.url, self.url.replace("http", "ws", 1), "data:", "blob:")):
            self.outside.append(url)

    def settled(self) -> None:
        for _ in range(2):
            self.tab.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=30_000)
            self.tab.wait_for_timeout(250)

    def go(self, address: str, *, opened: bool = False) -> None:
        self.tab.goto(f"{self.url}/{address}")
        self.tab.wait_for_selector("[data-testid=stHeading]", timeout=30_000)
        self.settled()
        if opened:
            self.tab.evaluate(
                "document.querySelectorAll('details:not([open]) > summary').forEach((one) => one.click())"
            )
            self.settled()


@pytest.fixture
def tour(desk, chromium, filled):
    server = desk(APP, CLAIMTRACK_DATABASE_URL=filled.database, CLAIMTRACK_REVIEWER="Ada")
    made: list[Tour] = []

    def start(**options) -> Tour:
        made.append(Tour(chromium, server.url, **options))
        return made[-1]

    yield start
    for one in made:
        one.context.close()


#: Streamlit's own file field has a role and a label that contradict each other (rule of best practice, minor); the
#: button inside it is right, and pages can't change it.
_OF_STREAMLIT = ("presentation-role-conflict", "stFileUploaderDropzone")


def violations(tab) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    return [
        f"{one['id']}: {node['html'][:160]}"
        for one in Axe().run(tab).response["violations"]
        for node in one["nodes"]
        if not (one["id"] == _OF_STREAMLIT[0] and _OF_STREAMLIT[1] in node["html"])
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1360, 390])
def test_axe_finds_nothing_on_any_page_and_no_page_is_wider_than_the_screen(tour, filled, scheme, width) -> None:
    walk = tour(color_scheme=scheme, viewport={"width": width, "height": 900})
    found, wide = {}, {}
    for name, address in filled.pages.items():
        walk.go(address, opened=True)
        found[name] = violations(walk.tab)
        wide[name] = walk.tab.evaluate("document.documentElement.scrollWidth") - width
    assert {name: problems for name, problems in found.items() if problems} == {}
    assert {name: pixels for name, pixels in wide.items() if pixels > 0} == {}
    assert walk.outside == []


#: What our text becomes where a page reads it as Markdown, HTML or mathematics. A frame with an empty sandbox runs
#: nothing and reaches nothing: the Reports page shows a web page in one.
_MADE = (
    "[data-testid=stMain] :is(script, iframe:not([sandbox='']), .katex, img[src*=evil], a[href*=evil], "
    "a[href^=javascript], b, code b)"
)


def test_hostile_text_is_shown_as_it_is_on_every_page_and_no_request_leaves_the_machine(tour, filled) -> None:
    walk = tour(viewport={"width": 1360, "height": 900})
    shows_none = {"repeats", "quote check", "people", "quality", "reports"}  # what they begin with is not ours
    for name, address in filled.pages.items():
        walk.go(address, opened=True)
        assert walk.tab.locator("[data-testid=stException]").count() == 0, name
        assert walk.tab.locator(_MADE).evaluate_all("all => all.map((one) => one.outerHTML)") == [], name
        shown = walk.tab.locator("[data-testid=stMain]").text_content().replace("\u2060", "")
        assert (TRAP in " ".join(shown.split())) or name in shows_none, (name, shown[:2000])
    assert walk.tab.evaluate("window.hit") is None
    assert walk.outside == []
    assert walk.problems == []


def test_a_pasted_hostile_quotation_is_compared_and_shown_as_it_is(tour) -> None:
    walk = tour(viewport={"width": 1360, "height": 900})
    walk.go("quote_check")
    walk.tab.get_by_role("textbox", name="Alleged quotation").fill(f"We will not sign before the audit is done {TRAP}")
    walk.tab.keyboard.press("Control+Enter")
    walk.settled()
    assert "sources were searched" in walk.tab.locator("[data-testid=stMain]").inner_text()
    assert walk.tab.locator(_MADE).count() == 0
    assert walk.outside == []


def test_every_format_is_there_to_be_saved_and_an_editor_reads_hostile_words_as_they_are(tour) -> None:
    walk = tour(viewport={"width": 1360, "height": 900})
    walk.go("reports")
    for name, value in (("For", "an editor"), ("Format", "JSON")):
        walk.tab.get_by_role("combobox", name=name, exact=True).click()
        walk.tab.get_by_role("option", name=value, exact=True).first.click()
        walk.settled()
    assert ":red[no] **b** <b>bold</b>" in walk.tab.locator("[data-testid=stCode]").text_content()
    titles = [one.title for one in FORMATS.values() if not one.is_public_only]
    for title in titles:
        walk.tab.get_by_role("combobox", name="Format", exact=True).click()
        walk.tab.get_by_role("option", name=title, exact=True).first.click()
        walk.settled()
        assert walk.tab.get_by_role("button", name="Save").count() == 1, title
    assert walk.tab.locator(_MADE).count() == 0
    assert walk.outside == []


def test_the_story_in_the_address_holds_the_page_and_its_links(tour, filled) -> None:
    walk = tour(viewport={"width": 1360, "height": 900})
    walk.go(filled.pages["story"])
    story = filled.pages["story"].partition("story=")[2]
    walk.go(filled.pages["claim"] + f"&story={story}")
    links = walk.tab.eval_on_selector_all("[data-testid=stPageLink] a", "all => all.map((one) => one.href)")
    assert links
    assert all(f"story={story}" in link for link in links), links


def test_a_chosen_story_stays_through_pages_and_a_reload(tour, filled) -> None:
    walk = tour(viewport={"width": 1360, "height": 900})
    walk.go("claims")
    walk.tab.get_by_role("combobox", name="Story").click()
    walk.tab.get_by_role("option").nth(1).click()
    walk.settled()
    story = walk.tab.url.partition("story=")[2]
    assert len(story) == 36
    walk.tab.get_by_role("link", name="People").first.click()
    walk.tab.get_by_role("heading", name="People").wait_for()
    walk.settled()
    assert f"story={story}" in walk.tab.url
    walk.tab.reload()
    walk.settled()
    assert f"story={story}" in walk.tab.url
