"""Decisions reach the desk once, in order, whatever happens to the connection, the server or the page."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


class Wire:
    """A connection that can be cut: bytes pass through until `cut`, then nothing is accepted until `mend`."""

    def __init__(self, port: int) -> None:
        self.port, self.open, self.pairs = port, True, []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            if not self.open:
                near.close()
                continue
            try:
                far = socket.create_connection(("127.0.0.1", self.port))
            except OSError:
                near.close()
                continue
            self.pairs.append((near, far))
            for source, target in ((near, far), (far, near)):
                threading.Thread(target=self._pass, args=(source, target), daemon=True).start()

    @staticmethod
    def _pass(source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
        for end in (source, target):
            _close(end)

    def cut(self) -> None:
        self.open = False
        for pair in self.pairs:
            for end in pair:
                _close(end)
        self.pairs.clear()

    def mend(self) -> None:
        self.open = True


def _close(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


@contextmanager
def wire(port: int) -> Iterator[Wire]:
    made = Wire(port)
    try:
        yield made
    finally:
        made.cut()
        made.listener.close()


def test_two_hundred_fast_presses_are_two_hundred_decisions_in_order(desk, reader, journal) -> None:
    page = reader(desk("reader_demo.py", DEMO_ITEMS="210").url)
    page.type_keys("v" * 200)
    page.is_saved()
    page.has_sent_all()
    stored = [line["item"] for line in journal()]
    assert len(stored) == 200
    assert len(set(stored)) == 200
    shown = page.order()
    assert [item for item in stored if item in shown] == [item for item in shown if item in stored]
    assert page.problems == []


def test_decide_undo_decide_before_the_first_answer_leaves_the_item_decided(desk, reader, journal) -> None:
    page = reader(desk("reader_demo.py", DEMO_DELAY="0.6").url)
    first = page.order()[0]
    page.type_keys("vuv", every_ms=20)
    page.is_saved()
    page.has_sent_all()
    assert [(line["item"], line["action"]) for line in journal()] == [
        (first, "AsPrinted"),
        (first, "Undo"),
        (first, "AsPrinted"),
    ]
    assert page.tab.locator(".ct-conflict").count() == 0


def test_undo_restores_the_state_before_and_both_are_recorded(desk, reader, journal) -> None:
    page = reader(desk("reader_demo.py").url)
    page.type_keys("v", 300)
    page.has_sent_all()
    page.type_keys("u", 300)
    page.has_sent_all()
    assert page.tab.locator(".ct-state").text_content() == "○ to review"
    assert journal()[1]["changes"][page.order()[0]]["state"] == "extracted"
    assert [line["action"] for line in journal()] == ["AsPrinted", "Undo"]


def test_a_connection_cut_for_five_seconds_loses_nothing(desk, reader, journal) -> None:
    server = desk("reader_demo.py")
    with wire(server.port) as line:
        page = reader(line.url)
        page.type_keys("vuvv")
        line.cut()
        page.type_keys("vuvvv", 200)
        page.tab.wait_for_selector(".ct-saving[data-state=offline]", timeout=10_000)
        kept = page.tab.locator(".ct-saving").text_content()
        assert "offline" in kept
        assert "kept" in kept
        page.tab.wait_for_timeout(2_000)
        line.mend()
        page.has_sent_all(60_000)
        page.is_saved()
    items = page.order()
    assert [entry["action"] for entry in journal()].count("Undo") == 2
    assert [entry["item"] for entry in journal()] == [items[k] for k in (0, 0, 0, 1, 2, 2, 2, 3, 4)]


def test_a_server_killed_and_started_again_loses_nothing(desk, reader, journal) -> None:
    server = desk("reader_demo.py")
    page = reader(server.url)
    page.type_keys("vuv")
    server.stop()
    page.type_keys("vuvv")
    page.tab.wait_for_timeout(1_000)
    server.start()
    page.has_sent_all(60_000)
    page.is_saved()
    items = page.order()
    assert [entry["item"] for entry in journal()] == [items[k] for k in (0, 0, 0, 1, 1, 1, 2)]
    assert len({entry["key"] for entry in journal()}) == 7
    assert page.problems == []


def test_a_reload_sends_what_was_kept_under_its_old_name(desk, reader, journal) -> None:
    server = desk("reader_demo.py", DEMO_DELAY="0.8")
    page = reader(server.url)
    page.type_keys("vuvv", 20)
    page.reload()
    page.type_keys("v", 20)
    page.has_sent_all(60_000)
    items = page.order()
    assert [entry["item"] for entry in journal()] == [items[k] for k in (0, 0, 0, 1, 2)]
    clients = [entry["key"].split(":")[0] for entry in journal()]
    assert len(set(clients[:4])) == 1
    assert clients[4] != clients[0]


def test_a_reload_keeps_the_place_and_an_unsaved_note(desk, reader) -> None:
    page = reader(desk("reader_demo.py").url)
    page.type_keys("jjj")
    here = page.tab.locator(".ct-reader").get_attribute("data-current")
    page.tab.keyboard.press("n")
    page.tab.keyboard.type("ask the port authority")
    page.reload()
    assert page.tab.locator(".ct-reader").get_attribute("data-current") == here
    page.tab.keyboard.press("n")
    assert page.tab.locator("textarea[name=note]").input_value() == "ask the port authority"


def test_work_goes_on_while_the_desk_is_away_for_long(desk, reader, journal) -> None:
    server = desk("reader_demo.py")
    page = reader(server.url)
    server.stop()
    page.tab.wait_for_selector(".ct-saving[data-state=offline]", timeout=30_000)  # nothing was decided yet
    page.tab.wait_for_timeout(500)
    page.type_keys("vv")
    page.type_keys("n", 80)
    page.tab.keyboard.type("written offline")
    page.tab.keyboard.press("Control+Enter")
    assert page.part("saving") == "▲ offline, 3 kept"
    page.tab.get_by_role("button", name="next", exact=True).click()  # nothing lies over the page
    server.start()
    page.has_sent_all(60_000)
    page.is_saved()
    assert [line["action"] for line in journal()] == ["AsPrinted", "AsPrinted", "SetNote"]


def test_a_desk_that_was_started_again_while_nobody_worked_answers_again(desk, reader) -> None:
    server = desk("reader_demo.py")
    page = reader(server.url)
    page.type_keys("jj")
    here = page.current
    server.stop()
    server.start()
    page.tab.wait_for_timeout(3_000)
    for _ in range(6):
        page.type_keys("m", 2_500)  # nobody answers the first: the page is loaded anew, and the next is answered
        if page.tab.get_by_text("opened repeats of").count():
            break
    assert page.tab.get_by_text(f"opened repeats of {here}").is_visible()
    assert page.current == here


def test_a_duplicated_tab_uses_other_numbers(desk, reader, journal) -> None:
    server = desk("reader_demo.py", DEMO_DELAY="0.5")
    page = reader(server.url)
    page.type_keys("vv", 20)
    copied = page.tab.evaluate("() => Object.entries(sessionStorage)")
    twin = page.context.new_page()  # as a browser duplicates a tab: with a copy of its storage
    twin.add_init_script(f"for (const [name, text] of {json.dumps(copied)}) sessionStorage.setItem(name, text);")
    twin.goto(server.url)
    twin.wait_for_selector(".ct-doc .ct-now")
    twin.keyboard.press("v")
    page.type_keys("jv", 20)
    page.has_sent_all()
    twin.wait_for_selector(".ct-saving[data-state=saved]")
    items = page.order()
    assert sorted(line["item"] for line in journal()) == sorted(items[:4])


def test_an_entry_that_the_desk_can_not_stand_does_not_stop_the_others(desk, reader, journal) -> None:
    page = reader(desk("reader_demo.py", DEMO_TROUBLE="SetNote", DEMO_FAILURES="999").url)
    page.type_keys("n", 80)
    page.tab.keyboard.type("breaks it")
    page.tab.keyboard.press("Control+Enter")
    page.type_keys("jvv")
    page.has_sent_all()
    items = page.order()
    assert [line["item"] for line in journal()] == items[1:3]
    box = page.tab.locator(".ct-conflict")
    assert "breaks it" in box.text_content()
    assert "the disk is full" not in page.tab.locator("body").text_content()
    box.get_by_role("button", name="Drop the draft").click()
    assert page.part("told") == "The draft is dropped."


def test_an_error_that_passes_is_ridden_out_without_a_word(desk, reader, journal) -> None:
    page = reader(desk("reader_demo.py", DEMO_TROUBLE="AsPrinted", DEMO_FAILURES="3").url)
    page.type_keys("vv")
    page.has_sent_all()
    assert [line["item"] for line in journal()] == page.order()[:2]
    assert page.tab.locator(".ct-conflict").count() == 0
