"""Examples in docstrings run, in every module that can be imported on its own."""

import doctest
import importlib
import pkgutil

import pytest

import claimtrack

#: Scripts that Streamlit runs, and alembic's: importing them does their work.
SCRIPTS = (
    "claimtrack.ui.pages",
    "claimtrack.ui.app",
    "claimtrack.ui.server",
    "claimtrack.db.migrations",
    "claimtrack.__main__",
)


def modules() -> list[str]:
    found = pkgutil.walk_packages(claimtrack.__path__, "claimtrack.")
    return sorted(one.name for one in found if not one.name.startswith(SCRIPTS))


@pytest.mark.parametrize("name", modules())
def test_examples_run(name):
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert result.failed == 0


def test_there_are_examples():
    finder = doctest.DocTestFinder(exclude_empty=True)
    count = sum(len(test.examples) for name in modules() for test in finder.find(importlib.import_module(name)))
    assert count > 100
