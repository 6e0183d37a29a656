"""Activity: who did what, when; what people did can be undone as long as nothing followed it."""

from uuid import UUID

import streamlit as st

from claimtrack.services import activity
from claimtrack.services.desk import parse_id
from claimtrack.ui import safe, session

PAGE = 50
#: Where an item of each kind can be looked at: page and name in its address.
PLACES = {
    "statement": ("review", "item"),
    "claim": ("claims", "claim"),
    "line": ("claims", "claim"),
    "document": ("sources", "document"),
    "speaker": ("people", "person"),
}


def filters() -> activity.Wanted:
    """Person, action, item."""
    columns = st.columns([3, 3, 2])
    people, actions = session.read(activity.choices)
    names = dict(people)
    who = columns[0].selectbox(
        "Person", [None, *names], format_func=lambda key: safe.option(names[key]) if key else "everybody", key="who did"
    )
    action = columns[1].selectbox(
        "Action", ["", *actions], format_func=lambda one: in_words(one) or "every action", key="what was done"
    )
    item = st.query_params.get("item")
    if item:
        with columns[2]:
            st.text("of one item only")
            session.link("activity", "Show all")
    return activity.Wanted(reviewer=who, action=action or None, item=parse_id(item) if item else None)


def in_words(action: str) -> str:
    """The action as screens say it."""
    return action.replace(".", " ").replace("_", " ")


def entry(row: activity.Entry) -> None:
    """One event, with its item and its undo."""
    columns = st.columns([2, 2, 3, 7, 2, 2], vertical_alignment="center")
    columns[0].text(f"{row.at.astimezone(session.zone()):%d %b %H:%M:%S}")
    columns[1].text(safe.visible(row.who))
    columns[2].text(in_words(row.action) + (" · undone" if row.is_undone else ""))
    with columns[3]:
        safe.show(row.what or "nothing more to tell")
    if row.item_kind in PLACES:
        page, name = PLACES[row.item_kind]
        with columns[4]:
            session.link(page, "Open", **{name: str(row.item)})
    if (
        row.can_undo
        and columns[5].button("Undo", key=f"undo {row.id}", help="Undo this and all of the same action")
        and session.succeeds(lambda: undo(row.id))
    ):
        st.rerun()


def undo(event: UUID) -> None:
    """Undo an event and all of the same action."""
    session.act(activity.undo, event)


st.header("Activity")
wanted = filters()
start = st.session_state.get("activity before")
before = start[1] if start and start[0] == wanted else None
rows = session.read(activity.recent, before=before, limit=PAGE, wanted=wanted)
if not rows:
    st.info("Nothing fits." if wanted != activity.Wanted() else "Nothing has happened here yet: add a source to begin.")
for row in rows:
    entry(row)
left, right = st.columns(2)
if before is not None and left.button("Newest"):
    st.session_state.pop("activity before")
    st.rerun()
if len(rows) == PAGE and right.button("Older"):
    st.session_state["activity before"] = (wanted, rows[-1].number)
    st.rerun()
