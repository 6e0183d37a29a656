"""Names, aliases and Wikidata ids from a CSV file: shown first, then applied; what is doubtful waits for a person."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import col, select

from claimtrack.db.tables import Alias, Speaker
from claimtrack.errors import SourceError
from claimtrack.services.desk import Work
from claimtrack.services.indexing import sort_name
from claimtrack.services.people import add_alias, standing
from claimtrack.vocabulary import Role

#: Wikidata's items: Q and a number without leading zeros.
_ITEM = re.compile(r"Q[1-9][0-9]{0,11}")
_COLUMNS = {
    "name": ("name", "canonical name", "speaker"),
    "alias": ("alias", "aliases", "also known as"),
    "item": ("qid", "wikidata", "wikidata id", "wikidata_id", "item"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file."""

    number: int
    name: str
    aliases: tuple[str, ...]
    item: str | None


class Finding(StrEnum):
    """What a line of the file would do."""

    CHANGE = "change"
    NOTHING = "nothing to change"
    UNKNOWN = "nobody of this name"
    AMBIGUOUS = "several people of this name: choose on the People page"
    CONFLICT = "has another Wikidata id: look which is right"


@dataclass(frozen=True, slots=True)
class Step:
    """What one line would do, or did."""

    line: Line
    finding: Finding
    speaker: int | None = None
    item: str | None = None  #: the id that it would set
    aliases: tuple[str, ...] = ()  #: those that it would add

    @property
    def in_words(self) -> str:
        """The step as a sentence's end."""
        if self.finding is not Finding.CHANGE:
            return self.finding.value
        told = [f"Wikidata id {self.item}"] if self.item else []
        return "; ".join([*told, *(f"also “{alias}”" for alias in self.aliases)])


def read_lines(text: str, name: str = "-") -> list[Line]:
    """The lines of a CSV file with a head: name, alias (several parted by "|"), qid.

    Raises:
        SourceError: a column is missing, or lines are wrong; all of them are told.
    """
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    heads = {(head or "").strip().lower(): head for head in rows.fieldnames or ()}
    columns = {key: next((heads[one] for one in known if one in heads), None) for key, known in _COLUMNS.items()}
    if columns["name"] is None or (columns["alias"] is None and columns["item"] is None):
        raise SourceError(f"{name} needs a first line with the columns name, alias and qid.", source=name)
    found, wrong = [], []
    for row in rows:
        values = {key: (row.get(head) or "").strip() if head else "" for key, head in columns.items()}
        aliases = tuple(alias.strip() for alias in values["alias"].split("|") if sort_name(alias))
        if not sort_name(values["name"]):
            wrong.append(f"line {rows.line_num} has no name")
        elif values["item"] and not _ITEM.fullmatch(values["item"]):
            wrong.append(f"line {rows.line_num}: “{values['item']}” is not an id of Wikidata like Q42")
        else:
            found.append(Line(rows.line_num, values["name"], aliases, values["item"] or None))
    if wrong:
        raise SourceError(f"{name}: {'; '.join(wrong)}. Nothing was changed.", source=name)
    return found


def plan(work: Work, lines: Iterable[Line]) -> list[Step]:
    """What the lines would do, in their order; nothing is stored."""
    taken: dict[int, str] = {}
    return [_step(work, line, taken) for line in lines]


def apply(work: Work, lines: Sequence[Line]) -> list[Step]:
    """Do what can be done without doubt; what was done, and what was left for a person."""
    work.require(Role.CHECKER)
    steps = []
    taken: dict[int, str] = {}
    for line in lines:
        step = _step(work, line, taken)
        if step.finding is Finding.CHANGE and step.speaker is not None:
            speaker = work.by_key(Speaker, step.speaker)
            if step.item:
                work.change("speaker.identified", speaker, {"wikidata_id": step.item})
            for alias in step.aliases:
                add_alias(work, speaker.public_id, alias, origin="wikidata")
        steps.append(step)
    return steps


def _step(work: Work, line: Line, taken: dict[int, str]) -> Step:
    """What a line would do after those before it; `taken` holds the ids that those set."""
    speakers = _named(work, line.name)
    if len(speakers) != 1:
        return Step(line, Finding.AMBIGUOUS if speakers else Finding.UNKNOWN)
    (speaker,) = speakers
    held = taken.get(speaker.key) or speaker.wikidata_id
    if line.item and held and held != line.item:
        return Step(line, Finding.CONFLICT, speaker.key)
    if line.item and _others(work, speaker, line.item):
        return Step(line, Finding.CONFLICT, speaker.key)
    known = {speaker.sort_name, *work.session.exec(select(Alias.sort_name).where(Alias.speaker_id == speaker.key))}
    aliases = tuple({sort_name(alias): alias for alias in line.aliases if sort_name(alias) not in known}.values())
    item = line.item if line.item and not held else None
    if item:
        taken[speaker.key] = item
    if not item and not aliases:
        return Step(line, Finding.NOTHING, speaker.key)
    return Step(line, Finding.CHANGE, speaker.key, item, aliases)


def _named(work: Work, name: str) -> list[Speaker]:
    key = sort_name(name)
    own = work.session.exec(select(Speaker).where(Speaker.sort_name == key)).all()
    by_alias = select(Speaker).join(Alias, col(Alias.speaker_id) == Speaker.id).where(Alias.sort_name == key)
    found = {standing(work, one).key: standing(work, one) for one in (*own, *work.session.exec(by_alias))}
    return [found[one] for one in sorted(found)]


def _others(work: Work, speaker: Speaker, item: str) -> bool:
    """Whether somebody else has this id: then the two may be one, which a person has to say."""
    query = select(Speaker).where(Speaker.wikidata_id == item, Speaker.id != speaker.id)
    return any(standing(work, one).key != speaker.key for one in work.session.exec(query))
