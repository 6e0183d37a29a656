"""Two wordings with the differences marked in the words themselves: no colour, no Markdown."""

from collections.abc import Iterable

from claimtrack.match.align import align
from claimtrack.match.normalise import Normalised, normalise


def marked(one: str, other: str) -> tuple[str, str]:
    """Both texts with the words in which they differ inside ⟦ and ⟧; marks and case alone don't count.

    >>> marked("We will pay.", "We will not pay.")
    ('We will pay.', 'We will ⟦not⟧ pay.')
    """
    left, right = normalise(one), normalise(other)
    edits = align(left, right).edits
    return (
        _bracketed(left, ((edit.a0, edit.a1) for edit in edits)),
        _bracketed(right, ((edit.b0, edit.b1) for edit in edits)),
    )


def _bracketed(words: Normalised, stretches: Iterable[tuple[int, int]]) -> str:
    told, at = [], 0
    for first, last in stretches:
        if first < last:
            start, end = words.starts[first], words.ends[last - 1]
            told += [words.text[at:start], "⟦", words.text[start:end], "⟧"]
            at = end
    return "".join([*told, words.text[at:]])
