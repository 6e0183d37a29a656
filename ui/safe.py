"""The only place where the Python pages show the text of documents and people.

Nothing here is read as Markdown or HTML: `$$`, `:red[`, `<script>`, `![](https://...)` appear as they are, and no
request is made for them. Controls that turn the direction of writing, and other letters that nobody can see, are
replaced by a visible name: a word can't be made to read backwards. The stored text is never changed by this.
"""

import re
import unicodedata

import streamlit as st

#: Letters that change how others are shown and show nothing themselves: directional marks, embeddings, overrides and
#: isolates (UAX 9), zero-width space, word joiner, byte order mark, interlinear anchors, tags. Joiners (U+200C, U+200D)
#: stay: emoji, Persian and many Indian scripts are written with them.
_HIDDEN = frozenset(
    "\u061c\u200b\u200e\u200f\u2060\ufeff\ufff9\ufffa\ufffb"
    + "".join(map(chr, (*range(0x202A, 0x202F), *range(0x2061, 0x2070), *range(0xE0000, 0xE0080))))
)


_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")

#: What is rewritten in plain text: beginnings of addresses (GFM 6.9), and Streamlit's arrows, dashes and comparisons.
_REWRITTEN = re.compile(r"https?(?=://)|ftp(?=://)|www(?=\.)|@|<-|->|--|[<>~]=", re.IGNORECASE)


def visible(text: str) -> str:
    r"""`text` with every control and directional mark written out, line feeds and tabs kept.

    >>> visible("pay \u202eoot\u202c now")
    'pay [U+202E]oot[U+202C] now'
    """
    return "".join(f"[U+{ord(letter):04X}]" if _is_hidden(letter) else letter for letter in text)


def show(text: str) -> None:
    """Shows `text` as it is, in the font of the page; lines are kept and wrapped."""
    st.text(visible(text))


def show_block(text: str, *, height: int | None = None) -> None:
    """Shows `text` as it is, in a box with a button that copies it; `height` in pixels, then it scrolls."""
    st.code(visible(text), language=None, wrap_lines=True, height=height or "content")


def label(text: str, *, most: int = 80) -> str:
    r"""`text` on one line, for places where Streamlit reads Markdown (labels, options, titles): escaped, cut at `most`.

    Every ASCII punctuation mark is escaped, which CommonMark defines as that mark and nothing else. Two things happen
    to the plain text after that, and an invisible word joiner stops both: addresses become links (GFM), and Streamlit
    draws arrows and dashes for `->`, `--` and the like. So a label is for reading; copy words from `show`.

    >>> label(":red[no] $x$ <b>")
    '\\:red\\[no\\] \\$x\\$ \\<b\\>'
    """
    cut = option(text, most=most)
    apart = _REWRITTEN.sub(lambda found: f"{found[0][0]}\u2060{found[0][1:]}", cut)
    return _PUNCTUATION.sub(r"\\\g<0>", apart)


def option(text: str, *, most: int = 80) -> str:
    """`text` on one line, cut at `most`, for the options of a select box, which Streamlit shows as plain text.

    >>> option("St. John's [no] $x$")
    "St. John's [no] $x$"
    """
    line = " ".join(visible(text).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def _is_hidden(letter: str) -> bool:
    return letter in _HIDDEN or (letter not in "\n\t" and unicodedata.category(letter) in ("Cc", "Cs"))
