"""Sources: take articles in, see what is stored, correct what was proposed."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from claimtrack.errors import ClaimTrackError, SourceError
from claimtrack.ingest import Document, fetch_all, read_bytes, read_text
from claimtrack.ingest.document import Raw
from claimtrack.ingest.paste import Given
from claimtrack.services import documents
from claimtrack.services.desk import parse_id
from claimtrack.services.import_source import Imported, Refused, import_sources
from claimtrack.services.stories import add_story
from claimtrack.ui import safe, session


def add_form() -> None:
    """Paste, upload or fetch; what is stored of each source is told, with its warnings."""
    kind = st.segmented_control("Add", ["Paste", "Files", "Address"], default="Paste", label_visibility="collapsed")
    with st.form("add", clear_on_submit=True, border=False):
        text = url = ""
        files = []
        if kind == "Files":
            files = st.file_uploader(
                "Files",
                accept_multiple_files=True,
                help="Text, HTML, PDF, Word, mail, subtitles, feeds, JSONL, CSV, WARC.",
            )
        elif kind == "Address":
            url = st.text_input("Address", placeholder="https://ledger.example/harbour-talks")
        else:
            text = st.text_area(
                "Text of the article", height=220, placeholder="Paste the whole article, with its headline and date."
            )
        columns = st.columns(4)
        title = columns[0].text_input("Title", placeholder="proposed from the text")
        publisher = columns[1].text_input("Publisher", placeholder="The Ledger")
        day = columns[2].date_input("Published on", value=None, format="YYYY-MM-DD")
        home = columns[3].text_input("Story", value=story_title(), placeholder="Harbour talks")
        if st.form_submit_button("Store and extract", type="primary"):
            given: Given = {}
            if title.strip():
                given["title"] = title.strip()
            if publisher.strip():
                given["publisher"] = publisher.strip()
            if isinstance(day, date):
                given["published_on"] = day
            st.session_state["imported"] = take_in(text, url, files or [], given, home)
    for line in st.session_state.pop("imported", []):
        (st.error if line.startswith("Not stored") else st.success)(safe.label(line, most=600))


def story_title() -> str:
    """The title of the story in hand."""
    return next((row.title for row in session.stories() if row.id == session.story()), "")


def take_in(text: str, url: str, files: Sequence[UploadedFile], given: Given, home: str) -> list[str]:
    """Store the sources of the form; one line for each, good or bad."""
    try:
        story = session.act(add_story, home) if home.strip() else None
        sources: list[Document | SourceError] = []
        if text.strip():
            sources.append(read_text(text, name="the pasted text", **given))
        if url.strip():
            sources += fetch_all(url.strip(), **given)
        for file in files:
            sources += read_bytes(Raw(file.getvalue(), file.name), given)
        if not sources:
            return ["Not stored: there was nothing to store. Paste a text, choose a file or give an address."]
        with st.spinner("Reading …"):
            return [told(one) for one in import_sources(session.desk(), sources, story=story)]
    except ClaimTrackError as error:
        return [f"Not stored: {error}"]


def told(result: Imported | Refused) -> str:
    """What became of one source, in a sentence."""
    if isinstance(result, Refused):
        return f"Not stored: {result.problem}"
    more = f" Look at: {'; '.join(result.warnings)}." if result.warnings else ""
    return f"{result.title or result.name}: {result.outcome.value}, {result.statements} statements.{more}"


def stored() -> None:
    """The stored documents, and one of them to look at."""
    rows = session.read(documents.list_documents, story=session.story())
    if not rows:
        st.info("Nothing is stored here yet. Paste an article above, or run `claimtrack demo` for samples.")
        return
    table = [
        {
            "Title": row.title or "Untitled",
            "Publisher": row.publisher or "—",
            "Published": row.published_on,
            "To review": row.open,
            "Statements": row.statements,
            "Saved copies": row.captures,
        }
        for row in rows
    ]
    chosen = st.dataframe(table, hide_index=True, on_select="rerun", selection_mode="single-row", key="documents")
    picked = chosen["selection"]["rows"] if chosen else []
    linked = st.query_params.get("document")
    if picked:
        one_document(rows[picked[0]].id)
    elif linked:
        one_document(parse_id(linked))


def one_document(document_id: UUID) -> None:
    """A document's details, to be corrected, and its saved copies."""
    found = session.read(documents.document, document_id)
    st.subheader(safe.label(found.title or "Untitled"))
    with st.form("details"):
        columns = st.columns(4)
        title = columns[0].text_input("Title", value=found.title or "")
        publisher = columns[1].text_input("Publisher", value=found.publisher or "")
        author = columns[2].text_input("Author", value=found.author or "")
        day = columns[3].date_input("Published on", value=found.published_on, format="YYYY-MM-DD")
        st.caption(safe.label("; ".join(f"{key}: {value}" for key, value in sorted(found.origins.items())), most=400))
        if st.form_submit_button("Save", help="Dates that lean on the day of publication are read again."):
            changed = documents.Details(
                title or None, publisher or None, author or None, day if isinstance(day, date) else None
            )
            count = session.act(documents.correct, document_id, found.version, changed)
            st.success(f"Saved; {count} dates were read again." if count else "Saved.")
    for copy in found.captures:
        safe.show(
            f"saved {copy.saved_at:%d %b %Y %H:%M} UTC · {copy.media_type} · seen {copy.sightings} times\n"
            f"sha256 {copy.sha256}"
        )
    for change in found.changes:
        st.warning(
            safe.label(
                f"{change.state}: “{change.before}”" + (f" → “{change.after}”" if change.after else ""), most=600
            )
        )
    st.link_button("Review its statements", f"/review?document={document_id}")
    with st.expander("Stored text"):
        safe.show_block(found.text, height=420)


st.header("Sources")
add_form()
st.divider()
stored()
