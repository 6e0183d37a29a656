"""Reports: choose what and for whom, look at it, take it away."""

import streamlit as st

from claimtrack.errors import ClaimTrackError
from claimtrack.reports.formats import FORMATS
from claimtrack.services import export_report, preview
from claimtrack.ui import safe, session
from claimtrack.vocabulary import CheckState

AUDIENCES = {"public": "the public", "editor": "an editor", "lawyer": "the lawyer"}

#: How much of a file is shown; the file itself is whole.
MAX_SHOWN = 20_000


def look(made: export_report.Exported) -> None:
    """The file as a person can read it here: text as text, a PDF by its pages' words, the rest by its size."""
    if made.media_type == "application/pdf":
        for number, words in enumerate(preview.of_pdf(made.data), 1):
            st.text(f"page {number}")
            safe.show_block(words[:MAX_SHOWN])
    elif made.media_type.startswith("text/html"):
        safe.show_block(preview.of_html(made.data)[:MAX_SHOWN])
    elif made.media_type.startswith(("text/", "application/")) and preview.is_text(made.data):
        safe.show_block(made.data.decode("utf-8")[:MAX_SHOWN])
    else:
        st.text(f"{len(made.data) / 1024:,.0f} kB; open it in the program that reads it.")


st.header("Reports")
columns = st.columns([2, 3, 4])
audience = columns[0].selectbox("For", list(AUDIENCES), format_func=AUDIENCES.__getitem__)
kind = columns[1].selectbox("Format", list(FORMATS), format_func=lambda name: FORMATS[name].title)
states = columns[2].multiselect("States", [state.value for state in CheckState], placeholder="all states")
title = st.text_input("Title", placeholder="the story's title")
st.text(FORMATS[kind].use)
selection = export_report.Selection(
    story=session.story(), states=tuple(CheckState(state) for state in states), with_unclaimed=audience != "public"
)
try:
    made = session.read(export_report.export, selection, audience, kind, title=title.strip() or None)
except ClaimTrackError as error:
    st.info(safe.label(str(error), most=600))
else:
    st.download_button(
        f"Save {made.file_name}",
        made.data,
        file_name=made.file_name,
        mime=made.media_type,
        type="primary",
        on_click="ignore",
    )
    st.text("Left out for this audience: " + ("; ".join(made.withheld) or "nothing"))
    with st.expander("What is in it", expanded=True):
        look(made)
