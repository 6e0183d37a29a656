"""Quotations as the marks on the page show them, before anybody asks who speaks.

English prints speech in “curly”, "straight", ‘single’ (British) and «angle» or „low“ marks. An apostrophe looks like a
closing single mark, an inch like a straight one, and a quotation that runs over several paragraphs opens each of them
but closes only the last. Marks are read paragraph by paragraph, so that an odd one costs at most its paragraph.
"""

import re
from dataclasses import dataclass

from claimtrack.attribution import Span
from claimtrack.extract.cues import VERBS

#: Opening mark -> marks that can close it.
_CLOSERS = {
    "“": '”“"',
    "„": "“”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "‘": "’'",
    '"': '"”',
    "'": "'’",
    "「": "」",
    "『": "』",
    "＂": "＂",
}
_DOUBLE = frozenset('“„«»"「『＂')
_MARKS = re.compile("``|(?<!')''(?!')|[“”„«»‹›‘’\"'「」『』＂]")
#: Words that begin with an apostrophe: clipped words and decades.
_ELIDED = re.compile(
    r"(?:em|tis|twas|til|till|cause|bout|round|n|twere|cos|coz|ello|ere|neath|gainst|s|t|\d\ds?)\b", re.IGNORECASE
)
_SPACE_OR_OPEN = frozenset(" \t\u00a0\u2009\u202f([{—–―-/“‘\"'«„…:;")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between marks; `span` holds the marks, `inner` the words.

    `closed` is False when the paragraph ends first. `continues` tells that it goes on a quotation that the paragraph
    before left open. `depth` is 0 for an outer quotation, 1 for one inside it.
    """

    span: Span
    inner: Span
    mark: str
    closed: bool = True
    continues: bool = False
    depth: int = 0

    @property
    def is_double(self) -> bool:
        """Whether the marks are double ones."""
        return self.mark in _DOUBLE


@dataclass(slots=True)
class _Open:
    mark: str
    at: int
    width: int


def quotations(text: str, bodies: list[Span]) -> list[list[Quotation]]:
    """Quotations of each paragraph in `bodies`, in order of their opening marks. Cost grows linearly with the text.

    >>> text = "He said ‘no’ twice."
    >>> [q.span.of(text) for q in quotations(text, [Span(0, len(text))])[0]]
    ['‘no’']
    """
    found: list[list[Quotation]] = []
    pending: str | None = None  # the mark that the paragraph before left open
    for n, body in enumerate(bodies):
        here = _in_paragraph(text, body, bodies[n + 1] if n + 1 < len(bodies) else None)
        if pending and here and here[0].span.start == body.start and here[0].mark == pending:
            first = here[0]
            here[0] = Quotation(first.span, first.inner, first.mark, first.closed, True, first.depth)  # noqa: FBT003
        last = next((q for q in reversed(here) if q.depth == 0), None)
        pending = last.mark if last and not last.closed else None
        found.append(here)
    return _without_stray_openers(text, bodies, found)


def _without_stray_openers(text: str, bodies: list[Span], found: list[list[Quotation]]) -> list[list[Quotation]]:
    """`found`, where an unclosed quotation that nothing continues keeps its words only if it can be speech.

    An unclosed mark before the last word of a paragraph, or an unclosed single mark in mid-sentence, is an apostrophe,
    an inch or a slip; one at the start of a paragraph, or after a comma or colon, is speech whose closing mark is lost.
    """
    kept = []
    for n, here in enumerate(found):
        goes_on = n + 1 < len(found) and bool(found[n + 1]) and found[n + 1][0].continues
        out = []
        for q in here:
            stray = not q.closed and not goes_on and q.depth == 0
            if not stray or (q.is_double and _begins_speech(text, bodies[n], q.span.start)):
                out.append(q)
        kept.append(out)
    return kept


def _in_paragraph(text: str, body: Span, following: Span | None) -> list[Quotation]:
    goes_on = following is not None and text[following.start] in "‘'"
    found: list[Quotation] = []
    stack: list[_Open] = []
    for match in _MARKS.finditer(text, body.start, body.end):
        mark, at, end = match.group(), match.start(), match.end()
        if mark in ("``", "''"):
            mark = '"'
        closes = next((n for n in range(len(stack) - 1, -1, -1) if mark in _CLOSERS[stack[n].mark]), None)
        if mark in "’'‘" and _is_apostrophe(text, body, at, stack, closes, goes_on=goes_on):
            continue
        if closes is not None and _closes(text, body, at, end, mark, stack[closes]):
            opened = stack[closes]
            del stack[closes:]
            span, inner = Span(opened.at, end), Span(opened.at + opened.width, at)
            if text[inner.start : inner.end].strip():
                found.append(Quotation(span, inner, opened.mark, depth=len(stack)))
        elif (
            _opens(text, body, at, end, mark)
            or (mark == "”" and at == body.start and end < body.end and text[end].isalnum())
        ) and len(stack) < 4:
            if stack and stack[-1].mark == mark and len(stack) == 1 and mark in '“"':
                opened = stack.pop()
                if lost := _lost_close(text, opened.at + opened.width, at):
                    found.append(Quotation(Span(opened.at, lost), Span(opened.at + opened.width, lost), mark))
            stack.append(_Open("“" if mark == "”" else mark, at, end - at))
    for depth, opened in enumerate(stack):
        inner = Span(opened.at + opened.width, body.end)
        if inner.start < inner.end and (depth == 0):
            found.append(Quotation(Span(opened.at, body.end), inner, opened.mark, closed=False, depth=depth))
    found.sort(key=lambda q: (q.span.start, -q.span.end))
    return _nested(found)


def _lost_close(text: str, start: int, end: int) -> int | None:
    """Where a quotation ends whose closing mark was lost before the next opens: at the stop before "she said."."""
    tail = text[max(start, end - 120) : end]
    for match in re.finditer(r"[,.?!…](?=\s)", tail):
        rest = tail[match.end() :]
        words = re.findall(r"[\w’'-]+", rest)
        if 2 <= len(words) <= 8 and any(w.lower() in VERBS for w in words):
            return end - len(tail) + match.end()
    return None


def _nested(found: list[Quotation]) -> list[Quotation]:
    """`found`, in order, with the depth that their spans show."""
    out: list[Quotation] = []
    ends: list[int] = []
    for q in found:
        while ends and ends[-1] <= q.span.start:
            ends.pop()
        if ends and q.span.end > ends[-1]:
            continue
        out.append(Quotation(q.span, q.inner, q.mark, q.closed, q.continues, len(ends)))
        ends.append(q.span.end)
    return out


def _before(text: str, body: Span, at: int) -> str:
    return text[at - 1] if at > body.start else " "


def _after(text: str, body: Span, end: int) -> str:
    return text[end] if end < body.end else " "


def _opens(text: str, body: Span, at: int, end: int, mark: str) -> bool:
    before, after = _before(text, body, at), _after(text, body, end)
    if mark in "“„«‹「『":
        return True
    if mark == "’":
        return False
    if after.isspace():
        return False
    if mark == "»":
        return before.isspace() or before in _SPACE_OR_OPEN
    return before.isspace() or before in _SPACE_OR_OPEN


def _closes(text: str, body: Span, at: int, end: int, mark: str, opened: _Open) -> bool:
    """Whether a mark that could close `opened` does: a straight or low mark also opens, by what stands around it."""
    before, after = _before(text, body, at), _after(text, body, end)
    if mark == "“" and opened.mark == "“":
        # a second opening mark in an open quotation: sloppy closing mark, or a nested opening
        return not before.isspace() and not after.isalnum()
    # " word: opens anew
    return not (mark in "\"'＂" and before.isspace() and after.isalnum())


def _is_apostrophe(text: str, body: Span, at: int, stack: list[_Open], closes: int | None, *, goes_on: bool) -> bool:
    """Whether a single mark is an apostrophe: in a word, before a clipped word, after a plural, or a foot.

    `goes_on` tells that the next paragraph begins with a single mark, so that this one's quotation may stay open.
    """
    mark = text[at]
    before, after = _before(text, body, at), _after(text, body, at + 1)
    if before.isalnum() and after.isalnum():
        return True
    if not before.isalnum() and (after.isalnum()) and (before.isspace() or before in _SPACE_OR_OPEN):
        if mark == "’":
            return True
        if _ELIDED.match(text, at + 1, min(body.end, at + 12)):
            # 'em, '90s: single marks don't nest in single marks; elsewhere 'Til opens only what a stop and a mark close
            inside = any(opened.mark in "‘'" for opened in stack)
            if inside or (mark == "'" and not _closes_after_stop(text, body, at + 1)):
                return True
        if mark == "'" and goes_on and _begins_speech(text, body, at):
            return False
        return mark == "'" and not _single_closes_later(text, body, at + 1)
    if closes is None:
        return mark != "‘"
    if text[max(body.start, at - 3) : at].lower() in (" 'n", " ’n", " ‘n") and after in " -":
        return True  # rock 'n' roll
    if before in "sS" and after.isspace():
        open_ended = goes_on and _begins_speech(text, body, stack[closes].at)
        if open_ended or _later_close_is_better(text, body, at + 1):
            return True
    return before.isdigit() and stack[closes].mark not in "‘'"


def _begins_speech(text: str, body: Span, at: int) -> bool:
    """Whether a mark stands where speech begins: first in its paragraph, or after a colon or comma."""
    return at == body.start or text[max(body.start, at - 2) : at].strip()[-1:] in (":", ",")


_CLOSE_AFTER_STOP = re.compile(r"[.,!?…—–―-]['’](?=[\s.,;:!?)\]—–”\"]|$)|['’](?=[\s.,;:!?)\]—–”\"]|$)")


#: What stands next after a plural's apostrophe or a closing mark: a mark that opens, or one that can only close; one
#: after another plural and before a word says nothing.
_SINGLE_AFTER_PLURAL = re.compile(
    r"(?P<opens>‘|(?<=\s)'(?=\w))|[.,!?…]['’](?!\w)|(?<=\w)['’](?=[.,;:!?)]|$)|(?<=[^\WsS])['’](?=\s)"
)
#: What stands next after an elided word: a mark that opens, or one that closes after a stop.
_SINGLE_AFTER_STOP = re.compile(r"(?P<opens>‘|(?<=\s)'(?=\w))|[.,!?…]['’](?!\w)")


def _closes_after_stop(text: str, body: Span, start: int) -> bool:
    """Whether the next single mark closes after a stop (looks at most 3,000 characters ahead)."""
    found = _SINGLE_AFTER_STOP.search(text, start, min(body.end, start + 3000))
    return found is not None and found["opens"] is None


def _single_closes_later(text: str, body: Span, start: int) -> bool:
    """Whether a closing single mark follows within the paragraph (looks at most 3,000 characters ahead)."""
    for match in _CLOSE_AFTER_STOP.finditer(text, start, min(body.end, start + 3000)):
        return match.start() > start
    return False


def _later_close_is_better(text: str, body: Span, start: int) -> bool:
    """Whether, after a plural's apostrophe, a mark behind a full stop or comma closes the quotation later on."""
    found = _SINGLE_AFTER_PLURAL.search(text, start, min(body.end, start + 3000))
    return found is not None and found["opens"] is None
