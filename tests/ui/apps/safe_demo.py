"""Every way in which a Python page shows text of documents, with hostile text."""

import streamlit as st
from hostile import HOSTILE

from claimtrack.ui import safe

for text in HOSTILE:
    safe.show(text)
for text in HOSTILE:
    safe.show_block(text)
for k, text in enumerate(HOSTILE):
    st.checkbox(safe.label(text), key=f"box {k}")
st.text("the end of the page")
