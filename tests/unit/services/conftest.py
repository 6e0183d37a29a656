"""A desk on each database, with one person and an article of our own."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from claimtrack.ingest import Document, read_text
from claimtrack.services.desk import Desk, add_reviewer
from claimtrack.services.import_source import Imported, import_sources
from claimtrack.vocabulary import IdentityBasis, Role

ARTICLE = """Harbour talks stall

12 March 2026

Harbour minister Mirela Anand said on Tuesday that the ministry would “not sign before the audit is done”.

“We were told nothing,” said Tor Vale, a union official. “Nobody asked us.”

Anand had said in 2023 that the two berths would reopen. The port authority said the wall was safe.
"""


@pytest.fixture
def desk(engine: Engine) -> Desk:
    """A desk at which Ada, an admin, works."""
    return person(engine, "Ada", Role.ADMIN)


@pytest.fixture
def bea(engine: Engine, desk: Desk) -> Desk:
    """The same desk for Bea, a second reader."""
    return person(engine, "Bea", Role.SECOND_READER)


def person(engine: Engine, name: str, role: Role) -> Desk:
    return Desk(engine, Desk(engine).do(add_reviewer, name, role), IdentityBasis.SELF_DECLARED)


@pytest.fixture
def article() -> Callable[..., Document]:
    """Makes a document of our article, or of another text, from a publisher at an address."""

    def make(text: str = ARTICLE, publisher: str = "The Ledger", url: str | None = None) -> Document:
        return read_text(text, name="paste", url=url, publisher=publisher)

    return make


@pytest.fixture
def imported(desk: Desk, article: Callable[..., Document]) -> Callable[..., Imported]:
    """Imports the article, or another text, and gives what became of it."""

    def run(text: str = ARTICLE, publisher: str = "The Ledger", url: str | None = None) -> Imported:
        (result,) = import_sources(desk, [article(text, publisher, url)])
        assert isinstance(result, Imported), result
        return result

    return run
