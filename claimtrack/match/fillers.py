"""Hesitations, discourse markers and doubled words, which one outlet prints and the next drops."""

from claimtrack.match import words
from claimtrack.match.normalise import Normalised


def is_repetition(said: Normalised, start: int, end: int) -> bool:
    """Whether the tokens are doubled words next to themselves, hesitations aside: "in the - uh, in the country"."""
    doubled = _without_fillers(said.keys[start:end])
    if not doubled or len(doubled) > 8:
        return False
    before, after = said.keys[max(start - len(doubled), 0) : start], said.keys[end : end + len(doubled)]
    return _undoubled(before + doubled + after) == _undoubled(before + after)


def _undoubled(keys: tuple[str, ...]) -> tuple[str, ...]:
    """`keys` with each run of words that follows itself at once kept once."""
    for length in range(len(keys) // 2, 0, -1):
        for at in range(len(keys) - 2 * length + 1):
            if keys[at : at + length] == keys[at + length : at + 2 * length]:
                return _undoubled(keys[: at + length] + keys[at + 2 * length :])
    return keys


def is_filler(keys: tuple[str, ...], *, inner: bool) -> bool:
    """Whether all of `keys` are hesitations and discourse markers."""
    return not _without_fillers(keys, words.INNER_FILLERS if inner else words.FILLERS)


def _without_fillers(keys: tuple[str, ...], fillers: words.Phrases = words.VOCAL_FILLERS) -> tuple[str, ...]:
    rest: list[str] = []
    at = 0
    while at < len(keys):
        key, length = keys[at], 0
        for filler in fillers.get(key, ()):
            if keys[at : at + len(filler)] == filler:
                length = len(filler)
                break
        if not length and key not in words.HESITATIONS:
            rest.append(key)
        at += length or 1
    return tuple(rest)
