"""Notes and tags: what the desk writes for itself."""

from collections.abc import Iterable
from uuid import UUID

from sqlmodel import col, select

from claimtrack.db.base import Identified
from claimtrack.db.tables import Annotation, Claim, Document, Line, Statement, Tag, Tagging
from claimtrack.errors import RuleError
from claimtrack.services.desk import Work, now
from claimtrack.services.indexing import sort_name
from claimtrack.vocabulary import Role

#: The column that names a row of each kind in notes and taggings.
COLUMNS: dict[type[Identified], str] = {
    Document: "document_id",
    Statement: "statement_id",
    Claim: "claim_id",
    Line: "line_id",
}


def set_note(work: Work, row: Identified, text: str) -> None:
    """This reviewer's note on the row: written, changed, or taken back when `text` is blank."""
    reviewer = work.require(Role.CHECKER)
    column = COLUMNS[type(row)]
    own = select(Annotation).where(
        getattr(Annotation, column) == row.key,
        Annotation.reviewer_id == reviewer.key,
        col(Annotation.voided_at).is_(None),
    )
    there = work.session.exec(own).first()
    if there is None and text.strip():
        note = Annotation(text=text, reviewer_id=reviewer.key)
        setattr(note, column, row.key)
        work.add("note.written", note)
    elif there is not None and text.strip():
        work.change("note.changed", there, {"text": text})
    elif there is not None:
        work.change("note.taken_back", there, {"voided_at": now()})


def notes_on(work: Work, row: Identified) -> list[Annotation]:
    """The notes that stand on the row, the oldest first."""
    query = select(Annotation).where(
        getattr(Annotation, COLUMNS[type(row)]) == row.key, col(Annotation.voided_at).is_(None)
    )
    return list(work.session.exec(query.order_by(col(Annotation.id))))


def change_tags(work: Work, row: Identified, add: Iterable[str], remove: Iterable[str]) -> None:
    """Put tags on the row and take others off; a tag that nobody used yet is made."""
    reviewer = work.require(Role.CHECKER)
    column = COLUMNS[type(row)]
    there = set(tags_on(work, row))
    for name in add:
        tag = _tag(work, name)
        if tag.name not in there:
            tagging = Tagging(tag_id=tag.key, reviewer_id=reviewer.key)
            setattr(tagging, column, row.key)
            work.add("tag.put_on", tagging)
            there.add(tag.name)
    for name in remove:
        on_it = select(Tagging).where(getattr(Tagging, column) == row.key, Tagging.tag_id == _tag(work, name).key)
        for tagging in work.session.exec(on_it).all():
            work.remove("tag.taken_off", tagging)


def tags_on(work: Work, row: Identified) -> list[str]:
    """The tags of the row, by name."""
    query = select(Tag.name).join(Tagging, col(Tagging.tag_id) == Tag.id)
    return list(
        work.session.exec(query.where(getattr(Tagging, COLUMNS[type(row)]) == row.key).order_by(col(Tag.sort_name)))
    )


def _tag(work: Work, name: str) -> Tag:
    key = sort_name(name)
    if not key:
        raise RuleError("A tag needs letters or digits; nothing was stored.")
    there = work.session.exec(select(Tag).where(Tag.sort_name == key)).first()
    return there or work.add("tag.added", Tag(name=name.strip(), sort_name=key))


def list_tags(work: Work) -> list[str]:
    """All tags of the desk, by name."""
    return list(work.session.exec(select(Tag.name).order_by(col(Tag.sort_name))))


def note_by_id(work: Work, statement_id: UUID, text: str) -> None:
    """The note of this reviewer on a statement, by its public id."""
    work.require(Role.CHECKER)
    set_note(work, work.get(Statement, statement_id), text)
