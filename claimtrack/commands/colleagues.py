"""Commands about the people of the desk: colleagues and role."""

import click

from claimtrack.commands.desk import desk_for, desk_options
from claimtrack.commands.output import print_rows
from claimtrack.services import colleagues as people
from claimtrack.vocabulary import Role

#: Somebody who left: no role, and nothing to open any more.
NONE = "none"


@click.command()
@click.option("--format", "output", type=click.Choice(["jsonl", "table"]), default="table", show_default=True)
@desk_options
def colleagues(output: str, db: str | None, who: str | None) -> None:
    r"""List the people of the desk: what they may do, and how it is known who they are.

    \b
    Example:
      claimtrack colleagues
    """
    rows = (
        {
            "id": str(one.id),
            "name": one.name,
            "email": one.email,
            "role": one.role.value if one.is_active else NONE,
            "identity": one.identity_basis.value,
        }
        for one in desk_for(db, who).see(people.list_colleagues)
    )
    print_rows(rows, output)


@click.command()
@click.argument("person", metavar="WHO")
@click.argument("role", type=click.Choice([*(one.value for one in Role), NONE]))
@desk_options
def role(person: str, role: str, db: str | None, who: str | None) -> None:
    r"""Let WHO do from now on what ROLE may do; "none" for somebody who left (admins).

    WHO is a name, an address or an id that `claimtrack colleagues` lists. Each role may do what those before it may:
    reader (read and export), checker (import, decide, claims, first reading), second_reader (second reading, the desk's
    verdict), editor (waive, release, correct, scales), admin (roles, erasure).

    \b
    Example:
      claimtrack role bea@ledger.example second_reader
    """
    desk = desk_for(db, who)
    found = desk.see(people.find_colleague, person)
    if role == NONE:
        desk.do(people.let_go, found)
    else:
        desk.do(people.set_role, found, Role(role))
    click.echo(role)
