"""Who stands behind source mentions: found again across documents, merged and split by people.

A merge sets `merged_into_id` and moves nothing: every statement keeps the speaker it was tied to, so a split gives each
mention back to where it stood.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from claimtrack.attribution import SpeakerKind
from claimtrack.db.search import index_speaker
from claimtrack.db.tables import Alias, Office, Speaker, Statement
from claimtrack.errors import RuleError
from claimtrack.services.desk import Work
from claimtrack.services.indexing import sort_name
from claimtrack.vocabulary import Role


def speaker_named(work: Work, name: str, kind: SpeakerKind | None) -> Speaker | None:
    """The one speaker whose name or alias this is; None when there is none, or more than one.

    Two people of one name stay two: with more than one, a person has to say which. A speaker of another kind is
    another speaker; a merged one leads to the one it stands for.
    """
    key = sort_name(name)
    own = select(Speaker).where(Speaker.sort_name == key)
    other = select(Speaker).join(Alias, col(Alias.speaker_id) == Speaker.id).where(Alias.sort_name == key)
    found = {
        standing(work, one).key: standing(work, one) for one in (*work.session.exec(own), *work.session.exec(other))
    }
    fitting = [one for one in found.values() if kind is None or one.kind in {None, kind}]
    return fitting[0] if len(fitting) == 1 else None


def standing(work: Work, speaker: Speaker) -> Speaker:
    """The speaker that this one was merged into, else itself."""
    return work.by_key(Speaker, speaker.merged_into_id) if speaker.merged_into_id else speaker


def speaker_for(work: Work, name: str | None, kind: SpeakerKind | None) -> Speaker | None:
    """The speaker behind a name that a page gives, made when it is new; None for open and unnamed sources.

    "An official" of one page is nobody that another page could mean, so unnamed sources stay with their statements.
    """
    if not name or kind is SpeakerKind.UNNAMED:
        return None
    return speaker_named(work, name, kind) or add_speaker(work, name, kind)


def add_speaker(work: Work, name: str, kind: SpeakerKind | None) -> Speaker:
    """A new speaker, even where one of this name stands."""
    return work.add("speaker.added", Speaker(name=name, sort_name=sort_name(name), kind=kind))


def add_alias(work: Work, speaker_id: UUID, name: str) -> UUID:
    """Another name under which the speaker is found."""
    work.require(Role.CHECKER)
    speaker = work.get(Speaker, speaker_id)
    if not sort_name(name):
        raise RuleError("An alias needs letters; nothing was stored.")
    return work.add(
        "alias.added", Alias(speaker_id=speaker.key, name=name.strip(), sort_name=sort_name(name))
    ).public_id


def merge_speakers(work: Work, kept: UUID, merged: UUID, *, note: str | None = None) -> UUID:
    """Take two speakers for one: `merged` from now on stands for `kept`; the event's id, for `undo`."""
    work.require(Role.CHECKER)
    target, source = work.get(Speaker, kept), work.get(Speaker, merged)
    target = standing(work, target)
    if source.merged_into_id is not None or source.id == target.id:
        raise RuleError(f"{source.name} already stands for {target.name}; nothing was changed.")
    followers = work.session.exec(select(Speaker).where(Speaker.merged_into_id == source.id)).all()
    for one in (source, *followers):  # never a chain
        work.change("speaker.merged", one, {"merged_into_id": target.id}, note=note)
    index_speaker(work.session, target.key)
    return work.events[-1].public_id


def split_speaker(work: Work, speaker_id: UUID, *, note: str | None = None) -> UUID:
    """Let a merged speaker stand for itself again, with the statements that were its own."""
    work.require(Role.CHECKER)
    speaker = work.get(Speaker, speaker_id)
    if speaker.merged_into_id is None:
        raise RuleError(f"{speaker.name} stands for itself already; nothing was changed.")
    event = work.change("speaker.split", speaker, {"merged_into_id": None}, note=note)
    index_speaker(work.session, speaker.key)
    return event.public_id


@dataclass(frozen=True, slots=True)
class Person:
    """One row of the People page."""

    id: UUID
    name: str
    kind: SpeakerKind | None
    aliases: tuple[str, ...]
    offices: tuple[str, ...]
    merged: tuple[tuple[UUID, str], ...]  #: those that stand for this one
    statements: int


def name_of(work: Work, speaker_id: UUID) -> str:
    """The name of the speaker; of a merged one that of the speaker it stands for."""
    return standing(work, work.get(Speaker, speaker_id)).name


def list_people(work: Work, *, search: str = "", limit: int = 200) -> list[Person]:
    """Speakers that stand for themselves, those with most statements first; `search` is part of a name or alias."""
    whole = func.coalesce(Speaker.merged_into_id, Speaker.id)
    counted = (
        select(whole.label("speaker"), func.count(col(Statement.id)).label("count"))
        .join(Statement, col(Statement.speaker_id) == Speaker.id, isouter=True)
        .group_by(whole)
        .subquery()
    )
    query = select(Speaker, counted.c.count).join(counted, counted.c.speaker == Speaker.id)
    if search.strip():
        part = f"%{sort_name(search).replace('%', '').replace('_', ' ')}%"
        by_alias = select(Alias.speaker_id).where(col(Alias.sort_name).like(part))
        query = query.where(col(Speaker.sort_name).like(part) | col(Speaker.id).in_(by_alias))
    rows = work.session.exec(query.order_by(counted.c.count.desc(), col(Speaker.sort_name)).limit(limit)).all()
    return [person(work, speaker, count) for speaker, count in rows]


def person(work: Work, speaker: Speaker, statements: int) -> Person:
    """A speaker with the names, offices and merged speakers that belong to it."""
    aliases = work.session.exec(
        select(Alias.name).where(Alias.speaker_id == speaker.key).order_by(col(Alias.sort_name))
    )
    offices = work.session.exec(select(Office).where(Office.speaker_id == speaker.key).order_by(col(Office.id)))
    merged = work.session.exec(
        select(Speaker).where(Speaker.merged_into_id == speaker.key).order_by(col(Speaker.sort_name))
    )
    return Person(
        speaker.public_id,
        speaker.name,
        speaker.kind,
        tuple(aliases),
        tuple(office.title for office in offices),
        tuple((one.public_id, one.name) for one in merged),
        statements,
    )
