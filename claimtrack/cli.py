"""The `claimtrack` command: each command is one service call.

Data goes to standard output, progress and messages to standard error. Exit status: 0 done, 1 the work failed for some
of the inputs (each told on standard error or in its own output line), 2 the command line was wrong.

The commands live in `claimtrack.commands`, a module a topic; they import what they need when they run, so that
`claimtrack --help` and the commands without a database stay quick.
"""

import importlib
import sys

import click

from claimtrack.errors import ClaimTrackError

#: Command name -> module that holds it, in the order in which `claimtrack --help` lists them.
COMMANDS = {
    "demo": "dashboard",
    "ui": "dashboard",
    "add": "sources",
    "stories": "claims",
    "statements": "review",
    "decide": "review",
    "fix": "review",
    "mark": "review",
    "undo": "review",
    "claim": "claims",
    "relate": "claims",
    "evidence": "claims",
    "review": "claims",
    "verdict": "claims",
    "waive": "claims",
    "release": "claims",
    "correct": "claims",
    "export": "claims",
    "bundle": "claims",
    "annotate": "claims",
    "verify": "admin",
    "backup": "admin",
    "restore": "admin",
    "move": "admin",
    "erase": "admin",
    "doctor": "admin",
    "extract": "text",
    "duplicates": "text",
    "check": "text",
    "dates": "text",
}


class LazyCommands(click.Group):
    """A group that imports a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of COMMANDS."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, or None."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"claimtrack.commands.{COMMANDS[cmd_name]}")
        commands = [one for one in vars(module).values() if isinstance(one, click.Command)]
        return next(one for one in commands if one.name == cmd_name)


@click.group(cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="claimtrack", prog_name="claimtrack")
def cli() -> None:
    """Who said exactly what, when, where was it printed, and is it right?

    First steps: `claimtrack demo` opens the dashboard with sample articles; `claimtrack add article.html` stores one
    of yours; `claimtrack ui` opens the dashboard on it.
    """


def main() -> None:
    """Run the command line; errors that somebody can act on become one sentence and exit status 1."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)  # a captured or closed stream has none
        if reconfigure is not None:
            reconfigure(encoding="utf-8")
    try:
        cli()
    except ClaimTrackError as error:
        click.echo(f"claimtrack: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:  # the reader (head, less) has gone: not a failure of ours
        sys.stderr.close()
        sys.exit(0)
