"""Claims: appearances, evidence, reviews and the verdict, side by side."""

from collections.abc import Callable
from uuid import UUID

import streamlit as st

from claimtrack.errors import ClaimTrackError
from claimtrack.reports import model
from claimtrack.reports.wording import Wording
from claimtrack.services import checklist, claims, evidence, statements, verdicts, workbench
from claimtrack.services.desk import parse_id
from claimtrack.ui import safe, session
from claimtrack.vocabulary import EvidenceRank, Independence, Reading, Relation, Stance

WORDING = Wording(model.Template())
STANCES = {Stance.SUPPORTS: "supports", Stance.REFUTES: "refutes", Stance.CONTEXT: "context"}


def listing() -> UUID | None:
    """The claims, and the one that was chosen."""
    rows = session.read(workbench.list_claims, story=session.story())
    if not rows:
        st.info("No claims yet. Find the statements that make one below, and say in your own words what is asserted.")
        return None
    table = [
        {
            "Claim": row.text,
            "Claimant": row.claimant or ("line to check" if row.kind == "line" else "—"),
            "State": row.state.value.replace("_", " ") + (" · contested" if row.is_contested else ""),
            "Verdict": row.verdict or "—",
            "Appearances": row.appearances,
        }
        for row in rows
    ]
    chosen = st.dataframe(table, hide_index=True, on_select="rerun", selection_mode="single-row", key="claims")
    picked = chosen["selection"]["rows"] if chosen else []
    if picked:
        st.query_params["claim"] = str(rows[picked[0]].id)
    linked = st.query_params.get("claim")
    return parse_id(linked) if linked else None


def make_form() -> None:
    """A new claim from statements that a search finds."""
    with st.expander("Make a claim", expanded=not st.query_params.get("claim")):
        words = st.text_input("Find its statements", placeholder="words or speaker", key="find")
        wanted = statements.Wanted(search=words, limit=30)
        found = session.read(statements.list_rows, wanted) if words.strip() else []
        if words.strip() and not found:
            st.text("No statement has these words.")
        labels = {
            row["id"]: safe.label(
                f"{row['speaker'] or 'speaker open'}: {row['content']} ({row['publisher'] or '—'})", most=140
            )
            for row in found
        }
        with st.form("make", border=False):
            chosen = [key for key, label in labels.items() if st.checkbox(label, key=f"make {key}")]
            text = st.text_area(
                "What is asserted, in the desk's words", height=68, placeholder="The sea wall was repaired last year"
            )
            if st.form_submit_button("Make the claim", type="primary"):
                picked = [parse_id(one) for one in chosen]
                if succeeds(lambda: make(text, picked)):
                    st.rerun()


def make(text: str, shown: list[UUID]) -> None:
    """Make the claim and go to it."""
    st.query_params["claim"] = str(session.act(claims.make_claim, text, statements=shown, story=session.story()))


def succeeds(action: Callable[[], object]) -> bool:
    """Whether the action was done; the problem is shown when it was refused."""
    try:
        action()
    except ClaimTrackError as error:
        st.error(safe.label(str(error), most=1_000))
        return False
    return True


def show(target: UUID) -> None:
    """One claim on the workbench."""
    bench = session.read(workbench.bench, target)
    claim = bench.claim
    st.subheader(safe.label(claim.text, most=400))
    verdict = WORDING.verdict(claim.decision)
    facts = [f"claimant: {claim.claimant.name if claim.claimant else 'open'}", claim.state.replace("_", " "), verdict]
    st.text(" · ".join(facts + (["contested: its evidence changed after the verdict"] if claim.is_contested else [])))
    left, right = st.columns([5, 4], gap="large")
    with left:
        appearances(target, claim)
        proof(target, claim)
    with right:
        readings(target, bench)
        release(target, claim)


def appearances(target: UUID, claim: model.ReportClaim) -> None:
    """Where the claim appears, in time order."""
    st.markdown("#### Appearances")
    if not claim.appearances:
        st.text("None yet." if claim.kind == "claim" else "A line to check: the writer's own words.")
    for one in claim.appearances:
        quotation = one.quotation
        with st.container(border=True):
            who = quotation.speaker.name if quotation.speaker else "speaker open"
            safe.show(f"{who}: {quotation.words}")
            outlet = quotation.source.publisher or quotation.source.title
            st.caption(
                safe.label(f"{outlet} · {WORDING.when(quotation)} · {WORDING.fidelity(quotation.fidelity)}", most=300)
            )
            columns = st.columns([3, 2, 2])
            relation = columns[0].selectbox(
                "Relation",
                ["", *Relation],
                index=(["", *[relation.value for relation in Relation]].index(one.relation) if one.relation else 0),
                format_func=lambda value: str(value).replace("_", " ") or "makes the claim",
                key=f"relation {quotation.id}",
                label_visibility="collapsed",
            )
            if (relation or None) != (Relation(one.relation) if one.relation else None):
                session.act(
                    claims.add_appearance, target, parse_id(quotation.id), Relation(relation) if relation else None
                )
                st.rerun()
            columns[1].link_button("In its source", f"/review?item={quotation.id}")
            if columns[2].button("Take off", key=f"off {quotation.id}"):
                session.act(claims.remove_appearance, target, parse_id(quotation.id))
                st.rerun()
    for reference in claim.references:
        st.text(f"{reference.relation.replace('_', ' ')}: {safe.visible(reference.text)}")


def proof(target: UUID, claim: model.ReportClaim) -> None:
    """The evidence, and a form for more."""
    st.markdown("#### Evidence")
    for item in claim.evidence:
        with st.container(border=True):
            rank = "primary" if item.primary else "secondary"
            shared = "independent" if item.independent else f"shares the copy of {item.shared_with or 'others'}"
            secret = " · CONFIDENTIAL" if item.confidential else ""
            safe.show(f"{item.stance}: {item.title}" + (f", {item.locator}" if item.locator else ""))
            st.caption(
                safe.label(
                    f"{rank} · {shared}{secret} · {item.url or item.sha256 or 'saved copy'} · {item.added_by}", most=300
                )
            )
            if item.words:
                safe.show(f"“{item.words}”")
            if st.button("Take back", key=f"evidence {item.id}"):
                session.act(evidence.take_back, parse_id(item.id), "taken back on the workbench")
                st.rerun()
    with st.expander("Attach evidence"), st.form("evidence", clear_on_submit=True, border=False):
        title = st.text_input("What it is", placeholder="Audit plan of the port authority, page 4")
        url = st.text_input("Its address", placeholder="https://port.example/plan.pdf")
        file = st.file_uploader("or a file")
        columns = st.columns(3)
        stance = columns[0].selectbox("It", list(STANCES), format_func=lambda one: STANCES[Stance(one)])
        page = columns[1].number_input("Page", min_value=0, value=0, help="0: no page")
        shared = columns[2].text_input("Shares the copy of", placeholder="independent")
        words = st.text_area("The passage that counts", height=68)
        primary = st.checkbox("It is the record itself (primary)")
        confidential = st.checkbox("Confidential: must not leave the desk")
        if st.form_submit_button("Attach", type="primary"):
            given = evidence.NewEvidence(
                title=title,
                stance=Stance(stance),
                url=url.strip() or None,
                file_name=file.name if file else None,
                data=file.getvalue() if file else None,
                media_type=file.type if file else None,
                page=int(page) or None,
                words=words.strip() or None,
                rank=EvidenceRank.PRIMARY if primary else EvidenceRank.SECONDARY,
                independence=Independence.SHARED if shared.strip() else Independence.INDEPENDENT,
                shared_with=shared.strip() or None,
                is_confidential=confidential,
            )
            if succeeds(lambda: session.act(evidence.attach, target, given)):
                st.rerun()


def readings(target: UUID, bench: workbench.Bench) -> None:
    """Reviews side by side, the next one, and the desk's verdict."""
    claim = bench.claim
    st.markdown("#### Reviews")
    for review in claim.reviews:
        with st.container(border=True):
            verdict = WORDING.verdict(review) if review.verdict else "sent back"
            st.text(f"{review.reading} reading · {review.reviewer} · {verdict}")
            safe.show(review.reasoning)
    labels = {one.key: one.label for one in bench.ratings}
    if claim.state not in {"released", "corrected", "withdrawn"}:
        with st.form("review", clear_on_submit=True):
            st.text(f"Your review: {bench.next_reading.value} reading, on “{bench.scale}”")
            verdict = st.radio("Verdict", list(labels), format_func=labels.__getitem__, horizontal=True)
            reasoning = st.text_area("Reasoning", height=90, placeholder="The port's own plan gives June, not Easter.")
            back = bench.next_reading is Reading.SECOND and st.checkbox("Send back to the first reader")
            if st.form_submit_button("Record my review", type="primary") and succeeds(
                lambda: session.act(verdicts.review, target, None if back else verdict, reasoning, send_back=back)
            ):
                st.rerun()
    if claim.decision:
        st.markdown("#### The desk's verdict")
        st.text(f"{WORDING.verdict(claim.decision)} · {claim.decision.decided_by}")
        safe.show(claim.decision.reasoning)
    if claim.reviews and claim.state != "adjudication":
        with st.expander("Give the desk's verdict", expanded=claim.decision is None), st.form("decide", border=False):
            verdict = st.radio("Verdict ", list(labels), format_func=labels.__getitem__, horizontal=True)
            reasoning = st.text_area("Reasoning, as the report prints it", height=90, value=claim.reviews[-1].reasoning)
            if st.form_submit_button("Decide") and succeeds(
                lambda: session.act(verdicts.decide_verdict, target, verdict, reasoning)
            ):
                st.rerun()


def release(target: UUID, claim: model.ReportClaim) -> None:
    """The checklist, release, and what is done after it."""
    st.markdown("#### Before release")
    points = {label: key for key, label in checklist.POINTS.items()}
    for item in claim.checklist:
        mark = "✓" if item.done else "waived" if item.waived_by else "open"
        why = f" ({item.waived_by}: {item.reason})" if item.waived_by else ""
        st.text(f"{mark} · {item.name}{safe.visible(why)}")
    missing = [item.name for item in claim.checklist if item.is_missing]
    if missing:
        with st.popover("Waive a point"), st.form("waive", border=False):
            name = st.selectbox("Point", missing)
            reason = st.text_input("Reason", placeholder="One person on the night shift")
            if st.form_submit_button("Waive") and succeeds(
                lambda: session.act(checklist.waive, target, points[name], reason)
            ):
                st.rerun()
    if claim.state in {"released", "corrected", "withdrawn"}:
        with st.expander("Correct or withdraw"), st.form("correct", border=False):
            reason = st.text_area("What was wrong, as readers will see it", height=68)
            withdraw = st.checkbox("Take the whole verdict back")
            if st.form_submit_button("Say so") and succeeds(
                lambda: session.act(verdicts.correct, target, reason, withdraw=withdraw)
            ):
                st.rerun()
        for correction in claim.corrections:
            st.text(f"{correction.kind} {correction.at:%d %b %Y}: {safe.visible(correction.text)}")
    elif st.button(
        "Release",
        type="primary",
        disabled=claim.decision is None,
        help="Needs the desk's verdict and a checklist without open points.",
    ):
        done = succeeds(lambda: session.act(verdicts.release, target))
        if done:
            st.rerun()


st.header("Claims")
target = listing()
make_form()
if target is not None:
    show(target)
