"""Whether the desk can work: what a proxy or a service manager asks every few seconds, so cheap and without a lock."""

import threading
import time
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from claimtrack.db.engine import shared_engine
from claimtrack.db.schema import newest
from claimtrack.db.work import UnitOfWork
from claimtrack.errors import ClaimTrackError, StorageError

#: An answer serves everybody who asks within this time, in seconds: asking often must not load the database.
FRESH_S = 1.0

_ASKING = threading.Lock()
_ANSWERS: dict[str | None, tuple[float, "Health"]] = {}


@dataclass(frozen=True, slots=True)
class Health:
    """How the desk stands; neither address nor content of the database is in it."""

    is_well: bool
    told: str


def health(url: str | None = None) -> Health:
    """How the desk at `url` stands; never raises, and asks the database at most once in `FRESH_S`."""
    with _ASKING:
        asked, answer = _ANSWERS.get(url, (0.0, None))
        if answer is None or time.monotonic() - asked > FRESH_S:
            answer = _ask(url)
            _ANSWERS[url] = (time.monotonic(), answer)
        return answer


def _ask(url: str | None) -> Health:
    try:
        with UnitOfWork(shared_engine(url), read_only=True) as work:
            stored = work.session.execute(text("SELECT version_num FROM alembic_version")).scalar()
            work.session.execute(text("SELECT number FROM chain_head")).one()
    except DBAPIError:
        return Health(is_well=False, told="the database has no desk in it: open it once with `claimtrack stories`")
    except StorageError as error:
        return Health(is_well=False, told=str(error))
    except ClaimTrackError as error:
        return Health(is_well=False, told=type(error).__name__)
    if stored != newest():
        return Health(is_well=False, told=f"the database has schema {stored}, this claimtrack needs {newest()}")
    return Health(is_well=True, told=f"ok, schema {stored}")
