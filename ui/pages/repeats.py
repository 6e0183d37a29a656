"""Repeats: two prints side by side, what differs, and a decision: same, said again, different, not sure."""

from uuid import UUID

import streamlit as st

from claimtrack.fidelity import word_diff
from claimtrack.match.normalise import normalise
from claimtrack.services import repeats
from claimtrack.services.desk import parse_id
from claimtrack.ui import safe, session
from claimtrack.vocabulary import JudgementOutcome

OUTCOMES = {
    "same": "likely the same words",
    "review": "to look at",
    "different": "turned down: possible contradictions",
}
KEYS = {
    JudgementOutcome.SAME: ("Same (s)", "s"),
    JudgementOutcome.SAID_AGAIN: ("Said again (a)", "a"),
    JudgementOutcome.DIFFERENT: ("Different (d)", "d"),
    JudgementOutcome.UNSURE: ("Not sure (n)", "n"),
}


def side(found: repeats.Print, statement: UUID) -> None:
    """One of the two prints."""
    with st.container(border=True):
        safe.show(found.words)
        said = f"said {found.said_on}" if found.said_on else "day not stated"
        place = f"{found.publisher or 'publisher unknown'}, {found.published_on or 'no date'}"
        st.text(safe.visible(f"{found.speaker or 'speaker open'} · {said} · printed by {place}"))
        st.link_button("In its source", f"/review?item={statement}")


def one_pair(pair: repeats.Pair) -> None:
    """Two prints, what differs, and the decision."""
    left, right = st.columns(2)
    with left:
        side(pair.prints[0], pair.a.public_id)
    with right:
        side(pair.prints[1], pair.b.public_id)
    diff = word_diff(normalise(pair.prints[0].words), normalise(pair.prints[1].words))
    told = [f"{change.op}: “{change.alleged}” / “{change.recorded}”" for change in diff]
    safe.show("; ".join(told) or "no word differs")
    safe.show(f"{OUTCOMES[pair.outcome]} · score {pair.score:.2f} · {'; '.join(pair.reasons)}")
    columns = st.columns(5)
    for column, (outcome, (label, shortcut)) in zip(columns, KEYS.items(), strict=False):
        if column.button(label, shortcut=shortcut, width="stretch"):
            st.session_state["judged"] = session.act(repeats.judge, pair.a.public_id, pair.b.public_id, outcome)
            st.rerun()
    if columns[4].button("Undo (u)", shortcut="u", width="stretch", disabled="judged" not in st.session_state):
        session.act(repeats.void, st.session_state.pop("judged"))
        st.rerun()


st.header("Repeats")
linked = st.query_params.get("statement")
kind = st.segmented_control(
    "Show", list(OUTCOMES), format_func=OUTCOMES.__getitem__, default=None, label_visibility="collapsed"
)
if linked:
    pairs = [pair for pair in session.read(repeats.pairs_of, parse_id(linked)) if pair.judgement is None]
else:
    pairs = session.read(repeats.list_pairs, story=session.story(), outcome=kind, limit=50)
if pairs:
    st.text(f"{len(pairs)} pairs wait" if len(pairs) < 50 else "50 pairs and more wait")
    one_pair(pairs[0])
else:
    st.info("No possible repeats wait for a decision.")
with st.expander("Judged"):
    for judged in session.read(repeats.list_judgements):
        columns = st.columns([5, 5, 2, 1])
        with columns[0]:
            safe.show(judged.a.content[:160])
        with columns[1]:
            safe.show(judged.b.content[:160])
        columns[2].text(safe.visible(f"{judged.outcome.value.replace('_', ' ')}\n{judged.by}"))
        if columns[3].button("↶", key=f"void {judged.id}", help="Take this judgement back"):
            session.act(repeats.void, judged.id)
            st.rerun()
