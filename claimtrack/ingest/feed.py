"""RSS and Atom feeds: the entries with the words that the feed itself carries; nothing is fetched."""

import calendar
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from claimtrack.errors import LimitError, SourceError
from claimtrack.ingest.decode import check_text, clean
from claimtrack.ingest.details import Details, When, describe, of_datetime, when
from claimtrack.ingest.document import Document, Raw
from claimtrack.ingest.fragment import fragment_text
from claimtrack.ingest.language import guess_language
from claimtrack.ingest.paste import Given, check_words, new_document
from claimtrack.limits import MAX_FEED_ENTRIES, MAX_MARKUP_ELEMENTS

_ROOT = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)


def is_feed(data: bytes) -> bool:
    """Whether the bytes begin as a feed does."""
    return bool(_ROOT.search(data[:2000])) and b"<html" not in data[:2000].lower()


def read_feed(raw: Raw, given: Given) -> Iterator[Document | SourceError]:
    """The entries of a feed as documents, in its order; an entry without words gives an error in its place.

    Raises:
        SourceError: no entries, or entities declared (which a feed has no use for and a bomb is made of).
        LimitError: more entries or tags than `claimtrack.limits` allows.
    """
    import feedparser

    if b"<!ENTITY" in raw.data.upper():
        raise SourceError(f"{raw.name} declares entities, which no feed needs; it was not read.", source=raw.name)
    if raw.data.count(b"<") + raw.data.count(b"&lt;") > 3 * MAX_MARKUP_ELEMENTS:
        raise LimitError(
            f"{raw.name} has over {3 * MAX_MARKUP_ELEMENTS:,} tags, the limit for a feed.", source=raw.name
        )
    # Sanitising is for showing a feed's HTML, which is never done here; it takes most of the time.
    feed = feedparser.parse(raw.data, sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries:
        raise SourceError(f"{raw.name} is no feed, or one without entries; check its address.", source=raw.name)
    if len(feed.entries) > MAX_FEED_ENTRIES:
        raise LimitError(f"{raw.name} has over {MAX_FEED_ENTRIES:,} entries, the limit for a feed.", source=raw.name)
    for number, entry in enumerate(feed.entries, 1):
        try:
            yield _document(entry, feed.feed, number, raw, given)
        except SourceError as error:
            yield error


def _document(entry: Any, feed: Any, number: int, raw: Raw, given: Given) -> Document:  # Any: feedparser has no types
    link = entry.get("link") if str(entry.get("link", "")).startswith(("http://", "https://")) else None
    name = link or f"{raw.name}:{number}"
    content = entry.get("content") or [{"value": entry.get("summary", "")}]
    markup = max((str(part.get("value", "")) for part in content), key=len)
    text = clean(fragment_text(markup, name), name)
    check_words(text, name)
    check_text(text, name)
    document = new_document(Raw(markup.encode("utf-8", "replace"), name, url=link), text, "text/html", "feed 1", given)
    if link:
        document = replace(document, origins={**document.origins, "url": "feed"})
    details = Details(
        title=fragment_text(str(entry.get("title", "")), name) or None,
        publisher=feed.get("title"),
        author=entry.get("author"),
        when=when(entry.get("published")) or _parsed(entry.get("published_parsed")),
        language=guess_language(text) or feed.get("language"),
    )
    return describe(document, ("feed", details))


def _parsed(moment: time.struct_time | None) -> When | None:
    return of_datetime(datetime.fromtimestamp(calendar.timegm(moment), UTC)) if moment else None
