"""Who may do what: every service by every role, called for real.

The role of a service is its first line, `work.require(Role.X)`. A service without one may only read.
"""

import ast
import hashlib
import inspect
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from security_examples import all_services, arguments, filled_desk, member
from sqlalchemy import text
from sqlmodel import select

import claimtrack.ui
from claimtrack.db import tables
from claimtrack.db.base import Row
from claimtrack.db.engine import open_engine
from claimtrack.db.tables import Reviewer, Story
from claimtrack.errors import RoleError, RuleError
from claimtrack.services import activity, colleagues, verdicts
from claimtrack.services.desk import RANKS, Desk, Work, add_reviewer
from claimtrack.vocabulary import CheckState, Role

SERVICES = all_services()
#: Not for people: they run without one, before anybody is known.
WITHOUT_A_PERSON = {"desk.add_reviewer", "sign_in.find_or_add"}


def declared(service) -> Role | None:
    """The role in the first line of the service's body; None: it may only read."""
    body = ast.parse(inspect.getsource(service)).body[0].body
    first = body[1] if ast.get_docstring(ast.Module(body, [])) is not None else body[0]
    found = re.match(r"(?:\w+ = )?work\.require(?:_or_machine)?\(Role\.(\w+)\)$", ast.unparse(first))
    return Role[found[1]] if found else None


ROLES = {name: declared(service) for name, service in SERVICES.items()}


@pytest.fixture(scope="module")
def changes(desks) -> Iterator[Callable[[], int]]:
    """A number that moves when anything is committed to the desk's file by anybody."""
    with closing(sqlite3.connect(desks[Role.ADMIN].engine.url.database)) as watcher:
        yield lambda: watcher.execute("PRAGMA data_version").fetchone()[0]


@pytest.fixture(scope="module")
def desks(tmp_path_factory) -> Iterator[dict[Role, Desk]]:
    """The filled desk for one person of each role."""
    from claimtrack.db.schema import upgrade

    engine = open_engine(str(tmp_path_factory.mktemp("roles") / "desk.sqlite3"))
    upgrade(engine)
    filled_desk(engine)
    yield {role: member(engine, f"The {role.value}", role) for role in RANKS}
    engine.dispose()


def everything(desk: Desk) -> str:
    """A digest of every row of every table."""
    digest = hashlib.sha256()
    with desk.engine.connect() as connection:
        for table in Row.metadata.sorted_tables:
            digest.update(repr(connection.execute(table.select()).all()).encode())
    return digest.hexdigest()


def call(work: Work, name: str) -> None:
    placed, named = arguments(work, SERVICES[name])
    result = SERVICES[name](work, *placed, **named)
    if inspect.isgenerator(result):
        list(result)


class Reached(Exception):  # noqa: N818 - a signal that rolls back
    """The service ran to its end."""


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_a_service_does_nothing_for_a_role_that_is_too_low(name, desks, changes):
    needed = ROLES[name]
    low = RANKS[: RANKS.index(needed)] if needed else (Role.READER,)
    for role in low:
        before = changes()
        try:
            desks[role].do(call, name)
        except RoleError:
            pass
        except NotImplementedError:
            raise
        except Exception:  # noqa: BLE001 - on its arguments, which may not fit: the next test but one counts those
            assert needed is None, f"{name} went past its role check for a {role.value}"
        else:
            assert needed is None, f"a {role.value} may use {name}"
        assert changes() == before, f"a {role.value} stored something through {name}"


@pytest.mark.parametrize("name", sorted(name for name, role in ROLES.items() if role is not None))
def test_a_service_lets_those_act_that_it_says_may(name, desks):
    def tried(work: Work) -> None:
        call(work, name)
        raise Reached

    for role in RANKS[RANKS.index(ROLES[name]) :]:
        try:
            desks[role].do(tried)
        except RoleError as error:
            pytest.fail(f"{name} refuses a {role.value}: {error}")
        except (Exception, Reached):  # noqa: BLE001 - what the arguments lead to is other tests' business
            pass


def test_most_reading_services_ran_on_real_rows(desks):
    """A call that fails on its arguments proves little: so few may."""
    failed = []
    for name in sorted(SERVICES):
        try:
            desks[Role.READER].see(call, name)
        except RoleError:
            pass
        except Exception as error:  # noqa: BLE001 - counted
            failed.append(f"{name}: {type(error).__name__} {str(error)[:80]}")
    assert len(failed) <= len(SERVICES) / 5, failed


def acted_through() -> dict[str, str]:
    """What pages, commands and services hand to `act` and `do`: the function's words, and where."""
    found = {}
    for path in [
        path for package in (claimtrack, claimtrack.ui) for path in Path(package.__file__).parent.rglob("*.py")
    ]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"act", "do"}:
                for one in node.args[:1]:
                    found[ast.unparse(one)] = path.name
    return found


def test_every_service_that_is_acted_through_says_its_role():
    names = {name.split(".")[1] for name, role in ROLES.items() if role is not None} | {"service", "act"}
    names |= {name.split(".")[1] for name in WITHOUT_A_PERSON}
    acted = {words: where for words, where in acted_through().items() if not words.startswith("lambda")}
    assert len(acted) > 30
    assert not {words: where for words, where in acted.items() if words.split(".")[-1] not in names}


WRITES = {
    "a new row": lambda work: work.add("story.added", Story(title="Smuggled")),
    "a row without an event": lambda work: (work.session.add(Story(title="Smuggled")), work.session.flush()),
    "an update": lambda work: work.session.execute(Row.metadata.tables["story"].update().values(title="x")),
    "a delete": lambda work: work.session.execute(Row.metadata.tables["tagging"].delete()),
    "plain SQL": lambda work: work.session.execute(text("  \n update reviewer set role = 'admin'")),
    "a changed row at the commit": lambda work: setattr(work.session.exec(select(Story)).first(), "title", "Smuggled"),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_a_service_that_says_no_role_cannot_store_anything(write, engine):
    admin = filled_desk(engine)
    before = everything(admin)
    with pytest.raises(RoleError, match="does not say who may use it"):
        admin.do(write)
    assert everything(admin) == before


def test_undo_needs_the_role_that_the_action_needed(engine):
    admin = filled_desk(engine)
    checker = member(engine, "Cem", Role.CHECKER)

    def newest(action: str):
        query = select(tables.Event.public_id).where(tables.Event.action == action)
        return admin.see(lambda work: work.session.exec(query.order_by(tables.Event.number.desc())).first())

    decided = select(tables.Claim.public_id).where(tables.Claim.verdict == "true")
    claim = admin.see(lambda work: work.session.exec(decided).one())
    admin.do(verdicts.release, claim)
    admin.do(colleagues.set_role, checker.reviewer_id, Role.CHECKER)
    for action in ("claim.released", "claim.decided", "waiver.given", "reviewer.role_set"):
        event = newest(action)
        if event is None:
            event = newest("waiver.recorded")
        assert event is not None, action
        with pytest.raises(RoleError):
            checker.do(activity.undo, event)
    admin.do(activity.undo, newest("claim.released"))
    checker.do(activity.undo, newest("claim.undone"))
    state = admin.see(lambda work: work.get(tables.Claim, claim).state)
    assert state is CheckState.READY, "an undo cannot be undone: it released nothing again"


def test_nobody_gives_themselves_a_role_and_one_admin_stays(engine):
    admin = filled_desk(engine)
    editor = member(engine, "Edo", Role.EDITOR)
    with pytest.raises(RoleError, match="Edo is an editor at this desk; this needs an admin"):
        editor.do(colleagues.set_role, editor.reviewer_id, Role.ADMIN)
    with pytest.raises(RuleError, match="only admin"):
        admin.do(colleagues.set_role, admin.reviewer_id, Role.READER)
    with pytest.raises(RuleError, match="only admin"):
        admin.do(colleagues.let_go, admin.reviewer_id)
    admin.do(colleagues.set_role, editor.reviewer_id, Role.ADMIN)
    editor.do(colleagues.let_go, admin.reviewer_id)
    with pytest.raises(RuleError, match="no longer works"):
        admin.see(colleagues.list_colleagues)
    editor.do(colleagues.set_role, admin.reviewer_id, Role.READER)
    told = {one.name: (one.role, one.is_active) for one in admin.see(colleagues.list_colleagues)}
    assert told["Ada"] == (Role.READER, True)
    assert told["Edo"] == (Role.ADMIN, True)


def test_a_new_person_cannot_be_made_by_somebody_who_acts(engine):
    reader = member(engine, "Rita", Role.READER)
    with pytest.raises(RoleError):
        reader.do(add_reviewer, "Rita's friend", Role.ADMIN)
    assert reader.see(lambda work: work.session.exec(select(Reviewer.name)).all()) == ["Rita"]
