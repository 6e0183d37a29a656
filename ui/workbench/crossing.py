"""Cross-references: how a claim stands to other claims and statements, and notes and tags."""

from uuid import UUID

import streamlit as st

from claimtrack.reports import model
from claimtrack.services import annotate, claims, references, remarks, statements, workbench
from claimtrack.services.desk import parse_id
from claimtrack.ui import safe, session
from claimtrack.vocabulary import Relation


def section(target: UUID) -> None:
    """The cross-references of a claim, and a form for another one."""
    st.markdown("#### Cross-references")
    found = session.read(references.of, target)
    if not found:
        st.text("None yet.")
    for one in found:
        with st.container(border=True):
            relation = one.relation.value.replace("_", " ")
            this, that = ("this", f"the {one.kind}") if one.is_outgoing else (f"the {one.kind}", "this")
            st.text(f"{this} {relation} {that}")
            safe.show(one.words)
            if one.note:
                safe.show(f"{one.note} ({one.by})")
            with st.container(horizontal=True, vertical_alignment="center"):
                if one.kind == "claim":
                    session.link("claims", "Open the claim", claim=str(one.other))
                else:
                    session.link("review", "In its source", item=str(one.other))
                if st.button("Take back", key=f"reference {one.id}"):
                    session.act(references.take_back, one.id)
                    st.rerun()
    with st.expander("Relate to another claim or statement"):
        relate(target)


def relate(target: UUID) -> None:
    """Choose a relation and what it leads to."""
    words = st.text_input("Words of the other claim or statement", key=f"relate {target}")
    rows = [row for row in session.read(workbench.list_claims) if row.id != target and row.kind == "claim"]
    terms = words.casefold().split()
    options = {row.id: f"claim: {row.text}" for row in rows if all(term in row.text.casefold() for term in terms)}
    if terms:
        wanted = statements.Wanted(search=words, limit=20)
        options |= {
            parse_id(row["id"]): f"statement: {row['speaker'] or 'speaker open'}: {row['content']}"
            for row in session.read(statements.list_rows, wanted)
        }
    if not options:
        st.text("Nothing has these words." if terms else "There is no other claim yet; search for a statement.")
        return
    with st.form(f"relation of {target}", clear_on_submit=True, border=False):
        relation = st.selectbox("This", list(Relation), format_func=lambda one: str(one.value).replace("_", " "))
        other = st.selectbox("what", list(options), format_func=lambda key: safe.option(options[key], most=120))
        note = st.text_input("Remark on it")
        if st.form_submit_button("Relate", type="primary") and session.succeeds(
            lambda: session.act(claims.relate, target, relation or Relation.CONTEXT, other, note.strip() or None)
        ):
            st.rerun()


def notes(target: UUID, claim: model.ReportClaim) -> None:
    """What the desk writes for itself; never in a public report."""
    st.markdown("#### Notes and tags")
    for note in claim.notes:
        safe.show(f"{note.by}, {session.local(note.at)}: {note.text}")
    mine = next((note.text for note in claim.notes if note.by == session.reviewer()), "")
    known = sorted({*session.read(annotate.list_tags), *claim.tags})
    with st.form(f"notes {target}", border=False):
        text = st.text_area("My note", value=mine, height=68)
        tags = st.multiselect("Tags", known, default=list(claim.tags), accept_new_options=True, format_func=safe.option)
        if st.form_submit_button("Save note and tags") and session.succeeds(lambda: save(target, text, tags)):
            st.rerun()


def save(target: UUID, text: str, tags: list[str]) -> None:
    """Store both."""
    session.act(remarks.note, target, text)
    session.act(remarks.set_tags, target, tags)
