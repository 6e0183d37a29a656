"""Bytes to documents: files of any supported format, pastes, and pages fetched with care."""

from claimtrack.ingest.archive import warc_of
from claimtrack.ingest.capture import fetch, fetch_all
from claimtrack.ingest.concerns import concerns, is_english
from claimtrack.ingest.document import Document, Raw, RecordKind
from claimtrack.ingest.paste import Given, read_text
from claimtrack.ingest.source import read_bytes, read_source

__all__ = [
    "Document",
    "Given",
    "Raw",
    "RecordKind",
    "concerns",
    "fetch",
    "fetch_all",
    "is_english",
    "read_bytes",
    "read_source",
    "read_text",
    "warc_of",
]
