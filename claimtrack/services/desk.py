"""A desk: one database and the person who acts on it. Every service runs in one transaction of a desk.

A service is a plain function whose first argument is a `Work`. Pages and commands run it through the desk:

    desk = open_desk(reviewer="Ada")
    desk.do(decide.mark_as_printed, statement_id, seen=3)   # one transaction: rows and events, or nothing
    page = desk.see(queue.page, Filter())                    # one moment of the database, no lock

so that nothing can be stored without the event that records it, and no page can forget to commit.

The first line of a service that stores something says who may: `work.require(Role.CHECKER)`. One that does not say so
can only read: its transaction refuses to write for any person, so that a forgotten line locks everybody out instead of
letting everybody in.
"""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Concatenate, ParamSpec, TypeVar
from uuid import UUID

from sqlalchemy import Engine, event
from sqlmodel import Session, col, select

from claimtrack import logs
from claimtrack.db.base import Identified, Versioned
from claimtrack.db.columns import new_public_id
from claimtrack.db.engine import shared_engine
from claimtrack.db.events import Actor, Circumstances, append_event, record_change, record_gone, record_new
from claimtrack.db.schema import upgrade
from claimtrack.db.snapshot import Snapshot, snapshot
from claimtrack.db.tables import Event, Reviewer
from claimtrack.db.work import UnitOfWork
from claimtrack.errors import ClaimTrackError, NotFoundError, RoleError, RuleError
from claimtrack.vocabulary import IdentityBasis, Role

P = ParamSpec("P")
R = TypeVar("R")
I = TypeVar("I", bound=Identified)  # noqa: E741 - one letter, as type variables are

#: What each role may do includes what the ones before it may.
RANKS = (Role.READER, Role.CHECKER, Role.SECOND_READER, Role.EDITOR, Role.ADMIN)

#: What changes a database; services change rows only, the rest belongs to `claimtrack.db`.
_WRITES = re.compile(r"\s*(?:insert|update|delete|replace|merge|truncate|create|drop|alter)\b", re.IGNORECASE)


@dataclass
class Work:
    """One transaction of a desk, and who acts in it."""

    session: Session
    reviewer: Reviewer | None  #: None: no person acts (an import by a watched folder)
    identity_basis: IdentityBasis
    batch: UUID | None = None  #: shared by all events of one action, which one undo takes back together
    events: list[Event] = field(default_factory=list)  #: what was recorded so far
    may_store: bool = False  #: whether the service has said who may do this, and they may

    def require(self, role: Role) -> Reviewer:
        """The person who acts, if they may do what `role` may; `RoleError` otherwise."""
        if self.reviewer is None:
            raise RuleError("Somebody has to answer for this: give a name with --as NAME, or sign in.")
        if RANKS.index(self.reviewer.role) < RANKS.index(role):
            raise RoleError(
                f"{self.reviewer.name} is {in_words(self.reviewer.role)} at this desk; this needs {in_words(role)}. "
                "An admin of the desk can change that."
            )
        self.may_store = True
        return self.reviewer

    def require_or_machine(self, role: Role) -> None:
        """As `require`, for what a watched folder does too, where no person acts."""
        if self.reviewer is None and self.identity_basis is IdentityBasis.MACHINE:
            self.may_store = True
        else:
            self.require(role)

    def get(self, table: type[I], public_id: UUID | str) -> I:
        """The row of `table` with this public id; `NotFoundError` when there is none."""
        wanted = public_id if isinstance(public_id, UUID) else parse_id(public_id)
        found = self.session.exec(select(table).where(table.public_id == wanted)).first()
        if found is None:
            raise NotFoundError(f"There is no {table.__name__.lower()} {wanted} in this database; check the id.")
        return found

    def by_key(self, table: type[I], key: int) -> I:
        """The row of `table` that another row refers to."""
        found = self.session.get(table, key)
        assert found is not None, f"{table.__name__} {key} is referred to and gone"
        return found

    def record(
        self,
        action: str,
        row: Identified,
        *,
        before: Snapshot | None = None,
        after: Snapshot | None = None,
        note: str | None = None,
        undoes: UUID | None = None,
    ) -> Event:
        """The event of what was just done to `row`; without `after`, the row as it is now.

        `before` is its `snapshot` from before, None when it is new.
        """
        self.session.flush()
        now_is = snapshot(self.session, row) if after is None else after
        event = append_event(
            self.session, self.actor, action, row, before=before, after=now_is, context=self._context(note, undoes)
        )
        self.events.append(event)
        return event

    def add(self, action: str, row: I, *, note: str | None = None) -> I:
        """Store a new row and its event."""
        self.events.append(record_new(self.session, self.actor, action, row, self._context(note)))
        return row

    def change(
        self,
        action: str,
        row: Versioned,
        changes: Mapping[str, object],
        *,
        seen: int | None = None,
        note: str | None = None,
        undoes: UUID | None = None,
    ) -> Event:
        """Save `changes` to `row` with their event; `seen` is the version that was shown, None: the stored one.

        Raises:
            StaleReview: somebody saved the row since.
        """
        event = record_change(
            self.session,
            self.actor,
            action,
            row,
            seen=row.version if seen is None else seen,
            changes=changes,
            context=self._context(note, undoes),
        )
        self.events.append(event)
        return event

    def remove(self, action: str, row: Identified, *, note: str | None = None, undoes: UUID | None = None) -> Event:
        """Take a row away that only links others (a tag from a statement); its event keeps all of it."""
        event = record_gone(self.session, self.actor, action, row, self._context(note, undoes))
        self.events.append(event)
        return event

    @property
    def actor(self) -> Actor:
        """Who acts, as the log names them."""
        return Actor(self.reviewer.public_id if self.reviewer else None, self.identity_basis)

    def _context(self, note: str | None = None, undoes: UUID | None = None) -> Circumstances:
        return Circumstances(batch=self.batch, undoes=undoes, note=note)


@dataclass(frozen=True)
class Desk:
    """One database, and the person who acts."""

    engine: Engine
    reviewer_id: UUID | None = None
    identity_basis: IdentityBasis = IdentityBasis.MACHINE

    def do(self, service: Callable[Concatenate[Work, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """What `service` gives back, with everything it stored committed; nothing is stored when it raises."""
        begun, named = time.perf_counter(), f"{service.__module__.rpartition('.')[2]}.{service.__name__}"
        try:
            with UnitOfWork(self.engine) as unit:
                work = self._work(unit)
                work.batch = new_public_id()
                if work.reviewer is not None:
                    event.listen(unit.session.connection(), "before_cursor_execute", _guard(work))
                result = service(work, *args, **kwargs)
                unit.commit()
        except ClaimTrackError as error:
            logs.note("refused", service=named, reviewer=self.reviewer_id, why=type(error).__name__)
            raise
        spent = round(1000 * (time.perf_counter() - begun))
        logs.note("done", service=named, reviewer=self.reviewer_id, events=len(work.events), milliseconds=spent)
        return result

    def see(self, service: Callable[Concatenate[Work, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """What `service` reads; it can't write."""
        with UnitOfWork(self.engine, read_only=True) as unit:
            return service(self._work(unit), *args, **kwargs)

    def _work(self, unit: UnitOfWork) -> Work:
        work = Work(unit.session, None, self.identity_basis)
        if self.reviewer_id is not None:
            work.reviewer = work.get(Reviewer, self.reviewer_id)
            if not work.reviewer.is_active:
                raise RuleError(f"{work.reviewer.name} no longer works at this desk; an admin can change that.")
        return work

    @cached_property
    def name(self) -> str:
        """What tells this database from others: its address without the password."""
        return self.engine.url.render_as_string(hide_password=True)


def _guard(work: Work) -> Callable[..., None]:
    """A listener that refuses every statement that would write before the service has said who may."""

    def refuse(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not work.may_store and _WRITES.match(statement):
            raise RoleError("Nothing was stored: this part of claimtrack does not say who may use it.")

    return refuse


def in_words(role: Role) -> str:
    """The role as a sentence names it.

    >>> in_words(Role.SECOND_READER)
    'a second reader'
    """
    return f"{'an' if role.value[0] in 'ae' else 'a'} {role.value.replace('_', ' ')}"


def open_desk(url: str | None = None, reviewer: str | None = None) -> Desk:
    """The desk at `url` (default: CLAIMTRACK_DATABASE_URL, else the user's data folder), made or brought up to date.

    `reviewer` is a self-declared name; see `default_role` for what somebody new to the database may do.

    Raises:
        StorageError: the database can't be opened, or is newer than this code.
    """
    engine = shared_engine(url)
    upgrade(engine)
    desk = Desk(engine)
    if reviewer is None or not reviewer.strip():
        return desk
    found = desk.see(find_reviewer, reviewer.strip()) or desk.do(add_reviewer, reviewer.strip())
    return Desk(engine, found, IdentityBasis.SELF_DECLARED)


def default_role(work: Work) -> Role:
    """The role of somebody new: admin on one's own SQLite file, where nobody could check a role anyway.

    On a team's server that is the first person who comes with the database's address while the desk has no admin; this
    admin gives the others more than checker. People who sign in through the browser start lower: see `sign_in`.
    """
    is_own = work.session.get_bind().dialect.name == "sqlite"
    admins = select(Reviewer.id).where(Reviewer.role == Role.ADMIN, col(Reviewer.is_active).is_(True))
    return Role.ADMIN if is_own or work.session.exec(admins.limit(1)).first() is None else Role.CHECKER


def find_reviewer(work: Work, name: str) -> UUID | None:
    """The self-declared reviewer of this name."""
    named = select(Reviewer.public_id).where(Reviewer.name == name, col(Reviewer.subject).is_(None))
    return work.session.exec(named).first()


def add_reviewer(work: Work, name: str, role: Role | None = None) -> UUID:
    """A new reviewer who declared this name; the one there is when somebody was quicker."""
    there = find_reviewer(work, name)
    return there or work.add("reviewer.added", Reviewer(name=name, role=role or default_role(work))).public_id


def parse_id(value: str) -> UUID:
    """A public id as people paste it; `NotFoundError` says what one looks like.

    >>> parse_id("0198c1d0-0000-7000-8000-000000000000").version
    7
    """
    try:
        return UUID(value.strip())
    except ValueError as error:
        raise NotFoundError(f"“{value}” is not an id; ids look like 0198c1d0-0000-7000-8000-000000000000.") from error


def aware(at: datetime | None) -> datetime | None:
    """The time in UTC; one without a zone is refused, since nobody knows whose evening it means."""
    if at is not None and at.tzinfo is None:
        raise RuleError("The time has no zone; give one, such as +01:00. Nothing was stored.")
    return at.astimezone(UTC) if at else None


def now() -> datetime:
    """The time, aware and in UTC."""
    return datetime.now(UTC)
