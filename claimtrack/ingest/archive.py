"""Web archives (WARC, ISO 28500): each page in one as the document it was, and a capture of ours as one."""

import gzip
import hashlib
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from claimtrack.errors import LimitError, SourceError
from claimtrack.ingest.document import Document, Raw
from claimtrack.ingest.paste import Given
from claimtrack.limits import MAX_ARCHIVE_RECORDS, MAX_SOURCE_BYTES, MAX_UNPACKED_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable

    from warcio.recordloader import ArcWarcRecord

    Reader = Callable[[Raw, Given], Iterator[Document | SourceError]]

_PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain", "application/pdf"})


def is_archive(data: bytes) -> bool:
    """Whether the bytes are a WARC file, compressed or not."""
    if data.startswith(b"\x1f\x8b"):
        try:
            data = zlib.decompressobj(wbits=31).decompress(data[:4096], 16)
        except zlib.error:
            return False
    return data.startswith(b"WARC/")


def read_archive(raw: Raw, given: Given, read: "Reader") -> Iterator[Document | SourceError]:
    """The documents of the pages in a WARC file, in order; pictures, styles and redirects are passed over.

    Args:
        raw: the file.
        given: what is known of all of them.
        read: what reads one page's bytes.

    Raises:
        SourceError: damaged, or no page in it.
        LimitError: more records or bytes than `claimtrack.limits` allows.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    found = False
    try:
        for number, record in enumerate(ArchiveIterator(BytesIO(_unpacked(raw)), no_record_parse=False)):
            if number >= MAX_ARCHIVE_RECORDS:
                raise LimitError(
                    f"{raw.name} has over {MAX_ARCHIVE_RECORDS:,} records, the limit for one archive; split it.",
                    source=raw.name,
                )
            for document in _page(record, given, read):
                found = True
                yield document
    except (ArchiveLoadFailed, zlib.error, EOFError, ValueError, UnicodeError, AttributeError) as error:
        raise SourceError(
            f"{raw.name} is a damaged web archive ({type(error).__name__}); save the pages again.", source=raw.name
        ) from error
    if not found:
        raise SourceError(f"{raw.name} has no page with text in it; save the pages again.", source=raw.name)


def _unpacked(raw: Raw) -> bytes:
    """The file without its compression: every record is a gzip member of its own."""
    if not raw.data.startswith(b"\x1f\x8b"):
        return raw.data
    whole, rest = bytearray(), raw.data
    while rest:
        member = zlib.decompressobj(wbits=31)
        whole += member.decompress(rest, MAX_UNPACKED_BYTES + 1 - len(whole))
        if len(whole) > MAX_UNPACKED_BYTES:
            raise LimitError(
                f"{raw.name} unpacks to over {MAX_UNPACKED_BYTES // 1024 // 1024} MB, the limit for one source; "
                "split it.",
                source=raw.name,
            )
        if not member.eof:
            raise EOFError
        rest = member.unused_data.lstrip(b"\0")
    return bytes(whole)


def _page(record: "ArcWarcRecord", given: Given, read: "Reader") -> Iterator[Document | SourceError]:
    """The documents of one record: none when it is no page."""
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    http = record.http_headers
    status = http.get_statuscode() if http else "200"
    kind = (http.get_header("Content-Type") if http else record.content_type) or ""
    media_type, _, parameters = kind.partition(";")
    media_type = media_type.strip().lower()
    if record.rec_type not in {"response", "resource"} or status != "200" or media_type not in _PAGES:
        return
    data = record.content_stream().read(MAX_SOURCE_BYTES + 1)
    if len(data) > MAX_SOURCE_BYTES:
        yield LimitError(
            f"{url} in the archive is over {MAX_SOURCE_BYTES // 1024 // 1024} MB, the limit for one source.", source=url
        )
        return
    charset = parameters.lower().partition("charset=")[2].strip(" \"';") or None
    headers = {name.lower(): value for name, value in http.headers} if http else {}
    for document in read(Raw(data, url, media_type, charset, url), given):
        if isinstance(document, SourceError):
            yield document
        else:
            yield replace(
                document,
                captured_at=_time(record.rec_headers.get_header("WARC-Date")),
                final_url=url,
                headers={name: value for name, value in headers.items() if name != "set-cookie"},
                origins={**document.origins, "url": "file"},
            )


def _time(words: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(words).astimezone(UTC) if words else None
    except ValueError:
        return None


def warc_of(document: Document) -> bytes:
    """A compressed WARC file of a document that was fetched: a description and the response; same bytes every time.

    The body is the one that was received with its transfer compression undone, and so are its headers.

    Raises:
        SourceError: the document was not fetched: a file or paste has no response to keep.
    """
    url = document.final_url or document.url
    if document.captured_at is None or url is None:
        raise SourceError(
            f"{document.name} was not fetched from the web, so there is no response to archive.", source=document.name
        )
    date = document.captured_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    head = "".join(f"{name}: {value}\r\n" for name, value in document.headers.items())
    answer = f"HTTP/1.1 200 OK\r\n{head}content-length: {len(document.data)}\r\n\r\n".encode() + document.data
    about = b"software: claimtrack\r\nformat: WARC File Format 1.1\r\n"
    digest = {"WARC-Payload-Digest": f"sha256:{document.data_sha256}", "WARC-Target-URI": url}
    return _record("warcinfo", date, "application/warc-fields", about, {}) + _record(
        "response", date, "application/http; msgtype=response", answer, digest
    )


def _record(kind: str, date: str, media_type: str, block: bytes, more: Mapping[str, str]) -> bytes:
    """One record, a gzip member of its own; its id follows from its content, so that nothing differs when repeated."""
    digest = hashlib.sha256(block).hexdigest()
    fields = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{uuid5(NAMESPACE_URL, f'{kind} {date} {digest} {more}')}>",
        "WARC-Date": date,
        **more,
        "Content-Type": media_type,
        "Content-Length": str(len(block)),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return gzip.compress(f"WARC/1.1\r\n{head}\r\n".encode() + block + b"\r\n\r\n", mtime=0)
