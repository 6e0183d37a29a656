"""Lines to check: marked by their words, and how much of a long piece is marked, checked and open."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select

from claimtrack.attribution import Span
from claimtrack.db import tables
from claimtrack.errors import RuleError
from claimtrack.services import claims, decide, passages
from claimtrack.services.desk import Work
from claimtrack.services.entry import Marked
from claimtrack.vocabulary import CheckState, Role, StatementState

#: Code points shown on either side of words that stand in several places.
CONTEXT_CHARS = 60


@dataclass(frozen=True, slots=True)
class Place:
    """One place where the words stand; `words` is the stored text there."""

    span: Span
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line to check of a document."""

    id: UUID
    words: str
    state: CheckState
    verdict: str | None  #: key on its scale


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a document is, in sentences of its newest saved copy; a verdict or a reviewed statement checks one."""

    sentences: int
    marked: int
    checked: int
    lines: tuple[LineRow, ...]
    unmarked: tuple[str, ...]  #: sentences that neither a statement nor a line touches
    earlier: int  #: lines that were marked in an earlier saved copy

    @property
    def open(self) -> int:
        """Marked sentences that wait for a check."""
        return self.marked - self.checked


def find(work: Work, document_id: UUID, words: str) -> list[Place]:
    """The places of the words in the newest saved copy.

    Raises:
        RuleError: no words, or they do not stand there.
    """
    capture = decide.newest_capture(work, work.get(tables.Document, document_id))
    text = decide.stored_text(work, capture.key)
    found = passages.places(text, words)
    if not found:
        told = "These words do not stand in the saved copy" if words.strip() else "The line has no words yet"
        raise RuleError(f"{told}; copy them from the stored text. Nothing was stored.")
    return [
        Place(
            span,
            text[max(0, span.start - CONTEXT_CHARS) : span.start],
            span.of(text),
            text[span.end : span.end + CONTEXT_CHARS],
        )
        for span in found
    ]


def mark(work: Work, document_id: UUID, place: Place, *, story: UUID | None = None) -> UUID:
    """Mark the place as a line to check; the words are compared with the stored text once more.

    Raises:
        RuleError: the passage is marked already.
    """
    work.require(Role.CHECKER)
    capture = decide.newest_capture(work, work.get(tables.Document, document_id))
    there = select(tables.Line).where(
        tables.Line.capture_id == capture.key,
        tables.Line.start_offset == place.span.start,
        tables.Line.end_offset == place.span.end,
    )
    if work.session.exec(there).first() is not None:
        raise RuleError("This passage is a line to check already; nothing was stored.")
    return claims.mark_line(work, document_id, [Marked(place.span, place.words)], story=story)


def progress(work: Work, document_id: UUID) -> Progress:
    """How much of the document is marked, checked and open. Cost: one reading of its text."""
    document = work.get(tables.Document, document_id)
    capture = decide.newest_capture(work, document)
    text = decide.stored_text(work, capture.key)
    rows = work.session.exec(
        select(tables.Line).where(tables.Line.document_id == document.key).order_by(col(tables.Line.start_offset))
    ).all()
    here = [row for row in rows if row.capture_id == capture.key]
    statements = work.session.exec(
        select(tables.Statement).where(
            tables.Statement.capture_id == capture.key, tables.Statement.state != StatementState.REJECTED
        )
    ).all()
    whole = list(passages.sentences(text))
    both: list[tables.Line | tables.Statement] = [*here, *statements]
    marked = [Span(*pair) for row in both for pair in _spans(row)]
    done = [Span(*pair) for row in both if _is_checked(row) for pair in _spans(row)]
    unmarked = passages.uncovered(whole, marked)
    return Progress(
        len(whole),
        len(whole) - len(unmarked),
        len(whole) - len(passages.uncovered(whole, done)),
        tuple(LineRow(row.public_id, row.content, row.state, row.verdict) for row in here),
        tuple(span.of(text) for span in unmarked),
        len(rows) - len(here),
    )


def _spans(row: tables.Line | tables.Statement) -> list[tuple[int, int]]:
    return row.spans if isinstance(row, tables.Line) else row.content_spans


def _is_checked(row: tables.Line | tables.Statement) -> bool:
    if isinstance(row, tables.Line):
        return row.verdict is not None
    return row.state in {StatementState.AS_PRINTED, StatementState.FIXED}
