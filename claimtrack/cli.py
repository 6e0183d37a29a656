"""The `claimtrack` command: each command is one service call.

Data goes to standard output, progress and messages to standard error. Exit status: 0 done, 1 the work failed for some
of the inputs (each told on standard error or in its own output line), 2 the command line was wrong.

The commands live in `claimtrack.commands`, a module a topic; they import what they need when they run, so that
`claimtrack --help` and the commands without a database stay quick.
"""

import importlib
import os
import sys

import click

from claimtrack.errors import ClaimTrackError

#: Command name -> module that holds it, in the order in which `claimtrack --help` lists them.
COMMANDS = {
    "demo": "dashboard",
    "ui": "dashboard",
    "add": "sources",
    "watch": "sources",
    "people": "people",
    "archive": "archive",
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
    "export": "exporting",
    "reports": "exporting",
    "bundle": "exporting",
    "annotate": "exporting",
    "import": "exchange",
    "revise": "exchange",
    "template": "exchange",
    "verify": "admin",
    "backup": "admin",
    "restore": "admin",
    "move": "admin",
    "erase": "admin",
    "colleagues": "colleagues",
    "role": "colleagues",
    "doctor": "admin",
    "health": "admin",
    "extract": "text",
    "duplicates": "text",
    "check": "text",
    "dates": "text",
}

#: What `claimtrack --help` says of each, kept here because click would import every command, and with them the
#: database, to read it (0.7 s); a test compares it with the command's own first line.
SHORT_HELP = {
    "demo": "Load the sample articles into a database of their own and open the dashboard on it.",
    "ui": "Open the dashboard in the browser.",
    "add": 'Store sources with their statements: files, folders, addresses, or "-" for a paste.',
    "people": "Show what a CSV FILE of names, aliases and Wikidata ids would change; --yes applies it.",
    "archive": "Keep a link to a DOCUMENT's copy in a web archive; or ask the Wayback Machine for one, if turned on.",
    "watch": "Store the files of a FOLDER as they come, new and changed, each once it is complete; Ctrl-C ends it.",
    "stories": "List the stories.",
    "statements": "List stored statements with their ids.",
    "decide": "Say that the page prints a STATEMENT so, or reject it with a reason.",
    "fix": "Correct which words of the text a STATEMENT is.",
    "mark": "Add a statement that was missed in a DOCUMENT; prints its id.",
    "undo": "Undo what the EVENT did, and all that belongs to the same action.",
    "claim": "Make a claim, in the desk's words, of the statements that make it; prints its id.",
    "relate": "Cross-reference one claim or statement to another: START denies, contradicts, corrects ...",
    "evidence": "Attach evidence to a CLAIM: a link or a file, with the place in it that counts.",
    "review": "Record your own VERDICT on a CLAIM; a second reader signs with a verdict or sends back.",
    "verdict": "Give the desk's VERDICT on a reviewed CLAIM.",
    "waive": "Let one POINT of the checklist pass for a CLAIM, with a reason (editors).",
    "release": "Let a decided CLAIM be printed; says what the checklist misses.",
    "correct": "Correct or withdraw a released CLAIM.",
    "export": "Write the report of a selection; what the audience must not have is left out, and its kinds are named.",
    "reports": "List the saved reports, which `claimtrack export --saved NAME` runs again.",
    "bundle": "Write report, saved copies, event log and a stand-alone checker into one ZIP (RO-Crate).",
    "annotate": "Write a DOCUMENT with every statement and line numbered and annotated: what goes to the lawyer.",
    "import": "Make a database of a complete desk's FILE, or take in another desk's bundle; nothing is overwritten.",
    "revise": "Show what an edited table (CSV or workbook, exported for the editor) would change; --yes applies it.",
    "template": "Tell or set how reports look and speak: the desk's name, logo, language and labels (editors).",
    "verify": "Check that nothing was altered: the log's chain, every saved copy's digest, the words at every span.",
    "backup": "Write a verified backup to PATH while others go on working.",
    "restore": "Restore the backup at PATH into a new database, after verifying it; nothing is overwritten.",
    "move": "Copy everything, ids and log included, to another database: SQLite to PostgreSQL or back.",
    "erase": "Erase the words of one row and of all that copies them, for good (admins only).",
    "colleagues": "List the people of the desk: what they may do, and how it is known who they are.",
    "role": 'Let WHO do from now on what ROLE may do; "none" for somebody who left (admins).',
    "doctor": "Tell versions, model, database, log and free space: what somebody who helps would ask first.",
    "health": "Tell whether the desk can work: for a proxy or a service manager that asks every few seconds.",
    "extract": "Print the attributed statements of articles, one JSON object a document.",
    "duplicates": "Print which statements may be the same words, with score and reasons, then the clusters.",
    "check": "Compare an alleged quotation with the recorded statements.",
    "dates": "Print on which day the words of each sentence were said, as far as the sentence tells.",
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
        command = next(one for one in commands if one.name == cmd_name)
        # click keeps the lines of a paragraph behind a backspace; docstrings write it as \b, two characters
        command.help = (command.help or "").replace("\\b\n", "\b\n")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        room = formatter.width - 6 - max(map(len, COMMANDS))
        with formatter.section("Commands"):
            formatter.write_dl([(name, shortened(SHORT_HELP.get(name, ""), room)) for name in self.list_commands(ctx)])


def shortened(words: str, room: int) -> str:
    """The words, cut at a space where they are longer than `room` characters.

    >>> shortened("Open the dashboard in the browser.", 24)
    'Open the dashboard in...'
    """
    return words if len(words) <= room else f"{words[: room - 2].rsplit(' ', 1)[0]}..."


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
    except Exception as error:  # noqa: BLE001 - what is not foreseen can't be named; its id and place go into the log
        from claimtrack import logs

        logs.set_up()
        key = logs.problem(error)
        where = os.environ.get(logs.VARIABLE) or logs.default_path()
        click.echo(
            "claimtrack: this failed in a way that was not foreseen. What it said it stored is stored. "
            f"Error {key}; the log says where: {where}",
            err=True,
        )
        sys.exit(1)
