"""Check a claimtrack bundle: python verify.py [FOLDER OR ZIP]. Needs Python 3.9 or newer and nothing else.

It proves that every file is as the manifest lists it, that every quotation stands at its place in the saved text, and
that the log of events is one unbroken chain that ends where the report says. It cannot prove that a saved copy is
what the site showed to others, that the text was taken rightly out of a page's bytes, that somebody said what was
printed, or that the whole bundle was not made anew: for that compare the two digests at the end of its output with
those that the desk gave you in another way.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
import zlib
from functools import partial
from pathlib import Path
from typing import Any, Callable, Iterator  # noqa: UP035 - runs on Python 3.9

#: Fields of an event that its digest covers.
CHAINED = (
    "number public_id at reviewer identity_basis action item_kind item story batch undoes schema_version "
    "payload_digest previous"
).split()

MANIFEST = "manifest-sha256.txt"


class Broken(Exception):  # noqa: N818 - a finding first, an error where nothing can be read
    """Something that is not as it was when the bundle was made."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")


Found = Iterator[Broken]
Lines = Iterator["tuple[int, Broken | dict[str, Any]]"]  # Any: JSON


class Bundle:
    """The files of a bundle, out of a folder or a ZIP, by name."""

    def __init__(self, place: str | Path) -> None:
        self.place = Path(place)
        self.zip = zipfile.ZipFile(self.place) if self.place.is_file() else None

    def names(self) -> list[str]:
        """The files there are."""
        if self.zip:
            return sorted(name for name in self.zip.namelist() if not name.endswith("/"))
        return sorted(path.relative_to(self.place).as_posix() for path in self.place.rglob("*") if path.is_file())

    def read(self, name: str) -> bytes:
        """A file's bytes; raises Broken."""
        try:
            return self.zip.read(name) if self.zip else (self.place / name).read_bytes()
        except (KeyError, OSError, zipfile.BadZipFile, zlib.error) as error:
            raise Broken(name, f"can't be read: {error}") from error

    def digest(self, name: str) -> str:
        """A file's sha256, read piece by piece; raises Broken."""
        found = hashlib.sha256()
        try:
            with self.zip.open(name) if self.zip else (self.place / name).open("rb") as file:
                for piece in iter(lambda: file.read(1 << 20), b""):
                    found.update(piece)
        except (KeyError, OSError, zipfile.BadZipFile, zlib.error) as error:
            raise Broken(name, f"can't be read: {error}") from error
        return found.hexdigest()

    def lines(self, name: str) -> Lines:
        """Each line of a JSONL file with its number."""
        for number, line in enumerate(self.read(name).split(b"\n"), 1):
            if line:
                try:
                    yield number, json_object(line)
                except ValueError as error:
                    yield number, Broken(f"{name} line {number}", f"is no JSON object: {error}")


def json_object(data: bytes) -> dict[str, Any]:  # Any: JSON
    """The object that the bytes hold; raises ValueError."""
    found = json.loads(data.decode("utf-8"))
    if not isinstance(found, dict):
        raise ValueError("something else")  # noqa: TRY004 - as json's own errors
    return found


def sha256(data: bytes) -> str:
    """The digest in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def check_files(bundle: Bundle) -> Found:
    """Every file against the manifest, and nothing beside it."""
    listed = {}
    for line in bundle.read(MANIFEST).decode("utf-8", "replace").splitlines():
        digest, _, name = line.partition("  ")
        listed[name] = digest
    here = set(bundle.names()) - {MANIFEST}
    for name in sorted(here - set(listed)):
        if "__pycache__" not in name:
            yield Broken(name, "is not in the manifest")
    for name, digest in listed.items():
        if name not in here:
            yield Broken(name, "is missing")
            continue
        try:
            if bundle.digest(name) != digest:
                yield Broken(name, "has changed: its sha256 is not the one in the manifest")
        except Broken as error:
            yield error


def check_captures(bundle: Bundle, texts: dict[str, str]) -> Found:
    """The saved copies against their own digests; fills `texts`."""
    for number, capture in bundle.lines("captures.jsonl"):
        if isinstance(capture, Broken):
            yield capture
            continue
        where = f"saved copy {capture.get('capture_id', f'in line {number}')}"
        try:
            data, text = bundle.read(capture["file"]), bundle.read(capture["text_file"])
            if sha256(data) != capture["sha256"]:
                yield Broken(where, f"its bytes ({capture['file']}) have changed")
            if sha256(text) != capture["text_sha256"]:
                yield Broken(where, f"its text ({capture['text_file']}) has changed")
            texts[capture["capture_id"]] = text.decode("utf-8")
        except UnicodeDecodeError:
            yield Broken(where, "its text is no UTF-8 any more")
        except (KeyError, TypeError, ValueError) as error:
            yield Broken(where, f"its entry is damaged: {error}")
        except Broken as error:
            yield error


def check_quotations(bundle: Bundle, texts: dict[str, str], seen: dict[str, list[str]]) -> Found:
    """Every piece of every quotation against the text at its place; fills `seen`."""
    for number, quotation in bundle.lines("quotations.jsonl"):
        if isinstance(quotation, Broken):
            yield quotation
            continue
        where = f"quotation {quotation.get('id')} (quotations.jsonl line {number})"
        try:
            text = texts.get(quotation["capture_id"])
            if text is None:
                yield Broken(where, f"its saved copy {quotation['capture_id']} is not in the bundle")
                continue
            if not quotation["pieces"]:
                yield Broken(where, "has no words")
            for piece in quotation["pieces"]:
                start, end = piece["start"], piece["end"]
                if not 0 <= start < end <= len(text) or text[start:end] != piece["words"]:
                    yield Broken(where, f"its words do not stand at {start} to {end} of the saved text")
            seen[quotation["id"]] = [piece["words"] for piece in quotation["pieces"]]
        except (KeyError, TypeError) as error:
            yield Broken(where, f"its entry is damaged: {error}")


def check_report(bundle: Bundle, seen: dict[str, list[str]], head: dict[str, Any]) -> Found:
    """The quotations in report.json are those that were checked; fills `head`."""
    try:
        report = json_object(bundle.read("report.json"))
        quoted = [item["quotation"] for claim in report["claims"] for item in claim.get("appearances", [])]
        for quotation in quoted + report.get("unclaimed", []):
            if seen.get(quotation["id"]) != [piece["words"] for piece in quotation["content"]]:
                yield Broken(f"quotation {quotation['id']} (report.json)", "its words are not those at its place")
        head.update(report.get("head") or {})
    except (ValueError, KeyError, TypeError) as error:
        yield Broken("report.json", f"is damaged: {error}")


def check_events(bundle: Bundle, head: dict[str, Any], log: dict[str, Any]) -> Found:
    """The chain, each event's digest and payload, and its end; fills `log`."""
    previous: str | None = "0" * 64
    log.update(count=0, open=0, last=None)
    for number, event in bundle.lines("events.jsonl"):
        log["count"] += 1
        if isinstance(event, Broken):
            yield event
            previous = None
            continue
        where = f"event {event.get('number')} (events.jsonl line {number})"
        try:
            fields = {name: event[name] for name in CHAINED}
            text = json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
            if sha256(text.encode()) != event["digest"]:
                yield Broken(where, "has changed: its digest does not fit")
            if event["number"] != number:
                yield Broken(where, f"should be number {number}")
            if previous is not None and event["previous"] != previous:
                yield Broken(where, "does not follow on the event before it")
            if event.get("payload") is not None:
                log["open"] += 1
                if sha256(bytes.fromhex(event["salt"]) + event["payload"].encode()) != event["payload_digest"]:
                    yield Broken(where, "its contents have changed")
            previous = log["last"] = event["digest"]
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            yield Broken(where, f"is damaged: {error}")
            previous = None
    short = log["count"] < head.get("sequence", 0)
    other = log["count"] == head.get("sequence") and log["last"] != head.get("sha256")
    if short or other:
        yield Broken("events.jsonl", f"does not end where the report says: event {head['sequence']}, {head['sha256']}")


def findings(bundle: Bundle, texts: dict[str, str], seen: dict[str, list[str]], log: dict[str, Any]) -> Found:
    """All checks in order; a file that can't be read at all is a finding, too."""
    head: dict[str, Any] = {}
    for check in (
        partial(check_files, bundle),
        partial(check_captures, bundle, texts),
        partial(check_quotations, bundle, texts, seen),
        partial(check_report, bundle, seen, head),
        partial(check_events, bundle, head, log),
    ):
        try:
            yield from check()
        except Broken as error:
            yield error


def verify(place: str | Path, out: Callable[[str], object] = print) -> bool:
    """Whether nothing has changed; everything found is told, each with its place."""
    texts: dict[str, str] = {}
    seen: dict[str, list[str]] = {}
    log: dict[str, Any] = {"count": 0, "open": 0, "last": None}
    try:
        bundle = Bundle(place)
        broken = list(findings(bundle, texts, seen, log))
        manifest = sha256(bundle.read(MANIFEST))
    except (Broken, OSError, zipfile.BadZipFile) as error:
        out(f"CHANGED  {error}")
        return False
    for one in broken:
        out(f"CHANGED  {one}")
    out(f"{len(texts)} saved copies, {len(seen)} quotations, {log['count']} events ({log['open']} with contents)")
    if broken:
        out(f"NOT AS IT WAS MADE: {len(broken)} findings")
        return False
    out("Every file is as it was listed, every quotation stands at its place, the log is unbroken.")
    out("Not proved: that a saved copy is what the site showed to others, that its text was taken rightly out of its")
    out("bytes, that what is printed was said, and that nobody made this bundle anew. Compare with what the desk says:")
    out(f"  manifest  {manifest}")
    out(f"  event log {log['last']}")
    return True


if __name__ == "__main__":
    sys.exit(0 if verify(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parent) else 1)
