"""The page as a browser shows it: usable without sight, on a phone, in the dark, without a network."""

import os
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from claimtrack.reports import as_html

ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium():
    names = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
    program = os.environ.get("CLAIMTRACK_CHROMIUM") or next(
        (found for one in names if (found := shutil.which(one))), None
    )
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium (CI is set: nothing may be skipped)")
        pytest.skip("no Chromium: install it and put it on PATH")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGS)
        yield browser
        browser.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_editors_page(chromium, editor, tmp_path, scheme):
    place = tmp_path / "report.html"
    place.write_text("".join(as_html.render(editor)), encoding="utf-8")
    context = chromium.new_context(color_scheme=scheme, bypass_csp=True)  # axe is a script, which the page forbids
    page = context.new_page()
    page.goto(place.as_uri())
    found = Axe().run(page)
    context.close()
    assert found.violations_count == 0, found.generate_report()


def test_nothing_is_fetched_and_nothing_runs(chromium, hostile, tmp_path):
    _, report = hostile
    place = tmp_path / "report.html"
    place.write_text("".join(as_html.render(report)), encoding="utf-8")
    context = chromium.new_context()
    page = context.new_page()
    asked, told = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: told.append(message.text))
    page.on("dialog", lambda dialog: told.append(dialog.message))
    page.goto(place.as_uri())
    context.close()
    assert asked == [place.as_uri()]
    assert told == []


def is_too_wide(chromium, place, report, width):
    place.write_text("".join(as_html.render(report)), encoding="utf-8")
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.goto(place.as_uri())
    seen = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    return seen > width


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_page_fits_the_screen(chromium, editor, tmp_path, width):
    assert not is_too_wide(chromium, tmp_path / "report.html", editor, width)


def test_no_text_makes_the_page_wider_than_a_phone(chromium, hostile, tmp_path):
    assert not is_too_wide(chromium, tmp_path / "report.html", hostile[1], 320)
