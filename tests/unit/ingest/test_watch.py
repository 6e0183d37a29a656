"""A watched folder gives each file once it has stopped growing, and again when it changed."""

import pytest

from claimtrack.ingest.watch import folder_state, ready


def test_a_file_is_read_when_it_stopped_growing_and_again_when_it_changed(tmp_path):
    read, empty = {}, folder_state(tmp_path)
    path = tmp_path / "in" / "a.txt"
    path.parent.mkdir()
    path.write_text("Rents", encoding="utf-8")
    growing = folder_state(tmp_path)
    assert ready(read, empty, growing) == []
    path.write_text("Rents rose.", encoding="utf-8")
    grown = folder_state(tmp_path)
    assert ready(read, growing, grown) == []
    assert ready(read, grown, folder_state(tmp_path)) == [path]
    read[path] = grown[path]
    assert ready(read, grown, grown) == []
    path.write_text("Rents rose twice.", encoding="utf-8")
    changed = folder_state(tmp_path)
    assert ready(read, changed, changed) == [path]


def test_hidden_and_empty_files_are_left_alone(tmp_path):
    (tmp_path / ".part").write_text("Rents", encoding="utf-8")
    (tmp_path / "empty.txt").touch()
    state = folder_state(tmp_path)
    assert ready({}, state, state) == []


def test_a_folder_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        folder_state(tmp_path / "nowhere")
