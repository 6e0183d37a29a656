"""Commands that take things in: a complete desk or a bundle, an edited table, the desk's template for reports."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from claimtrack.commands.desk import desk_for, desk_options
from claimtrack.commands.output import print_line, print_rows
from claimtrack.errors import ClaimTrackError
from claimtrack.reports.returned import CellChange
from claimtrack.services import desk_file, import_bundle, report_template
from claimtrack.services import revise as revision


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


@click.command()
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Apply what can be applied; `claimtrack undo` takes all of it back.")
@desk_options
def revise(path: Path, yes: bool, db: str | None, who: str | None) -> None:
    r"""Show what an edited table (CSV or workbook, exported for the editor) would change; --yes applies it.

    \b
    Example:
      claimtrack revise talks-editor.csv --yes
    """
    data, desk = existing(path).read_bytes(), desk_for(db, who)
    found = desk.see(revision.look, path.name, data)
    for change in found.changes:
        print_line({"row": f"row {change.row}", "id": change.id, "change": in_words(change, change.before)})
    for conflict in found.conflicts:
        change = conflict.change
        told = f"CONFLICT {in_words(change, conflict.then)}; the desk has “{change.before}” since"
        print_line({"row": f"row {change.row}", "id": change.id, "change": told})
    for problem in found.problems:
        click.echo(problem, err=True)
    told = f"{len(found.changes)} changes, {len(found.conflicts)} conflicts, {len(found.problems)} not understood"
    if yes and found.changes:
        desk.do(revision.apply, path.name, data, found)
        click.echo(f"applied: {told}", err=True)
    else:
        click.echo(f"{told}; nothing was stored" + ("" if yes else ": add --yes to apply the changes"), err=True)
    sys.exit(int(bool(found.conflicts or found.problems)))


def in_words(change: CellChange, before: str) -> str:
    """A cell's change on one line."""
    return f"{change.column}: “{before}” → “{change.after}”"


@click.command()
@click.option("--desk", "name", help="The desk's name.")
@click.option("--url", help="The desk's address.")
@click.option("--claim-url", help="Where released checks are published, with {id} for the claim's id.")
@click.option("--logo", type=click.Path(path_type=Path), help='A PNG or JPEG of up to 300 kB; "-" takes it off.')
@click.option("--language", help="Of the labels and the desk's own words: en, de, pt-BR.")
@click.option(
    "--labels", type=click.Path(path_type=Path), help="A file of labels that --show printed and somebody edited."
)
@click.option("--imprint", help="What stands at the foot: address, licence, how to ask for a correction.")
@click.option("--names/--no-names", default=None, help="Whether public reports name who read and decided.")
@click.option("--show", is_flag=True, help="Print all labels and verdict names as JSON.")
@desk_options
def template(
    name: str | None,
    url: str | None,
    claim_url: str | None,
    logo: Path | None,
    language: str | None,
    labels: Path | None,
    imprint: str | None,
    names: bool | None,
    show: bool,
    db: str | None,
    who: str | None,
) -> None:
    r"""Tell or set how reports look and speak: the desk's name, logo, language and labels (editors).

    \b
    Example:
      claimtrack template --desk "Ledger fact desk" --logo logo.png
    """
    desk = desk_for(db, who)
    look = desk.see(report_template.look_of)
    verdicts = dict(look.verdicts)
    given = {"desk": name, "desk_url": url, "claim_url": claim_url, "language": language, "imprint": imprint}
    changes: dict[str, Any] = {key: value for key, value in given.items() if value is not None}  # Any: of many types
    if names is not None:
        changes["names_readers"] = names
    if labels is not None:
        changes["labels"] = report_template.read_labels(existing(labels).read_bytes(), verdicts)
    new = replace(look.template, **changes)
    if logo is not None:
        new = report_template.with_logo(new, None if str(logo) == "-" else existing(logo).read_bytes())
    if new != look.template:
        desk.do(report_template.save, new, seen=look.version)
    if show:
        click.echo(report_template.labels_file(new, verdicts).decode(), nl=False)
        return
    told = {"desk": new.desk, "url": new.desk_url, "claim url": new.claim_url, "language": new.language}
    told |= {"logo": f"{new.logo_type}, {len(new.logo)} bytes" if new.logo else "none", "imprint": new.imprint}
    told |= {"labels of its own": str(len(new.labels)), "names readers": "yes" if new.names_readers else "no"}
    sys.exit(print_rows(({"what": what, "is": value} for what, value in told.items()), "table"))
