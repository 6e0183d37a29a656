"""The Reports page in a browser: what comes out is seen first, kept, bundled, edited outside and given back."""

import os
import zipfile
from importlib.resources import files
from pathlib import Path

import pytest
from sqlmodel import select

from claimtrack.db.engine import close_shared
from claimtrack.db.tables import Statement
from claimtrack.ingest import read_text
from claimtrack.services import checklist, claims, decide, evidence, verdicts
from claimtrack.services.desk import open_desk
from claimtrack.services.import_source import import_sources
from claimtrack.vocabulary import Stance

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

APP = str(files("claimtrack.ui") / "app.py")
ARTICLE = "Harbour talks\n\n12 March 2026\n\n“We will wait for the audit,” said Tor Vale, a union official.\n"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A desk with one released claim."""
    path = tmp_path / "desk.sqlite3"
    desk = open_desk(f"sqlite:///{path}", "Ada")
    list(import_sources(desk, [read_text(ARTICLE, name="paste", publisher="The Ledger")]))
    row = desk.see(lambda work: work.session.exec(select(Statement)).first())
    desk.do(decide.mark_as_printed, row.public_id, row.version)
    claim = desk.do(claims.make_claim, "The union <b>waits</b> for the audit", statements=[row.public_id])
    desk.do(evidence.attach, claim, evidence.NewEvidence("Minutes", Stance.SUPPORTS, url="https://port.example/m"))
    desk.do(verdicts.review, claim, "true", "The minutes say so.")
    desk.do(verdicts.decide_verdict, claim, "true", "The minutes say so.")
    for point in desk.see(
        lambda work: [one.key for one in checklist.items(work, evidence.claim_or_line(work, claim)) if one.is_missing]
    ):
        desk.do(checklist.waive, claim, point, "single reader")
    desk.do(verdicts.release, claim)
    close_shared()
    return path


class Page:
    """The Reports page in one tab."""

    def __init__(self, browser, url: str) -> None:
        self.context = browser.new_context(viewport={"width": 1360, "height": 1000}, accept_downloads=True)
        self.tab = self.context.new_page()
        self.problems: list[str] = []
        self.outside: list[str] = []
        self.tab.on("pageerror", lambda error: self.problems.append(str(error)))
        self.tab.on("request", lambda request: self.note(request.url, url))
        self.tab.goto(f"{url}/reports")
        self.settled()

    def note(self, asked: str, url: str) -> None:
        if not asked.startswith((url, url.replace("http", "ws", 1), "data:", "blob:", "about:")):
            self.outside.append(asked)

    def settled(self) -> None:
        for _ in range(2):
            self.tab.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=60_000)
            self.tab.wait_for_timeout(250)
        assert self.tab.locator("[data-testid=stException]").count() == 0, self.tab.locator("body").inner_text()

    def choose(self, name: str, value: str) -> None:
        self.tab.get_by_role("combobox", name=name, exact=True).click()
        self.tab.get_by_role("option", name=value, exact=True).first.click()
        self.settled()

    def open(self, name: str) -> None:
        self.tab.get_by_role("tab", name=name, exact=True).click()
        self.settled()

    def click(self, name: str) -> None:
        self.tab.get_by_role("button", name=name, exact=True).first.click()
        self.settled()

    def take(self, name: str, place: Path) -> Path:
        with self.tab.expect_download() as download:
            self.tab.get_by_role("button", name=name).first.click()
        download.value.save_as(place)
        return place

    def picture(self, name: str) -> None:
        if os.environ.get("CLAIMTRACK_PICTURES"):
            self.tab.screenshot(path=str(Path(os.environ["CLAIMTRACK_PICTURES"]) / f"{name}.png"))


@pytest.fixture
def page(desk, chromium, database):
    server = desk(APP, CLAIMTRACK_DATABASE_URL=f"sqlite:///{database}", CLAIMTRACK_REVIEWER="Ada")
    made = Page(chromium, server.url)
    yield made
    made.context.close()


def test_a_report_is_seen_kept_bundled_edited_and_dressed(page, tmp_path):
    framed = page.tab.frame_locator("iframe").first
    framed.get_by_role("heading", name="The union <b>waits</b> for the audit").wait_for()
    assert page.tab.locator("iframe").first.get_attribute("sandbox") == ""
    page.picture("web-page")

    page.choose("Format", "PDF")
    assert page.tab.locator("[data-testid=stImage] img").count() >= 1
    assert page.tab.get_by_text("page 1", exact=True).count() == 1
    page.picture("pdf")

    page.choose("For", "an editor")
    page.choose("Format", "CSV")
    table = page.take("Save ", tmp_path / "table.csv")
    page.open("Kept reports")
    page.tab.get_by_text("No report is kept yet").wait_for()
    page.tab.get_by_role("textbox", name="Keep what is chosen above under the name").fill("Daily")
    page.click("Keep")
    page.tab.get_by_text("Daily: CSV · for the editor · all stories").wait_for()
    page.picture("kept")
    page.choose("Format", "JSON")
    page.open("Kept reports")
    page.click("Open it")
    page.picture("opened")
    page.tab.get_by_text("one row a quotation, for any program").wait_for()

    page.open("Bundle and annotated copy")
    page.click("Make the bundle")
    made = page.take("Take ", tmp_path / "bundle.zip")
    assert "verify.py" in zipfile.ZipFile(made).namelist()
    page.picture("bundle")

    page.open("Edited tables")
    table.write_text(table.read_text("utf-8-sig").replace(",Tor Vale,", ",Tora Vale,"), "utf-8")
    page.tab.locator(
        "[data-testid=stFileUploader] input[type=file]:visible, [data-testid=stFileUploaderDropzone] input"
    ).first.set_input_files(table)
    page.tab.get_by_role("button", name="Apply", exact=False).wait_for()
    page.settled()
    page.picture("edited")
    page.tab.get_by_role("button", name="Apply", exact=False).click()
    page.tab.get_by_text("as one action: undo it on the Activity page", exact=False).wait_for()

    page.open("How reports look")
    page.tab.get_by_role("textbox", name="The desk's name").fill("Ledger fact desk")
    page.picture("template")
    page.click("Keep for all reports")
    page.tab.get_by_text("Every report from now on looks like this").wait_for()
    page.open("Report")
    page.choose("Format", "Web page")
    page.tab.frame_locator("iframe").first.get_by_text("Ledger fact desk").first.wait_for()
    assert page.problems == []
    assert page.outside == []
