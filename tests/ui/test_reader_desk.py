"""The reader on the real desk: its own service, database and Review page, with the sample articles."""

import sqlite3
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

APP = str(files("claimtrack.ui") / "app.py")


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample database, made once."""
    from claimtrack.services.demo import load_samples
    from claimtrack.services.desk import open_desk

    path = tmp_path_factory.mktemp("samples") / "desk.sqlite3"
    load_samples(open_desk(f"sqlite:///{path}", "Importer"))
    return path


@pytest.fixture
def database(samples: Path, tmp_path: Path) -> Path:
    """A copy of the sample database, write-ahead log included."""
    with sqlite3.connect(samples) as source, sqlite3.connect(tmp_path / "desk.sqlite3") as copy:
        source.backup(copy)
    return tmp_path / "desk.sqlite3"


@pytest.fixture
def ask(database: Path) -> Callable[[str], list[tuple]]:
    def rows(query: str) -> list[tuple]:
        with sqlite3.connect(database) as connection:
            return connection.execute(query).fetchall()

    return rows


@pytest.fixture
def review(desk, database: Path) -> Callable[..., object]:
    """Starts the desk on the copy, as somebody."""
    return lambda who="Ada": desk(APP, CLAIMTRACK_DATABASE_URL=f"sqlite:///{database}", CLAIMTRACK_REVIEWER=who)


OPEN = ".ct-rows li[data-state=extracted]"
STORED = "select item, json_extract(ack, '$.ok') from outbox_entry order by id"


def test_every_fast_decision_is_stored_once_and_in_order(review, reader, ask) -> None:
    page = reader(review().url + "/review")
    first = page.order()[:10]
    for _ in range(3):  # as many as are on the page: what a busy server has not sent yet can't be decided
        page.tab.wait_for_function(f"() => document.querySelectorAll('{OPEN}').length >= 50", timeout=60_000)
        page.type_keys("v" * 50)
    page.has_sent_all(60_000)
    stored = ask(STORED)
    assert len(stored) == 150
    assert len({item for item, _ in stored}) == 150
    assert all(ok for _, ok in stored)
    assert [item for item, _ in stored][:10] == [item.replace("-", "") for item in first]
    assert ask("select count(*) from statement where state = 'as_printed'")[0][0] >= 150
    assert page.problems == []


def test_decide_undo_decide_and_a_server_killed_between(review, reader, ask) -> None:
    server = review()
    page = reader(server.url + "/review")
    items = [item.replace("-", "") for item in page.order()]
    page.type_keys("vuvv", 20)
    server.stop()
    page.type_keys("vuv")
    server.start()
    page.has_sent_all(60_000)
    assert [item for item, ok in ask(STORED) if ok] == [items[k] for k in (0, 0, 0, 1, 2, 2, 2)]
    assert page.tab.locator(".ct-conflict").count() == 0


def test_two_reviewers_on_the_same_thirty_items_overwrite_nothing(review, reader, ask) -> None:
    ada, bea = review("Ada"), review("Bea")
    mine, theirs = reader(ada.url + "/review"), reader(bea.url + "/review")
    lost = 0
    for k in range(30):
        mine.type_keys("s" if k % 2 else "d", 60)  # open on the version that both see
        theirs.type_keys("v", 40)
        theirs.has_sent_all()
        mine.tab.keyboard.type("Mirela Anand-Oduya" if k % 2 else "1999")
        mine.tab.keyboard.press("Enter")
        mine.has_sent_all()
        lost += mine.part("told").startswith("A decision was not saved")
        mine.tab.get_by_role("button", name="Keep theirs").first.click()
        mine.type_keys("j", 40)
    assert lost == 30
    assert [ok for _, ok in ask(STORED)] == [1, 0] * 30
    assert ask("select count(*) from statement where said_on_override = '1999' or speaker_name like '%Oduya'") == [(0,)]


def test_a_marked_passage_with_its_undo_leaves_the_statement_as_it_was(review, reader, ask) -> None:
    page = reader(review().url + "/review")
    item = page.current.replace("-", "")
    look = f"select content, content_spans, kind, state, source, cue from statement where public_id = '{item}'"
    (before,) = ask(look)
    page.type_keys("e", 80)
    page.tab.keyboard.press("ArrowLeft")
    page.tab.wait_for_timeout(50)
    page.tab.keyboard.press("Enter")
    page.has_sent_all()
    (fixed,) = ask(look)
    assert fixed[3] == "fixed"
    assert fixed[0] != before[0]
    page.type_keys("u", 100)
    page.has_sent_all()
    assert ask(look) == [before]
