"""Which date expression dates the saying."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from claimtrack.attribution import DateBasis, Span
from claimtrack.extract.dates.bond import Bond, Link, bond_of
from claimtrack.extract.dates.expression import Expression, Lean, Relation, Sense
from claimtrack.extract.dates.leaning import DOCUMENTS, settle
from claimtrack.extract.dates.reading import DateReading
from claimtrack.extract.dates.timeline import Timeline
from claimtrack.extract.dates.when import When, not_after

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

#: Cues that go on with what somebody was already saying.
_CONTINUING = frozenset(
    "added adds add adding continued continues continuing went goes going concluded concludes concluding".split()
)
_ADVERB = 3  #: rank of an adverb of the cue itself
_OVERHANG = 20  #: characters by which a date can begin before a sentence that was cut after "Tues."
_ONE_DAY = re.compile(r"\d{4}-\d\d-\d\d")
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
            "added" or "went on", a participle in the same sentence, or a plain past "she said" after words that are
            dated to the day. "Has said" and "said in a letter" continue nothing.
        base: offset of `sentence.doc` in the document's text, where a long text is parsed in pieces.

    Returns:
        A reading with basis TEXT, ARTICLE, or None with `why` (the text leaves the day open, or the document has no
        date). Never raises for any text.
    """
    if sentence is not None and cue is not None:
        found = _in_sentence(sentence, cue, content, timeline, base)
        if found:
            return found
    if previous and previous.basis is not DateBasis.ARTICLE and _goes_on(sentence, cue, previous, base):
        return DateReading(
            previous.said_on, previous.words, previous.basis, "date.continued", previous.why, previous.span
        )
    if timeline.published_on is None:
        return DateReading(None, None, None, "date.none", "The document has no date.", None)
    return DateReading(timeline.published_on.isoformat(), None, DateBasis.ARTICLE, "date.article", None, None)


def _goes_on(sentence: "Sentence | None", cue: "Token | None", previous: DateReading, base: int) -> bool:
    """Whether a statement plainly continues the one before.

    It does without a cue, with "added", with a participle in the same sentence, and, where it is one day, with a plain
    "she said": what somebody said last fall is no occasion that the next words must belong to.
    """
    if cue is None or cue.lower_ in _CONTINUING:
        return True
    if _ONE_DAY.fullmatch(previous.said_on or "") and _is_same_occasion(cue):
        return True
    if sentence is None or previous.span is None or cue.tag_ != "VBG":
        return False
    return base + sentence.start_char <= previous.span.start < base + cue.idx


def _is_same_occasion(cue: "Token") -> bool:
    """Whether a cue is a plain past tense that names no occasion of its own.

    No "has said", no "said in a letter", no "told Channel 6".
    """
    if cue.tag_ != "VBD" or any(child.dep_ == "aux" for child in cue.children):
        return False
    if any(c.i > cue.i and c.dep_ in {"dobj", "dative"} and c.tag_.startswith("NNP") for c in cue.children):
        return False
    papers = (noun for prep in cue.children if prep.dep_ == "prep" for noun in prep.children)
    return not any(noun.dep_ == "pobj" and noun.lower_ in DOCUMENTS for noun in papers)


def _in_sentence(
    sentence: "Sentence", cue: "Token", content: Sequence[Span], timeline: Timeline, base: int
) -> DateReading | None:
    """The date that the sentence gives the cue; None when it gives none."""
    start, end = base + sentence.start_char, base + sentence.end_char
    expressions = [e for e in timeline.within(start - _OVERHANG, end) if e.end > start and not e.sense.is_future]
    if not any(child.dep_ == "neg" for child in cue.children):
        # nothing is said "until May", only not said until then
        expressions = [e for e in expressions if e.lead not in {"until", "till"}]
    if not expressions:
        return None
    cue_span = Span(base + cue.idx, base + cue.idx + len(cue))
    own = [span for span in content if not span.overlaps(cue_span)]

    def is_content(token: "Token") -> bool:
        return any(span.start <= base + token.idx < span.end for span in own)

    dated = []
    for expression in expressions:
        words = sentence.doc.char_span(expression.core - base, expression.close - base, alignment_mode="expand")
        if words is None or not _is_outside(expression, words, own, cue_span, timeline.text):
            continue
        bond = _bond(expression, words, cue, timeline.published_on, is_content)
        if bond and (bond.rank == _ADVERB or expression.kind != "vague" or _is_handed_on(expression, timeline)):
            dated.append((bond.rank, expression, _said(expression, bond, cue, timeline)))
    return _chosen(dated, timeline) if dated else None


def _is_handed_on(expression: Expression, timeline: Timeline) -> bool:
    """Whether a vague adverb of one verb can date another: "she earlier barred it, writing"."""
    return timeline.text[expression.core : expression.close].lower() in {"earlier", "previously"}


def _is_outside(expression: Expression, words: "Sentence", content: Sequence[Span], cue: Span, text: str) -> bool:
    """Whether the expression stands outside the content, or as an adverb between the cue and the clause it opens.

    "Said Monday the talks", "told reporters Monday the talks"; not "said Monday was too late".
    """
    held = [span for span in content if span.start < expression.end and expression.start < span.end]
    if not held:
        return True
    opens = not text[cue.end : expression.start].strip() or (
        expression.lead == "" and expression.kind == "weekday" and cue.end < expression.start <= held[0].start
    )
    if not opens or expression.lead not in {"", "on"} or words.end >= len(words.doc):
        return False
    return words.doc[words.end].tag_.startswith(("DT", "PRP", "NN", "CD", "EX", "IN", "TO"))


def _bond(
    expression: Expression,
    words: "Sentence",
    cue: "Token",
    published_on: date | None,
    is_content: Callable[["Token"], bool],
) -> Bond | None:
    """How the expression hangs on the cue; the parser may see more than one head in it ("this Monday")."""
    heads = (token for token in words if token.head not in words or token.head == token)
    real = (token for token in heads if token.text[:1].isalnum() and token.lower_ not in {"this", "that", "the"})
    bonds = (bond_of(expression, head, cue, published_on, is_content) for head in real)
    return next((bond for bond in bonds if bond), None)


def _said(expression: Expression, bond: Bond, cue: "Token", timeline: Timeline) -> Sense:
    """What the expression says about the day of the saying.

    "Before Saturday's match, he said" may look ahead to the next Saturday: only "had said" looks back to the last one.
    """
    sense, published = expression.sense, timeline.published_on
    is_before = expression.lead in {"before", "ahead of", "prior to"}
    is_back = any(child.lower_ == "had" for child in cue.children) or bond.rank == 1
    if is_before and expression.kind == "weekday" and published and not is_back:
        return Sense(not_after(published))
    if bond.link is Link.AT or sense.when is None or expression.kind in {"vague", "beforehand"}:
        return sense
    relation = Relation.AFTER if bond.link is Link.AFTER else Relation.BEFORE
    words = timeline.text[expression.start : expression.end]
    return settle(Lean(relation), sense.when, timeline.published_on, words)


def _narrowest(senses: list[tuple[Expression, Sense]]) -> tuple[Expression, When] | None:
    """The stretch that all the others hold, with its words; None where there is none."""
    for expression, sense in senses:
        when = sense.when
        if when and all(other.when is None or other.when.holds(when) for _, other in senses):
            return expression, when
    return None


def _chosen(dated: list[tuple[int, Expression, Sense]], timeline: Timeline) -> DateReading:
    """One reading of all that date the saying: the closest bonds count, and of them the narrowest that all hold."""
    closest = max(rank for rank, _, _ in dated)
    kept = [(expression, sense) for rank, expression, sense in dated if rank == closest]
    best = _narrowest([(expression, sense) for _, expression, sense in dated]) or _narrowest(kept)
    if best:
        expression, when = best
        span = Span(expression.start, expression.end)
        words = span.of(timeline.text)
        return DateReading(when.edtf, words, DateBasis.TEXT, f"date.{expression.kind}", None, span)
    first, sense = kept[0]
    span = Span(first.start, first.end)
    words = span.of(timeline.text)
    second = next((e for e, s in kept[1:] if s.when), None) if sense.when else None
    why = _TWO_DATES.format(words, timeline.text[second.start : second.end]) if second else sense.why
    return DateReading(None, words, None, f"date.{first.kind}", why or f"“{words}” gives no day.", span)
