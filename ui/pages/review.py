"""Review: the queue, the source text, the decision. All of it happens in the reader; this page feeds it."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import cast
from uuid import UUID

import streamlit as st

from claimtrack.attribution import Kind
from claimtrack.errors import StorageError
from claimtrack.services import activity, annotate, queue
from claimtrack.services.desk import parse_id
from claimtrack.services.outbox import apply
from claimtrack.services.queue import QueueFilter, QueueOrder
from claimtrack.ui import safe, session
from claimtrack.ui.components import items, reader
from claimtrack.ui.components.contract import Ack, Item, ReaderData, Source
from claimtrack.vocabulary import StatementState

KEY = "reader"

#: Where the session keeps what the reader was last mounted with.
SHOWN = "shown by the reader"
#: Below this confidence the screen asks to check the extraction.
CHECK_BELOW = items.CHECK_BELOW
#: Items that the browser holds at most; beyond it the far end is dropped.
MAX_HELD = 100

STATES = {
    "to review": (StatementState.EXTRACTED, StatementState.STALE),
    "as printed": (StatementState.AS_PRINTED,),
    "fixed": (StatementState.FIXED,),
    "rejected": (StatementState.REJECTED,),
    "changed page": (StatementState.STALE,),
    "all": tuple(StatementState),
}
KINDS = {Kind.DIRECT: "full quotation", Kind.MIXED: "partial quotation", Kind.INDIRECT: "paraphrase"}
ORDERS = {
    QueueOrder.OLDEST: "oldest first",
    QueueOrder.NEWEST: "newest first",
    QueueOrder.OUTLETS: "printed by most",
    QueueOrder.NUMBERS: "most numbers",
    QueueOrder.DOUBTFUL: "extraction to be checked",
    QueueOrder.SPEAKER: "by speaker",
}


@dataclass
class Held:
    """The stretch of the queue that the browser holds; kept between reruns, so that decided items stay in place."""

    name: str
    search: str = ""
    items: dict[str, Item] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    next: queue.Cursor | None = None
    total: int = 0
    first: int = 0

    def take(self, page: queue.Page) -> None:
        """Hold the items of another page too; the oldest go when there are too many."""
        self.items |= {item["id"]: item for item in items.rows(page)}
        self.sources |= items.sources(page.texts)
        self.next, self.total = page.next, max(self.total, page.total)
        while len(self.items) > MAX_HELD:
            self.items.pop(next(iter(self.items)))
            self.first += 1
        used = {item["document"] for item in self.items.values()}
        self.sources = {key: source for key, source in self.sources.items() if key in used}


def filters() -> tuple[QueueFilter, QueueOrder]:
    """What the queue shows and in which order; folded away, so that text and decision come first on a small screen."""
    with st.popover(summary(), icon=":material/filter_list:"):
        state = chosen("State", list(STATES), "state")
        kind = chosen("Kind", ["", *KINDS], "kind", lambda one: KINDS[Kind(one)] if one else "all kinds")
        names = {str(key): name for key, name, _ in session.read(queue.people)}
        speaker = chosen("Speaker", ["", *names], "speaker", lambda one: safe.label(names.get(one) or "everybody"))
        outlets = session.read(queue.publishers)
        publisher = chosen("Publisher", ["", *outlets], "publisher", lambda one: safe.label(one or "all outlets"))
        tags = {str(key): name for key, name in session.read(queue.tags)}
        tag = chosen("Tag", ["", *tags], "tag", lambda one: safe.label(tags.get(one) or "any or none"))
        left, right = st.columns(2)
        first = left.date_input("Said from", value=None, format="YYYY-MM-DD", key="from")
        last = right.date_input("Said until", value=None, format="YYYY-MM-DD", key="until")
        order = chosen("Order", list(ORDERS), "order", lambda one: ORDERS[QueueOrder(one)])
        repeats = st.checkbox("only with possible repeats", key="repeats")
        doubtful = st.checkbox("only where the extraction is to be checked", key="doubtful")
        mine = st.checkbox("only what I have taken or was given", key="mine")
    words = str(st.query_params.get("search", ""))
    wanted = QueueFilter(
        states=STATES[state or "to review"],
        kinds=(Kind(kind),) if kind else (),
        story=session.story(),
        document=parse_id(st.query_params["document"]) if "document" in st.query_params else None,
        speaker=parse_id(speaker) if speaker else None,
        publisher=publisher or None,
        tag=parse_id(tag) if tag else None,
        said_from=first if isinstance(first, date) else None,
        said_to=last if isinstance(last, date) else None,
        search=words,
        has_candidates=True if repeats else None,
        max_confidence=CHECK_BELOW if doubtful else None,
        held_by=session.desk().reviewer_id if mine else None,
        # A search or a look at what was decided shows every print, not one row for all of them.
        are_repeats_folded=state == "to review" and not words,
    )
    return wanted, QueueOrder(order or QueueOrder.OLDEST)


def summary() -> str:
    """What the filters say while they are folded away."""
    held = [str(st.session_state.get(key) or "") for key in ("state", "kind")]
    order = st.session_state.get("order")
    shown = [
        held[0] or "to review",
        KINDS[Kind(held[1])] if held[1] else "",
        ORDERS[QueueOrder(order)] if order else "",
    ]
    return "Filters: " + " · ".join(part for part in shown if part)


def chosen(label: str, options: Sequence[str], key: str, words: Callable[[str], str] = str) -> str:
    """One filter, kept in the page's address, so that a view can be mailed."""
    return st.selectbox(label, options, format_func=words, key=key, bind="query-params") or ""


def take_ten(wanted: QueueFilter, order: QueueOrder) -> None:
    """Take the next ten for oneself, or give them back; others see who has them until the half hour is over."""
    if st.button("Take the next ten", help="For half an hour others see that you have them."):
        taken = session.act(queue.take_next, wanted, order)
        st.toast(f"{len(taken)} statements are yours until {queue.LEASE.seconds // 60} minutes from now.")
        st.session_state.pop("held", None)
    if st.button("Give back", help="What you took and did not decide on is free for others."):
        st.toast(f"{session.act(queue.release)} statements given back.")
        st.session_state.pop("held", None)


def held_for(wanted: QueueFilter, order: QueueOrder, item: UUID | None) -> Held:
    """What the browser holds for these filters; another selection begins anew."""
    name = repr((wanted, order, item))
    held = st.session_state.get("held")
    if not isinstance(held, Held) or held.name != name:
        held = Held(name, wanted.search)
        if item is not None:
            held.take(session.read(queue.one, item))
        else:
            held.take(session.read(queue.page, wanted, order))
        st.session_state["held"] = held
    return held


def last_of(held: Held) -> str | None:
    """The last item that the browser holds."""
    return next(reversed(held.items), None)


def refresh(held: Held, acks: dict[str, Ack]) -> None:
    """Read again what the answered entries touched, and put the new rows into the answers."""
    touched = {ack.get("item") for ack in acks.values()} - {None}
    for key in touched:
        page = session.read(queue.one, parse_id(str(key)))
        row = items.rows(page)[0]
        covers = (row.get("repeats") or {"covers": []})["covers"]
        if str(key) in held.items:
            held.items[str(key)] = row
        held.sources |= {name: source for name, source in items.sources(page.texts).items() if name in held.sources}
        for ack in acks.values():
            if ack.get("item") != key:
                continue
            ack["row"] = row
            if (
                not ack["ok"]
                and ack["kind"] == "stale"
                and (other := session.read(activity.latest, parse_id(str(key))))
            ):
                ack["by"], ack["at"] = other.who, other.at.isoformat()
        for cover in covers:
            if cover["id"] in held.items:
                held.items[cover["id"]] = items.rows(session.read(queue.one, parse_id(cover["id"])))[0]


@st.fragment
def desk(wanted: QueueFilter, order: QueueOrder, item: UUID | None) -> None:
    """The reader, rerun alone for each decision.

    While the database is away, what was on the screen stays there: without the reader, nothing would send its decisions
    again when the database is back.
    """
    notice = st.empty()  # a place of its own: the reader behind it must not move
    got = reader.received(KEY)
    try:
        st.session_state[SHOWN] = answered(wanted, order, item, got)
    except StorageError as error:
        if SHOWN not in st.session_state:
            raise
        notice.warning(safe.label(str(error), most=1_000))
    reader.mount(cast("ReaderData", st.session_state[SHOWN]), key=KEY)


def answered(wanted: QueueFilter, order: QueueOrder, item: UUID | None, got: reader.Received) -> ReaderData:
    """What the reader shows next, after what the browser sent."""
    held = held_for(wanted, order, item)
    acks: dict[str, Ack] = dict(got.acks)
    if got.entries:
        fresh = reader.answers(lambda entries: cast("dict[str, Ack]", session.act(apply, entries)), got.entries)
        refresh(held, fresh)
        acks |= fresh
    if got.edge and got.edge.direction == 1 and got.edge.item == last_of(held) and held.next is not None:
        held.take(session.read(queue.page, wanted, order, held.next))
    if got.open is not None:
        st.query_params["statement"] = got.open.item
        st.switch_page("pages/repeats.py" if got.open.what == "repeats" else "pages/sources.py")
    if got.search is not None:
        if got.search.strip():
            st.query_params["search"] = got.search
        else:
            st.query_params.pop("search", None)
        st.rerun()
    return data(held, acks)


def data(held: Held, acks: dict[str, Ack]) -> ReaderData:
    """Everything that the reader is mounted with."""
    who = session.desk()
    return {
        "desk": hashlib.sha256(who.name.encode()).hexdigest()[:16],  # tells two desks apart, and names neither
        "reviewer": {"id": str(who.reviewer_id), "name": session.reviewer()},
        "page": {
            "id": held.name,
            "items": list(held.items.values()),
            "total": held.total,
            "first": held.first,
            "before": False,
            "after": held.next is not None,
        },
        "sources": held.sources,
        "acks": acks,
        "reasons": [{"id": reason.value, "label": label} for reason, label in queue.REASONS.items()],
        "tags": session.read(annotate.list_tags),
        "speakers": [{"id": str(key), "name": name, "about": about} for key, name, about in session.read(queue.people)],
        "item_url": "/review?item=",
        "query": held.search,
    }


linked = st.query_params.get("item")
with st.container(horizontal=True):
    wanted, order = filters()
    take_ten(wanted, order)
desk(wanted, order, parse_id(linked) if linked else None)
