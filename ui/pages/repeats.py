"""Repeats: two prints side by side, what differs, and a decision: same, said again, different, not sure."""

from uuid import UUID

import streamlit as st

from claimtrack.services import batches, repeats
from claimtrack.services.desk import parse_id
from claimtrack.ui import safe, session
from claimtrack.ui.words import marked
from claimtrack.ui.workbench import WORDING
from claimtrack.vocabulary import JudgementOutcome

OUTCOMES = {
    "same": "likely the same words",
    "review": "to look at",
    "different": "nearly the same words, another sense",
}
KEYS = {
    JudgementOutcome.SAME: ("Same", "s"),
    JudgementOutcome.SAID_AGAIN: ("Said again", "a"),
    JudgementOutcome.DIFFERENT: ("Different", "d"),
    JudgementOutcome.UNSURE: ("Not sure", "n"),
}


def side(found: repeats.Print, statement: UUID, words: str, *, is_first: bool) -> None:
    """One of the two prints."""
    with st.container(border=True):
        if is_first:
            st.text("printed first")
        safe.show(words)
        said = f"said {WORDING.edtf(found.said_on)}" if found.said_on else "day not stated"
        place = f"{found.publisher or 'publisher unknown'}, {found.published_on or 'no date'}"
        safe.show(f"{found.speaker or 'speaker open'} · {said} · printed by {place}")
        session.link("review", "In its source", item=str(statement))


def one_pair(pair: repeats.Pair) -> None:
    """Two prints, what differs, what each decision would do, and the decision."""
    ours, theirs = pair.prints
    days = (ours.published_on, theirs.published_on)
    first, second = marked(ours.words, theirs.words)
    left, right = st.columns(2)
    with left:
        side(ours, pair.a.public_id, first, is_first=bool(days[0] and days[1] and days[0] < days[1]))
    with right:
        side(theirs, pair.b.public_id, second, is_first=bool(days[0] and days[1] and days[1] < days[0]))
    differs = "words that differ stand between ⟦ and ⟧" if "⟦" in first + second else "no word differs"
    kind = "possible contradiction" if pair.is_opposed else OUTCOMES[pair.outcome]
    safe.show(f"{kind} · score {pair.score:.2f} · {'; '.join(pair.reasons) or differs}")
    if pair.reasons:
        st.text(differs)
    told = session.read(batches.effects, pair)
    columns = st.columns(4)
    for column, (outcome, (label, shortcut)) in zip(columns, KEYS.items(), strict=True):
        if column.button(label, shortcut=shortcut, width="stretch"):
            st.session_state["judged"] = (session.act(repeats.judge, pair.a.public_id, pair.b.public_id, outcome),)
            st.rerun()
        if outcome in told:
            column.text(told[outcome].in_words)


def together() -> None:
    """The certain ones: listed, unticked where somebody disagrees, and decided at once."""
    sure = session.read(batches.certain, story=session.story())
    if len(sure) < 2:
        return
    with st.expander(f"{len(sure)} certain pairs: the same words from the same speaker"):
        st.text("Every word agrees, case and marks aside, and both pages name the same speaker.")
        with st.form("batch", border=False):
            chosen = [pair for pair in sure if st.checkbox(told(pair), value=True, key=f"sure {key_of(pair)}")]
            if st.form_submit_button("Same: all that are ticked", type="primary"):
                pairs = [(pair.a.public_id, pair.b.public_id) for pair in chosen]
                if session.succeeds(lambda: judge_all(pairs)):
                    st.rerun()


def told(pair: repeats.Pair) -> str:
    """A certain pair on one line."""
    one, other = pair.prints
    line = f"{one.speaker}: {one.words} ({one.publisher or 'no publisher'} and {other.publisher or 'no publisher'})"
    return safe.label(line, most=160)


def key_of(pair: repeats.Pair) -> str:
    """What the pair's tick is called."""
    return f"{pair.a.public_id} {pair.b.public_id}"


def judge_all(pairs: list[tuple[UUID, UUID]]) -> None:
    """One decision, kept for one undo."""
    st.session_state["judged"] = session.act(batches.judge_all, pairs, JudgementOutcome.SAME)


def undo() -> None:
    """Take the last decision back, however many pairs it covered."""
    last = st.session_state.get("judged") or ()
    label = "Undo" if len(last) < 2 else f"Undo all {len(last)}"
    if st.button(label, shortcut="u", disabled=not last) and session.succeeds(
        lambda: session.act(batches.void_all, last)
    ):
        st.session_state.pop("judged")
        st.rerun()


def judged() -> None:
    """What was decided, each of it with a way back."""
    found = session.read(repeats.list_judgements)
    with st.expander("Judged"):
        if not found:
            st.text("Nothing was judged yet.")
        for one in found:
            columns = st.columns([5, 5, 2, 2], vertical_alignment="center")
            with columns[0]:
                safe.show(one.a.content[:160])
            with columns[1]:
                safe.show(one.b.content[:160])
            columns[2].text(safe.visible(f"{one.outcome.value.replace('_', ' ')}\n{one.by}"))
            if columns[3].button("Take back", key=f"void {one.id}"):
                session.act(repeats.void, one.id)
                st.rerun()


st.header("Repeats")
linked = st.query_params.get("statement")
kind = st.radio(
    "Show",
    ["", *OUTCOMES],
    format_func=lambda one: OUTCOMES.get(one, "everything"),
    horizontal=True,
    key="repeats kind",
)
if linked:
    pairs = [pair for pair in session.read(repeats.pairs_of, parse_id(linked)) if pair.judgement is None]
    with st.container(horizontal=True):
        st.text("Pairs of one statement.")
        session.link("repeats", "Show all")
else:
    pairs = session.read(repeats.list_pairs, story=session.story(), outcome=kind or None, limit=50)
    together()
if pairs:
    st.text(f"{len(pairs)} pairs wait" if len(pairs) < 50 else "50 pairs and more wait")
    one_pair(pairs[0])
else:
    st.info("No possible repeats wait for a decision.")
undo()
judged()
