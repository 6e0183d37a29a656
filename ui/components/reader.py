"""The review reader: one inline component in which statements are decided against their source text.

Moves, selection and decisions happen in the browser at once. A decision is an *entry* of the outbox: the browser
keeps it in sessionStorage, sends the whole unacknowledged list as the component's state, and drops an entry when the
data bring its acknowledgement. Streamlit merges reruns that follow each other quickly; a list survives that, a
trigger for each decision lost six of ten.

A page uses it in this order, inside one `st.fragment` so that a decision reruns nothing else:

    got = reader.received(KEY)                            # what the browser sent: typed entries, edge, open, search
    acks = got.acks | reader.answers(apply, got.entries)  # apply: services/outbox.py; "client:seq" -> Ack
    reader.mount({**data, "acks": acks}, key=KEY)         # ReaderData of `contract`

**Data in** is `contract.ReaderData`. Rules beyond its comments:

* `page.items` may grow while `page.id` stays: the reader asks for more (`edge`) when fewer than 40 items are left, so
  that fast keys (25 a second) don't run out of items while a busy server looks for the next page. Append (or prepend)
  the next page to `edge.item`, once for each item named; keep the decided ones in place, or the reviewer loses sight
  of what they just did. Up to 100 items are fine; drop from the far end beyond that.
* `acks` must answer every entry in `got.entries`; an entry sent again after a reload or a restart gets its stored
  answer. `got.acks` holds the answers that this session gave before (those entries are not in `got.entries`) and the
  refusals of what could not be read.
* After a decision that covered repeats, their rows must be fresh in the same data.
* The reader never parses text as HTML or Markdown: pass it as stored.

**Data out**, state:

* `outbox`: list of entries
  `{client, seq, item, action, version, after, made_at, payload}`.
  `client` is a UUID made anew by every page load (a duplicated tab copies sessionStorage: a kept client would give two
  tabs the same numbers), `seq` counts from 1; the two are the key of an entry for ever. `item` is the public UUID
  (None for `add`), `version` the version that the reviewer saw, `after` is `[client, seq]` of this reviewer's earlier
  entry for the item that was not yet acknowledged, and then the version which *that* produced counts; `made_at` is the
  browser's clock (UTC), for the reader's eyes only. `version` is None for `add`, and may be for the `undo` of an item
  that the browser no longer holds: then the version that the undone entry produced counts.

  | action | payload |
  |---|---|
  | as_printed | `covers: [[item, version], ...]` repeats with the same words, left ticked; `capture`: see `AsPrinted` |
  | reject | `reason`, `covers` |
  | fix | `content: [[s, e], ...]`, `words` (one for each), `source`, `source_words`, `cue`, `cue_words`, `kind` |
  | add | as fix, and `document`, `speaker`, `speaker_id` |
  | speaker | `speaker`, `speaker_id` (None: a name that is not known yet), `speaker_kind` |
  | date | `said_on` (EDTF; None: open) |
  | note | `note` (the whole text; "" clears it) |
  | tag | `add: [...]`, `remove: [...]` |
  | undo | `undoes: [client, seq]`: restores exactly what that entry changed, repeats included |

  `outbox.parse` turns them into typed values and never trusts them; the service compares `text[s:e] == words` and
  answers `mismatch`.
* `at`: id of the item on screen, 1.5 s after it settled and every 25 s while the tab is looked at, when `presence` is
  asked for.

**Data out**, triggers: `edge` `{"direction": 1 | -1, "item": id of the last or first item held}`, asked again after
2 s without an answer; `open` `{"item": id, "what": "repeats" | "document" | "questions" | "statement"}` (the last:
another statement of the same text that the page does not hold; hold it, and name it as `at`); `search`
`{"query": str}`.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast, get_args

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from claimtrack import limits
from claimtrack.errors import RoleError, StorageError
from claimtrack.services.entry import Entry
from claimtrack.ui.components import outbox
from claimtrack.ui.components.contract import Ack, ReaderData

#: The parts of the component's script, in the order in which they make one module.
SCRIPTS = ("text", "outbox", "view", "source", "panels", "dialogs", "marking", "actions", "main")


#: How often an entry that raises is tried: with the browser's pauses, about ten seconds.
ATTEMPTS = 3

_FAILED = "The desk could not save this; its log says why. Your draft is kept: try again, or drop it."

_LOG = logging.getLogger(__name__)


OpenWhat = Literal["repeats", "document", "questions", "statement"]


@dataclass(frozen=True, slots=True)
class Edge:
    """The reader runs out of items after (1) or before (-1) `item`."""

    direction: Literal[1, -1]
    item: str


@dataclass(frozen=True, slots=True)
class Open:
    """The reviewer wants to see the repeats of `item`, its document, its questions, or `item` itself in the reader."""

    item: str
    what: OpenWhat


@dataclass(frozen=True, slots=True)
class Received:
    """What the browser sent for this run; ids in it are well-formed UUIDs, and no more is known about them."""

    entries: tuple[Entry, ...]
    acks: dict[str, Ack]
    edge: Edge | None = None
    open: Open | None = None
    search: str | None = None
    at: str | None = None


def received(key: str) -> Received:
    """What the reader mounted under `key` sent for this run; empty on the first one. Call it before `mount`."""
    raw = st.session_state.get(key)
    sent: Mapping[str, object] = raw if isinstance(raw, Mapping) else {}
    parsed = outbox.parse(sent.get("outbox"))
    known: dict[str, Ack] = st.session_state.get(_answers(key), {})
    there = {entry.ref.key for entry in parsed.entries}
    return Received(
        entries=tuple(entry for entry in parsed.entries if entry.ref.key not in known),
        acks={**{name: ack for name, ack in known.items() if name in there}, **parsed.refused},
        edge=_edge(sent.get("edge")),
        open=_open(sent.get("open")),
        search=_search(sent.get("search")),
        at=outbox.readable_id(sent.get("at")),
    )


def answers(apply: Callable[[Sequence[Entry]], Mapping[str, Ack]], entries: Sequence[Entry]) -> dict[str, Ack]:
    """What `apply` answers to `entries`; an error that nobody foresaw neither hides the reader nor stops the rest.

    The browser sends the same list until it is answered, so one entry that can't be applied would be met for ever. The
    entries are then applied one by one. One that fails is left unanswered, and so are those behind it: the browser
    keeps them and sends them again. At the third failure it is answered with a problem: the reviewer sees the draft and
    can try again. A database that is busy or away answers nothing and counts as no failure; somebody who may not decide
    is told so at once.
    """
    if not entries:
        return {}
    try:
        return dict(apply(entries))
    except StorageError:
        return {}  # the database is away or busy: the browser keeps them all, and sends them until it is back
    except RoleError as error:
        told = str(error)
        return {
            entry.ref.key: {"ok": False, "kind": "refused", "message": told, "item": entry.item} for entry in entries
        }
    except Exception:  # noqa: BLE001 - what is not foreseen can't be named; it is logged, and answered below
        _LOG.exception("The outbox could not be applied as a whole")
    failures: dict[str, int] = st.session_state.setdefault("claimtrack outbox: failures", {})
    done: dict[str, Ack] = {}
    for entry in entries:
        key = entry.ref.key
        try:
            done.update(apply([entry]))
        except Exception:  # noqa: BLE001 - the same, for one entry
            failures[key] = failures.get(key, 0) + 1
            _LOG.exception("Entry %s could not be applied (attempt %d)", key, failures[key])
            if failures[key] < ATTEMPTS:
                break
            done[key] = {"ok": False, "kind": "refused", "message": _FAILED, "item": entry.item}
    return done


def mount(data: ReaderData, *, key: str) -> None:
    """Shows the reader. `data["acks"]` is remembered for the session, so that no entry is applied twice in it."""
    st.session_state[_answers(key)] = data["acks"]
    nothing = lambda: None  # noqa: E731 - Streamlit wants a callback for each name that the browser may send
    _component()(
        key=key,
        data=data,
        on_outbox_change=nothing,
        on_at_change=nothing,
        on_edge_change=nothing,
        on_open_change=nothing,
        on_search_change=nothing,
    )


@cache
def script() -> str:
    """The component's JavaScript: one module, joined from the files in `reader_assets/`."""
    return "\n".join(_asset(f"{name}.js") for name in SCRIPTS)


@cache
def _component() -> ComponentRenderer:
    # Styles are not isolated: in a shadow root, document.getSelection does not see the selection in every browser.
    return st.components.v2.component(
        "claimtrack_reader", html=_asset("reader.html"), css=_asset("reader.css"), js=script(), isolate_styles=False
    )


def _asset(name: str) -> str:
    return (files("claimtrack.ui") / "components" / "reader_assets" / name).read_text(encoding="utf-8")


def _answers(key: str) -> str:
    return f"{key}: answers"


def _edge(raw: object) -> Edge | None:
    if not isinstance(raw, Mapping) or raw.get("direction") not in (1, -1):
        return None
    item = outbox.readable_id(raw.get("item"))
    return Edge(1 if raw["direction"] == 1 else -1, item) if item else None


def _open(raw: object) -> Open | None:
    if not isinstance(raw, Mapping) or raw.get("what") not in get_args(OpenWhat):
        return None
    item = outbox.readable_id(raw.get("item"))
    return Open(item, cast("OpenWhat", raw["what"])) if item else None


def _search(raw: object) -> str | None:
    query = raw.get("query") if isinstance(raw, Mapping) else None
    return query[: limits.MAX_LABEL_CHARS] if isinstance(query, str) else None
