"""Formats are listed in one place and written whole or not at all."""

import json
import zipfile
from dataclasses import replace

import pytest

from claimtrack.errors import RuleError
from claimtrack.reports.formats import FORMATS, Format, save


def test_every_format_says_what_it_is_for_and_has_its_own_ending():
    for name, one in FORMATS.items():
        assert one.name == name
        assert one.title
        assert one.use
        assert "/" in one.media_type
        assert one.extension.isalnum()


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_is_saved_under_a_name_of_ours(name, public, tmp_path):
    report = replace(public, title="../../etc/Harbour: talks?")
    place = save(name, report, tmp_path / "new" / "folder")
    assert place.name == f"etc-harbour-talks.public.{FORMATS[name].extension}"
    assert place.parent == tmp_path / "new" / "folder"
    if name in {"docx", "xlsx"}:  # their archives carry the time of writing
        assert zipfile.is_zipfile(place)
    else:
        assert place.read_bytes() == b"".join(FORMATS[name].render(report))
    assert [one.name for one in place.parent.iterdir()] == [place.name]


def test_a_format_that_fails_leaves_the_old_file_and_no_draft(public, tmp_path, monkeypatch):
    place = save("json", public, tmp_path)
    before = place.read_bytes()

    def broken(_self, _report):
        yield b"{"
        raise RuleError("in the middle")

    monkeypatch.setattr(Format, "render", broken)
    with pytest.raises(RuleError, match="in the middle"):
        save("json", public, tmp_path)
    assert place.read_bytes() == before
    assert list(tmp_path.iterdir()) == [place]


def test_an_unknown_format_is_answered_with_those_there_are(public, tmp_path):
    with pytest.raises(RuleError, match="choose one of html, pdf, docx"):
        save("exe", public, tmp_path)


def test_saving_again_replaces_the_file(public, tmp_path):
    save("json", replace(public, version="1"), tmp_path)
    place = save("json", replace(public, version="2"), tmp_path)
    assert json.loads(place.read_text(encoding="utf-8"))["version"] == "2"
