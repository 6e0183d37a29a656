"""A story's deadline: shown, set and changed wherever the story is."""

from datetime import UTC, datetime
from uuid import UUID

import streamlit as st

from claimtrack.services import stories
from claimtrack.ui import session


def words(deadline: datetime | None) -> str:
    """The deadline in the reader's zone, and whether it is over."""
    if deadline is None:
        return "No deadline"
    return f"{'LATE: was due' if deadline < datetime.now(UTC) else 'Due'} {session.local(deadline)}"


def control(place: str, story: UUID, deadline: datetime | None, version: int) -> None:
    """The deadline as a button that opens its form; `place` tells apart two of one story on a page."""
    name = f"{place} {story}"
    seen = session.seen(f"deadline {name}", version)
    with st.popover(words(deadline), icon=":material/schedule:"), st.form(f"deadline {name}", border=False):
        here = deadline.astimezone(session.zone()) if deadline else None
        at = session.moment("Due", f"due {name} {version}", here)
        left, right = st.columns(2)
        is_set = left.form_submit_button("Set the deadline", type="primary")
        is_dropped = right.form_submit_button("No deadline", disabled=deadline is None)
    if is_set and at is None:
        st.error("Choose the day first; nothing was stored.")
    elif (is_set or is_dropped) and session.succeeds(
        lambda: session.act(stories.set_deadline, story, seen, None if is_dropped else at)
    ):
        st.rerun()
