"""A surname alone, across documents: whose it is where only one person can be meant; else it waits for a person.

A page that says "Anand" throughout gives a speaker of that name. As long as the desk knows one person of that surname
the machine joins the two, as a merge that moves nothing; a second person of the surname parts them again. So the result
does not hang on the order of the documents. What a person has decided about a speaker the machine never touches.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import col, select

from claimtrack.attribution import SpeakerKind
from claimtrack.db.bulk import chunks
from claimtrack.db.events import MACHINE, Circumstances, record_change
from claimtrack.db.search import index_statements
from claimtrack.db.tables import Event, Speaker, Statement
from claimtrack.match.speakers import name_parts
from claimtrack.services.desk import Work

#: Forms of address and offices that stand before a surname; the empty one: the surname alone.
_BEFORE = (
    *("", "mr ", "mr. ", "mrs ", "mrs. ", "ms ", "ms. ", "miss ", "dr ", "dr. ", "prof ", "prof. ", "sir ", "dame "),
    *("lord ", "lady ", "judge ", "president ", "minister ", "mayor ", "governor ", "gov. ", "senator ", "sen. "),
)

#: What the machine does to a speaker; anything else in its log is a person's.
_OWN = ("speaker.added", "speaker.joined", "speaker.parted")


def settle(work: Work, names: Iterable[str]) -> None:
    """Join or part the bare surnames that these names of persons end with, or are."""
    wanted = {parts[-1] for name in names if (parts := name_parts(name))}
    bare = _bare(work, wanted)
    if not bare:
        return
    whole = _whole(work, set(bare))
    for surname, speakers in bare.items():
        people = whole[surname]
        only = next(iter(people)) if len(people) == 1 else None
        for speaker in speakers:
            is_settled = only in {speaker.merged_into_id, speaker.id}
            if not (is_settled or is_decided(work, speaker) or _is_followed(work, speaker)):
                _point(work, speaker, only)


def _point(work: Work, speaker: Speaker, whole: int | None) -> None:
    note = "the only person of this surname" if whole else "more than one person has this surname"
    record_change(
        work.session,
        MACHINE,
        "speaker.joined" if whole else "speaker.parted",
        speaker,
        seen=speaker.version,
        changes={"merged_into_id": whole},
        context=Circumstances(batch=work.batch, note=note),
    )
    index_statements(
        work.session,
        list(work.session.exec(select(Statement.id).where(Statement.speaker_id == speaker.key))),  # type: ignore[arg-type]
    )


def _is_followed(work: Work, speaker: Speaker) -> bool:
    """Whether others stand for the speaker: a person made it stand for itself, and there is never a chain."""
    return (
        work.session.exec(select(Speaker.id).where(Speaker.merged_into_id == speaker.id).limit(1)).first() is not None
    )


def is_decided(work: Work, speaker: Speaker) -> bool:
    """Whether a person did anything to the speaker."""
    touched = select(Event.number).where(
        Event.item == speaker.public_id, col(Event.reviewer).is_not(None), col(Event.action).not_in(_OWN)
    )
    return work.session.exec(touched.limit(1)).first() is not None


def _bare(work: Work, surnames: set[str]) -> dict[str, list[Speaker]]:
    """The persons who are known by a surname alone; by name, so that the index finds them."""
    found: defaultdict[str, list[Speaker]] = defaultdict(list)
    forms = sorted(before + surname for surname in surnames for before in _BEFORE)
    for some in chunks(forms):
        query = select(Speaker).where(col(Speaker.sort_name).in_(some), Speaker.kind == SpeakerKind.PERSON)
        for speaker in work.session.exec(query.order_by(col(Speaker.id))):
            parts = name_parts(speaker.name)
            if len(parts) == 1:
                found[parts[0]].append(speaker)
    return dict(found)


def _whole(work: Work, surnames: set[str]) -> defaultdict[str, dict[int, Speaker]]:
    """The persons of each surname whose first name is known, those that stand for themselves, by key."""
    found: defaultdict[str, dict[int, Speaker]] = defaultdict(dict)
    for some in chunks(sorted(surnames), 50):
        ends = or_(*(col(Speaker.sort_name).like("% " + name.replace("_", r"\_"), escape="\\") for name in some))
        query = select(Speaker).where(ends, Speaker.kind == SpeakerKind.PERSON)
        for speaker in work.session.exec(query.order_by(col(Speaker.id))):
            parts = name_parts(speaker.name)
            if len(parts) > 1 and parts[-1] in surnames:
                standing = speaker.merged_into_id or speaker.key
                found[parts[-1]][standing] = work.by_key(Speaker, standing)
    return found


@dataclass(frozen=True, slots=True)
class Waiting:
    """A surname that waits for a person, and whose it may be."""

    id: UUID
    name: str
    people: tuple[tuple[UUID, str], ...]


def waiting(work: Work, limit: int = 50) -> list[Waiting]:
    """The bare surnames that several persons have, and that nobody decided about, by name."""
    # A name of one word, or of a title and a word, has one space at most.
    short = select(Speaker).where(
        Speaker.kind == SpeakerKind.PERSON,
        col(Speaker.merged_into_id).is_(None),
        col(Speaker.sort_name).not_like("% % %"),
    )
    bare = [
        (parts[0], speaker)
        for speaker in work.session.exec(short.order_by(col(Speaker.sort_name), col(Speaker.id)))
        if len(parts := name_parts(speaker.name)) == 1
    ]
    whole = _whole(work, {surname for surname, _ in bare})
    return [
        Waiting(speaker.public_id, speaker.name, tuple((one.public_id, one.name) for one in whole[surname].values()))
        for surname, speaker in bare
        if len(whole[surname]) > 1 and not is_decided(work, speaker)
    ][:limit]
