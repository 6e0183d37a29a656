"""How a claim spread: a drawing of who printed it when in which words, and its numbers beside it.

No league table: outlets stand in the order in which they printed it, and nobody is counted against another.
"""

from uuid import UUID

import streamlit as st

from claimtrack.reports.as_html import drawing
from claimtrack.reports.spread import Spread, letter_key, of_printings
from claimtrack.services import spread
from claimtrack.ui import safe, session
from claimtrack.ui.workbench import WORDING


def section(target: UUID) -> None:
    """The first print, the drawing and the table."""
    st.markdown("#### Spread")
    found = session.read(spread.of_claim, target)
    dated = [(one.printed_on, one.outlet, one.words) for one in found if one.printed_on is not None]
    shown = of_printings(dated)
    if shown is None:
        st.text("Drawn from the third dated print on.")
        return
    undated = len(found) - len(dated)
    first = shown.marks[0]
    beside = f"; {undated} without a date" if undated else ""
    safe.show(f"First printed by {first.outlet} on {WORDING.day(first.day)}. {len(dated)} dated prints{beside}.")
    st.image(picture(shown), width="stretch")
    st.text("One row an outlet, in the order of printing. A letter is a wording; A2 is two prints on one day.")
    st.dataframe(wordings(shown), hide_index=True)
    st.dataframe(table(found, shown), hide_index=True, key=f"spread {target}")


def picture(found: Spread) -> str:
    """The drawing as a picture of its own: nothing in it is the page's, and no script in it would run."""
    ink = "#fafafa" if st.context.theme.type == "dark" else "#111111"
    return str(drawing(found, WORDING)).replace("currentColor", ink)


def wordings(found: Spread) -> list[dict[str, object]]:
    """Which words each letter stands for."""
    return [
        {
            "Letter": one.letter,
            "Words": safe.visible(one.words),
            "Prints": one.count,
            "First": f"{safe.visible(one.outlet)}, {WORDING.day(one.first)}",
        }
        for one in found.wordings
    ]


def table(found: list[spread.Printing], shown: Spread) -> list[dict[str, object]]:
    """Every print, in the order of the days."""
    letters = {letter_key(one.words): one.letter for one in shown.wordings}
    last = shown.wordings[-1].letter
    return [
        {
            "Printed": WORDING.day(one.printed_on) if one.printed_on else "no date",
            "Outlet": safe.visible(one.outlet),
            "Speaker": safe.visible(one.speaker or "open"),
            "Words": letters.get(letter_key(one.words), last if one.printed_on else "other"),
            "Why here": why(one),
        }
        for one in found
    ]


def why(one: spread.Printing) -> str:
    """How the print belongs to the claim."""
    if one.is_repeat:
        return "repeat of an appearance"
    return one.relation.value.replace("_", " ") if one.relation else "makes the claim"
