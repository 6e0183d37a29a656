"""Bytes to text, once: BOM dropped, CRLF and CR to LF, nothing else.

Nothing is guessed silently wrong: UTF-8 comes first, because other encodings almost never pass for it; a file that is
UTF-8 but for some bytes is refused rather than read as something else, since quotation marks are what breaks first.
"""

import codecs
import re

from claimtrack.errors import LimitError, SourceError
from claimtrack.limits import MAX_SOURCE_BYTES, MAX_TEXT_CHARS

#: First bytes of files that are not text, and what to call them. From the formats' own specifications.
SIGNATURES = (
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"ID3\x02", "a sound recording"),
    (b"ID3\x03", "a sound recording"),
    (b"ID3\x04", "a sound recording"),
    (b"\xff\xfb", "a sound recording"),
    (b"OggS\x00", "a sound recording"),
    (b"fLaC", "a sound recording"),
    (b"\x1aE\xdf\xa3", "a film"),
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!\x1a", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"SQLite format 3\x00", "a database"),
    (b"MZ\x90\x00", "a program"),
    (b"\x7fELF", "a program"),
)
#: Longest first: the UTF-32 mark begins with the UTF-16 one.
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH_BYTES = bytes(range(128, 256))
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_OUTSIDE_ASCII = re.compile(r"[^\x00-\x7f]")
_SIGNS = frozenset("–—…•£€©®™§°½¼¾·\u00a0")
_SURROGATE = re.compile("[\ud800-\udfff]")


def check_size(data: bytes, name: object) -> None:
    """Nothing, or `LimitError` when the bytes of a source are more than `MAX_SOURCE_BYTES`."""
    if len(data) > MAX_SOURCE_BYTES:
        raise LimitError(
            f"{name} is {_megabytes(len(data))} MB; the limit is {_megabytes(MAX_SOURCE_BYTES)} MB. "
            "Save the part you need as plain text and import that.",
            source=name,
        )


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.3g}"


def what_is(data: bytes) -> str | None:
    """What the first bytes say a file is, when that is not text.

    >>> what_is(b"%PDF-1.7 ...")
    'a PDF file'
    """
    if data[4:8] == b"ftyp" or (data[:4] == b"RIFF" and data[8:12] in {b"WEBP", b"WAVE", b"AVI "}):
        return "a picture, sound or film"
    return next((words for signature, words in SIGNATURES if data.startswith(signature)), None)


def decode(data: bytes, name: object) -> str:
    r"""Text of a plain text file in any common encoding, line ends as LF.

    Raises:
        SourceError: the bytes are not text, or in an encoding that can't be told for certain.
        LimitError: more bytes or characters than `claimtrack.limits` allows.

    >>> decode(b"\xef\xbb\xbfRents\r\nrose", "rents.txt")
    'Rents\nrose'
    """
    check_size(data, name)
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return clean(_strict(data[len(mark) :], encoding, name), name)
    if words := what_is(data):
        raise SourceError(f"{name} is {words}, not text; import the article's text, page or PDF instead.", source=name)
    try:
        return clean(data.decode("utf-8"), name)
    except UnicodeDecodeError as error:
        if _is_mostly_utf8(data):
            raise _broken(error, name) from error
    if wide := _wide_without_mark(data):
        return clean(_strict(data, wide, name), name)
    if (at := data.find(b"\0")) >= 0:  # in no encoding but the wide ones does text have one: guessing finds Chinese
        raise SourceError(
            f"{name} has a NUL byte at offset {at}; it is damaged, or not text. Save it as UTF-8 and import that.",
            source=name,
        )
    if western := _western(data):
        return clean(data.decode(western), name)
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    text = None if best is None else str(best)
    if text is None or _looks_binary(text):
        raise SourceError(
            f"{name} is not text in an encoding that could be told; open it, save it as UTF-8 and import that.",
            source=name,
        )
    return clean(text, name)


def decode_markup(data: bytes, name: object, declared: str | None = None) -> str:
    """Text of HTML or XML: BOM, then the declared encoding, then as for plain text.

    Pages with one bad byte are common and browsers show them, so bytes that don't fit the declared encoding become
    U+FFFD here. Names for Latin-1 and ASCII mean windows-1252, as the WHATWG Encoding Standard says.
    """
    check_size(data, name)
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return clean(data[len(mark) :].decode(encoding, "replace"), name)
    for label in (declared, _declared_inside(data)):
        if known := _known_encoding(label):
            return clean(data.decode(known, "replace"), name)
    return decode(data, name)


def clean(text: str, name: object) -> str:
    """The text with CRLF and CR as LF and a leading BOM dropped; NUL and lone surrogates are refused by offset."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    check_text(text, name)
    return text


def check_text(text: str, name: object) -> None:
    """Nothing, or an error when the text is too long or holds what a database can't keep (NUL, lone surrogates)."""
    if len(text) > MAX_TEXT_CHARS:
        raise LimitError(
            f"{name} has {len(text):,} characters of text; the limit is {MAX_TEXT_CHARS:,}. "
            "Split it and import the parts.",
            source=name,
        )
    if (at := text.find("\0")) >= 0:
        raise SourceError(
            f"{name} has a NUL character at offset {at}; it is probably not text. Remove it and import again.",
            source=name,
        )
    if found := _SURROGATE.search(text):
        raise SourceError(
            f"{name} has half of a surrogate pair (U+{ord(found[0]):04X}) at offset {found.start()}; "
            "its characters were cut in two. Copy the text again from the original.",
            source=name,
        )


def _is_mostly_utf8(data: bytes) -> bool:
    """Most bytes over 127 stand in well-formed UTF-8 sequences; in other encodings that is an accident."""
    formed = sum(map(len, _UTF8_SEQUENCE.findall(data)))
    return formed > 0.6 * (len(data) - len(data.translate(None, _HIGH_BYTES)))


def _strict(data: bytes, encoding: str, name: object) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _broken(error, name) from error


def _broken(error: UnicodeDecodeError, name: object) -> SourceError:
    return SourceError(
        f"{name} is broken {error.encoding.upper()}: the byte 0x{error.object[error.start]:02x} at offset "
        f"{error.start} does not fit. Save it again as UTF-8 from the original.",
        source=name,
    )


def _wide_without_mark(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: every second byte of Western text is NUL."""
    sample = data[:4000]
    half = max(1, len(sample) // 2)
    if sample[1::2].count(0) / half > 0.7:
        return "utf-16-le"
    return "utf-16-be" if sample[0::2].count(0) / half > 0.7 else None


def _western(data: bytes) -> str | None:
    """Windows or Macintosh encoding of a text that is mostly ASCII, by whether its other characters are in place.

    Curly quotation marks tell the two apart, which statistics on so few characters do not (charset-normalizer takes
    "€" for "Ř" and a quotation mark for "î").
    """
    if len(data.translate(None, _HIGH_BYTES)) < 0.9 * len(data):
        return None
    scores = {encoding: _in_place(data, encoding) for encoding in ("cp1252", "mac_roman", "cp1250")}
    best = max(scores, key=lambda encoding: scores[encoding])
    return best if scores[best] >= 0.9 else None


def _in_place(data: bytes, encoding: str) -> float:
    """Share of the characters outside ASCII that are usual where they stand: marks, letters of words, signs."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return 0.0
    places = [found.start() for found in _OUTSIDE_ASCII.finditer(text)]
    return sum(_is_usual(text, at) for at in places) / len(places)


def _is_usual(text: str, at: int) -> bool:
    letter, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if letter in "“‘«„":
        return not before.isalnum()
    if letter in "”’»":
        return letter == "’" or not after.isalnum()
    if letter.islower():
        return before.isalpha() or after.isalpha()
    return letter in _SIGNS or (letter.isupper() and after.isalpha() and not before.islower())


def _looks_binary(text: str) -> bool:
    """More than one control character in 200, or any NUL: no encoding of prose gives that."""
    return "\0" in text or len(_CONTROLS.findall(text)) * 200 > len(text)


def _declared_inside(data: bytes) -> str | None:
    """Encoding that the first kilobyte names (`<meta charset>`, `<?xml encoding>`), as browsers look for it."""
    found = re.search(rb"(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_.:-]{1,40})", data[:1024])
    return found[1].decode("ascii") if found else None


def _known_encoding(label: str | None) -> str | None:
    if not label:
        return None
    try:
        encoding = codecs.lookup(label).name
        "".encode(encoding)  # codecs that don't make text (base64, zip) raise here
    except (LookupError, UnicodeError):
        return None
    return "cp1252" if encoding in {"iso8859-1", "ascii"} else encoding
