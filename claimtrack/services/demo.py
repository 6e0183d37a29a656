"""The sample articles as a database of their own: everything goes the way that a real source goes."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import func, select

from claimtrack.db import tables
from claimtrack.db.engine import default_path
from claimtrack.errors import SourceError
from claimtrack.ingest import Document, read_bytes
from claimtrack.ingest.document import Raw
from claimtrack.samples import Sample, samples, stories
from claimtrack.services.desk import Desk, Work
from claimtrack.services.import_source import import_sources
from claimtrack.services.stories import add_story


@dataclass(frozen=True, slots=True)
class Loaded:
    """What stands in the sample database."""

    documents: int
    statements: int


def demo_database() -> Path:
    """Where `claimtrack demo` keeps its database, apart from the user's work."""
    return default_path().with_name("demo.sqlite3")


def load_samples(desk: Desk) -> Loaded:
    """Import every sample that is not there yet; a second call changes nothing but the sightings it leaves out."""
    if desk.see(count).documents == 0:
        homes = {story.key: desk.do(add_story, story.title, brief=story.about) for story in stories()}
        for sample in samples():
            for result in import_sources(desk, documents_of(sample), story=homes[sample.story]):
                assert not hasattr(result, "problem"), result
    return desk.see(count)


def documents_of(sample: Sample) -> Iterator[Document | SourceError]:
    """The sample as import reads it."""
    given = {
        "title": sample.title,
        "publisher": sample.publisher,
        "author": sample.author,
        "published_on": sample.published_on,
        "record_kind": sample.record_kind,
    }
    return read_bytes(Raw(sample.data, sample.file, url=sample.url), given)  # type: ignore[arg-type]


def count(work: Work) -> Loaded:
    """How many documents and statements are stored."""
    documents = work.session.exec(select(func.count()).select_from(tables.Document)).one()
    return Loaded(documents, work.session.exec(select(func.count()).select_from(tables.Statement)).one())
