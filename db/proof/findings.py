"""What verifying finds: counts, erasures, problems."""

from dataclasses import dataclass, field

#: Problems listed one by one; a table that was wholly overwritten need not be listed wholly.
MAX_PROBLEMS = 10_000

#: `previous` of the first event.
ZERO = "0" * 64


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as it was written."""

    table: str
    row: str  #: public id; for an event "event 17"
    what: str  #: a sentence for a person

    def __str__(self) -> str:
        """As one line."""
        return f"{self.table} {self.row}: {self.what}"


@dataclass(slots=True)
class Verification:
    """What was checked, what was found erased, and what is wrong."""

    events: int = 0
    captures: int = 0
    spans: int = 0
    rows: int = 0  #: rows held against their newest event
    erased_events: int = 0
    erased_captures: int = 0
    head_number: int = 0  #: number and digest of the newest event; keep them elsewhere
    head_digest: str = ZERO
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0  #: all of them, listed or not

    @property
    def holds(self) -> bool:
        """Whether everything is as it was written, erasures aside."""
        return self.problem_count == 0

    def add(self, table_name: str, row: object, what: str) -> None:
        """Note a problem."""
        self.problem_count += 1
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(table_name, str(row), what))


@dataclass(slots=True)
class Erased:
    """What erasure events name, by public id."""

    events: set[str] = field(default_factory=set)
    captures: set[str] = field(default_factory=set)
    rows: set[str] = field(default_factory=set)
