"""Questions to the writer, and the log of who else was asked."""

from datetime import UTC, datetime
from uuid import UUID

import streamlit as st

from claimtrack.services import contacts, queries
from claimtrack.ui import safe, session
from claimtrack.vocabulary import QueryState


def section(target: UUID, *, waits: bool = True) -> None:
    """Queries, then contacts; `waits`: the item has a state that waits for replies, as a statement has not."""
    st.markdown("#### Queries to the writer")
    for query in session.read(queries.on, target):
        with st.container(border=True):
            one_query(query)
    with st.expander("Ask the writer"), st.form(f"ask {target}", clear_on_submit=True, border=False):
        ask_form(target)
    st.markdown("#### Contact log")
    for entry in session.read(contacts.on, target):
        with st.container(border=True):
            one_contact(entry)
    with st.expander("Log who was asked"), st.form(f"contact {target}", clear_on_submit=True, border=False):
        contact_form(target, waits=waits)


def one_query(query: queries.Asked) -> None:
    """A question with its answer, or a place for it."""
    safe.show(query.question)
    late = "LATE · " if query.is_late(datetime.now(UTC)) else ""
    due = f"due {session.local(query.due_at)}" if query.due_at else "no due time"
    safe.show(f"{late}{query.state.value} · to {query.addressee or 'the writer'} · owner {query.owner} · {due}")
    if query.answer:
        safe.show(f"answer: {query.answer}")
    if query.state is not QueryState.OPEN:
        return
    version = session.seen(f"query {query.id}", query.version)
    with st.form(f"answer {query.id}", border=False):
        words = st.text_area("The writer's answer", height=68)
        left, right = st.columns(2)
        is_answered = left.form_submit_button("Store the answer")
        is_withdrawn = right.form_submit_button("Withdraw the query")
    if is_answered and session.succeeds(lambda: session.act(queries.answer, query.id, version, words)):
        st.rerun()
    if is_withdrawn and session.succeeds(lambda: session.act(queries.withdraw, query.id, version)):
        st.rerun()


def ask_form(target: UUID) -> None:
    """A new question."""
    question = st.text_area("Question", height=68, placeholder="Which audit is meant, and who told you?")
    people = dict(session.read(queries.reviewers))
    mine = next((key for key, name in people.items() if name == session.reviewer()), None)
    owner = st.selectbox(
        "Who sees to it",
        list(people),
        index=list(people).index(mine) if mine else 0,
        format_func=lambda key: safe.option(people[key]),
    )
    addressee = st.text_input("To whom", placeholder="the writer")
    due = session.moment("Due", f"due {target}")
    if st.form_submit_button("Ask", type="primary") and session.succeeds(
        lambda: session.act(queries.ask, target, question, owner=owner, addressee=addressee, due_at=due)
    ):
        st.rerun()


def one_contact(entry: contacts.Entry) -> None:
    """A request with what came back, or a place for it."""
    right = " · right of reply" if entry.is_right_of_reply else ""
    safe.show(f"{entry.person}, by {entry.channel}{right}")
    safe.show(entry.question)
    limit = f" · answer wanted by {session.local(entry.deadline)}" if entry.deadline else ""
    safe.show(f"asked {session.local(entry.asked_at)} by {entry.by}{limit}")
    if entry.answer is not None:
        safe.show(f"answer: {entry.answer}")
        return
    version = session.seen(f"contact {entry.id}", entry.version)
    with st.form(f"reply {entry.id}", border=False):
        words = st.text_area("What came back", height=68, placeholder="No comment.")
        left, right_column = st.columns(2)
        is_answered = left.form_submit_button("Store the reply")
        is_wrong = right_column.form_submit_button("Take the entry back")
    if is_answered and session.succeeds(lambda: session.act(contacts.answer, entry.id, version, words)):
        st.rerun()
    if is_wrong and session.succeeds(lambda: session.act(contacts.take_back, entry.id, version)):
        st.rerun()


def contact_form(target: UUID, *, waits: bool) -> None:
    """Somebody was asked."""
    person = st.text_input("Who was asked", placeholder="Press office of the port authority")
    channel = st.selectbox("How", contacts.CHANNELS, accept_new_options=True)
    question = st.text_area("What was asked", height=68)
    asked = session.moment("Asked (nothing: now)", f"asked {target}")
    deadline = session.moment("Answer wanted by", f"deadline {target}")
    is_reply = st.checkbox("This is the right of reply of the person or body concerned")
    if waits:
        st.text("The item waits for the reply until everybody asked has answered.")
    given = contacts.NewContact(person, question, channel or "", asked, deadline, is_reply)
    if st.form_submit_button("Log it", type="primary") and session.succeeds(
        lambda: session.act(contacts.log, target, given)
    ):
        st.rerun()
