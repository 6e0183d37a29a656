"""Commands that take things in again: import a desk or a bundle, apply a table that came back."""

from pathlib import Path

import click

from claimtrack.commands.desk import desk_for, desk_options
from claimtrack.errors import ClaimTrackError
from claimtrack.services import desk_file, import_bundle


def existing(path: Path) -> Path:
    """The path, when there is a file; one clear sentence otherwise."""
    if not path.is_file():
        raise ClaimTrackError(f"There is no file {path}; check the spelling and the folder.")
    return path


@click.command("import")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@desk_options
def import_(path: Path, db: str | None, who: str | None) -> None:
    r"""Make a database of a complete desk's FILE, or take in another desk's bundle; nothing is overwritten.

    \b
    Example:
      claimtrack import desk.json --db copy.sqlite3
    """
    with desk_file.desk_lines(existing(path)) as lines:
        if lines is not None:
            loaded = desk_file.load_desk(db, lines)
            proof = loaded.proof
            click.echo(
                f"{sum(loaded.rows.values())} rows; {proof.events} events, {proof.captures} saved copies and "
                f"{proof.spans} spans checked; newest event {proof.head_number}, digest {proof.head_digest}"
            )
            return
    taken = desk_for(db, who).do(import_bundle.import_bundle, path)
    click.echo(", ".join(f"{count} {kind.replace('_', ' ')}" for kind, count in taken.rows.items()))
    for line in taken.lacks:
        click.echo(f"not taken in: {line}", err=True)
