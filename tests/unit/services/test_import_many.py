"""Many sources at once: stored together as they would be one by one, and once, however often and in what order."""

import json
import random
import threading

import pytest
from sqlmodel import select

from claimtrack import limits
from claimtrack.db.engine import open_engine
from claimtrack.db.tables import Event, Statement
from claimtrack.errors import RuleError
from claimtrack.extract import Extractor
from claimtrack.ingest import read_text
from claimtrack.services import import_source
from claimtrack.services.desk import Desk
from claimtrack.services.import_source import Imported, Refused, import_sources
from claimtrack.services.verify import verify_desk

NAMES = ("Mirela Anand", "Tor Vale", "Ada Moss", "Idris Penhallow")
WORDS = (
    "We will not sign before the audit is done and the berths are safe",
    "Nobody was told of the plan to sell the eastern quay last winter",
    "Forty containers of fruit were lost in the heat of that week",
    "The ministry has promised two cranes, and it will deliver three",
)


def sources():
    """Twenty-four articles that print each other's quotations; three are a page that changes, one comes twice."""
    dice = random.Random(24)
    found = []
    for number in range(20):
        quoted = [f"“{dice.choice(WORDS)},” {dice.choice(NAMES)} said on Tuesday." for _ in range(3)]
        text = f"Harbour talks, part {number}\n\n12 March 2026\n\n" + "\n\n".join(quoted) + "\n"
        found.append(read_text(text, name=f"article {number}", publisher=f"Outlet {number % 7}"))
    page = "The port\n\n“We will {} before the audit is done,” said Ada Moss.\n\n“Not yet,” said Tor Vale.\n"
    url = "https://ledger.example/port"
    found += [
        read_text(page.format(words), name=url, url=url, publisher="L") for words in ("sign", "not sign", "sign it")
    ]
    return [*found, found[4]]


@pytest.fixture
def stored(new_url, picture):
    """What is stored when these sources are imported into a new database in one way or another."""

    def run(take):
        engine = open_engine(new_url())
        take(Desk(engine))
        assert verify_desk(Desk(engine)).holds
        seen = picture(engine)
        engine.dispose()
        return seen

    return run


def test_a_batch_stores_what_one_source_at_a_time_stores(stored, monkeypatch):
    together = stored(lambda desk: list(import_sources(desk, sources())))
    monkeypatch.setattr(limits, "IMPORT_BATCH", 1)
    assert stored(lambda desk: list(import_sources(desk, sources()))) == together
    assert len(together["statement"]) > 60
    assert len(together["cluster"]) >= 4
    assert len(together["placement"]) >= 4


def test_a_batch_records_what_one_source_at_a_time_records(desk):
    list(import_sources(desk, sources()[:3]))
    events = desk.see(lambda work: work.session.exec(select(Event).order_by(Event.number)).all())
    runs = [row for row in events if row.action == "document.added"]
    assert len({row.batch for row in runs}) == 3
    for run in runs:
        told = [row.action for row in events if row.batch == run.batch and row.action != "speaker.added"]
        assert told == ["document.added", "capture.added", "capture.seen", "run.finished"]


def test_one_source_that_cannot_be_stored_leaves_the_others_of_its_batch(desk, monkeypatch):
    articles = sources()[:5]
    whole = import_source.store_all

    def refuses(work, pairs, story):
        if any(document.name == "article 2" for document, _ in pairs):
            raise RuleError("Not this one.")
        return whole(work, pairs, story)

    monkeypatch.setattr(import_source, "store_all", refuses)
    results = list(import_sources(desk, articles))
    assert [type(one) for one in results] == [Imported, Imported, Refused, Imported, Imported]
    assert results[2] == Refused("article 2", "Not this one.")


def test_parallel_imports_of_one_source_in_any_order_equal_one_import(stored, picture):
    articles = sources()[:20]

    def at_once(desk):
        def take(seed):
            mixed = list(articles)
            random.Random(seed).shuffle(mixed)
            list(import_sources(desk, mixed))

        threads = [threading.Thread(target=take, args=(seed,)) for seed in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert not any(thread.is_alive() for thread in threads)

    def comparable(seen):
        # Without what tells of the order: how often a source was seen, from which side a pair is told, which of the
        # prints of one day has the row.
        kept = {name: rows for name, rows in seen.items() if name not in {"sighting", "event"}}
        for name, column in (("candidate", "reasons"), ("statement", "folded")):
            rows = [json.loads(row) for row in kept[name]]
            kept[name] = sorted(({key: value for key, value in row.items() if key != column} for row in rows), key=str)
        return kept

    once = stored(lambda desk: list(import_sources(desk, articles)))
    many = stored(at_once)
    assert len(many["sighting"]) == 4 * len(once["sighting"])
    assert comparable(many) == comparable(once)


def test_statements_of_a_batch_are_searchable_and_counted(desk):
    results = [one for one in import_sources(desk, sources()) if isinstance(one, Imported)]
    assert [one.name for one in results] == [one.name for one in sources()]
    rows = desk.see(lambda work: work.session.exec(select(Statement)).all())
    last = {one.capture: one.statements for one in results}
    assert sum(last.values()) == len(rows)
    assert all(row.text_hash is not None and row.speaker_sort for row in rows)


def test_a_fault_of_the_extractor_costs_one_source_and_is_told(engine, monkeypatch):
    inner = Extractor.extract

    def extract(self, article):
        if "NEVER" in article.text:
            raise RecursionError
        return inner(self, article)

    monkeypatch.setattr(Extractor, "extract", extract)
    desk = Desk(engine)
    texts = ("“It leaks,” said Ana Ruiz.", "“NEVER,” said Tom Hale.", "“It holds,” said Tom Hale.")
    done = list(import_sources(desk, [read_text(f"Roof {n}\n\n{text}\n") for n, text in enumerate(texts)]))
    assert [isinstance(one, Imported) for one in done] == [True, False, True]
    assert "RecursionError" in done[1].problem
