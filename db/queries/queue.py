"""The review queue: pages by key, cheap counts, and taking the next ones.

Pages go by the last row's key, never by OFFSET (19 ms on the last page at 100,000, and rows would be shown twice or
skipped while others work). A queue of several states is one indexed walk a state, merged here: neither database walks
an index in order across an IN.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, literal, or_, select, tuple_, update
from sqlmodel import Session, col

from claimtrack.attribution import Kind
from claimtrack.db import search
from claimtrack.db.base import Identified
from claimtrack.db.tables import (
    Cluster,
    Document,
    Reviewer,
    Speaker,
    Statement,
    StatementTally,
    Story,
    StoryDocument,
    Tag,
    Tagging,
)
from claimtrack.vocabulary import QueueOrder, StatementState

#: Keys that a condition lists; above it the walk in order meets enough of them by itself.
LISTED = 500

#: Counts with filters stop here: "1,000+" is what a page shows.
COUNT_CAP = 1_000


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which statements the queue shows; None or an empty tuple: all. Rows are named by public id."""

    states: tuple[StatementState, ...] = (StatementState.EXTRACTED, StatementState.STALE)
    kinds: tuple[Kind, ...] = ()
    story: UUID | None = None
    document: UUID | None = None
    speaker: UUID | None = None  #: those merged into it included
    publisher: str | None = None
    tag: UUID | None = None
    assigned_to: UUID | None = None
    is_unassigned: bool = False
    held_by: UUID | None = None  #: assigned to this reviewer, or taken by them
    said_from: date | None = None  #: the date in force may lie in this range; open dates do not
    said_to: date | None = None
    min_confidence: float | None = None
    max_confidence: float | None = None
    has_candidates: bool | None = None
    search: str = ""
    are_repeats_folded: bool = True  #: repeats are one row
    is_boilerplate_hidden: bool = True


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last row of a page: where the next one begins."""

    value: float | str | None  #: what it was ordered by; None where the key is the order
    key: int


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One row of the queue."""

    statement: Statement
    document: Document
    speaker: Speaker | None
    differing_count: int  #: near-misses beside its cluster


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Rows in order and where the next page begins; None: this is the last."""

    rows: list[QueueRow]
    next: Cursor | None


@dataclass(frozen=True, slots=True)
class _Order:
    column: Any | None  # Any: columns of several types; None: the key alone
    is_rising: bool


_ORDERS = {
    QueueOrder.OLDEST: _Order(None, is_rising=True),
    QueueOrder.NEWEST: _Order(None, is_rising=False),
    QueueOrder.DOUBTFUL: _Order(col(Statement.confidence), is_rising=True),
    QueueOrder.OUTLETS: _Order(col(Statement.outlet_count), is_rising=False),
    QueueOrder.NUMBERS: _Order(col(Statement.number_count), is_rising=False),
    QueueOrder.SPEAKER: _Order(col(Statement.speaker_sort), is_rising=True),
}


def page(
    session: Session,
    wanted: QueueFilter,
    order: QueueOrder = QueueOrder.OLDEST,
    after: Cursor | None = None,
    limit: int = 25,
) -> QueuePage:
    """The next `limit` rows after a cursor, in order."""
    found = _keys(session, wanted.states, _selection(session, wanted), order, limit + 1, after)
    rows = _rows(session, [key for _, key in found[:limit]])
    last = Cursor(*found[limit - 1]) if len(found) > limit else None
    return QueuePage(rows, last)


def keys(session: Session, wanted: QueueFilter) -> Select[Any]:
    """A query for the keys of all statements that the filter finds, in no order."""
    conditions = _selection(session, wanted).conditions
    return select(col(Statement.id)).where(col(Statement.state).in_(wanted.states), *conditions)


@dataclass(slots=True)
class _Selection:
    """Everything that a filter says but the state."""

    conditions: list[ColumnElement[bool]]
    is_narrow: bool  #: so few statements are left that gathering and sorting them beats walking in order


def _keys(
    session: Session,
    states: Sequence[StatementState],
    selection: _Selection,
    order: QueueOrder,
    limit: int,
    after: Cursor | None = None,
) -> list[tuple[Any, int]]:  # Any: values of several types
    """Order value and key of the first rows after a cursor."""
    by = _ORDERS[order]
    value: Any = literal(0) if by.column is None else by.column
    query = select(value.label("value"), col(Statement.id).label("key"), col(Statement.state).label("state"))
    query = query.where(*selection.conditions)
    wanted = list(dict.fromkeys(states or tuple(StatementState)))
    if selection.is_narrow:
        # Gathered by what narrows, then sorted. Left to itself SQLite walks the index that gives the order, past a
        # million rows, to save sorting fifty; and without figures on its data it takes the state for rarer than a name.
        gathered = query.cte("gathered").prefix_with("MATERIALIZED")
        columns: tuple[Any, Any] = (gathered.c.value, gathered.c.key)
        queries = [select(*columns).where(gathered.c.state.in_(wanted))]
    else:
        columns = (value, col(Statement.id))
        queries = [query.where(col(Statement.state) == state) for state in wanted]
    found: list[tuple[Any, int]] = []
    for each in queries:
        rows = session.execute(_ordered(each, columns, by, after).limit(limit))
        found += [(row[0], row[1]) for row in rows]
    found.sort(reverse=not by.is_rising)
    return found[:limit]


def _ordered(query: Select[Any], columns: tuple[Any, Any], by: _Order, after: Cursor | None) -> Select[Any]:
    """The query in order, from the cursor on."""
    value, key = columns
    if by.column is None:
        order = [key]
        if after is not None:
            query = query.where(key > after.key if by.is_rising else key < after.key)
    else:
        order = [value, key]
        if after is not None:
            mine, last = tuple_(value, key), tuple_(literal(after.value), literal(after.key))
            query = query.where(mine > last if by.is_rising else mine < last)
    return query.order_by(*(column.asc() if by.is_rising else column.desc() for column in order))


def _rows(session: Session, keys: Sequence[int]) -> list[QueueRow]:
    query = (
        select(Statement, Document, Speaker, col(Cluster.differing_count))
        .join(Document, col(Document.id) == col(Statement.document_id))
        .outerjoin(Speaker, col(Speaker.id) == col(Statement.speaker_id))
        .outerjoin(Cluster, col(Cluster.id) == col(Statement.cluster_id))
        .where(col(Statement.id).in_(keys))
    )
    found = {row[0].id: QueueRow(row[0], row[1], row[2], row[3] or 0) for row in session.execute(query)}
    return [found[key] for key in keys]


def _selection(session: Session, wanted: QueueFilter) -> _Selection:
    """The filter as conditions; rows that it names are looked up at once."""
    found, narrow = [], False
    for column, keys in _named(session, wanted):
        # Few keys are listed: in a story of 40 documents that is 2 ms against 300 ms at a million statements.
        listed = list(session.execute(keys.limit(LISTED + 1)).scalars())
        found.append(column.in_(listed if len(listed) <= LISTED else keys))
        narrow = narrow or len(listed) <= LISTED
    if terms := search.parse(wanted.search):
        condition, is_few = search.narrow(session, terms)
        found.append(condition)
        narrow = narrow or is_few
    elif wanted.search.strip():
        # Something was typed, and nothing of it can be looked for: finding nothing is the honest answer.
        found.append(literal(1) == 0)
    if wanted.assigned_to is not None:
        found.append(col(Statement.assigned_to_id) == _key(session, Reviewer, wanted.assigned_to))
    if wanted.held_by is not None:
        holder = _key(session, Reviewer, wanted.held_by)
        found.append(or_(col(Statement.assigned_to_id) == holder, col(Statement.leased_by_id) == holder))
    return _Selection(found + _own_conditions(wanted, is_narrow=narrow), narrow)


def _named(session: Session, wanted: QueueFilter) -> Iterator[tuple[Any, Select[Any]]]:  # Any: nullable key columns
    """Columns of the statement, and the keys that each must be among."""
    if wanted.document is not None:
        yield col(Statement.document_id), select(col(Document.id)).where(col(Document.public_id) == wanted.document)
    if wanted.story is not None:
        mine = col(StoryDocument.story_id) == _key(session, Story, wanted.story)
        yield col(Statement.document_id), select(col(StoryDocument.document_id)).where(mine)
    if wanted.publisher is not None:
        yield col(Statement.document_id), select(col(Document.id)).where(col(Document.publisher) == wanted.publisher)
    if wanted.speaker is not None:
        speaker = _key(session, Speaker, wanted.speaker)
        family = or_(col(Speaker.id) == speaker, col(Speaker.merged_into_id) == speaker)
        yield col(Statement.speaker_id), select(col(Speaker.id)).where(family)
    if wanted.tag is not None:
        tagged = col(Tagging.tag_id) == _key(session, Tag, wanted.tag)
        there = col(Tagging.statement_id).is_not(None)
        yield col(Statement.id), select(col(Tagging.statement_id)).where(tagged, there)


def _own_conditions(wanted: QueueFilter, *, is_narrow: bool) -> list[ColumnElement[bool]]:
    """Those on the statement's own columns."""
    found: list[ColumnElement[bool]] = []
    if wanted.said_from is not None:
        found.append(col(Statement.said_to) >= wanted.said_from)
    if wanted.said_to is not None:
        found.append(col(Statement.said_from) <= wanted.said_to)
    if wanted.kinds:
        found.append(col(Statement.kind).in_(wanted.kinds))
    if wanted.is_unassigned:
        found.append(col(Statement.assigned_to_id).is_(None))
    if wanted.min_confidence is not None:
        found.append(col(Statement.confidence) >= wanted.min_confidence)
    if wanted.max_confidence is not None:
        found.append(col(Statement.confidence) <= wanted.max_confidence)
    if wanted.has_candidates is not None:
        found.append(col(Statement.has_candidates).is_(wanted.has_candidates))
    if wanted.are_repeats_folded:
        folded = col(Statement.folded_into_id)
        # As an expression where something else narrows: SQLite took the index of "not folded", most of a million rows,
        # for narrower than forty documents (226 ms a page against 3).
        found.append(func.coalesce(folded, 0) == 0 if is_narrow else folded.is_(None))
    if wanted.is_boilerplate_hidden:
        found.append(col(Statement.is_boilerplate).is_(False))
    return found


def _key(session: Session, model: type[Identified], public: UUID) -> int:
    """Internal key of a row; 0, which no row has, when there is none (NULL would find what has nothing there)."""
    return session.execute(select(col(model.id)).where(col(model.public_id) == public)).scalar_one_or_none() or 0


def count_states(session: Session, story: UUID | None = None) -> dict[StatementState, int]:
    """How many statements stand in each state, repeats counted singly; in one story, or on the whole desk.

    Triggers keep the numbers: a few rows are read for the desk, one a document and state for a story.
    """
    tally = StatementTally
    query = select(col(tally.state), func.sum(col(tally.count))).group_by(col(tally.state))
    if story is None:
        query = query.where(col(tally.document_id) == 0)
    else:
        query = query.join(StoryDocument, col(StoryDocument.document_id) == col(tally.document_id))
        query = query.where(col(StoryDocument.story_id) == _key(session, Story, story))
    counted = {state: int(number) for state, number in session.execute(query)}
    return {state: counted.get(state, 0) for state in StatementState}


def count_rows(session: Session, wanted: QueueFilter, cap: int = COUNT_CAP) -> int:
    """How many rows the queue has, at most `cap`: more reads as "cap or more" and costs no more."""
    total = 0
    conditions = _selection(session, wanted).conditions
    for state in dict.fromkeys(wanted.states or tuple(StatementState)):
        rows = select(col(Statement.id)).where(col(Statement.state) == state, *conditions).limit(cap - total).subquery()
        total += session.execute(select(func.count()).select_from(rows)).scalar_one()
        if total >= cap:
            break
    return total


def take_next(
    session: Session,
    wanted: QueueFilter,
    order: QueueOrder,
    reviewer_id: int,
    *,
    now: datetime,
    until: datetime,
    limit: int = 10,
) -> list[QueueRow]:
    """The next free rows, leased to a reviewer until `until`: "take next ten". Needs a writing unit of work.

    Free is what nobody else is assigned, and nobody else has taken or their time is over. Leases make no new version
    and no event: who looked at what first is not history.
    """
    free = [
        or_(
            col(Statement.leased_by_id).is_(None),
            col(Statement.leased_by_id) == reviewer_id,
            col(Statement.leased_until) < now,
        ),
        or_(col(Statement.assigned_to_id).is_(None), col(Statement.assigned_to_id) == reviewer_id),
    ]
    selection = _selection(session, wanted)
    selection.conditions += free
    found = _keys(session, wanted.states, selection, order, limit)
    keys = [key for _, key in found]
    session.execute(
        update(Statement).where(col(Statement.id).in_(keys)).values(leased_by_id=reviewer_id, leased_until=until)
    )
    return _rows(session, keys)


def release(session: Session, reviewer_id: int) -> int:
    """Give back everything that a reviewer has taken; how many statements that were."""
    values: dict[str, None] = {"leased_by_id": None, "leased_until": None}
    done = session.execute(update(Statement).where(col(Statement.leased_by_id) == reviewer_id).values(**values))
    return int(getattr(done, "rowcount", 0))


def whole(wanted: QueueFilter) -> QueueFilter:
    """The same selection in every state, repeats and boilerplate shown: what an export takes."""
    return replace(wanted, states=tuple(StatementState), are_repeats_folded=False, is_boilerplate_hidden=False)
