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
    ("quality", "Quality", ":material/monitoring:"),
    ("activity", "Activity", ":material/history:"),
)

# A picture of our own: a named icon in this place would be fetched from a server outside.
st.set_page_config(page_title="claimtrack", page_icon=str(files("claimtrack.ui") / "icon.png"), layout="wide")
# The first page answers to the bare address only and keeps its name from others: so it gives up the name "overview",
# and a hidden page answers to that, as links that people mail expect.
paths = {name: "start" if name == "overview" else name for name, _, _ in PAGES}
pages = [st.Page(f"pages/{name}.py", title=title, icon=icon, url_path=paths[name]) for name, title, icon in PAGES]
pages.append(st.Page("pages/overview.py", title="Overview", url_path="overview", visibility="hidden"))
pages.append(st.Page("pages/statement.py", title="Statement", url_path="statement", visibility="hidden"))
page = st.navigation(pages, position="top")
with session.problems_shown():
    session.enter()
    session.frame()
    page.run()
