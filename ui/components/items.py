"""What the queue holds, as the reader's data."""

from collections.abc import Iterable
from uuid import UUID

from claimtrack.services import queue
from claimtrack.ui.components import contract
from claimtrack.ui.components.alarms import alarms
from claimtrack.ui.words import marked


def item(one: queue.Item, text: queue.Text) -> contract.Item:
    """One statement as the reader shows it."""
    row = one.row
    found: contract.Item = {
        "id": str(row.public_id),
        "version": row.version,
        "document": str(one.document),
        "state": row.state.value,
        "kind": row.kind.value,
        "content": [list(pair) for pair in row.content_spans],
        "source": pair(row.source_start, row.source_end),
        "cue": pair(row.cue_start, row.cue_end),
        "words": row.content,
        "speaker": one.speaker,
        "speaker_about": f"for {row.speaker_for}" if row.speaker_for else None,
        "speaker_kind": row.speaker_kind.value if row.speaker_kind else None,
        "said_on": one.said_on,
        "date_words": row.date_words,
        "date_basis": one.date_basis,  # type: ignore[typeddict-item]  # the enum's value is one of the two words
        "why": row.why,
        "fidelity": queue.FIDELITY[row.fidelity],
        "alarms": alarms(text.text, queue.spans(row)),
        "repeats": repeats(one.repeats),
        "note": one.note,
        "tags": list(one.tags),
        "reason": row.reject_reason.value if row.reject_reason else None,
        "check": row.confidence < queue.CHECK_BELOW,
        "change": change(one),
        "details": details(one),
    }
    return found


def change(one: queue.Item) -> contract.Change | None:
    """Both wordings of a statement whose page was changed."""
    if one.change is None:
        return None
    was, now = marked(one.row.content, one.change.now) if one.change.now else (one.row.content, None)
    return {
        "capture": str(one.change.capture) if now else None,
        "was": was,
        "now": now,
        "was_saved": one.change.was_saved,
        "now_saved": one.change.now_saved,
    }


def repeats(others: Iterable[queue.Repeat]) -> contract.Repeats | None:
    """The other prints; None where there are none."""
    listed = list(others)
    if not listed:
        return None
    same = [one for one in listed if one.differs is None]
    differ = [one for one in listed if one.differs is not None]
    prints = f"{len(same)} {'other prints' if len(same) == 1 else 'others print'} it" if same else ""
    other = f"{len(differ)} {'differs' if len(differ) == 1 else 'differ'}: {differ[0].differs}" if differ else ""
    return {
        "summary": ", ".join(part for part in (prints, other) if part),
        "covers": [{"id": str(one.id), "version": one.version} for one in same],
        "differ": [
            {
                "id": str(one.id),
                "words": one.words,
                "where": " ".join(part for part in (one.publisher, one.day) if part),
            }
            for one in differ
        ],
    }


def source(text: queue.Text) -> contract.Source:
    """The stored text with the facts of its saved copy."""
    document, capture = text.document, text.capture
    day = document.published_on
    return {
        "text": text.text,
        "title": document.title or "Untitled",
        "publisher": document.publisher,
        "author": document.author,
        "published": f"{day.day} {day:%b %Y}" if day else None,
        "saved_at": text.saved_at,
        "sha256": capture.sha256,
        "url": document.url,
        "archive_url": document.archive_url,
        "primary": capture.record_kind.is_primary,
        "others": [
            {"id": str(row.public_id), "state": row.state.value, "content": [list(pair) for pair in row.content_spans]}
            for row in text.statements
        ],
    }


def details(one: queue.Item) -> dict[str, str]:
    """What stands under "Details"."""
    row = one.row
    found = {
        "rule": row.rule or "marked by a person",
        "confidence of the extraction": f"{row.confidence:.2f}",
        "EDTF": one.said_on or "open",
        "offsets": "; ".join(f"{start}–{end}" for start, end in row.content_spans),
        "id": str(row.public_id),
    }
    if row.via:
        found["reported by"] = row.via
    if one.assigned_to:
        found["assigned to"] = one.assigned_to
    if one.leased_by:
        found["taken by"] = one.leased_by
    return found


def pair(start: int | None, end: int | None) -> list[int] | None:
    """Two offsets as the reader takes them."""
    return None if start is None or end is None else [start, end]


def rows(page: queue.Page) -> list[contract.Item]:
    """The items of a page."""
    return [item(one, page.texts[one.document]) for one in page.items]


def sources(texts: dict[UUID, queue.Text]) -> dict[str, contract.Source]:
    """The texts of a page."""
    return {str(key): source(text) for key, text in texts.items()}
