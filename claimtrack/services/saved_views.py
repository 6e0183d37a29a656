"""Saved views: selections of a page that somebody keeps under a name, for themselves or for the whole desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import col, or_, select

from claimtrack import limits
from claimtrack.db.tables import SavedView
from claimtrack.errors import NotFoundError, RuleError
from claimtrack.services.desk import Work
from claimtrack.vocabulary import Role


@dataclass(frozen=True, slots=True)
class View:
    """One kept selection."""

    id: UUID
    version: int
    name: str
    is_shared: bool  #: the whole desk's
    settings: dict[str, Any]  # Any: JSON; rows by public id only


def listed(work: Work, page: str) -> list[View]:
    """The views of this page that the person sees: their own, then the desk's, by name."""
    mine = work.reviewer.key if work.reviewer else 0
    query = select(SavedView).where(
        SavedView.page == page, or_(SavedView.reviewer_id == mine, col(SavedView.reviewer_id).is_(None))
    )
    rows = [_view(row) for row in work.session.exec(query)]
    return sorted(rows, key=lambda one: (one.is_shared, one.name.casefold()))


def named(work: Work, page: str, name: str) -> View:
    """The view of this page and name that the person sees, their own first; `NotFoundError` lists those there are."""
    seen = listed(work, page)
    wanted = " ".join(name.split())
    found = next((one for one in seen if one.name == wanted), None)
    if found is None:
        known = ", ".join(f"“{one.name}”" for one in seen) or "none yet: keep one on the Review page"
        raise NotFoundError(f"There is no saved view “{name}”. This desk has {known}.")
    return found


def keep(
    work: Work, page: str, name: str, settings: Mapping[str, Any], *, is_shared: bool = False
) -> UUID:  # Any: JSON
    """Keep a selection; one of the same name and owner is replaced.

    Raises:
        RuleError: the name is blank or too long.
    """
    reviewer = work.require(Role.CHECKER)
    named = _name(name)
    there = _of_name(work, page, named, None if is_shared else reviewer.key)
    if there is not None:
        work.change("saved_view.changed", there, {"settings": dict(settings)})
        return there.public_id
    owner = None if is_shared else reviewer.key
    row = SavedView(reviewer_id=owner, page=page, name=named, settings=dict(settings))
    return work.add("saved_view.kept", row).public_id


def rename(work: Work, view_id: UUID, seen: int, name: str) -> None:
    """Give a view another name.

    Raises:
        RuleError: the name is blank, too long or taken; or it is a colleague's own view.
        StaleReview: somebody saved the view since.
    """
    work.require(Role.CHECKER)
    row, named = _usable(work, view_id), _name(name)
    other = _of_name(work, row.page, named, row.reviewer_id)
    if other is not None and other.id != row.id:
        raise RuleError(f"There is a view “{named}” already; choose another name. Nothing was stored.")
    work.change("saved_view.renamed", row, {"name": named}, seen=seen)


def delete(work: Work, view_id: UUID) -> None:
    """Take a view away; the log keeps it, and undo brings it back."""
    work.require(Role.CHECKER)
    work.remove("saved_view.deleted", _usable(work, view_id))


def _usable(work: Work, view_id: UUID) -> SavedView:
    row = work.get(SavedView, view_id)
    if row.reviewer_id is not None and (work.reviewer is None or row.reviewer_id != work.reviewer.id):
        raise RuleError("This view is a colleague's own; keep one of your own instead.")
    return row


def _of_name(work: Work, page: str, name: str, owner: int | None) -> SavedView | None:
    whose = col(SavedView.reviewer_id).is_(None) if owner is None else SavedView.reviewer_id == owner
    return work.session.exec(select(SavedView).where(SavedView.page == page, SavedView.name == name, whose)).first()


def _name(given: str) -> str:
    name = " ".join(given.split())
    if not name or len(name) > limits.MAX_LABEL_CHARS:
        raise RuleError(f"A view needs a name of 1 to {limits.MAX_LABEL_CHARS} characters; nothing was stored.")
    return name


def _view(row: SavedView) -> View:
    return View(row.public_id, row.version, row.name, row.reviewer_id is None, dict(row.settings))
