"""Which date expression dates the saying."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claimtrack.attribution import DateBasis, Span
from claimtrack.extract.dates.bond import Bond, bond_of
from claimtrack.extract.dates.expression import Expression, Lean, Link, Sense
from claimtrack.extract.dates.leaning import settle
from claimtrack.extract.dates.reading import DateReading
from claimtrack.extract.dates.timeline import Timeline
from claimtrack.extract.dates.when import not_after

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

#: Cues that go on with what somebody was already saying.
_CONTINUING = frozenset(
    "added adds add adding continued continues continuing went goes going concluded concludes concluding".split()
)
_OVERHANG = 20  #: characters by which a date can begin before a sentence that was cut after "Tues."
_TWO_DATES = "The text gives two dates that do not agree: “{}” and “{}”."


def date_of_saying(
    sentence: "Sentence | None",
    cue: "Token | None",
    content: Sequence[Span],
    timeline: Timeline,
    *,
    previous: DateReading | None = None,
    base: int = 0,
) -> DateReading:
    """When the words of one statement were said: what the text fixes, else the document's own date (basis ARTICLE).

    Args:
        sentence: the parsed sentence that holds the cue; where there is no cue, the one in which the content starts;
            None where nothing was parsed (a labelled turn, a block post).
        cue: the cue verb, or "according" of "according to"; None for a floating quote and a labelled turn.
        content: the statement's own content spans, in document offsets. What lies in there never dates the saying,
            except an unquoted date adverb that directly follows the cue ("said Tuesday the talks would resume").
            Spans of other statements in the sentence may be passed too; one that holds the cue is ignored.
        timeline: `read_timeline(text, published_on)` of the whole document.
        previous: the reading of the statement before this one, if it has the same speaker and no statement of anybody
            else stands between; else None. It is taken over only where this statement plainly continues it: no cue,
            a cue such as "added" or "went on", or a cue in the same sentence that depends on the earlier one.
        base: offset of `sentence.doc` in the document's text, where a long text is parsed in pieces.

    Returns:
        A reading with basis TEXT, ARTICLE, or None with `why` (the text leaves the day open, or the document has no
        date). Never raises for any text.
    """
    if sentence is not None and cue is not None:
        found = _in_sentence(sentence, cue, content, timeline, base)
        if found:
            return found
    if previous and previous.basis is not DateBasis.ARTICLE and (cue is None or cue.lower_ in _CONTINUING):
        return DateReading(
            previous.said_on, previous.words, previous.basis, "date.continued", previous.why, previous.span
        )
    if timeline.published_on is None:
        return DateReading(None, None, None, "date.none", "The document has no date.", None)
    return DateReading(timeline.published_on.isoformat(), None, DateBasis.ARTICLE, "date.article", None, None)


def _in_sentence(
    sentence: "Sentence", cue: "Token", content: Sequence[Span], timeline: Timeline, base: int
) -> DateReading | None:
    """The date that the sentence gives the cue; None when it gives none."""
    start, end = base + sentence.start_char, base + sentence.end_char
    expressions = [e for e in timeline.within(start - _OVERHANG, end) if e.end > start]
    if not expressions:
        return None
    cue_span = Span(base + cue.idx, base + cue.idx + len(cue))
    own = [span for span in content if not span.overlaps(cue_span)]
    senses = []
    for expression in expressions:
        if expression.sense.is_future or not _is_outside(expression, own, cue_span, timeline.text):
            continue
        sense = _sense(expression, sentence, cue, own, timeline, base)
        if sense:
            senses.append((expression, sense))
    return _chosen(senses, timeline) if senses else None


def _is_outside(expression: Expression, content: Sequence[Span], cue: Span, text: str) -> bool:
    """Whether the expression stands outside the content, or as an adverb between the cue and the clause it opens."""
    if not any(span.start < expression.end and expression.start < span.end for span in content):
        return not any(cue.end <= span.start and _goes_on(text, span, expression) for span in content)
    if text[cue.end : expression.start].strip() or expression.lead not in {"", "on"}:
        return False
    return text[expression.end : expression.end + 1] == " " and text[expression.end + 1 : expression.end + 2].isalpha()


def _goes_on(text: str, content: Span, expression: Expression) -> bool:
    """Whether the expression goes on an unquoted content without a comma: "said the talks begin [on Tuesday]"."""
    gap = text[content.end : expression.start]
    return content.end <= expression.start and gap.isspace() and text[content.end - 1].isalnum()


def _sense(
    expression: Expression, sentence: "Sentence", cue: "Token", content: Sequence[Span], timeline: Timeline, base: int
) -> Sense | None:
    """What the expression says about the day of the saying; None when it dates something else."""
    words = sentence.doc.char_span(expression.core - base, expression.end - base, alignment_mode="expand")
    if words is None or len(words) == 0:
        return None

    def is_content(token: "Token") -> bool:
        return any(span.start <= base + token.idx < span.end for span in content)

    heads = [token for token in words if token.head not in words or token.head == token]
    bonds = (
        bond_of(expression, head, cue, is_content)
        for head in heads
        if head.text[:1].isalnum() and head.lower_ not in {"this", "that", "the"}
    )
    bond = next((bond for bond in bonds if bond), None)
    if bond is None:
        return None
    sense, published = expression.sense, timeline.published_on
    if bond is Bond.AT or sense.when is None or expression.kind in {"vague", "beforehand"}:
        return sense
    if bond is Bond.BEFORE:
        return Sense(not_after(sense.when.last))
    return settle(Lean(Link.AFTER), sense.when, published, timeline.text[expression.start : expression.end])


def _chosen(senses: list[tuple[Expression, Sense]], timeline: Timeline) -> DateReading:
    """One reading of all that date the saying: the narrowest that the others hold; open where they do not agree."""
    dated = [(e, s.when) for e, s in senses if s.when]
    for expression, when in dated:
        if all(other.holds(when) for _, other in dated):
            span = Span(expression.start, expression.end)
            words = span.of(timeline.text)
            return DateReading(when.edtf, words, DateBasis.TEXT, f"date.{expression.kind}", None, span)
    first = senses[0][0]
    span = Span(first.start, first.end)
    words = span.of(timeline.text)
    if not dated:
        why = senses[0][1].why or f"“{words}” gives no day."
    else:
        second = dated[1][0]
        why = _TWO_DATES.format(words, timeline.text[second.start : second.end])
    return DateReading(None, words, None, f"date.{first.kind}", why, span)
