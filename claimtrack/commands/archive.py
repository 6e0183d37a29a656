"""The command about copies in public archives."""

from uuid import UUID

import click

from claimtrack.commands.desk import desk_for, desk_options
from claimtrack.services import archive_links
from claimtrack.services.desk import parse_id


@click.command()
@click.argument("document", required=False)
@click.option(
    "--link", metavar="URL", help="Keep this link (Wayback Machine, archive.today, perma.cc); nothing is asked."
)
@click.option("--requests", type=click.Choice(["on", "off"]), help="Let the desk ask archives for copies, or not.")
@desk_options
def archive(document: str | None, link: str | None, requests: str | None, db: str | None, who: str | None) -> None:
    r"""Keep a link to a DOCUMENT's copy in a web archive; or ask the Wayback Machine for one, if turned on.

    \b
    Example:
      claimtrack archive 0198c1d0-0000-7000-8000-000000000000 --link https://perma.cc/AB12-CD34
    """
    if (document is None) == (requests is None) or (requests is not None and link is not None):
        raise click.UsageError("Give a DOCUMENT, with or without --link; or --requests alone.")
    desk = desk_for(db, who)
    if requests is not None:
        desk.do(archive_links.set_requests, are_on=requests == "on")
        click.echo(f"requests to archives are {requests}")
        return
    key: UUID = parse_id(document or "")
    if link is not None:
        click.echo(f"kept: {desk.do(archive_links.record, key, link)}")
    else:
        click.echo(archive_links.request(desk, key))
