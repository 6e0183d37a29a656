"""Duplicates and quote check against a filled database; run by `duplicates.py --stored`, where it is told."""

import random
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from sqlalchemy import Engine, func, insert, select
from storage import BLANK, database, like, upgrade_was_done

from claimtrack.db.tables import Capture, Document, Fingerprint, Reviewer, Statement
from claimtrack.db.work import UnitOfWork
from claimtrack.match.compare import Utterance, compare
from claimtrack.match.fingerprints import fingerprints, keys_hash
from claimtrack.match.index import find_candidates
from claimtrack.match.normalise import NORMALISER_VERSION, keys_of
from claimtrack.match.texts import Texts
from claimtrack.services import check_quote, repeats
from claimtrack.services.desk import Work
from claimtrack.vocabulary import IdentityBasis

A_DOCUMENT = 15
Line = dict[str, object]


def fill(engine: Engine, lines: Iterator[Line]) -> None:
    """Store the lines, 15 a document, then the fingerprints of their wordings in the order of their table."""
    texts, hashes = Texts(), dict[int, None]()
    with engine.begin() as connection:
        connection.execute(insert(Reviewer), [Reviewer(name="Ada").model_dump(exclude={"id"})])
    number = key = 0
    while block := list(islice(lines, 1_000 * A_DOCUMENT)):
        documents, captures, statements = [], [], []
        for start in range(0, len(block), A_DOCUMENT):
            number += 1
            some = block[start : start + A_DOCUMENT]
            body = "\n".join(str(line["text"]) for line in some)
            documents.append(like(Document(title="", publisher="")) | {"id": number, "publisher": f"P {number % 200}"})
            captures.append(_capture(number, body))
            at = 0
            for line in some:
                key += 1
                text = str(line["text"])
                keys = keys_of(text)
                hashed = keys_hash(keys)
                if hashed not in hashes:
                    hashes[hashed] = None
                    texts.add(keys)
                statements.append(_statement(key, number, text, str(line["speaker"]), at, hashed))
                at += len(text) + 1
        with engine.begin() as connection:
            for model, rows in ((Document, documents), (Capture, captures), (Statement, statements)):
                connection.execute(insert(model), rows)
        print(f"\r{key:,} statements", end="", file=sys.stderr)
    _fill_fingerprints(engine, texts, np.fromiter(hashes, dtype=np.int64, count=len(hashes)))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


def _capture(number: int, body: str) -> dict[str, object]:
    made = Capture(
        document_id=0,
        sha256="",
        text_sha256="",
        extractor="text 1",
        chars=0,
        media_type="text/plain",
        text="",
        data=b"",
    )
    own = {"id": number, "document_id": number, "sha256": f"{number:064x}", "text_sha256": f"{number:064x}"}
    return like(made) | own | {"chars": len(body), "text": body}


def _statement(key: int, document: int, text: str, speaker: str, at: int, hashed: int) -> dict[str, object]:
    return like(BLANK) | {
        "id": key,
        "document_id": document,
        "capture_id": document,
        "content": text,
        "content_spans": [(at, at + len(text))],
        "start_offset": at,
        "end_offset": at + len(text),
        "speaker_name": speaker or None,
        "speaker_sort": speaker.lower(),
        "text_hash": hashed,
    }


def _fill_fingerprints(engine: Engine, texts: Texts, text_hashes: np.ndarray) -> None:
    hashes, owners = texts.fingerprints()
    rows = np.unique(np.stack((hashes.view(np.int64), text_hashes[owners]), axis=1), axis=0)
    print(f"\r{len(rows):,} fingerprints", file=sys.stderr)
    for start in range(0, len(rows), 1_000_000):
        some = rows[start : start + 1_000_000].tolist()
        with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                cursor = connection.connection.cursor()
                with cursor.copy("COPY fingerprint (hash, text_hash, normaliser_version) FROM STDIN") as copy:
                    for one, other in some:
                        copy.write_row((one, other, NORMALISER_VERSION))
            else:
                connection.exec_driver_sql(
                    f"INSERT INTO fingerprint VALUES (?, ?, {NORMALISER_VERSION})", [tuple(row) for row in some]
                )


def new_statement(work: Work, said: Utterance) -> int:
    """What the desk does for a statement that comes in, but for storing it; how many pairs are worth showing."""
    found = find_candidates(fingerprints(said.words), repeats.StoredFingerprints(work.session))
    prints = repeats.prints_of(work, set(found))
    judged = [compare(said, other.utterance) for same in prints.values() for other in same]
    return sum(1 for one in judged if one.guards or one.outcome.value != "different")


def measure(name: str, ask: Callable[[int], object], times: int) -> None:
    """Print median and 95th percentile of wall and of this process's CPU time, after a tenth unmeasured."""
    wall, cpu = [], []
    for turn in range(-times // 10, times):
        began, used = time.perf_counter(), time.process_time()
        ask(turn)
        if turn >= 0:
            wall.append((time.perf_counter() - began) * 1000)
            cpu.append((time.process_time() - used) * 1000)
    told = ", ".join(
        f"{kind} p50 {sorted(taken)[times // 2]:.2f} p95 {sorted(taken)[int(times * 0.95)]:.2f} ms"
        for kind, taken in (("wall", wall), ("cpu", cpu))
    )
    print(f"{name:28} {told}", flush=True)


def run(
    count: int,
    lines: Callable[[], Iterator[Line]],
    changed: Callable[[str, random.Random], str],
    *,
    postgres: bool,
    keep: Path | None,
) -> None:
    """Fill a database, unless `keep` holds one, and print the figures."""
    with database(postgres=postgres, keep=keep) as engine:
        if not upgrade_was_done(engine):
            began = time.perf_counter()
            fill(engine, lines())
            print(f"filled in {time.perf_counter() - began:.0f} s")
        dice = random.Random(7)
        with UnitOfWork(engine, read_only=True) as opened:
            rows = opened.session.execute(select(func.count()).select_from(Fingerprint)).scalar_one()
            print(f"{engine.dialect.name}: {count:,} statements, {rows:,} fingerprints")
            work = Work(opened.session, None, IdentityBasis.MACHINE)
            keys = dice.sample(range(1, count), 1_100)
            given = opened.session.execute(
                select(Statement.content, Statement.speaker_name).where(Statement.id.in_(keys))
            ).all()
            alleged = [changed(text, dice) for text, _ in given]
            said = [Utterance(text, name) for text, (_, name) in zip(alleged, given, strict=True)]
            found = sum(new_statement(work, one) > 0 for one in said[:100])
            print(f"repeats were found for {found} of the first 100")
            measure("new statement", lambda turn: new_statement(work, said[turn]), 1_000)
            measure("quote check", lambda turn: check_quote.check(work, alleged[turn], given[turn][1]), 1_000)
            for turn, words in enumerate(("We never", "nobody xyzzy plugh")):
                measure(f"quote check of {words!r}", lambda _, w=words: check_quote.check(work, w), 20 + turn)
