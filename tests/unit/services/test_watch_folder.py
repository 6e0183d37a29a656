"""A watched folder stores what is new and complete, tells what fails once, and goes on after a restart."""

import pytest
from sqlmodel import select

from claimtrack.db.tables import Sighting
from claimtrack.ingest.watch import Memory, memory_path
from claimtrack.services.desk import Desk
from claimtrack.services.import_source import Imported, Refused, import_sources
from claimtrack.services.watch_folder import watch

TEXT = "Port news\n\n12 March 2026\n\n“Part {} is done,” said Ada Moss.\n"


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "in"
    place.mkdir()
    return place


@pytest.fixture
def look(engine, folder, tmp_path):
    """Looks twice at the folder, with what happens between two looks; the results."""

    def run(*between, memory=None):
        steps = iter(between or (lambda: None,))

        def wait():
            step = next(steps, None)
            if step is not None:
                step()
            return step is not None

        return list(watch(Desk(engine), folder, memory or Memory(tmp_path / "memory.jsonl"), wait))

    return run


def write(path, number):
    path.write_text(TEXT.format(number), encoding="utf-8")


def test_a_file_is_stored_once_it_is_complete_and_again_when_it_changed(folder, look):
    path = folder / "a.txt"
    path.write_text("Port", encoding="utf-8")
    grows = (lambda: write(path, 1), lambda: None, lambda: None, lambda: write(path, 2), lambda: None)
    found = look(*grows)
    assert [type(one) for one in found] == [Imported, Imported]
    assert found[0].statements == found[1].statements == 1


def test_a_new_start_goes_on_where_the_last_one_ended(desk, folder, look):
    write(folder / "a.txt", 1)
    assert len(look()) == 1
    write(folder / "b.txt", 2)
    assert [one.name for one in look()] == [str(folder / "b.txt")]
    assert look() == []
    assert len(desk.see(lambda work: work.session.exec(select(Sighting)).all())) == 2


def test_what_cannot_be_read_is_told_once_until_it_changes(folder, look):
    path = folder / "a.pdf"
    path.write_bytes(b"%PDF-1.7 and nothing else")
    (refused,) = look()
    assert isinstance(refused, Refused)
    assert look() == []
    assert [type(one) for one in look(lambda: write(path, 1), lambda: None)] == [Imported]


def test_a_database_that_is_not_to_be_had_is_tried_again(folder, look, monkeypatch):
    write(folder / "a.txt", 1)
    passing = Refused("a.txt", "Another program has been writing.", is_passing=True)
    monkeypatch.setattr("claimtrack.services.watch_folder.import_sources", lambda *_, **__: iter([passing]))
    assert look(lambda: None, lambda: None) == [passing, passing]
    monkeypatch.setattr("claimtrack.services.watch_folder.import_sources", import_sources)
    assert [type(one) for one in look()] == [Imported]


def test_a_folder_that_is_away_for_a_while_is_waited_for(folder, look, tmp_path):
    write(folder / "a.txt", 1)
    away = tmp_path / "away"
    found = look(lambda: folder.rename(away), lambda: away.rename(folder), lambda: None)
    assert [type(one) for one in found] == [Imported]
    folder.rename(away)
    with pytest.raises(FileNotFoundError):
        look()


def test_work_in_progress_is_left_alone(folder, look):
    for name in ("a.txt.part", "b.pdf.crdownload", "~$c.docx", ".d.txt"):
        write(folder / name, 1)
    assert look() == []


def test_a_memory_cut_short_loses_one_file_at_most(tmp_path):
    memory = Memory(tmp_path / "m.jsonl")
    for name in "abc":
        memory.keep(tmp_path / name, (1, 2))
    text = memory.path.read_text(encoding="utf-8")
    memory.path.write_text(text[:-4], encoding="utf-8")
    assert Memory(memory.path).read.keys() == {tmp_path / "a", tmp_path / "b"}
    again = Memory(memory.path)
    again.keep(tmp_path / "c", (3, 4))
    assert Memory(memory.path).read[tmp_path / "c"] == (3, 4)


def test_each_folder_of_each_desk_has_a_memory_of_its_own(tmp_path):
    one, other = memory_path("sqlite:///a", tmp_path), memory_path("sqlite:///b", tmp_path)
    assert one != other
    assert tmp_path not in one.parents
