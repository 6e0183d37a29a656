"""Pins a stretch of text so that it is found again after the source changed, and never found in a wrong place.

Selectors are those of the W3C Web Annotation Data Model (4.2.4 and 4.2.5): the words with what stands before and after
them, and the offsets. The words decide with their context; the old offset only breaks ties, since an inserted paragraph
shifts all that follows. What stays ambiguous is an orphan: a person looks for it.

The search is linear in the text: short runs of the selector's characters are looked up with `str.find`, each vote for
the place where the whole would begin, and only the places with most votes are compared letter by letter. Refused:
sliding a fuzzy score over the text (rapidfuzz's partial alignment took 40 times as long on 1 MB) and taking an exact
match first (a repeated sentence may stand there unedited while the one that was marked was edited).
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import partial_ratio_alignment

from claimtrack.attribution import Span
from claimtrack.limits import ANCHOR_CONTEXT_CHARS, MAX_ANCHOR_CHARS

#: Length of the runs that vote. With every tenth character changed, half of all runs of six survive.
_RUN = 6
_MAX_RUNS = 150
#: A run found more often than this says little about where; it is left out, which also bounds the work.
_MAX_HITS = 100
_MAX_PLACES = 8
#: The context is looked for in stretches of this many characters; one is there when this share of its characters is.
#: Every tenth character changed leaves 0.9, unrelated English aligns at 0.3 to 0.45.
_STRETCH, _SAME_STRETCH = 32, 0.7
#: Shorter ones, at the start and end of a text, say nothing; the nearest may be short.
_MIN_STRETCH, _MIN_FIRST = 16, 6
#: How alike the words must be where both sides of the context are found, one side, and none. Unrelated English
#: sentences reach 0.35, sentences of one pattern 0.7, every tenth character changed leaves 0.8 to 0.95.
_WORDS_BOTH_SIDES, _WORDS_ONE_SIDE, _WORDS_ALONE = 0.5, 0.75, 0.75
#: Without any context (a sentence moved alone) the words must be long, and no rival nearly as close.
_ALONE_CHARS, _ALONE_LEAD = 30, 0.15
#: How many times as much of the context on one side weighs up the rival's lead on the other.
_SIDE_LEAD = 2
#: Stretches of context by which a place must lead where the other has as much on the other side.
_MIN_LEAD = 2
#: Context to the letter, in characters, that makes a rival.
_CLOSE = 24
#: A tie goes to the place at the old offset, give or take small edits before it; farther off an offset tells nothing.
_MAX_SHIFT = 24


@dataclass(frozen=True, slots=True)
class TextQuoteSelector:
    """The words, with up to `limits.ANCHOR_CONTEXT_CHARS` characters on either side."""

    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class TextPositionSelector:
    """The offsets: code points, half-open."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place in a text: offsets, how alike words and context are (0.0 to 1.0), whether the words are the same."""

    start: int
    end: int
    score: float
    is_exact: bool

    @property
    def span(self) -> Span:
        """The place as a span."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    words: float  #: likeness of the words alone, 0.0 to 1.0
    before: tuple[bool, ...]  #: of the prefix, nearest stretch first: is it there
    after: tuple[bool, ...]  #: of the suffix

    @property
    def sides(self) -> int:
        """Of how many sides (0 to 2) the context is found: its nearest stretch or half of all.

        A side without context (the words begin or end the text) goes with the other; two such sides are none.
        """
        sides = [side[0] or sum(side) * 2 >= len(side) for side in (self.before, self.after) if side]
        return 2 * sum(sides) // len(sides) if sides else 0

    @property
    def context(self) -> int:
        """How many stretches of the context are found."""
        return sum(self.before) + sum(self.after)

    @property
    def score(self) -> float:
        """Words and context in one figure, 0.0 to 1.0, each by half."""
        stretches = len(self.before) + len(self.after)
        return (self.words + (self.context / stretches if stretches else self.words)) / 2

    def overlaps(self, other: "_Place") -> bool:
        return self.start < other.end and other.start < self.end


def make_selectors(text: str, span: Span) -> tuple[TextQuoteSelector, TextPositionSelector]:
    """Both selectors of a stretch of the text.

    Raises:
        ValueError: the span is empty or not inside the text.

    >>> make_selectors("Rents rose by 3% in May", Span(6, 16))[0]
    TextQuoteSelector(exact='rose by 3%', prefix='Rents ', suffix=' in May')
    """
    if not 0 <= span.start < span.end <= len(text):
        raise ValueError(f"{span} is not a stretch of a text of {len(text)} characters")
    quote = TextQuoteSelector(
        exact=span.of(text),
        prefix=text[max(0, span.start - ANCHOR_CONTEXT_CHARS) : span.start],
        suffix=text[span.end : span.end + ANCHOR_CONTEXT_CHARS],
    )
    return quote, TextPositionSelector(span.start, span.end)


def find_anchor(selector: TextQuoteSelector, text: str, position: TextPositionSelector | None = None) -> Anchor | None:
    """Place in `text` that best matches the selector, or None when it is orphaned: not there, or not for certain.

    The words must be the more alike, the less of their context is found; without any they must be long and without a
    rival. Between equal words the context decides; between equal contexts the old offset. Cost grows linearly with
    `text`: some 5 ms for an edited article, 0.3 s for 1,000,000 characters.

    >>> find_anchor(TextQuoteSelector(exact="rose by 3%"), "Rents rose by 3% in May").start
    6
    >>> find_anchor(TextQuoteSelector("No", "she said: ", "."), "She spoke. Nobody heard.") is None
    True
    """
    if not selector.exact.strip():
        return None
    if len(selector.exact) > MAX_ANCHOR_CHARS:
        return _find_ends(selector, text, position)
    places = _distinct(_places(selector, text))
    best = _choose(places, selector, text, position)
    if best is None:
        return None
    return Anchor(best.start, best.end, round(best.score, 3), text[best.start : best.end] == selector.exact)


def _find_ends(selector: TextQuoteSelector, text: str, position: TextPositionSelector | None) -> Anchor | None:
    """A very long stretch is found by its two ends, which must stand in order and about as far apart as before."""
    half = MAX_ANCHOR_CHARS // 2
    exact = selector.exact
    head = TextQuoteSelector(exact[:half], selector.prefix, exact[half : half + ANCHOR_CONTEXT_CHARS])
    tail = TextQuoteSelector(exact[-half:], exact[-half - ANCHOR_CONTEXT_CHARS : -half], selector.suffix)
    first = find_anchor(head, text, position)
    last = find_anchor(tail, text, position and TextPositionSelector(position.end - half, position.end))
    if not first or not last or not 0.5 < (last.end - first.start) / len(exact) < 2:
        return None
    same = text[first.start : last.end] == exact
    return Anchor(first.start, last.end, min(first.score, last.score), same)


def _places(selector: TextQuoteSelector, text: str) -> Iterator[_Place]:
    """Places where the words may stand, weighed."""
    if selector.prefix or selector.suffix:
        whole = selector.prefix + selector.exact + selector.suffix
        at = list(_finds(whole, text))
        if at:
            starts = [start + len(selector.prefix) for start in at]
            yield from (_weigh(selector, text, start, start + len(selector.exact)) for start in starts)
            return
    for start in _finds(selector.exact, text):
        yield _weigh(selector, text, start, start + len(selector.exact))
    for start, end in _alike(selector, text):
        yield _weigh(selector, text, start, end)


def _finds(words: str, text: str, most: int = _MAX_HITS) -> Iterator[int]:
    """Offsets of the words in the text, the first `most` of them."""
    at = text.find(words)
    while at >= 0 and most:
        yield at
        most -= 1
        at = text.find(words, at + 1)


def _alike(selector: TextQuoteSelector, text: str) -> Iterator[tuple[int, int]]:
    """Spans that have much of the selector's words and context, most promising first."""
    pattern = selector.prefix + selector.exact + selector.suffix
    width = 8 + len(pattern) // 24
    votes: Counter[int] = Counter()
    for at in range(0, len(pattern) - _RUN + 1, max(1, len(pattern) // _MAX_RUNS)):
        hits = list(_finds(pattern[at : at + _RUN], text, _MAX_HITS + 1))
        if len(hits) > _MAX_HITS:
            continue
        buckets = {(hit - at) // width + shift for hit in hits for shift in (0, 1)}
        votes.update(buckets)
    for bucket in _apart(votes):
        low = max(0, (bucket - 2) * width)
        window = text[low : max(0, (bucket + 2) * width + len(pattern))]
        ends = [_boundaries(pattern, len(selector.prefix), len(selector.prefix + selector.exact), window)]
        # A sentence that was moved in right beside the words breaks the alignment with their context: so also alone.
        if alone := partial_ratio_alignment(selector.exact, window):
            ends.append((alone.dest_start, alone.dest_end))
        for start, end in ends:
            if end > start:
                yield _settle(selector.exact, text, low + start, low + end)


def _apart(votes: Counter[int]) -> list[int]:
    """The buckets with most votes, of neighbours only the best: they stand for the same place."""
    picked: list[int] = []
    for bucket, _ in sorted(votes.most_common(8 * _MAX_PLACES), key=lambda vote: (-vote[1], vote[0])):
        if all(abs(bucket - other) > 2 for other in picked):
            picked.append(bucket)
    return picked[:_MAX_PLACES]


def _boundaries(pattern: str, first: int, last: int, window: str) -> tuple[int, int]:
    """Where two offsets of the pattern come to lie in the window, by their alignment."""
    start, end = 0, len(window)
    for step in Levenshtein.opcodes(pattern, window):
        if step.src_start <= first < step.src_end:
            start = min(step.dest_start + first - step.src_start, step.dest_end)
        if step.src_start < last <= step.src_end:
            end = min(step.dest_start + last - step.src_start, step.dest_end)
    return start, end


def _settle(words: str, text: str, start: int, end: int) -> tuple[int, int]:
    """The span with each end shifted by a few characters to where it is most like the words."""
    reach = range(-8, 9)

    def distance(low: int, high: int) -> int:
        return Levenshtein.distance(words, text[low:high]) if 0 <= low < high <= len(text) else len(words) + 99

    start = min((start + by for by in reach), key=lambda low: (distance(low, end), abs(low - start)))
    end = min((end + by for by in reach), key=lambda high: (distance(start, high), abs(high - end)))
    return max(0, start), min(len(text), end)


def _weigh(selector: TextQuoteSelector, text: str, start: int, end: int) -> _Place:
    words = Levenshtein.normalized_similarity(selector.exact, text[start:end])
    # Reversed, the prefix too is read from the words outwards.
    before = _found(selector.prefix[::-1], text[max(0, start - ANCHOR_CONTEXT_CHARS - 16) : start][::-1])
    after = _found(selector.suffix, text[end : end + ANCHOR_CONTEXT_CHARS + 16])
    return _Place(start, end, words, before, after)


def _found(context: str, there: str) -> tuple[bool, ...]:
    """For each stretch of the context, nearest first, whether it stands there too.

    Yes or no: how many letters were edited in a stretch that is there says nothing about which place is meant.
    """
    equal = [False] * len(context)
    for step in Levenshtein.opcodes(context, there[: len(context) + 16]):
        if step.tag == "equal":
            equal[step.src_start : step.src_end] = [True] * (step.src_end - step.src_start)
    pieces = [equal[at : at + _STRETCH] for at in range(0, len(equal), _STRETCH)]
    there_too = [
        sum(piece) >= _SAME_STRETCH * len(piece)
        for at, piece in enumerate(pieces)
        if len(piece) >= (_MIN_STRETCH if at else _MIN_FIRST)
    ]
    # A stretch that stands there alone, farther off, is chance: the context goes on from the words outwards.
    return tuple(is_there and (not at or any(there_too[at - 1 : at + 2 : 2])) for at, is_there in enumerate(there_too))


def _distinct(places: Iterable[_Place]) -> list[_Place]:
    """The places with most context first; of those that overlap only the one whose words are most alike."""
    kept: list[_Place] = []
    good = [place for place in places if place.words >= _WORDS_BOTH_SIDES]
    for place in sorted(good, key=lambda place: (-place.words, -place.context, place.start)):
        if not any(place.overlaps(better) for better in kept):
            kept.append(place)
    return sorted(kept, key=lambda place: (-place.context, -place.words, place.start))


def _choose(
    places: list[_Place], selector: TextQuoteSelector, text: str, position: TextPositionSelector | None
) -> _Place | None:
    """The one place that is certain, or None."""
    held = [place for place in places if _holds(place, places, selector)]
    if not held:
        return None
    if any(_is_closer(held[0], place, selector, text) for place in held[1:]):
        return None
    tied = [place for place in held if not _beats(held[0], place, len(selector.exact))]
    if len(tied) == 1:
        return held[0]
    if position is None:
        return None
    same = [place for place in tied if place.start == position.start]
    near = same or [place for place in tied if abs(place.start - position.start) <= _MAX_SHIFT]
    return near[0] if len(near) == 1 else None


def _holds(place: _Place, places: list[_Place], selector: TextQuoteSelector) -> bool:
    """Whether a place is good enough: by its context, or by long words that nothing else resembles."""
    if place.sides:
        return place.sides == 2 or place.words >= _WORDS_ONE_SIDE
    lead = place.words - max((rival.words for rival in places if rival is not place), default=0.0)
    long = len(selector.exact) >= _ALONE_CHARS or not (selector.prefix or selector.suffix)
    return long and place.words >= _WORDS_ALONE and lead >= _ALONE_LEAD


def _is_closer(best: _Place, rival: _Place, selector: TextQuoteSelector, text: str) -> bool:
    """Whether the rival has its context to the letter where the best has hardly a letter of it: then nothing is sure.

    Two paragraphs of one pattern that changed places are so.
    """
    if rival.words < 1:
        return False
    mine, theirs = (
        max(
            shared_start(selector.prefix[::-1], text[max(0, place.start - _STRETCH) : place.start][::-1]),
            shared_start(selector.suffix, text[place.end : place.end + _STRETCH]),
        )
        for place in (best, rival)
    )
    return theirs >= _CLOSE and mine * 3 <= theirs


def _beats(best: _Place, rival: _Place, length: int) -> bool:
    """Whether the best has more of the context than the rival on one side and not much less on the other.

    A repeated sentence next to the first one takes over one side of its context; then either may be meant.
    """
    if best is rival:
        return False
    leads = [sum(mine) - sum(theirs) for mine, theirs in ((best.before, rival.before), (best.after, rival.after))]
    behind = -min(0, *leads)
    if behind:
        return max(leads) >= _SIDE_LEAD * behind
    return max(leads) >= _MIN_LEAD or (length >= _ALONE_CHARS and best.words - rival.words >= _ALONE_LEAD)


def shared_start(mine: str, theirs: str) -> int:
    """How many characters both begin with, by halving."""
    low, high = 0, min(len(mine), len(theirs))
    while low < high:
        middle = (low + high + 1) // 2
        if mine[low:middle] == theirs[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
