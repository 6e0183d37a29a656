"""Commands that open the dashboard: ui and demo."""

import os
from pathlib import Path

import click

from claimtrack.services.demo import demo_database, load_samples
from claimtrack.services.desk import open_desk

PORT = click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
NO_BROWSER = click.option("--no-browser", is_flag=True, help="Do not open a browser window.")


@click.command()
@click.option(
    "--db", metavar="URL|FILE", help="The database; default: CLAIMTRACK_DATABASE_URL, else the user's data folder."
)
@PORT
@click.option(
    "--address",
    default="127.0.0.1",
    show_default=True,
    help="Where to listen; another than this machine needs a proxy that signs people in.",
)
@click.option("--host", "hosts", multiple=True, help="A host name under which a proxy reaches the desk.")
@click.option("--team", is_flag=True, help="Everybody signs in with the newsroom's account (OpenID Connect).")
@NO_BROWSER
def ui(db: str | None, port: int, address: str, hosts: tuple[str, ...], team: bool, no_browser: bool) -> None:
    r"""Open the dashboard in the browser.

    With --team, the sign-in provider's settings are read from the file that CLAIMTRACK_AUTH_FILE names, or from
    CLAIMTRACK_AUTH_CLIENT_ID, ..._CLIENT_SECRET, ..._COOKIE_SECRET, ..._METADATA_URL and ..._REDIRECT_URI (each also
    with _FILE behind it). CLAIMTRACK_AUTH_DOMAINS holds it to addresses of these domains; who is new is a reader, or
    what CLAIMTRACK_NEW_ROLE says.

    \b
    Example:
      claimtrack ui --port 8600
    """
    start(db, port, address, hosts, open_browser=not no_browser, team=team)


@click.command()
@click.option("--db", metavar="FILE", type=click.Path(path_type=Path), help="Where to keep the sample database.")
@PORT
@NO_BROWSER
@click.option("--load-only", is_flag=True, help="Load the samples and stop.")
def demo(db: Path | None, port: int, no_browser: bool, load_only: bool) -> None:
    r"""Load the sample articles into a database of their own and open the dashboard on it.

    \b
    Example:
      claimtrack demo
    """
    address = str(db or demo_database())
    done = load_samples(open_desk(address, "Ada"))
    click.echo(f"{done.documents} sample documents with {done.statements} statements in {address}", err=True)
    if not load_only:
        start(address, port, "127.0.0.1", (), open_browser=not no_browser)


def start(
    db: str | None, port: int, address: str, hosts: tuple[str, ...], *, open_browser: bool, team: bool = False
) -> None:
    """Bring the database up to date, so that a problem is told here and not in the browser; then serve it."""
    from claimtrack.ui.launch import launch

    sign_in = None
    if not team and address not in {"127.0.0.1", "localhost", "::1"}:
        click.echo("Everybody who reaches this address can act under any name: --team has them sign in.", err=True)
    if team:
        from claimtrack.services.sign_in import role_of_new
        from claimtrack.ui.sign_in import settings

        sign_in = settings()
        role_of_new()
    open_desk(db)
    if db:
        os.environ["CLAIMTRACK_DATABASE_URL"] = db
    launch(port, address=address, open_browser=open_browser, allowed_hosts=hosts, sign_in=sign_in)
