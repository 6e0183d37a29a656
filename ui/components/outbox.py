"""Entries of the browser's outbox as typed values. Nothing that comes from a browser is trusted.

`parse` reads the list that the reader sends; applying the entries is a service's work. What is wrong with an entry is
answered at once as a `refused` problem, so that the browser stops sending it and shows the draft.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

from claimtrack import limits
from claimtrack.attribution import Kind, Span, SpeakerKind
from claimtrack.errors import ClaimTrackError
from claimtrack.services.entry import (
    Add,
    AsPrinted,
    ChangeTags,
    Cover,
    Entry,
    EntryRef,
    Fix,
    Marked,
    Marks,
    Payload,
    Reject,
    SetDate,
    SetNote,
    SetSpeaker,
    Undo,
)
from claimtrack.ui.components.contract import Problem


class EntryError(ClaimTrackError):
    """An entry of the outbox is not what the reader sends; nothing of it is stored."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What came: entries in the order of the browser, and answers to those that are refused."""

    entries: tuple[Entry, ...]
    refused: dict[str, Problem]


def parse(raw: object) -> Parsed:
    """Entries of `raw`, the `outbox` state as the browser sent it, and a problem for each that is not one.

    An entry without a readable client and number can't be answered and is dropped. Never raises.

    >>> parse(None).entries
    ()
    """
    entries: list[Entry] = []
    refused: dict[str, Problem] = {}
    for candidate in raw[: limits.MAX_OUTBOX_ENTRIES] if isinstance(raw, list) else ():
        if not isinstance(candidate, dict):
            continue
        try:
            ref = _ref([candidate.get("client"), candidate.get("seq")], "entry")
        except EntryError:
            continue
        try:
            entries.append(_entry(ref, candidate))
        except EntryError as error:
            refused[ref.key] = {"ok": False, "kind": "refused", "message": str(error)}
    return Parsed(tuple(entries), refused)


def readable_id(value: object) -> str | None:
    """`value` as a UUID in its usual form, or None when it is not one.

    >>> readable_id("{0198C1D0-0000-7000-8000-000000000000}")
    '0198c1d0-0000-7000-8000-000000000000'
    """
    try:
        return str(UUID(value)) if isinstance(value, str) else None
    except ValueError:
        return None


def _entry(ref: EntryRef, raw: Mapping[str, object]) -> Entry:
    action = _text(raw, "action", 20)
    payload = raw.get("payload")
    if action not in _READERS or not isinstance(payload, dict):
        raise EntryError(f"The action “{action}” is not known here. Reload the page.")
    made = _READERS[action](payload)
    item = raw.get("item")
    needs_item = not isinstance(made, Add | Undo)
    if item is None and needs_item:
        raise EntryError("The decision names no statement. Reload the page.")
    version = raw.get("version")
    return Entry(
        ref=ref,
        item=None if item is None else _uuid(item, "statement"),
        version=None if version is None and not needs_item else _whole(version, "version", 0),
        after=None if raw.get("after") is None else _ref(raw["after"], "predecessor"),
        made_at=_text(raw, "made_at", 40),
        payload=made,
    )


def _as_printed(raw: Mapping[str, object]) -> AsPrinted:
    return AsPrinted(_covers(raw), _optional_uuid(raw.get("capture"), "saved copy"))


def _reject(raw: Mapping[str, object]) -> Reject:
    return Reject(_text(raw, "reason", limits.MAX_LABEL_CHARS, required=True), _covers(raw))


def _fix(raw: Mapping[str, object]) -> Fix:
    return Fix(_marks(raw))


def _add(raw: Mapping[str, object]) -> Add:
    return Add(
        document=_uuid(raw.get("document"), "document"),
        marks=_marks(raw),
        speaker=_text(raw, "speaker", limits.MAX_LABEL_CHARS) or None,
        speaker_id=_optional_uuid(raw.get("speaker_id"), "speaker"),
    )


def _speaker(raw: Mapping[str, object]) -> SetSpeaker:
    kind = raw.get("speaker_kind")
    try:
        return SetSpeaker(
            speaker=_text(raw, "speaker", limits.MAX_LABEL_CHARS) or None,
            speaker_id=_optional_uuid(raw.get("speaker_id"), "speaker"),
            speaker_kind=SpeakerKind(str(kind)) if kind else None,
        )
    except ValueError as error:
        raise EntryError("A speaker is a person, an organisation, a document or unnamed.") from error


def _date(raw: Mapping[str, object]) -> SetDate:
    said_on = _text(raw, "said_on", limits.MAX_EDTF_CHARS).strip()
    if said_on:
        try:
            parse_edtf(said_on)
        except (EDTFParseException, ValueError) as error:
            raise EntryError(
                f"“{said_on}” is not a date in EDTF. Write 2026-03-10, 2026-03, 2026, 2026~ (about), 2026? (uncertain) "
                "or 2026-03-08/2026-03-10."
            ) from error
    return SetDate(said_on or None)


def _note(raw: Mapping[str, object]) -> SetNote:
    return SetNote(_text(raw, "note", limits.MAX_NOTE_CHARS))


def _tag(raw: Mapping[str, object]) -> ChangeTags:
    return ChangeTags(_labels(raw, "add"), _labels(raw, "remove"))


def _undo(raw: Mapping[str, object]) -> Undo:
    return Undo(_ref(raw.get("undoes"), "decision to undo"))


_READERS: dict[str, Callable[[Mapping[str, object]], Payload]] = {
    "as_printed": _as_printed,
    "reject": _reject,
    "fix": _fix,
    "add": _add,
    "speaker": _speaker,
    "date": _date,
    "note": _note,
    "tag": _tag,
    "undo": _undo,
}


def _marks(raw: Mapping[str, object]) -> Marks:
    spans, words = raw.get("content"), raw.get("words")
    if not isinstance(spans, list) or not isinstance(words, list) or not 0 < len(spans) <= limits.MAX_CONTENT_SPANS:
        raise EntryError(f"A statement has 1 to {limits.MAX_CONTENT_SPANS} marked stretches of words.")
    if len(spans) != len(words):
        raise EntryError("Each marked stretch needs its words. Mark it again.")
    content = tuple(_marked(span, said, "words") for span, said in zip(spans, words, strict=True))
    if any(later.span.start < earlier.span.end for earlier, later in pairwise(content)):
        raise EntryError("The marked stretches overlap or are out of order. Mark them again.")
    try:
        kind = Kind(str(raw.get("kind")))
    except ValueError as error:
        raise EntryError("A statement is a full quotation, a partial quotation or a paraphrase.") from error
    return Marks(
        content=content,
        source=_optional_mark(raw, "source"),
        cue=_optional_mark(raw, "cue"),
        kind=kind,
    )


def _optional_mark(raw: Mapping[str, object], name: str) -> Marked | None:
    return None if raw.get(name) is None else _marked(raw[name], raw.get(f"{name}_words"), name)


def _marked(span: object, words: object, name: str) -> Marked:
    if not isinstance(span, list) or len(span) != 2 or not isinstance(words, str):
        raise EntryError(f"The mark of the {name} can't be read. Mark it again.")
    start, end = _whole(span[0], name, 0), _whole(span[1], name, 1)
    if end - start != len(words) or not words.strip():
        raise EntryError(f"The mark of the {name} does not fit its words. Mark it again.")
    return Marked(Span(start, end), _clean(words, name))


def _covers(raw: Mapping[str, object]) -> tuple[Cover, ...]:
    covers = raw.get("covers", [])
    if not isinstance(covers, list) or len(covers) > limits.MAX_COVERED:
        raise EntryError(f"One decision covers at most {limits.MAX_COVERED} repeats. Decide the rest in bulk.")
    if not all(isinstance(cover, list) and len(cover) == 2 for cover in covers):
        raise EntryError("The repeats that the decision covers can't be read. Reload the page.")
    return tuple(Cover(_uuid(item, "repeat"), _whole(version, "version", 0)) for item, version in covers)


def _labels(raw: Mapping[str, object], name: str) -> tuple[str, ...]:
    labels = raw.get(name, [])
    if not isinstance(labels, list) or len(labels) > limits.MAX_TAGS:
        raise EntryError(f"A statement has at most {limits.MAX_TAGS} tags.")
    return tuple(_text({name: label}, name, limits.MAX_LABEL_CHARS, required=True).strip() for label in labels)


def _text(raw: Mapping[str, object], name: str, most: int, *, required: bool = False) -> str:
    value = raw.get(name)
    if value is None and not required:
        return ""
    if not isinstance(value, str) or (required and not value.strip()):
        raise EntryError(f"The {name} is missing.")
    if len(value) > most:
        raise EntryError(f"The {name} has {len(value)} characters; {most} is the most.")
    return _clean(value, name)


def _clean(value: str, name: str) -> str:
    """`value`, unless a database could not hold it."""
    for place, letter in enumerate(value):
        if letter == "\0" or "\ud800" <= letter <= "\udfff":
            raise EntryError(f"The {name} has a character that can't be stored, at {place}. Take it out.")
    return value


def _whole(value: object, name: str, least: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value < 2**53:
        raise EntryError(f"The {name} is not a number that the reader sends. Reload the page.")
    return value


def _uuid(value: object, name: str) -> str:
    if (made := readable_id(value)) is None:
        raise EntryError(f"The {name} has no readable id. Reload the page.")
    return made


def _optional_uuid(value: object, name: str) -> str | None:
    return None if value in (None, "") else _uuid(value, name)


def _ref(value: object, name: str) -> EntryRef:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise EntryError(f"The {name} can't be read. Reload the page.")
    return EntryRef(_uuid(value[0], name), _whole(value[1], name, 1))
