"""Reviews side by side, the desk's verdict, the checklist, release and what is done after it."""

from uuid import UUID

import streamlit as st

from claimtrack.reports import model
from claimtrack.services import checklist, verdicts, workbench
from claimtrack.ui import safe, session
from claimtrack.ui.workbench import WORDING
from claimtrack.vocabulary import Reading


def section(target: UUID, bench: workbench.Bench) -> None:
    """Reviews, the next one, and the desk's verdict."""
    claim = bench.claim
    st.markdown("#### Reviews")
    if bench.is_hidden:
        st.info("This desk reads blind: the earlier reading is shown when you have given yours.")
    for review in claim.reviews:
        with st.container(border=True):
            verdict = WORDING.verdict(review) if review.verdict else "sent back"
            safe.show(f"{review.reading} reading · {review.reviewer} · {verdict}")
            safe.show(review.reasoning)
    labels = {one.key: safe.label(one.label) for one in bench.ratings}
    if claim.state not in {"released", "corrected", "withdrawn"}:
        with st.form("review", clear_on_submit=True):
            safe.show(f"Your review: {bench.next_reading.value} reading, on “{bench.scale}”")
            verdict = st.radio("Verdict", list(labels), format_func=labels.__getitem__, horizontal=True)
            reasoning = st.text_area("Reasoning", height=90, placeholder="The port's own plan gives June, not Easter.")
            back = bench.next_reading is Reading.SECOND and st.checkbox("Send back to the first reader")
            if st.form_submit_button("Record my review", type="primary") and session.succeeds(
                lambda: session.act(verdicts.review, target, None if back else verdict, reasoning, send_back=back)
            ):
                st.rerun()
    if claim.decision:
        st.markdown("#### The desk's verdict")
        safe.show(f"{WORDING.verdict(claim.decision)} · {claim.decision.decided_by}")
        safe.show(claim.decision.reasoning)
    if claim.reviews and claim.state != "adjudication":
        with st.expander("Give the desk's verdict", expanded=claim.decision is None), st.form("decide", border=False):
            verdict = st.radio("The desk's verdict", list(labels), format_func=labels.__getitem__, horizontal=True)
            reasoning = st.text_area("Reasoning, as the report prints it", height=90, value=claim.reviews[-1].reasoning)
            if st.form_submit_button("Decide") and session.succeeds(
                lambda: session.act(verdicts.decide_verdict, target, verdict, reasoning)
            ):
                st.rerun()


def release(target: UUID, claim: model.ReportClaim) -> None:
    """The checklist, release, and what is done after it."""
    st.markdown("#### Before release")
    points = {label: key for key, label in checklist.POINTS.items()}
    for item in claim.checklist:
        mark = "✓ done" if item.done else "waived" if item.waived_by else "open"
        why = f" ({item.waived_by}: {item.reason})" if item.waived_by else ""
        safe.show(f"{mark} · {item.name}{why}")
    missing = [item.name for item in claim.checklist if item.is_missing]
    if missing:
        with st.popover("Waive a point"), st.form("waive", border=False):
            name = st.selectbox("Point", missing)
            reason = st.text_input("Reason", placeholder="One person on the night shift")
            if st.form_submit_button("Waive") and session.succeeds(
                lambda: session.act(checklist.waive, target, points[name], reason)
            ):
                st.rerun()
    if claim.state in {"released", "corrected", "withdrawn"}:
        with st.expander("Correct or withdraw"), st.form("correct", border=False):
            reason = st.text_area("What was wrong, as readers will see it", height=68)
            withdraw = st.checkbox("Take the whole verdict back")
            if st.form_submit_button("Say so") and session.succeeds(
                lambda: session.act(verdicts.correct, target, reason, withdraw=withdraw)
            ):
                st.rerun()
        for correction in claim.corrections:
            safe.show(f"{correction.kind} {session.local(correction.at)}: {correction.text}")
    elif st.button(
        "Release",
        type="primary",
        disabled=claim.decision is None,
        help="Needs the desk's verdict and a checklist without open points.",
    ) and session.succeeds(lambda: session.act(verdicts.release, target)):
        st.rerun()
