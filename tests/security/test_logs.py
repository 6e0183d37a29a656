"""The log tells where and when, and never in anybody's words; an error's id leads to it."""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from claimtrack import logs
from claimtrack.vocabulary import Role

WORDS = (
    "told nothing",
    "Nobody asked",
    "Tor Vale",
    "Mirela",
    "ask the ministry",
    "Harbour talks",
    "password-horse",
    "ledger.example",
)

HERE = Path(__file__).parent


@pytest.fixture
def log(tmp_path, monkeypatch):
    """Writes the log to a file; gives its lines."""
    path = tmp_path / "logs" / "claimtrack.jsonl"
    monkeypatch.setenv(logs.VARIABLE, str(path))
    before = logging.getLogRecordFactory(), list(logging.getLogger().handlers), sys.unraisablehook
    import threading

    hook = threading.excepthook
    logs.set_up()
    yield lambda: [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    logging.setLogRecordFactory(before[0])
    for handler in list(logging.getLogger().handlers):
        if isinstance(handler.formatter, logs.JsonLines):
            logging.getLogger().removeHandler(handler)
            handler.close()
    sys.unraisablehook, threading.excepthook = before[2], hook


def fail(words: str) -> None:
    try:
        {}[words]
    except KeyError as error:
        raise ValueError(f"“{words}” cannot be placed") from error


def test_an_error_stands_in_the_log_by_its_id_without_its_message(log):
    with pytest.raises(ValueError, match="told nothing") as caught:
        fail("We were told nothing")
    key = logs.problem(caught.value)
    (line,) = log()
    assert line["error"] == key
    assert [one["type"] for one in line["raised"]] == ["ValueError", "KeyError"]
    assert any("test_logs.fail:" in place for place in line["raised"][0]["at"])
    assert "told nothing" not in json.dumps(line)


def test_what_libraries_log_is_kept_without_what_they_say(log):
    other = logging.getLogger("some.library")
    other.warning("cannot parse %r", "We were told nothing")
    other.error('f-string with We were told nothing\n{"level": "forged"}')
    try:
        fail("We were told nothing")
    except ValueError:
        other.exception("We were told nothing")
    other.info("We were told nothing")
    lines = log()
    assert [line["level"] for line in lines] == ["warning", "error", "error"]
    assert all(line["action"].startswith("some.library:") for line in lines)
    assert "told nothing" not in json.dumps(lines)
    assert lines[2]["raised"][0]["type"] == "ValueError"


@pytest.mark.parametrize(
    "value",
    ["Ada\nadmin", 'x"}\n{"level":"error"', "a\u2028b", "a\x1b[31mred", "\u202eevil", "x" * 101, "", "two words"],
)
def test_nothing_is_injected_into_a_line(value, log):
    logs.note("signed_in", who=value, role=Role.EDITOR, count=3)
    (line,) = log()
    assert line["who"] == f"({len(value)} characters)"
    assert (line["role"], line["count"], line["action"]) == ("editor", 3, "signed_in")


def test_an_action_that_is_no_identifier_is_left_out(log):
    logs.note("We were told nothing\nreally")
    (line,) = log()
    assert line["action"].startswith("claimtrack:")


def test_a_log_that_cannot_be_written_keeps_nobody_from_working(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    monkeypatch.setenv(logs.VARIABLE, str(tmp_path / "file" / "log.jsonl"))
    assert isinstance(logs._handler(), logging.NullHandler)


WALK = """
import importlib.util, logging, sys
from pathlib import Path
from claimtrack import logs
logs.set_up()
logging.getLogger().setLevel(logging.DEBUG)
for name in ("sqlalchemy.engine", "sqlalchemy.pool", "alembic", "trafilatura"):
    logging.getLogger(name).setLevel(logging.DEBUG)
for handler in logging.getLogger().handlers:
    handler.filters.clear()
spec = importlib.util.spec_from_file_location("security_examples", sys.argv[1])
examples = importlib.util.module_from_spec(spec)
sys.modules[spec.name] = examples
spec.loader.exec_module(examples)
from claimtrack.db.engine import open_engine
from claimtrack.db.schema import upgrade
from claimtrack.errors import ClaimTrackError
engine = open_engine(sys.argv[2])
upgrade(engine)
desk = examples.filled_desk(engine)
def call(work, service):
    placed, named = examples.arguments(work, service)
    result = service(work, *placed, **named)
    list(result) if hasattr(result, "__next__") else None
ran = 0
for name, service in examples.all_services().items():
    try:
        desk.do(call, service)
    except Exception as error:
        logs.problem(error)
    ran += 1
logs.problem(RuntimeError("We were told nothing by Tor Vale"))
print(ran)
"""


def test_a_walk_through_every_service_leaves_no_word_in_the_log(tmp_path):
    path = tmp_path / "log.jsonl"
    done = subprocess.run(
        [sys.executable, "-c", WALK, str(HERE / "examples.py"), str(tmp_path / "desk.sqlite3")],
        env={**os.environ, "CLAIMTRACK_LOG": str(path)},
        capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-1500:]
    assert int(done.stdout) > 150
    text = "".join(one.read_text(encoding="utf-8") for one in tmp_path.glob("log.jsonl*"))
    lines = [json.loads(line) for line in text.splitlines()]
    assert len(lines) > 200, "the libraries' own records are in it"
    done_in = [line for line in lines if line["action"] == "done" and line["service"] == "decide.mark_as_printed"]
    assert done_in
    assert done_in[0]["events"] == 1
    assert {"refused", "done"} <= {line["action"] for line in lines}
    for words in WORDS:
        assert words not in text, words
        assert words not in done.stderr, words


def test_a_password_in_the_databases_address_is_never_repeated(tmp_path):
    address = "postgresql://ada:password-horse@127.0.0.1:1/desk"
    code = "import sys; from claimtrack.cli import main; sys.argv = ['claimtrack', *sys.argv[1:]]; main()"
    for command in (["stories", "--db", address], ["doctor", "--db", address], ["health", "--db", address]):
        done = subprocess.run(
            [sys.executable, "-c", code, *command],
            env={**os.environ, "CLAIMTRACK_LOG": str(tmp_path / "log.jsonl")},
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 1
        assert "does not answer" in done.stdout + done.stderr
        assert "password-horse" not in done.stdout + done.stderr


def test_an_unforeseen_failure_of_a_command_is_one_sentence_with_an_id(tmp_path):
    path = tmp_path / "log.jsonl"
    code = (
        "import sys\nfrom claimtrack import cli\nfrom claimtrack.services import stories\n"
        "def broken(work): raise ZeroDivisionError('We were told nothing')\n"
        "stories.list_stories = broken\n"
        "sys.argv = ['claimtrack', 'stories', '--db', sys.argv[1]]\ncli.main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "desk.sqlite3")],
        env={**os.environ, "CLAIMTRACK_LOG": str(path)},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert "told nothing" not in done.stderr
    (line,) = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert f"Error {line['error']};" in done.stderr
    assert line["raised"][0]["type"] == "ZeroDivisionError"
