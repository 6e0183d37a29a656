"""Commands about speakers: people."""

import sys
from pathlib import Path

import click

from claimtrack.commands.desk import desk_for, desk_options
from claimtrack.commands.output import print_rows
from claimtrack.errors import SourceError
from claimtrack.services import name_list


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--yes", "is_applied", is_flag=True, help="Apply the changes; without it they are only shown.")
@click.option("--format", "output", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
@desk_options
def people(file: Path, is_applied: bool, output: str, db: str | None, who: str | None) -> None:
    r"""Show what a CSV FILE of names, aliases and Wikidata ids would change; --yes applies it.

    Its first line is "name,alias,qid"; several aliases are parted by "|". A name that several people have is left for a
    person to decide.

    \b
    Example:
      claimtrack people speakers.csv --yes
    """
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{file} can't be read as UTF-8 text; check the name, or save it as CSV in UTF-8.") from error
    lines = name_list.read_lines(text, str(file))
    desk = desk_for(db, who)
    steps = desk.do(name_list.apply, lines) if is_applied else desk.see(name_list.plan, lines)
    sys.exit(print_rows((_row(step, is_applied=is_applied) for step in steps), output))


def _row(step: name_list.Step, *, is_applied: bool) -> dict[str, object]:
    done = "changed" if is_applied else "would change"
    return {
        "line": step.line.number,
        "name": step.line.name,
        "outcome": done if step.finding is name_list.Finding.CHANGE else "left",
        "what": step.in_words,
    }
