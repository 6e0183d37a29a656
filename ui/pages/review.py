"""Review: the queue, the source text, the decision. All of it happens in the reader; this page feeds it."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import cast
from uuid import UUID

import streamlit as st

from claimtrack.attribution import Kind
from claimtrack.errors import ClaimTrackError, StorageError
from claimtrack.services import activity, annotate, presence, queue, saved_views
from claimtrack.services.desk import parse_id
from claimtrack.services.outbox import apply
from claimtrack.services.queue import QueueFilter, QueueOrder
from claimtrack.ui import safe, session
from claimtrack.ui.components import items, reader
from claimtrack.ui.components.contract import Ack, Item, ReaderData, Source

KEY = "reader"
#: Name of this page in saved views, and the filters that a view keeps.
PAGE = "review"
FILTERS = ("state", "kind", "speaker", "publisher", "tag", "from", "until", "order", "repeats", "doubtful", "mine")

#: Where the session keeps what the reader was last mounted with.
SHOWN = "shown by the reader"
#: Items that the browser holds at most; beyond it the far end is dropped.
MAX_HELD = 100

STATES = queue.STATES
KINDS = {Kind.DIRECT: "full quotation", Kind.MIXED: "partial quotation", Kind.INDIRECT: "paraphrase"}
#: Pages that the reader opens.
OPENED = {
    "repeats": "pages/repeats.py",
    "document": "pages/sources.py",
    "questions": "pages/statement.py",
}
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
    at: str | None = None  #: the statement that the reviewer asked for last

    def beside(self, page: queue.Page) -> None:
        """Hold a statement that the reviewer pointed at in a text, behind the last one of its document."""
        (row,) = items.rows(page)
        keys = list(self.items)
        place = max((at for at, key in enumerate(keys) if self.items[key]["document"] == row["document"]), default=-1)
        keys.insert(place + 1, row["id"])
        known = self.items | {row["id"]: row}
        self.items = {key: known[key] for key in keys}

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
        views()
        state = chosen("State", list(STATES), "state")
        kind = chosen("Kind", ["", *KINDS], "kind", lambda one: KINDS[Kind(one)] if one else "all kinds")
        names = {str(key): name for key, name, _ in session.read(queue.people)}
        speaker = chosen("Speaker", ["", *names], "speaker", lambda one: safe.option(names.get(one) or "everybody"))
        outlets = session.read(queue.publishers)
        publisher = chosen("Publisher", ["", *outlets], "publisher", lambda one: safe.option(one or "all outlets"))
        tags = {str(key): name for key, name in session.read(queue.tags)}
        tag = chosen("Tag", ["", *tags], "tag", lambda one: safe.option(tags.get(one) or "any or none"))
        left, right = st.columns(2)
        first = left.date_input("Said from", value=None, format="YYYY-MM-DD", key="from")
        last = right.date_input("Said until", value=None, format="YYYY-MM-DD", key="until")
        order = chosen("Order", list(ORDERS), "order", lambda one: ORDERS[QueueOrder(one)])
        repeats = st.checkbox("only with possible repeats", key="repeats")
        doubtful = st.checkbox("only where the extraction is to be checked", key="doubtful")
        mine = st.checkbox("only what I have taken or was given", key="mine")
    words = str(st.query_params.get("search", ""))
    held: dict[str, object] = {
        "state": state,
        "kind": kind,
        "speaker": speaker,
        "publisher": publisher,
        "tag": tag,
        "from": plain(first),
        "until": plain(last),
        "repeats": repeats,
        "doubtful": doubtful,
        "mine": mine,
        "search": words,
    }
    document = parse_id(st.query_params["document"]) if "document" in st.query_params else None
    wanted = replace(queue.filter_of(held, session.desk().reviewer_id), story=session.story(), document=document)
    return wanted, QueueOrder(order or QueueOrder.OLDEST)


def views() -> None:
    """The kept views: apply, keep, rename, delete. A press is handled before the filters are drawn."""
    if told := st.session_state.pop("view problem", None):
        st.error(safe.label(str(told), most=400))
    kept = {str(one.id): one for one in session.read(saved_views.listed, PAGE)}
    names = {key: f"{one.name}{' · the desk’s' if one.is_shared else ''}" for key, one in kept.items()}
    if st.session_state.get("view") not in {"", *kept}:
        st.session_state["view"] = ""
    chosen_view = st.selectbox(
        "Saved view",
        ["", *kept],
        format_func=lambda key: safe.option(names[key]) if key else "none",
        key="view",
        on_change=apply_view,
        args=({key: one.settings for key, one in kept.items()},),
    )
    with st.expander("Keep or change a view"):
        name = st.text_input("Name of the view", key="view name", placeholder="Tonight, most printed first")
        is_shared = st.checkbox("for the whole desk", key="view shared")
        with st.container(horizontal=True):
            st.button("Keep these filters", on_click=keep_view, args=(name, is_shared))
            if chosen_view in kept:
                one = kept[chosen_view]
                st.button("Rename it", on_click=rename_view, args=(one, name))
                st.button("Delete it", on_click=delete_view, args=(one,), help="Activity can undo it.")


def apply_view(settings: dict[str, dict[str, object]]) -> None:
    """Set the filters as they were kept."""
    held = settings.get(str(st.session_state["view"]))
    if held is None:
        return
    for key in FILTERS:
        value = held.get(key)
        if key in {"from", "until"}:
            st.session_state[key] = date.fromisoformat(str(value)) if value else None
        elif value is None:
            st.session_state.pop(key, None)
            st.query_params.pop(key, None)
        else:
            st.session_state[key] = value
    if held.get("search"):
        st.query_params["search"] = str(held["search"])
    else:
        st.query_params.pop("search", None)


def keep_view(name: str, is_shared: bool) -> None:  # noqa: FBT001 - Streamlit hands over what was ticked
    """Keep the filters as they are."""
    held = {key: plain(st.session_state.get(key)) for key in FILTERS}
    held["search"] = str(st.query_params.get("search", "")) or None
    change_view(lambda: session.act(saved_views.keep, PAGE, name, held, is_shared=is_shared))


def rename_view(one: saved_views.View, name: str) -> None:
    """Give the chosen view another name."""
    change_view(lambda: session.act(saved_views.rename, one.id, one.version, name))


def delete_view(one: saved_views.View) -> None:
    """Take the chosen view away."""
    change_view(lambda: session.act(saved_views.delete, one.id))


def change_view(act: Callable[[], object]) -> None:
    """Do it, or leave the sentence that says why not where the views are shown."""
    try:
        act()
    except ClaimTrackError as error:
        st.session_state["view problem"] = str(error)


def plain(value: object) -> object:
    """A filter's value as JSON knows it."""
    return value.isoformat() if isinstance(value, date) else value or None


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
    if st.session_state.get(key, options[0]) not in options:  # a view may name what is gone since
        st.session_state.pop(key)
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
    if got.open is not None and got.open.what != "statement":
        named = {"statement": got.open.item}
        if got.open.item in held.items:
            named["document"] = held.items[got.open.item]["document"]
        st.switch_page(OPENED[got.open.what], query_params={**session.held(), **named})
    if got.open is not None and got.open.item not in held.items:
        held.beside(session.read(queue.one, parse_id(got.open.item)))
    if got.open is not None:
        held.at = got.open.item
    if got.at:
        session.act(presence.look, session.tab(), parse_id(got.at))
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
    nearby = session.read(presence.others, [UUID(key) for key in held.items])
    shown: list[Item] = [
        {**one, "presence": list(nearby[UUID(key)])} if UUID(key) in nearby else one for key, one in held.items.items()
    ]
    return {
        "desk": hashlib.sha256(who.name.encode()).hexdigest()[:16],  # tells two desks apart, and names neither
        "reviewer": {"id": str(who.reviewer_id), "name": session.reviewer()},
        "page": {
            "id": held.name,
            "items": shown,
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
        "at": held.at,
        "presence": True,
    }


linked = st.query_params.get("item")
with st.container(horizontal=True):
    wanted, order = filters()
    take_ten(wanted, order)
desk(wanted, order, parse_id(linked) if linked else None)
