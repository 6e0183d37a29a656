"""The report as JSON, whole, and back again; JSONL gives one claim a line.

Every saved copy is written once, under "sources", and named by its capture id elsewhere. What is unknown or empty is
left out. Beside `said_on` stands `when`, beside `fidelity` stands `fidelity_in_words`: what a page may print.
"""

import base64
import json
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from claimtrack.attribution import Span
from claimtrack.errors import SourceError
from claimtrack.reports.model import Quotation, Report, Source
from claimtrack.reports.wording import Wording

#: Grows when a reader of the old form would misread the new one.
FORM = "claimtrack.report/1"

Plain = Any  # JSON: null, bool, int, float, str, list or dict, nested


def render(report: Report) -> Iterator[str]:
    """One JSON object, a claim at a time."""
    write = _Writer(report)
    head = {"form": FORM, **write.fields(report, leave={"claims", "unclaimed"})}
    yield _dump(head)[:-1]
    yield ',\n"sources": ['
    yield from _joined(write.whole(source) for source in report.sources)
    yield '],\n"claims": ['
    yield from _joined(write.plain(claim) for claim in report.claims)
    yield '],\n"unclaimed": ['
    yield from _joined(write.plain(quotation) for quotation in report.unclaimed)
    yield "]}\n"


def render_lines(report: Report) -> Iterator[str]:
    """JSONL: the report's own facts on the first line, then a source a line, then a claim a line."""
    write = _Writer(report)
    yield _line("report", {"form": FORM, **write.fields(report, leave={"claims", "unclaimed"})})
    for source in report.sources:
        yield _line("source", write.whole(source))
    for claim in report.claims:
        yield _line("claim", write.plain(claim))
    for quotation in report.unclaimed:
        yield _line("quotation", write.plain(quotation))


def read(text: str) -> Report:
    """The report that `render` wrote: equal to it.

    Raises:
        SourceError: it is no JSON, another form, or lacks something.
    """
    try:
        whole = json.loads(text)
        if not isinstance(whole, dict) or whole.get("form") != FORM:
            raise SourceError(f"This is no report of the form {FORM}; export it again as JSON.")
        read_value = _Reader({item["capture_id"]: item for item in whole.get("sources", [])})
        report = read_value.value(Report, whole)
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(f"The report can't be read: {error}. Export it again as JSON.") from error
    assert isinstance(report, Report)
    return report


def _dump(value: Plain) -> str:
    return json.dumps(value, ensure_ascii=False)


def _line(kind: str, value: Plain) -> str:
    return _dump({"type": kind, **value}) + "\n"


def _joined(values: Iterator[Plain]) -> Iterator[str]:
    for number, value in enumerate(values):
        yield ("," if number else "") + "\n" + _dump(value)


@cache
def _members(of: Any) -> tuple[tuple[str, object], ...]:  # Any: a dataclass
    """Names of its members, each with its default where that is empty: what equals it is left out."""
    return tuple((item.name, item.default if item.default in (None, "", ()) else MISSING) for item in fields(of))


class _Writer:
    def __init__(self, report: Report) -> None:
        self._wording = Wording(report.template)

    def plain(self, value: object) -> Plain:
        """The value as JSON has it."""
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, Enum):
            return value.value
        if isinstance(value, str):
            return value
        if isinstance(value, Span):
            return [value.start, value.end]
        if isinstance(value, Source) and value.capture_id:
            return value.capture_id
        if isinstance(value, tuple):
            return [self.plain(item) for item in value]
        if isinstance(value, date | datetime):
            return value.isoformat()
        if isinstance(value, bytes):
            return base64.b64encode(value).decode("ascii")
        if isinstance(value, Mapping):
            return {str(key): self.plain(item) for key, item in value.items()}
        return self.whole(value)

    def whole(self, value: object) -> dict[str, Plain]:
        """A dataclass with its members, a source included."""
        found = self.fields(value)
        if isinstance(value, Quotation):
            found["when"] = self._wording.when(value)
            found["fidelity_in_words"] = self._wording.fidelity(value.fidelity)
            found["words"] = value.words
        return found

    def fields(self, value: object, leave: Container[str] = ()) -> dict[str, Plain]:
        """The members of a dataclass, without those that are empty."""
        kind: Any = type(value)  # Any: a dataclass
        members = [(name, empty, getattr(value, name)) for name, empty in _members(kind) if name not in leave]
        return {name: self.plain(item) for name, empty, item in members if item != empty}


class _Reader:
    def __init__(self, sources: dict[str, Plain]) -> None:
        self._sources = {key: self._whole(Source, item) for key, item in sources.items()}

    def value(self, wanted: Any, plain: Plain) -> Any:  # Any: a type hint in, a value of that type out
        origin, inner = get_origin(wanted), get_args(wanted)
        if origin in (Union, UnionType):
            return None if plain is None else self.value(next(one for one in inner if one is not NoneType), plain)
        if origin is tuple:
            return tuple(self.value(inner[0], item) for item in plain)
        if origin is Mapping:
            return dict(plain)
        if wanted is Source and isinstance(plain, str):
            return self._sources[plain]
        make = _MAKERS.get(wanted)
        if make is not None:
            return make(plain)
        return self._whole(wanted, plain) if is_dataclass(wanted) else wanted(plain)

    def _whole(self, wanted: Any, plain: dict[str, Plain]) -> Any:
        hints = _hints(wanted)
        return wanted(**{name: self.value(hints[name], plain[name]) for name in hints if name in plain})


@cache
def _hints(of: type[Any]) -> dict[str, Any]:
    known = get_type_hints(of)
    return {item.name: known[item.name] for item in fields(of)}


_MAKERS: dict[Any, Callable[[Plain], object]] = {
    Span: lambda pair: Span(*pair),
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    bytes: base64.b64decode,
}
