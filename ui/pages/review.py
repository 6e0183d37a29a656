"""Review: the queue, the source text, the decision. All of it happens in the reader; this page feeds it."""

from dataclasses import dataclass, field
from typing import cast
from uuid import UUID

import streamlit as st

from claimtrack.attribution import Kind
from claimtrack.services import annotate, queue
from claimtrack.services.desk import parse_id
from claimtrack.services.outbox import apply
from claimtrack.services.queue import QueueFilter, QueueOrder
from claimtrack.ui import safe, session
from claimtrack.ui.components import items, reader
from claimtrack.ui.components.contract import Ack, Item, ReaderData, Source
from claimtrack.vocabulary import StatementState

KEY = "reader"
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
    """The filters above the reader."""
    columns = st.columns([3, 3, 3, 3, 4, 2], vertical_alignment="bottom")
    state = columns[0].selectbox("State", list(STATES), key="state", bind="query-params")
    kind = columns[1].selectbox(
        "Kind",
        ["", *KINDS],
        format_func=lambda one: KINDS[Kind(one)] if one else "all kinds",
        key="kind",
        bind="query-params",
    )
    publisher = columns[2].selectbox(
        "Publisher",
        ["", *session.read(queue.publishers)],
        format_func=lambda one: safe.label(one) if one else "all outlets",
        key="publisher",
        bind="query-params",
    )
    order = columns[3].selectbox(
        "Order", list(ORDERS), format_func=lambda one: ORDERS[QueueOrder(one)], key="order", bind="query-params"
    )
    words = columns[4].text_input("Search", key="search", placeholder="words or speaker", bind="query-params")
    repeats = columns[5].checkbox(
        "Repeats", key="repeats", help="Only statements with possible repeats that nobody judged."
    )
    wanted = QueueFilter(
        states=STATES[state or "to review"],
        kinds=(Kind(kind),) if kind else (),
        story=session.story(),
        document=parse_id(st.query_params["document"]) if "document" in st.query_params else None,
        publisher=publisher or None,
        search=words or "",
        has_candidates=True if repeats else None,
        # A search or a look at what was decided shows every print, not one row for all of them.
        are_repeats_folded=state == "to review" and not words,
    )
    return wanted, QueueOrder(order or QueueOrder.OLDEST)


def held_for(wanted: QueueFilter, order: QueueOrder, item: UUID | None) -> Held:
    """What the browser holds for these filters; another selection begins anew."""
    name = repr((wanted, order, item))
    held = st.session_state.get("held")
    if not isinstance(held, Held) or held.name != name:
        held = Held(name)
        if item is not None:
            held.take(session.read(queue.one, item))
        else:
            held.take(session.read(queue.page, wanted, order))
        st.session_state["held"] = held
    return held


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
            if ack.get("item") == key:
                ack["row"] = row
        for cover in covers:
            if cover["id"] in held.items:
                held.items[cover["id"]] = items.rows(session.read(queue.one, parse_id(cover["id"])))[0]


@st.fragment
def desk(wanted: QueueFilter, order: QueueOrder, item: UUID | None) -> None:
    """The reader, rerun alone for each decision."""
    held = held_for(wanted, order, item)
    got = reader.received(KEY)
    acks: dict[str, Ack] = dict(got.acks)
    if got.entries:
        fresh = cast("dict[str, Ack]", session.act(apply, got.entries))
        refresh(held, fresh)
        acks |= fresh
    if got.edge and got.edge.direction == 1 and held.next is not None and item is None:
        held.take(session.read(queue.page, wanted, order, held.next))
    if got.open is not None:
        st.query_params["statement"] = got.open.item
        st.switch_page("pages/repeats.py" if got.open.what == "repeats" else "pages/sources.py")
    if got.search is not None:
        st.session_state["search_wanted"] = got.search
        st.rerun()
    reader.mount(data(held, acks), key=KEY)


def data(held: Held, acks: dict[str, Ack]) -> ReaderData:
    """Everything that the reader is mounted with."""
    who = session.desk()
    return {
        "desk": who.name,
        "reviewer": {"id": str(who.reviewer_id), "name": session.reviewer()},
        "page": {
            "id": held.name,
            "items": list(held.items.values()),
            "total": held.total,
            "first": held.first,
            "before": held.first > 0,
            "after": held.next is not None,
        },
        "sources": held.sources,
        "acks": acks,
        "reasons": [{"id": reason.value, "label": label} for reason, label in queue.REASONS.items()],
        "tags": session.read(annotate.list_tags),
        "speakers": [{"id": str(key), "name": name, "about": about} for key, name, about in session.read(queue.people)],
        "item_url": "/review?item=",
    }


if "search_wanted" in st.session_state:
    st.session_state["search"] = st.session_state.pop("search_wanted")
linked = st.query_params.get("item")
wanted, order = filters()
desk(wanted, order, parse_id(linked) if linked else None)
