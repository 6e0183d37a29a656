"""Text of a piece of HTML that is all content: a post, a feed entry, a letter."""

import re

from claimtrack.errors import LimitError
from claimtrack.limits import MAX_MARKUP_ELEMENTS

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "dd",
        "div",
        "dl",
        "dt",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tr",
        "ul",
    ]
)
_DROPPED = frozenset(["script", "style", "head", "template", "noscript"])
_SPACE = re.compile(r"[ \t\n\f]+")


def fragment_text(markup: str, name: object) -> str:
    r"""The words, one blank line between blocks, a line break where one is written; scripts and styles dropped.

    >>> fragment_text("<p>Rents <b>rose</b>,<br>she said.</p><p>Again.</p>", "-")
    'Rents rose,\nshe said.\n\nAgain.'
    """
    from lxml import etree, html

    if markup.count("<") > MAX_MARKUP_ELEMENTS:
        raise LimitError(
            f"{name} has over {MAX_MARKUP_ELEMENTS:,} tags, the limit for one page; copy its text and paste that.",
            source=name,
        )
    if not markup.strip():
        return ""
    try:
        root = html.document_fromstring(f"<div>{markup}</div>")
    except (etree.ParserError, ValueError):
        return ""
    parts: list[str] = []
    dropped = 0
    for event, node in etree.iterwalk(root, events=("start", "end", "comment")):
        if event == "start":
            dropped += node.tag in _DROPPED
            parts.append("\0" if node.tag in _BLOCKS else "\1" if node.tag == "br" else "")
            parts.append("" if dropped else _SPACE.sub(" ", node.text or ""))
            continue
        if event == "end":
            dropped -= node.tag in _DROPPED
            parts.append("\0" if node.tag in _BLOCKS else "")
        parts.append("" if dropped else _SPACE.sub(" ", node.tail or ""))
    blocks = ("\n".join(line.strip() for line in block.split("\1")).strip() for block in "".join(parts).split("\0"))
    return "\n\n".join(block for block in blocks if block)
