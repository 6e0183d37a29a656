import pytest

from claimtrack.extract import Extractor


@pytest.fixture(scope="session")
def extractor():
    """One extractor for all tests of a process: it keeps no state."""
    return Extractor()
