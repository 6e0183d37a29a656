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


#: What a bracket says of the room and not of the words: nobody's words stand behind it.
STAGE_BUSINESS = frozenset(
    "sic applause laughter laughs laughing crosstalk inaudible unintelligible cheers cheering booing boos pause pauses "
    "phonetic ph emphasis mine added his hers interruption music sighs chuckles".split()
)

#: The fields of `numbers.Raw` as a plain tuple, which is made five times as fast.
Token = tuple[str, int, int, int, bool, bool]


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


#: Groups: 1 word, 2 initials, 3 number, 4 ellipsis, 5 money, 6 any other mark; the commonest first, for speed.
_TOKEN = re.compile(
    r"((?:(?<![^\W_])'(?=(?:[eE]m|[tT]il|[cC]ause|[tT]is|[tT]was|[bB]out|n')\b))?[^\W\d_](?!\.[^\W\d_]\.)[^\W_]*"
    r"(?:'[^\W\d_]+){0,3}(?![$£€¥]|[^\W_]))"
    r"|((?:[^\W\d_]\.){2,8}(?:[^\W\d_](?![^\W_]))?)"
    r"|('?\d{1,2}:\d{2}(?!\d)|\d{1,2}/\d{1,4}(?:/\d{1,4})?(?![\w/])"
    r"|\d{1,3}(?:,\d{3}){1,9}(?:\.\d{1,12})?[^\W\d_]{0,4}(?![^\W_])|\d{1,30}(?:\.\d{1,12})?[^\W\d_]{0,4}(?![^\W_])"
    r"|\d[^\W_]{0,40})"
    r"|(\.{2,}|\.(?: \.){1,10})"
    r"|((?:US|A|C|NZ|HK)?[$£€¥₹₽₩₺₪₴₿](?=\s?\d))"
    r"|([^\w\s])",
)
_WORD, _INITIALS, _NUMBER, _ELLIPSIS, _MONEY, _MARK = range(1, 7)
#: In a word: "[T]he", "agree[d]", "w[ill]".
_LETTER_BRACKET = re.compile(r"(?<=\w)\[([A-Za-z']{1,12})\]|\[([A-Za-z]{1,12})\](?=[a-z])")
_BRACKET = re.compile(r"\[[^\[\]]{0,160}\]|\([^()]{0,160}\)")
#: A closing mark with its comma or full stop, words without marks, an opening mark: where a cue may have been cut into
#: a quotation. Without the punctuation the marks are scare quotes, and what stands between belongs to the text.
_BETWEEN_MARKS = re.compile(
    r"(?<=\S)(?:(?<=[,.?!—-])(['\"])|(['\"])(?=[,—]))(,?[\s—-][^\"\[\]]{2,120}[\s—-])(?:\1|\2)(?=\S)"
)
#: The same where an ellipsis stands for the first mark: ... he said. "and so on.
_AFTER_ELLIPSIS = re.compile(r"(?<=\.\.)\s([^\"\[\].]{2,60}[.,])\s\"(?=\S)")
#: The same after the last closing mark: ...," he said.
_AFTER_MARKS = re.compile(r"(?:(?<=[,.?!—-])\"|(?<=[^\s\"])\"(?=,))(,?\s[^\"\[\]]{2,120})$")
#: Verbs of saying, as a class of cues between two halves of a quotation (AP and Reuters style guides on attribution).
_SAYING = re.compile(
    r"\b(?:sa(?:id|ys)|told|tells|add(?:ed|s)|according to|continued|ask(?:ed|s)|explain(?:ed|s)|wr(?:ote|ites)"
    r"|tweet(?:ed|s)|post(?:ed|s)|stat(?:ed|es)|not(?:ed|es)|insist(?:ed|s)|argu(?:ed|es)|repl(?:ied|ies)"
    r"|recall(?:ed|s)|warn(?:ed|s)|declar(?:ed|es)|announc(?:ed|es)|remark(?:ed|s)|conclud(?:ed|es)|jok(?:ed|es)"
    r"|shout(?:ed|s)|cried|yelled|whispered|muttered|snapped|boasted|lamented|complained|pleaded|vowed|promised|testified"
    r"|observ(?:ed|es)|quipped|went on|confirmed|stress(?:ed|es)|suggested|admitted|claim(?:ed|s)|responded)\b",
    re.IGNORECASE,
)
_NOT_SAYING = re.compile(r"\b(?:not|never|no|without|if)\b|n't\b", re.IGNORECASE)
_PAUSES = {",": 1, ";": 1, ":": 1, "—": 1, ".": 2, "?": 2, "!": 2}
_KEPT_MARKS = frozenset("$£€¥₹₽₩₺₪₴₿%°¢/")
_PARTICIPLES = frozenset("been had gone done seen made given taken known said told heard better got put lost won "
                         "become begun broken chosen come fallen forgotten grown left met paid run sent "
                         "spoken spent stood thought written".split())  # fmt: skip
_IS_HOLDERS = frozenset("it that he she there what who here where how this when why everything everyone everybody "
                        "nothing nobody something someone".split())  # fmt: skip


def normalise(text: str) -> Normalised:
    """Words of `text` in one form. Never raises; cost linear in `text`, about 40 microseconds for a sentence.

    >>> normalise("We’ve spent $2.5m — it isn’t “organised”!").keys
    ('we', 'have', 'spent', '2500000', 'dollars', 'it', 'is', 'not', 'organized')
    """
    folded, offsets = fold(text)
    edits: list[int] = []
    if "[" in folded:
        folded, offsets, edits = _open_letter_brackets(folded, offsets)
    has_skips = "[" in folded or "(" in folded or '"' in folded or "'" in folded
    skips = _skips(folded) if has_skips else []
    is_plain = not skips and not edits and _PLAIN.fullmatch(folded) and not _NOT_PLAIN.search(folded)
    if is_plain:
        tokens, gaps, end_mark = _read_plain(folded)
    else:
        tokens, gaps, end_mark = _read(folded, skips)
    if not tokens:
        return Normalised(text, (), (), (), (), (), tuple(gaps), end_mark)
    keys, starts, ends, pauses, capitals, _ = zip(*tokens, strict=True)
    if not NUMBER_MARKS.isdisjoint(keys) or not (is_plain or all(key[0] > "9" for key in keys)):
        tokens, gaps = _merged(tokens, gaps)
        tokens, gaps = _without_marks(tokens, gaps)
        if not tokens:
            return Normalised(text, (), (), (), (), (), tuple(gaps), end_mark)
        keys, starts, ends, pauses, capitals, _ = zip(*tokens, strict=True)
    edited: frozenset[int] = frozenset()
    if edits:
        places = list(zip(starts, ends, strict=True))
        edited = frozenset(at for at, (start, end) in enumerate(places) if any(start <= edit < end for edit in edits))
    if not isinstance(offsets, range):
        starts = tuple([offsets[start] for start in starts])
        ends = tuple([offsets[end - 1] + 1 for end in ends])
    if folded.isupper():
        capitals = (False,) * len(keys)
    return Normalised(text, keys, starts, ends, pauses, capitals, tuple(gaps), end_mark, edited)


def keys_of(text: str) -> tuple[str, ...]:
    """What `normalise(text).keys` gives: for plain sentences in a fifth of the time, since nothing else is read.

    >>> keys_of("“We’ve told you, haven’t we?”")
    ('we', 'have', 'told', 'you', 'have', 'not', 'we')
    """
    plain = text.replace("’", "'").strip('“”" ')
    if (
        "  " in plain
        or not plain.replace("—", "").isascii()
        or '"' in plain
        or "[" in plain
        or "(" in plain
        or "&" in plain
    ):
        return normalise(text).keys
    keys: list[str] = []
    all_printed = plain.split()
    for at, printed in enumerate(all_printed):
        found = _printed_keys(printed)
        if found is None:
            return normalise(text).keys
        keys += found
        if found and found[-1][0] == "'":  # no mark follows, see below
            keys[-1] = _spelled_out(keys[-1], found[-2], all_printed[at + 1 : at + 3])
    return tuple(keys)


_PRINTED = re.compile(r"([A-Za-z]+(?:'[A-Za-z]+)?(?:(?:--?|—)[A-Za-z]+(?:'[A-Za-z]+)?){0,4})([,.?!;:]?|--?|—)")
_MARKS_ALONE = frozenset({"--", "-", "—", "...", "....", ",", "."})


@lru_cache(maxsize=400_000)
def _printed_keys(printed: str) -> tuple[str, ...] | None:
    """Keys of what stands between two spaces, or None where they depend on what stands around it."""
    match = _PRINTED.fullmatch(printed)
    if match is None:
        return () if printed in _MARKS_ALONE else None
    *before, last = match[1].lower().replace("—", "-").replace("--", "-").split("-")
    keys = (*(key for word in before for key in _keys_of(word, False)), *_keys_of(last, match[2] == "."))  # noqa: FBT003
    is_open = keys[-1] in _SHORTENED and (len(keys) == 1 or match[2])
    if is_open or any(key in NUMBER_MARKS or key in _SHORTENED for key in keys[:-1]) or keys[-1] in NUMBER_MARKS:
        return None
    return keys


_SHORTENED = frozenset({"'s", "'d"})


def _without_marks(tokens: list[Token], gaps: list[Gap]) -> tuple[list[Token], list[Gap]]:
    """`tokens` without the marks that no number needed, and the gaps moved along."""
    keep = [index for index, token in enumerate(tokens) if token[0] not in _DROPPED]
    if len(keep) == len(tokens):
        return tokens, gaps
    moved = [sum(index < gap.at for index in keep) for gap in gaps]
    gaps = [Gap(at, gap.keys, gap.bracket) for at, gap in zip(moved, gaps, strict=True)]
    return [tokens[index] for index in keep], gaps


_DROPPED = _KEPT_MARKS | {"-"}
#: What makes it worth while to look for numbers, and for marks that only numbers keep.
NUMBER_MARKS = NUMBER_WORDS | _DROPPED | {"minus"}


def _merged(tokens: list[Token], gaps: list[Gap]) -> tuple[list[Token], list[Gap]]:
    """Numbers merged, and the gaps moved to the token that now stands behind them."""
    merged: list[Token] = list(merge_numbers([Raw(*token) for token in tokens]))
    places = [tokens[gap.at][1] if gap.at < len(tokens) else None for gap in gaps]
    moved = []
    for gap, place in zip(gaps, places, strict=True):
        at = len(merged) if place is None else next((i for i, t in enumerate(merged) if t[2] > place), len(merged))
        moved.append(Gap(at, gap.keys, gap.bracket))
    return merged, moved


def _open_letter_brackets(folded: str, offsets: Sequence[int]) -> tuple[str, Sequence[int], list[int]]:
    """`folded` without brackets inside words, the new offsets, and the places where letters were put in."""
    pieces: list[str] = []
    places: list[int] = []
    edits: list[int] = []
    at = 0
    for match in _LETTER_BRACKET.finditer(folded):
        inside = 1 if match[1] is not None else 2
        for start, end in ((at, match.start()), match.span(inside)):
            if (start, end) == match.span(inside):
                edits.append(len(places))
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
    for _ in range(2 if '"' in folded or "'" in folded else 0):  # twice: a cue may have been cut into a cue
        cues = [
            match.span()
            for pattern in (_BETWEEN_MARKS, _AFTER_MARKS, _AFTER_ELLIPSIS)
            for match in pattern.finditer(folded)
            if _SAYING.search(match[0]) and not _NOT_SAYING.search(match[0])
        ]
        if not cues:
            break
        found += [(start, end, False) for start, end in cues]
        for start, end in cues:
            folded = folded[:start] + " " * (end - start) + folded[end:]
    found.sort(key=lambda skip: (skip[0], -skip[1]))
    apart: list[tuple[int, int, bool]] = []
    for skip in found:
        if not apart or skip[0] >= apart[-1][1]:
            apart.append(skip)
    return apart


#: Letters and common marks alone; and among them what the quick reader leaves to the thorough one: initials, dots in a
#: row, hyphens that may be dashes, apostrophes that may be quotation marks.
_PLAIN = re.compile(r"[A-Za-z' ,.?!;:\"—-]*")
_NOT_PLAIN = re.compile(r"[A-Za-z]\.[A-Za-z]|\.[ .]*\.|(?<![A-Za-z])['-]|['-](?![A-Za-z])")
_SEPARATOR = re.compile(r"([^A-Za-z']+)")


def _read_plain(folded: str) -> tuple[list[Token], list[Gap], str]:
    """What `_read` gives for plain text, in half the time: words and what stands between them, by one split."""
    tokens: list[Token] = []
    pause, end_mark, hyphen, at = 2, "", False, 0
    parts = _SEPARATOR.split(folded)
    parts.append("")
    for index in range(0, len(parts) - 1, 2):
        word, separator = parts[index], parts[index + 1]
        if word:
            end = at + len(word)
            keys, capital, is_stopped = _plain_word(word, separator[:1] == ".")
            if len(keys) == 1:
                tokens.append((keys[0], at, end, pause, capital and pause < 2, hyphen))
            else:
                after = folded[end : end + 64]
                _append_many(tokens, keys, at, end, pause, capital=capital and pause < 2, after=after)
            pause, end_mark, hyphen = 0, "", False
            at = end
            if is_stopped:
                at += 1
                separator = separator[1:]
        at += len(separator)
        if separator != " ":
            more, mark, hyphen = _plain_separator(separator)
            pause = max(pause, more)
            end_mark = mark or end_mark
    return tokens, [], end_mark


@lru_cache(maxsize=200_000)
def _plain_word(word: str, stop: bool) -> tuple[tuple[str, ...], bool, bool]:  # noqa: FBT001 - as `_keys_of`
    """Keys of a word as printed, whether its capital may mean a name, and whether its full stop is its own."""
    lower = word.lower()
    capital = word[0].isupper() and word not in _I_FORMS
    return _keys_of(lower, stop), capital, stop and lower in _STOPPED


@lru_cache(maxsize=10_000)
def _plain_separator(separator: str) -> tuple[int, str, bool]:
    """Pause, closing mark and hyphen that the marks between two words make."""
    pause = max((_PAUSES.get(mark, 0) for mark in separator), default=0)
    end_mark = ""
    for mark in separator:
        if mark in ".?!" and not (mark == "." and end_mark):
            end_mark = mark
    return pause, end_mark, separator == "-"


def _read(folded: str, skips: list[tuple[int, int, bool]]) -> tuple[list[Token], list[Gap], str]:
    """Tokens, gaps and closing mark of `folded`, without the stretches in `skips`."""
    tokens: list[Token] = []
    gaps: list[Gap] = []
    pause, end_mark, at = 2, "", 0
    for start, end, is_bracket in skips:
        pause, end_mark = _read_part(folded, tokens, gaps, pause, end_mark, at, start)
        if is_bracket:
            inside: list[Token] = []
            _read_part(folded, inside, [], 0, "", start + 1, end - 1)
            if not inside:
                gaps.append(Gap(len(tokens)))  # "[...]"
            elif not STAGE_BUSINESS.issuperset(token[0] for token in inside):
                gaps.append(Gap(len(tokens), tuple(token[0] for token in inside), bracket=True))
        elif folded[end : end + 1].islower() or folded[end : end + 1].isdigit():
            pause = 0  # a cue: the comma before its marks is the printer's
        at = end
    _, end_mark = _read_part(folded, tokens, gaps, pause, end_mark, at, len(folded))
    return tokens, gaps, end_mark


def _read_part(
    folded: str, tokens: list[Token], gaps: list[Gap], pause: int, end_mark: str, start_at: int, stop: int
) -> tuple[int, str]:
    """Append the tokens from `start_at` to `stop`; give back the pause and the closing mark so far."""
    hyphen, abbreviated_at = False, -1
    add = tokens.append
    for match in _TOKEN.finditer(folded, start_at, stop):
        kind = match.lastindex
        word = match[0]
        start, end = match.span()
        if kind == _WORD:
            capital = pause < 2 and word[0].isupper() and word not in _I_FORMS
            has_stop = folded[end : end + 1] == "."
            keys = _keys_of(word.lower(), has_stop)
            if len(keys) == 1:
                add((keys[0], start, end, pause, capital, hyphen))
            else:
                _append_many(tokens, keys, start, end, pause, capital=capital, after=folded[end : end + 64])
            if has_stop and word.lower() in _STOPPED:
                abbreviated_at = end
            pause, hyphen, end_mark = 0, False, ""
        elif kind == _MARK:
            if word in _PAUSES and start != abbreviated_at:
                pause = max(pause, _PAUSES[word])
                if pause == 2 and word in ".?!" and not (word == "." and end_mark):
                    end_mark = word
            elif word == "-":
                pause, hyphen = _at_hyphen(folded, tokens, start, pause)
            elif word in _KEPT_MARKS or word == "&":
                add(("and" if word == "&" else word, start, end, pause, False, False))
                pause = 0
        elif kind == _ELLIPSIS:
            gaps.append(Gap(len(tokens)))
            pause = max(pause, 1)
        else:
            if kind == _INITIALS:
                add((word.replace(".", "").lower(), start, end, pause, pause < 2, False))
            else:
                add((word.lower().lstrip("'"), start, end, pause, False, hyphen))
            pause, hyphen, end_mark = 0, False, ""
    return pause, end_mark


def _at_hyphen(folded: str, tokens: list[Token], at: int, pause: int) -> tuple[int, bool]:
    """Pause and hyphen after a hyphen at `at`: a dash, a minus, a range or a compound."""
    before, after = folded[at - 1 : at], folded[at + 1 : at + 2]
    if after == "-" or before == "-" or (before in {" ", ""} and after in {" ", ""}):
        return max(pause, 1), False
    if after.isdigit() and (before.isdigit() or before in {" ", ""}):
        tokens.append(("-" if before.isdigit() else "minus", at, at + 1, 0, False, False))
        return pause, False
    return pause, True


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
    tokens: list[Token], keys: tuple[str, ...], start: int, end: int, pause: int, *, capital: bool, after: str
) -> None:
    for index, key in enumerate(keys):
        read = key
        if index and key[0] == "'":
            read = _spelled_out(key, keys[index - 1], [*keys[index + 1 :], *after.split(None, 2)[:2]])
        tokens.append((read, start, end, pause if index == 0 else 0, capital and index == 0, False))


def _spelled_out(key: str, before: str, after: list[str]) -> str:
    """The word that "'s" or "'d" stands for behind the key `before`, where what is printed after it can tell."""
    following, then = [*(word[:23].strip(".,;:!?\"'").lower() for word in after), "", ""][:2]
    if following in _BEFORE_PARTICIPLES:
        following = then
    if key == "'s" and before in _IS_HOLDERS:
        return "has" if following in {"been", "got", "had", "become"} else "is"
    if key == "'d":
        is_had = following in _PARTICIPLES or (following.endswith("ed") and len(following) > 4)
        return "had" if is_had else "would"
    return key


#: Adverbs between a contracted auxiliary and its participle: "she's never been".
_BEFORE_PARTICIPLES = frozenset("never always already just also not ever only really now long often since".split())
