"""Reports: choose what and for whom, look at it, take it away; keep it, take edits back, set how it looks."""

import streamlit as st

from claimtrack.reports.formats import FORMATS
from claimtrack.reports.model import Audience
from claimtrack.services import saved_views
from claimtrack.services.export_report import Selection
from claimtrack.services.saved_reports import Definition
from claimtrack.ui import safe, session
from claimtrack.ui.reporting import dressing, keeping, making, returning, taking
from claimtrack.vocabulary import CheckState

AUDIENCES = {"public": "the public", "editor": "an editor", "lawyer": "the lawyer"}

st.header("Reports")
columns = st.columns([2, 3, 4])
audience = columns[0].selectbox("For", list(AUDIENCES), format_func=AUDIENCES.__getitem__, key="report audience")
kind = columns[1].selectbox("Format", list(FORMATS), format_func=lambda name: FORMATS[name].title, key="report format")
states = columns[2].multiselect(
    "States", [state.value for state in CheckState], placeholder="all states", key="report states"
)
title = st.text_input("Title", placeholder="the story's title", key="report title").strip() or None
st.text(FORMATS[kind].use)
claims = st.session_state.get("report claims", ())
if claims:
    left, right = st.columns([3, 2], vertical_alignment="center")
    left.text(f"Only the {len(claims)} claims of the opened report.")
    right.button("All claims", on_click=lambda: st.session_state.pop("report claims", None))
views = {str(one.id): one for one in session.read(saved_views.listed, "review")}
view = ""
if views:
    view = st.selectbox(
        "Saved view of the queue",
        ["", *views],
        format_func=lambda key: safe.option(views[key].name) if key else "all quotations",
        help="Only claims that one of the view's statements appears in.",
        key="report view",
    )
selection = Selection(
    story=session.story(),
    claims=claims,
    states=tuple(CheckState(state) for state in states),
    with_unclaimed=audience != "public",
    view=views[view].id if view else None,
)
wanted = Definition(kind, Audience(audience), selection, title)
tabs = st.tabs(["Report", "Bundle and annotated copy", "Kept reports", "Edited tables", "How reports look"])
with tabs[0]:
    making.show(wanted)
with tabs[1]:
    taking.show(selection, title)
with tabs[2]:
    keeping.show(wanted)
with tabs[3]:
    returning.show()
with tabs[4]:
    dressing.show()
