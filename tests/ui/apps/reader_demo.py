"""The reader on an in-memory desk. What it shows is told by the environment, so that a test can restart it."""

import json
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit as st
from demo_store import REASONS, Store, uid

from claimtrack.services.entry import Entry
from claimtrack.ui.components import reader

KEY, PAGE = "reader", 25
st.set_page_config(page_title="Review · claimtrack", layout="wide")


@st.cache_resource
def store() -> Store:
    made = Store(
        Path(os.environ["DEMO_JOURNAL"]),
        items=int(os.environ.get("DEMO_ITEMS", "60")),
        per_document=int(os.environ.get("DEMO_PER_DOCUMENT", "12")),
    )
    if extra := os.environ.get("DEMO_TEXTS"):  # texts to read, each one item over the whole first word
        made.rows.clear()
        for k, text in enumerate(json.loads(Path(extra).read_text(encoding="utf-8"))):
            made.add_document(uid("text", k), text, title=text[:60])
            item = uid("row", k)
            end = len(text.split()[0]) if text.split() else 1
            made.rows[item] = {
                "id": item,
                "version": 1,
                "document": uid("text", k),
                "state": "extracted",
                "kind": "direct",
                "content": [[0, end]],
                "source": None,
                "cue": None,
                "words": text[:200],
                "speaker": text[:80],
                "said_on": None,
                "note": text[:80],
                "tags": [text[:40]],
                "why": text[:80],
            }
    if os.environ.get("DEMO_REPEATS"):
        first, second, third = list(made.rows)[:3]
        made.rows[first]["repeats"] = {
            "summary": "2 others print it, 1 differs: 2→3",
            "covers": [{"id": second, "version": 1}],
            "differ": [{"id": third, "words": "about the 2 cranes", "where": "Coast Herald, 13 Mar 2026"}],
        }
    return made


def cut(source: dict[str, Any]) -> dict[str, Any]:
    """The part of a long text that is sent, when the test asks for one."""
    start, end = json.loads(os.environ.get("DEMO_WINDOW", "[0, null]"))
    end = len(source["text"]) if end is None else end
    return {**source, "text": source["text"][start:end], "offset": start, "goes_on": end < len(source["text"])}


def apply(entries: Sequence[Entry]) -> dict[str, Any]:
    """What the store answers, unless it is told to fail: at a word, so often."""
    trouble = os.environ.get("DEMO_TROUBLE")
    failed = st.session_state.setdefault("failed", 0)
    if trouble and failed < int(os.environ["DEMO_FAILURES"]) and any(trouble in repr(one.payload) for one in entries):
        st.session_state["failed"] += 1
        raise OSError("the disk is full")
    return store().apply(tuple(entries))


@st.fragment
def review() -> None:
    if (theirs := st.query_params.get("bea")) and not st.session_state.get("changed"):
        st.session_state["changed"] = True
        store().by_another(theirs, **json.loads(st.query_params["patch"]))
    desk, shown = store(), st.session_state.setdefault("shown", PAGE)
    began = time.perf_counter()
    got = reader.received(KEY)
    time.sleep(float(os.environ.get("DEMO_DELAY", "0")))
    acks = {**got.acks, **reader.answers(apply, got.entries)}
    if got.edge and got.edge.direction == 1:
        shown = st.session_state["shown"] = shown + PAGE
    if got.open:
        st.session_state["opened"] = f"opened {got.open.what} of {got.open.item}"
    if got.at and "DEMO_PRESENCE" in os.environ:
        st.session_state["opened"] = f"looks at {got.at}"
    if got.search is not None:
        st.session_state["opened"] = f"searched {got.search}"
    rows = list(desk.rows.values())
    items = [
        {name: value for name, value in row.items() if name != "made_by"} for row in rows[max(0, shown - 100) : shown]
    ]
    reader.mount(
        {
            "desk": "demo",
            "reviewer": {"id": st.query_params.get("me", "ada"), "name": "Ada"},
            "page": {
                "id": "all",
                "items": items,
                "total": len(rows),
                "first": max(0, shown - 100),
                "before": shown > 100,
                "after": shown < len(rows),
            },
            "sources": {row["document"]: cut(desk.sources[row["document"]]) for row in items},
            "acks": acks,
            "at": st.query_params.get("item"),
            "reasons": REASONS,
            "tags": ["costs", "harbour", "follow up"],
            "speakers": [
                {"id": uid("speaker", name), "name": name, "about": about}
                for name, about in (("Mirela Anand", "minister"), ("Lea Brandt", "mayor"))
            ],
            "item_url": "?item=",
            "presence": "DEMO_PRESENCE" in os.environ,
        },
        key=KEY,
    )
    if opened := st.session_state.get("opened"):
        st.text(opened)
    if os.environ.get("DEMO_TIMES") and got.entries:
        with Path(os.environ["DEMO_TIMES"]).open("a", encoding="utf-8") as times:
            times.write(f"{(time.perf_counter() - began) * 1000:.2f}\n")


review()
