"""The spans: the stored words still stand at their places in their captures."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import RowMapping, column, select, table
from sqlmodel import Session

from claimtrack.db.proof.findings import Erased, Verification
from claimtrack.db.proof.raw import plain_id, raw_rows


@dataclass(frozen=True, slots=True)
class _Spanned:
    """A table whose rows quote a capture: which columns hold words, and which their place."""

    table: str
    many: tuple[str, str]  #: words, and the list of spans that they stand at
    single: tuple[tuple[str, str, str], ...] = ()  #: words, start, end


_SPANNED = (
    _Spanned(
        "statement",
        ("content", "content_spans"),
        (
            ("source", "source_start", "source_end"),
            ("cue", "cue_start", "cue_end"),
            ("date_words", "date_start", "date_end"),
        ),
    ),
    _Spanned("placement", ("content", "content_spans")),
    _Spanned("line", ("content", "spans")),
    _Spanned("evidence", ("words", "spans")),
    _Spanned("fidelity_check", ("words", "spans")),
)


def check_spans(session: Session, found: Verification, erased: Erased, progress: Callable[[int], None]) -> None:
    """Checks every quoted passage, capture by capture."""
    for spanned in _SPANNED:
        columns = (
            "id",
            "public_id",
            "capture_id",
            *spanned.many,
            *(name for three in spanned.single for name in three),
        )
        capture, text = None, None
        for row in raw_rows(session, spanned.table, columns, ("capture_id", "id")):
            if row["capture_id"] is None:
                continue
            if row["capture_id"] != capture:
                capture, text = row["capture_id"], _text_of(session, row["capture_id"])
            found.spans += 1
            if found.spans % 1000 == 0:
                progress(found.events + found.captures + found.spans)
            _check_row(row, text, spanned, found, erased)


def _text_of(session: Session, capture: int) -> str | None:
    source = table("capture", column("id"), column("text"))
    text = session.execute(select(source.c.text).where(source.c.id == capture)).scalar_one_or_none()
    return None if text is None else str(text)


def _check_row(row: RowMapping, text: str | None, spanned: _Spanned, found: Verification, erased: Erased) -> None:
    name = plain_id(row["public_id"])
    words, spans = (row[part] for part in spanned.many)
    if text is None or name in erased.rows:
        quotes = [words, *(row[one] for one, _, _ in spanned.single)]
        if any(quotes) and name in erased.rows:
            found.add(spanned.table, name, "still holds words that an erasure names.")
        elif any(quotes):
            found.add(spanned.table, name, "quotes a capture that has no text.")
        return
    places = [(words, spans)]
    places += [(row[one], _pair(row[start], row[end])) for one, start, end in spanned.single]
    for quoted, at in places:
        if at is None or quoted is None:
            continue
        try:
            read = " ".join(_slice(text, start, end) for start, end in _list(at))
        except (TypeError, ValueError):
            found.add(spanned.table, name, "has spans that are none.")
            continue
        if read != quoted:
            found.add(spanned.table, name, f"no longer reads its stored words in its capture: {_short(quoted)}.")


def _pair(start: object, end: object) -> list[list[object]] | None:
    return None if start is None and end is None else [[start, end]]


def _list(spans: object) -> list[list[int]]:
    """Spans as the driver gives them: SQLite's text, or PostgreSQL's lists."""
    read = json.loads(spans) if isinstance(spans, str) else spans
    if not isinstance(read, list) or not read:
        raise ValueError("no spans")
    return read


def _slice(text: str, start: object, end: object) -> str:
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
        raise ValueError("not a span of this text")
    return text[start:end]


def _short(words: object) -> str:
    shown = str(words)
    return repr(shown if len(shown) <= 60 else shown[:59] + "…")
