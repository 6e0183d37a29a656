"""File names are ours, whatever a title says."""

import random
import re
import sys
from pathlib import Path

import pytest

from claimtrack.errors import RuleError
from claimtrack.reports.names import path_in, safe_file_name

PIECES = [
    *("..", "/", "\\", ":", "\x00", "\n", "CON", "nul", "aux.txt", "COM1", "~", "$HOME", "%TEMP%", "`id`", "|", "<>"),
    *("*?", " ", ".", "-", "--help", "C:\\", "file:///", "a" * 300, "é", "ﬁ", "İ", "ß", "\u202e", "𝔘", "🏛️", "\ud800"),
    *("．．／", "\u2215", "harbour", "Talks", "2026", "；", "'", '"', "&&", "\t", "\u200b"),
]
DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")


def test_ten_thousand_hostile_titles_give_plain_names_inside_the_folder(tmp_path):
    chance = random.Random(20260320)
    for _ in range(10_000):
        title = "".join(chance.choices(PIECES, k=chance.randint(0, 7)))
        key = "".join(chance.choices(PIECES, k=chance.randint(0, 2)))
        place = path_in(tmp_path, title, chance.choice(["csv", "public.html", "../x", ".exe/..\\y"]), key=key)
        assert re.fullmatch(r"[a-z0-9][a-z0-9-]*(\.[a-z0-9]+)+", place.name), title
        assert len(place.name) < 100
        assert place.parent == tmp_path
        assert not DEVICES.fullmatch(place.name)


def test_titles_of_signs_alone_give_different_names():
    assert safe_file_name("？？", "csv") != safe_file_name("!!", "csv")
    assert safe_file_name("", "csv").startswith("report-")


def test_the_key_keeps_equal_titles_apart():
    assert safe_file_name("Talks", "csv", key="01946c5e-0000-7000-8000-000000000401") == "talks-000000000401.csv"


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_in_the_place_is_not_followed(tmp_path):
    outside = tmp_path / "outside"
    outside.write_text("keep", encoding="utf-8")
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "talks.csv").symlink_to(outside)
    with pytest.raises(RuleError, match="link"):
        path_in(folder, "Talks", "csv")
    assert Path(outside).read_text(encoding="utf-8") == "keep"
