"""Quote check: were these words recorded, and how do they differ?"""

import streamlit as st

from claimtrack.services import check_quote
from claimtrack.ui import safe, session
from claimtrack.ui.words import marked

VERDICTS = {
    "verbatim": "word for word as recorded",
    "typography": "as recorded, but for marks, case or typing slips",
    "cut": "cut: words that were recorded are left out",
    "altered": "altered: words differ from those recorded",
    "stitched": "stitched together from several statements",
    "wrong_speaker": "the words were recorded from somebody else",
    "not_found": "not found",
}

st.header("Quote check")
words = st.text_area(
    "Alleged quotation", height=90, placeholder="We will not sign before the audit is done", key="alleged"
)
speaker = st.text_input("Said to be by", placeholder="a name, or nothing", key="alleged by")
if words.strip():
    found = session.read(check_quote.check, words, speaker.strip() or None)
    check = found.check
    st.subheader(VERDICTS[check.fidelity.value])
    if any(one.is_known_misquote for one in found.sources):
        st.error("A known misquote: this desk found that these words were not said.")
    if check.alarm:
        st.warning(safe.label(check.alarm, most=400))
    if check.changed and len(found.sources) == 1:
        alleged, recorded = marked(words, found.sources[0].words)
        safe.show(f"alleged: {alleged}")
        safe.show(f"recorded: {recorded}")
        st.text("Words that differ stand between ⟦ and ⟧.")
    for reason in check.reasons:
        safe.show(reason)
    for one in found.sources:
        with st.container(border=True):
            safe.show(one.words)
            verb = "record of" if one.is_primary else "printed by"
            place = f"{verb} {one.publisher or one.title or 'an unnamed source'}"
            safe.show(f"{one.speaker or 'speaker open'} · {place} · {one.published_on or 'no date'}")
            session.link("review", "In its source", item=str(one.id))
    span = f", from {found.searched_from} to {found.searched_to}" if found.searched_from else ""
    st.text(f"{found.searched} sources were searched{span}.")
else:
    st.info("Paste words that somebody is said to have said; add a name if one is given.")
