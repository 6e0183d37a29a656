"""Claims: appearances, evidence, questions, reviews and the verdict, side by side."""

from uuid import UUID

import streamlit as st

from claimtrack.services import claims, statements, workbench
from claimtrack.services.desk import parse_id
from claimtrack.ui import safe, session
from claimtrack.ui.workbench import appearances, asking, crossing, head, proof, readings, spread
from claimtrack.vocabulary import CheckState


def listing() -> UUID | None:
    """The claims and lines, and the one that was chosen."""
    rows = session.read(workbench.list_claims, story=session.story())
    if not rows:
        st.info("No claims yet. Find the statements that make one below, and say in your own words what is asserted.")
        return linked()
    left, right = st.columns([2, 5])
    states = sorted({row.state.value for row in rows})
    state = left.selectbox(
        "State", ["", *states], format_func=lambda one: one.replace("_", " ") or "all states", key="claim state"
    )
    words = right.text_input("Filter", placeholder="words of the claim or its claimant", key="claim words")
    terms = words.casefold().split()
    shown = [
        row
        for row in rows
        if (not state or row.state is CheckState(state))
        and all(term in f"{row.text} {row.claimant or ''}".casefold() for term in terms)
    ]
    if not shown:
        st.info("No claim fits; choose another state or other words.")
        return linked()
    table = [
        {
            "Claim": safe.visible(row.text),
            "Claimant": safe.visible(row.claimant or ("line to check" if row.kind == "line" else "open")),
            "State": row.state.value.replace("_", " ") + (" · contested" if row.is_contested else ""),
            "Verdict": row.verdict or "none",
            "Appearances": row.appearances,
        }
        for row in shown
    ]
    chosen = st.dataframe(table, hide_index=True, on_select="rerun", selection_mode="single-row", key="claims")
    picked = chosen["selection"]["rows"] if chosen else []
    if picked and picked[0] < len(shown) and st.session_state.get("claim picked") != shown[picked[0]].id:
        st.session_state["claim picked"] = shown[picked[0]].id
        st.query_params["claim"] = str(shown[picked[0]].id)
    with st.expander("Open one by its name", expanded=False):
        names = {row.id: safe.option(row.text, most=110) for row in shown}
        named = st.selectbox(
            "Claim or line", [None, *names], format_func=lambda key: names[key] if key else "choose", key="claim named"
        )
        if named is not None and st.button("Open"):
            st.query_params["claim"] = str(named)
    return linked()


def linked() -> UUID | None:
    """The claim in the page's address."""
    given = st.query_params.get("claim")
    return parse_id(given) if given else None


def make_form() -> None:
    """A new claim from statements that a search finds, or from the one in the page's address."""
    given = st.query_params.get("statement")
    with st.expander("Make a claim", expanded=not st.query_params.get("claim")):
        words = st.text_input("Find its statements", placeholder="words or speaker", key="find")
        wanted = statements.Wanted(search=words, limit=30)
        found = session.read(statements.list_rows, wanted) if words.strip() else []
        if words.strip() and not found:
            st.text("No statement has these words.")
        labels = {
            row["id"]: f"{row['speaker'] or 'speaker open'}: {row['content']} ({row['publisher'] or 'no publisher'})"
            for row in found
        }
        asserted = ""
        if given:
            row = session.read(statements.row_of, parse_id(given))
            labels = {given: f"{row.speaker_name or 'speaker open'}: {row.content}"} | labels
            asserted = row.content
        with st.form("make", border=False):
            chosen = [
                key
                for key, label in labels.items()
                if st.checkbox(safe.label(label, most=140), value=key == given, key=f"make {key}")
            ]
            text = st.text_area(
                "What is asserted, in the desk's words",
                value=asserted,
                height=68,
                placeholder="The sea wall was repaired last year",
            )
            if st.form_submit_button("Make the claim", type="primary"):
                picked = [parse_id(one) for one in chosen]
                if session.succeeds(lambda: make(text, picked)):
                    st.rerun()


def make(text: str, shown: list[UUID]) -> None:
    """Make the claim and go to it."""
    made = session.act(claims.make_claim, text, statements=shown, story=session.story())
    st.query_params.pop("statement", None)
    st.query_params["claim"] = str(made)


def show(target: UUID) -> None:
    """One claim or line on the workbench."""
    bench = session.read(workbench.bench, target)
    claim = bench.claim
    head.heading(target, bench)
    left, right = st.columns([5, 4], gap="large")
    with left:
        if claim.kind == "claim":
            appearances.section(target, claim)
            spread.section(target)
        proof.section(target, claim)
        if claim.kind == "claim":
            crossing.section(target)
        crossing.notes(target, claim)
    with right:
        readings.section(target, bench)
        readings.release(target, claim)
        asking.section(target)


st.header("Claims")
target = listing()
make_form()
if target is not None:
    show(target)
