"""E-mails (.eml) and pages that browsers save as one file (.mhtml): both are MIME."""

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr

from claimtrack.errors import LimitError, SourceError
from claimtrack.ingest.decode import clean
from claimtrack.ingest.details import Details, describe, when
from claimtrack.ingest.document import Document, Raw, RecordKind
from claimtrack.ingest.fragment import fragment_text
from claimtrack.ingest.language import guess_language
from claimtrack.ingest.paste import Given, check_words, new_document
from claimtrack.ingest.webpage import read_page
from claimtrack.limits import MAX_HEADER_CHARS, MAX_MAIL_PARTS

_READ_HEADERS = frozenset(
    (
        "from subject date content-type content-disposition content-transfer-encoding content-id mime-version "
        "snapshot-content-location"
    ).split()
)


def read_mail(raw: Raw, given: Given) -> Document:
    """The letter's own words: its plain text if it has one, else its HTML; attachments are not read.

    A page saved as MHTML is read as the page it is.

    Raises:
        SourceError: no text in it, or not a mail.
        LimitError: more parts than `claimtrack.limits` allows.
    """
    try:
        return _read(raw, _message(raw), given)
    except RecursionError as error:
        raise LimitError(
            f"{raw.name} has parts or comments nested too deeply; copy its text and paste that.", source=raw.name
        ) from error


def _read(raw: Raw, message: EmailMessage, given: Given) -> Document:
    address = str(message.get("Snapshot-Content-Location", "")).strip()
    if address or (message.get_content_type() == "multipart/related" and not message.get("From")):
        return _saved_page(raw, message, address, given)
    text = clean(_body(message, raw.name), raw.name)
    check_words(text, raw.name)
    name, address = parseaddr(str(message.get("From", "")))
    details = Details(
        title=str(message.get("Subject", "")),
        author=name or address,
        when=when(str(message.get("Date", ""))),
        language=guess_language(text),
        record_kind=RecordKind.DOCUMENT,
    )
    return describe(new_document(raw, text, "message/rfc822", "mail 1", given), ("file", details))


def _message(raw: Raw) -> EmailMessage:
    if raw.data.count(b"\n--") > 4 * MAX_MAIL_PARTS:
        raise LimitError(
            f"{raw.name} has over {MAX_MAIL_PARTS:,} parts, the limit for one mail; copy its text and paste that.",
            source=raw.name,
        )
    for part in message_from_bytes(raw.data, policy=policy.compat32).walk():
        if any(len(str(value)) > MAX_HEADER_CHARS for name, value in part.items() if name.lower() in _READ_HEADERS):
            raise LimitError(
                f"{raw.name} has a header over {MAX_HEADER_CHARS:,} characters; copy its text and paste that.",
                source=raw.name,
            )
    message = message_from_bytes(raw.data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def _body(message: EmailMessage, name: str) -> str:
    try:
        part = message.get_body(("plain", "html"))
        if part is None:
            raise SourceError(f"{name} has no text in it, only attachments; save and import those.", source=name)
        content = part.get_content()
    # Names of unknown encodings, and parts whose headers say what they are not.
    except (LookupError, ValueError, AttributeError, TypeError) as error:
        raise SourceError(
            f"{name} is a damaged mail ({type(error).__name__}); copy its text and paste that.", source=name
        ) from error
    words = content if isinstance(content, str) else ""
    return fragment_text(words, name) if part.get_content_subtype() == "html" else words


def _saved_page(raw: Raw, message: EmailMessage, address: str, given: Given) -> Document:
    """The first HTML part of an MHTML file, as the page at its address; the bytes are those of the whole file."""
    for part in message.walk():
        if part.get_content_type() == "text/html":
            markup = part.get_payload(decode=True)
            assert isinstance(markup, bytes)
            page = read_page(Raw(markup, raw.name, "text/html", part.get_content_charset(), address or raw.url), given)
            return replace(page, data=raw.data, origins=dict(page.origins) | ({"url": "file"} if address else {}))
    raise SourceError(f"{raw.name} has no page in it; save the page again, or copy its text.", source=raw.name)
