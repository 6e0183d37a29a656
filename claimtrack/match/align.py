"""Where two texts go together word by word, and where they part."""

from dataclasses import dataclass
from enum import Enum

from rapidfuzz.distance import Indel

from claimtrack.match.normalise import Normalised


class Where(Enum):
    """Part of the text in which two texts differ."""

    START = "start"
    INSIDE = "inside"
    END = "end"


@dataclass(frozen=True, slots=True)
class Edit:
    """A place where the texts differ: tokens `[a0, a1)` of one stand where `[b0, b1)` of the other do."""

    a0: int
    a1: int
    b0: int
    b1: int
    where: Where


@dataclass(frozen=True, slots=True)
class Alignment:
    """Edits in order of the text, how many tokens are shared, and how many of them in one run."""

    edits: tuple[Edit, ...]
    shared: int
    longest: int

    @property
    def cuts_end(self) -> bool:
        """Whether the texts do not end together."""
        return any(edit.where is Where.END for edit in self.edits)


def align(a: Normalised, b: Normalised) -> Alignment:
    """Longest common subsequence of the keys, with stray matches at the edges moved to where the rest is.

    A clip "the plan is good" of "the people say the plan is good" begins with the second "the", not the first.
    Cost: rapidfuzz's bit-parallel LCS, then linear.
    """
    left, right = a.keys, b.keys
    blocks = [
        [op.src_start, op.dest_start, op.src_end - op.src_start]
        for op in Indel.opcodes(left, right)
        if op.tag == "equal"
    ]
    _slide_start(left, right, blocks)
    _slide_end(left, right, blocks)
    edits: list[Edit] = []
    at_a = at_b = 0
    for block_a, block_b, length in blocks:
        if block_a > at_a or block_b > at_b:
            edits.append(Edit(at_a, block_a, at_b, block_b, Where.START if at_a == at_b == 0 else Where.INSIDE))
        at_a, at_b = block_a + length, block_b + length
    if at_a < len(left) or at_b < len(right):
        edits.append(Edit(at_a, len(left), at_b, len(right), Where.END))
    lengths = [length for _, _, length in blocks]
    return Alignment(tuple(edits), sum(lengths), max(lengths, default=0))


def _slide_start(a: tuple[str, ...], b: tuple[str, ...], blocks: list[list[int]]) -> None:
    """Move a first block over a one-sided gap to the second, when the same words stand there too."""
    while len(blocks) > 1:
        (a0, b0, length), (a1, b1, _) = blocks[0], blocks[1]
        if b0 == 0 and b1 == length and a1 - length >= a0 and a[a1 - length : a1] == b[:length]:
            blocks[:2] = [[a1 - length, 0, length + blocks[1][2]]]
        elif a0 == 0 and a1 == length and b1 - length >= b0 and b[b1 - length : b1] == a[:length]:
            blocks[:2] = [[0, b1 - length, length + blocks[1][2]]]
        else:
            return


def _slide_end(a: tuple[str, ...], b: tuple[str, ...], blocks: list[list[int]]) -> None:
    while len(blocks) > 1:
        (a0, b0, before), (a1, b1, length) = blocks[-2], blocks[-1]
        end_a, end_b = a0 + before, b0 + before
        in_a = b1 + length == len(b) and end_b == b1 and a[end_a : end_a + length] == b[b1:]
        in_b = a1 + length == len(a) and end_a == a1 and b[end_b : end_b + length] == a[a1:]
        if not in_a and not in_b:
            return
        blocks[-2:] = [[a0, b0, before + length]]
