"""Evidence: what supports or refutes a claim or a line."""

from uuid import UUID

import streamlit as st

from claimtrack.reports import model
from claimtrack.services import evidence
from claimtrack.services.desk import parse_id
from claimtrack.ui import safe, session
from claimtrack.vocabulary import EvidenceRank, Independence, Stance

STANCES = {Stance.SUPPORTS: "supports", Stance.REFUTES: "refutes", Stance.CONTEXT: "context"}


def section(target: UUID, claim: model.ReportClaim) -> None:
    """The evidence, and a form for more."""
    st.markdown("#### Evidence")
    if not claim.evidence:
        st.text("None yet.")
    for item in claim.evidence:
        with st.container(border=True):
            card(item)
    with st.expander("Attach evidence"), st.form("evidence", clear_on_submit=True, border=False):
        form(target)


def card(item: model.EvidenceItem) -> None:
    """One piece of evidence."""
    rank = "primary" if item.primary else "secondary"
    shared = "independent" if item.independent else f"shares the copy of {item.shared_with or 'others'}"
    secret = " · CONFIDENTIAL" if item.confidential else ""
    safe.show(f"{item.stance}: {item.title}" + (f", {item.locator}" if item.locator else ""))
    kept = item.url or (f"file {item.sha256[:12]}…" if item.sha256 else "saved copy")
    safe.show(f"{rank} · {shared}{secret} · {kept} · {item.added_by}")
    for words in (item.words and f"“{item.words}”", item.note, item.archive_url and f"archived: {item.archive_url}"):
        if words:
            safe.show(words)
    if st.button("Take back", key=f"evidence {item.id}"):
        session.act(evidence.take_back, parse_id(item.id), "taken back on the workbench")
        st.rerun()


def form(target: UUID) -> None:
    """More evidence: a link or a file, with the place in it that counts."""
    title = st.text_input("What it is", placeholder="Audit plan of the port authority, page 4")
    url = st.text_input("Its address", placeholder="https://port.example/plan.pdf")
    archive = st.text_input("Copy in a public archive", placeholder="https://archive.example/…")
    file = st.file_uploader("or a file")
    columns = st.columns(3)
    stance = columns[0].selectbox("It", list(STANCES), format_func=lambda one: STANCES[Stance(one)])
    page = columns[1].number_input("Page", min_value=0, value=0, help="0: no page")
    shared = columns[2].text_input("Shares the copy of", placeholder="independent")
    words = st.text_area("The passage that counts", height=68)
    note = st.text_input("What it shows")
    primary = st.checkbox("It is the record itself (primary)")
    confidential = st.checkbox("Confidential: must not leave the desk")
    if st.form_submit_button("Attach", type="primary"):
        given = evidence.NewEvidence(
            title=title,
            stance=Stance(stance),
            url=url.strip() or None,
            archive_url=archive.strip() or None,
            file_name=file.name if file else None,
            data=file.getvalue() if file else None,
            media_type=file.type if file else None,
            page=int(page) or None,
            words=words.strip() or None,
            note=note.strip() or None,
            rank=EvidenceRank.PRIMARY if primary else EvidenceRank.SECONDARY,
            independence=Independence.SHARED if shared.strip() else Independence.INDEPENDENT,
            shared_with=shared.strip() or None,
            is_confidential=confidential,
        )
        if session.succeeds(lambda: session.act(evidence.attach, target, given)):
            st.rerun()
