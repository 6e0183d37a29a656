"""Quality: how good the extraction is, as reviewers measured it, and what waits. No league tables of people."""

import streamlit as st

from claimtrack.services import house_rules, quality
from claimtrack.ui import deadline, safe, session

KINDS = {"direct": "full quotation", "mixed": "partial quotation", "indirect": "paraphrase"}
#: Below this a share says little: 5 of 5 right is compatible with 6 of 10 being right (95 % interval 0.57 to 1).
FEW = 20


def table(rows: list[quality.Measured], what: str) -> None:
    """Shares by rule or kind."""
    st.dataframe(
        [
            {
                what: KINDS.get(row.name, safe.visible(row.name)),
                "decided": row.reviewed,
                "a statement": f"{row.precision:.0%}",
                "right as it was": f"{row.untouched:.0%}",
                "fixed": row.fixed,
                "rejected": row.rejected,
                "": "few" if row.reviewed < FEW else "",
            }
            for row in rows
        ],
        hide_index=True,
    )


st.header("Quality")
kinds = session.read(quality.measured, "kind", story=session.story())
st.subheader("Extraction, as reviewers measured it")
if kinds:
    total = sum(row.reviewed for row in kinds)
    right = sum(row.as_printed + row.fixed for row in kinds)
    st.text(
        f"{right} of {total} suggested statements that somebody decided on are statements. Duplicates and boilerplate "
        f"do not count; “few” marks shares of fewer than {FEW}."
    )
    table(kinds, "kind")
    table(session.read(quality.measured, "rule", story=session.story()), "rule")
else:
    st.info("Nobody has decided on a suggested statement yet; the figures come with the reviews.")

st.subheader("What waits")
for one in session.read(quality.waits, story=session.story()):
    days = quality.days_since(one.oldest)
    since = "" if days is None else ", the oldest since today" if days == 0 else f", the oldest for {days} days"
    st.text(f"{one.count} {one.what}{since}")

due = session.read(quality.deadlines, story=session.story())
if due:
    st.subheader("Deadlines")
    for story in due:
        safe.show(
            f"{story.title}: {deadline.words(story.deadline)} · {story.in_time} open queries due before it, "
            f"{story.too_late} after it or at no set time"
        )

same, both = session.read(quality.agreement)
reads_blind = session.read(house_rules.reads_blind)
if both or reads_blind or session.is_admin():
    st.subheader("Blind second readings")
if session.is_admin():
    wanted = st.toggle("Second readers see no earlier reading before they give theirs", value=reads_blind)
    if wanted != reads_blind and session.succeeds(lambda: session.act(house_rules.set_blind, is_blind=wanted)):
        st.rerun()
elif reads_blind:
    st.text("Second readers see no earlier reading before they give theirs.")
if reads_blind and not both:
    st.text("Nobody has read blind yet.")
if both:
    st.text(
        f"{same} of {both} blind second readings came to the first reader's verdict; the others went to adjudication."
    )
