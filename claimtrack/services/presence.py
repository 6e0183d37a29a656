"""Who looks at which statement now. Not history: one row for each tab, overwritten, forgotten after a minute."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from sqlmodel import col, select

from claimtrack.db.tables import Presence, Reviewer
from claimtrack.services.desk import Work, now
from claimtrack.vocabulary import Role

#: A tab that has not reported for this long is taken for gone (closed, asleep, cut off).
GONE_AFTER = timedelta(minutes=1)


def look(work: Work, client: UUID, item: UUID) -> None:
    """Note that the tab `client` of the person who acts shows `item`; no event, and no version of the item moves."""
    reviewer = work.require(Role.READER)
    row = work.session.get(Presence, client)
    if row is None:
        work.session.add(Presence(client=client, reviewer_id=reviewer.key, item=item, seen_at=now()))
    else:
        row.reviewer_id, row.item, row.seen_at = reviewer.key, item, now()


def others(work: Work, items: Collection[UUID]) -> dict[UUID, tuple[str, ...]]:
    """Names of the colleagues who look at each of these items now; items that nobody looks at are left out."""
    me = work.reviewer.key if work.reviewer else 0
    query = (
        select(Presence.item, Reviewer.name)
        .join(Reviewer, col(Reviewer.id) == Presence.reviewer_id)
        .where(
            col(Presence.item).in_(items),
            col(Presence.seen_at) > now() - GONE_AFTER,
            col(Presence.reviewer_id) != me,
        )
        .distinct()
    )
    found: dict[UUID, list[str]] = {}
    for item, name in work.session.exec(query):
        found.setdefault(item, []).append(name)
    return {item: tuple(sorted(names)) for item, names in found.items()}
