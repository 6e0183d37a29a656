"""Report definitions that the desk keeps: what, for whom, in which format; run again by name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from claimtrack import limits
from claimtrack.db.tables import SavedView, Story
from claimtrack.errors import ClaimTrackError, NotFoundError, RuleError
from claimtrack.reports.formats import FORMATS
from claimtrack.reports.model import Audience
from claimtrack.services.desk import Work
from claimtrack.services.export_report import Exported, Selection, export
from claimtrack.vocabulary import CheckState, Role

#: What the table calls the page that these belong to.
PAGE = "reports"


@dataclass(frozen=True, slots=True)
class Definition:
    """Everything that an export is asked for."""

    format: str
    audience: Audience = Audience.PUBLIC
    selection: Selection = field(default_factory=Selection)
    title: str | None = None  #: None: the story's


@dataclass(frozen=True, slots=True)
class Saved:
    """A kept definition."""

    id: UUID
    name: str
    version: int
    definition: Definition
    in_words: str


def save(work: Work, name: str, definition: Definition) -> UUID:
    """Keep the definition for the whole desk; one of the same name is replaced, and the log keeps what it was.

    Raises:
        RuleError: the name is blank or too long.
        NotFoundError: there is no such format or story.
    """
    work.require(Role.CHECKER)
    kept = " ".join(name.split())
    if not kept or len(kept) > limits.MAX_LABEL_CHARS:
        raise RuleError(
            f"A saved report needs a name of up to {limits.MAX_LABEL_CHARS} characters; nothing was stored."
        )
    if definition.format not in FORMATS:
        raise NotFoundError(f"There is no format “{definition.format}”; choose one of {', '.join(FORMATS)}.")
    if definition.selection.story is not None:
        work.get(Story, definition.selection.story)
    there = _row(work, kept)
    settings = _plain(definition)
    if there is None:
        return work.add("saved_report.kept", SavedView(page=PAGE, name=kept, settings=settings)).public_id
    work.change("saved_report.changed", there, {"settings": settings})
    return there.public_id


def listed(work: Work) -> list[Saved]:
    """The kept definitions, by name."""
    query = select(SavedView).where(SavedView.page == PAGE, col(SavedView.reviewer_id).is_(None))
    rows = work.session.exec(query.order_by(col(SavedView.name)))
    return [_saved(work, row) for row in rows]


def named(work: Work, name: str) -> Saved:
    """The definition of this name; `NotFoundError` lists those there are."""
    row = _row(work, " ".join(name.split()))
    if row is None:
        known = ", ".join(f"“{one.name}”" for one in listed(work)) or "none yet: keep one with --save-as NAME"
        raise NotFoundError(f"There is no saved report “{name}”. This desk has {known}.")
    return _saved(work, row)


def delete(work: Work, name: str) -> None:
    """Take a definition away; the log keeps it, and undo brings it back."""
    work.require(Role.CHECKER)
    work.remove("saved_report.deleted", work.get(SavedView, named(work, name).id))


def run(work: Work, name: str) -> Exported:
    """The report as it is defined, made now."""
    wanted = named(work, name).definition
    return export(work, wanted.selection, wanted.audience, wanted.format, title=wanted.title)


def _row(work: Work, name: str) -> SavedView | None:
    query = select(SavedView).where(
        SavedView.page == PAGE, SavedView.name == name, col(SavedView.reviewer_id).is_(None)
    )
    return work.session.exec(query).first()


def _plain(definition: Definition) -> dict[str, Any]:
    """The definition as JSON; rows by public id only."""
    chosen = definition.selection
    return {
        "format": definition.format,
        "audience": definition.audience.value,
        "title": definition.title,
        "story": str(chosen.story) if chosen.story else None,
        "claims": [str(one) for one in chosen.claims],
        "states": [state.value for state in chosen.states],
        "with_unclaimed": chosen.with_unclaimed,
        "view": str(chosen.view) if chosen.view else None,
        "cluster": str(chosen.cluster) if chosen.cluster else None,
    }


def _definition(held: Mapping[str, Any]) -> Definition:
    return Definition(
        held["format"],
        Audience(held["audience"]),
        Selection(
            story=UUID(held["story"]) if held.get("story") else None,
            claims=tuple(UUID(one) for one in held.get("claims", ())),
            states=tuple(CheckState(one) for one in held.get("states", ())),
            with_unclaimed=bool(held.get("with_unclaimed")),
            view=UUID(held["view"]) if held.get("view") else None,
            cluster=UUID(held["cluster"]) if held.get("cluster") else None,
        ),
        held.get("title"),
    )


def _saved(work: Work, row: SavedView) -> Saved:
    try:
        definition = _definition(row.settings)
    except (KeyError, ValueError, TypeError) as error:
        raise ClaimTrackError(
            f"The saved report “{row.name}” can't be read ({error}); delete it and keep it anew."
        ) from error
    return Saved(row.public_id, row.name, row.version, definition, in_words(work, definition))


def in_words(work: Work, definition: Definition) -> str:
    """What comes out, in a line."""
    chosen = definition.selection
    story = (
        work.session.exec(select(Story.title).where(Story.public_id == chosen.story)).first() if chosen.story else None
    )
    parts = [FORMATS[definition.format].title if definition.format in FORMATS else definition.format]
    parts.append(f"for the {definition.audience.value}")
    parts.append(f"story {story}" if story else "all stories")
    parts += [f"{len(chosen.claims)} chosen claims"] if chosen.claims else []
    parts += [", ".join(state.value.replace("_", " ") for state in chosen.states)] if chosen.states else []
    parts += ["a saved view"] if chosen.view else []
    parts += ["one quotation and its repeats"] if chosen.cluster else []
    return " · ".join(parts)
