"""Notes and tags on a claim, line or statement that is known by its public id."""

from collections.abc import Iterable
from uuid import UUID

from claimtrack.services import annotate, queries
from claimtrack.services.desk import Work
from claimtrack.vocabulary import Role


def note(work: Work, public_id: UUID, text: str) -> None:
    """This reviewer's note; a blank one takes it back."""
    work.require(Role.CHECKER)
    annotate.set_note(work, queries.item(work, public_id), text)


def set_tags(work: Work, public_id: UUID, wanted: Iterable[str]) -> None:
    """Let the item bear exactly these tags; new ones are made."""
    work.require(Role.CHECKER)
    row = queries.item(work, public_id)
    there, asked = annotate.tags_on(work, row), [one.strip() for one in wanted if one.strip()]
    annotate.change_tags(
        work, row, [one for one in asked if one not in there], [one for one in there if one not in asked]
    )
