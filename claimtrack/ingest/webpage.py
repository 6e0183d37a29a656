"""HTML pages: the article's text without the page around it, and what the page says about itself.

The text is trafilatura's with favour for precision (F1 .964 on article-extraction-benchmark; readability .953,
newspaper4k .938), one blank line between paragraphs. What the page says of itself is read here first, from JSON-LD and
meta tags, and only then taken from trafilatura, whose author is right in half of the cases.
"""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from claimtrack.errors import LimitError, SourceError
from claimtrack.ingest.decode import check_text, decode_markup
from claimtrack.ingest.details import Details, describe, when
from claimtrack.ingest.document import Document, Raw
from claimtrack.ingest.language import guess_language
from claimtrack.ingest.page_details import canonical_url, page_details
from claimtrack.ingest.paste import Given, new_document
from claimtrack.limits import MAX_MARKUP_ELEMENTS, MAX_TAG_ATTRIBUTES

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_VERSION = 1
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{5000,}")
_QUOTED_VALUE = re.compile(r"=\s{0,9}(?:\"[^\"]*\"|'[^']*')")
_NEEDS_SCRIPTS = re.compile(r"(?:enable|requires?|turn on|activate) java ?script", re.IGNORECASE)
_SEPARATOR = re.compile(r"[\s/]+")


def read_page(raw: Raw, given: Given) -> Document:
    """The article of an HTML page.

    Raises:
        SourceError: no article text was found, or the page can't be parsed.
        LimitError: larger than `claimtrack.limits` allows.
    """
    import trafilatura

    name, url = raw.name, raw.url
    markup = decode_markup(raw.data, name, raw.charset)
    tree = _tree(markup, name)
    told = page_details(tree, markup, url)
    own_address = canonical_url(tree, url)
    found = trafilatura.bare_extraction(
        tree, url=url, favor_precision=True, include_comments=False, include_tables=True, with_metadata=True
    )
    assert not isinstance(found, dict)
    text = _paragraphs(found.text if found else None)
    if not _has_article(text):
        raise SourceError(
            f"{name} has no article text that could be found; copy the text from the browser and paste it.",
            source=name,
        )
    check_text(text, name)
    assert found is not None
    extractor = f"trafilatura {trafilatura.__version__} page {_VERSION}"
    document = replace(new_document(raw, text, "text/html", extractor, given), canonical_url=own_address)
    layout = Details(
        title=found.title,
        publisher=found.sitename,
        when=when(found.date),
        language=found.language,
    )
    guessed = guess_language(text)
    document = describe(document, *told, ("byline", Details(author=found.author)), ("page", layout))
    # Systems write their own language into every page: the words decide when they are sure of another.
    if guessed and _primary(document.language) != _primary(guessed) and document.origins.get("language") != "given":
        document = replace(document, language=guessed, origins={**document.origins, "language": "text"})
    return document


def _primary(language: str | None) -> str | None:
    return language.lower().partition("-")[0] if language else None


def _has_article(text: str) -> bool:
    """Whether one line has at least four words, and the text is more than the notice of a page made by scripts."""
    shell = len(text) < 300 and _NEEDS_SCRIPTS.search(text)
    return not shell and any(len(line.split()) >= 4 for line in text.split("\n"))


def _tree(markup: str, name: str) -> "HtmlElement":
    """The parsed page; one too large, too deep or not HTML at all is an error."""
    from trafilatura import load_html

    if markup.count("<") > MAX_MARKUP_ELEMENTS or _has_attribute_bomb(markup):
        raise LimitError(
            f"{name} has over {MAX_MARKUP_ELEMENTS:,} tags, or {MAX_TAG_ATTRIBUTES:,} attributes in one of them, "
            "the limits for one page; copy the article's text from the browser and paste it.",
            source=name,
        )
    tree = load_html(markup)
    if tree is None:
        raise SourceError(
            f"{name} could not be read as HTML; copy the text from the browser and paste it.", source=name
        )
    return tree


def _paragraphs(text: str | None) -> str:
    """One blank line between the lines that trafilatura gives, each of which is a paragraph, heading or list item."""
    return "\n\n".join(line.strip() for line in (text or "").split("\n") if line.strip())


def _has_attribute_bomb(markup: str) -> bool:
    """A tag with more attributes than any page has: libxml2 compares each with all before it (100,000 took 9 s).

    Looked for twice, with the quoted values in place and without, since ">" and "<" may stand in them.
    """
    return any(
        len(_SEPARATOR.findall(_QUOTED_VALUE.sub("=", found[0]))) > MAX_TAG_ATTRIBUTES
        for text in (markup, _QUOTED_VALUE.sub("=", markup))
        for found in _LONG_TAG.finditer(text)
    )
