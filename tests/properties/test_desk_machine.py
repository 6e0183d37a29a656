"""The desk against a plain model of it, on SQLite and PostgreSQL at once: any acts by two people, in any order."""

import importlib.util
import random
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import newsroom
import pytest
from sqlmodel import col, select

from claimtrack.db import tables
from claimtrack.db.engine import open_engine
from claimtrack.db.events import head
from claimtrack.db.verify import verify
from claimtrack.db.work import UnitOfWork
from claimtrack.services import annotate

HERE = Path(__file__).parent


def _module(name: str, path: Path):
    """A module beside the tests, under a name of its own: test folders are no packages."""
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, path)
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


desk_model = _module("desk_model", HERE / "desk_model.py")


@contextmanager
def both(template: Path, place: Path, new_postgres) -> Iterator[list]:
    """The same newsroom twice: on SQLite, and on PostgreSQL."""
    shutil.copyfile(template, place)
    pair = [newsroom.Newsroom(open_engine(str(url))) for url in (place, new_postgres())]
    yield pair
    for room in pair:
        room.engine.dispose()


@pytest.fixture
def rooms(sqlite_template, tmp_path, new_postgres):
    with both(sqlite_template, tmp_path / "desk.sqlite3", new_postgres) as pair:
        yield pair


def play(rooms, model, dice: random.Random, steps: int) -> list:
    """Carry out `steps` acts in the model and in both databases; the acts. Each must end alike everywhere."""
    first, acts = dict(model.made), []
    for step in range(steps):
        since = {kind: first.get(kind, 0) for kind in model.made}
        act = newsroom.next_act(dice, model.made, since) if step else newsroom.Act("bring_in", (dice.randrange(10**9),))
        acts.append(act)
        expected = model.do(act)
        found = [room.do(act).error for room in rooms]
        assert found == [expected, expected], acts
    return acts


def expected_rows(model, first) -> dict:
    """The model's rows that were made since, as people see them."""
    told = {}
    for number in range(first.get("statement", 0), model.made["statement"]):
        row = model.rows["statement", number]
        notes = {model.rows[key]["who"]: model.rows[key]["text"] for key in model.of("note", statement=number)}
        tags = {model.rows[key]["name"] for key in model.of("tagging", statement=number)}
        told["statement", number] = {**row, "notes": notes, "tags": tags}
    for number in range(first.get("claim", 0), model.made["claim"]):
        if ("claim", number) not in model.rows:
            continue  # its making was undone
        row = model.rows["claim", number]

        def held(kind, *names, number=number):
            keys = model.of(kind, claim=number)
            return [tuple(model.rows[key][name] for name in names) for key in keys]

        told["claim", number] = {
            **{name: row[name] for name in ("text", "state", "waiting", "verdict", "contested", "version")},
            "is_released": row["released"] is not None,
            "appearances": sorted(held("appearance", "statement", "relation"), key=str),
            "evidence": held("evidence", "data"),
            "reviews": held("review", "who", "reading", "outcome", "verdict"),
            "decisions": held("decision", "verdict", "who"),
            "corrections": len(held("correction")),
            "queries": [answer and answer[0] for (answer,) in held("query", "answer")],
            "contacts": [
                (is_reply, answer and answer[0]) for is_reply, answer in held("contact", "is_reply", "answer")
            ],
        }
    told["judgements"] = sorted(
        (model.rows[key]["pair"], model.rows[key]["found"])
        for key in model.of("judgement")
        if key[1] >= first.get("judgement", 0)
    )
    return told


def stored_rows(room, first) -> dict:
    """The same, read from a database."""
    with UnitOfWork(room.engine, read_only=True) as work:
        return _stored(work.session, room, first)


def _stored(session, room, first) -> dict:
    work = SimpleNamespace(session=session)
    who = {row.id: number for number, desk in enumerate(room.people) for row in session.exec(
        select(tables.Reviewer).where(tables.Reviewer.public_id == desk.reviewer_id))}  # fmt: skip

    def rows_of(model, column, key):
        query = select(model).where(getattr(model, column) == key).order_by(model.id)
        return [row for row in session.exec(query) if getattr(row, "voided_at", None) is None]

    def named(model, ids):
        rows = {row.public_id: row for row in session.exec(select(model).where(col(model.public_id).in_(ids)))}
        return [rows.get(key) for key in ids]

    told, numbers = {}, {}
    since = first.get("statement", 0)
    for number, row in enumerate(named(tables.Statement, room.made["statement"][since:]), since):
        numbers[row.id] = number
        notes = {who[note.reviewer_id]: note.text for note in annotate.notes_on(work, row)}
        told["statement", number] = {
            "state": row.state.value, "reason": row.reject_reason and row.reject_reason.value,
            "speaker": row.speaker_name, "date": (row.is_date_overridden, row.said_on_override),
            "attribution": row.attribution and row.attribution.value, "content": row.content, "version": row.version,
            "notes": notes, "tags": set(annotate.tags_on(work, row)),
        }  # fmt: skip
    since = first.get("claim", 0)
    for number, row in enumerate(named(tables.Claim, room.made["claim"][since:]), since):
        if row is None:
            continue
        reviews = rows_of(tables.Review, "claim_id", row.id)
        told["claim", number] = {
            "text": row.text, "state": row.state.value, "waiting": row.waiting_for and row.waiting_for.value,
            "verdict": row.verdict, "contested": row.is_contested, "version": row.version,
            "is_released": row.released_at is not None,
            "appearances": sorted(
                ((numbers[one.statement_id], one.relation and one.relation.value)
                 for one in rows_of(tables.Appearance, "claim_id", row.id)), key=str),
            "evidence": [(one.data,) for one in rows_of(tables.Evidence, "claim_id", row.id)],
            "reviews": [(who[one.reviewer_id], one.reading.value, one.outcome and one.outcome.value, one.verdict)
                        for one in reviews],
            "decisions": [(one.verdict, who[one.reviewer_id]) for one in rows_of(tables.Decision, "claim_id", row.id)],
            "corrections": len(rows_of(tables.Correction, "claim_id", row.id)),
            "queries": [one.answer for one in rows_of(tables.Query, "claim_id", row.id)],
            "contacts": [(one.is_right_of_reply, one.answer) for one in rows_of(tables.Contact, "claim_id", row.id)],
        }  # fmt: skip
    made = room.made["judgement"][first.get("judgement", 0) :]
    told["judgements"] = sorted(
        ((numbers[one.a_id], numbers[one.b_id]), one.outcome.value)
        for one in named(tables.Judgement, made)
        if one.voided_at is None
    )
    return told


def run(rooms, seed: int, runs: int, steps: int, until: float = float("inf")) -> int:
    """How many runs of `steps` acts came out alike in the model and in both databases."""
    model, done = desk_model.Model(), 0
    starts = []
    for room in rooms:
        with UnitOfWork(room.engine, read_only=True) as work:
            starts.append(head(work.session)[0])
    while done < runs and (done == 0 or time.monotonic() < until):
        first = dict(model.made)
        model.forget()
        acts = play(rooms, model, random.Random(f"{seed} {done}"), steps)
        expected = expected_rows(model, first)
        for room in rooms:
            assert stored_rows(room, first) == expected, (done, acts)
        done += 1
    assert [newsroom.differences(room.engine) for room in rooms] == [[], []]
    told = [newsroom.canonical(room.engine, start) for room, start in zip(rooms, starts, strict=True)]
    assert told[0] == told[1], next(two for two in zip(*told, strict=False) if two[0] != two[1])
    for room in rooms:
        found = verify(room.engine)
        assert found.problems == []
    return done


@pytest.mark.postgres
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(4))
def test_any_acts_end_as_the_model_says_on_both_databases(rooms, seed: int):
    assert run(rooms, seed, 50, 30) == 50


@pytest.mark.long
@pytest.mark.postgres
@pytest.mark.timeout(4000)
def test_ten_thousand_times_fifty_acts_end_as_the_model_says(sqlite_template, tmp_path, new_postgres, resume):
    def some(start: int, until: float) -> int:
        with both(sqlite_template, tmp_path / f"{start}.sqlite3", new_postgres) as pair:
            return start + run(pair, 1000 + start, 50, 50, until)

    resume("runs of 50 acts", 10_000, some)
