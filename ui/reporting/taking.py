"""What goes out with its saved copies: the bundle, and the annotated copy of one document."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec

import streamlit as st

from claimtrack.errors import ClaimTrackError
from claimtrack.services import documents, export_files, export_report
from claimtrack.services.desk import Work
from claimtrack.ui import safe, session

P = ParamSpec("P")
AUDIENCES = {"editor": "an editor", "lawyer": "the lawyer", "public": "the public"}


def show(selection: export_report.Selection, title: str | None) -> None:
    """Both, each made when it is asked for."""
    st.subheader("Bundle")
    st.text("One ZIP: report, saved copies, event log, and a checker (verify.py) that needs Python alone.")
    columns = st.columns([2, 3], vertical_alignment="bottom")
    audience = columns[0].selectbox("Bundle for", list(AUDIENCES), format_func=AUDIENCES.__getitem__)
    with columns[1]:
        offer("Make the bundle", "bundle", export_files.export_bundle, selection, audience, title=title)
    st.subheader("Annotated copy")
    st.text("A document in reading order with every statement and line numbered: what goes to the lawyer.")
    rows = {row.id: row for row in session.read(documents.list_documents, story=session.story())}
    if not rows:
        st.info("No documents yet. Add some on the Sources page.")
        return
    columns = st.columns([4, 1, 2, 2], vertical_alignment="bottom")
    chosen = columns[0].selectbox(
        "Document", list(rows), format_func=lambda key: safe.label(rows[key].title or "Untitled", most=90)
    )
    kind = columns[1].selectbox("As", ["docx", "pdf"], format_func={"docx": "Word", "pdf": "PDF"}.__getitem__)
    whom = columns[2].selectbox("Copy for", ["lawyer", "editor"], format_func=AUDIENCES.__getitem__)
    with columns[3]:
        offer("Make the copy", "annotated", export_files.export_annotated, chosen, whom, kind)


def offer(
    label: str,
    name: str,
    service: Callable[Concatenate[Work, P], export_report.Exported],
    *args: P.args,
    **kwargs: P.kwargs,
) -> None:
    """A button that makes the file, then one that takes it away, while nothing else is chosen."""
    asked = repr((args, kwargs))
    if st.button(label, key=f"make {name}"):
        try:
            with st.spinner("Writing …"):
                st.session_state[f"made {name}"] = (asked, session.read(service, *args, **kwargs))
        except ClaimTrackError as error:
            st.session_state.pop(f"made {name}", None)
            st.error(safe.label(str(error), most=600))
    held = st.session_state.get(f"made {name}")
    if held is not None and held[0] == asked:
        made: export_report.Exported = held[1]
        st.download_button(
            f"Take {made.file_name}",
            made.data,
            file_name=made.file_name,
            mime=made.media_type,
            on_click="ignore",
            key=f"take {name}",
        )
