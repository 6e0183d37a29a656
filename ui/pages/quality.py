"""Quality: how good the extraction is, as reviewers measured it, and what waits. No league tables of people."""

import streamlit as st

from claimtrack.services import quality
from claimtrack.ui import safe, session

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

same, both = session.read(quality.agreement)
if both:
    st.subheader("Blind second readings")
    st.text(f"{same} of {both} blind second readings came to the first reader's verdict.")
