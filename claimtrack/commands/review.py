"""Commands that work on statements: statements, decide, fix, mark, undo."""

import sys
from uuid import UUID

import click

from claimtrack.attribution import Kind, Span
from claimtrack.commands.desk import F, desk_for, desk_options
from claimtrack.commands.output import print_rows
from claimtrack.errors import RuleError
from claimtrack.services import decide as decisions
from claimtrack.services import statements as reading
from claimtrack.services.desk import Work, parse_id
from claimtrack.services.entry import Marked, Marks
from claimtrack.services.outbox import events_of
from claimtrack.vocabulary import RejectReason, StatementState

OUTPUT = click.option("--format", "output", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)


@click.command()
@click.option("--story", help="Only those of this story, by its title.")
@click.option("--state", type=click.Choice([state.value for state in StatementState]), help="Only those in this state.")
@click.option("--search", default="", help="Only those with these words, in content or speaker.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=200, show_default=True)
@OUTPUT
@desk_options
def statements(
    story: str | None, state: str | None, search: str, limit: int, output: str, db: str | None, who: str | None
) -> None:
    r"""List stored statements with their ids.

    \b
    Example:
      claimtrack statements --state extracted --search audit
    """
    wanted = reading.Wanted(story=story, state=StatementState(state) if state else None, search=search, limit=limit)
    sys.exit(print_rows(desk_for(db, who).see(reading.list_rows, wanted), output))


@click.command()
@click.argument("statement")
@click.argument("decision", type=click.Choice(["as-printed", "reject"]))
@click.option("--reason", type=click.Choice([one.value for one in RejectReason]), default="other", show_default=True)
@desk_options
def decide(statement: str, decision: str, reason: str, db: str | None, who: str | None) -> None:
    r"""Say that the page prints a STATEMENT so, or reject it with a reason.

    \b
    Example:
      claimtrack decide 0198c1d0-... as-printed
    """

    def act(work: Work) -> str:
        row = reading.row_of(work, parse_id(statement))
        if decision == "reject":
            return decisions.reject(work, row.public_id, row.version, RejectReason(reason)).statement.state.value
        return decisions.mark_as_printed(work, row.public_id, row.version).statement.state.value

    click.echo(desk_for(db, who).do(act))


def mark_options(command: F) -> F:
    """Add the options that say which words are what."""
    for option in (
        click.option(
            "--words", multiple=True, required=True, help="Content, as it stands in the text; once for each stretch."
        ),
        click.option("--source", help="The mention that speaks, as it stands in the text."),
        click.option("--cue", help="The attribution words, as they stand in the text."),
        click.option("--kind", type=click.Choice([kind.value for kind in Kind]), default="direct", show_default=True),
    ):
        command = option(command)
    return command


@click.command()
@click.argument("statement")
@mark_options
@desk_options
def fix(
    statement: str,
    words: tuple[str, ...],
    source: str | None,
    cue: str | None,
    kind: str,
    db: str | None,
    who: str | None,
) -> None:
    r"""Correct which words of the text a STATEMENT is.

    \b
    Example:
      claimtrack fix 0198c1d0-... --words "“We will not sign,”" --words "“not now.”" --source Anand --cue said
    """

    def act(work: Work) -> str:
        row = reading.row_of(work, parse_id(statement))
        text = decisions.stored_text(work, row.capture_id)
        marks = marks_in(text, words, source, cue, Kind(kind), near=row.start_offset)
        return decisions.fix(work, row.public_id, row.version, marks).statement.state.value

    click.echo(desk_for(db, who).do(act))


@click.command()
@click.argument("document")
@mark_options
@click.option("--speaker", help="Who speaks.")
@desk_options
def mark(
    document: str,
    words: tuple[str, ...],
    source: str | None,
    cue: str | None,
    kind: str,
    speaker: str | None,
    db: str | None,
    who: str | None,
) -> None:
    r"""Add a statement that was missed in a DOCUMENT; prints its id.

    \b
    Example:
      claimtrack mark 0198c1d0-... --words "“Nobody told us,”" --source "a docker" --cue said
    """

    def act(work: Work) -> UUID:
        text = reading.text_of(work, parse_id(document))
        marks = marks_in(text, words, source, cue, Kind(kind))
        return decisions.add(work, parse_id(document), marks, speaker, None).statement.public_id

    click.echo(desk_for(db, who).do(act))


@click.command()
@click.argument("event")
@desk_options
def undo(event: str, db: str | None, who: str | None) -> None:
    r"""Undo what the EVENT did, and all that belongs to the same action.

    \b
    Example:
      claimtrack undo 0198c1d0-...
    """
    rows = desk_for(db, who).do(lambda work: len(decisions.undo(work, events_of(work, parse_id(event)))))
    click.echo(f"undone ({rows} statements)")


def marks_in(
    text: str, words: tuple[str, ...], source: str | None, cue: str | None, kind: Kind, *, near: int | None = None
) -> Marks:
    """The marks for words as they stand in the text: content in order, source and cue nearest to it.

    Raises:
        RuleError: some of the words do not stand there, or stand there more than once and nothing tells which.
    """
    found, at = [], 0
    for stretch in words:
        found.append(find(text, stretch, near=near, start=at))
        at, near = found[-1].span.end, None
    middle = found[0].span.start
    return Marks(
        tuple(found),
        find(text, source, near=middle) if source else None,
        find(text, cue, near=middle) if cue else None,
        kind,
    )


def find(text: str, words: str, *, near: int | None = None, start: int = 0) -> Marked:
    """Where the words stand: the only place at or after `start`, or the one nearest to `near`."""
    places, at = [], text.find(words, start)
    while at >= 0 and words:
        places.append(at)
        at = text.find(words, at + 1)
    if not places:
        raise RuleError(f"“{words}” does not stand in the text; copy it as it is printed, marks included.")
    if len(places) > 1 and near is None and start == 0:
        raise RuleError(f"“{words}” stands in the text {len(places)} times; give more of the words around it.")
    chosen = places[0] if near is None else min(places, key=lambda place: abs(place - near))
    return Marked(Span(chosen, chosen + len(words)), words)
