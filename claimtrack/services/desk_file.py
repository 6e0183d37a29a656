"""A complete desk as one file, alone or in a bundle, and a database made of it again: equal, public ids included."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from claimtrack.db import dump
from claimtrack.db.engine import open_engine
from claimtrack.errors import NotFoundError, SourceError
from claimtrack.reports import as_json, bundle, model
from claimtrack.services.desk import Work, now
from claimtrack.services.export_files import events, saved_copies
from claimtrack.services.export_report import Selection, build_report
from claimtrack.vocabulary import Role


def write_desk(work: Work, file: IO[bytes]) -> None:
    """Everything that the database holds, as JSON. It holds contacts and notes: editors only."""
    work.require(Role.EDITOR)
    for line in dump.write(work.session):
        file.write(line.encode())


def write_bundle(work: Work, file: IO[bytes], *, title: str | None = None) -> None:
    """The bundle of everything for the editor, with the complete desk in it: `write_desk` that a court can check."""
    work.require(Role.EDITOR)
    selection = Selection(with_unclaimed=True)
    try:
        report = build_report(work, selection, model.Audience.EDITOR, title=title)
    except NotFoundError:  # a desk that has decided nothing yet
        report = model.Report(title or "Complete desk", now(), (), audience=model.Audience.EDITOR)
    bundle.write(report, saved_copies(work, report), events(work), file, dump.write(work.session))


@contextmanager
def desk_lines(path: Path) -> Iterator[Iterator[str] | None]:
    """The lines of the complete desk in a file or bundle; None for a bundle that holds less.

    A bundle is checked as its own `verify.py` does before anything is read.

    Raises:
        SourceError: the file is neither, or a bundle in which something was changed.
    """
    with path.open("rb") as file:
        is_zip = file.read(2) == b"PK"
    if is_zip:
        files = bundle.checked(path)
        if bundle.DESK not in files.names() or files.zip is None:
            yield None
            return
        with files.zip.open(bundle.DESK) as inner, io.TextIOWrapper(inner, "utf-8", newline="\n") as lines:
            yield iter(lines)
        return
    with path.open(encoding="utf-8", errors="replace", newline="\n") as lines:
        begins = lines.read(200)
        if as_json.FORM in begins:
            raise SourceError(
                "This is a report as JSON: it holds no saved copies, so nothing in it could be checked or pinned. "
                "Import the desk's bundle (claimtrack bundle), or all of it (claimtrack export --everything)."
            )
        if dump.FORM not in begins:
            raise SourceError(f"“{path.name}” is neither a complete desk nor a bundle; nothing was stored.")
        lines.seek(0)
        yield iter(lines)


def load_desk(target: str | None, lines: Iterator[str], progress: Callable[[int], None] | None = None) -> dump.Loaded:
    """A database of a complete desk at `target`, which must be new or empty; everything is proved before it is stored.

    Raises:
        SourceError: the file was changed, cut off, or is of another schema.
        StorageError: the database is in use.
    """
    engine = open_engine(target)
    try:
        return dump.load(engine, lines, progress)
    finally:
        engine.dispose()
