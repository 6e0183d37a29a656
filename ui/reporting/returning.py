"""A table that comes back: what it would change is shown first."""

import streamlit as st

from claimtrack import limits
from claimtrack.errors import ClaimTrackError
from claimtrack.services import revise
from claimtrack.ui import safe, session


def show() -> None:
    """Where an edited table is given in, what it would change, and the button that does it."""
    st.text(
        "Export CSV or Excel for an editor, edit it in a spreadsheet, and give it back here: speakers, days, "
        "occasions, places, languages and tags of quotations; words, claimants and tags of claims (Excel)."
    )
    sent = st.file_uploader("Edited table", type=["csv", "xlsx"], key="edited table")
    done = st.session_state.pop("revised", None)
    if done is not None:
        st.success(f"{done} cells were changed, as one action: undo it on the Activity page.")
    if sent is None:
        return
    data = sent.getvalue()
    if len(data) > limits.MAX_SOURCE_BYTES:
        st.error(f"The table has over {limits.MAX_SOURCE_BYTES // 1024**2} MB; give back the rows that you changed.")
        return
    try:
        with st.spinner("Comparing …"):
            found = session.read(revise.look, sent.name, data)
    except ClaimTrackError as error:
        st.error(safe.label(str(error), most=600))
        return
    _tell(found)
    if found.changes and st.button("Apply what will change", type="primary"):
        seen = st.session_state.get("revision shown", found)
        if session.succeeds(lambda: st.session_state.update(revised=session.act(revise.apply, sent.name, data, seen))):
            st.session_state.pop("revision shown", None)
            st.rerun()
    st.session_state["revision shown"] = found


def _tell(found: revise.Revision) -> None:
    """Changes, conflicts and what is not understood."""
    if not (found.changes or found.conflicts or found.problems):
        st.info("The table reads as the desk does: there is nothing to change.")
    if found.changes:
        st.text("What will change")
        st.dataframe(
            [
                {
                    "Row": one.row,
                    "Column": one.column,
                    "Now": safe.visible(one.before),
                    "Will be": safe.visible(one.after),
                    "Id": one.id,
                }
                for one in found.changes
            ],
            hide_index=True,
        )
    if found.conflicts:
        st.text("Changed at the desk since: these stay as they are")
        st.dataframe(
            [
                {
                    "Row": one.change.row,
                    "Column": one.change.column,
                    "Was": safe.visible(one.then),
                    "Now": safe.visible(one.change.before),
                    "Your table": safe.visible(one.change.after),
                }
                for one in found.conflicts
            ],
            hide_index=True,
        )
    if found.problems:
        st.text("Not understood: these stay as they are")
        safe.show_block("\n".join(found.problems))
