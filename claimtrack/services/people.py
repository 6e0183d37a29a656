"""Who stands behind source mentions: found again across documents, merged and split by people.

A merge sets `merged_into_id` and moves nothing: every statement keeps the speaker it was tied to, so a split gives each
mention back to where it stood.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as sql_select
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from claimtrack.attribution import SpeakerKind
from claimtrack.db.bulk import chunks, insert_rows
from claimtrack.db.events import Entry, new_entry
from claimtrack.db.search import index_speaker
from claimtrack.db.tables import Alias, Office, Speaker, Statement
from claimtrack.errors import RuleError
from claimtrack.match.lookalikes import is_mixed, looks_like
from claimtrack.match.occasions import bounds
from claimtrack.services import surnames
from claimtrack.services.desk import Work
from claimtrack.services.indexing import sort_name
from claimtrack.vocabulary import Role

#: A name as a page gives it, and what it belongs to.
Named = tuple[str | None, SpeakerKind | None]


@dataclass(frozen=True, slots=True)
class Cast:
    """The speakers behind the names that a batch of documents gives."""

    keys: dict[Named, int]  #: internal keys; a name is missing where a person has to say who it is
    new_people: list[str]  #: names of the persons that are new
    entries: list[list[Entry]]  #: for each document, the events of those that came with it


def tie(work: Work, named: Sequence[Iterable[Named]]) -> Cast:
    """The speakers behind the names of each document, those that are new made.

    "An official" of one page is nobody that another page could mean, so unnamed sources stay with their statements.
    """
    wanted = [
        {one: sort_name(one[0]) for one in names if one[0] and one[1] is not SpeakerKind.UNNAMED} for names in named
    ]
    known = _candidates(work, {key for names in wanted for key in names.values()})
    found = Cast({}, [], [[] for _ in named])
    fresh: list[tuple[Named, int, dict[str, object]]] = []
    for at, names in enumerate(wanted):
        for one, key in names.items():
            if one in found.keys:
                continue
            fitting = fits(known[key], one[1])
            if len(fitting) == 1:
                found.keys[one] = fitting[0].key
            elif not fitting:
                known[key].append(_Candidate(-1 - len(fresh), one[1], -1 - len(fresh)))
                found.keys[one] = known[key][-1].key
                fresh.append((one, at, {"name": one[0], "sort_name": key, "kind": one[1]}))
    rows = insert_rows(work.session, Speaker, [values for _, _, values in fresh])
    for one, at in found.keys.items():
        if at < 0:
            found.keys[one] = rows[-1 - at]["id"]
    found.new_people.extend(str(name) for (name, kind), _, _ in fresh if kind is SpeakerKind.PERSON)
    for (_, at, _), row in zip(fresh, rows, strict=True):
        found.entries[at].append(new_entry(work.session, "speaker.added", Speaker, row))
    return found


@dataclass(frozen=True, slots=True)
class _Candidate:
    key: int  #: internal key; below 0: not stored yet
    kind: SpeakerKind | None
    standing: int  #: the one that it stands for, or itself: a merge moves no mention, so that a split finds them


def _candidates(work: Work, keys: set[str]) -> defaultdict[str, list[_Candidate]]:
    """The speakers whose name or alias each sort name is; of those that stand for one, the first."""
    found: defaultdict[str, dict[int, _Candidate]] = defaultdict(dict)
    whole = aliased(Speaker)
    columns = (col(Speaker.id), col(whole.kind), col(whole.id))
    stands = col(whole.id) == func.coalesce(Speaker.merged_into_id, Speaker.id)
    for some in chunks(sorted(keys)):
        own = sql_select(col(Speaker.sort_name), *columns).join(whole, stands).where(col(Speaker.sort_name).in_(some))
        other = (
            sql_select(col(Alias.sort_name), *columns)
            .join(Speaker, col(Speaker.id) == Alias.speaker_id)
            .join(whole, stands)
            .where(col(Alias.sort_name).in_(some))
        )
        for query in (own, other):
            for name, key, kind, stood_for in work.session.execute(query.order_by(col(Speaker.id))):
                found[name].setdefault(stood_for, _Candidate(key, kind, stood_for))
    listed = defaultdict[str, list[_Candidate]](list)
    for name, held in found.items():
        listed[name] = [held[key] for key in sorted(held)]
    return listed


def fits(known: Sequence[_Candidate], kind: SpeakerKind | None) -> list[_Candidate]:
    """Which of the speakers of one name a mention of this kind may be.

    Those of its kind; else, where either kind is open, all of them. Two people of one name stay two: with more than
    one, a person has to say which.
    """
    same = [one for one in known if one.kind is kind]
    return same or [one for one in known if kind is None or one.kind is None]


def standing(work: Work, speaker: Speaker) -> Speaker:
    """The speaker that this one was merged into, else itself."""
    return work.by_key(Speaker, speaker.merged_into_id) if speaker.merged_into_id else speaker


def speaker_for(work: Work, name: str | None, kind: SpeakerKind | None) -> Speaker | None:
    """The speaker behind a name, made when it is new.

    None for open and unnamed sources, and where more than one has the name: a person has to say which.
    """
    if not name or kind is SpeakerKind.UNNAMED:
        return None
    fitting = fits(_candidates(work, {sort_name(name)})[sort_name(name)], kind)
    if len(fitting) > 1:
        return None
    return work.by_key(Speaker, fitting[0].key) if fitting else add_speaker(work, name, kind)


def add_speaker(work: Work, name: str, kind: SpeakerKind | None) -> Speaker:
    """A new speaker, even where one of this name stands."""
    made = work.add("speaker.added", Speaker(name=name, sort_name=sort_name(name), kind=kind))
    if kind is SpeakerKind.PERSON:
        surnames.settle(work, [name])
    return made


def add_alias(work: Work, speaker_id: UUID, name: str, origin: str = "reviewer") -> UUID:
    """Another name under which the speaker is found."""
    work.require(Role.CHECKER)
    speaker = work.get(Speaker, speaker_id)
    if not sort_name(name):
        raise RuleError("An alias needs letters; nothing was stored.")
    return work.add(
        "alias.added", Alias(speaker_id=speaker.key, name=name.strip(), sort_name=sort_name(name), origin=origin)
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
    merged_event = work.events[-1].public_id
    surnames.settle(work, [source.name])
    return merged_event


def split_speaker(work: Work, speaker_id: UUID, *, note: str | None = None) -> UUID:
    """Let a merged speaker stand for itself again, with the statements that were its own."""
    work.require(Role.CHECKER)
    speaker = work.get(Speaker, speaker_id)
    if speaker.merged_into_id is None:
        raise RuleError(f"{speaker.name} stands for itself already; nothing was changed.")
    event = work.change("speaker.split", speaker, {"merged_into_id": None}, note=note)
    index_speaker(work.session, speaker.key)
    surnames.settle(work, [speaker.name])
    return event.public_id


def add_office(
    work: Work,
    speaker_id: UUID,
    title: str,
    *,
    body: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> UUID:
    """An office or title that the speaker held; `since` and `until` are EDTF ("2019", "2019-05"), None where open.

    Raises:
        RuleError: there is no title, a date can't be read, or the office ends before it begins.
    """
    work.require(Role.CHECKER)
    speaker = work.get(Speaker, speaker_id)
    if not title.strip():
        raise RuleError("An office needs a title; nothing was stored.")
    periods = [None if one is None else bounds(one) for one in (since, until)]
    for given, found in zip((since, until), periods, strict=True):
        if given is not None and found is None:
            raise RuleError(f"“{given}” is not a date; write 2019, 2019-05 or 2019-05-02. Nothing was stored.")
    begins, ends = periods
    if begins and ends and ends[1] < begins[0]:
        raise RuleError(f"The office would end ({until}) before it begins ({since}); nothing was stored.")
    row = Office(
        speaker_id=speaker.key, title=title.strip(), body=(body or "").strip() or None, held_from=since, held_to=until
    )
    return work.add("office.added", row).public_id


def office_in_words(office: Office) -> str:
    """Title, body and period, as lists show them.

    >>> office_in_words(Office(speaker_id=1, title="minister", body="Harbours", held_from="2019", held_to=None))
    'minister, Harbours (2019–)'
    """
    named = ", ".join(part for part in (office.title, office.body) if part)
    if office.held_from is None and office.held_to is None:
        return named
    return f"{named} ({office.held_from or ''}–{office.held_to or ''})"


def lookalikes(work: Work, limit: int = 50) -> list[tuple[str, str | None]]:
    """Names with letters of another alphabet in the place of Latin ones, each with the speaker's that it looks like."""
    names = dict(work.session.exec(select(Speaker.sort_name, Speaker.name)).all())
    found = []
    for name in names.values():
        seen = looks_like(name)
        if seen != name and (is_mixed(name) or sort_name(seen) in names):
            found.append((name, names.get(sort_name(seen))))
    return sorted(found)[:limit]


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
        tuple(office_in_words(office) for office in offices),
        tuple((one.public_id, one.name) for one in merged),
        statements,
    )
