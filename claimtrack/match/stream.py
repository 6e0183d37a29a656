"""The contract of `claimtrack duplicates`: plain objects in, judged pairs and clusters out."""

from collections import defaultdict
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
from claimtrack.match.fingerprints import text_hash
from claimtrack.match.normalise import Normalised, normalise
from claimtrack.match.texts import Texts
from claimtrack.match.wording import MIN_COVER_FOR_REVIEW

Line = dict[str, Any]  # Any: a JSON object

#: Of texts printed more often than this, the copies are listed as a star around the first instead of all pairs.
MAX_LISTED_COPIES = 8

#: Nodes whose normalised words are kept from reading to comparing, at 2 kB each; those of later ones are made again.
KEPT_NODES = 100_000
#: Of those made again, how many are kept: pairs come sorted, so that few are needed after long.
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


def judge_lines(lines: Iterable[Line]) -> Iterator[Line]:
    """Judged pairs of the lines `{"id", "text", "speaker", "date"}`, then their clusters.

    All *same* and *review* pairs, and the *different* ones that a guard turned down. Ids keep their type. Nothing in
    the answer depends on the order of the lines but the order of the answer. Cost: about 100 microseconds and a
    kilobyte a line, and as much for each pair of similar texts.
    """
    return _Batch(lines).judged()


_FIELDS = ("text", "speaker", "date", "occasion")


class _Batch:
    """All lines of one input. Lines that are equal but for their id are one node; nodes share texts."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.ids: list[Any] = []  # Any: ids are the caller's
        self.nodes: list[tuple[str, ...]] = []
        self.members: list[list[int] | int] = []
        self.text_of: list[int] = []
        self.texts = Texts()
        self._kept: list[Normalised] = []
        self._read(lines)
        self._words = lru_cache(maxsize=KEPT_TEXTS)(self._normalised)
        self._known: dict[tuple[int, int], Comparison] = {}

    def _read(self, lines: Iterable[Line]) -> None:
        by_node: dict[tuple[str, ...], int] = {}
        by_hash: dict[int, int] = {}
        for at, line in enumerate(lines):
            self.ids.append(line.get("id"))
            fields = tuple([value if isinstance(value := line.get(name), str) else "" for name in _FIELDS])
            node = by_node.setdefault(fields, len(self.nodes))
            if node < len(self.nodes):
                self.members[node] = [*self.members_of(node), at]
                continue
            self.nodes.append(fields)
            self.members.append(at)
            words = normalise(fields[0])
            if node < KEPT_NODES:
                self._kept.append(words)
            hashed = text_hash(words)
            text = by_hash.setdefault(hashed, len(self.texts))
            if text == len(self.texts):
                self.texts.add(words.keys)
            self.text_of.append(text)
        self.hashes = list(by_hash)

    def members_of(self, node: int) -> Sequence[int]:
        """Lines of a node."""
        members = self.members[node]
        return (members,) if isinstance(members, int) else members

    def _normalised(self, node: int) -> Normalised:
        return self._kept[node] if node < KEPT_NODES else normalise(self.nodes[node][0])

    def relation(self, one: int, other: int) -> Comparison:
        """What `compare` says of two nodes; remembered."""
        pair = (one, other) if one < other else (other, one)
        found = self._known.get(pair)
        if found is None:
            left, right = (Utterance(*self.nodes[node]) for node in pair)
            found = compare_words(left, self._words(pair[0]), right, self._words(pair[1]))
            if found.outcome is not Outcome.DIFFERENT or found.is_turned_down:
                self._known[pair] = found
        return found

    def judged(self) -> Iterator[Line]:
        """Pairs, then clusters."""
        same: list[tuple[float, int, int]] = []
        listed: list[tuple[int, int]] = []
        for one, other in self._pairs():
            found = self.relation(one, other)
            if found.outcome is Outcome.SAME:
                same.append((found.score, one, other))
            if found.outcome is not Outcome.DIFFERENT or found.is_turned_down:
                listed.append((one, other))
        torn = find_torn(((one, other) for _, one, other in same), self.relation, self._copies)
        for one, other in listed:
            judged = _judged(self._settled(one, other, torn))
            for left, right in self._listed_copies(one, other):
                yield {"a": self.ids[left], "b": self.ids[right], **judged}
        yield from self._inside_nodes()
        yield from self._clusters([edge for edge in same if frozenset(edge[1:]) not in torn])

    def _settled(self, one: int, other: int, torn: dict[frozenset[int], int]) -> Comparison:
        found = self.relation(one, other)
        rival = torn.get(frozenset((one, other)))
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
        nodes_of: defaultdict[int, list[int]] = defaultdict(list)
        for node, text in enumerate(self.text_of):
            nodes_of[text].append(node)
        for nodes in nodes_of.values():
            if len(nodes) > 1 and len(self.texts.words(self.text_of[nodes[0]])):
                star = len(nodes) > MAX_LISTED_COPIES
                yield from product(nodes[:1], nodes[1:]) if star else combinations(nodes, 2)
        order = np.empty(len(self.texts), dtype=np.int64)
        order[np.argsort(np.array(self.hashes, dtype=np.int64), kind="stable")] = np.arange(len(order))
        for one, other in zip(*(side.tolist() for side in candidate_pairs(self.texts, order)), strict=True):
            if self._is_close(one, other):
                left, right = nodes_of[one], nodes_of[other]
                if len(left) * len(right) > MAX_LISTED_COPIES**2:
                    left, right = left[:1], right[:1]
                for pair in product(left, right):
                    yield min(pair), max(pair)

    def _is_close(self, one: int, other: int) -> bool:
        """Whether two texts share words enough for `compare` to look at them."""
        left, right = self.texts.words(one), self.texts.words(other)
        least = max(1, int(min(len(left), len(right)) * MIN_COVER_FOR_REVIEW))
        return LCSseq.similarity(left, right, score_cutoff=least) > 0

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
