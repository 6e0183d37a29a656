"""Commands that write reports: export, bundle, annotate, and the definitions that the desk keeps of them."""

import secrets
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

import click

from claimtrack.commands.desk import desk_for, desk_options
from claimtrack.commands.output import print_rows
from claimtrack.reports.formats import FORMATS
from claimtrack.reports.model import Audience
from claimtrack.services import desk_file, export_files, export_report, saved_reports, saved_views
from claimtrack.services.desk import Desk, Work, parse_id
from claimtrack.services.statements import story_titled
from claimtrack.vocabulary import CheckState

AUDIENCES = click.Choice(["public", "editor", "lawyer"])


@click.command()
@click.option("--format", "format_name", help="csv, json, claimreview, html ...; --formats lists them.")
@click.option("--formats", is_flag=True, help="List the formats and what each is for.")
@click.option("--audience", type=AUDIENCES, default="public", show_default=True)
@click.option("--story", help="Only this story, by its title.")
@click.option("--claim", "chosen", multiple=True, metavar="ID", help="Only these claims.")
@click.option("--state", "states", multiple=True, type=click.Choice([one.value for one in CheckState]))
@click.option("--view", help="Only claims of the statements in this saved view of the queue, by its name.")
@click.option("--cluster", metavar="STATEMENT", help="Only claims of this statement and of its repeats.")
@click.option("--unclaimed", is_flag=True, help="Also the reviewed quotations without a claim.")
@click.option("--title", help="Of the report; default: the story's.")
@click.option("--saved", metavar="NAME", help="Run the saved report of this name; `claimtrack reports` lists them.")
@click.option("--save-as", metavar="NAME", help="Keep what is asked for here as a saved report of this name.")
@click.option("--everything", is_flag=True, help="The complete desk as JSON, for `claimtrack import` (editors).")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="A file, or a folder to name the file in; default: standard output.",
)
@desk_options
def export(
    format_name: str | None,
    formats: bool,
    audience: str,
    story: str | None,
    chosen: tuple[str, ...],
    states: tuple[str, ...],
    view: str | None,
    cluster: str | None,
    unclaimed: bool,
    title: str | None,
    saved: str | None,
    save_as: str | None,
    everything: bool,
    output: Path | None,
    db: str | None,
    who: str | None,
) -> None:
    r"""Write the report of a selection; what the audience must not have is left out, and its kinds are named.

    \b
    Example:
      claimtrack export --format html --story "Harbour talks" -o talks.html
    """
    if formats:
        rows = ({"format": one.name, "title": one.title, "use": one.use} for one in FORMATS.values())
        sys.exit(print_rows(rows, "table"))
    desk = desk_for(db, who)
    if everything:
        write_file(output or Path("-"), lambda file: desk.see(desk_file.write_desk, file))
        return
    if saved is None and format_name is None:
        raise click.UsageError("Say which --format, or which --saved report.")

    def definition(work: Work) -> saved_reports.Definition:
        selection = export_report.Selection(
            story=story_titled(work, story).public_id if story else None,
            claims=tuple(parse_id(one) for one in chosen),
            states=tuple(CheckState(state) for state in states),
            with_unclaimed=unclaimed,
            view=saved_views.named(work, "review", view).id if view else None,
            cluster=parse_id(cluster) if cluster else None,
        )
        return saved_reports.Definition(format_name or "", Audience(audience), selection, title)

    if save_as is not None:
        desk.do(lambda work: saved_reports.save(work, save_as, definition(work)))

    def made(work: Work) -> export_report.Exported:
        if saved is not None:
            return saved_reports.run(work, saved)
        wanted = definition(work)
        return export_report.export(work, wanted.selection, audience, wanted.format, title=title)

    give(desk.see(made), output)


def give(made: export_report.Exported, output: Path | None) -> None:
    """Write what was made, and say what it leaves out."""
    path = output / made.file_name if output is not None and output.is_dir() else output
    write_file(path or Path("-"), lambda file: file.write(made.data))
    for line in made.withheld:
        click.echo(f"withheld: {line}", err=True)


def write_file(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Write a file whole or not at all; "-" is standard output."""
    if str(path) == "-":
        write(sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with draft.open("xb") as file:
            write(file)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    click.echo(f"{path} ({path.stat().st_size} bytes)", err=True)


@click.command("reports")
@click.option("--delete", metavar="NAME", help="Take the saved report of this name away.")
@desk_options
def list_reports(delete: str | None, db: str | None, who: str | None) -> None:
    r"""List the saved reports, which `claimtrack export --saved NAME` runs again.

    \b
    Example:
      claimtrack reports
    """
    desk = desk_for(db, who)
    if delete is not None:
        desk.do(saved_reports.delete, delete)
    rows = desk.see(saved_reports.listed)
    sys.exit(print_rows(({"name": row.name, "makes": row.in_words} for row in rows), "table"))


@click.command()
@click.option("--audience", type=AUDIENCES, default="editor", show_default=True)
@click.option("--story", help="Only this story, by its title.")
@click.option("--title", help="Of the report; default: the story's.")
@click.option(
    "--everything", is_flag=True, help="All of the desk, so that `claimtrack import` can make it again (editors)."
)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The ZIP file to write.")
@desk_options
def bundle(
    audience: str, story: str | None, title: str | None, everything: bool, output: Path, db: str | None, who: str | None
) -> None:
    r"""Write report, saved copies, event log and a stand-alone checker into one ZIP (RO-Crate).

    \b
    Example:
      claimtrack bundle --story "Harbour talks" -o talks.zip
    """
    desk = desk_for(db, who)
    if everything:
        write_file(output, lambda file: desk.see(desk_file.write_bundle, file, title=title))
    else:
        made = story_bundle(desk, story, audience, title)
        write_file(output, lambda file: file.write(made.data))
    click.echo("check it with: python verify.py, in the unpacked folder", err=True)


def story_bundle(desk: Desk, story: str | None, audience: str, title: str | None) -> export_report.Exported:
    """The bundle of one story, or of all of them."""

    def act(work: Work) -> export_report.Exported:
        selection = export_report.Selection(story=story_titled(work, story).public_id if story else None)
        return export_files.export_bundle(work, selection, audience, title=title)

    return desk.see(act)


@click.command()
@click.argument("document")
@click.option("--format", "format_name", type=click.Choice(["docx", "pdf"]), default="docx", show_default=True)
@click.option("--audience", type=click.Choice(["editor", "lawyer"]), default="lawyer", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True)
@desk_options
def annotate(document: str, format_name: str, audience: str, output: Path, db: str | None, who: str | None) -> None:
    r"""Write a DOCUMENT with every statement and line numbered and annotated: what goes to the lawyer.

    \b
    Example:
      claimtrack annotate 0198c1d0-... --format pdf -o talks-annotated.pdf
    """
    made = desk_for(db, who).see(export_files.export_annotated, parse_id(document), audience, format_name)
    write_file(output, lambda file: file.write(made.data))
