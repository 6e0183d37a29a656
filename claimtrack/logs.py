"""The log for whoever looks after a desk: one JSON object a line, and never the words of a source or of a colleague.

What may stand in a line is decided by form, not by care: times, names of places in the code, types of errors, and
values that are numbers or look like an identifier. The message of an exception or of a library's own log record is
never written, because either may quote a statement, a note, a password; the frames that led there are. A person who
meets an error is given its id; the line with the same id says where it happened.

The file stands in the user's log folder. CLAIMTRACK_LOG names another, or "-" for standard error, or "off".
"""

import json
import logging
import os
import re
import secrets
import sys
import threading
import traceback
from datetime import UTC, datetime
from enum import Enum
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any
from uuid import UUID

import platformdirs

from claimtrack import limits
from claimtrack.errors import ClaimTrackError

#: Names the file; read once, when the log is set up.
VARIABLE = "CLAIMTRACK_LOG"

#: A value that can stand in a line: an identifier, not a sentence. Spaces, quotes and line ends are what it lacks.
_IDENTIFIER = re.compile(r"[\w.:/@+-]{1,100}", re.ASCII)

_LOG = logging.getLogger("claimtrack")


def default_path() -> Path:
    """The log of this user's desks."""
    return Path(platformdirs.user_log_dir("claimtrack", appauthor=False)) / "claimtrack.jsonl"


def set_up() -> None:
    """Write this process's log; every record of any library is stripped of its words from now on.

    A log that cannot be written keeps nobody from working: it is left out, and `claimtrack doctor` says so.
    """
    handler = _handler()
    handler.setFormatter(JsonLines())
    handler.addFilter(lambda record: record.name == "claimtrack" or record.levelno >= logging.WARNING)
    root = logging.getLogger()
    for old in [one for one in root.handlers if isinstance(one.formatter, JsonLines)]:
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
    logging.setLogRecordFactory(Wordless)
    _LOG.setLevel(logging.INFO)
    threading.excepthook = lambda args: _unforeseen(args.exc_value)
    sys.unraisablehook = lambda args: _unforeseen(args.exc_value)


def _handler() -> logging.Handler:
    named = os.environ.get(VARIABLE, "")
    if named == "off":
        return logging.NullHandler()
    if named == "-":
        return logging.StreamHandler(sys.stderr)
    path = Path(named) if named else default_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return RotatingFileHandler(
            path, maxBytes=limits.LOG_BYTES, backupCount=limits.LOG_FILES - 1, encoding="utf-8", delay=False
        )
    except OSError:
        return logging.NullHandler()


def is_kept() -> bool:
    """Whether this process can write its log, or was told not to; one that has set up none has nothing to lose."""
    return os.environ.get(VARIABLE) == "off" or not isinstance(_handler_in_use(), logging.NullHandler)


def _handler_in_use() -> logging.Handler | None:
    return next((one for one in logging.getLogger().handlers if isinstance(one.formatter, JsonLines)), None)


def note(action: str, **values: object) -> None:
    """Write that something was done; of `values`, only numbers and identifiers are written.

    >>> note("signed_in", reviewer=UUID(int=1))
    """
    if _LOG.isEnabledFor(logging.INFO):
        _LOG.info(action, extra={"values": {name: plain(value) for name, value in values.items()}})


def problem(error: BaseException, *, action: str = "failed") -> str:
    """The id under which the error stands in the log: what the person who met it passes on."""
    key = secrets.token_hex(4).upper()
    _LOG.error(action, exc_info=error, extra={"values": {"error": key}})
    return key


def _unforeseen(error: BaseException | None) -> None:
    if error is not None and not isinstance(error, SystemExit | KeyboardInterrupt):
        problem(error, action="failed_aside")


def plain(value: object) -> object:
    """The value where it is a number, a moment or an identifier; else how long it was.

    >>> plain("statement.decided"), plain("We were told nothing"), plain(3)
    ('statement.decided', '(20 characters)', 3)
    """
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    words = str(value)
    is_known = isinstance(value, UUID) or _IDENTIFIER.fullmatch(words)
    return words if is_known else f"({len(words)} characters)"


class Wordless(logging.LogRecord):
    """A record of which the message is left out, unless it is one of ours and an identifier."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: as the logging module hands them over
        """Keep where it was made; drop what it says."""
        super().__init__(*args, **kwargs)
        if not (self.name == "claimtrack" and _IDENTIFIER.fullmatch(str(self.msg))):
            self.msg = f"{self.name}:{self.lineno}"
        self.args = ()
        if self.exc_info and self.exc_info[1] is not None:
            self.error = told(self.exc_info[1], self.exc_info[2])
            self.exc_info, self.exc_text = None, None
        self.stack_info = None


class JsonLines(logging.Formatter):
    """One record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "process": record.process,
            "action": record.msg,
        }
        values = getattr(record, "values", None)
        if isinstance(values, dict):
            line.update(values)
        if hasattr(record, "error"):
            line["raised"] = record.error
        return json.dumps(line, ensure_ascii=True)


def told(error: BaseException, trace: TracebackType | None = None) -> list[dict[str, object]]:
    """Type and frames of the error and of what caused it, the newest first; no message, no source line, no value."""
    found: list[dict[str, object]] = []
    here: BaseException | None = error
    while here is not None and len(found) < 5:
        frames = traceback.extract_tb(trace or here.__traceback__, limit=-limits.LOG_FRAMES)
        places = [f"{Path(frame.filename).stem}.{frame.name}:{frame.lineno}" for frame in frames]
        found.append({"type": type(here).__name__, "at": places})
        here, trace = here.__cause__ or (None if here.__suppress_context__ else here.__context__), None
    return found


def is_foreseen(error: BaseException) -> bool:
    """Whether the error's own sentence is meant for the person at the desk."""
    return isinstance(error, ClaimTrackError)
