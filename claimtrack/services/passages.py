"""Sentences of a stored text as pairs of offsets: what a long piece is counted in, and what a record is searched by.

Plain and linear on purpose: a full stop, question mark or exclamation mark with what closes it, before white space, or
an empty line ends a sentence. An abbreviation may part one in two; nothing is stored by these bounds.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from claimtrack.attribution import Span

_END = re.compile(r"[.!?…][\"'”’»)\]]{0,3}(?=\s)|\n[ \t]{0,80}\n|\n(?=\s{0,40}\S)")


def sentences(text: str) -> Iterator[Span]:
    """The sentences of `text` in order, without the white space around them.

    >>> [span.of("One. Two!  Three") for span in sentences("One. Two!  Three")]
    ['One.', 'Two!', 'Three']
    """
    start = 0
    for end in (*(found.end() for found in _END.finditer(text)), len(text)):
        words = text[start:end]
        bare = words.strip()
        if bare:
            first = start + len(words) - len(words.lstrip())
            yield Span(first, first + len(bare))
        start = end


def places(text: str, words: str) -> list[Span]:
    r"""Where `words` stand in `text`; when they do not stand there letter by letter, white space may differ.

    >>> places("the wall\nis safe", "the wall is safe")
    [Span(start=0, end=16)]
    """
    terms = words.split()
    if not terms:
        return []
    found = [Span(one.start(), one.end()) for one in re.finditer(re.escape(words.strip()), text)]
    if found:
        return found
    loose = r"\s{1,40}".join(re.escape(term) for term in terms)
    return [Span(one.start(), one.end()) for one in re.finditer(loose, text)]


def uncovered(spans: Iterable[Span], covered: Iterable[Span]) -> list[Span]:
    """Those of `spans` (in order, apart) that no span of `covered` touches; n log n.

    >>> uncovered([Span(0, 4), Span(5, 9)], [Span(6, 7)])
    [Span(start=0, end=4)]
    """
    listed = list(spans)
    ends = [span.end for span in listed]
    touched = set[int]()
    for one in covered:
        at = bisect_left(ends, one.start + 1)
        while at < len(listed) and listed[at].start < one.end:
            touched.add(at)
            at += 1
    return [span for at, span in enumerate(listed) if at not in touched]
