"""A bar on a terminal, and nothing of it anywhere else."""

import io
import time

from claimtrack.commands.output import print_rows, progress
from claimtrack.commands.sources import count


class Terminal(io.StringIO):
    def isatty(self):
        return True


def slow(items):
    for item in items:
        time.sleep(0.15)  # a bar shows after a second, so that short work shows none
        yield item


def test_a_bar_shows_on_a_terminal_and_the_rows_stand_on_lines_of_their_own(monkeypatch, capsys):
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    rows = ({"id": number} for number in progress(slow(range(12)), "sources", 12))
    assert print_rows(rows, "jsonl") == 0
    assert "/12 [" in terminal.getvalue()
    assert capsys.readouterr().out.splitlines() == [f'{{"id": {number}}}' for number in range(12)]


def test_no_bar_where_nobody_looks(monkeypatch):
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    assert list(progress(slow(range(8)), "sources", 8)) == list(range(8))
    assert stream.getvalue() == ""


def test_the_sources_are_counted_where_each_file_is_one(tmp_path):
    for name in ("a.txt", "b.html"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert count([str(tmp_path), "c.txt"]) == 3
    assert count(["lines.jsonl"]) is None
    assert count(["https://ledger.example/"]) is None
