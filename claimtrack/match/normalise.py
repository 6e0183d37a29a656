"""A text's words in one form, each with its place in the stored text.

What is levelled: Unicode marks, dashes, spaces, zero-width characters and entities; case; contractions; British and
American spelling; abbreviations; numbers, money, units and dates. What is taken out but remembered: bracketed
insertions and ellipses (`gaps`), and a cue cut into the middle of a quotation. Nothing here judges: two texts with the
same keys may still differ in a question mark, a speaker or a date.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from claimtrack.match import spelling
from claimtrack.match.characters import fold
from claimtrack.match.numbers import NUMBER_WORDS, Raw, merge_numbers

#: Grows whenever `normalise` or `fingerprints` gives other values; stored fingerprints of another version are remade.
NORMALISER_VERSION = 1


@dataclass(frozen=True, slots=True)
class Gap:
    """Words that print left out or put in: an ellipsis, or a bracket with the `keys` inside it.

    `at` is the index of the token before which it stands.
    """

    at: int
    keys: tuple[str, ...] = ()
    bracket: bool = False


@dataclass(frozen=True, slots=True)
class Normalised:
    """The words of `text`: key, place and surroundings of each, in parallel tuples.

    `text[starts[i]:ends[i]]` are the stored words behind `keys[i]`; several keys may share one place ("can't"). A
    pause is 0 for none, 1 for a comma or dash, 2 for the end of a sentence before the word. `end_mark` is the last
    of ". ? !" that the text ends with, or "".
    """

    text: str
    keys: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    pauses: tuple[int, ...]
    capitals: tuple[bool, ...]
    gaps: tuple[Gap, ...]
    end_mark: str
    edited: frozenset[int] = frozenset()

    def printed(self, start: int, end: int) -> str:
        """Stored words of the tokens from `start` to before `end`.

        >>> normalise("It isn’t over.").printed(1, 3)
        'isn’t'
        """
        return self.text[self.starts[start] : self.ends[end - 1]] if start < end else ""


_TOKEN = re.compile(
    r"(?P<initials>(?:[^\W\d_]\.){2,8}(?:[^\W\d_](?![^\W_]))?)"
    r"|(?P<word>(?:(?<![^\W_])'(?=(?:em|til|cause|tis|twas|bout|n'|\d0s)\b))?[^\W\d_][^\W_]*(?:'[^\W\d_]+){0,3})"
    r"|(?P<number>'?\d{1,2}:\d{2}(?!\d)|\d{1,2}/\d{1,4}(?:/\d{1,4})?(?![\w/])"
    r"|\d{1,3}(?:,\d{3}){1,9}(?:\.\d{1,12})?[^\W\d_]{0,4}(?![^\W_])|\d{1,30}(?:\.\d{1,12})?[^\W\d_]{0,4}(?![^\W_])|\d[^\W_]{0,40})"
    r"|(?P<ellipsis>\.{2,}|\.(?: \.){1,10})"
    r"|(?P<money>(?:US|A|C|NZ|HK)?[$£€¥₹₽₩₺₪₴₿](?=\s?\d))"
    r"|(?P<mark>[^\w\s])",
    re.IGNORECASE,
)
#: In a word: "[T]he", "agree[d]", "w[ill]".
_LETTER_BRACKET = re.compile(r"(?<=\w)\[([A-Za-z']{1,12})\]|\[([A-Za-z]{1,12})\](?=[a-z])")
_BRACKET = re.compile(r"\[[^\[\]]{0,160}\]|\([^()]{0,160}\)")
#: A closing mark, up to a dozen words without marks, an opening mark: where a cue may have been cut into a quotation.
_BETWEEN_MARKS = re.compile(r"(?<=\S)(['\"])(\s[^\"\[\]]{2,120}[\s—-])\1(?=\S)")
#: The same after the last closing mark: ...," he said.
_AFTER_MARKS = re.compile(r"(?<=[^\s\"])\"(,?\s[^\"\[\]]{2,120})$")
#: Verbs of saying, as a class of cues between two halves of a quotation (AP and Reuters style guides on attribution).
_SAYING = re.compile(
    r"\b(?:sa(?:id|ys)|told|tells|add(?:ed|s)|according to|continued|ask(?:ed|s)|explain(?:ed|s)|wr(?:ote|ites)"
    r"|tweet(?:ed|s)|post(?:ed|s)|stat(?:ed|es)|not(?:ed|es)|insist(?:ed|s)|argu(?:ed|es)|repl(?:ied|ies)"
    r"|recall(?:ed|s)|warn(?:ed|s)|declar(?:ed|es)|announc(?:ed|es)|remark(?:ed|s)|conclud(?:ed|es)|jok(?:ed|es)"
    r"|observ(?:ed|es)|quipped|went on|confirmed|stress(?:ed|es)|suggested|admitted|claim(?:ed|s)|responded)\b",
    re.IGNORECASE,
)
_PAUSES = {",": 1, ";": 1, ":": 1, "—": 1, ".": 2, "?": 2, "!": 2}
_KEPT_MARKS = frozenset("$£€¥₹₽₩₺₪₴₿%°/")
_PARTICIPLES = frozenset("been had gone done seen made given taken known said told heard better got put lost won "
                         "become begun broken chosen come fallen forgotten grown left met paid run sent "
                         "spoken spent stood thought written".split())  # fmt: skip
_IS_HOLDERS = frozenset("it that he she there what who here where how this when why everything everyone everybody "
                        "nothing nobody something someone".split())  # fmt: skip


def normalise(text: str) -> Normalised:
    """Words of `text` in one form. Never raises; cost linear in `text`.

    >>> normalise("We’ve spent $2.5m — it isn’t “organised”!").keys
    ('we', 'have', 'spent', '2500000', 'dollars', 'it', 'is', 'not', 'organized')
    """
    folded, offsets = fold(text)
    edits: list[tuple[int, int]] = []
    if "[" in folded:
        folded, offsets, edits = _open_letter_brackets(folded, offsets)
    skips = _skips(folded) if "[" in folded or "(" in folded or '"' in folded or "'" in folded else []
    tokens, gaps, end_mark, edited_at = _read(folded, skips, edits)
    if folded.isupper():
        tokens = [token._replace(capital=False) for token in tokens]
    if not NUMBER_WORDS.isdisjoint([token.key for token in tokens]) or any(token.key[0].isdigit() for token in tokens):
        tokens, gaps = _merged(tokens, gaps)
    edited = frozenset(
        index for index, token in enumerate(tokens) if any(token.start <= at < token.end for at in edited_at)
    )
    keep = [index for index, token in enumerate(tokens) if token.key not in _DROPPED]
    if len(keep) != len(tokens):
        moved = {old: new for new, old in enumerate(keep)}
        gaps = [Gap(_next_kept(gap.at, moved, len(tokens), len(keep)), gap.keys, gap.bracket) for gap in gaps]
        edited = frozenset(moved[index] for index in edited if index in moved)
        tokens = [tokens[index] for index in keep]
    return Normalised(
        text=text,
        keys=tuple([token.key for token in tokens]),
        starts=tuple([offsets[token.start] for token in tokens]),
        ends=tuple([offsets[token.end - 1] + 1 for token in tokens]),
        pauses=tuple([token.pause for token in tokens]),
        capitals=tuple([token.capital for token in tokens]),
        gaps=tuple(gaps),
        end_mark=end_mark,
        edited=edited,
    )


_DROPPED = _KEPT_MARKS | {"-", "sic"}


def _next_kept(at: int, moved: dict[int, int], old_length: int, new_length: int) -> int:
    while at < old_length:
        if at in moved:
            return moved[at]
        at += 1
    return new_length


def _merged(tokens: list[Raw], gaps: list[Gap]) -> tuple[list[Raw], list[Gap]]:
    """Numbers merged, and the gaps moved to the token that now stands behind them."""
    places = [(tokens[gap.at].start if gap.at < len(tokens) else None) for gap in gaps]
    merged = merge_numbers(tokens)
    if not gaps:
        return merged, gaps
    moved = []
    for gap, place in zip(gaps, places, strict=True):
        at = len(merged) if place is None else next((i for i, t in enumerate(merged) if t.end > place), len(merged))
        moved.append(Gap(at, gap.keys, gap.bracket))
    return merged, moved


def _open_letter_brackets(folded: str, offsets: Sequence[int]) -> tuple[str, Sequence[int], list[tuple[int, int]]]:
    """`folded` without brackets inside words, the new offsets, and the places where letters were put in."""
    pieces: list[str] = []
    places: list[int] = []
    edits: list[tuple[int, int]] = []
    at = 0
    for match in _LETTER_BRACKET.finditer(folded):
        inside = 1 if match[1] is not None else 2
        for start, end in ((at, match.start()), match.span(inside)):
            if (start, end) == match.span(inside):
                edits.append((len(places), len(places) + end - start))
            pieces.append(folded[start:end])
            places.extend(offsets[start:end])
        at = match.end()
    if at == 0:
        return folded, offsets, edits
    pieces.append(folded[at:])
    places.extend(offsets[at:])
    return "".join(pieces), places, edits


def _skips(folded: str) -> list[tuple[int, int, bool]]:
    """Stretches that are not the speaker's words: (start, end, is bracket), in order and apart."""
    found: list[tuple[int, int, bool]] = []
    if "[" in folded or "(" in folded:
        found += [(match.start(), match.end(), True) for match in _BRACKET.finditer(folded)]
    if '"' in folded or "'" in folded:
        for pattern in (_BETWEEN_MARKS, _AFTER_MARKS):
            found += [
                (match.start(), match.end(), False) for match in pattern.finditer(folded) if _SAYING.search(match[0])
            ]
    found.sort()
    apart: list[tuple[int, int, bool]] = []
    for skip in found:
        if not apart or skip[0] >= apart[-1][1]:
            apart.append(skip)
    return apart


def _read(
    folded: str, skips: list[tuple[int, int, bool]], edits: list[tuple[int, int]]
) -> tuple[list[Raw], list[Gap], str, list[int]]:
    """Tokens, gaps and closing mark of `folded`, without the stretches in `skips`."""
    tokens: list[Raw] = []
    gaps: list[Gap] = []
    pause, end_mark = 2, ""
    for start, end, is_bracket in [*skips, (len(folded), len(folded), False)]:
        pause, end_mark = _read_part(folded, tokens, gaps, pause, end_mark, start)
        if is_bracket:
            inside: list[Raw] = []
            _read_part(folded[start + 1 : end - 1], inside, [], 0, "", end - start - 2)
            gaps.append(Gap(len(tokens), tuple(token.key for token in inside), bracket=True))
        elif start < end:  # a cue: the comma before its marks is the printer's
            pause = 0 if folded[end : end + 1].islower() or folded[end : end + 1].isdigit() else pause
        if start < end:
            folded = folded[:start] + " " * (end - start) + folded[end:]
    return tokens, gaps, end_mark, [start for start, _ in edits]


def _read_part(
    folded: str, tokens: list[Raw], gaps: list[Gap], pause: int, end_mark: str, stop: int
) -> tuple[int, str]:
    """Append the tokens between the last one and `stop`; give back the pause and the closing mark so far."""
    start_at = tokens[-1].end if tokens else 0
    hyphen, abbreviated_at = False, -1
    for match in _TOKEN.finditer(folded, start_at, stop):
        kind = match.lastgroup
        if kind == "mark":
            mark = match[0]
            if match.start() == abbreviated_at:
                continue
            if mark in _PAUSES:
                pause = max(pause, _PAUSES[mark])
                if pause == 2 and mark in ".?!":
                    end_mark = mark if mark != "." or end_mark == "" else end_mark
            elif mark == "-":
                at = match.start()
                if folded[at + 1 : at + 2] == "-" or folded[at - 1 : at] == "-" or folded[at - 1 : at + 2] == " - ":
                    pause = max(pause, 1)
                elif folded[at + 1 : at + 2].isdigit():
                    between = folded[at - 1 : at].isdigit()
                    tokens.append(Raw("-" if between else "minus", at, at + 1, 0, capital=False))
                else:
                    hyphen = True
            elif mark in _KEPT_MARKS:
                tokens.append(Raw(mark, match.start(), match.end(), pause, capital=False))
                pause = 0
            elif mark == "&":
                tokens.append(Raw("and", match.start(), match.end(), pause, capital=False))
                pause = 0
            continue
        if kind == "ellipsis":
            gaps.append(Gap(len(tokens)))
            pause = max(pause, 1)
            continue
        word, start, end = match[0], match.start(), match.end()
        end_mark = ""
        capital = pause < 2 and word[0].isupper() and word not in _I_FORMS
        if kind == "word":
            keys = _keys_of(word.lower(), folded[end : end + 1] == ".")
            if len(keys) == 1:
                tokens.append(Raw(keys[0], start, end, pause, capital, hyphen))
            else:
                _append_many(tokens, keys, start, end, pause, capital=capital, after=folded[end : end + 24])
            if folded[end : end + 1] == "." and word.lower() in _STOPPED:
                abbreviated_at = end
        elif kind == "initials":
            tokens.append(Raw(word.replace(".", "").lower(), start, end, pause, capital))
        else:
            tokens.append(Raw(word.lower().lstrip("'"), start, end, pause, capital=False, hyphen=hyphen))
        pause, hyphen = 0, False
    return pause, end_mark


_I_FORMS = frozenset({"I", "I'm", "I've", "I'd", "I'll"})
_STOPPED = frozenset(spelling.ABBREVIATIONS) | frozenset(spelling.ABBREVIATIONS_WITH_STOP)


@lru_cache(maxsize=200_000)
def _keys_of(word: str, stop: bool) -> tuple[str, ...]:  # noqa: FBT001 - called once a word, positionally, for speed
    """Keys of one lower-case word as printed; `stop` tells that a full stop follows it directly.

    >>> _keys_of("shouldn't", False), _keys_of("sen", True), _keys_of("favour", False)
    (('should', 'not'), ('senator',), ('favor',))
    """
    found = spelling.CONTRACTIONS.get(word)
    if found is not None:
        return found
    if "'" in word:
        return tuple(_contracted(word))
    if stop and word in spelling.ABBREVIATIONS_WITH_STOP:
        return (spelling.ABBREVIATIONS_WITH_STOP[word],)
    if word in spelling.ABBREVIATIONS:
        return (spelling.ABBREVIATIONS[word],)
    return tuple(spelling.spelling_key(word).split())


def _contracted(word: str) -> Iterator[str]:
    """Keys of a word with an apostrophe; "'s" and "'d" stay marked, since only the next word can tell."""
    stem, _, tail = word.rpartition("'")
    if not stem:
        yield tail
    elif tail == "t" and stem.endswith("n") and len(stem) > 2:
        yield from (*_keys_of(stem[:-1], False), "not")  # noqa: FBT003
    elif tail in {"re", "ve", "ll", "m"}:
        yield from (*_keys_of(stem, False), {"re": "are", "ve": "have", "ll": "will", "m": "am"}[tail])  # noqa: FBT003
    elif tail in {"s", "d"}:
        yield from (*_keys_of(stem, False), "'" + tail)  # noqa: FBT003
    else:
        yield spelling.spelling_key(word.replace("'", ""))


def _append_many(
    tokens: list[Raw], keys: tuple[str, ...], start: int, end: int, pause: int, *, capital: bool, after: str
) -> None:
    following = after.split(None, 1)[0].strip(".,;:!?\"'").lower() if after.strip() else ""
    for index, key in enumerate(keys):
        read = key
        if key == "'s" and index and keys[index - 1] in _IS_HOLDERS:
            read = "has" if following in {"been", "got", "had", "become"} else "is"
        elif key == "'d" and index:
            is_had = following in _PARTICIPLES or (following.endswith("ed") and len(following) > 4)
            read = "had" if is_had else "would"
        tokens.append(Raw(read, start, end, pause if index == 0 else 0, capital and index == 0))
