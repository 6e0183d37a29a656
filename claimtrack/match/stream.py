"""The contract of `claimtrack duplicates`: plain objects in, judged pairs and clusters out."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations, product
from typing import Any

from claimtrack.match.clusters import cluster, find_torn
from claimtrack.match.compare import Comparison, Outcome, Utterance, compare
from claimtrack.match.fingerprints import fingerprints, text_hash
from claimtrack.match.index import MemoryIndex, find_candidates

Line = dict[str, Any]  # Any: a JSON object

#: Of texts printed more often than this, the copies are listed as a star around the first instead of all pairs.
MAX_LISTED_COPIES = 8


def judge_pairs(lines: Iterable[Line]) -> Iterator[Line]:
    """One object per line `{"id", "a", "b", "speaker_a", "speaker_b"}`: id, outcome, score, reasons; streamed.

    Dates and occasions are taken from "date_a", "date_b", "occasion_a" and "occasion_b" where given.
    """
    for line in lines:
        found = compare(_side(line, "a"), _side(line, "b"))
        yield {"id": line.get("id"), **_judged(found)}


def _side(line: Line, side: str) -> Utterance:
    return Utterance(
        _text(line.get(side)),
        _text(line.get(f"speaker_{side}")),
        _text(line.get(f"date_{side}")),
        _text(line.get(f"occasion_{side}")),
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _judged(found: Comparison) -> Line:
    return {"outcome": found.outcome.value, "score": found.score, "reasons": list(found.reasons)}


def judge_lines(lines: Iterable[Line]) -> Iterator[Line]:
    """Judged pairs of the lines `{"id", "text", "speaker", "date"}`, then their clusters.

    All *same* and *review* pairs, and the *different* ones that a guard turned down. Ids keep their type.
    """
    yield from _Batch(lines).judged()


class _Batch:
    """All lines of one input; equal ones are one node."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.ids: list[Any] = []
        self.nodes: list[Utterance] = []
        self.members: list[list[int]] = []
        by_node: dict[Utterance, int] = {}
        for at, line in enumerate(lines):
            self.ids.append(line.get("id"))
            said = Utterance(
                _text(line.get("text")),
                _text(line.get("speaker")),
                _text(line.get("date")),
                _text(line.get("occasion")),
            )
            node = by_node.setdefault(said, len(self.nodes))
            if node == len(self.nodes):
                self.nodes.append(said)
                self.members.append([])
            self.members[node].append(at)
        self._known: dict[tuple[int, int], Comparison] = {}

    def relation(self, one: int, other: int) -> Comparison:
        pair = (one, other) if one < other else (other, one)
        found = self._known.get(pair)
        if found is None:
            found = self._known[pair] = compare(self.nodes[pair[0]], self.nodes[pair[1]])
        return found

    def judged(self) -> Iterator[Line]:
        same: list[tuple[float, int, int]] = []
        listed: list[tuple[int, int]] = []
        for one, other in self._pairs():
            found = self.relation(one, other)
            if found.outcome is Outcome.SAME:
                same.append((found.score, one, other))
            if found.outcome is not Outcome.DIFFERENT or found.is_turned_down:
                listed.append((one, other))
        torn = find_torn(((one, other) for _, one, other in same), self.relation, self._copies_of)
        for one, other in listed:
            found = self.relation(one, other)
            rival = torn.get(frozenset((one, other)))
            if rival is not None:
                reason = f"fits as well: '{self.nodes[rival].text[:80]}'"
                found = Comparison(Outcome.REVIEW, found.score, (reason, *found.reasons), ())
            for left, right in self._copies(one, other):
                yield {"a": self.ids[left], "b": self.ids[right], **_judged(found)}
        yield from self._inside_nodes()
        yield from self._clusters([edge for edge in same if frozenset(edge[1:]) not in torn])

    def _copies_of(self, node: int) -> int:
        return len(self.members[node])

    def _copies(self, one: int, other: int) -> Iterator[tuple[int, int]]:
        left, right = self.members[one], self.members[other]
        if len(left) * len(right) > MAX_LISTED_COPIES**2:
            left, right = left[:1], right[:1]
        for pair in product(left, right):
            yield min(pair), max(pair)

    def _inside_nodes(self) -> Iterator[Line]:
        for node, members in enumerate(self.members):
            if len(members) > 1:
                found = _judged(compare(self.nodes[node], self.nodes[node]))
                pairs = (
                    combinations(members, 2) if len(members) <= MAX_LISTED_COPIES else product(members[:1], members[1:])
                )
                for one, other in pairs:
                    yield {"a": self.ids[one], "b": self.ids[other], **found}

    def _pairs(self) -> Iterator[tuple[int, int]]:
        """Pairs of nodes worth comparing, in order."""
        by_text: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        for node, said in enumerate(self.nodes):
            by_text[said.words.keys].append(node)
        texts = [nodes for keys, nodes in by_text.items() if keys]
        index = MemoryIndex()
        prints = []
        for at, nodes in enumerate(texts):
            words = self.nodes[nodes[0]].words
            prints.append(fingerprints(words))
            index.add(at, prints[-1], text_hash(words))
        pairs: set[tuple[int, int]] = set()
        for at, nodes in enumerate(texts):
            pairs.update(combinations(nodes, 2) if len(nodes) <= MAX_LISTED_COPIES else product(nodes[:1], nodes[1:]))
            for other in find_candidates(prints[at], index):
                if other != at:
                    crossing = product(nodes, texts[other])
                    if len(nodes) * len(texts[other]) > MAX_LISTED_COPIES**2:
                        crossing = product(nodes[:1], texts[other][:1])
                    pairs.update((min(pair), max(pair)) for pair in crossing)
        yield from sorted(pairs)

    def _clusters(self, same: list[tuple[float, int, int]]) -> Iterator[Line]:
        keys = {
            node: (said.text, said.speaker or "", said.said_on or "", said.occasion or "")
            for node, said in enumerate(self.nodes)
        }
        in_cluster: set[int] = set()
        for nodes in cluster(keys, same, self.relation, copies=self._copies_of):
            in_cluster.update(nodes)
            yield {"cluster": [self.ids[at] for at in sorted(at for node in nodes for at in self.members[node])]}
        for node, members in enumerate(self.members):
            alone = node not in in_cluster and len(members) > 1
            if alone and compare(self.nodes[node], self.nodes[node]).outcome is Outcome.SAME:
                yield {"cluster": [self.ids[at] for at in members]}
