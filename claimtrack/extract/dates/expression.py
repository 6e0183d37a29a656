"""One date expression of a text, resolved against the document's date as far as that goes."""

from dataclasses import dataclass
from enum import StrEnum

from claimtrack.extract.dates.when import When


class Relation(StrEnum):
    """How an expression that leans on another date relates to it."""

    SAME = "same"  #: "at the time", "that day"
    SHIFT = "shift"  #: "two days later", "a day after the vote"
    AFTER = "after"  #: "days later", "after the vote"
    BEFORE = "before"  #: "days earlier"


@dataclass(frozen=True, slots=True)
class Lean:
    """What an expression needs from another date of the document.

    `count` and `unit` are the distance of a SHIFT. `unit` of SAME is the precision ("week" for "that week"), "" where
    it is the other date as it stands, "date" for month * 100 + day in `count` ("June 21 of that year"). `event` is the
    class of event named ("vote"), "" where the nearest earlier date counts.
    """

    relation: Relation
    count: int = 0
    unit: str = ""
    event: str = ""


@dataclass(frozen=True, slots=True)
class Sense:
    """What the words of an expression come to.

    `when` is None where they fix nothing by themselves: then `lean` says what they need, or `why` tells what is
    missing. `is_future` marks what cannot date words already said ("tomorrow", a day after the document's).
    """

    when: When | None = None
    lean: Lean | None = None
    why: str | None = None
    is_future: bool = False


FUTURE = Sense(is_future=True)
UNDATED = Sense(why="The document has no date to count from.")


@dataclass(frozen=True, slots=True)
class Expression:
    """Words that give a date.

    `text[start:end]` is all that belongs to them ("after Friday's vote"), `text[core:close]` the date proper.
    `lead` is the preposition before the words, in lower case, "" for none; `kind` names the rule that read them.
    """

    start: int
    core: int
    close: int
    end: int
    kind: str
    lead: str
    sense: Sense
