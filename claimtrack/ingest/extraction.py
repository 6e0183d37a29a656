"""What the extractor makes of a text, and what else can be computed from that text alone.

It is the part of an import that any process on any machine can do: nothing here reads a database or asks for the day,
so that the same text gives the same answer.
"""

import hashlib
import json
import logging
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from threading import Lock

from claimtrack.attribution import Statement
from claimtrack.errors import ClaimTrackError, SourceError
from claimtrack.extract import EXTRACTOR_VERSION, MODEL_DIGEST, Article, Extractor
from claimtrack.ingest.concerns import is_english
from claimtrack.ingest.document import Document
from claimtrack.ingest.source import Unread, read_bytes
from claimtrack.match.compare import is_boilerplate
from claimtrack.match.fingerprints import fingerprints, text_hash
from claimtrack.match.normalise import NORMALISER_VERSION, normalise
from claimtrack.match.numbers import is_number

_LOG = logging.getLogger(__name__)

#: What two processes must share for their answers to be the same.
VERSIONS = (EXTRACTOR_VERSION, MODEL_DIGEST, str(NORMALISER_VERSION))


#: `normalise`, with what it made of late: an import asks for a wording when it is read and when it is compared. A few
#: kilobytes each.
words_of = lru_cache(maxsize=2_048)(normalise)


@dataclass(frozen=True, slots=True)
class Wording:
    """What queue and duplicate detection read of a statement's words."""

    text_hash: int
    number_count: int  #: checkable numbers
    is_boilerplate: bool
    fingerprints: tuple[int, ...]

    @classmethod
    def of(cls, content: str) -> "Wording":
        """The wording of `content`."""
        said = words_of(content)
        numbers = sum(is_number(key) for key in said.keys)
        return cls(text_hash(said), numbers, is_boilerplate(said), fingerprints(said))


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one run suggested, not stored yet; `wordings` are those of the statements, or empty: not computed yet."""

    statements: tuple[Statement, ...]
    seconds: float  #: wall time of the extractor
    wordings: tuple[Wording, ...] = ()
    digest: str = ""

    def worded(self, text: str) -> "Extraction":
        """The same with wordings and digest."""
        if self.digest:
            return self
        wordings = tuple(Wording.of(one.content(text)) for one in self.statements)
        return Extraction(self.statements, self.seconds, wordings, digest(self.statements, text))


@lru_cache(maxsize=1)
def extractor() -> Extractor:
    """The extractor of this process; the model is loaded once (about a second)."""
    return Extractor()


def suggestions(articles: Iterable[Article]) -> Iterator[Extraction]:
    """One extraction an article, in order."""
    for article in articles:
        started = time.perf_counter()
        statements = tuple(extractor().extract(article))
        yield Extraction(statements, time.perf_counter() - started).worded(article.text)


def extraction_of(document: Document) -> Extraction:
    """What the extractor suggests for a document; nothing where it is not in English: a person marks by hand then."""
    if not is_english(document):
        return Extraction((), 0.0).worded(document.text)
    return next(suggestions([Article(document.text, document.published_on, document.title)]))


@dataclass(frozen=True, slots=True)
class Task:
    """A source to read and extract."""

    source: Unread | Document | SourceError
    published_on: date | None = None  #: stands in where the source carries no date
    is_known: bool = False  #: nothing is to be extracted: it is stored already, or its bytes are


#: One source on its way: as it was read, with what was extracted from it; None: nothing was.
Found = tuple[Document | SourceError, Extraction | None]


def read_task(task: Task) -> list[Found]:
    """The documents of a source with what was extracted from each; an error in the place of one that can't be read."""
    source = task.source
    found = read_bytes(source.raw, source.given, source.input_format) if isinstance(source, Unread) else [source]
    return [_found(one, task) for one in found]


def _found(one: Document | SourceError, task: Task) -> Found:
    if isinstance(one, SourceError):
        return one, None
    if one.published_on is None and task.published_on is not None:
        one = replace(one, published_on=task.published_on, origins={**one.origins, "published_on": "given"})
    if task.is_known:
        return one, None
    try:
        return one, extraction_of(one)
    except ClaimTrackError:
        raise
    except Exception as error:  # noqa: BLE001 - a fault of ours in one text must not cost the others
        _LOG.exception("extraction failed")
        return SourceError(
            f"The statements of this source could not be extracted ({type(error).__name__}); it was not stored. "
            "Please send us the text with this message; the other sources went on.",
            source=one.name,
        ), None


def read_elsewhere(task: Task) -> tuple[tuple[str, ...], list[Found]]:
    """`read_task` for a worker, with the versions of what made it; one at a time, whatever threads the worker has."""
    with _ONE_AT_A_TIME:
        return VERSIONS, read_task(task)


_ONE_AT_A_TIME = Lock()


def digest(statements: Iterable[Statement], text: str) -> str:
    """sha256 over the canonical JSON of the statements, 64 hexadecimal digits."""
    values = [statement.as_json(text, str(number)) for number, statement in enumerate(statements, 1)]
    return hashlib.sha256(
        json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()
