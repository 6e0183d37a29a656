"""What the commands that use a database share: which one, and who acts."""

import getpass
import os
from collections.abc import Callable
from typing import Any, TypeVar

import click

from claimtrack.services.desk import Desk, open_desk

F = TypeVar("F", bound=Callable[..., Any])  # Any: click hands on whatever the options are


def desk_options(command: F) -> F:
    """Add --db and --as to a command, which then takes `db` and `who`."""
    command = click.option(
        "--db", metavar="URL|FILE", help="The database; default: CLAIMTRACK_DATABASE_URL, else the user's data folder."
    )(command)
    return click.option(
        "--as", "who", metavar="NAME", help="Who acts; default: CLAIMTRACK_REVIEWER, else your login name."
    )(command)


def desk_for(db: str | None, who: str | None) -> Desk:
    """The desk that the options name."""
    return open_desk(db, who or os.environ.get("CLAIMTRACK_REVIEWER") or getpass.getuser())
