"""Makes processes that work through the services, and kills them; everything is imported once, so that a new one is
at work within milliseconds.

    python nursery.py URL FOLDER

Each line of standard input is a command, answered with a line: "start NAME SEED", "kill NAME", "join NAME". A worker
adds a line to FOLDER/NAME for each act that was acknowledged to it, and what it failed of to FOLDER/NAME.failed.
"""

import importlib.util
import os
import random
import signal
import sys
import tempfile
import traceback
from pathlib import Path
from uuid import UUID, uuid5

from sqlalchemy import Engine, event
from sqlmodel import col, select

from claimtrack.db import tables
from claimtrack.db.engine import open_engine
from claimtrack.db.schema import upgrade
from claimtrack.db.work import UnitOfWork
from claimtrack.services.desk import Desk
from claimtrack.vocabulary import IdentityBasis

spec = importlib.util.spec_from_file_location("newsroom", Path(__file__).parent.parent / "newsroom.py")
newsroom = importlib.util.module_from_spec(spec)
sys.modules["newsroom"] = newsroom
spec.loader.exec_module(newsroom)

KINDS = {
    "document": tables.Document, "statement": tables.Statement, "claim": tables.Claim, "judgement": tables.Judgement,
    "reference": tables.CrossReference, "evidence": tables.Evidence, "query": tables.Query,
    "contact": tables.Contact,
}  # fmt: skip


def enter(engine: Engine, client: UUID):
    """A newsroom that is there already, with the newest of what its people made."""
    with UnitOfWork(engine, read_only=True) as work:
        people = work.session.exec(select(tables.Reviewer.public_id).order_by(tables.Reviewer.id)).all()
        desks = [Desk(engine, key, IdentityBasis.SELF_DECLARED) for key in people]
        room = newsroom.Newsroom(engine, desks, client=client)
        for kind, model in KINDS.items():
            newest = select(model.public_id).order_by(col(model.id).desc()).limit(30)
            room.made[kind] = list(work.session.exec(newest))[::-1]
        done = select(tables.Event.public_id).where(col(tables.Event.undoes).is_(None))
        room.made["action"] = list(work.session.exec(done.order_by(col(tables.Event.number).desc()).limit(10)))[::-1]
    return room


def warmed(url: str) -> Engine:
    """An engine on a SQLite file that has compiled most statements already, in another file; others are as they come.

    Half of the time of a new process would go into that.
    """
    engine = open_engine(url)
    if engine.dialect.name != "sqlite":
        return engine
    with tempfile.TemporaryDirectory() as place:
        files = [str(Path(place) / "warm.sqlite3")]
        event.listen(engine, "do_connect", lambda _, __, arguments, ___: arguments.__setitem__(0, files[-1]))
        upgrade(engine)
        room, dice = newsroom.Newsroom(engine), random.Random(1)
        for _ in range(200):
            room.do(newsroom.next_act(dice, {kind: len(ids) for kind, ids in room.made.items()}))
        enter(engine, UUID(int=0))
        engine.dispose()
        files.append(str(engine.url.database))
    return engine


def work_on(engine: Engine, folder: Path, name: str, seed: str) -> None:
    """Act until killed; end when the database is gone."""
    room = enter(engine, uuid5(UUID(int=0), f"{name} {seed}"))
    dice = random.Random(f"{name} {seed}")
    acknowledged = os.open(folder / name, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    while True:
        act = newsroom.next_act(dice, {kind: len(ids) for kind, ids in room.made.items()})
        outcome = room.do(act)
        if outcome.error == "StorageError":
            return
        if outcome.error is None:
            told = f"{outcome.number} {outcome.digest} {room.client} {room.sequence} {act.name}\n"
            os.write(acknowledged, told.encode())


def main(url: str, folder: Path) -> None:
    """Obey commands until standard input ends."""
    engine = warmed(url)
    running: dict[str, int] = {}
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        command, name, *rest = line.split()
        if command == "start":
            running[name] = os.fork()
            if running[name] == 0:
                try:
                    work_on(engine, folder, name, *rest)
                except BaseException:  # noqa: BLE001 - whatever it is, the test is to show it
                    (folder / f"{name}.failed").write_text(traceback.format_exc(), "utf-8")
                os._exit(0)
        elif command == "kill":
            os.kill(running[name], signal.SIGKILL)
        if command in {"kill", "join"}:
            os.waitpid(running.pop(name), 0)
        sys.stdout.write("done\n")
        sys.stdout.flush()
    for pid in running.values():
        os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
