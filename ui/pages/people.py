"""People: who speaks, under which names; two speakers taken for one, and parted again."""

import streamlit as st

from claimtrack.errors import ClaimTrackError
from claimtrack.services import people
from claimtrack.ui import safe, session

st.header("People")
words = st.text_input("Search", placeholder="part of a name", key="person")
rows = session.read(people.list_people, search=words)
if not rows:
    st.info("Nobody by that name." if words else "No speakers yet: they come with the statements of a source.")
names = {row.id: safe.label(f"{row.name} ({row.statements})") for row in rows}
for row in rows:
    with st.container(border=True):
        columns = st.columns([5, 3, 2, 2], vertical_alignment="center")
        with columns[0]:
            safe.show(row.name)
            also = [*row.aliases, *row.offices]
            if also:
                safe.show("also: " + ", ".join(also))
        columns[1].text(f"{row.kind.value if row.kind else 'kind open'} · {row.statements} statements")
        columns[2].link_button("Timeline", f"/review?state=all&search={row.name.replace(' ', '+')}")
        with columns[3].popover("Change"):
            others = [key for key in names if key != row.id]
            same = st.selectbox(
                "Is the same as", others, index=None, format_func=names.__getitem__, key=f"same {row.id}"
            )
            alias = st.text_input("Another name", key=f"alias {row.id}")
            if st.button("Save", key=f"save {row.id}", type="primary"):
                try:
                    if alias.strip():
                        session.act(people.add_alias, row.id, alias)
                    if same is not None:
                        session.act(people.merge_speakers, same, row.id)
                except ClaimTrackError as error:
                    st.error(safe.label(str(error), most=600))
                else:
                    st.rerun()
        for key, name in row.merged:
            left, right = st.columns([10, 2])
            with left:
                safe.show(f"↳ {name}")
            if right.button("Part again", key=f"split {key}"):
                session.act(people.split_speaker, key)
                st.rerun()
