"""An in-memory desk with a journal, for the reader's tests: what a service does, in a hundred lines.

The journal (one JSON object a line: stored entries and another reviewer's changes) is the store; it is read again
after a restart. Everything printed here is invented.
"""

import json
import os
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from claimtrack.attribution import Span
from claimtrack.ui.components import outbox
from claimtrack.ui.components.alarms import alarms

REASONS = [
    {"id": "not_a_statement", "label": "nobody says this"},
    {"id": "wrong_source", "label": "somebody else says it"},
    {"id": "not_for_us", "label": "not worth checking"},
    {"id": "broken_text", "label": "the text is broken"},
]
PEOPLE = [
    ("Mirela Anand", "minister"),
    ("Port authority", "organisation"),
    ("Tomas Ødegård", "union official"),
    ("Lea Brandt", "mayor"),
]
SAYINGS = [
    ("“We will not sign before the audit is done”", "direct"),
    ("talks could resume “within weeks”", "mixed"),
    ("the berths would reopen in April", "indirect"),
    ("“Nobody told us anything 🙂 about the 3 cranes”", "direct"),
]


def uid(*parts: object) -> str:
    return str(uuid5(NAMESPACE_URL, "/".join(map(str, parts))))


def _article(number: int, sayings: int) -> tuple[str, list[dict[str, Any]]]:
    text, items = f"Harbour talks, day {number}\n\n", []
    for k in range(sayings):
        (who, about), (words, kind) = PEOPLE[k % 4], SAYINGS[(k // 2 + k) % 4]
        text += "The quay was quiet at noon. On Tuesday, "
        source = [len(text), len(text) + len(who)]
        cue = [source[1] + 1, source[1] + 5]
        content = [cue[1] + 1, cue[1] + 1 + len(words)]
        text += f"{who} said {words}. "
        text += "But unless the port pays, nothing moves.\n\n" if k % 3 == 0 else "Trucks waited at the gate.\n\n"
        items.append(
            {
                "speaker": who,
                "speaker_about": about,
                "words": words,
                "kind": kind,
                "source": source,
                "cue": cue,
                "content": [content],
                "saying": k,
            }
        )
    return text, items


class Store:
    """Documents, items and what was done to them; one lock, one journal."""

    def __init__(self, journal: Path, items: int = 60, per_document: int = 12) -> None:
        self.journal, self.lock = journal, threading.Lock()
        self.sources: dict[str, dict[str, Any]] = {}
        self.rows: dict[str, dict[str, Any]] = {}
        self.answers: dict[str, dict[str, Any]] = {}
        self.before: dict[str, list[dict[str, Any]]] = {}
        for number in range(-(-items // per_document)):
            self._load(number, min(per_document, items - number * per_document))
        if journal.exists():
            for line in journal.read_text(encoding="utf-8").splitlines():
                self._replay(json.loads(line))

    def _load(self, number: int, sayings: int) -> None:
        document = uid("document", number)
        text, items = _article(number, sayings)
        self.add_document(document, text, title=f"Harbour talks stall on day {number}")
        for made in items:
            item = uid("item", number, made.pop("saying"))
            spans = [Span(*span) for span in made["content"]]
            self.rows[item] = {
                **made,
                "id": item,
                "version": 1,
                "document": document,
                "state": "extracted",
                "said_on": "2026-03-10",
                "date_words": "On Tuesday",
                "date_basis": "text",
                "fidelity": "as printed; no primary record yet",
                "alarms": alarms(text, spans),
                "note": "",
                "tags": [],
                "reason": None,
                "check": made["kind"] == "indirect",
                "details": {"rule": "cue-verb", "confidence": "0.83"},
                "repeats": None,
            }

    def add_document(self, document: str, text: str, *, title: str) -> None:
        self.sources[document] = {
            "text": text,
            "title": title,
            "publisher": "The Ledger",
            "author": "R. Quill",
            "published": "12 Mar 2026",
            "saved_at": "2026-03-12T13:02:00+00:00",
            "sha256": uid(text).replace("-", "") * 2,
            "url": os.environ.get("DEMO_LINK", "https://ledger.example/harbour"),
            "archive_url": "https://archive.example/1",
            "others": [],
        }

    def apply(self, entries: tuple[outbox.Entry, ...]) -> dict[str, dict[str, Any]]:
        with self.lock:
            return {entry.ref.key: self.answers.get(entry.ref.key) or self._apply(entry) for entry in entries}

    def _apply(self, entry: outbox.Entry) -> dict[str, Any]:
        payload = entry.payload
        if isinstance(payload, outbox.Add):
            return self._add(entry, payload)
        item = entry.item or next((row for row in self.rows if self.rows[row].get("made_by") == payload.undoes.key), "")
        row = self.rows[item]
        earlier = self.answers.get(entry.after.key) if entry.after else None
        if entry.after and not (earlier and earlier["ok"]):
            return self._refuse(entry, "after", "The decision before it was not saved.", row)
        if entry.item and (earlier["version"] if earlier else entry.version) != row["version"]:
            return self._refuse(entry, "stale", "Bea changed this statement while you worked on it.", row)
        if isinstance(payload, outbox.Undo):
            changed = self.before.get(payload.undoes.key)
            if changed is None:
                return self._refuse(entry, "refused", "There is nothing to undo.", row)
            changes = {old["id"]: {name: value for name, value in old.items() if name != "version"} for old in changed}
        else:
            patch = self._patch(payload, self.sources[row["document"]]["text"])
            if patch is None:
                return self._refuse(
                    entry, "mismatch", "The marked words are not in the stored text at that place.", row
                )
            covers = getattr(payload, "covers", ())
            changes = {
                item: patch,
                **{cover.item: patch for cover in covers if self.rows[cover.item]["version"] == cover.version},
            }
        return self._store(entry, item, changes)

    def _store(self, entry: outbox.Entry, item: str, changes: dict[str, dict[str, Any]]) -> dict[str, Any]:
        line = {
            "key": entry.ref.key,
            "item": item,
            "action": type(entry.payload).__name__,
            "changes": changes,
            "at": datetime.now(UTC).isoformat(),
        }
        with self.journal.open("a", encoding="utf-8") as journal:
            journal.write(json.dumps(line) + "\n")
        return self._replay(line)

    def _replay(self, line: dict[str, Any]) -> dict[str, Any]:
        self.before[line["key"]] = [dict(self.rows[item]) for item in line["changes"] if item in self.rows]
        for item, patch in line["changes"].items():
            row = self.rows.setdefault(item, {"version": 0})
            row.update(patch, version=row["version"] + 1)
        row = self.rows[line["item"]]
        self.answers[line["key"]] = {
            "ok": True,
            "item": line["item"],
            "version": row["version"],
            "state": row["state"],
            "row": dict(row),
            "covered": len(line["changes"]) - 1,
        }
        return self.answers[line["key"]]

    def _refuse(self, entry: outbox.Entry, kind: str, message: str, row: dict[str, Any]) -> dict[str, Any]:
        self.answers[entry.ref.key] = {
            "ok": False,
            "kind": kind,
            "message": message,
            "item": row["id"],
            "version": row["version"],
            "row": dict(row),
            "by": "Bea",
            "at": "2026-03-12T13:05:00+00:00",
        }
        return self.answers[entry.ref.key]

    def _add(self, entry: outbox.Entry, payload: outbox.Add) -> dict[str, Any]:
        patch = self._patch(outbox.Fix(payload.marks), self.sources[payload.document]["text"])
        if patch is None:
            return {
                "ok": False,
                "kind": "mismatch",
                "message": "The marked words are not in the stored text at that place.",
            }
        item = uid("added", entry.ref.key)
        row = {
            **patch,
            "id": item,
            "document": payload.document,
            "speaker": payload.speaker,
            "said_on": None,
            "note": "",
            "tags": [],
            "made_by": entry.ref.key,
        }
        return self._store(entry, item, {item: row})

    def _patch(self, payload: outbox.Payload, text: str) -> dict[str, Any] | None:
        match payload:
            case outbox.AsPrinted():
                return {"state": "as_printed", "reason": None}
            case outbox.Reject(reason=reason):
                return {"state": "rejected", "reason": reason}
            case outbox.Fix(marks=marks):
                if not all(mark.stands_in(text) for mark in marks.all):
                    return None
                pair = lambda mark: [mark.span.start, mark.span.end] if mark else None  # noqa: E731
                spans = [mark.span for mark in marks.content]
                return {
                    "state": "fixed",
                    "kind": marks.kind.value,
                    "content": [pair(mark) for mark in marks.content],
                    "source": pair(marks.source),
                    "cue": pair(marks.cue),
                    "words": " ".join(mark.words for mark in marks.content),
                    "alarms": alarms(text, spans),
                }
            case outbox.SetSpeaker(speaker=speaker, speaker_kind=kind):
                return {"speaker": speaker, "speaker_kind": kind.value if kind else None}
            case outbox.SetDate(said_on=said_on):
                return {"said_on": said_on, "date_basis": "text" if said_on else None}
            case outbox.SetNote(note=note):
                return {"note": note}
            case outbox.ChangeTags(add=add, remove=remove):
                return {"tags": [*add]} if not remove else {"tags": []}
            case _:
                return None

    def by_another(self, item: str, **patch: object) -> None:
        """Bea's change: stored under a key of her own."""
        with self.lock:
            line = {
                "key": f"bea:{len(self.answers)}",
                "item": item,
                "action": "Bea",
                "changes": {item: patch},
                "at": "",
            }
            with self.journal.open("a", encoding="utf-8") as journal:
                journal.write(json.dumps(line) + "\n")
            self._replay(line)
