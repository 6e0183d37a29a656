"""Hostile text is shown as it is, nothing is asked of another machine, and nobody is kept out."""

import json
import runpy
from pathlib import Path

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

_APPS = Path(__file__).parent / "apps"
HOSTILE: list[str] = runpy.run_path(str(_APPS / "hostile.py"))["HOSTILE"]


def only_loopback(requests: list[str]) -> bool:
    return all(url.startswith(("http://127.0.0.1:", "data:", "blob:http://127.0.0.1:")) for url in requests)


def test_hostile_text_is_shown_as_it_is_and_asks_nothing_of_another_machine(desk, reader, tmp_path: Path) -> None:
    (tmp_path / "texts.json").write_text(json.dumps(HOSTILE), encoding="utf-8")
    page = reader(desk("reader_demo.py", DEMO_TEXTS=str(tmp_path / "texts.json")).url)
    for text in HOSTILE:
        assert page.tab.locator(".ct-doc").evaluate("doc => doc.textContent") == text
        assert text[:20].split("\u202e")[0] in page.part("who")
        page.type_keys("n", 30)
        assert page.tab.locator("textarea[name=note]").input_value() == text[:80]
        page.tab.keyboard.press("Escape")
        page.type_keys("t", 30)
        page.tab.keyboard.press("Escape")
        page.type_keys("j", 30)
    assert page.tab.evaluate("window.hit") is None
    assert page.tab.locator(".ct-reader").locator("img, script, iframe, svg, style").count() == 0
    assert only_loopback(page.requests)
    assert page.problems == []


def test_no_address_but_web_addresses_becomes_a_link(desk, reader) -> None:
    page = reader(desk("reader_demo.py", DEMO_LINK="javascript:window.hit=1").url)
    page.tab.get_by_text("Saved copy").click()
    links = page.tab.eval_on_selector_all(".ct-facts a", "all => all.map((one) => [one.href, one.rel])")
    assert links == [["https://archive.example/1", "noopener noreferrer"]]


def test_pages_of_python_show_hostile_text_as_it_is(desk, chromium) -> None:
    server = desk("safe_demo.py")
    context = chromium.new_context()
    page, requests = context.new_page(), []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(server.url)
    page.get_by_text("the end of the page").wait_for()
    for kind in ("stText", "stCode"):
        page.get_by_test_id(kind).nth(len(HOSTILE) - 1).wait_for()
        shown = page.get_by_test_id(kind).all_text_contents()
        assert [text.strip() for text in shown[: len(HOSTILE)]] == [_named(text) for text in HOSTILE]
    labels = [label.strip().replace("\u2060", "") for label in page.get_by_test_id("stCheckbox").all_text_contents()]
    assert labels == [" ".join(_named(text).split()) for text in HOSTILE]
    assert page.get_by_test_id("stCheckbox").locator("a, img, strong, em, code, svg.katex, .katex").count() == 0
    assert page.evaluate("window.hit") is None
    assert only_loopback(requests)
    context.close()


def _named(text: str) -> str:
    return text.replace("\u202e", "[U+202E]").replace("\u202c", "[U+202C]")


def violations(page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page.tab).response["violations"]
    return [f"{one['id']}: {one['help']} {[node['html'][:120] for node in one['nodes'][:3]]}" for one in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1360, 390])
def test_axe_finds_nothing_in_any_state_of_the_reader(desk, reader, scheme: str, width: int) -> None:
    server = desk("reader_demo.py", DEMO_REPEATS="1")
    page = reader(server.url, color_scheme=scheme, viewport={"width": width, "height": 844})
    found = {"start": violations(page)}
    page.type_keys("vv", 300)
    page.type_keys("x", 80)
    found["reject"] = violations(page)
    page.type_keys("1", 300)
    for key, name in (("s", "speaker"), ("d", "date"), ("n", "note"), ("t", "tags"), ("h", "help")):
        page.type_keys(key, 80)
        found[name] = violations(page)
        page.tab.keyboard.press("Escape")
    page.type_keys("e", 80)
    found["marking"] = violations(page)
    page.tab.keyboard.press("Escape")
    page.tab.get_by_text("Marks", exact=True).click()
    page.type_keys("d", 80)
    page.tab.keyboard.type("no date")
    page.tab.keyboard.press("Enter")
    page.tab.locator(".ct-conflict").wait_for()
    found["conflict"] = violations(page)
    if width == 390:
        page.tab.get_by_role("button", name="Queue").click()
        found["drawer"] = violations(page)
    assert {name: problems for name, problems in found.items() if problems} == {}


def test_on_a_phone_the_text_and_the_decision_come_first_and_nothing_is_wider_than_the_screen(desk, reader) -> None:
    page = reader(desk("reader_demo.py").url, viewport={"width": 390, "height": 844}, has_touch=True)
    top = lambda selector: page.tab.locator(selector).bounding_box()["y"]  # noqa: E731
    assert top(".ct-doc") < top(".ct-decide") < 844 - 100
    assert page.tab.locator(".ct-row").first.is_hidden()
    assert page.tab.evaluate("document.documentElement.scrollWidth") <= 390
    page.tab.get_by_role("button", name="Queue").tap()
    page.tab.locator(".ct-row").nth(3).tap()
    assert page.current == page.order()[3]
    assert page.tab.locator(".ct-row").first.is_hidden()
    page.tab.get_by_role("button", name="as printed", exact=True).tap()
    assert page.current == page.order()[4]
