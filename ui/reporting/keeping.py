"""Saved reports: kept by name, opened again here or run with `claimtrack export --saved NAME`."""

from functools import partial

import streamlit as st

from claimtrack.services import saved_reports
from claimtrack.services.saved_reports import Definition
from claimtrack.ui import safe, session


def show(wanted: Definition) -> None:
    """The kept definitions, and a place to keep this one."""
    with st.form("keep report", clear_on_submit=True, border=False):
        columns = st.columns([3, 1], vertical_alignment="bottom")
        name = columns[0].text_input("Keep what is chosen above under the name", placeholder="Daily for the editor")
        if columns[1].form_submit_button("Keep") and session.succeeds(
            lambda: session.act(saved_reports.save, name, wanted)
        ):
            st.rerun()
    rows = session.read(saved_reports.listed)
    if not rows:
        st.info("No report is kept yet. Choose above what comes out, then keep it here under a name.")
    for row in rows:
        columns = st.columns([6, 1, 1], vertical_alignment="center")
        columns[0].text(f"{safe.visible(row.name)}: {safe.visible(row.in_words)}")
        columns[1].button("Open it", key=f"open {row.id}", on_click=_open, args=(row.definition,))
        if columns[2].button("Remove it", key=f"remove {row.id}") and session.succeeds(
            partial(session.act, saved_reports.delete, row.name)
        ):
            st.rerun()


def _open(definition: Definition) -> None:
    """Fill the choices above with a kept definition."""
    chosen = definition.selection
    st.session_state["report audience"] = definition.audience.value
    st.session_state["report format"] = definition.format
    st.session_state["report states"] = [state.value for state in chosen.states]
    st.session_state["report title"] = definition.title or ""
    st.session_state["report claims"] = chosen.claims
    st.session_state["story"] = str(chosen.story) if chosen.story else ""
