"""An import that was killed, at whatever moment, and is repeated, stores what one clean run stores."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from claimtrack.db.engine import open_engine
from claimtrack.db.verify import verify

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks, to load the language model once")

IMPORTER = Path(__file__).with_name("importer.py")


@pytest.fixture
def folder(tmp_path):
    """Twenty-four short articles of which some print the same words."""
    place = tmp_path / "in"
    place.mkdir()
    for number in range(24):
        said = f"We will not sign before part {number % 5} of the audit is done"
        text = f"Port news {number}\n\n12 March 2026\n\n“{said},” said Ada Moss.\n\nTor Vale said that {number} left.\n"
        (place / f"{number:02}.txt").write_text(text, encoding="utf-8")
    return place


def kill_often(folder, new_url, picture, *, kills, databases):
    """Kill imports into some databases; how many kills that were."""
    urls = [new_url() for _ in range(databases + 1)]
    command = [sys.executable, str(IMPORTER), str(folder), str(kills), "7", *urls]
    done = subprocess.run(command, capture_output=True, text=True, timeout=500, check=False)
    assert done.returncode == 0, done.stderr
    seen = []
    for url in urls:
        engine = open_engine(url)
        assert verify(engine).problems == []
        seen.append(picture(engine, sightings=False))
        engine.dispose()
    assert len(seen[0]["statement"]) >= 40
    for one in seen[1:]:
        assert one == seen[0]
    return sum(int(line) for line in done.stdout.split())


@pytest.mark.timeout(600)
@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_fifty_killed_imports_and_their_repeats_equal_one_clean_run(folder, new_url, picture):
    assert kill_often(folder, new_url, picture, kills=60, databases=12) >= 50


@pytest.mark.postgres
@pytest.mark.timeout(600)
@pytest.mark.parametrize("database_kind", ["postgresql"])
def test_killed_imports_into_postgresql_and_their_repeats_equal_one_clean_run(folder, new_url, picture):
    assert kill_often(folder, new_url, picture, kills=10, databases=2) >= 6
