"""Commands from claims to release: claim, relate, evidence, review, verdict, waive, release, correct."""

import mimetypes
import sys
from pathlib import Path

import click

from claimtrack.commands.desk import desk_for, desk_options
from claimtrack.commands.output import print_rows
from claimtrack.errors import ClaimTrackError
from claimtrack.services import checklist, claims, verdicts
from claimtrack.services import evidence as evidences
from claimtrack.services import stories as story_service
from claimtrack.services.desk import Work, parse_id
from claimtrack.services.statements import story_titled
from claimtrack.vocabulary import EvidenceRank, Independence, Relation, Stance


@click.command()
@click.argument("text")
@click.option(
    "--statement", "statements", multiple=True, metavar="ID", help="An appearance; may be given more than once."
)
@click.option("--claimant", metavar="ID", help="The speaker who claims it; default: the first appearance's.")
@click.option("--story", help="The story it belongs to, by its title.")
@desk_options
def claim(
    text: str, statements: tuple[str, ...], claimant: str | None, story: str | None, db: str | None, who: str | None
) -> None:
    r"""Make a claim, in the desk's words, of the statements that make it; prints its id.

    \b
    Example:
      claimtrack claim "The audit will be done by May" --statement 0198c1d0-...
    """

    def act(work: Work) -> str:
        home = story_titled(work, story).public_id if story else None
        shown = [parse_id(one) for one in statements]
        speaker = parse_id(claimant) if claimant else None
        return str(claims.make_claim(work, text, statements=shown, claimant=speaker, story=home))

    click.echo(desk_for(db, who).do(act))


@click.command()
@click.argument("start")
@click.argument("relation", type=click.Choice([one.value for one in Relation]))
@click.argument("end")
@click.option("--note", help="Why.")
@desk_options
def relate(start: str, relation: str, end: str, note: str | None, db: str | None, who: str | None) -> None:
    r"""Cross-reference one claim or statement to another: START denies, contradicts, corrects ... END.

    \b
    Example:
      claimtrack relate 0198c1d0-... contradicts 0198c1d1-... --note "in March she said two"
    """
    desk = desk_for(db, who)
    click.echo(desk.do(claims.relate, parse_id(start), Relation(relation), parse_id(end), note))


@click.command()
@click.argument("target", metavar="CLAIM")
@click.option("--title", required=True, help="What it is, for a reader.")
@click.option("--stance", type=click.Choice([one.value for one in Stance]), required=True)
@click.option("--url", help="Its address.")
@click.option("--file", "path", type=click.Path(path_type=Path), help="A file to keep.")
@click.option("--publisher")
@click.option("--page", type=click.IntRange(1), help="The page that counts.")
@click.option("--timecode", type=click.FloatRange(0), help="The second of the recording that counts.")
@click.option("--words", help="The passage that counts.")
@click.option("--primary", is_flag=True, help="It is the record itself.")
@click.option("--shared-with", help="Whose wire copy it carries, when it is not independent.")
@click.option("--note", help="What it shows, for the desk.")
@click.option("--confidential", is_flag=True, help="It must not leave the desk.")
@desk_options
def evidence(
    target: str,
    title: str,
    stance: str,
    url: str | None,
    path: Path | None,
    publisher: str | None,
    page: int | None,
    timecode: float | None,
    words: str | None,
    primary: bool,
    shared_with: str | None,
    note: str | None,
    confidential: bool,
    db: str | None,
    who: str | None,
) -> None:
    r"""Attach evidence to a CLAIM: a link or a file, with the place in it that counts.

    \b
    Example:
      claimtrack evidence 0198c1d0-... --title "Audit plan" --url https://port.example/plan --stance refutes --page 4
    """
    if path is not None and not path.is_file():
        raise ClaimTrackError(f"There is no file {path}; check the spelling and the folder.")
    given = evidences.NewEvidence(
        title=title,
        stance=Stance(stance),
        url=url,
        file_name=path.name if path else None,
        data=path.read_bytes() if path else None,
        media_type=mimetypes.guess_type(path.name)[0] if path else None,
        publisher=publisher,
        page=page,
        timecode_s=timecode,
        words=words,
        rank=EvidenceRank.PRIMARY if primary else EvidenceRank.SECONDARY,
        independence=Independence.SHARED if shared_with else Independence.INDEPENDENT,
        shared_with=shared_with,
        note=note,
        is_confidential=confidential,
    )
    click.echo(desk_for(db, who).do(evidences.attach, parse_id(target), given))


@click.command()
@click.argument("target", metavar="CLAIM")
@click.argument("verdict", required=False)
@click.option("--reasoning", required=True, help="Why, in a sentence or two.")
@click.option("--scale", help="The verdict scale; default: the five-point truth scale.")
@click.option("--send-back", is_flag=True, help="As second reader: send it back.")
@desk_options
def review(
    target: str,
    verdict: str | None,
    reasoning: str,
    scale: str | None,
    send_back: bool,
    db: str | None,
    who: str | None,
) -> None:
    r"""Record your own VERDICT on a CLAIM; a second reader signs with a verdict or sends back.

    \b
    Example:
      claimtrack review 0198c1d0-... false --reasoning "The plan says June, not May."
    """
    desk = desk_for(db, who)
    click.echo(desk.do(verdicts.review, parse_id(target), verdict, reasoning, scale=scale, send_back=send_back))


@click.command()
@click.argument("target", metavar="CLAIM")
@click.argument("verdict")
@click.option("--reasoning", required=True, help="As reports print it.")
@desk_options
def verdict(target: str, verdict: str, reasoning: str, db: str | None, who: str | None) -> None:
    r"""Give the desk's VERDICT on a reviewed CLAIM.

    \b
    Example:
      claimtrack verdict 0198c1d0-... false --reasoning "The port's own plan says June."
    """
    click.echo(desk_for(db, who).do(verdicts.decide_verdict, parse_id(target), verdict, reasoning))


@click.command()
@click.argument("target", metavar="CLAIM")
@click.argument("point", type=click.Choice(list(checklist.POINTS)))
@click.option("--reason", required=True)
@desk_options
def waive(target: str, point: str, reason: str, db: str | None, who: str | None) -> None:
    r"""Let one POINT of the checklist pass for a CLAIM, with a reason (editors).

    \b
    Example:
      claimtrack waive 0198c1d0-... second_reader --reason "one person on the night shift"
    """
    click.echo(desk_for(db, who).do(checklist.waive, parse_id(target), point, reason))


@click.command()
@click.argument("target", metavar="CLAIM")
@desk_options
def release(target: str, db: str | None, who: str | None) -> None:
    r"""Let a decided CLAIM be printed; says what the checklist misses.

    \b
    Example:
      claimtrack release 0198c1d0-...
    """
    desk_for(db, who).do(verdicts.release, parse_id(target))
    click.echo("released")


@click.command()
@click.argument("target", metavar="CLAIM")
@click.option("--reason", required=True, help="What was wrong, as readers will see it.")
@click.option("--withdraw", is_flag=True, help="Take the whole verdict back.")
@desk_options
def correct(target: str, reason: str, withdraw: bool, db: str | None, who: str | None) -> None:
    r"""Correct or withdraw a released CLAIM.

    \b
    Example:
      claimtrack correct 0198c1d0-... --reason "The report first named the wrong month."
    """
    click.echo(desk_for(db, who).do(verdicts.correct, parse_id(target), reason, withdraw=withdraw))


@click.command("stories")
@desk_options
def list_stories(db: str | None, who: str | None) -> None:
    r"""List the stories.

    \b
    Example:
      claimtrack stories
    """
    rows = desk_for(db, who).see(story_service.list_stories)
    sys.exit(print_rows(({"id": str(row.id), "state": row.state.value, "title": row.title} for row in rows), "table"))
