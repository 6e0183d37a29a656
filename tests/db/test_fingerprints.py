import random

import numpy as np
import pytest
from sqlalchemy import insert, select

from claimtrack.db.queries import fingerprints as stored
from claimtrack.db.queries.fingerprints import StoredFingerprints, forget, statements_with
from claimtrack.db.tables import Fingerprint
from claimtrack.db.work import UnitOfWork
from claimtrack.match.batch import candidate_pairs
from claimtrack.match.fingerprints import MAX_STATEMENTS_PER_HASH, fingerprints, text_hash
from claimtrack.match.index import SortedIndex, find_candidates
from claimtrack.match.normalise import normalise
from claimtrack.match.texts import Texts

WORDS = ["the", "berths", "reopen", "in", "may", "not", "before", "audit", "is", "done", "we", "sign"]


class PlainIndex:
    """The same by looking at everything."""

    def __init__(self) -> None:
        self.rows: set[tuple[int, int]] = set()

    def counts(self, hashes):
        return {value: len(self.holders(value, 10**9)) for value in hashes if self.holders(value, 1)}

    def holders(self, value, limit):
        return sorted(key for held, key in self.rows if held == value)[:limit]


def test_the_store_finds_what_looking_at_everything_finds(desk):
    dice = random.Random(2)
    texts = {" ".join(dice.choices(WORDS, k=dice.randint(3, 14))) for _ in range(120)}
    plain = PlainIndex()
    rows = []
    for words in sorted(texts):
        read = normalise(words)
        key = text_hash(read)
        plain.rows |= {(value, key) for value in fingerprints(read)}
        rows += [{"hash": value, "text_hash": key, "normaliser_version": 1} for value in set(fingerprints(read))]
    with UnitOfWork(desk.engine) as work:
        work.session.execute(insert(Fingerprint), rows)
        for words in sorted(texts):
            hashes = fingerprints(normalise(words))
            found = find_candidates(hashes, StoredFingerprints(work.session))
            assert found == find_candidates(hashes, plain)
            assert text_hash(normalise(words)) in found
            own = text_hash(normalise(words))
            others = find_candidates(hashes, StoredFingerprints(work.session), own=own)
            assert others == find_candidates(hashes, plain, own=own)
            assert own not in others


def test_batch_memory_and_database_choose_the_same_candidates(desk):
    dice = random.Random(5)
    common = "we will not sign before the audit is done"  # in more texts than one look-up takes
    texts = {" ".join(dice.choices(WORDS, k=dice.randint(2, 20))) for _ in range(150)}
    texts |= {f"{common} {' '.join(dice.choices(WORDS, k=dice.randint(1, 9)))}" for _ in range(150)}
    by_hash = {text_hash(words): words for words in map(normalise, sorted(texts))}
    made, hashes = Texts(), list(by_hash)
    for words in by_hash.values():
        made.add(words.keys)
    in_memory = SortedIndex(made, hashes)
    rows = [
        {"hash": value, "text_hash": own, "normaliser_version": 1}
        for own, words in by_hash.items()
        for value in fingerprints(words)
    ]
    pairs = set()
    with UnitOfWork(desk.engine) as work:
        work.session.execute(insert(Fingerprint), rows)
        store = StoredFingerprints(work.session)
        for own, words in by_hash.items():
            found = find_candidates(fingerprints(words), store, own=own)
            assert found == find_candidates(fingerprints(words), in_memory, own=own)
            pairs |= {frozenset((own, other)) for other in found}
        assert max(store.counts(fingerprints(normalise(common))).values()) > 2 * MAX_STATEMENTS_PER_HASH
    at_once = zip(*candidate_pairs(made, np.array(hashes, dtype=np.int64)), strict=True)
    assert {frozenset((hashes[one], hashes[other])) for one, other in at_once} == pairs


def test_a_common_phrase_brings_in_the_same_few_whatever_the_order_of_import(desk):
    wordings = list(range(-150, 150))
    random.Random(4).shuffle(wordings)
    rows = [{"hash": -(2**63), "text_hash": value, "normaliser_version": 1} for value in wordings]
    with UnitOfWork(desk.engine) as work:
        work.session.execute(insert(Fingerprint), rows)
        index = StoredFingerprints(work.session)
        assert index.counts([-(2**63), 2**63 - 1]) == {-(2**63): 300}
        assert list(index.holders(-(2**63), MAX_STATEMENTS_PER_HASH)) == list(
            range(-150, -150 + MAX_STATEMENTS_PER_HASH)
        )
        assert list(index.holders(-(2**63), 200)) == list(range(-150, 50))
        assert list(StoredFingerprints(work.session).holders(-(2**63), 3)) == [-150, -149, -148]
        assert list(index.holders(5, 3)) == []


def test_counting_stops_where_it_tells_nothing_more(desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(stored, "COUNTED", 70)
    with UnitOfWork(desk.engine) as work:
        rows = [{"hash": 1, "text_hash": value, "normaliser_version": 1} for value in range(90)]
        work.session.execute(insert(Fingerprint), rows)
        assert StoredFingerprints(work.session).counts([1]) == {1: 70}


def test_statements_of_one_wording_are_found_together(desk):
    with UnitOfWork(desk.engine) as work:
        capture = desk.capture(work.session)
        keys = [desk.statement(work.session, capture, "nobody", text_hash=9).key for _ in range(4)]
        desk.statement(work.session, capture, "nobody", text_hash=8)
        assert statements_with(work.session, [9, 7]) == {9: keys, 7: []}
        assert statements_with(work.session, [9], each=2) == {9: keys[:2]}


def test_a_wording_is_forgotten_only_when_nobody_says_it(desk):
    with UnitOfWork(desk.engine) as work:
        capture = desk.capture(work.session)
        desk.statement(work.session, capture, "nobody", text_hash=9)
        rows = [{"hash": 1, "text_hash": value, "normaliser_version": 1} for value in (8, 9)]
        work.session.execute(insert(Fingerprint), rows)
        forget(work.session, [8, 9])
        assert list(work.session.execute(select(Fingerprint.text_hash)).scalars()) == [9]
        forget(work.session, [])
