import importlib.util
import sys
from pathlib import Path

import pytest


def _gold_module():
    """`gold.py` of this folder, under a name of its own: test folders are no packages."""
    if "accuracy_gold" not in sys.modules:
        spec = importlib.util.spec_from_file_location("accuracy_gold", Path(__file__).with_name("gold.py"))
        module = importlib.util.module_from_spec(spec)
        sys.modules["accuracy_gold"] = module
        spec.loader.exec_module(module)
    return sys.modules["accuracy_gold"]


@pytest.fixture(scope="session")
def gold():
    """The module that compiles marked articles: `gold.load("tune")` and so on."""
    return _gold_module()
