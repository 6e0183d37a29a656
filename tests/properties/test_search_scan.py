"""Whatever is typed into the search box: no error, and the same answer on both databases as looking at every row."""

import random
import shutil
import time
from pathlib import Path

import pytest
from sqlmodel import Session, select

from claimtrack.attribution import Kind
from claimtrack.db.engine import open_engine
from claimtrack.db.events import MACHINE, record_new
from claimtrack.db.search import index_statements, matches, parse
from claimtrack.db.tables import Capture, Document, SearchEntry, Statement
from claimtrack.db.work import UnitOfWork

WORDS = (
    "berth berths reopen May audit ministry sign before done nobody told 2.5m 2.5 50% $2.5m well-known it's don't "
    "Łukasz Ünal e\u0301te\u0301 naïve ﬁne "
    "ПОРТ закрыт 港は五月に再開する 🚢 🚢🚢 İstanbul ẞ ǅ soft\u00adhyphen zero\u200bwidth a an the x 7"
).split()
OPERATORS = (
    "\" “ ” „ « » ' ’ ` * ^ : terms: - + ( ) { } [ ] \\ / % _ ? $1 :terms %s %(terms)s <-> & | ! :* :A ; -- AND OR NOT "
    "NEAR NEAR( \x00 \x1f \ud800 \udfff \u202e \u2028 \ufeff \ufffd \U0010ffff \u0300 \u0345 ͏ 𝐛𝐞𝐫𝐭𝐡 ＂ ﷺ ' OR 1=1 '');"
).split(" ")


def phrases(dice: random.Random) -> list[str]:
    return [" ".join(dice.choices(WORDS, k=dice.randint(1, 12))) for _ in range(40)]


def typed(dice: random.Random, stored: list[str]) -> str:
    """What somebody might type, or paste, or try."""
    pieces = []
    for _ in range(dice.randint(1, 5)):
        kind = dice.random()
        if kind < 0.4:
            pieces.append(dice.choice(WORDS)[: dice.randint(1, 12)])
        elif kind < 0.6:
            words = dice.choice(stored).split()
            start = dice.randrange(len(words))
            pieces.append(f'"{" ".join(words[start : start + dice.randint(1, 4)])}"')
        elif kind < 0.9:
            pieces.append(dice.choice(OPERATORS))
        else:
            pieces.append(chr(dice.choice((dice.randrange(0x80), dice.randrange(0x3000), dice.randrange(0x110000)))))
    query = dice.choice(("", " ", " ", " ")).join(pieces)
    return query * dice.randint(50, 500) if dice.random() < 0.01 else query


@pytest.fixture
def desks(sqlite_template: Path, tmp_path: Path, new_postgres):
    """The same forty statements on both databases, searchable."""
    place = shutil.copyfile(sqlite_template, tmp_path / "desk.sqlite3")
    engines = [open_engine(str(place)), open_engine(new_postgres())]
    stored = phrases(random.Random(1))
    for engine in engines:
        fill(engine, stored)
    yield engines, stored
    for engine in engines:
        engine.dispose()


def fill(engine, stored: list[str]) -> None:
    text = "\n".join(stored)
    with UnitOfWork(engine) as work:
        document = Document(title="t")
        record_new(work.session, MACHINE, "document.added", document)
        capture = Capture(document_id=document.key, sha256="0" * 64, text_sha256="0" * 64, extractor="text 1",
                          chars=len(text), media_type="text/plain", text=text, data=text.encode())  # fmt: skip
        record_new(work.session, MACHINE, "capture.added", capture)
        for number, words in enumerate(stored):
            row = Statement(document_id=document.key, capture_id=capture.key, kind=Kind.INDIRECT, content=words,
                            content_spans=[(0, 1)], start_offset=number, end_offset=number + 1,
                            speaker_name="Tor O’Hara" if number % 3 else None)  # fmt: skip
            work.session.add(row)
        work.session.flush()
        index_statements(work.session, [key for key in work.session.exec(select(Statement.id)) if key])
        work.commit()


def found(session: Session, query: str) -> set[int]:
    terms = parse(query)
    return set(session.exec(select(Statement.start_offset).where(matches(session, terms)))) if terms else set()


def compare(desks, seed: int, queries: int, until: float = float("inf")) -> int:
    """How many queries were answered as looking at every row does."""
    engines, stored = desks
    dice, done, hits = random.Random(seed), 0, 0
    with UnitOfWork(engines[0], read_only=True) as one, UnitOfWork(engines[1], read_only=True) as other:
        rows = select(Statement.start_offset, SearchEntry.terms).join(
            SearchEntry, SearchEntry.statement_id == Statement.id
        )
        held = dict(one.session.exec(rows).all())
        assert held == dict(other.session.exec(rows).all())
        while done < queries and (done % 1000 or time.monotonic() < until):
            query = typed(dice, stored)
            terms = parse(query)
            scan = {key for key, words in held.items() if terms and all(term.needle in words for term in terms)}
            assert found(one.session, query) == found(other.session, query) == scan, query
            hits += bool(scan)
            done += 1
    assert hits > done / 20, "not only questions that nothing answers"
    return done


@pytest.mark.postgres
@pytest.mark.timeout(600)
def test_ten_thousand_queries_find_what_a_plain_scan_finds(desks):
    assert compare(desks, 1, 10_000) == 10_000


@pytest.mark.long
@pytest.mark.postgres
@pytest.mark.timeout(4000)
def test_a_million_queries_find_what_a_plain_scan_finds(desks, resume):
    resume("search strings", 1_000_000, lambda start, until: start + compare(desks, start + 2, 10_000, until))
