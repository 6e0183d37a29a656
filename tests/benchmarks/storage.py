"""Storage at size: `python tests/benchmarks/storage.py --statements 1000000 [--postgres] [--keep FILE]`.

Fills a database with made-up statements (15 a document, words by Zipf's law from invented syllables), then prints the
median and 95th percentile of what a desk asks all day. With --keep a SQLite file is kept and measured again next time.
"""

import argparse
import importlib.util
import itertools
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, insert, select, text

from claimtrack.attribution import Kind
from claimtrack.db.columns import new_public_id
from claimtrack.db.engine import open_engine
from claimtrack.db.events import MACHINE, record_change
from claimtrack.db.queries import queue
from claimtrack.db.queries.fingerprints import StoredFingerprints, statements_with
from claimtrack.db.schema import upgrade
from claimtrack.db.search import entry_terms
from claimtrack.db.tables import (
    Capture,
    Document,
    Fingerprint,
    Reviewer,
    SearchEntry,
    Speaker,
    Statement,
    Story,
    StoryDocument,
)
from claimtrack.db.work import UnitOfWork
from claimtrack.match.index import find_candidates
from claimtrack.vocabulary import QueueOrder, StatementState

A_DOCUMENT = 15
BLANK = Statement(
    document_id=0, capture_id=0, kind=Kind.DIRECT, content="", content_spans=[], start_offset=0, end_offset=0
)
SPEAKERS = 20_000
NOW = datetime(2026, 3, 12, 9, tzinfo=UTC)


def words(dice: random.Random) -> Callable[[int], list[str]]:
    """Draws words: rank r comes up 1/r as often as the first."""
    syllables = ["ba", "ro", "ti", "men", "sal", "ver", "qui", "dor", "nes", "lu", "pa", "gri"]
    known = ["".join(parts) for size in (1, 2, 3, 4) for parts in itertools.product(syllables, repeat=size)]
    weights = list(itertools.accumulate(1 / rank for rank in range(1, len(known) + 1)))
    return lambda count: dice.choices(known, cum_weights=weights, k=count)


def fill(engine: Engine, count: int) -> None:
    """Store `count` statements with captures, search entries and fingerprints, 1,000 documents a transaction."""
    dice = random.Random(11)
    draw = words(dice)
    with engine.begin() as connection:
        connection.execute(insert(Reviewer), [Reviewer(name="Ada").model_dump(exclude={"id"})])
        connection.execute(insert(Story), [Story(title="Harbour talks").model_dump(exclude={"id"})])
        people = [" ".join(draw(2)).title() for _ in range(SPEAKERS)]
        connection.execute(
            insert(Speaker), [Speaker(name=name, sort_name=name.lower()).model_dump(exclude={"id"}) for name in people]
        )
    documents = count // A_DOCUMENT
    for start in range(0, documents, 1000):
        numbers = range(start + 1, min(start + 1000, documents) + 1)
        fill_documents(engine, dice, draw, people, numbers)
        print(f"\r{numbers[-1] * A_DOCUMENT:,} stored", end="", file=sys.stderr)
    print(file=sys.stderr)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


_LIKE: dict[type, dict[str, object]] = {}


def like(row: object) -> dict[str, object]:
    """Column values of a row of this class, made once: a million models would take longer than storing them."""
    if type(row) not in _LIKE:
        _LIKE[type(row)] = row.model_dump()
    return _LIKE[type(row)] | {"public_id": new_public_id()}


def fill_documents(
    engine: Engine, dice: random.Random, draw: Callable[[int], list[str]], people: list[str], numbers: range
) -> None:
    rows: dict[type, list[dict[str, object]]] = {
        model: [] for model in (Document, Capture, StoryDocument, Statement, SearchEntry, Fingerprint)
    }
    for number in numbers:
        sentences = [" ".join(draw(dice.randint(6, 30))) for _ in range(A_DOCUMENT)]
        body = "\n".join(sentences)
        day = date(2020, 1, 1) + timedelta(days=dice.randrange(2200))
        rows[Document].append(
            Document(title=f"Article {number}", publisher=f"Paper {number % 200}", published_on=day).model_dump()
            | {"id": number}
        )
        if number <= 40:
            rows[StoryDocument].append({"story_id": 1, "document_id": number})
        rows[Capture].append(
            Capture(
                document_id=number,
                sha256=f"{number:064x}",
                text_sha256=f"{number:064x}",
                extractor="text 1",
                chars=len(body),
                media_type="text/plain",
                text=body,
                data=b"",
            ).model_dump()
            | {"id": number}
        )
        start = 0
        for at, sentence in enumerate(sentences):
            key = (number - 1) * A_DOCUMENT + at + 1
            speaker = dice.randrange(SPEAKERS)
            wording = dice.getrandbits(63)
            grams = sentence.split()
            state = dice.choices(list(StatementState), (70, 18, 4, 7, 1))[0]
            rows[Statement].append(
                like(BLANK)
                | {
                    "id": key,
                    "document_id": number,
                    "capture_id": number,
                    "kind": dice.choice(list(Kind)),
                    "content": sentence,
                    "content_spans": [(start, start + len(sentence))],
                    "start_offset": start,
                    "end_offset": start + len(sentence),
                    "state": state,
                    "speaker_id": speaker + 1,
                    "speaker_sort": people[speaker].lower(),
                    "said_from": day,
                    "said_to": day,
                    "confidence": round(dice.random(), 3),
                    "outlet_count": min(40, int(1 / dice.random())),
                    "number_count": dice.choice((0, 0, 0, 1, 2)),
                    "text_hash": wording,
                }
            )
            rows[SearchEntry].append({"statement_id": key, "terms": entry_terms(sentence, [people[speaker]])})
            rows[Fingerprint] += [
                {"hash": value, "text_hash": wording, "normaliser_version": 1}
                for value in {hash(tuple(grams[i : i + 4])) for i in range(max(1, len(grams) - 3))}
            ]
            start += len(sentence) + 1
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA cache_size=-1000000")
        for model, found in rows.items():
            if found:
                connection.execute(insert(model), found)


def measure(name: str, ask: Callable[[int], object], times: int = 60) -> None:
    """Print how long `ask` takes, median and 95th percentile, after three unmeasured calls."""
    for turn in range(3):
        ask(turn)
    wall, cpu = [], []
    for turn in range(times):
        began, used = time.perf_counter(), time.process_time()
        ask(turn + 3)
        wall.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - used) * 1000)
    wall.sort()
    cpu.sort()
    at = int(0.95 * (times - 1))
    middle = statistics.median
    print(
        f"{name:34} wall p50 {middle(wall):8.2f} p95 {wall[at]:8.2f} ms  "
        f"cpu p50 {middle(cpu):8.2f} p95 {cpu[at]:8.2f} ms",
        flush=True,
    )


def run(engine: Engine) -> None:
    """Print the figures."""
    dice = random.Random(3)
    with UnitOfWork(engine, read_only=True) as work:
        session = work.session
        story = session.execute(select(Story.public_id)).scalars().first()
        speakers = list(session.execute(select(Speaker.public_id).limit(50)).scalars())
        count = session.execute(select(Statement.id).order_by(Statement.id.desc()).limit(1)).scalar_one()
        print(f"{engine.dialect.name}, {count:,} statements")
        for order in QueueOrder:
            measure(f"first page, {order.value}", lambda _, o=order: queue.page(session, queue.QueueFilter(), o))
        for order in QueueOrder:
            measure(f"middle page, {order.value}", walk(session, order))
        story_filter = queue.QueueFilter(story=story)
        measure("page of one story", lambda _: queue.page(session, story_filter))
        measure("page of one story, by outlets", lambda _: queue.page(session, story_filter, QueueOrder.OUTLETS))
        by_speaker = lambda turn: queue.QueueFilter(speaker=speakers[turn % 50])  # noqa: E731
        measure("page of one speaker", lambda turn: queue.page(session, by_speaker(turn)))
        measure("page of one publisher", lambda turn: queue.page(session, queue.QueueFilter(publisher=f"Paper {turn}")))
        for label, looked in (
            ("rare word", "quigripa"),
            ("common word", "ba"),
            ("two words", "roti menba"),
            ("nothing", "xyzzy"),
        ):
            wanted = queue.QueueFilter(search=looked)
            measure(f"search, {label}", lambda _, w=wanted: queue.page(session, w), 20)
            measure(f"search, {label}, by outlets", lambda _, w=wanted: queue.page(session, w, QueueOrder.OUTLETS), 20)
        measure("count by state, whole desk", lambda _: queue.count_states(session))
        measure("count by state, one story", lambda _: queue.count_states(session, story))
        measure(
            "count of a filter, capped", lambda _: queue.count_rows(session, queue.QueueFilter(kinds=(Kind.MIXED,)))
        )
        chosen = select(Statement.text_hash).where(Statement.id.in_(dice.sample(range(1, count), 5)))
        held = [
            list(session.execute(select(Fingerprint.hash).where(Fingerprint.text_hash == wording)).scalars())
            for wording in session.execute(chosen).scalars()
        ]
        measure("candidates of one statement", lambda turn: candidates(session, held[turn % 5]), 200)
    measure("one decision with its event", decision(engine, dice, count))
    measure("take next ten", lambda _: take(engine))


def walk(session: object, order: QueueOrder) -> Callable[[int], object]:
    """Pages on from page to page."""
    place: list[queue.Cursor | None] = [None]

    def ask(_: int) -> object:
        found = queue.page(session, queue.QueueFilter(), order, place[0])
        place[0] = found.next
        return found

    return ask


def candidates(session: object, hashes: list[int]) -> object:
    found = find_candidates(hashes, StoredFingerprints(session))
    return statements_with(session, found)


def decision(engine: Engine, dice: random.Random, count: int) -> Callable[[int], object]:
    def ask(turn: int) -> object:
        with UnitOfWork(engine) as work:
            statement = work.session.get_one(Statement, dice.randrange(1, count))
            changes = {"state": StatementState.AS_PRINTED}
            record_change(
                work.session, MACHINE, "statement.decided", statement, seen=statement.version, changes=changes
            )
            work.commit()
        return turn

    return ask


def take(engine: Engine) -> object:
    with UnitOfWork(engine) as work:
        found = queue.take_next(
            work.session, queue.QueueFilter(), QueueOrder.OLDEST, 1, now=NOW, until=NOW + timedelta(minutes=20)
        )
        work.commit()
    return found


@contextmanager
def database(*, postgres: bool, keep: Path | None) -> Iterator[Engine]:
    """A database to fill, or the kept one."""
    if not postgres:
        with tempfile.TemporaryDirectory() as folder:
            engine = open_engine(str(keep or Path(folder) / "storage.sqlite3"))
            yield engine
            engine.dispose()
        return
    path = Path(__file__).parents[1] / "postgres_server.py"
    spec = importlib.util.spec_from_file_location("postgres_server", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["postgres_server"] = module
    spec.loader.exec_module(module)
    settings = {"shared_buffers": "512MB", "max_wal_size": "4GB", "maintenance_work_mem": "256MB"}
    with module.PostgresServer(settings) as server:
        engine = open_engine(server.url("postgres"))
        yield engine
        engine.dispose()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statements", type=int, default=100_000)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    with database(postgres=options.postgres, keep=options.keep) as engine:
        is_new = not upgrade_was_done(engine)
        if is_new:
            began = time.perf_counter()
            fill(engine, options.statements)
            print(f"filled in {time.perf_counter() - began:.0f} s")
        run(engine)


def upgrade_was_done(engine: Engine) -> bool:
    upgrade(engine)
    with engine.connect() as connection:
        return connection.execute(select(Statement.id).limit(1)).first() is not None


if __name__ == "__main__":
    main()
