"""What an HTML page says about itself: JSON-LD, meta tags, and the marks of browsers that saved it."""

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from claimtrack.ingest.details import Details, tidy, when
from claimtrack.limits import MAX_JSONLD_CHARS

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLE = re.compile(r"(?:\w{0,30}article|report|blogposting|socialmediaposting|liveblogposting)", re.IGNORECASE)
#: Meta tags by what they tell, best first: Open Graph, Dublin Core, Highwire and what publishing systems use.
_META = {
    "title": ("og:title", "twitter:title", "citation_title", "dc.title", "dcterms.title"),
    "publisher": ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher", "application-name"),
    "author": ("author", "article:author", "citation_author", "dc.creator", "dcterms.creator", "parsely-author", "byl"),
    "published": (
        "article:published_time",
        "og:published_time",
        "datepublished",
        "date.published",
        "citation_publication_date",
        "dc.date.issued",
        "dcterms.issued",
        "dc.date",
        "parsely-pub-date",
        "pubdate",
        "publish-date",
        "date",
    ),
    "language": ("og:locale", "dc.language", "content-language"),
}
#: Where browsers (and the SingleFile extension) write the address into a page that they save.
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d{1,6}\)(https?://[^\s<>\"]{1,2000}) -->")
_SINGLE_FILE = re.compile(r"Page saved with SingleFile\s{1,9}url: (https?://[^\s<>\"]{1,2000})")


def page_details(tree: "HtmlElement", markup: str, url: str | None) -> list[tuple[str, Details]]:
    """What the page says of itself, by origin, the most reliable first."""
    saved = _SAVED_FROM.search(markup[:4000]) or _SINGLE_FILE.search(markup[:4000])
    own = canonical_url(tree, url)
    return [
        ("file", Details(url=saved[1] if saved else None)),
        *(("json-ld", told) for told in _json_ld(tree)),
        ("meta", _meta(tree)),
        ("meta", Details(url=own if own and urlsplit(own).scheme in {"http", "https"} else None)),
    ]


def canonical_url(tree: "HtmlElement", url: str | None) -> str | None:
    """The address that the page names as its own; None when it names none."""
    for path in ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content"):
        for found in tree.xpath(path):
            address = urljoin(url or "", str(found).strip())
            if urlsplit(address).scheme in {"http", "https"} and len(address) < 4000:
                return address
    return None


def _json_ld(tree: "HtmlElement") -> Iterator[Details]:
    """Details of each article that the page's JSON-LD describes."""
    room = MAX_JSONLD_CHARS
    for script in tree.iter("script"):
        words = script.text or ""
        if not (script.get("type") or "").strip().lower().startswith("application/ld+json") or len(words) > room:
            continue
        room -= len(words)
        try:
            # Line breaks inside strings are wrong and common: strict=False takes them.
            parsed = json.loads(words.strip().removesuffix(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(parsed):
            if any(_ARTICLE.fullmatch(kind) for kind in _texts(node.get("@type"))):
                yield _article(node)


def _nodes(parsed: object) -> Iterator[dict[str, Any]]:
    """Top-level nodes of JSON-LD: one, a list, or the members of `@graph`; an article may stand in `mainEntity`."""
    for node in parsed if isinstance(parsed, list) else [parsed]:
        if isinstance(node, dict):
            yield node
            for key in ("@graph", "mainEntity"):
                inner = node.get(key)
                yield from (one for one in (inner if isinstance(inner, list) else [inner]) if isinstance(one, dict))


def _article(node: dict[str, Any]) -> Details:
    authors = node.get("author") or node.get("creator")
    names = [_name(author) for author in (authors if isinstance(authors, list) else [authors])]
    return Details(
        title=next(_texts(node.get("headline") or node.get("name")), None),
        publisher=_name(node.get("publisher")),
        author=", ".join(dict.fromkeys(name for name in names if name)) or None,
        when=next((found for words in _texts(node.get("datePublished")) if (found := when(words))), None),
        language=_language(next(_texts(node.get("inLanguage")), None)),
        url=None,
    )


def _texts(value: object) -> Iterator[str]:
    """Strings of a value that may be one or a list of them."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str) and one.strip():
            yield one


def _name(value: object) -> str | None:
    """Name of a person or organisation: a string, or an object with `name`."""
    if isinstance(value, list):
        value = value[0] if value else None
    words = value.get("name") if isinstance(value, dict) else value
    return tidy(words) if isinstance(words, str) and not words.startswith(("http://", "https://")) else None


def _meta(tree: "HtmlElement") -> Details:
    tags: dict[str, str] = {}
    for tag in tree.iter("meta"):
        key = tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv")
        content = tag.get("content")
        if key and content and content.strip():
            tags.setdefault(key.strip().lower(), content.strip())
    html = tree.getroottree().getroot()
    first = {field: next((tags[key] for key in keys if key in tags), None) for field, keys in _META.items()}
    author = first["author"]
    return Details(
        title=first["title"],
        publisher=first["publisher"],
        author=None if author and author.startswith(("http://", "https://")) else author,
        when=next((found for key in _META["published"] if (found := when(tags.get(key)))), None),
        language=_language(html.get("lang") or first["language"]),
    )


def _language(words: str | None) -> str | None:
    """A BCP 47 tag as it is written there ("en_GB" as "en-GB"); None when it is none.

    >>> _language("en_GB")
    'en-GB'
    """
    words = (words or "").strip().replace("_", "-")
    return words if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}", words) else None
