"""Undo: restore exactly what an event changed, as long as nobody changed it again; an event itself."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import cast

from sqlalchemy import select as sql_select
from sqlmodel import select

from claimtrack.db import tables
from claimtrack.db.base import Identified, Versioned
from claimtrack.db.search import index_speaker
from claimtrack.db.snapshot import snapshot, table_of, target_of, values_of
from claimtrack.errors import RuleError, StaleReview
from claimtrack.services import indexing, repeats
from claimtrack.services.desk import RANKS, Work, now
from claimtrack.vocabulary import QueryState, RejectReason, Role, StatementState

#: What an action may make on the way: nobody is harmed when it stays, and others may have begun to use it.
_STAYS = (tables.Speaker, tables.Tag, tables.Story, tables.Scale)
#: Made rows that are taken away again, since they only link others or keep a choice of filters.
_LINKS = (tables.Tagging, tables.Appearance, tables.SavedView)
#: Made rows that are taken away again while nothing leans on them; the log keeps all of their words.
_FOUNDATIONS = (tables.Claim, tables.Line)

#: Columns that say when and how often a row was saved: an undo neither compares nor restores them.
_BOOKKEEPING = {"public_id", "created_at", "version"}

#: Who may undo is who may do: what needs more than a checker, by kind of row, and by column that an event changed.
_ROWS = {
    "decision": Role.SECOND_READER,
    "correction": Role.EDITOR,
    "waiver": Role.EDITOR,
    "scale": Role.EDITOR,
    "reviewer": Role.ADMIN,
    "setting": Role.ADMIN,
}
_STATED = {"claim", "line"}
_COLUMNS = {"verdict": Role.SECOND_READER, "released_at": Role.EDITOR}


def undo_event(work: Work, event: tables.Event) -> Identified | None:
    """The row, restored to what it was before the event; None for a row that only linked others.

    Raises:
        RuleError: the event's payload was erased, or it was undone already.
        StaleReview: somebody changed the row since.
    """
    held = _payload(work, event)
    before, after = held["before"], held["after"]
    work.require(role_for(event.item_kind, before or {}, after or {}))
    model = _model(event.item_kind)
    row = work.session.exec(select(model).where(model.public_id == event.item)).first()
    if after is None:
        assert before is not None, "an event holds a before or an after"
        return _put_back(work, event, model, before)
    if row is None:
        raise StaleReview("What this would undo is gone already.", theirs={}, yours=after)
    if before is None and isinstance(row, _STAYS):
        return row
    _check_untouched(work, row, after)
    if before is None:
        return _follow(work, _take_back(work, event, row))
    is_renamed = model is tables.SavedView and before["name"] != after["name"]
    if is_renamed or (after.get("voided_at") is not None and before.get("voided_at") is None):
        _check_place(work, event, model, values_of(work.session, model, before))
    changed = {name: value for name, value in before.items() if name not in _BOOKKEEPING and value != after.get(name)}
    assert isinstance(row, Versioned)
    work.change(f"{event.item_kind}.undone", row, values_of(work.session, model, changed), undoes=event.public_id)
    return _follow(work, row)


def role_for(kind: str, before: Mapping[str, object], after: Mapping[str, object]) -> Role:
    """The role that an undo of this change needs: what the change itself needed.

    >>> role_for("claim", {"released_at": None}, {"released_at": "2026-03-12T13:00:00.000000Z"}).value
    'editor'
    """
    changed = {_COLUMNS[name] for name in _COLUMNS if before.get(name) != after.get(name)} if kind in _STATED else set()
    return max({Role.CHECKER, _ROWS.get(kind, Role.CHECKER), *changed}, key=RANKS.index)


def can_undo(events: Iterable[tables.Event]) -> bool:
    """Whether the events of one action, all of them, can be undone as far as they themselves tell."""
    kinds = [_effect(event) for event in events]
    return True in kinds and False not in kinds


def _effect(event: tables.Event) -> bool | None:
    """Whether the event can be undone; None for what stays without harm."""
    if event.payload is None:
        return False
    held = json.loads(event.payload)
    model = _model(event.item_kind)
    if held["before"] is not None:
        return True
    if issubclass(model, _STAYS):
        return None
    is_taken_away = issubclass(model, (tables.Statement, tables.Query, tables.Setting, *_LINKS, *_FOUNDATIONS))
    return is_taken_away or "voided_at" in model.model_fields


def _follow(work: Work, row: Identified | None) -> Identified | None:
    """Bring what is derived from the row up to date."""
    if isinstance(row, tables.Statement):
        indexing.index(work, row)
        repeats.regroup(work, {row.key})
    if isinstance(row, tables.Judgement):
        repeats.after_void(work, row)
    if isinstance(row, tables.Speaker):
        index_speaker(work.session, row.key)
    return row


def _payload(work: Work, event: tables.Event) -> dict[str, dict[str, object] | None]:
    if event.payload is None:
        raise RuleError("What this would restore was erased, so it can't be undone.")
    if work.session.exec(select(tables.Event.number).where(tables.Event.undoes == event.public_id)).first() is not None:
        raise RuleError("This was undone already; nothing was changed.")
    return cast("dict[str, dict[str, object] | None]", json.loads(event.payload))


def _check_untouched(work: Work, row: Identified, after: dict[str, object]) -> None:
    stored = snapshot(work.session, row)
    moved = [name for name, value in after.items() if name not in _BOOKKEEPING and stored.get(name) != value]
    if moved:
        raise StaleReview(
            f"This {table_of(type(row)).name.replace('_', ' ')} was changed again since ({', '.join(sorted(moved))}), "
            "so it was not undone; undo the later change first.",
            theirs=stored,
            yours=after,
        )


def _take_back(work: Work, event: tables.Event, row: Identified) -> Identified | None:
    """Undo the making of a row: it is marked as taken back; one that only linked others goes."""
    if isinstance(row, tables.Statement):
        withdrawn = {"state": StatementState.REJECTED, "reject_reason": RejectReason.WITHDRAWN}
        work.change("statement.undone", row, withdrawn, undoes=event.public_id)
        return row
    if isinstance(row, Versioned) and hasattr(row, "voided_at"):
        work.change(f"{event.item_kind}.undone", row, {"voided_at": now()}, undoes=event.public_id)
        return row
    if isinstance(row, tables.Query):
        work.change("query.undone", row, {"state": QueryState.WITHDRAWN}, undoes=event.public_id)
        return row
    if isinstance(row, tables.Setting):
        work.change("setting.undone", row, {"value": None}, undoes=event.public_id)
        return row
    if isinstance(row, _FOUNDATIONS):
        _check_bare(work, row)
    if isinstance(row, (*_LINKS, *_FOUNDATIONS)):
        work.remove(f"{event.item_kind}.undone", row, undoes=event.public_id)
        return None
    raise RuleError(f"A {event.item_kind.replace('_', ' ')} that was added can't be taken back by undo.")


def _check_bare(work: Work, row: Identified) -> None:
    """Refuse to take away what others have built on, even where that was taken back since: the log names it."""
    kind = table_of(type(row))
    leaning = [
        table.name.replace("_", " ")
        for table in kind.metadata.sorted_tables
        for column in table.columns
        if target_of(column) is kind and work.session.execute(sql_select(column).where(column == row.key)).first()
    ]
    if leaning:
        raise RuleError(
            f"This {kind.name} stays: work on it has begun ({', '.join(sorted(set(leaning)))}), and its log has to "
            "have something to lean on. Withdraw or edit it instead."
        )


def _put_back(work: Work, event: tables.Event, model: type[Identified], before: dict[str, object]) -> Identified | None:
    """Undo the taking away of a row: the same row again, under the same public id."""
    values = values_of(work.session, model, before)
    _check_place(work, event, model, values)
    make: Callable[..., Identified] = model  # its columns' types are the table's business
    row = make(**values)
    work.session.add(row)
    work.record(f"{event.item_kind}.undone", row, undoes=event.public_id)
    return None


#: What tells a row from the others of its kind of which only one may stand.
_ONE_OF = {
    tables.Appearance: ("claim_id", "statement_id"),
    tables.Tagging: ("tag_id", "document_id", "statement_id", "claim_id", "line_id"),
    tables.Judgement: ("a_id", "b_id"),
    tables.Annotation: (
        "reviewer_id", "document_id", "statement_id", "claim_id", "line_id", "speaker_id", "story_id",
    ),
    tables.SavedView: ("reviewer_id", "page", "name"),
}  # fmt: skip


def _check_place(work: Work, event: tables.Event, model: type[Identified], values: Mapping[str, object]) -> None:
    """Refuse to restore what would stand twice: the tag is on it again, the pair was judged again."""
    if model not in _ONE_OF:
        return
    same = [getattr(model, name) == values[name] for name in _ONE_OF[model]]
    others = [row for row in work.session.exec(select(model).where(*same)) if getattr(row, "voided_at", None) is None]
    if others:
        raise StaleReview(
            f"Another {event.item_kind} stands in its place since, so this was not undone; undo that first.",
            theirs=snapshot(work.session, others[0]),
            yours=dict(values),
        )


def _model(kind: str) -> type[Identified]:
    """The table class of an event's item."""
    for name in tables.__all__:
        model = getattr(tables, name)
        if issubclass(model, Identified) and table_of(model).name == kind:
            return cast("type[Identified]", model)
    raise RuleError(f"Nothing is known here of a “{kind}”; update claimtrack.")
