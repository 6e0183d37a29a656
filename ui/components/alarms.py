"""Warnings about words that were cut where their sense turns.

A quotation that stops before "but", or that leaves out the "not" in front of it, is word-perfect and misleading. These
are warnings for a person, from the words around the content alone; they decide nothing.
"""

import re
from collections.abc import Sequence

from claimtrack.attribution import Span
from claimtrack.ui.components.contract import Alarm

#: How far on either side a turn is looked for: a closing mark, a full stop and the first words of the next clause.
_WINDOW = 80

#: Words that open a restriction of what was just said (Quirk et al., A Comprehensive Grammar, 8.135-8.149: contrast,
#: concession, exception, condition).
_TURN = re.compile(
    r"[\s”’\"'»).,;:!?…—–-]{0,12}"
    r"(but|unless|except|however|although|though|only if|provided|yet|if|while|until|instead|nevertheless)\b",
    re.IGNORECASE,
)

_NEGATION = re.compile(
    r"\b(not|never|no|nor|neither|nobody|nothing|without|cannot|hardly|\w{2,8}n[’']t|denied|denies|refused)"
    r"[\s“‘\"'«(]{0,4}$",
    re.IGNORECASE,
)


def alarms(text: str, content: Sequence[Span]) -> list[Alarm]:
    """Warnings for the words of `text` at `content`: what follows turns them, or what precedes negates them.

    Linear in the window of 80 characters on either side; `content` is in reading order.

    >>> alarms("“We will sign.” But unless the port pays, no.", [Span(0, 15)])[0]["text"]
    'next words: “But unless the port …”'
    """
    if not content:
        return []
    found: list[Alarm] = []
    first, last = content[0].start, content[-1].end
    after = text[last : last + _WINDOW]
    if turn := _TURN.match(after):
        found.append({"kind": "next_words", "text": f"next words: “{_few_words(after[turn.start(1) :])} …”"})
    if negation := _NEGATION.search(text[max(0, first - _WINDOW) : first]):
        found.append({"kind": "before", "text": f"cut after “{negation[1]}”"})
    return found


def _few_words(text: str) -> str:
    return " ".join(text.split()[:4])
