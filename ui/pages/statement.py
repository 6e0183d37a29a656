"""One statement: questions to the writer about it, and the log of who else was asked."""

import streamlit as st

from claimtrack.services import statements
from claimtrack.services.desk import parse_id
from claimtrack.ui import safe, session
from claimtrack.ui.workbench import asking

given = st.query_params.get("statement")
st.header("Questions about a statement")
if not given:
    st.info("No statement was named: open one in Review and press q.")
else:
    statement = parse_id(given)
    row = session.read(statements.row_of, statement)
    st.subheader(safe.label(row.speaker_name or "speaker open"), anchor=False)
    safe.show(row.content)
    with st.container(horizontal=True):
        session.link("review", "In its source", item=given)
        session.link("claims", "Make a claim of it", statement=given)
        session.link("activity", "What was done with it", item=given)
    asking.section(statement, waits=False)
