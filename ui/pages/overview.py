"""Overview: the stories, what is left to do, and what was printed when and where."""

import altair as alt
import streamlit as st

from claimtrack.services import overview
from claimtrack.ui import safe, session

st.header("Overview")
stories = session.read(overview.story_work)
if not stories:
    st.info("No stories yet. Add a source and name its story, or run `claimtrack demo` for samples.")
chosen = session.story()
for story in stories:
    if chosen is not None and story.id != chosen:
        continue
    with st.container(border=True):
        columns = st.columns([6, 2, 2, 2, 2], vertical_alignment="center")
        with columns[0]:
            st.markdown(f"**{safe.label(story.title)}**")
            safe.show(story.brief or "")
            if story.deadline:
                st.text(f"due {story.deadline:%d %b %Y %H:%M} UTC")
        columns[1].metric("to review", story.to_review)
        columns[2].metric("reviewed", story.reviewed)
        columns[3].metric("open claims", story.open_claims)
        columns[4].link_button("Review", f"/review?story={story.id}", width="stretch")

questions = session.read(overview.open_queries)
if questions:
    st.subheader("Open queries")
    for question, due in questions:
        safe.show(f"{question}" + (f" (due {due:%d %b %H:%M} UTC)" if due else ""))

printed = session.read(overview.printed_by_week, chosen)
if printed:
    st.subheader("Statements by week and outlet")
    frame = [
        {"week of": one.week.isoformat(), "outlet": one.publisher, "statements": one.statements} for one in printed
    ]
    chart = (
        alt.Chart(alt.Data(values=frame))  # type: ignore[no-untyped-call]  # altair leaves it untyped
        .mark_bar()
        .encode(
            x=alt.X("week of:O", title="week of"),
            y=alt.Y("sum(statements):Q", title="statements"),
            color=alt.Color("outlet:N", title="outlet"),
            tooltip=["week of:O", "outlet:N", "statements:Q"],
        )
    )
    st.altair_chart(chart, width="stretch")
    with st.expander("The numbers"):
        st.dataframe(frame, hide_index=True)
