"""The claim itself: its words, state and claimant; an edit that somebody else overtook is shown beside theirs."""

from dataclasses import dataclass, field
from uuid import UUID

import streamlit as st

from claimtrack.errors import StaleReview
from claimtrack.services import claims, contacts, people, workbench
from claimtrack.ui import safe, session
from claimtrack.ui.workbench import WORDING


@dataclass
class Draft:
    """An edit in progress: what was shown when it began, and what somebody saved meanwhile."""

    version: int
    text: str
    explanation: str
    claimant: UUID | None
    yours: dict[str, object] = field(default_factory=dict)
    theirs: dict[str, object] | None = None


def heading(target: UUID, bench: workbench.Bench) -> None:
    """Words, claimant, state, verdict, and what moves the state by hand."""
    claim = bench.claim
    st.subheader(safe.label(claim.text, most=400), anchor=False)
    state = claim.state.replace("_", " ")
    facts = [f"claimant: {claim.claimant.name if claim.claimant else 'open'}"] if claim.kind == "claim" else []
    facts += [state, WORDING.verdict(claim.decision)]
    facts += ["contested: its evidence changed after the verdict"] if claim.is_contested else []
    safe.show(" · ".join(facts))
    if claim.line_source is not None:
        source = claim.line_source
        safe.show(f"a line to check in {source.title or 'an untitled source'}, {source.publisher or 'no publisher'}")
        with st.container(horizontal=True, vertical_alignment="center"):
            session.link("sources", "Its document", document=source.id)
    with st.container(horizontal=True, vertical_alignment="center"):
        if claim.kind == "claim" and st.button("Edit the claim", disabled=_key(target) in st.session_state):
            st.session_state[_key(target)] = Draft(
                bench.version,
                claim.text,
                claim.explanation or "",
                UUID(claim.claimant.id) if claim.claimant and claim.claimant.id else None,
            )
            st.rerun()
        if state in {"open", "in progress"} and st.button("Wait for a source"):
            session.act(contacts.wait_for_source, target)
            st.rerun()
        if state in {"open", "waiting"} and st.button("Take it up" if state == "open" else "Go on with it"):
            session.act(contacts.go_on, target)
            st.rerun()
    draft = st.session_state.get(_key(target))
    if isinstance(draft, Draft):
        edit(target, draft)


def edit(target: UUID, draft: Draft) -> None:
    """The form of an edit; what somebody saved since is shown beside it."""
    if draft.theirs is not None:
        conflict(target, draft)
    names = {row.id: safe.option(row.name) for row in session.read(people.list_people)}
    with st.form(f"edit {target}"):
        text = st.text_area("The claim, in the desk's words", value=draft.text, height=90)
        options: list[UUID | None] = [None, *names]
        claimant = st.selectbox(
            "Claimant",
            options,
            index=options.index(draft.claimant) if draft.claimant in names else 0,
            format_func=lambda key: names[key] if key else "open",
            help="Who asserts it. Of a misquote: who spread it, never the person misquoted.",
        )
        explanation = st.text_area("Explanation for readers", value=draft.explanation, height=68)
        save, cancel = st.columns(2)
        is_saved = save.form_submit_button("Save the claim", type="primary")
        if cancel.form_submit_button("Leave it as it is"):
            st.session_state.pop(_key(target))
            st.rerun()
    if is_saved and not text.strip():
        st.error("A claim needs words: say in a sentence what is asserted. Nothing was stored.")
    elif is_saved:
        changes: dict[str, object] = {
            "text": " ".join(text.split()),
            "claimant": str(claimant) if claimant else None,
            "explanation": explanation.strip() or None,
        }
        try:
            session.desk().do(lambda work: claims.edit_claim(work, target, draft.version, **changes))
        except StaleReview as stale:
            draft.theirs, draft.yours = stale.theirs, changes
            draft.text, draft.explanation, draft.claimant = text, explanation, claimant
            st.rerun()
        st.session_state.pop(_key(target))
        st.rerun()


def conflict(target: UUID, draft: Draft) -> None:
    """Theirs and yours side by side; nothing is overwritten without a look at it."""
    assert draft.theirs is not None
    st.warning("Somebody saved this claim while you were writing. Nothing of yours is lost: compare, then decide.")
    left, right = st.columns(2)
    with left.container(border=True):
        st.text("Saved meanwhile")
        safe.show(str(draft.theirs.get("text") or ""))
        safe.show(str(draft.theirs.get("explanation") or "no explanation"))
    with right.container(border=True):
        st.text("Yours, not saved")
        safe.show(str(draft.yours.get("text") or ""))
        safe.show(str(draft.yours.get("explanation") or "no explanation"))
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Go on from mine", help="The form below then saves over what was saved meanwhile."):
            draft.version, draft.theirs = int(str(draft.theirs["version"])), None
            st.rerun()
        if st.button("Keep theirs"):
            st.session_state.pop(_key(target))
            st.rerun()


def _key(target: UUID) -> str:
    return f"draft {target}"
