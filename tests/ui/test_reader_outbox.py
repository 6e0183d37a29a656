"""Decisions reach the desk once, in order, whatever happens to the connection, the server or the page."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


@pytest.fixture
def journal(tmp_path: Path) -> Callable[[], list[dict]]:
    def read() -> list[dict]:
        path = tmp_path / "journal.jsonl"
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []

    return read


@pytest.fixture
def reader(chromium: object) -> Iterator[Callable[[str], object]]:
    contexts = []

    def open_page(url: str, **options: object) -> object:
        context = chromium.new_context(viewport={"width": 1360, "height": 820}, **options)
        contexts.append(context)
        page = context.new_page()
        page.problems = []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.goto(url)
        page.wait_for_selector(".ct-doc .ct-now")
        return page

    yield open_page
    for context in contexts:
        context.close()


def press(page: object, keys: str, every_ms: int = 40) -> None:
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(every_ms)


def saved(page: object, timeout: int = 30_000) -> None:
    page.wait_for_selector(".ct-saving[data-state=saved]", timeout=timeout)


def outbox_is_empty(page: object, timeout: int = 30_000) -> None:
    page.wait_for_function(
        "() => Object.values(sessionStorage).every((text) => !(JSON.parse(text).entries ?? []).length)", timeout=timeout
    )


def order_of(page: object) -> list[str]:
    return page.eval_on_selector_all(".ct-rows li", "rows => rows.map((row) => row.dataset.item)")


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
        try:
            while data := source.recv(65536):
                target.sendall(data)
        except OSError:
            pass
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
    try:
        end.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
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
    press(page, "v" * 200)
    saved(page)
    outbox_is_empty(page)
    stored = [line["item"] for line in journal()]
    assert len(stored) == 200
    assert len(set(stored)) == 200
    shown = order_of(page)
    assert [item for item in stored if item in shown] == [item for item in shown if item in stored]
    assert page.problems == []


def test_decide_undo_decide_before_the_first_answer_leaves_the_item_decided(desk, reader, journal) -> None:
    page = reader(desk("reader_demo.py", DEMO_DELAY="0.6").url)
    first = order_of(page)[0]
    press(page, "vuv", every_ms=20)
    saved(page)
    outbox_is_empty(page)
    assert [(line["item"], line["action"]) for line in journal()] == [
        (first, "AsPrinted"),
        (first, "Undo"),
        (first, "AsPrinted"),
    ]
    assert page.locator(".ct-conflict").count() == 0


def test_undo_restores_the_state_before_and_both_are_recorded(desk, reader, journal) -> None:
    page = reader(desk("reader_demo.py").url)
    press(page, "v", 300)
    outbox_is_empty(page)
    press(page, "u", 300)
    outbox_is_empty(page)
    assert page.locator(".ct-state").text_content() == "○ to review"
    assert journal()[1]["changes"][order_of(page)[0]]["state"] == "extracted"
    assert [line["action"] for line in journal()] == ["AsPrinted", "Undo"]


def test_a_connection_cut_for_five_seconds_loses_nothing(desk, reader, journal) -> None:
    server = desk("reader_demo.py")
    with wire(server.port) as line:
        page = reader(line.url)
        press(page, "vuvv")
        line.cut()
        press(page, "vuvvv", 200)
        page.wait_for_selector(".ct-saving[data-state=offline]", timeout=10_000)
        kept = page.locator(".ct-saving").text_content()
        assert "offline" in kept
        assert "kept" in kept
        page.wait_for_timeout(2_000)
        line.mend()
        outbox_is_empty(page, 60_000)
        saved(page)
    items = order_of(page)
    assert [entry["action"] for entry in journal()].count("Undo") == 2
    assert [entry["item"] for entry in journal()] == [items[k] for k in (0, 0, 0, 1, 2, 2, 2, 3, 4)]


def test_a_server_killed_and_started_again_loses_nothing(desk, reader, journal) -> None:
    server = desk("reader_demo.py")
    page = reader(server.url)
    press(page, "vuv")
    server.stop()
    press(page, "vuvv")
    page.wait_for_timeout(1_000)
    server.start()
    outbox_is_empty(page, 60_000)
    saved(page)
    items = order_of(page)
    assert [entry["item"] for entry in journal()] == [items[k] for k in (0, 0, 0, 1, 1, 1, 2)]
    assert len({entry["key"] for entry in journal()}) == 7
    assert page.problems == []


def test_a_reload_sends_what_was_kept_under_its_old_name(desk, reader, journal) -> None:
    server = desk("reader_demo.py", DEMO_DELAY="0.8")
    page = reader(server.url)
    press(page, "vuvv", 20)
    page.reload()
    page.wait_for_selector(".ct-doc .ct-now")
    press(page, "v", 20)
    outbox_is_empty(page, 60_000)
    items = order_of(page)
    assert [entry["item"] for entry in journal()] == [items[k] for k in (0, 0, 0, 1, 2)]
    clients = [entry["key"].split(":")[0] for entry in journal()]
    assert len(set(clients[:4])) == 1
    assert clients[4] != clients[0]


def test_a_reload_keeps_the_place_and_an_unsaved_note(desk, reader) -> None:
    page = reader(desk("reader_demo.py").url)
    press(page, "jjj")
    here = page.locator(".ct-reader").get_attribute("data-current")
    page.keyboard.press("n")
    page.keyboard.type("ask the port authority")
    page.reload()
    page.wait_for_selector(".ct-doc .ct-now")
    assert page.locator(".ct-reader").get_attribute("data-current") == here
    page.keyboard.press("n")
    assert page.locator("textarea[name=note]").input_value() == "ask the port authority"
