"""Small stored things to test with; all names and places are invented."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from claimtrack.attribution import Kind, SpeakerKind
from claimtrack.db.engine import open_engine
from claimtrack.db.events import Actor, record_new
from claimtrack.db.tables import Capture, Claim, Document, Reviewer, Run, Speaker, Statement, Story
from claimtrack.db.work import UnitOfWork
from claimtrack.vocabulary import IdentityBasis, Origin

TEXT = "“The berths reopen in May,” said Mirela Anand of the port authority.\nTor Vale said that nobody was told 🚢."


@dataclass
class Desk:
    """A desk with one reviewer; makes what a test needs, logged as the services would."""

    engine: Engine
    actor: Actor = field(init=False)
    reviewer_id: int = field(init=False)
    count: int = 0

    def __post_init__(self) -> None:
        with UnitOfWork(self.engine) as work:
            reviewer = Reviewer(name="Ada")
            self.actor = Actor(reviewer.public_id, IdentityBasis.SELF_DECLARED)
            record_new(work.session, self.actor, "reviewer.added", reviewer)
            self.reviewer_id = reviewer.key
            work.commit()

    def document(self, session: Session, **values: object) -> Document:
        self.count += 1
        document = Document(**{"title": f"Harbour talks {self.count}", "publisher": "The Ledger", **values})
        record_new(session, self.actor, "document.added", document)
        return document

    def capture(self, session: Session, text: str = TEXT, document: Document | None = None) -> Capture:
        document = document or self.document(session)
        data = text.encode()
        capture = Capture(
            document_id=document.key,
            sha256=hashlib.sha256(data).hexdigest(),
            text_sha256=hashlib.sha256(data).hexdigest(),
            extractor="text 1",
            chars=len(text),
            media_type="text/plain",
            text=text,
            data=data,
        )
        record_new(session, self.actor, "capture.added", capture)
        return capture

    def statement(self, session: Session, capture: Capture, words: str, **values: object) -> Statement:
        start = capture.text.index(words)
        statement = Statement(
            **{
                "document_id": capture.document_id,
                "capture_id": capture.key,
                "kind": Kind.DIRECT,
                "content": words,
                "content_spans": [[start, start + len(words)]],
                "start_offset": start,
                "end_offset": start + len(words),
                "origin": Origin.HUMAN,
                **values,
            }
        )
        record_new(session, self.actor, "statement.added", statement)
        return statement

    def sample(self, session: Session) -> Statement:
        """One capture with one statement whose source, cue and content are all pinned."""
        capture = self.capture(session)
        speaker = Speaker(name="Mirela Anand", sort_name="mirela anand", kind=SpeakerKind.PERSON)
        record_new(session, self.actor, "speaker.added", speaker)
        run = Run(capture_id=capture.key, code_version="1", model_digest="m", statements_digest="d")
        record_new(session, self.actor, "run.finished", run)
        return self.statement(
            session,
            capture,
            "“The berths reopen in May,”",
            run_id=run.key,
            origin=Origin.MACHINE,
            source="Mirela Anand",
            source_start=TEXT.index("Mirela"),
            source_end=TEXT.index("Mirela") + 12,
            cue="said",
            cue_start=TEXT.index("said"),
            cue_end=TEXT.index("said") + 4,
            speaker_name="Mirela Anand",
            speaker_id=speaker.key,
            rule="quote-cue-name",
            confidence=0.9,
        )

    def story(self, session: Session, **values: object) -> Story:
        story = Story(**{"title": "Harbour talks", **values})
        record_new(session, self.actor, "story.added", story)
        return story

    def claim(self, session: Session, **values: object) -> Claim:
        claim = Claim(**{"text": "The berths reopen in May.", **values})
        record_new(session, self.actor, "claim.added", claim)
        return claim

    @property
    def reviewer(self) -> UUID:
        assert self.actor.reviewer is not None
        return self.actor.reviewer


@pytest.fixture
def desk(engine: Engine) -> Desk:
    """A desk in a fresh database, on SQLite and on PostgreSQL."""
    return Desk(engine)


@pytest.fixture(params=("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)))
def other_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An engine on an empty database of either kind, beside the one of the test."""
    if request.param == "sqlite":
        engine = open_engine(str(tmp_path / "other.sqlite3"))
    else:
        engine = open_engine(request.getfixturevalue("new_postgres")(empty=True))
    yield engine
    engine.dispose()
