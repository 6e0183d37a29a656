"""Every action of the reader by keys alone, what it stores, and what happens when somebody else was first."""

import json
from urllib.parse import quote

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


def test_reject_asks_for_a_reason_that_a_digit_chooses(desk, reader, journal) -> None:
    page = reader(desk("reader_demo.py").url)
    page.type_keys("x", 100)
    assert page.tab.get_by_role("dialog").is_visible()
    page.type_keys("2", 100)
    page.has_sent_all()
    (line,) = journal()
    assert line["changes"][page.order()[0]] == {"state": "rejected", "reason": "wrong_source"}
    assert page.current == page.order()[1]


def test_escape_leaves_a_dialog_without_deciding(desk, reader, journal) -> None:
    page = reader(desk("reader_demo.py").url)
    for key in "xsdnth":
        page.type_keys(key, 80)
        assert page.tab.get_by_role("dialog").is_visible(), key
        page.tab.keyboard.press("Escape")
        assert page.tab.get_by_role("dialog").count() == 0, key
    assert journal() == []
    assert page.current == page.order()[0]


def test_a_key_held_down_decides_once(desk, reader, journal) -> None:
    page = reader(desk("reader_demo.py").url)
    page.tab.keyboard.down("v")
    for _ in range(10):
        page.tab.keyboard.down("v")  # playwright marks these as repeats, as a keyboard does
    page.tab.keyboard.up("v")
    page.has_sent_all()
    assert len(journal()) == 1


def test_letters_typed_into_a_field_decide_nothing(desk, reader, journal) -> None:
    page = reader(desk("reader_demo.py").url)
    page.tab.keyboard.press("/")
    page.tab.keyboard.type("vxuv jk")
    page.tab.keyboard.press("Enter")
    page.tab.get_by_text("searched vxuv jk").wait_for()
    assert journal() == []


def test_speaker_date_note_and_tag_are_stored_and_undone_in_turn(desk, reader, journal) -> None:
    page = reader(desk("reader_demo.py").url)
    item = page.order()[0]
    for key, words in (("s", "Lea Brandt"), ("d", "2026-03~"), ("t", "urgent")):
        page.type_keys(key, 80)
        page.tab.keyboard.type(words)
        page.tab.keyboard.press("Enter")
    page.type_keys("n", 80)
    page.tab.keyboard.type("ask the port")
    page.tab.keyboard.press("Control+Enter")
    page.has_sent_all()
    assert [line["changes"][item] for line in journal()] == [
        {"speaker": "Lea Brandt", "speaker_kind": "person"},
        {"said_on": "2026-03~", "date_basis": "text"},
        {"tags": ["urgent"]},
        {"note": "ask the port"},
    ]
    assert page.part("who") == "Lea Brandt"
    assert page.part("when") == "said about Mar 2026"
    page.type_keys("uuuu", 150)
    page.has_sent_all()
    assert page.part("who") == "Mirela Anand"
    assert page.part("when") == "said 10 Mar 2026"
    assert page.tab.locator("[data-part=note]").is_hidden()
    assert [line["action"] for line in journal()[4:]] == ["Undo"] * 4


def test_a_dialog_that_stands_open_while_the_decision_before_it_is_acknowledged_is_not_stale(
    desk, reader, journal
) -> None:
    page = reader(desk("reader_demo.py", DEMO_DELAY="0.3").url)
    page.type_keys("vk", 20)
    page.type_keys("n", 100)
    page.has_sent_all()
    page.tab.keyboard.type("seen")
    page.tab.keyboard.press("Control+Enter")
    page.has_sent_all()
    assert [line["action"] for line in journal()] == ["AsPrinted", "SetNote"]


def test_a_date_that_is_none_stays_on_screen_as_a_draft(desk, reader, journal) -> None:
    page = reader(desk("reader_demo.py").url)
    page.type_keys("d", 80)
    page.tab.keyboard.type("next Tuesday")
    page.tab.keyboard.press("Enter")
    page.tab.locator(".ct-conflict").wait_for()
    assert "next Tuesday" in page.tab.locator(".ct-conflict").text_content()
    assert journal() == []
    page.tab.get_by_role("button", name="Drop the draft").click()
    assert page.part("when") == "said 10 Mar 2026"


def test_one_decision_covers_the_repeats_with_the_same_words_and_one_undo_takes_it_back(desk, reader, journal) -> None:
    page = reader(desk("reader_demo.py", DEMO_REPEATS="1").url)
    first, second, third = page.order()[:3]
    page.type_keys("v", 300)
    page.has_sent_all()
    assert set(journal()[0]["changes"]) == {first, second}
    states = page.tab.eval_on_selector_all(".ct-rows li", "rows => rows.slice(0, 3).map((row) => row.dataset.state)")
    assert states == ["as_printed", "as_printed", "extracted"]
    page.type_keys("u", 300)
    page.has_sent_all()
    assert {item: change["state"] for item, change in journal()[1]["changes"].items()} == {
        first: "extracted",
        second: "extracted",
    }
    assert third not in journal()[1]["changes"]


def test_the_last_item_says_so_and_m_opens_the_repeats(desk, reader) -> None:
    page = reader(desk("reader_demo.py", DEMO_ITEMS="2").url)
    page.type_keys("jj")
    assert page.part("told") == "That was the last one."
    page.type_keys("m")
    page.tab.get_by_text(f"opened repeats of {page.order()[1]}").wait_for()


def test_an_address_opens_at_its_statement(desk, reader) -> None:
    server = desk("reader_demo.py")
    item = reader(server.url).order()[7]
    assert reader(f"{server.url}/?item={item}").current == item


def test_a_reload_of_a_mailed_address_keeps_the_place_reached_since(desk, reader) -> None:
    server = desk("reader_demo.py")
    items = reader(server.url).order()
    page = reader(f"{server.url}/?item={items[7]}")
    page.type_keys("jj", 100)
    page.reload()
    assert page.current == items[9]


def test_one_row_of_the_queue_takes_one_tab_stop_and_the_arrows_go_through_the_others(desk, reader) -> None:
    page = reader(desk("reader_demo.py").url)
    page.tab.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")  # no paint under the keys
    page.tab.locator(".ct-row[aria-current]").focus()
    page.tab.keyboard.press("ArrowDown")
    page.tab.keyboard.press("ArrowDown")
    assert page.current == page.order()[2]
    assert page.tab.locator(".ct-row[tabindex='0']").count() == 1
    page.tab.wait_for_function("document.activeElement.matches(\".ct-row[tabindex='0']\")")
    page.tab.keyboard.press("Tab")
    page.tab.wait_for_function("!document.activeElement.closest('.ct-queue')")


def change(server: object, reader: object, item: str, **patch: object) -> None:
    reader(f"{server.url}/?me=bea&bea={item}&patch={quote(json.dumps(patch))}")


def test_the_second_of_two_reviewers_sees_both_versions_and_can_merge_notes(desk, reader, journal) -> None:
    server = desk("reader_demo.py")
    page = reader(server.url)
    item = page.order()[0]
    change(server, reader, item, note="theirs: the audit began in May")
    page.type_keys("n", 80)
    page.tab.keyboard.type("mine: ask for the audit")
    page.tab.keyboard.press("Control+Enter")
    box = page.tab.locator(".ct-conflict")
    box.wait_for()
    assert "theirs: the audit began in May" in box.text_content()
    assert "mine: ask for the audit" in box.text_content()
    assert len(journal()) == 1
    page.reload()  # the draft survives it
    page.tab.get_by_role("button", name="Save the merged note").click()
    page.has_sent_all()
    assert journal()[1]["changes"][item] == {"note": "theirs: the audit began in May\n\nmine: ask for the audit"}
    assert page.tab.locator(".ct-conflict").count() == 0


def test_stale_decisions_overwrite_nothing_and_every_draft_stays(desk, reader, journal) -> None:
    server = desk("reader_demo.py", DEMO_DELAY="1.5")  # all of mine are made before the first answer shows me theirs
    mine, theirs = reader(server.url), reader(f"{server.url}/?me=bea")
    for _ in range(25):
        theirs.type_keys("x", 60)
        theirs.type_keys("1", 20)
    theirs.has_sent_all()
    mine.type_keys("v" * 25, 20)
    mine.has_sent_all()
    assert {line["action"] for line in journal()} == {"Reject"}
    assert mine.tab.locator(".ct-conflict summary").text_content() == "⚠ 24 more not saved"
    mine.tab.get_by_role("button", name="Save mine on top").click()
    mine.has_sent_all()
    assert [line["action"] for line in journal()][25:] == ["AsPrinted"]


def test_a_chain_behind_a_refused_decision_is_kept_as_one_draft(desk, reader, journal) -> None:
    server = desk("reader_demo.py", DEMO_DELAY="0.4")
    page = reader(server.url)
    change(server, reader, page.order()[0], state="rejected", reason="not_for_us")
    page.type_keys("vk", 30)
    page.type_keys("t", 80)
    page.tab.keyboard.type("urgent")
    page.tab.keyboard.press("Enter")
    page.tab.locator(".ct-conflict").wait_for()
    page.has_sent_all()
    page.tab.wait_for_function(
        "() => /as printed; tags: \\+urgent/.test(document.querySelector('.ct-conflict').textContent)"
    )
    assert len(journal()) == 1
    page.tab.get_by_role("button", name="Save mine on top").click()
    page.has_sent_all()
    assert [line["action"] for line in journal()[1:]] == ["AsPrinted", "ChangeTags"]


def test_all_of_it_is_reached_with_the_tab_key_and_by_name(desk, reader) -> None:
    page = reader(desk("reader_demo.py").url)
    for name in (
        "as printed",
        "reject",
        "spans",
        "add",
        "speaker",
        "date",
        "note",
        "tags",
        "repeats",
        "back",
        "next",
        "keys",
    ):
        page.tab.get_by_role("button", name=name, exact=True).focus()
    page.tab.get_by_role("button", name="next", exact=True).click()
    page.tab.get_by_role("button", name="as printed", exact=True).click()
    page.tab.get_by_role("button", name="undo", exact=True).click()
    assert page.current == page.order()[1]
    assert page.part("announce").startswith("Undone: as printed")


def test_single_keys_can_be_turned_off(desk, reader) -> None:
    page = reader(desk("reader_demo.py").url)
    page.type_keys("h", 80)
    page.tab.get_by_role("checkbox", name="single keys are on").uncheck()
    page.tab.keyboard.press("Escape")
    page.type_keys("j")
    assert page.current == page.order()[0]


def test_the_desk_hears_which_statement_is_looked_at_once_it_settles(desk, reader) -> None:
    page = reader(desk("reader_demo.py", DEMO_PRESENCE="1").url)
    page.type_keys("jjj")
    page.tab.get_by_text(f"looks at {page.order()[3]}").wait_for(timeout=5_000)
    assert page.current == page.order()[3]


def test_closing_the_tab_is_questioned_only_while_something_is_not_saved(desk, reader) -> None:
    page = reader(desk("reader_demo.py", DEMO_DELAY="2").url)
    asked = """() => {
      const leaving = new Event('beforeunload', { cancelable: true });
      window.dispatchEvent(leaving);
      return leaving.defaultPrevented;
    }"""
    assert page.tab.evaluate(asked) is False
    page.type_keys("v", 50)
    assert page.tab.evaluate(asked) is True
    page.has_sent_all()
    assert page.tab.evaluate(asked) is False
