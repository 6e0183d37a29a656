"""People: who speaks, under which names; two taken for one and parted again; what one of them said over the years."""

from uuid import UUID

import streamlit as st

from claimtrack.services import people, surnames, timeline
from claimtrack.services.desk import parse_id
from claimtrack.ui import safe, session
from claimtrack.ui.workbench import WORDING

#: Possible contradictions shown beside a statement; the others are on the Repeats page.
MAX_POSSIBLE = 2


def doubtful() -> None:
    """Names that wait for a person: a surname that several have, letters of another alphabet."""
    for one in session.read(surnames.waiting):
        with st.container(border=True):
            safe.show(f"Whose is “{one.name}”? Several people have this surname.")
            names = {key: safe.option(name) for key, name in one.people}
            left, right = st.columns([8, 2], vertical_alignment="bottom")
            chosen = left.selectbox(
                "Stands for", list(names), index=None, format_func=names.__getitem__, key=f"waits {one.id}"
            )
            if right.button("Join", key=f"join {one.id}", disabled=chosen is None) and session.succeeds(
                lambda kept=chosen, merged=one.id: session.act(people.merge_speakers, kept, merged)  # type: ignore[misc]
            ):
                st.rerun()
    for name, other in session.read(people.lookalikes):
        looks = f" and looks like “{other}”" if other else ""
        st.warning(safe.label(f"“{name}” has letters of another alphabet{looks}: see who it is.", most=300))


def listing() -> None:
    """The speakers that stand for themselves, with their other names."""
    doubtful()
    words = st.text_input("Search", placeholder="part of a name", key="person words")
    rows = session.read(people.list_people, search=words, limit=60)
    if not rows:
        st.info("Nobody by that name." if words else "No speakers yet: they come with the statements of a source.")
    if len(rows) == 60:
        st.text("The 60 with most statements; search for others.")
    names = {row.id: safe.option(f"{row.name} ({row.statements})") for row in rows}
    for row in rows:
        with st.container(border=True):
            one_row(row, names)


def one_row(row: people.Person, names: dict[UUID, str]) -> None:
    """A speaker, and what can be changed."""
    columns = st.columns([5, 3, 2, 2], vertical_alignment="center")
    with columns[0]:
        safe.show(row.name)
        also = [*row.aliases, *row.offices]
        if also:
            safe.show("also: " + ", ".join(also))
    columns[1].text(f"{row.kind.value if row.kind else 'kind open'} · {row.statements} statements")
    with columns[2]:
        session.link("people", "Timeline", person=str(row.id))
    with columns[3].popover("Change"):
        others = [key for key in names if key != row.id]
        same = st.selectbox("Is the same as", others, index=None, format_func=names.__getitem__, key=f"same {row.id}")
        alias = st.text_input("Another name", key=f"alias {row.id}")
        office = st.text_input("An office", placeholder="minister of transport", key=f"office {row.id}")
        since = st.text_input("From", placeholder="2019 or 2019-05", key=f"since {row.id}")
        until = st.text_input("Until", placeholder="still holds it", key=f"until {row.id}")
        if st.button("Save", key=f"save {row.id}", type="primary") and session.succeeds(
            lambda: change(row.id, alias, same, office, (since.strip() or None, until.strip() or None))
        ):
            st.rerun()
    for key, name in row.merged:
        left, right = st.columns([10, 2], vertical_alignment="center")
        with left:
            safe.show(f"↳ {name}")
        if right.button("Part again", key=f"split {key}"):
            session.act(people.split_speaker, key)
            st.rerun()


def change(speaker: UUID, alias: str, same: UUID | None, office: str, period: tuple[str | None, str | None]) -> None:
    """Store another name, an office with its period, and that two are one."""
    if office.strip():
        session.act(people.add_office, speaker, office, since=period[0], until=period[1])
    if alias.strip():
        session.act(people.add_alias, speaker, alias)
    if same is not None:
        session.act(people.merge_speakers, same, speaker)


def years(speaker: UUID) -> None:
    """What the speaker said on one matter, in order of time, contradictions marked."""
    st.subheader(safe.label(session.read(people.name_of, speaker), most=120), anchor=False)
    with st.container(horizontal=True):
        session.link("people", "All people")
    left, right = st.columns([5, 2], vertical_alignment="bottom")
    matter = left.text_input("On one matter", placeholder="berths", key="matter")
    only = right.checkbox("Only with contradictions", key="contradictions only")
    found = session.read(timeline.of_speaker, speaker, matter=matter, story=session.story())
    shown = [one for one in found if one.contradictions or not only]
    against = sum(bool(one.contradictions) for one in found)
    st.text(f"{len(found)} statements, {against} of them with something against them")
    if not shown:
        st.info("Nothing fits; take other words or all statements.")
    year = None
    for one in shown:
        if one.sort_day is not None and one.sort_day.year != year:
            year = one.sort_day.year
            st.markdown(f"#### {year}")
        with st.container(border=True):
            entry(one)


def entry(one: timeline.Entry) -> None:
    """One statement of the timeline, with what goes against it."""
    if one.said_on is None:
        day = "day open"
    elif one.is_day_of_report:
        day = f"reported {WORDING.edtf(one.said_on)}; day not stated"
    else:
        day = f"said {WORDING.edtf(one.said_on)}"
    outlets = f" and {one.outlets - 1} others" if one.outlets > 1 else ""
    state = "reviewed" if one.is_reviewed else "not reviewed"
    safe.show(one.words)
    safe.show(f"{day} · printed by {one.publisher or one.title or 'an unnamed source'}{outlets} · {state}")
    possible = [other for other in one.contradictions if not other.is_by_person]
    found = [other for other in one.contradictions if other.is_by_person]
    for other in (*found, *possible[:MAX_POSSIBLE]):
        kind = "Contradiction" if other.is_by_person else "Possible contradiction"
        with st.container(border=True):
            safe.show(f"⚠ {kind}: {other.why}")
            safe.show(f"{other.who or other.kind}: {other.words}")
            if other.kind == "claim":
                session.link("claims", "Open the claim", claim=str(other.id))
            else:
                session.link("review", "That one in its source", item=str(other.id))
    with st.container(horizontal=True):
        session.link("review", "In its source", item=str(one.id))
        if possible:
            label = "Judge the pair" if len(possible) == 1 else f"Judge the {len(possible)} pairs"
            session.link("repeats", label, statement=str(one.id))


st.header("People")
linked = st.query_params.get("person")
if linked:
    years(parse_id(linked))
else:
    listing()
