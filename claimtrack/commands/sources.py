"""Commands that take sources in: add, watch."""

import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

import click

from claimtrack import limits
from claimtrack.commands.desk import desk_for, desk_options
from claimtrack.commands.output import print_rows, progress
from claimtrack.errors import ClaimTrackError, SourceError
from claimtrack.ingest import Document, fetch_all
from claimtrack.ingest.paste import Given
from claimtrack.ingest.source import Unread, gather
from claimtrack.ingest.watch import Memory, memory_path
from claimtrack.ingest.workers import Start, cores, dask_cluster
from claimtrack.ingest.workers import processes as on_this_machine
from claimtrack.services import watch_folder
from claimtrack.services.desk import Desk
from claimtrack.services.import_source import Imported, Refused, import_sources
from claimtrack.services.stories import add_story

#: Endings of files that hold more than one source.
MANY = frozenset({".jsonl", ".ndjson", ".csv", ".warc", ".gz", ".xml", ".rss", ".atom", ".json", ".js", ".zip", ".tsv"})

#: Sources of one call from which on a report is printed at its end: fewer are seen at a glance.
REPORT_FROM = 10


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="FILE|FOLDER|URL|- ...")
@click.option("--story", help="The story it belongs to; made when it is new.")
@click.option("--title", help="Of all given sources.")
@click.option("--publisher", help="Of all given sources.")
@click.option("--author", help="Of all given sources.")
@click.option("--date", "published_on", type=click.DateTime(["%Y-%m-%d"]), help="Day of publication (YYYY-MM-DD).")
@click.option("--url", help="The address that a single file was saved from.")
@click.option("--processes", type=click.IntRange(1), metavar="N", help="Read with N processes; default: all cores.")
@click.option("--dask", metavar="ADDRESS", help="Read on the Dask cluster whose scheduler has this address.")
@click.option("--format", "output", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
@desk_options
def add(
    sources: tuple[str, ...],
    story: str | None,
    title: str | None,
    publisher: str | None,
    author: str | None,
    published_on: datetime | None,
    url: str | None,
    processes: int | None,
    dask: str | None,
    output: str,
    db: str | None,
    who: str | None,
) -> None:
    r"""Store sources with their statements: files, folders, addresses, or "-" for a paste.

    A source that can't be read is told with its reason; the others of the same call are stored. A run that was
    interrupted goes on where it stopped when the same command is given again. Many files are read by several processes;
    what is stored is the same however many there are.

    \b
    Example:
      claimtrack add talks.html https://ledger.example/talks --story "Harbour talks"
    """
    if dask is not None and processes is not None:
        raise click.UsageError("Give --processes or --dask, not both.")
    desk = desk_for(db, who)
    home = desk.do(add_story, story) if story else None
    day = published_on.date() if published_on else None
    given = {
        key: value
        for key, value in (("title", title), ("publisher", publisher), ("author", author), ("published_on", day))
        if value
    }

    def read() -> Iterator[Unread | Document | SourceError]:
        for source in sources:
            if "://" in source:
                yield from fetch_all(source, **given)  # type: ignore[arg-type]
            else:
                yield from gather(source, url=url, **given)  # type: ignore[arg-type]

    total = count(sources)
    start, after = helpers(processes, dask, total)
    results = import_sources(desk, read(), story=home, published_on=day, start=start, after=after)
    tally = Tally()
    failed = print_rows((row(tally.add(one)) for one in progress(results, "sources", total)), output)
    tally.report()
    sys.exit(failed)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--story", help="The story the sources belong to; made when it is new.")
@click.option("--publisher", help="Of all sources of the folder.")
@click.option(
    "--every", type=click.FloatRange(0.1, 3600), default=5.0, show_default=True, help="Seconds between looks."
)
@click.option("--format", "output", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
@desk_options
def watch(
    folder: Path, story: str | None, publisher: str | None, every: float, output: str, db: str | None, who: str | None
) -> None:
    r"""Store the files of a FOLDER as they come, new and changed, each once it is complete; Ctrl-C ends it.

    What was read is remembered, so that a new start goes on from there; a file that can't be read is told once.

    \b
    Example:
      claimtrack watch ~/inbox --story "Harbour talks"
    """
    desk = desk_for(db, who)
    home = desk.do(add_story, story) if story else None
    given: Given = {"publisher": publisher} if publisher else {}
    nobody = Desk(desk.engine)
    tally = Tally()
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        results = watch_folder.watch(
            nobody, folder, Memory(memory_path(desk.name, folder)), partial(_pause, every), story=home, **given
        )
        print_rows((row(tally.add(one)) for one in results), output)
    except FileNotFoundError as error:
        raise ClaimTrackError(f"There is no folder {folder}; check the spelling.") from error
    except KeyboardInterrupt:
        click.echo(f"Stopped; {tally.outcomes.total()} stored, {len(tally.refused)} not.", err=True)


def _pause(seconds: float) -> bool:
    time.sleep(seconds)
    return True


def _interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


def helpers(processes: int | None, dask: str | None, total: int | None) -> tuple[Start | None, int]:
    """What starts the workers, and how many sources are read without them first.

    Asked for, they start at once; else with as many sources as make it worth while.
    """
    if dask is not None:
        return partial(dask_cluster, dask), 0
    wanted = cores() if processes is None else processes
    if wanted == 1:
        return None, 0
    is_wanted = processes is not None or (total or 0) > limits.PARALLEL_FROM
    return partial(on_this_machine, wanted), 0 if is_wanted else limits.PARALLEL_FROM


class Tally:
    """What became of the sources of one call, for the report at its end."""

    def __init__(self) -> None:
        self.outcomes: Counter[str] = Counter()
        self.refused: list[Refused] = []

    def add(self, result: Imported | Refused) -> Imported | Refused:
        """Count a result."""
        if isinstance(result, Refused):
            self.refused.append(result)
        else:
            self.outcomes[result.outcome.value] += 1
        return result

    def report(self) -> None:
        """Say on standard error how many sources were stored, and which were not and why, when there were several."""
        stored = self.outcomes.total()
        if stored + len(self.refused) < REPORT_FROM:
            return
        kinds = ", ".join(f"{count} {outcome}" for outcome, count in self.outcomes.items())
        click.echo(f"{stored} stored ({kinds or 'none'}), {len(self.refused)} not.", err=True)
        for one in self.refused:
            click.echo(f"not stored: {one.name}: {one.problem}", err=True)


def count(sources: Sequence[str]) -> int | None:
    """How many sources there are; None where a file or address may hold many."""
    found = 0
    for source in sources:
        path = Path(source)
        files = [one for one in path.rglob("*") if one.is_file()] if path.is_dir() else [path]
        if "://" in source or source == "-" or any(one.suffix.lower() in MANY for one in files):
            return None
        found += len(files)
    return found


def row(result: Imported | Refused) -> dict[str, object]:
    """How one result is printed."""
    if isinstance(result, Refused):
        return {"source": result.name, "error": result.problem}
    return {
        "document": str(result.document),
        "outcome": result.outcome.value,
        "statements": result.statements,
        "title": result.title,
        "warnings": " ".join(result.warnings),
    }
