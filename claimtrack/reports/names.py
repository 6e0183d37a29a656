"""File names made by us: nothing that comes from a title can leave the folder or surprise a system."""

import re
import unicodedata
from hashlib import sha256
from pathlib import Path

from claimtrack.errors import RuleError

#: Length of a name without its ending: short enough for a Windows path in a user's documents folder (260 characters).
MAX_STEM_CHARS = 60

#: Names that Windows keeps for devices, with or without an ending.
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"com{digit}" for digit in range(10)), *(f"lpt{digit}" for digit in range(10))}
)
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


def safe_file_name(title: str, extension: str, *, key: str = "") -> str:
    r"""A file name of lower-case ASCII letters, digits and hyphens with our own ending.

    `key` (a public id) keeps apart files whose titles give the same name; where a title gives nothing, its digest
    stands in.

    >>> safe_file_name("Harbour talks: who said what?", "csv")
    'harbour-talks-who-said-what.csv'
    >>> safe_file_name("../../etc/passwd\x00", "html"), safe_file_name("CON", "txt")
    ('etc-passwd.html', 'report-con.txt')
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    stem = _NOT_PLAIN.sub("-", plain).strip("-")[:MAX_STEM_CHARS].strip("-")
    if not stem:
        stem = f"report-{sha256(title.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
    if stem in _DEVICES:
        stem = f"report-{stem}"
    tail = _NOT_PLAIN.sub("", key.lower())[-12:]
    ending = ".".join(part for part in (_NOT_PLAIN.sub("", piece.lower()) for piece in extension.split(".")) if part)
    return f"{stem}-{tail}.{ending}" if tail else f"{stem}.{ending}"


def path_in(folder: Path, title: str, extension: str, *, key: str = "") -> Path:
    """Where in `folder` a file of this title goes; always directly inside it.

    Raises:
        RuleError: the place is a link that leads elsewhere.
    """
    place = folder / safe_file_name(title, extension, key=key)
    if place.is_symlink():
        raise RuleError(f"{place} is a link to another place; remove it or choose another folder.")
    return place
