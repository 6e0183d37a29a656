"""Paragraphs of a text and what each one is: prose, a heading, a labelled turn, a block quotation.

Articles come in three layouts: a paragraph a line, paragraphs between blank lines, and lines wrapped by hand inside
paragraphs. Which one it is shows in the line ends: wrapped lines rarely end a sentence.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from claimtrack.attribution import Span


class Block(Enum):
    """What a paragraph is."""

    PROSE = "prose"
    HEADING = "heading"  #: a short line that ends no sentence
    TURN = "turn"  #: "SEN. RIVERA: ..." - a label, then that person's words
    QUESTION = "question"  #: "Q: ..." - an interviewer's words
    ANSWER = "answer"  #: "A: ..."
    QUOTE = "quote"  #: "> ..." - a block quotation or quoted post
    ASIDE = "aside"  #: "(Applause)"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: all of it, its label ("MAYOR" without the colon) and its words after the label."""

    span: Span
    body: Span
    kind: Block = Block.PROSE
    label: Span | None = None
    #: blank lines before it; 0 for the first one
    gap: int = 1


_LINE = re.compile(r"[^\n\u2028\u2029]+")
_ENDS_SENTENCE = re.compile(r"[.!?:;…。][\"'”’»)\]]{0,3}\s{0,20}$")
#: A label is a name in capitals, or one to six capitalised words, or a handle, then a colon and a space.
#: Brackets behind the name (party, seat) and a time are no part of it.
_LABEL = re.compile(
    r"(?:Q\d{1,4} |[\[(]?(?:\d{1,2} \w{3,9}(?: \d{4})?,? )?\d{1,2}:\d{2}(?::\d{2})?[\])]? (?:- )?)?[\[*_]{0,3}[\"“]?"
    r"(?P<label>[A-Z][A-Z.,'’\- ]{1,60}[A-Z.]|@\w{2,40}|"
    r"[A-Z][\w.'’-]{0,30}(?: (?:of|for|and|de|van|von|al|the|[A-Z][\w.'’-]{0,30})){0,5})"
    r"(?:,? (?P<bracket>[(\[][A-Za-z .,'’-]{1,60}[)\]])){0,2}(?: [(\[]?\d{1,2}:\d{2}(?::\d{2})?[)\]]?)?"
    r"[*_]{0,3}:[*_]{0,3}\s{1,4}(?=\S)"
)
#: A number in a thread ("4/ ", "4/12 "), "RT" and the bullet of a list: no part of what follows.
_THREAD = re.compile(r"(?:\d{1,3}/(?:\d{1,3})?\s{1,3}|RT\s|[•▪‣◦●*]\s{1,3})(?=\S)")
#: "The Secretary of State for Transport (Mr Leo Finch): ": an office too long for a label, and who holds it.
_OFFICE = re.compile(
    r"The [A-Z][\w ,'’-]{4,120} \((?P<label>(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Baroness)\.? )?"
    r"[A-Z][\w.'’-]{1,30}(?: [A-Z][\w.'’-]{1,30}){0,3})\)(?: \([A-Za-z .,'’-]{1,60}\))?:\s{1,4}(?=\S)"
)
#: "Audience member: ", "Unidentified speaker: ": a role in small letters.
_ROLE_LABEL = re.compile(r"(?P<label>[A-Z][a-z]{1,20}(?: [a-z]{2,20}){1,2}):\s{1,4}(?=\S)")
_IN_THE_ROOM = frozenset(
    """member speaker voice caller reporter questioner moderator audience journalist host presenter interviewer
    interpreter translator witness operator chair clerk participant guest attendee resident heckler man woman""".split()
)
#: The line above a post: "@harbourwatch · 10 Mar", "Tor Vale (@TorVale)", "@TorVale replying to @harbourwatch".
_POST_HEAD = re.compile(
    r"(?:[^@\n:“\"]{2,40} )?\(?(?P<label>@\w{2,40})\)?"
    r"(?:\s{1,3}(?:[·•|–—-]\s{1,3}[^“\"\n]{1,40}|replying to @\w{2,40}[^“\"\n]{0,40}))?:?$"
)
#: "Q (Dana Whitlow, Vinje Post)": who asks stands in the bracket.
_ASKER = re.compile(r"[(\[](?P<name>[A-Z][\w.'’-]{0,30}(?: [A-Z][\w.'’-]{0,30}){1,3})[,)\]]")
#: "PORTO VELAS, July 21 (Meridian News) - ": place, day and agency before a report's first sentence.
_DATELINE = re.compile(
    r"[A-Z][A-Z.'’\- ]{2,40}(?:/[A-Z][A-Z.'’\- ]{2,40})?(?:, [A-Z][\w. ]{1,30}){0,2}"
    r"(?: \([A-Z][\w .&]{1,30}\))? ?(?:—|–|--?)\s{1,2}(?=[A-Z“\"‘])"
)
#: A turn has words: "Hale: 46." is a table.
_WORDY = re.compile(r"[^\W\d_]{2}")
#: "[Applause]", "(Laughter.)": what happened in the room, said by nobody.
_ASIDE = re.compile(r"[(\[][^()\[\]]{1,120}[)\]]$")
_QUESTION = re.compile(r"(?:Q|Question|QUESTION)(?:[.:]|\s?[–—-])\s{1,4}(?=\S)|Q\s{1,8}(?=[A-Z“\"])")
_ANSWER = re.compile(r"(?:A|Answer|ANSWER)(?::|\s?[–—])\s{1,4}(?=\S)|A\.\s{1,4}(?=[A-Z“\"])")
_BLOCK = re.compile(r"(?:> ?){1,6}")
#: Words that open a labelled line that nobody speaks: notes of the desk and of the page.
_NOT_A_SPEAKER = frozenset(
    """note notes correction corrections update updated editor read more see also related source sources photo image
    picture caption video watch copyright published date time venue when where why who what how tags topics
    category contact email phone tel address website http https subject re from to cc ps warning tip tips step
    exclusive breaking opinion analysis review live key summary background agenda item resolved case number result
    results score scores attendance referee man kick-off half-time full-time goals january february march april
    may june july august september october november december monday tuesday wednesday thursday friday saturday
    sunday example conclusion verdict rating ruling bottom line lost found wanted""".split()
)


def paragraphs(text: str) -> list[Paragraph]:
    r"""Paragraphs of `text` in order; together they hold every character that is not white space. Linear.

    >>> [p.kind.value for p in paragraphs("Q: Why?\n\nMAYOR: It leaks.\n\nThe roof leaks.")]
    ['question', 'turn', 'prose']
    """
    found: list[Paragraph] = []
    before = 0
    for span in _joined(text):
        gap = text.count("\n", before, span.start)
        found.append(_classified(text, span, gap))
        before = span.end
    return _labels_that_repeat(text, _posts(text, found))


def _joined(text: str) -> Iterator[Span]:
    """Lines, or the paragraphs that hand-wrapped lines make."""
    lines = [span for match in _LINE.finditer(text) if (span := _stripped(text, match.start(), match.end()))]
    if not _is_wrapped(text, lines):
        yield from lines
        return
    current: Span | None = None
    for line in lines:
        if current and text.count("\n", current.end, line.start) == 1 and not _begins_anew(text, line.start):
            current = Span(current.start, line.end)
            continue
        if current:
            yield current
        current = line
    if current:
        yield current


def _begins_anew(text: str, at: int) -> bool:
    """Whether a line can't go on the one before: it is quoted, numbered or a point of a list."""
    return _BLOCK.match(text, at) is not None or _THREAD.match(text, at) is not None


def _is_wrapped(text: str, lines: list[Span]) -> bool:
    """Whether most neighbouring lines break in mid-sentence, after 40 to 120 characters without a full stop."""
    pairs = [
        (a, b)
        for a, b in itertools.pairwise(lines)
        if text.count("\n", a.end, b.start) == 1 and not _begins_anew(text, b.start)
    ]
    broken = sum(
        1
        for a, b in pairs
        if 40 <= a.end - a.start <= 120 and not _ENDS_SENTENCE.search(text, max(a.start, a.end - 8), a.end)
    )
    return len(pairs) >= 2 and broken * 2 > len(pairs)


def _stripped(text: str, start: int, end: int) -> Span | None:
    while start < end and (text[start].isspace() or text[start] in "\ufeff\u200b"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if end > start else None


_WHOLLY_QUOTED = re.compile(r"[“\"‘'][^“”\"\n]{1,4000}[”\"’']")
#: The line above or below what a passer-by says: "MARGE COBB, 68, retired teacher".
_NAMED_BESIDE = re.compile(
    r"(?P<label>[A-Z][\w.'’-]{1,30}(?: [A-Z][\w.'’-]{0,30}){1,4}), (?:\d{1,3}\b|[a-z])[^.:“\"]{0,90}$"
)


def _posts(text: str, found: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs, with the line above a post and the post's first paragraph as one turn of the handle in it.

    So with a line of a name and an age or trade, and the paragraph in quotation marks below or above it.
    """
    kept: list[Paragraph] = []
    for paragraph in found:
        before = kept[-1] if kept else None
        below = _NAMED_BESIDE.match(text, *_ends(paragraph)) if paragraph.kind is Block.HEADING else None
        if below and before is not None and before.label is None and _WHOLLY_QUOTED.fullmatch(text, *_ends(before)):
            whole = Span(before.span.start, paragraph.span.end)
            kept[-1] = Paragraph(whole, before.span, Block.TURN, Span(*below.span("label")), before.gap)
            continue
        if before is not None and before.kind is Block.HEADING and paragraph.kind in (Block.PROSE, Block.HEADING):
            named = _NAMED_BESIDE.match(text, *_ends(before))
            if named and _WHOLLY_QUOTED.fullmatch(text, *_ends(paragraph)):
                whole = Span(before.span.start, paragraph.span.end)
                kept[-1] = Paragraph(whole, paragraph.span, Block.TURN, Span(*named.span("label")), before.gap)
                continue
        if before is not None and before.kind is Block.HEADING and not _THREAD.match(text, *_ends(paragraph)):
            head = _POST_HEAD.match(text, *_ends(before))
            if head and not _POST_HEAD.match(text, *_ends(paragraph)) and text[paragraph.span.start] != "@":
                whole = Span(before.span.start, paragraph.span.end)
                kept[-1] = Paragraph(whole, paragraph.span, Block.TURN, Span(*head.span("label")), before.gap)
                continue
        kept.append(paragraph)
    return kept


def _ends(paragraph: Paragraph) -> tuple[int, int]:
    return paragraph.span.start, paragraph.span.end


def _classified(text: str, span: Span, gap: int) -> Paragraph:
    if match := _THREAD.match(text, span.start, span.end):
        rest = _classified(text, Span(match.end(), span.end), gap)
        return Paragraph(span, rest.body, rest.kind, rest.label, gap)
    if match := _BLOCK.match(text, span.start, span.end):
        body = _stripped(text, match.end(), span.end)
        return Paragraph(span, body or span, Block.QUOTE if body else Block.PROSE, gap=gap)
    for pattern, kind in ((_QUESTION, Block.QUESTION), (_ANSWER, Block.ANSWER)):
        if match := pattern.match(text, span.start, span.end):
            return Paragraph(span, Span(match.end(), span.end), kind, Span(span.start, span.start + 1), gap)
    if _ASIDE.match(text, span.start, span.end):
        return Paragraph(span, span, Block.ASIDE, gap=gap)
    if match := _DATELINE.match(text, span.start, min(span.end, span.start + 120)):
        return Paragraph(span, Span(match.end(), span.end), Block.PROSE, gap=gap)
    if (match := _OFFICE.match(text, span.start, min(span.end, span.start + 220))) or (
        (match := _ROLE_LABEL.match(text, span.start, min(span.end, span.start + 80)))
        and match["label"].split()[-1] in _IN_THE_ROOM
    ):
        return Paragraph(span, Span(match.end(), span.end), Block.TURN, Span(*match.span("label")), gap)
    match = _LABEL.match(text, span.start, min(span.end, span.start + 120))
    if match and _may_speak(match["label"]) and _WORDY.search(text, match.end(), span.end):
        aside = re.compile(r"[(\[][A-Za-z ,.]{1,40}[)\]]\s{1,3}(?=\S)").match(text, match.end(), span.end)
        start = aside.end() if aside else match.end()
        label = Span(*match.span("label"))
        if match["label"] == "Q" and (asker := _ASKER.match(text, max(match.start("bracket"), 0), match.end())):
            label = Span(*asker.span("name"))
        return Paragraph(span, Span(start, span.end), Block.TURN, label, gap)
    short = span.end - span.start <= 120 and not _ENDS_SENTENCE.search(text, max(span.start, span.end - 8), span.end)
    return Paragraph(span, span, Block.HEADING if short else Block.PROSE, gap=gap)


def _may_speak(label: str) -> bool:
    words = re.findall(r"[\w'’-]+", label.lower())
    return bool(words) and not any(word in _NOT_A_SPEAKER for word in words[:2]) and len(words) <= 8


def _labels_that_repeat(text: str, found: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs, with labels kept only where they are a speaker's.

    A name in capitals is one by itself. "Title Case: ..." may be a heading ("Harbour talks: what we know"), so it
    counts when it comes more than once, or has at most four words and the text has at least three such lines. What
    stands above the first turn and ends no sentence ("Present: Ana Ruiz, Tom Hale") is the head of the record.
    """
    counts: dict[str, int] = {}
    for paragraph in found:
        if paragraph.label and paragraph.kind is Block.TURN:
            name = paragraph.label.of(text)
            counts[name] = counts.get(name, 0) + 1
    turns = sum(counts.values())
    kept = []
    is_head = True
    for paragraph in found:
        if paragraph.kind is Block.TURN and paragraph.label:
            name = paragraph.label.of(text)
            ends = _ENDS_SENTENCE.search(text, max(paragraph.span.start, paragraph.span.end - 8), paragraph.span.end)
            is_post = name.startswith("@") or _stands_apart(text, paragraph.label, paragraph.body)
            if is_head and counts[name] == 1 and not ends and not is_post:
                kept.append(Paragraph(paragraph.span, paragraph.span, Block.HEADING, None, paragraph.gap))
                continue
            shouted = (name.upper() == name and len(name) > 3) or text.startswith(("Q (", "Q ["), paragraph.span.start)
            bracket = text[paragraph.label.end : paragraph.label.end + 2].strip()[:1] in ("(", "[")
            repeats = counts[name] > 1 or (turns >= 3 and (len(name.split()) <= 4 or bracket))
            if turns == 1 and shouted and _is_lead(kept, found):
                kept.append(Paragraph(paragraph.span, paragraph.body, Block.PROSE, None, paragraph.gap))
                continue
            if not (shouted or repeats or is_post):
                short = len(paragraph.span.of(text)) <= 120
                kind = Block.HEADING if short and not ends else Block.PROSE
                kept.append(Paragraph(paragraph.span, paragraph.span, kind, None, paragraph.gap))
                continue
            is_head = is_head and is_post  # words with a name below may be the headline
        kept.append(paragraph)
    return kept


def _stands_apart(text: str, label: Span, body: Span) -> bool:
    """Whether a label has a line of its own, above or below the words."""
    return "\n" in text[min(label.end, body.end) : max(label.start, body.start)]


def _is_lead(before: list[Paragraph], found: list[Paragraph]) -> bool:
    """Whether a report's first paragraph comes next: "STENHAM CROWN COURT: A scaffolder ..." says where, not who."""
    prose = sum(paragraph.kind is Block.PROSE for paragraph in found)
    return prose >= 2 and all(paragraph.kind is Block.HEADING for paragraph in before)
