"""The review reader: one inline component in which statements are decided against their source text.

Moves, selection and decisions happen in the browser at once. A decision is an *entry* of the outbox: the browser
keeps it in sessionStorage, sends the whole unacknowledged list as the component's state, and drops an entry when the
data bring its acknowledgement. Streamlit merges reruns that follow each other quickly; a list survives that, a
trigger for each decision lost six of ten.

A page uses it in this order, inside one `st.fragment` so that a decision reruns nothing else:

    got = reader.received(KEY)                      # what the browser sent: typed entries, edge, open, search
    acks = got.refused | apply(reviewer, got.entries)  # services/outbox.py; "client:seq" -> Ack
    reader.mount(data | {"acks": acks}, key=KEY)    # ReaderData of `contract`

**Data in** is `contract.ReaderData`. Rules beyond its comments:

* `page.items` may grow while `page.id` stays: the reader asks for more (`edge`) when fewer than 15 items are left, so
  that fast keys never run out of items. Append (or prepend) the next page; keep the decided ones in place, or the
  reviewer loses sight of what they just did. Up to 100 items are fine; drop from the far end beyond that.
* `acks` must answer every entry in `got.entries` and `got.refused`; an entry sent again gets its stored answer.
  Answers already given may be sent again or left out.
* The reader never parses text as HTML or Markdown: pass it as stored.

**Data out**, state:

* `outbox`: list of entries
  `{client, seq, item, action, version, after, made_at, payload}`.
  `client` is a UUID made anew by every page load (a duplicated tab copies sessionStorage: a kept client would give two
  tabs the same numbers), `seq` counts from 1; the two are the key of an entry for ever. `item` is the public UUID
  (None for `add`), `version` the version that the reviewer saw, `after` is `[client, seq]` of this reviewer's earlier
  entry for the item that was not yet acknowledged, and then the version which *that* produced counts; `made_at` is the
  browser's clock (UTC), for the reader's eyes only.

  | action | payload |
  |---|---|
  | as_printed | `covers: [[item, version], ...]` repeats with the same words that the reviewer left ticked |
  | reject | `reason`, `covers` |
  | fix | `content: [[s, e], ...]`, `words: [...]` (one for each span), `source`/`source_words`, `cue`/`cue_words`, `kind` |
  | add | as fix, and `document`, `speaker`, `speaker_id` |
  | speaker | `speaker`, `speaker_id` (None: a name that is not known yet), `speaker_kind` |
  | date | `said_on` (EDTF; None: open) |
  | note | `note` (the whole text; "" clears it) |
  | tag | `add: [...]`, `remove: [...]` |
  | undo | `undoes: [client, seq]`: restores exactly what that entry changed, repeats included |

  `outbox.parse` turns them into typed values and never trusts them; the service compares `text[s:e] == words` and
  answers `mismatch`.
* `at`: id of the item on screen, 1.5 s after it settled, when `presence` is asked for.

**Data out**, triggers: `edge` `{"direction": 1 | -1, "item": id of the last or first item held}`, asked again after
2 s without an answer; `open` `{"item": id, "what": "repeats" | "document"}`; `search` `{"query": str}`.
"""
