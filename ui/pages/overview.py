"""Overview: the stories with their deadlines, what is left to do, and what was printed when and where."""

from datetime import UTC, datetime

import altair as alt
import streamlit as st

from claimtrack.services import overview, quality, queries
from claimtrack.ui import deadline, safe, session


def one_story(story: overview.StoryWork, due: quality.Due | None) -> None:
    """A story with what is left in it."""
    columns = st.columns([6, 2, 2, 2, 2], vertical_alignment="center")
    with columns[0]:
        st.markdown(f"**{safe.label(story.title)}**")
        if story.brief:
            safe.show(story.brief)
        deadline.control("overview", story.id, story.deadline, story.version)
        if due:
            told = f"{due.in_time} open queries are due before the deadline"
            safe.show(f"{told}; {due.too_late} after it or at no set time" if due.too_late else told)
    columns[1].metric("to review", story.to_review)
    columns[2].metric("reviewed", story.reviewed)
    columns[3].metric("open claims", story.open_claims)
    with columns[4]:
        session.link("review", "Review", story=str(story.id))
        session.link("claims", "Claims", story=str(story.id))


def questions() -> None:
    """Open queries, the most urgent first."""
    rows = session.read(queries.waiting, story=session.story())
    if not rows:
        return
    st.subheader("Open queries")
    for row in rows:
        with st.container(border=True):
            safe.show(row.question)
            late = "LATE · " if row.is_late(datetime.now(UTC)) else ""
            due = f"due {session.local(row.due_at)}" if row.due_at else "no due time"
            safe.show(f"{late}{due} · to {row.addressee or 'the writer'} · owner {row.owner} · {row.about_words[:160]}")
            if row.about_kind == "statement":
                session.link("review", "Open the statement", item=str(row.about))
            else:
                session.link("claims", "Open it", claim=str(row.about))


def chart(rows: list[overview.Printed]) -> None:
    """Statements by week and outlet, as numbers in a grid: no outlet is told by its colour."""
    frame = [
        {"week of": one.week.isoformat(), "outlet": safe.visible(one.publisher), "statements": one.statements}
        for one in rows
    ]
    base = alt.Chart(alt.Data(values=frame)).encode(  # type: ignore[no-untyped-call]  # altair leaves it untyped
        x=alt.X("week of:O", title="week of", axis=alt.Axis(labelAngle=-45)),
        y=alt.Y("outlet:N", title=None, axis=alt.Axis(labelLimit=200)),
        tooltip=["week of:O", "outlet:N", "statements:Q"],
    )
    squares = base.mark_rect(opacity=0.35).encode(color=alt.value("#2f7da3"))
    # Text inside a chart takes no colour from the theme: these two read on the squares of either paper.
    ink = "#e6e3dd" if st.context.theme.type == "dark" else "#22262a"
    numbers = base.mark_text(fontSize=13).encode(text="statements:Q", color=alt.value(ink))
    st.altair_chart(squares + numbers, width="stretch")
    with st.expander("The numbers"):
        st.dataframe(frame, hide_index=True)


st.header("Overview")
stories = session.read(overview.story_work)
if not stories:
    st.info("No stories yet. Add a source and name its story, or run `claimtrack demo` for samples.")
chosen = session.story()
waiting = {one.story: one for one in session.read(quality.deadlines, story=chosen) if one.in_time or one.too_late}
for story in stories:
    if chosen is None or story.id == chosen:
        with st.container(border=True):
            one_story(story, waiting.get(story.id))
questions()
printed = session.read(overview.printed_by_week, chosen)
if printed:
    st.subheader("Statements by week and outlet")
    chart(printed)
