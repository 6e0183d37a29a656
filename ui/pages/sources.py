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
from claimtrack.services import documents, lines
from claimtrack.services.desk import parse_id
from claimtrack.services.import_source import Imported, Refused, import_sources
from claimtrack.services.stories import add_story
from claimtrack.ui import safe, session


def add_form() -> None:
    """Paste, upload or fetch; what is stored of each source is told, with its warnings."""
    kind = st.radio("Add", ["Paste", "Files", "Address"], horizontal=True)
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
    more = f" {' '.join(result.warnings)}" if result.warnings else ""
    return f"{result.title or result.name}: {result.outcome.value}, {result.statements} statements.{more}"


def stored() -> None:
    """The stored documents, and one of them to look at."""
    rows = session.read(documents.list_documents, story=session.story())
    if not rows:
        st.info("Nothing is stored here yet. Paste an article above, or run `claimtrack demo` for samples.")
        return
    table = [
        {
            "Title": safe.visible(row.title or "Untitled"),
            "Publisher": safe.visible(row.publisher or "—"),
            "Published": row.published_on,
            "To review": row.open,
            "Statements": row.statements,
            "Saved copies": row.captures,
        }
        for row in rows
    ]
    chosen = st.dataframe(table, hide_index=True, on_select="rerun", selection_mode="single-row", key="documents")
    picked = chosen["selection"]["rows"] if chosen else []
    if picked and picked[0] < len(rows) and st.session_state.get("document picked") != rows[picked[0]].id:
        st.session_state["document picked"] = rows[picked[0]].id
        st.query_params["document"] = str(rows[picked[0]].id)
    with st.expander("Open one by its name"):
        names = {row.id: safe.option(f"{row.title or 'Untitled'} ({row.publisher or 'no publisher'})") for row in rows}
        named = st.selectbox(
            "Document", [None, *names], format_func=lambda key: names[key] if key else "choose", key="document named"
        )
        if named is not None and st.button("Open"):
            st.query_params["document"] = str(named)
    linked = st.query_params.get("document")
    if linked:
        one_document(parse_id(linked))


def one_document(document_id: UUID) -> None:
    """A document's details, to be corrected, and its saved copies."""
    found = session.read(documents.document, document_id)
    st.subheader(safe.label(found.title or "Untitled"), anchor=False)
    if "saved" in st.session_state:
        st.success(st.session_state.pop("saved"))
    details(found)
    if found.archive_url:
        safe.show(f"copy in a public archive: {found.archive_url}")
    for copy in found.captures:
        safe.show(
            f"saved {session.local(copy.saved_at)} · {copy.media_type} · seen {copy.sightings} times\n"
            f"sha256 {copy.sha256}"
        )
    for change in found.changes:
        st.warning(
            safe.label(
                f"{change.state}: “{change.before}”" + (f" → “{change.after}”" if change.after else ""), most=600
            )
        )
    session.link("review", "Review its statements", document=str(document_id))
    line_by_line(document_id)
    with st.expander("Stored text"):
        safe.show_block(found.text)


def details(found: documents.Document) -> None:
    """What an import proposed, to be corrected; a save that somebody overtook keeps what was typed."""
    version = session.seen(f"document {found.id}", found.version)
    with st.form(f"details {found.id}"):
        columns = st.columns(4)
        title = columns[0].text_input("Title", value=found.title or "", key=f"title {found.id}")
        publisher = columns[1].text_input("Publisher", value=found.publisher or "", key=f"publisher {found.id}")
        author = columns[2].text_input("Author", value=found.author or "")
        day = columns[3].date_input(
            "Published on", value=found.published_on, format="YYYY-MM-DD", key=f"day {found.id}"
        )
        safe.show("proposed from: " + "; ".join(f"{key}: {value}" for key, value in sorted(found.origins.items())))
        is_saved = st.form_submit_button("Save", help="Dates that lean on the day of publication are read again.")
    if is_saved:
        given = documents.Details(
            title or None, publisher or None, author or None, day if isinstance(day, date) else None
        )
        if session.succeeds(lambda: save(found.id, version, given)):
            st.rerun()


def save(document_id: UUID, seen: int, given: documents.Details) -> None:
    """Store the corrections, and tell what followed from them."""
    count = session.act(documents.correct, document_id, seen, given)
    st.session_state["saved"] = f"Saved; {count} dates were read again." if count else "Saved."


def line_by_line(document_id: UUID) -> None:
    """Lines to check: mark a passage by its words; how much is marked, checked and open; what nobody has marked."""
    st.markdown("#### Line by line")
    far = session.read(lines.progress, document_id)
    if not far.sentences:
        st.text("There is no text in the saved copy.")
        return
    st.progress(
        far.checked / far.sentences,
        text=f"{far.sentences} sentences: {far.marked} marked, {far.checked} checked, {far.open} open",
    )
    if far.earlier:
        st.text(f"{far.earlier} lines were marked in an earlier saved copy.")
    for line in far.lines:
        with st.container(border=True):
            safe.show(line.words)
            st.text(f"{line.state.value.replace('_', ' ')} · {'has a verdict' if line.verdict else 'no verdict yet'}")
            session.link("claims", "Evidence and verdict", claim=str(line.id))
    with st.expander("Mark a line to check"):
        mark_form(document_id)
    with st.expander(f"{len(far.unmarked)} sentences that nobody has marked"):
        unmarked(document_id, far.unmarked)


def mark_form(document_id: UUID) -> None:
    """Words copied from the stored text; where they stand twice, which place is meant."""
    words = st.text_area(
        "Words of the line", height=68, placeholder="Copy them from the stored text below.", key=f"line {document_id}"
    )
    if not words.strip():
        return
    try:
        found = session.read(lines.find, document_id, words)
    except ClaimTrackError as error:
        st.error(safe.label(str(error), most=400))
        return
    options = {
        at: safe.label(f"…{place.before}{place.words}{place.after}…", most=260) for at, place in enumerate(found)
    }
    at = st.radio("Place", list(options), format_func=options.__getitem__) if len(found) > 1 else 0
    if st.button("Mark this line", type="primary") and session.succeeds(
        lambda: session.act(lines.mark, document_id, found[at or 0], story=session.story())
    ):
        st.rerun()


def unmarked(document_id: UUID, sentences: Sequence[str]) -> None:
    """Sentences without a mark, page by page, each to be marked with one press."""
    size = 12
    pages = max(1, -(-len(sentences) // size))
    at = int(st.number_input("Page", 1, pages, 1, key=f"unmarked {document_id}")) if pages > 1 else 1
    for number, words in enumerate(sentences[(at - 1) * size : at * size], (at - 1) * size):
        left, right = st.columns([8, 1], vertical_alignment="center")
        with left:
            safe.show(words)
        if right.button("Mark", key=f"mark {document_id} {number}") and session.succeeds(
            lambda words=words: mark(document_id, words)  # type: ignore[misc]  # binds this turn of the loop
        ):
            st.rerun()


def mark(document_id: UUID, words: str) -> None:
    """Mark the first place of a sentence that nobody has marked."""
    place = session.read(lines.find, document_id, words)[0]
    session.act(lines.mark, document_id, place, story=session.story())


st.header("Sources")
add_form()
st.divider()
stored()
