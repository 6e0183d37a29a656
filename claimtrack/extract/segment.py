"""Sentences of a paragraph, with quotations kept whole, and the short form of each that the parser reads.

A statistical parser stumbles over quotation marks and over three quoted sentences inside one. So the parser gets a
*skeleton*: a quoted utterance becomes the two words "It works", a quoted fragment stays without its marks. The skeleton
remembers where each character comes from, so that all offsets stay those of the text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from claimtrack import limits
from claimtrack.attribution import Span
from claimtrack.extract.cues import VERBS, Frame
from claimtrack.extract.marks import Quotation

#: Words that belong to a verb of saying: "went on", "shot back", "chimed in".
_PARTICLES = frozenset({"on", "back", "in"})
#: What stands in the skeleton for a quoted utterance: the shortest clause that the parser takes for a complement.
PLACEHOLDER = "It works"

_STOP = re.compile(r"[.!?…]{1,6}[\"'”’»)\]]{0,4}(?=\s|$)|[.!?…]{1,6}[”’»](?=[A-Z“‘])")
_ABBREVIATIONS = frozenset(
    """mr mrs ms dr sen rep gov gen col sgt lt capt cmdr maj adm prof rev hon st mt vs v etc inc ltd co corp jr sr no
    jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri sat sun fig figs art ch
    pp ed eds ph.d m.d a.m p.m e.g i.e approx dept est messrs supt insp det sec pres reps sens govs atty asst assn
    bros univ ave blvd rd ft conn mass calif fla ariz ala ark colo del ga ill ind kan ky la md me mich minn miss
    mont neb nev okla ore pa tenn tex va vt wash wis wyo wis n.c s.c n.d s.d n.h n.j n.m n.y r.i w.va""".split()
)
_AFTER_ACRONYM = frozenset(
    """The A An He She It They We I You But And In On At This That These Those His Her Their There When If As For So
    Yet Mr Mrs Ms""".split()
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence outside quotation marks or, with `level` above 0, one inside a quotation.

    `quotes` are the outermost quotations in it; `utterances` tells for each whether it is a whole utterance.
    """

    span: Span
    paragraph: int
    quotes: tuple[Quotation, ...] = ()
    utterances: tuple[bool, ...] = ()
    level: int = 0
    within: Quotation | None = None


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The text that the parser reads and, for each of its characters, the offset in the document.

    Characters of a placeholder hold -1 - n, n being the index of its quotation in the sentence.
    """

    text: str
    offsets: list[int] = field(repr=False)


def sentences(text: str, paragraph: int, body: Span, quotes: Sequence[Quotation], level: int = 0) -> list[Sentence]:
    """Sentences of `body`, in order. `quotes` are the quotations in it. Linear in the length of the body.

    >>> text = "“It leaks. It always did,” she said. “Now it floods.”"
    >>> from claimtrack.extract.marks import quotations
    >>> body = Span(0, len(text))
    >>> [s.span.of(text) for s in sentences(text, 0, body, quotations(text, [body])[0])]
    ['“It leaks. It always did,” she said.', '“Now it floods.”']
    """
    outer = [q for q in quotes if q.depth == level]
    found: list[Sentence] = []
    start, first = body.start, 0
    for end in [*_ends(text, body, outer), body.end]:
        while start < end and text[start].isspace():
            start += 1
        stop = end
        while stop > start and text[stop - 1].isspace():
            stop -= 1
        while first < len(outer) and outer[first].span.start < start:
            first += 1
        last = first
        while last < len(outer) and outer[last].span.end <= stop:
            last += 1
        if stop > start:
            found.extend(_sized(text, paragraph, Span(start, stop), outer[first:last], level))
        first, start = last, end
    return found


def _sized(text: str, paragraph: int, span: Span, mine: Sequence[Quotation], level: int) -> Iterator[Sentence]:
    """The sentence, or its pieces where the words outside quotations are more than the parser is given at once."""
    n = 0
    while True:
        cut, here = _piece(text, span, mine, n)
        n += len(here)
        part = Span(span.start, cut)
        yield Sentence(part, paragraph, here, _utterances(text, part, here), level)
        if cut >= span.end:
            return
        span = Span(cut, span.end)


def _piece(text: str, span: Span, mine: Sequence[Quotation], n: int) -> tuple[int, tuple[Quotation, ...]]:
    """End of the piece that begins `span`, at a space, and the quotations of `mine` from the n-th that are in it."""
    here: list[Quotation] = []
    room, at = limits.MAX_SENTENCE_CHARS, span.start
    for q in mine[n : n + limits.MAX_SENTENCE_TOKENS]:
        if q.span.start - at > room:
            break
        room -= q.span.start - at
        at = q.span.end
        here.append(q)
    if span.end - at <= room:
        return span.end, tuple(here)
    cut = at + room
    space = text.rfind(" ", at + room // 2, cut)
    return (space if space > at else max(cut, at, span.start + 1)), tuple(here)


def _ends(text: str, body: Span, outer: Sequence[Quotation]) -> list[int]:
    ends = []
    n = 0
    for match in _STOP.finditer(text, body.start, body.end):
        at = match.start()
        while n < len(outer) and outer[n].span.end <= at:
            n += 1
        quote = outer[n] if n < len(outer) and outer[n].span.start <= at else None
        end = match.end()
        if quote:
            if end < quote.span.end:
                continue
            end = max(quote.span.end, end) if match.end() <= quote.span.end + 2 else quote.span.end
            if not _ends_after_quote(text, body, end, text[at]):
                continue
        elif not _ends_here(text, body, at, end):
            continue
        ends.append(end)
    return ends


def _ends_here(text: str, body: Span, at: int, end: int) -> bool:
    """Whether a full stop outside quotations ends a sentence: no abbreviation, initial, or lower case behind it."""
    rest = text[end : min(body.end, end + 40)].lstrip()
    if not rest:
        return True
    if rest[0].islower() or rest[0] in ",;:":
        return False
    if text[at] != "." or end - at > 1:
        return True
    words = text[max(body.start, at - 20) : at].split()
    word = words[-1].lstrip("(“\"‘'[") if words else ""
    if len(word) == 1 and word.isupper() and word != "I":
        return False
    if "-" in word:
        word = word.rsplit("-", 1)[1]
    if word.lower() in _ABBREVIATIONS:
        return (
            word.lower() in {"a.m", "p.m", "inc", "co", "corp", "ltd", "etc", "jr", "sr"}
            and rest.split()[0].strip(",") in _AFTER_ACRONYM
        )
    if "." in word and len(word) <= 5:
        return rest.split()[0].strip(",’'") in _AFTER_ACRONYM or rest[0] in '“‘"'
    return True


def _ends_after_quote(text: str, body: Span, end: int, stop: str) -> bool:
    """Whether a sentence ends with the quotation before `end`: not before a dash, lower case or "Ana Ruiz asked"."""
    rest = text[end : min(body.end, end + 160)]
    bare = rest.lstrip()
    if not bare:
        return True
    if bare[0] in ",;:—–―" or bare.startswith(("- ", "-- ")):
        return False
    if bare[0].islower():
        return False
    if bare[0] in "“‘\"'«„":
        return True
    return not _is_cue_clause(rest, stop)


_TAIL = re.compile(
    r"\s*(?:$|[.,;:—–―-]|(?:on|in|at|to|as|after|before|with|during|while|when|of|from|by|about|via|through|over|later|earlier|"
    r"yesterday|today|last|this|again|back|him|her|them|me|us|reporters|\w+ly|[A-Z]\w+day)\b)"
)


#: A nickname in marks, a party or club in brackets: parts of a name.
_ASIDES = re.compile(r"[“\"]\w{1,20}[”\"]|\([^()\n]{1,40}\)")
#: Verbs that show that the words after a quotation are a sentence of their own.
_NO_CUE = frozenset("was is were are had has have did does would will not been be".split())


def _is_cue_clause(rest: str, stop: str) -> bool:
    """Whether the words after a quotation that ends as a sentence say who spoke: "Murphy, the chairman, asked".

    A name or role, perhaps with an apposition, then a cue verb, then no clause of its own. After a full stop, which the
    page should have printed as a comma, nothing but the cue may follow.
    """
    rest = _ASIDES.sub(lambda m: " " * len(m.group()), rest)
    words = list(re.finditer(r"[\w’'-]+", rest))
    for n, match in enumerate(words[1:16], start=1):
        form = VERBS.get(match.group().lower())
        if form is None or not form.frames & Frame.QUOTE or not form.inflections & {"past", "third"}:
            if match.group().lower() in _NO_CUE or (n > 6 and "," not in rest[: match.start()]):
                return False
            stopped = re.search(r"[.!?:;“”\"]", rest[words[n - 1].end() : match.start()])
            if stopped and not (stopped.group() == "." and words[n - 1].group().lower() in _ABBREVIATIONS):
                return False
            continue
        tail = rest[match.end() :]
        if stop == ".":
            return not tail.strip() or tail.lstrip()[0] in ".,"
        return _TAIL.match(tail) is not None and not tail.startswith((" that ", ": “", ", “", ": ‘", ': "', ', "'))
    return False


def _utterances(text: str, span: Span, quotes: Sequence[Quotation]) -> tuple[bool, ...]:
    out: list[bool] = []
    previous = span.start
    for q in quotes:
        out.append(_is_utterance(text, span, previous, q) or (any(out) and _goes_on(text, previous, q)))
        previous = q.span.end
    return tuple(out)


#: Verbs that tell somebody: right behind them stands whom, without a comma.
NEED_HEARER = frozenset("tell remind assure inform notify reassure".split())


def _goes_on(text: str, previous: int, q: Quotation) -> bool:
    """Whether a quotation goes on the one before it after the cue: "..., he said, ‘and I’ll find out’"."""
    between = text[previous : q.span.start].strip()
    words = re.findall(r"[\w’'-]+", between)
    linked = between[-1:] in {",", ":", "—", "–"} or words[-1:] in (["and"], ["but"])
    return linked and len(words) <= 25 and any(w.lower() in VERBS for w in words)


def _is_utterance(text: str, span: Span, previous: int, q: Quotation) -> bool:
    """Whether the quotation stands for itself (a sentence of speech) and not as a part of the sentence around it."""
    inner = q.inner.of(text).strip()
    before = text[previous : q.span.start].rstrip()
    after = text[q.span.end : span.end].lstrip()
    first = next((c for c in inner if c.isalnum()), "")
    if not first:
        return False
    starts_big = first.isupper() or first.isdigit() or inner[:1] in "[…."
    stops = inner.rstrip("’'”\"»")[-1:] in ".?!…,—–―-"
    if not q.closed:
        return True
    words_before = re.findall(r"[\w’'-]+", before[-60:])
    last_word = words_before[-1].lower() if words_before else ""
    if last_word in _PARTICLES and len(words_before) > 1:
        last_word = words_before[-2].lower()  # "he went on, “...”"
    if not before.strip(" ,;—–―-"):
        if not after or after[0] in ".,;—–―-:)":
            return starts_big or stops or after[:1] == ","
        if stops:
            return True
        following = [w.lower() for w in re.findall(r"[\w’'-]+", after[:80])]
        said = next((n for n, w in enumerate(following[:5]) if w in VERBS and VERBS[w].frames & Frame.QUOTE), None)
        return starts_big and said is not None and (len(inner.split()) > 2)
    ends = before[-1]
    form = VERBS.get(last_word)
    if ends == ":":
        return True
    if ends in ",—–―-":
        told = [VERBS[w.lower()] for w in words_before[-5:] if w.lower() in VERBS] if len(inner.split()) > 3 else []
        return (starts_big and (len(inner.split()) > 2 or stops)) or (
            ends == ","
            and ((form is not None and bool(form.frames & Frame.QUOTE)) or any(f.frames & Frame.PERSON for f in told))
        )
    if ends in ".?!":
        return starts_big
    if form is not None and form.base in NEED_HEARER:
        return False  # "told “Harbour Today”": whom, not what
    if form is not None and form.frames & Frame.QUOTE and not form.frames & Frame.NAME:
        return starts_big and (stops or len(inner.split()) > 2)
    several = re.search(r"[.?!]\s+[A-Z]", inner) is not None
    return starts_big and stops and several and last_word != "that"


def skeleton(text: str, sentence: Sentence) -> Skeleton:
    """What the parser reads for `sentence`.

    >>> from claimtrack.extract.marks import quotations
    >>> text = "“It leaks. Badly,” she said, calling it “a ruin”."
    >>> body = Span(0, len(text))
    >>> skeleton(text, sentences(text, 0, body, quotations(text, [body])[0])[0]).text
    'It works, she said, calling it a ruin.'
    """
    chars: list[str] = []
    offsets: list[int] = []

    def copy(start: int, end: int) -> None:
        for at in range(start, end):
            char = text[at]
            if char.isspace() or char in "\u200b\ufeff":
                if not chars or chars[-1] == " ":
                    continue
                char = " "
            chars.append(char)
            offsets.append(at)

    at = sentence.span.start
    placed = False
    for n, (q, whole) in enumerate(zip(sentence.quotes, sentence.utterances, strict=True)):
        copy(at, q.span.start)
        at = q.span.end
        if whole:
            if not placed:
                tail = q.inner.of(text).rstrip("”’»\"' ")[-1:]
                if chars and chars[-1] not in " (":
                    chars.append(" ")
                    offsets.append(q.span.start)
                chars.extend(PLACEHOLDER)
                offsets.extend([-1 - n] * len(PLACEHOLDER))
                after = text[at : at + 1]
                if tail in ",.?!—–―…" and after not in {",", ".", ";", ":"}:
                    mark = "," if text[at : sentence.span.end].strip() else "."
                    chars.append(mark)
                    offsets.append(-1 - n)
                placed = True
            continue
        end = q.inner.end
        if stop := re.search(r"[.?!]\s+(?=[A-Z“‘])", q.inner.of(text)):
            end = q.inner.start + stop.start() + 1
        copy(q.inner.start, end)
    copy(at, sentence.span.end)
    return Skeleton("".join(chars), offsets)
