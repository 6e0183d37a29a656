"""The bundle: one ZIP (RO-Crate 1.1) with the report, the saved copies, their digests, the event log and a checker.

`verify.py` in it needs Python alone: it checks on another machine that every quotation stands at its place in its
saved copy and that no event was altered. What an audience must not have is not in it; events keep their salted
digests without their contents, so that the chain holds all the same.
"""

import json
import mimetypes
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.resources import files as package_files
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from claimtrack.errors import RuleError, SourceError
from claimtrack.reports import as_html, as_json, verify_bundle
from claimtrack.reports.as_json import Plain
from claimtrack.reports.model import Audience, Quotation, Report, SavedCopy, Source, Withheld
from claimtrack.reports.wording import Wording, web_address

_CRATE = "https://w3id.org/ro/crate/1.1"
#: Endings for saved copies, made by us and never taken from a name; others get .bin.
_ENDINGS = {"text/plain": ".txt", "text/html": ".html", "application/pdf": ".pdf", "application/json": ".json"}

#: The complete desk, in a bundle that holds it.
DESK = "desk.json"

_README = """{desk}: {title}

report.html       the report, to be read
report.json       the same as data
captures/         the saved copies as they were fetched, and the text that offsets count in (code points)
captures.jsonl    what each saved copy is, with its sha256
quotations.jsonl  every quotation with its place
events.jsonl      the log of what the desk did, a chain of sha256 digests
{desk_file}verify.py         checks all of this: python verify.py

Left out for the audience:
{withheld}
"""


def write(
    report: Report,
    copies: Iterable[SavedCopy],
    events: Iterable[Mapping[str, object]],
    file: IO[bytes],
    desk: Iterable[str] = (),
) -> None:
    """Write the bundle into a file opened for binary writing; one saved copy is held in memory at a time.

    `copies` may hold more than the report rests on; the others stay out. `events` are all events of the log, oldest
    first, as plain JSON values with the chained columns, `digest`, `payload` and `salt`; only an editor's bundle
    carries payloads. `desk` are the lines of the complete desk, from which a database can be made again; it goes into
    an editor's bundle only.

    Raises:
        RuleError: the report was not cut to an audience, a saved copy that it rests on is missing, or a complete desk
            would leave the desk.
    """
    if report.audience is None:
        raise RuleError("Choose whom the bundle is for (public, editor or lawyer) before it is written.")
    if report.audience is not Audience.EDITOR:
        hidden = Withheld("payloads", report.head.sequence if report.head else 1)
        report = replace(report, withheld=(*report.withheld, hidden))
    if desk and report.audience is not Audience.EDITOR:
        raise RuleError("A complete desk holds notes, contacts and confidential evidence; bundle it for the editor.")
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        crate = _Crate(archive, report)
        crate.add("report.html", as_html.render(report), "text/html", "The report")
        crate.add("report.json", as_json.render(report), "application/json", "The report as data")
        crate.add_copies(copies)
        crate.add("quotations.jsonl", _quotations(report), "application/jsonl", "Every quotation with its place")
        crate.add("events.jsonl", _events(events, report.audience), "application/jsonl", "The event log")
        if desk:
            crate.add(DESK, desk, "application/json", "The complete desk: claimtrack import makes a database of it")
        checker = (package_files("claimtrack.reports") / "verify_bundle.py").read_text(encoding="utf-8")
        crate.add("verify.py", [checker], "text/x-python", "Checks this bundle with Python alone")
        crate.add("README.txt", [_readme(report, has_desk=bool(desk))], "text/plain", "What is in here")
        crate.close()


class _Crate:
    """The archive and the list of what is in it."""

    def __init__(self, archive: ZipFile, report: Report) -> None:
        self._archive = archive
        self._report = report
        self._digests: dict[str, str] = {}
        self._entities: list[dict[str, Plain]] = []
        self._when = report.made_at.timetuple()[:6]

    def add(self, name: str, pieces: Iterable[str | bytes], media_type: str, title: str, **facts: Plain) -> str:
        """Add a file and return its sha256."""
        info = ZipInfo(name, (max(self._when[0], 1980), *self._when[1:]))
        info.compress_type, info.external_attr = ZIP_DEFLATED, 0o644 << 16
        digest, size = sha256(), 0
        with self._archive.open(info, "w", force_zip64=True) as target:
            for piece in pieces:
                data = piece if isinstance(piece, bytes) else piece.encode()
                digest.update(data)
                size += len(data)
                target.write(data)
        self._digests[name] = digest.hexdigest()
        entity: dict[str, Plain] = {"@id": name, "@type": "File", "name": title, "encodingFormat": media_type}
        self._entities.append({**entity, "contentSize": str(size), "sha256": digest.hexdigest(), **facts})
        return digest.hexdigest()

    def add_copies(self, copies: Iterable[SavedCopy]) -> None:
        """Add the saved copies that the report rests on, and the list of them."""
        wanted = {source.capture_id: source for source in self._report.sources if source.capture_id}
        lines = []
        for copy in copies:
            source = wanted.pop(copy.source.capture_id, None)
            if source is not None:
                lines.append(self._copy(copy, source))
        if wanted:
            raise RuleError(f"{len(wanted)} saved copies of this report are missing: {', '.join(sorted(wanted)[:5])}.")
        self.add("captures.jsonl", _lines(lines), "application/jsonl", "The saved copies and their digests")

    def _copy(self, copy: SavedCopy, source: Source) -> dict[str, Plain]:
        ending = _ENDINGS.get(source.media_type, ".bin")
        name, text_name = (
            f"captures/{_plain(source.capture_id)}{ending}",
            f"captures/{_plain(source.capture_id)}.text.txt",
        )
        title = Wording(self._report.template).source(source) or source.id
        facts: dict[str, Plain] = {}
        if web_address(source.url):
            facts["url"] = source.url
        if source.captured_at:
            facts["dateCreated"] = source.captured_at.isoformat()
        digest = self.add(name, [copy.data], source.media_type or mimetypes.types_map[".bin"], title, **facts)
        text_digest = self.add(text_name, [copy.text], "text/plain", f"{title}: text that offsets count in")
        if digest != source.sha256:
            raise RuleError(f"The saved copy {source.capture_id} is not what was stored: run claimtrack verify.")
        known: dict[str, Plain] = {
            "capture_id": source.capture_id,
            "document_id": source.id,
            "file": name,
            "sha256": digest,
        }
        known |= {"text_file": text_name, "text_sha256": text_digest, "extractor": source.extractor}
        known |= {name: list(places) for name in ("pages", "timecodes") if (places := getattr(copy, name))}
        return {**known, **facts}

    def close(self) -> None:
        """Write the crate's description and the manifest."""
        report = self._report
        root = {
            "@id": "./",
            "@type": "Dataset",
            "name": report.title,
            "description": f"Claims checked by {report.template.desk}, with the saved copies that they rest on.",
            "datePublished": report.made_at.isoformat(),
            "license": {"@id": "#terms"},
            "publisher": {"@id": "#desk"},
            "hasPart": [{"@id": entity["@id"]} for entity in self._entities],
        }
        desk = {"@id": "#desk", "@type": "Organization", "name": report.template.desk}
        if web_address(report.template.desk_url):
            desk["url"] = report.template.desk_url or ""
        terms = "The saved copies belong to their publishers and are kept as evidence."
        graph = [
            {
                "@id": "ro-crate-metadata.json",
                "@type": "CreativeWork",
                "conformsTo": {"@id": _CRATE},
                "about": {"@id": "./"},
            },
            root,
            desk,
            {"@id": "#terms", "@type": "CreativeWork", "name": "Terms", "description": terms},
            *self._entities,
        ]
        whole = json.dumps({"@context": f"{_CRATE}/context", "@graph": graph}, ensure_ascii=False, indent=1)
        self.add("ro-crate-metadata.json", [whole], "application/ld+json", "")
        manifest = "".join(f"{digest}  {name}\n" for name, digest in sorted(self._digests.items()))
        self.add("manifest-sha256.txt", [manifest], "text/plain", "")


def _plain(identifier: str) -> str:
    """An id as a file name: nothing but letters, digits and hyphens."""
    kept = "".join(one for one in identifier if one.isascii() and (one.isalnum() or one == "-"))
    return kept if kept == identifier else f"{kept[:40]}-{sha256(identifier.encode()).hexdigest()[:12]}"


def _lines(items: Iterable[Mapping[str, object]]) -> Iterator[str]:
    return (json.dumps(item, ensure_ascii=False) + "\n" for item in items)


def _quotations(report: Report) -> Iterator[str]:
    """Each quotation's pieces, and the passages of lines to check, as `verify.py` reads them."""
    yield from _lines(_quotation(one) for one in report.quotations)
    for claim in report.claims:
        if claim.line and claim.line_source:
            span = claim.line.span
            piece = {"start": span.start, "end": span.end, "words": claim.line.words}
            yield from _lines([{"id": claim.id, "capture_id": claim.line_source.capture_id, "pieces": [piece]}])


def _quotation(one: Quotation) -> dict[str, Plain]:
    pieces = [{"start": item.span.start, "end": item.span.end, "words": item.words} for item in one.content]
    return {
        "id": one.id,
        "capture_id": one.source.capture_id,
        "speaker": one.speaker.name if one.speaker else None,
        "pieces": pieces,
    }


def _events(events: Iterable[Mapping[str, object]], audience: Audience | None) -> Iterator[str]:
    kept = {"payload", "salt"} if audience is Audience.EDITOR else set()
    for event in events:
        known = {name: value for name, value in event.items() if name not in {"payload", "salt"} or name in kept}
        yield from _lines([known])


def _readme(report: Report, *, has_desk: bool) -> str:
    say = Wording(report.template).say
    withheld = [f"- {say(f'withheld.{item.kind}')} ({item.count})" for item in report.withheld]
    return _README.format(
        desk=report.template.desk,
        title=report.title,
        desk_file="desk.json         the complete desk; claimtrack import makes a database of it\n" if has_desk else "",
        withheld="\n".join(withheld) or say("withheld.nothing"),
    )


@dataclass(frozen=True, slots=True)
class Contents:
    """What a bundle holds, for an import."""

    report: Report
    copies: tuple[SavedCopy, ...]
    events: tuple[dict[str, Plain], ...]  #: with payload and salt where the bundle has them


def checked(place: Path) -> verify_bundle.Bundle:
    """The files of a bundle, after all of it has been checked.

    Raises:
        SourceError: it is no bundle, or something in it was changed; the message names the first place.
    """
    found: list[str] = []
    if not verify_bundle.verify(place, found.append):
        raise SourceError(f"This bundle is not as it was made. {found[0]}. Ask the desk for another copy.")
    return verify_bundle.Bundle(place)


def read(place: Path) -> Contents:
    """What a bundle holds, after it has been checked.

    Raises:
        SourceError: it is no bundle, or something in it was changed; the message names the first place.
    """
    files = checked(place)
    report = as_json.read(files.read("report.json").decode())
    sources = {source.capture_id: source for source in report.sources}
    copies = [
        SavedCopy(
            sources[one["capture_id"]],
            files.read(one["text_file"]).decode(),
            files.read(one["file"]),
            tuple(one.get("pages", ())),
            tuple((offset, time) for offset, time in one.get("timecodes", ())),
        )
        for _, one in files.lines("captures.jsonl")
        if isinstance(one, dict)
    ]
    events = [event for _, event in files.lines("events.jsonl") if isinstance(event, dict)]
    return Contents(report, tuple(copies), tuple(events))
