"""Activity: who did what, when; every entry can be undone as long as nothing followed it."""

import streamlit as st

from claimtrack.errors import ClaimTrackError
from claimtrack.services import activity
from claimtrack.ui import safe, session

st.header("Activity")
before = st.session_state.get("activity before")
rows = session.read(activity.recent, before=before, limit=50)
if not rows:
    st.info("Nothing has happened here yet.")
for row in rows:
    columns = st.columns([2, 2, 3, 8, 1], vertical_alignment="center")
    columns[0].text(f"{row.at:%d %b %H:%M:%S}")
    columns[1].text(safe.visible(row.who))
    columns[2].text(row.action.replace(".", " ").replace("_", " ") + (" · undone" if row.is_undone else ""))
    with columns[3]:
        safe.show(row.what)
    can_undo = row.who != "claimtrack" and not row.is_undone and row.undoes is None
    if can_undo and columns[4].button("↶", key=f"undo {row.id}", help="Undo this and all of the same action"):
        try:
            session.act(activity.undo, row.id)
        except ClaimTrackError as error:
            st.error(safe.label(str(error), most=600))
        else:
            st.rerun()
left, right = st.columns(2)
if before is not None and left.button("Newest"):
    st.session_state.pop("activity before")
    st.rerun()
if len(rows) == 50 and right.button("Older"):
    st.session_state["activity before"] = rows[-1].number
    st.rerun()
