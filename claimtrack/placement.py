"""What became of a statement when its source was captured again: unchanged, moved, altered or gone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from claimtrack.anchor import TextPositionSelector, find_anchor, make_selectors, shared_start
from claimtrack.attribution import Span
from claimtrack.vocabulary import PlacementState

__all__ = ["Placement", "PlacementState", "WordChange", "place_statement", "word_changes"]

#: The nearest words on either side, in characters, and how alike they must be to be the same neighbours.
_STRETCH, _SAME_STRETCH = 32, 0.7
#: A word with its apostrophes, figures ("3,400.50"), or one mark of punctuation.
_WORD = re.compile(r"\w+(?:['’.,]\w+)*|[^\w\s]")
_PLAIN = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": "-"})


@dataclass(frozen=True, slots=True)
class WordChange:
    """Words that were added, dropped or replaced between two captures."""

    op: str  #: "add", "drop" or "replace"
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a statement stands in a later capture; a span is None that is not there any more."""

    state: PlacementState
    spans: tuple[Span | None, ...]  #: as many as were asked for, in their order
    changes: tuple[WordChange, ...] = ()


def place_statement(old: str, spans: Sequence[Span], new: str) -> Placement:
    """What became of a statement's spans (of one statement: its content, or content, source and cue) in the new text.

    Each is found by its selectors, and the found place is looked up in the old text again: only if it leads back is it
    the same one, so that a neighbour of the same pattern never takes the place of a line that was taken out.
    Differences of white space and of the form of quotation marks, apostrophes and dashes are no change of words.

    >>> placement = place_statement("Ada said: we will go. End.", [Span(10, 20)], "Ada said: we may go. End.")
    >>> placement.state.value, placement.changes[0].old, placement.changes[0].new
    ('altered', 'will', 'may')
    """
    first, last = shared_start(old, new), shared_start(old[::-1], new[::-1])
    found = [_there_and_back(old, span, new, first, last) for span in spans]
    pairs = [(span, place) for span, place in zip(spans, found, strict=True) if place]
    changes = tuple(change for span, place in pairs for change in word_changes(span.of(old), place.of(new)))
    if not pairs:
        state = PlacementState.GONE
    elif changes or len(pairs) < len(spans):
        state = PlacementState.ALTERED
        gone = (span for span, place in zip(spans, found, strict=True) if not place)
        changes += tuple(WordChange("drop", span.of(old), "") for span in gone)
    elif all(_has_neighbour(old, span, new, place) for span, place in pairs):
        state = PlacementState.UNCHANGED
    else:
        state = PlacementState.MOVED
    return Placement(state, tuple(found), changes)


def _there_and_back(old: str, span: Span, new: str, first: int, last: int) -> Span | None:
    """The span in the new text that the old one leads to and that leads back to it.

    Words that stood elsewhere in the old text already are not what became of these: they stayed, these went. What lies
    in the `first` or `last` characters, which both texts share, is where it was.
    """
    if span.end <= first:
        return span
    if span.start >= len(old) - last:
        shift = len(new) - len(old)
        return Span(span.start + shift, span.end + shift)
    there = find_anchor(make_selectors(old, span)[0], new, TextPositionSelector(span.start, span.end))
    if there is None or (not there.is_exact and _stood_elsewhere(there.span.of(new), old, span)):
        return None
    back = find_anchor(make_selectors(new, there.span)[0], old, TextPositionSelector(there.start, there.end))
    return there.span if back and back.span.overlaps(span) else None


def _stood_elsewhere(words: str, old: str, span: Span) -> bool:
    return words in old[: span.start] or words in old[span.end :]


def _has_neighbour(old: str, span: Span, new: str, place: Span) -> bool:
    """Whether the nearest words on one side at least are still those; the start and the end of the text are none."""
    before, after = make_selectors(old, span)[0].prefix, make_selectors(old, span)[0].suffix
    stretches = (
        (before[-_STRETCH:], new[max(0, place.start - _STRETCH) : place.start]),
        (after[:_STRETCH], new[place.end : place.end + _STRETCH]),
    )
    return any(
        Levenshtein.normalized_similarity(mine, theirs) >= _SAME_STRETCH
        for mine, theirs in stretches
        if mine.strip() or not theirs.strip()
    )


def word_changes(old: str, new: str) -> tuple[WordChange, ...]:
    """The words that differ, in order; punctuation counts, white space and the form of quotation marks do not.

    >>> word_changes("“We will go”, she said", '"We will not go", she  said')
    (WordChange(op='add', old='', new='not'),)
    """
    mine, theirs = _WORD.findall(old), _WORD.findall(new)
    steps = Levenshtein.opcodes([word.translate(_PLAIN) for word in mine], [word.translate(_PLAIN) for word in theirs])
    names = {"insert": "add", "delete": "drop", "replace": "replace"}
    return tuple(
        WordChange(
            names[step.tag],
            " ".join(mine[step.src_start : step.src_end]),
            " ".join(theirs[step.dest_start : step.dest_end]),
        )
        for step in steps
        if step.tag in names
    )
