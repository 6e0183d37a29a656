"""The dashboard's main script: who acts, which story, which page."""

from importlib.resources import files

import streamlit as st

from claimtrack.ui import session

PAGES = (
    ("overview", "Overview", ":material/dashboard:"),
    ("review", "Review", ":material/rate_review:"),
    ("claims", "Claims", ":material/fact_check:"),
    ("repeats", "Repeats", ":material/content_copy:"),
    ("quote_check", "Quote check", ":material/format_quote:"),
    ("people", "People", ":material/groups:"),
    ("sources", "Sources", ":material/article:"),
    ("reports", "Reports", ":material/description:"),
    ("activity", "Activity", ":material/history:"),
)

# A picture of our own: a named icon in this place would be fetched from a server outside.
st.set_page_config(page_title="claimtrack", page_icon=str(files("claimtrack.ui") / "icon.png"), layout="wide")
page = st.navigation(
    [st.Page(f"pages/{name}.py", title=title, icon=icon, url_path=name) for name, title, icon in PAGES], position="top"
)
session.frame()
with session.problems_shown():
    page.run()
