"""Dates of sayings for single passages: what `claimtrack dates` prints.

The extractor finds the statements of a passage and the ledger takes the date of the last one that is nobody else's
content: what comes before it is the story that "two days later" counts from. Where the extractor finds no cue at all,
every reporting verb outside quotation marks, and every verb with a clause, stands for one, since a passage that
is asked about says something.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from claimtrack import limits
from claimtrack.attribution import DateBasis, Span, Statement
from claimtrack.errors import SourceError
from claimtrack.extract.cues import VERBS
from claimtrack.extract.dates.narration import QUOTED
from claimtrack.extract.dates.reading import DateReading
from claimtrack.extract.dates.saying import date_of_saying
from claimtrack.extract.dates.timeline import read_timeline

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

    from claimtrack.extract import Extractor

_CLAUSES = frozenset(["ccomp", "xcomp", "parataxis"])


def read_dates(
    lines: Iterable[Mapping[str, object]], extractor: "Extractor | None" = None
) -> Iterator[dict[str, object]]:
    """For each `{"id", "article_date", "sentence"}` its `{"id", "said_on", "date_words", "basis"}`, in order.

    `said_on` is EDTF and `basis` "text" where the sentence gives the day of the saying; else all three are None, and
    the article's date does not stand in. `article_date` is YYYY-MM-DD, or None for an undated article. A line that
    can't be read gives `{"id", "error"}` and the rest go on. Loads the parser (1.5 s) unless `extractor` is given.
    """
    for line in lines:
        line_id = line.get("id") if isinstance(line, Mapping) else None
        try:
            text, published_on = _checked(line)
            if extractor is None:
                from claimtrack.extract import Extractor

                extractor = Extractor()
            reading = date_in(text, published_on, extractor)
        except SourceError as error:
            yield {"id": line_id, "error": str(error)}
            continue
        basis = reading.basis.value if reading and reading.basis else None
        said_on, words = (reading.said_on, reading.words) if reading and basis else (None, None)
        yield {"id": line_id, "said_on": said_on, "date_words": words, "basis": basis}


def _checked(line: object) -> tuple[str, date | None]:
    """Sentence and article date of a line.

    Raises:
        SourceError: all that is wrong with the line, in one message.
    """
    if not isinstance(line, Mapping):
        raise SourceError('A line is no JSON object. Give {"id", "article_date", "sentence"}.')
    wrong = []
    text, day = line.get("sentence"), line.get("article_date")
    if not isinstance(text, str) or not text.strip():
        wrong.append('"sentence" is missing or empty; give the words to read as a string.')
    elif len(text) > limits.MAX_TEXT_CHARS:
        wrong.append(f'"sentence" has {len(text):,} characters; the limit is {limits.MAX_TEXT_CHARS:,}. Cut it.')
    published_on = None
    if day is not None:
        try:
            published_on = date.fromisoformat(day) if isinstance(day, str) and len(day) == len("2025-02-18") else None
        except ValueError:
            published_on = None
        if published_on is None:
            wrong.append(f'"article_date" is {day!r:.40}; give YYYY-MM-DD, or null.')
    if wrong:
        raise SourceError(" ".join(wrong))
    return str(text), published_on


def date_in(text: str, published_on: date | None, extractor: "Extractor") -> DateReading | None:
    """The date that `text` gives its last statement; None where it gives none."""
    from claimtrack.extract import Article

    statements = [s for s in extractor.extract(Article(text, published_on)) if s.cue_span]
    if not statements:
        return _date_of_verbs(text, published_on, _parser())
    outer = [s for s in statements if not any(_is_within(s, other) for other in statements)]
    outer.sort(key=lambda statement: statement.cue_span.start if statement.cue_span else 0)
    for statement in reversed(outer):
        if statement.date_basis is not DateBasis.ARTICLE:
            why = None if statement.date_basis else statement.why
            return DateReading(statement.said_on, statement.date_words, statement.date_basis, statement.rule, why, None)
    return None


def _is_within(inner: Statement, outer: Statement) -> bool:
    return inner is not outer and any(inner.cue_span and s.contains(inner.cue_span) for s in outer.content_spans)


@cache
def _parser() -> "Language":
    from claimtrack.extract import parse

    return parse.load()


def _date_of_verbs(text: str, published_on: date | None, nlp: "Language") -> DateReading | None:
    timeline = read_timeline(text, published_on)
    if not timeline.expressions or len(text) > limits.MAX_SENTENCE_CHARS:
        return None
    doc = nlp(text)
    quotes = [Span(*match.span()) for match in QUOTED.finditer(text)]
    inner: list[Span] = []
    found: DateReading | None = None
    previous: DateReading | None = None
    for cue in _reporting_verbs(doc, quotes):
        if any(span.start <= cue.idx < span.end for span in inner):
            continue
        clauses = list(_clauses(cue))
        inner += clauses
        previous = date_of_saying(cue.sent, cue, [*quotes, *clauses], timeline, previous=previous)
        found = previous if previous.basis is not DateBasis.ARTICLE else found
    return found


def _reporting_verbs(doc: "Doc", quotes: list[Span]) -> Iterator["Token"]:
    for token in doc:
        is_verb = token.tag_.startswith("VB")
        is_cue = is_verb and (token.lower_ in VERBS or any(child.dep_ == "ccomp" for child in token.children))
        if (
            (is_cue or token.lower_ == "according")
            and token.dep_ != "amod"
            and not any(q.start <= token.idx < q.end for q in quotes)
        ):
            yield token


def _clauses(cue: "Token") -> Iterator[Span]:
    """Clauses that hang on the cue, each on its own side of it."""
    for child in cue.children:
        if child.dep_ in _CLAUSES:
            side = [token for token in child.subtree if (token.i > cue.i) == (child.i > cue.i) and token.i != cue.i]
            yield Span(side[0].idx, side[-1].idx + len(side[-1]))
