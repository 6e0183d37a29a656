"""Commands that look after the database: verify, migrate."""

import sys

import click

from claimtrack.commands.desk import desk_for, desk_options
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
