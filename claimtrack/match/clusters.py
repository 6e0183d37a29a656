"""Groups of statements that are one saying, derived anew from suggestions and judgements each time they are asked for.

Nothing is merged in place: voiding a judgement means computing without it. The order in which statements arrived does
not matter, because pairs join by (score, key of the texts), and what may not stand together never does: every pair of
a cluster has passed the guards (the rule of nomenklatura's judgements: a "different" blocks the join of both wholes).
A clip that fits two texts which contradict each other joins the one that more print, or neither.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from claimtrack.match.compare import Comparison

Item = TypeVar("Item", bound="int | str")

#: A cluster larger than this takes no further members by suggestion: each join checks every pair across.
MAX_SUGGESTED_CLUSTER = 400


def cluster(
    keys: Mapping[Item, Any],  # Any: whatever sorts, such as (text hash, speaker, date)
    suggested: Iterable[tuple[float, Item, Item]],
    relation: Callable[[Item, Item], Comparison],
    judged_same: Iterable[tuple[Item, Item]] = (),
    judged_apart: Iterable[tuple[Item, Item]] = (),
    copies: Callable[[Item], int] = lambda _: 1,
) -> list[list[Item]]:
    """Clusters of two and more, each sorted by key, in order of their first members.

    Args:
        keys: sort key of every item; never one that depends on arrival.
        suggested: (score, one, other) of the pairs that `compare` calls same.
        relation: `compare` of two items, asked for pairs across clusters.
        judged_same: pairs that a person called same; they join although a guard says no.
        judged_apart: pairs that a person called different or said again; they win over everything.
        copies: how often an item was printed word for word.
    """

    def order(pair: tuple[Item, Item]) -> list[Any]:  # Any: as `keys`
        return sorted(keys[item] for item in pair)

    same = sorted(judged_same, key=order)
    apart = _neighbours(judged_apart)
    forest = _Forest()
    for one, other in same:
        forest.join(one, other, lambda x, y: y not in apart.get(x, ()))
    sure = _neighbours(same)

    def may_join(one: Item, other: Item) -> bool:
        if other in apart.get(one, ()):
            return False
        return other in sure.get(one, ()) or not relation(one, other).blocks_join

    edges = _unambiguous(list(suggested), relation, copies)
    for _, one, other in sorted(edges, key=lambda edge: (-edge[0], order((edge[1], edge[2])))):
        forest.join(one, other, may_join, MAX_SUGGESTED_CLUSTER)
    found = [sorted(members, key=keys.__getitem__) for members in forest.clusters()]
    return sorted(found, key=lambda members: keys[members[0]])


def _neighbours(pairs: Iterable[tuple[Item, Item]]) -> dict[Item, set[Item]]:
    found: defaultdict[Item, set[Item]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
        found[other].add(one)
    return found


def _unambiguous(
    edges: list[tuple[float, Item, Item]],
    relation: Callable[[Item, Item], Comparison],
    copies: Callable[[Item], int],
) -> list[tuple[float, Item, Item]]:
    """Edges without those of items that fit two texts which contradict each other."""
    torn = find_torn(((one, other) for _, one, other in edges), relation, copies)
    return [edge for edge in edges if frozenset(edge[1:]) not in torn]


def find_torn(
    pairs: Iterable[tuple[Item, Item]],
    relation: Callable[[Item, Item], Comparison],
    copies: Callable[[Item], int] = lambda _: 1,
) -> dict[frozenset[Item], Item]:
    """Pairs called same whose one member fits as well a text that contradicts the other; with that text.

    The clip "we will" fits "we will sign" and "we will not sign": which of the two it was cut from is open. Where more
    print the one than the other (counted in `copies` among what the clip fits), the clip stays with the more.
    """
    torn: dict[frozenset[Item], Item] = {}
    for item, others in _neighbours(pairs).items():
        if len(others) < 2:
            continue
        listed = sorted(others, key=str)
        against = {
            one: [other for other in listed if other != one and relation(one, other).contradicts] for one in listed
        }
        for one, rivals in against.items():
            for rival in rivals:
                if sum(map(copies, against[rival])) <= sum(map(copies, rivals)):
                    torn[frozenset((item, one))] = rival
    return torn


class _Forest:
    """Disjoint sets that join only when every pair across may."""

    def __init__(self) -> None:
        self._members: dict[Any, list[Any]] = {}  # Any: the item type is the caller's
        self._root: dict[Any, Any] = {}

    def join(self, one: Any, other: Any, may_join: Callable[[Any, Any], bool], most: int = 10**9) -> None:
        left = self._members.setdefault(self._root.setdefault(one, one), [one])
        right = self._members.setdefault(self._root.setdefault(other, other), [other])
        if left is right or len(left) + len(right) > most:
            return
        if not all(may_join(x, y) for x in left for y in right):
            return
        small, large = (left, right) if len(left) < len(right) else (right, left)
        root, gone = self._root[large[0]], self._root[small[0]]
        for member in small:
            self._root[member] = root
        large.extend(small)
        del self._members[gone]

    def clusters(self) -> list[list[Any]]:
        return [members for members in self._members.values() if len(members) > 1]
