"""Two people edit the same items through the services: each save is stored or refused, none vanishes unseen."""

import json
import random
import threading
import time
from collections import Counter

import newsroom
import pytest
from sqlmodel import col, select

from claimtrack.db import tables
from claimtrack.db.engine import open_engine
from claimtrack.db.work import UnitOfWork
from claimtrack.errors import StaleReview
from claimtrack.services import claims, decide
from claimtrack.services.desk import Work
from claimtrack.vocabulary import Attribution, RejectReason


def shown(work: Work, table: type, key) -> int:
    """The version that a page shows."""
    return work.get(table, key).version


def saved(work: Work, service, *args) -> str:
    """The event of a save."""
    service(work, *args)
    return str(work.events[-1].public_id)


def reword(work: Work, key, seen: int, text: str) -> None:
    claims.edit_claim(work, key, seen, text=text)


def save(dice: random.Random, word: str):
    """A save of any kind: service and arguments after the version, and whether it is a claim's."""
    return dice.choice([
        (False, decide.set_date, (dice.choice(newsroom.DATES),)),
        (False, decide.set_speaker, (word, None, None)),
        (False, decide.mark_as_printed, ()),
        (False, decide.reject, (RejectReason.OTHER,)),
        (False, claims.judge_attribution, (dice.choice(list(Attribution)),)),
        (True, reword, (word,)),
        (True, reword, (word + " too",)),
    ])  # fmt: skip


def edit(room, who: int, edits: int, seed: object, told: dict[str, int], stale: Counter, until: float) -> None:
    """Look at an item, wait a moment, save what was shown; `told` holds the version that each stored save had seen."""
    dice, desk = random.Random(f"{seed} {who}"), room.people[who]
    for number in range(edits):
        if time.monotonic() > until:
            return
        is_claim, service, args = save(dice, f"{'ab'[who]} {number % 7}")
        table = tables.Claim if is_claim else tables.Statement
        key = dice.choice(room.made["claim" if is_claim else "statement"][:3])
        seen = desk.see(shown, table, key)
        if dice.random() < 0.5:
            time.sleep(dice.uniform(0, 0.004))
        try:
            event = desk.do(saved, service, key, seen, *args)
        except StaleReview:
            stale["refused"] += 1
            continue
        told[event] = seen


def run(url: str, edits: int, seed: object, until: float = float("inf")) -> int:
    """How many edits two people made, none of which was lost or overwritten unseen."""
    room = newsroom.Newsroom(open_engine(url))
    for number in range(2):
        room.do(newsroom.Act("bring_in", (number,)))
        room.do(newsroom.Act("claim", (f"The berths reopen {number}.", (0,))))
    told: dict[str, int] = {}
    stale: Counter = Counter()
    people = [threading.Thread(target=edit, args=(room, who, edits // 2, seed, told, stale, until)) for who in range(2)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert stale["refused"] > 0, "the two met"
    with UnitOfWork(room.engine, read_only=True) as work:
        rows = work.session.exec(select(tables.Event).where(col(tables.Event.reviewer).is_not(None)))
        events = {str(row.public_id): json.loads(row.payload) for row in rows.all()}
    assert told.keys() <= events.keys(), "a stored save is not in the log"
    for key, seen in told.items():
        before, after = events[key]["before"], events[key]["after"]
        assert (before["version"], after["version"]) == (seen, seen + 1), "overwritten without having been shown"
    assert newsroom.differences(room.engine) == [], "a save was stored and its successor did not see it"
    room.engine.dispose()
    return len(told) + stale["refused"]


@pytest.mark.timeout(600)
def test_two_editors_overwrite_nothing_that_they_were_not_shown(database_url: str):
    assert run(database_url, 1000, 1) == 1000


@pytest.mark.long
@pytest.mark.timeout(4000)
def test_a_hundred_thousand_edits_overwrite_nothing_unseen(new_url, resume):
    resume("edits by two people", 50_000, lambda start, until: start + run(new_url(), 5_000, start, until))
