"""Many comparisons shared out among processes: what comes back, and its order, are those of one after another."""

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context

from claimtrack.match.compare import Comparison, Outcome, Utterance, compare_words
from claimtrack.match.guards import Guard
from claimtrack.match.normalise import Normalised, normalise

#: Text, speaker, date and occasion, as `Utterance` takes them.
Fields = tuple[str, ...]
Pair = tuple[int, int]

#: Pairs handed over at a time: some tenths of a second of work, less than a megabyte to send.
PAIRS_AT_A_TIME = 4_000
#: Below this many pairs other processes are not worth their start, about a second.
MIN_PAIRS = 40_000
#: A process more takes a hundred megabytes; beyond eight the one that hands out is the slowest.
MAX_PROCESSES = 8

#: A comparison as it is sent: outcome, score, reasons, guards, whether it is close and opposed.
_Sent = tuple[str, float, tuple[str, ...], tuple[str, ...], bool, bool]


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def compare_all(
    nodes: Sequence[Fields], pairs: Iterable[Pair], processes: int = 1
) -> Iterator[tuple[Pair, Comparison]]:
    """Each pair of `nodes` with what `compare` says of it, in the order of `pairs`; 0 processes: one for each core.

    Processes are started anew ("spawn": a fork would share the threads' locks, and Windows has none).
    """
    wanted = min(processes or cores(), MAX_PROCESSES)
    pairs = iter(pairs)
    first = list(islice(pairs, MIN_PAIRS)) if wanted > 1 else []
    if wanted == 1 or len(first) < MIN_PAIRS:
        for block in _blocks((*first, *()) if wanted > 1 else pairs):
            yield from zip(block, map(_received, _compared(_packed(nodes, block))), strict=True)
        return
    known: dict[tuple[str, ...], tuple[str, ...]] = {}
    with ProcessPoolExecutor(wanted, mp_context=get_context("spawn")) as crew:
        waiting: deque[tuple[list[Pair], Future[list[_Sent]]]] = deque()
        for block in _blocks(_chained(first, pairs)):
            waiting.append((block, crew.submit(_compared, _packed(nodes, block))))
            if len(waiting) > 2 * wanted:
                yield from _collected(waiting, known)
        while waiting:
            yield from _collected(waiting, known)


def _chained(first: list[Pair], rest: Iterator[Pair]) -> Iterator[Pair]:
    yield from first
    yield from rest


def _blocks(pairs: Iterable[Pair]) -> Iterator[list[Pair]]:
    rest = iter(pairs)
    while block := list(islice(rest, PAIRS_AT_A_TIME)):
        yield block


def _packed(nodes: Sequence[Fields], block: list[Pair]) -> tuple[list[Fields], list[Pair]]:
    """What the other side needs: the nodes of the block alone, and the pairs by their place among these."""
    place: dict[int, int] = {}
    for pair in block:
        for node in pair:
            place.setdefault(node, len(place))
    return [nodes[node] for node in place], [(place[one], place[other]) for one, other in block]


def _compared(packed: tuple[list[Fields], list[Pair]]) -> list[_Sent]:
    nodes, pairs = packed
    said = [Utterance(*fields) for fields in nodes]
    words: list[Normalised] = [normalise(one.text) for one in said]
    found = []
    for one, other in pairs:
        result = compare_words(said[one], words[one], said[other], words[other])
        guards = tuple(map(str, result.guards))
        found.append((result.outcome.value, result.score, result.reasons, guards, result.is_close, result.is_opposed))
    return found


def _collected(
    waiting: deque[tuple[list[Pair], Future[list[_Sent]]]], known: dict[tuple[str, ...], tuple[str, ...]]
) -> Iterator[tuple[Pair, Comparison]]:
    block, promised = waiting.popleft()
    for pair, (outcome, score, reasons, guards, is_close, is_opposed) in zip(block, promised.result(), strict=True):
        yield pair, _received((outcome, score, known.setdefault(reasons, reasons), guards, is_close, is_opposed))


def _received(sent: _Sent) -> Comparison:
    outcome, score, reasons, guards, is_close, is_opposed = sent
    return Comparison(Outcome(outcome), score, reasons, tuple(map(Guard, guards)), is_close, is_opposed)
