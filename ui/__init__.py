"""The dashboard: Streamlit only. Pages collect input, call one service and show the result."""

if __name__ != "claimtrack.ui":
    raise ImportError("Import claimtrack.ui, not ui: a second copy would register every component twice.")
