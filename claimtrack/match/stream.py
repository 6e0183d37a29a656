"""The contract of `claimtrack duplicates`: plain objects in, judged pairs and clusters out."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations, product
from typing import Any

import numpy as np
from rapidfuzz.distance import LCSseq

from claimtrack.match.batch import candidate_pairs
from claimtrack.match.clusters import cluster, find_torn
from claimtrack.match.compare import (
    Comparison,
    Outcome,
    Utterance,
    common_content,
    compare,
    compare_words,
)
from claimtrack.match.crews import Fields, compare_all
from claimtrack.match.fingerprints import keys_hash
from claimtrack.match.normalise import Normalised, keys_of, normalise
from claimtrack.match.texts import Texts
from claimtrack.match.wording import MIN_COVER_FOR_REVIEW

Line = dict[str, Any]  # Any: a JSON object

#: Of texts printed more often than this, the copies are listed as a star around the first instead of all pairs.
MAX_LISTED_COPIES = 8

#: Texts whose normalised words are kept while clusters are made, at 2 kB each.
KEPT_TEXTS = 20_000


def judge_pairs(lines: Iterable[Line]) -> Iterator[Line]:
    """One object per line `{"id", "a", "b", "speaker_a", "speaker_b"}`: id, outcome, score, reasons; streamed.

    Unlike a pair found by its phrases, a given pair with a few words in common may be a paraphrase: review.
    Dates and occasions are taken from "date_a", "date_b", "occasion_a" and "occasion_b" where given.

    >>> list(judge_pairs([{"id": 7, "a": "We will sign.", "b": "“We’ll sign”"}]))
    [{'id': 7, 'outcome': 'same', 'score': 1.0, 'reasons': ['same words']}]
    """
    for line in lines:
        a, b = _side(line, "a"), _side(line, "b")
        found = compare(a, b)
        if not found.guards and found.outcome is Outcome.DIFFERENT and common_content(a.words, b.words) >= 2:
            found = Comparison(Outcome.REVIEW, found.score, ("few words in common: perhaps a paraphrase",))
        yield {"id": line.get("id"), **_judged(found)}


def _side(line: Line, side: str) -> Utterance:
    fields = (line.get(side), *(line.get(f"{name}_{side}") for name in _FIELDS[1:]))
    return Utterance(*(field if isinstance(field, str) else "" for field in fields))


def _judged(found: Comparison) -> Line:
    return {"outcome": found.outcome.value, "score": found.score, "reasons": list(found.reasons)}


def judge_lines(lines: Iterable[Line], processes: int = 1) -> Iterator[Line]:
    """Judged pairs of the lines `{"id", "text", "speaker", "date"}`, then their clusters.

    All *same* and *review* pairs, and the *different* ones that a guard turned down. Ids keep their type. Nothing in
    the answer depends on the order of the lines but the order of the answer, and nothing on the number of `processes`
    that compare (0: as many as there are cores). More than one are started anew, so that a script that asks for them
    needs its `if __name__ == "__main__"`. Cost: about 40 microseconds and a kilobyte a line, and twice as much for
    each pair of similar texts.
    """
    return _Batch(lines, processes).judged()


_FIELDS = ("text", "speaker", "date", "occasion")


class _Batch:
    """All lines of one input. Lines that are equal but for their id are one node; nodes share texts."""

    def __init__(self, lines: Iterable[Line], processes: int = 1) -> None:
        self.processes = processes
        self.ids: list[Any] = []  # Any: ids are the caller's
        self.nodes: list[Fields] = []
        self.members: list[list[int] | int] = []
        self.texts = Texts()
        self.text_of = array("I")
        self.hashes = array("q")
        self._read(lines)
        self._words = lru_cache(maxsize=KEPT_TEXTS)(self._normalised)
        self._known: dict[int, Comparison] = {}

    def _read(self, lines: Iterable[Line]) -> None:
        by_node: dict[Fields, int] = {}
        by_hash: dict[int, int] = {}
        shared: dict[str, str] = {}
        for at, line in enumerate(lines):
            self.ids.append(line.get("id"))
            text, *rest = [value if isinstance(value := line.get(name), str) else "" for name in _FIELDS]
            fields = (text, *[shared.setdefault(value, value) for value in rest])
            node = by_node.setdefault(fields, len(self.nodes))
            if node < len(self.nodes):
                self.members[node] = [*self.members_of(node), at]
                continue
            self.nodes.append(fields)
            self.members.append(at)
            keys = keys_of(text)
            hashed = keys_hash(keys)
            number = by_hash.setdefault(hashed, len(self.texts))
            if number == len(self.texts):
                self.texts.add(keys)
                self.hashes.append(hashed)
            self.text_of.append(number)

    def members_of(self, node: int) -> Sequence[int]:
        """Lines of a node."""
        members = self.members[node]
        return (members,) if isinstance(members, int) else members

    def _normalised(self, node: int) -> Normalised:
        return normalise(self.nodes[node][0])

    def relation(self, one: int, other: int) -> Comparison:
        """What `compare` says of two nodes; remembered."""
        pair = (one, other) if one < other else (other, one)
        number = pair[0] * len(self.nodes) + pair[1]
        found = self._known.get(number)
        if found is None:
            left, right = (Utterance(*self.nodes[node]) for node in pair)
            found = self._known[number] = compare_words(left, self._words(pair[0]), right, self._words(pair[1]))
        return found

    def judged(self) -> Iterator[Line]:
        """Pairs, then clusters."""
        same: list[tuple[float, int, int]] = []
        listed: list[tuple[int, int]] = []
        for (one, other), found in compare_all(self.nodes, self._pairs(), self.processes):
            is_listed = found.outcome is not Outcome.DIFFERENT or found.is_turned_down
            if found.outcome is Outcome.SAME:
                same.append((found.score, one, other))
            if is_listed:
                listed.append((one, other))
                self._known[one * len(self.nodes) + other] = found
        torn = find_torn(((one, other) for _, one, other in same), self.relation, self._copies)
        for one, other in listed:
            judged = _judged(self._settled(one, other, torn))
            for left, right in self._listed_copies(one, other):
                yield {"a": self.ids[left], "b": self.ids[right], **judged}
        yield from self._inside_nodes()
        yield from self._clusters([edge for edge in same if frozenset(edge[1:]) not in torn])

    def _settled(self, one: int, other: int, torn: dict[frozenset[int], int]) -> Comparison:
        found = self.relation(one, other)
        rival = torn.get(frozenset((one, other))) if torn else None
        if rival is None:
            return found
        reason = f"fits as well: '{self.nodes[rival][0][:80]}'"
        return Comparison(Outcome.REVIEW, found.score, (reason, *found.reasons), ())

    def _copies(self, node: int) -> int:
        return len(self.members_of(node))

    def _listed_copies(self, one: int, other: int) -> Iterator[tuple[int, int]]:
        left, right = self.members_of(one), self.members_of(other)
        if len(left) * len(right) > MAX_LISTED_COPIES**2:
            left, right = left[:1], right[:1]
        for pair in product(left, right):
            yield min(pair), max(pair)

    def _inside_nodes(self) -> Iterator[Line]:
        for node, members in enumerate(self.members):
            if isinstance(members, int):
                continue
            found = _judged(self.relation(node, node))
            star = len(members) > MAX_LISTED_COPIES
            for one, other in product(members[:1], members[1:]) if star else combinations(members, 2):
                yield {"a": self.ids[one], "b": self.ids[other], **found}

    def _pairs(self) -> Iterator[tuple[int, int]]:
        """Pairs of nodes worth comparing: of one text, and of texts that share rare phrases."""
        text_of = np.frombuffer(self.text_of, dtype=np.uint32)
        by_text = np.argsort(text_of, kind="stable")
        ends = np.searchsorted(text_of[by_text], np.arange(len(self.texts) + 1)) if len(text_of) else text_of
        for text in np.flatnonzero(np.diff(ends) > 1).tolist():
            if len(self.texts.words(text)):
                nodes = by_text[ends[text] : ends[text + 1]].tolist()
                star = len(nodes) > MAX_LISTED_COPIES
                yield from product(nodes[:1], nodes[1:]) if star else combinations(nodes, 2)
        for one, other in self._close_texts():
            left = by_text[ends[one] : ends[one + 1]].tolist()
            right = by_text[ends[other] : ends[other + 1]].tolist()
            if len(left) * len(right) > MAX_LISTED_COPIES**2:
                left, right = left[:1], right[:1]
            for pair in product(left, right):
                yield min(pair), max(pair)

    def _close_texts(self) -> Iterator[tuple[int, int]]:
        """Pairs of texts that share rare phrases, and words enough for `compare` to look at them."""
        ones, others = candidate_pairs(self.texts, np.frombuffer(self.hashes, dtype=np.int64))
        for start in range(0, len(ones), 10_000):
            block = (side[start : start + 10_000].tolist() for side in (ones, others))
            for one, other in zip(*block, strict=True):
                left, right = self.texts.words(one), self.texts.words(other)
                least = max(1, int(min(len(left), len(right)) * MIN_COVER_FOR_REVIEW))
                if LCSseq.similarity(left, right, score_cutoff=least) > 0:
                    yield one, other

    def _clusters(self, same: list[tuple[float, int, int]]) -> Iterator[Line]:
        keys = {node: self.nodes[node] for edge in same for node in edge[1:]}
        in_cluster: set[int] = set()
        for nodes in cluster(keys, same, self.relation, copies=self._copies):
            in_cluster.update(nodes)
            yield {"cluster": [self.ids[at] for at in sorted(at for node in nodes for at in self.members_of(node))]}
        for node, members in enumerate(self.members):
            if isinstance(members, int) or node in in_cluster:
                continue
            if self.relation(node, node).outcome is Outcome.SAME:
                yield {"cluster": [self.ids[at] for at in members]}
