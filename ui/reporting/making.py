"""The report as it will come out: made, shown, taken away."""

import json

import streamlit as st

from claimtrack.errors import ClaimTrackError
from claimtrack.services import export_report, preview
from claimtrack.services.saved_reports import Definition
from claimtrack.ui import safe, session
from claimtrack.ui.reporting.frame import show_page

#: How much of a text file is shown; the file itself is whole.
MAX_SHOWN = 20_000
#: Web pages above this are shown by their words: the whole page would go to the browser once more.
MAX_FRAMED_BYTES = 3_000_000


def made(wanted: Definition) -> export_report.Exported:
    """The report; the one made before while nothing was asked otherwise and nothing happened at the desk."""
    state = session.read(export_report.state)
    key = repr((wanted, state, session.reviewer()))
    held = st.session_state.get("report made")
    if held is None or held[0] != key:
        with st.spinner("Writing the report …"):
            report = session.read(
                export_report.export, wanted.selection, wanted.audience, wanted.format, title=wanted.title
            )
        held = st.session_state["report made"] = (key, report)
    found: export_report.Exported = held[1]
    return found


def show(wanted: Definition) -> None:
    """What comes out, for whom something was left out, and how it looks; or why nothing does."""
    try:
        report = made(wanted)
    except ClaimTrackError as error:
        st.info(safe.label(str(error), most=600))
        return
    left, right = st.columns([3, 2], vertical_alignment="center")
    left.download_button(
        f"Save {report.file_name}",
        report.data,
        file_name=report.file_name,
        mime=report.media_type,
        type="primary",
        on_click="ignore",
    )
    right.text(size_in_words(len(report.data)))
    st.text("Left out for this audience: " + ("; ".join(report.withheld) or "nothing"))
    with st.expander("What is in it", expanded=True):
        look(report, wanted)


def look(report: export_report.Exported, wanted: Definition) -> None:
    """The file as people will see it: a page as a page, a PDF as pictures, text as text, the rest by its size."""
    if report.media_type == "application/pdf":
        pdf(report, wanted)
    elif report.media_type == "text/html":
        if len(report.data) <= MAX_FRAMED_BYTES:
            show_page(report.data.decode(), title="The report as a web page", height=720, key="report page")
        else:
            st.text("The page is long: these are its words. Save it to see it laid out.")
            safe.show_block(preview.of_html(report.data)[:MAX_SHOWN])
    elif report.media_type == "application/json" and preview.is_text(report.data) and len(report.data) <= MAX_SHOWN:
        safe.show_block(json.dumps(json.loads(report.data), ensure_ascii=False, indent=1))
    elif report.media_type.startswith(("text/", "application/")) and preview.is_text(report.data):
        safe.show_block(report.data.decode("utf-8")[:MAX_SHOWN])
        if len(report.data) > MAX_SHOWN:
            st.text("This is the beginning; the file has all of it.")
    else:
        st.text("Save it and open it in the program that reads it.")


def pdf(report: export_report.Exported, wanted: Definition) -> None:
    """The first pages as pictures, and how many there are."""
    with st.spinner("Drawing the first pages …"):
        pages = session.read(preview.pages_of, wanted.selection, wanted.audience, wanted.title)
    count = preview.count_pages(report.data)
    st.text(f"{count} pages" if count != 1 else "1 page")
    if count > len(pages):
        st.text(f"Below: how its first claims look, on {len(pages)} pages.")
    for number, picture in enumerate(pages, 1):
        st.image(picture, caption=f"page {number}", width=800)


def size_in_words(size: int) -> str:
    """A size as people say it.

    >>> size_in_words(900), size_in_words(14_900_000)
    ('1 kB', '14.9 MB')
    """
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} kB"
