"""Marked words are stored exactly as selected, whatever the text is made of; a mismatch is refused."""

import json
import random
from pathlib import Path

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

PIECES = [
    "“Schön”",
    "naïve",
    "e\u0301te\u0301",
    "Z\u0351\u036b\u0343algo",
    "🙂",
    "👩\u200d👩\u200d👧\u200d👦",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "🇩🇪🇫🇷",
    "𝔘𝔫𝔦",
    "שלום עולם",
    "“مرحبا بالعالم”",
    "می\u200cخواهم",
    "नमस्ते",
    "日本語",
    "\u202eabc\u202c",
    "co\u00adop",
    "zero\u200bwidth",
    "tab\there",
    "plain words",
    "said",
    "\ufeffmark",
    "<b>bold</b>",
    "&amp;",
    "𠮷野家",
    "ﬁne",
    "한국어",
    "it’s",
    "“quoted”",
    "—",
    "3.5 %",
]


def make_texts(count: int) -> list[str]:
    rng = random.Random(20260312)
    joints = [" ", " ", " ", "\n", "\n\n", "\r\n"]  # JSON Lines keep their text verbatim, CR included
    return [
        "start " + "".join(rng.choice(PIECES) + rng.choice(joints) for _ in range(rng.randint(8, 30))) + "end"
        for _ in range(count)
    ]


#: Selects by UTF-16 units over the text nodes, without any of the reader's own arithmetic.
SELECT = """([start, end]) => {
  const walker = document.createTreeWalker(document.querySelector('.ct-doc'), NodeFilter.SHOW_TEXT);
  const places = []; let seen = 0;
  while (walker.nextNode()) {
    const node = walker.currentNode, length = node.length;
    if (places.length === 0 && start < seen + length) places.push(node, start - seen);
    if (places.length === 2 && end <= seen + length) { places.push(node, end - seen); break; }
    seen += length;
  }
  getSelection().setBaseAndExtent(...places);
}"""


def units(text: str, place: int) -> int:
    return len(text[:place].encode("utf-16-le")) // 2


def select(page, text: str, start: int, end: int) -> None:
    page.tab.evaluate(SELECT, [units(text, start), units(text, end)])
    page.tab.wait_for_timeout(30)


def test_fifty_selections_in_mixed_scripts_store_exactly_the_selected_words(
    desk, reader, journal, tmp_path: Path
) -> None:
    texts, rng = make_texts(50), random.Random(7)
    (tmp_path / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
    page = reader(desk("reader_demo.py", DEMO_TEXTS=str(tmp_path / "texts.json")).url)
    wanted = []
    for text in texts:
        assert page.tab.locator(".ct-doc").evaluate("doc => doc.textContent") == text
        start = rng.randrange(0, len(text) - 2)
        end = rng.randrange(start + 1, len(text) + 1)
        while not text[start:end].strip() or "\ufeff" in (
            text[start],
            text[end - 1],
        ):  # strip() differs on the mark alone
            start, end = 0, len(text)
        select(page, text, start, end)
        page.type_keys("e", 20)
        page.tab.keyboard.press("Enter")
        words = text[start:end]
        start += len(words) - len(words.lstrip())
        wanted.append((text, start, start + len(words.strip())))
        page.tab.wait_for_timeout(30)
    page.has_sent_all()
    page.is_saved()
    stored = {line["item"]: line["changes"][line["item"]] for line in journal()}
    got = [change for line in journal() for change in line["changes"].values()]
    assert len(stored) == 50
    for change, (text, start, end) in zip(got, wanted, strict=True):
        assert change["content"] == [[start, end]]
        assert change["words"] == text[start:end]
    assert page.tab.locator(".ct-conflict").count() == 0


def test_a_mouse_drag_and_a_double_click_mark_what_they_cover(desk, reader, journal) -> None:
    page = reader(desk("reader_demo.py").url)
    line = page.tab.locator(".ct-doc .ct-now-source").bounding_box()
    page.tab.mouse.dblclick(line["x"] + 10, line["y"] + 8)
    page.type_keys("e", 50)
    page.tab.keyboard.press("Enter")
    page.has_sent_all()
    (first,) = (change for entry in journal() for change in entry["changes"].values())
    assert first["words"] == "Mirela"


def test_marks_are_set_by_keys_alone(desk, reader, journal) -> None:
    page = reader(desk("reader_demo.py").url)
    item = page.order()[0]
    page.type_keys("e", 80)
    for key in ("Shift+ArrowRight", "ArrowLeft", "ArrowLeft"):
        page.tab.keyboard.press(key)
        page.tab.wait_for_timeout(50)
    page.type_keys("2", 80)
    page.tab.keyboard.press("Shift+ArrowRight")
    page.tab.wait_for_timeout(50)
    page.tab.keyboard.press("Enter")
    page.has_sent_all()
    change = journal()[0]["changes"][item]
    assert change["words"] == "We will not sign before the audit is"
    text = page.tab.locator(".ct-doc").evaluate("doc => doc.textContent")
    assert text[slice(*change["source"])] == "Anand"
    assert page.tab.locator(f".ct-mark[data-owner='{item}']").all_text_contents() == [
        "We will not sign before the audit is"
    ]


def test_two_stretches_and_the_attribution_words_are_marked_together(desk, reader, journal) -> None:
    page = reader(desk("reader_demo.py").url)
    text = page.tab.locator(".ct-doc").evaluate("doc => doc.textContent")
    page.type_keys("e", 80)
    select(page, text, text.index("We will"), text.index("We will") + 7)
    page.type_keys("4", 50)
    select(page, text, text.index("audit"), text.index("audit") + 5)
    page.type_keys("3", 50)
    select(page, text, text.index("On Tuesday"), text.index("On Tuesday") + 10)
    page.reload()  # an unfinished draft of marks survives it
    assert page.part("markingTitle") == "Mark again"
    page.tab.locator(".ct-doc").focus()
    page.tab.keyboard.press("Enter")
    page.has_sent_all()
    (change,) = journal()[0]["changes"].values()
    assert change["words"] == "We will audit"
    assert text[slice(*change["cue"])] == "On Tuesday"


def test_a_missed_statement_is_added_from_the_selection_and_undone(desk, reader, journal) -> None:
    page = reader(desk("reader_demo.py").url)
    text = page.tab.locator(".ct-doc").evaluate("doc => doc.textContent")
    start = text.index("Trucks waited")
    select(page, text, start, start + len("Trucks waited at the gate"))
    page.type_keys("a", 80)
    page.tab.get_by_role("combobox", name="speaker").fill("Lea Brandt")
    page.tab.keyboard.press("Enter")
    page.has_sent_all()
    (change,) = journal()[0]["changes"].values()
    assert (change["words"], change["speaker"], change["kind"]) == (
        "Trucks waited at the gate",
        "Lea Brandt",
        "indirect",
    )
    assert change["content"] == [[start, start + 25]]
    page.tab.locator(".ct-row-words", has_text="Trucks waited at the gate").wait_for()
    page.type_keys("u", 100)
    page.has_sent_all()
    assert [line["action"] for line in journal()] == ["Add", "Undo"]


def test_words_that_are_not_at_their_place_are_refused_and_stay_as_a_draft(desk, reader, journal) -> None:
    page = reader(desk("reader_demo.py").url)
    page.tab.evaluate("""() => {  // a page whose text is not the stored one
      const node = document.querySelector('.ct-now-content').firstChild;
      getSelection().setBaseAndExtent(node, 0, node, 8);
    }""")
    page.tab.wait_for_timeout(50)
    page.type_keys("e", 80)
    # The entry is changed on its way, as a wrong conversion of offsets would change it.
    page.tab.evaluate("""() => {
      const slice = String.prototype.slice;
      String.prototype.slice = function (...at) {
        const made = slice.apply(this, at);
        return made === '“We will' ? '“We woll' : made;
      };
    }""")
    page.tab.keyboard.press("Enter")
    page.tab.locator(".ct-conflict").wait_for()
    assert "not in the stored text" in page.tab.locator(".ct-conflict").text_content()
    assert journal() == []


def test_controls_that_turn_text_around_are_shown_by_name_and_do_not(desk, reader, tmp_path: Path) -> None:
    text = "He paid \u202e0001\u202c euros\x1b and \u2066left\u2069."
    (tmp_path / "texts.json").write_text(json.dumps([text]), encoding="utf-8")
    page = reader(desk("reader_demo.py", DEMO_TEXTS=str(tmp_path / "texts.json")).url)
    names = page.tab.eval_on_selector_all(".ct-control", "all => all.map((one) => one.dataset.name)")
    assert names == ["U+202E", "U+202C", "U+001B", "U+2066", "U+2069"]
    box = page.tab.evaluate("""() => {
      const digits = [...document.querySelector('.ct-doc').childNodes].find((one) => one.textContent === '0001');
      const range = document.createRange();
      const x = (k) => {
        range.setStart(digits, k);
        range.setEnd(digits, k + 1);
        return range.getBoundingClientRect().left;
      };
      return [x(0), x(3)];
    }""")
    assert box[0] < box[1]  # the digits still run from left to right
    assert page.tab.locator(".ct-doc").evaluate("doc => doc.textContent") == text


def test_a_window_of_a_long_text_keeps_the_offsets_of_the_whole(desk, reader, journal, tmp_path: Path) -> None:
    text = "🙂 start " + "filler 🙂 words " * 400 + "“the very words” she said " + "more 𝔘 " * 400
    (tmp_path / "texts.json").write_text(json.dumps([text]), encoding="utf-8")
    start = text.index("filler") + 3_000
    server = desk("reader_demo.py", DEMO_TEXTS=str(tmp_path / "texts.json"), DEMO_WINDOW=f"[{start}, {start + 4_000}]")
    page = reader(server.url, expect="[data-part=cutBefore]:not([hidden])")
    window = text[start : start + 4_000]
    assert page.tab.locator(".ct-doc").evaluate("doc => doc.textContent") == window
    place = window.index("“the very")
    select(page, window, place, place + 16)
    page.type_keys("e", 80)
    page.tab.keyboard.press("Enter")
    page.has_sent_all()
    (change,) = journal()[0]["changes"].values()
    assert change["words"] == "“the very words”"
    assert change["content"] == [[start + place, start + place + 16]]
    assert page.tab.locator("[data-part=cutAfter]").is_visible()
