"""Verdict scales: versioned data with presets. A changed scale is a new edition; old verdicts keep theirs."""

from dataclasses import dataclass

from sqlmodel import col, select

from claimtrack.db.tables import Scale
from claimtrack.errors import NotFoundError, RuleError
from claimtrack.services.desk import Work
from claimtrack.vocabulary import Role

#: name -> (key, label, number or None); numbers rise from worst to best, None stands outside the scale.
PRESETS: dict[str, tuple[tuple[str, str, int | None], ...]] = {
    "Truth, five points": (
        ("false", "False", 1),
        ("mostly_false", "Mostly false", 2),
        ("half_true", "Half true", 3),
        ("mostly_true", "Mostly true", 4),
        ("true", "True", 5),
        ("not_checkable", "Not checkable", None),
    ),
    "Supported or refuted": (
        ("refuted", "Refuted", 1),
        ("supported", "Supported", 2),
        ("not_enough_evidence", "Not enough evidence", None),
        ("not_checkable", "Not checkable", None),
    ),
    "True, false, misleading, unproven": (
        ("false", "False", 1),
        ("misleading", "Misleading", 2),
        ("true", "True", 3),
        ("unproven", "Unproven", None),
        ("not_checkable", "Not checkable", None),
    ),
    "Checker's marks": (
        ("cut", "Cut", 1),
        ("change", "Change", 2),
        ("ok", "OK", 3),
        ("on_author", "On author", None),
        ("query", "Query", None),
    ),
}
DEFAULT = "Truth, five points"


@dataclass(frozen=True, slots=True)
class Rating:
    """One step of a scale; `number` None stands outside it."""

    key: str
    label: str
    number: int | None


def ratings(scale: Scale) -> list[Rating]:
    """The steps of a scale, in its order."""
    return [Rating(one["key"], one["label"], one["number"]) for one in scale.ratings]


def scale_named(work: Work, name: str | None = None) -> Scale:
    """The newest offered edition of this scale; a preset is stored when it is first used.

    Raises:
        NotFoundError: the desk has no such scale; the message lists those it has.
    """
    wanted = name or DEFAULT
    query = select(Scale).where(Scale.name == wanted, col(Scale.is_offered).is_(True))
    there = work.session.exec(query.order_by(col(Scale.edition).desc())).first()
    if there is not None:
        return there
    if wanted not in PRESETS:
        raise NotFoundError(f"There is no scale “{wanted}”; this desk has {', '.join(scale_names(work))}.")
    work.require(Role.CHECKER)  # a preset comes in with whoever first reviews on it
    return _stored(work, wanted, [Rating(*rating) for rating in PRESETS[wanted]])


def scale_names(work: Work) -> list[str]:
    """The scales that can be chosen: presets and the desk's own."""
    own = work.session.exec(select(Scale.name).where(col(Scale.is_offered).is_(True))).all()
    return sorted({*PRESETS, *own})


def add_scale(work: Work, name: str, steps: list[Rating]) -> Scale:
    """A new scale, or a new edition of the one of this name."""
    work.require(Role.EDITOR)
    if len(steps) < 2 or len({one.key for one in steps}) < len(steps):
        raise RuleError("A scale needs two ratings or more, each with a key of its own; nothing was stored.")
    return _stored(work, name, steps)


def _stored(work: Work, name: str, steps: list[Rating]) -> Scale:
    newest = work.session.exec(select(Scale).where(Scale.name == name).order_by(col(Scale.edition).desc())).first()
    values = [{"key": one.key, "label": one.label, "number": one.number} for one in steps]
    return work.add("scale.added", Scale(name=name, edition=newest.edition + 1 if newest else 1, ratings=values))


def check_verdict(scale: Scale, verdict: str) -> str:
    """The verdict's key, when the scale has it; a label is taken for its key."""
    for one in ratings(scale):
        if verdict.strip().casefold() in {one.key, one.label.casefold()}:
            return one.key
    raise RuleError(
        f"“{verdict}” is no rating of “{scale.name}”; choose {', '.join(one.key for one in ratings(scale))}."
    )
