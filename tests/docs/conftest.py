"""Commands share engines for the length of a process; a test run is many processes' worth of them."""

from collections.abc import Iterator

import pytest

from claimtrack.db.engine import close_shared


@pytest.fixture(autouse=True)
def engines_are_closed() -> Iterator[None]:
    yield
    close_shared()
