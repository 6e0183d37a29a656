"""Reading statements: lists for the command line and single rows with what a person needs around them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import false
from sqlmodel import col, select

from claimtrack.db import search, tables
from claimtrack.errors import NotFoundError
from claimtrack.services import decide, indexing
from claimtrack.services.desk import Work
from claimtrack.vocabulary import StatementState


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which statements."""

    story: str | None = None
    state: StatementState | None = None
    search: str = ""
    limit: int = 200


def row_of(work: Work, statement_id: UUID) -> tables.Statement:
    """The stored statement."""
    return work.get(tables.Statement, statement_id)


def text_of(work: Work, document_id: UUID) -> str:
    """The text of the newest saved copy of a document."""
    capture = decide.newest_capture(work, work.get(tables.Document, document_id))
    return decide.stored_text(work, capture.key)


def list_rows(work: Work, wanted: Wanted) -> list[dict[str, Any]]:  # Any: JSON
    """The statements in order of documents and text, as plain rows."""
    query = select(tables.Statement)
    if wanted.state is not None:
        query = query.where(tables.Statement.state == wanted.state)
    if wanted.story is not None:
        story = story_titled(work, wanted.story)
        within = select(tables.StoryDocument.document_id).where(tables.StoryDocument.story_id == story.key)
        query = query.where(col(tables.Statement.document_id).in_(within))
    if wanted.search.strip():
        terms = search.parse(wanted.search)
        query = query.where(search.matches(work.session, terms) if terms else false())
    order = (col(tables.Statement.document_id), col(tables.Statement.start_offset), col(tables.Statement.id))
    return list(_rows(work, query.order_by(*order).limit(wanted.limit)))


def _rows(work: Work, query: Any) -> Iterator[dict[str, Any]]:  # Any: SQLModel's select, and JSON
    for row in work.session.exec(query):
        document = work.by_key(tables.Document, row.document_id)
        yield {
            "id": str(row.public_id),
            "state": row.state.value,
            "kind": row.kind.value,
            "speaker": row.speaker_name,
            "said_on": indexing.said_on(row),
            "publisher": document.publisher,
            "document": str(document.public_id),
            "content": row.content,
        }


def story_titled(work: Work, title: str) -> tables.Story:
    """The story of this title."""
    found = work.session.exec(select(tables.Story).where(tables.Story.title == title)).first()
    if found is None:
        raise NotFoundError(f"There is no story “{title}”; `claimtrack stories` lists them.")
    return found
