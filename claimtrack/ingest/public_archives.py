"""Copies of pages in public archives: their links told apart, and a copy asked for through the archive's own interface.

Only the Wayback Machine takes requests without an account (its Save Page Now); archive.today has no interface, perma.cc
wants a member's key. Links of all three are known.
"""

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from claimtrack.errors import SourceError
from claimtrack.ingest.fetch import NETWORK, Network, get

_TODAY = frozenset({f"archive.{end}" for end in ("today", "ph", "is", "li", "vn", "fo", "md")})
_WAYBACK = re.compile(r"/web/(?P<at>\d{4,14})(?:[a-z]{2}_)?/(?P<of>.{1,8000})")
_PERMA = re.compile(r"/[A-Z0-9]{4}-[A-Z0-9]{4}/?")
_SHORT = re.compile(r"/(?:\d{4,14}/.{1,8000}|[A-Za-z0-9]{4,8}/?)")


@dataclass(frozen=True, slots=True)
class ArchiveLink:
    """An address of a page's copy in a public archive."""

    service: str
    url: str
    of: str | None = None  #: the page's own address, where the link holds it
    at: str | None = (
        None  #: when it was saved, digits of year, month, day, hour ... in UTC; None: the link does not say
    )


def archive_link(url: str) -> ArchiveLink | None:
    """What the address says, when it is one of a copy in a public archive.

    >>> archive_link("https://web.archive.org/web/20260312101500/https://ledger.example/port").of
    'https://ledger.example/port'
    >>> archive_link("https://perma.cc/AB12-CD34").service, archive_link("https://ledger.example/port")
    ('perma.cc', None)
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"}:
        return None
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    if host == "web.archive.org" and (found := _WAYBACK.fullmatch(path)):
        return ArchiveLink("Wayback Machine", url.strip(), found["of"], found["at"])
    if host in _TODAY and _SHORT.fullmatch(path):
        return ArchiveLink("archive.today", url.strip())
    if host == "perma.cc" and _PERMA.fullmatch(path):
        return ArchiveLink("perma.cc", url.strip())
    return None


def save_page(url: str, network: Network = NETWORK) -> ArchiveLink:
    """The copy that the Wayback Machine makes of a page now; through the same guards as every fetch.

    Raises:
        SourceError: it could not be reached, or says nothing of a copy.
    """
    answer = get("https://web.archive.org/save/" + quote(url, safe="/%:@!$&'()*+,;=~-._?[]"), network)
    place = answer.headers.get("content-location") or ""
    for found in (answer.final_url, f"https://web.archive.org{place}"):
        link = archive_link(found)
        if link is not None:
            return link
    raise SourceError(f"The Wayback Machine did not say where its copy of {url} is; try again later.", source=url)
