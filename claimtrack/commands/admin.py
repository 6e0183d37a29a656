"""Commands that look after the database: verify, backup, restore, move, erase, doctor, health."""

import sys
from pathlib import Path

import click

from claimtrack.commands.desk import desk_for, desk_options
from claimtrack.services import look_after
from claimtrack.services.desk import parse_id
from claimtrack.services.verify import verify_desk


@click.command()
@desk_options
def verify(db: str | None, who: str | None) -> None:
    r"""Check that nothing was altered: the log's chain, every saved copy's digest, the words at every span.

    \b
    Example:
      claimtrack verify
    """
    found = verify_desk(desk_for(db, who))
    for problem in found.problems:
        click.echo(str(problem))
    click.echo(
        f"{found.events} events, {found.captures} saved copies, {found.spans} spans checked; "
        f"{found.erased_events + found.erased_captures} erased; {found.problem_count} problems"
    )
    click.echo(f"newest event {found.head_number}, digest {found.head_digest}")
    click.echo("Events cut off at the end show only against a digest that was kept elsewhere: keep this one.")
    sys.exit(int(not found.holds))


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@desk_options
def backup(path: Path, db: str | None, who: str | None) -> None:
    r"""Write a verified backup to PATH while others go on working.

    \b
    Example:
      claimtrack backup desk-2026-03-12.sqlite3
    """
    made = look_after.back_up(desk_for(db, who), path)
    click.echo(f"{made.path} ({made.size} bytes), verified; sha256 {made.sha256}")


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--to", "target", required=True, metavar="URL|FILE", help="A new or empty database.")
def restore(path: Path, target: str) -> None:
    r"""Restore the backup at PATH into a new database, after verifying it; nothing is overwritten.

    \b
    Example:
      claimtrack restore desk-2026-03-12.sqlite3 --to restored.sqlite3
    """
    found = look_after.restore(path, target)
    click.echo(f"restored: {found.events} events, {found.captures} saved copies, {found.problem_count} problems")


@click.command()
@click.option("--to", "target", required=True, metavar="URL|FILE", help="A new or empty database.")
@desk_options
def move(target: str, db: str | None, who: str | None) -> None:
    r"""Copy everything, ids and log included, to another database: SQLite to PostgreSQL or back.

    \b
    Example:
      claimtrack move --to postgresql://desk@db.example/claims
    """
    done = look_after.move_desk(desk_for(db, who), target)
    click.echo(f"moved {sum(done.rows.values())} rows")


@click.command()
@click.argument("kind", type=click.Choice(["document", "capture", "statement", "evidence", "annotation"]))
@click.argument("row", metavar="ID")
@click.option("--reason", required=True, help="Stays in the log: do not repeat the words.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@desk_options
def erase(kind: str, row: str, reason: str, yes: bool, db: str | None, who: str | None) -> None:
    r"""Erase the words of one row and of all that copies them, for good (admins only).

    \b
    Example:
      claimtrack erase document 0198c1d0-... --reason "court order 12/2026"
    """
    if not yes:
        click.confirm("The words are gone from database, search and log for good. Go on?", abort=True, err=True)
    desk = desk_for(db, who)
    done = desk.do(look_after.erase, [(kind, parse_id(row))], reason)
    look_after.scrub(desk)
    click.echo(f"erased {len(done.rows)} rows and the contents of {done.events} events")
    click.echo("Copies made before still hold the words: backups, exports, bundles, a server's archived log.")
    for left in done.related:
        click.echo(f"look at: {left.kind} {left.public_id} (written by a person about what was erased)")


@click.command()
@desk_options
def doctor(db: str | None, who: str | None) -> None:
    r"""Tell versions, model, database, log and free space: what somebody who helps would ask first.

    \b
    Example:
      claimtrack doctor
    """
    found = look_after.diagnose(desk_for(db, who))
    for what, stands, is_right in found:
        click.echo(f"{'ok ' if is_right else 'BAD'}  {what}: {stands}")
    sys.exit(int(not all(is_right for _, _, is_right in found)))


@click.command()
@click.option(
    "--db", metavar="URL|FILE", help="The database; default: CLAIMTRACK_DATABASE_URL, else the user's data folder."
)
def health(db: str | None) -> None:
    r"""Tell whether the desk can work: for a proxy or a service manager that asks every few seconds.

    Only reads, takes no lock and prints nothing of what is stored; exit status 0 or 1. A running dashboard answers the
    same at /health, with 200 or 503.

    \b
    Example:
      claimtrack health
    """
    from claimtrack.services.health import health as ask

    found = ask(db)
    click.echo(found.told)
    sys.exit(int(not found.is_well))
