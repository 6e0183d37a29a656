"""Who works at the desk, and what they may do, on the command line."""

import json

import pytest
from click.testing import CliRunner

from claimtrack.cli import cli


@pytest.fixture
def run(database_url):
    def invoke(*words: str, who: str = "Ada"):
        return CliRunner().invoke(cli, [*words, "--db", database_url, "--as", who])

    assert invoke("stories").exit_code == 0
    assert invoke("stories", who="Bea").exit_code == 0
    return invoke


def people(run) -> dict[str, str]:
    rows = [json.loads(line) for line in run("colleagues", "--format", "jsonl").stdout.splitlines()]
    return {row["name"]: row["role"] for row in rows}


def test_an_admin_gives_roles_and_takes_them(run, database_kind):
    assert people(run) == {"Ada": "admin", "Bea": "admin" if database_kind == "sqlite" else "checker"}
    assert run("role", "BEA", "reader").stdout == "reader\n"
    refused = run("role", "Bea", "admin", who="Bea")
    assert refused.exit_code == 1
    assert "Bea is a reader at this desk; this needs an admin" in str(refused.exception)
    assert run("role", "Bea", "none").stdout == "none\n"
    assert "no longer works" in str(run("stories", who="Bea").exception)
    assert people(run) == {"Ada": "admin", "Bea": "none"}
    assert "claimtrack colleagues" in str(run("role", "Cem", "reader").exception)
    assert "only admin" in str(run("role", "Ada", "reader").exception)


def test_a_name_that_two_people_bear_is_not_guessed(run, database_url):
    from claimtrack.services.desk import open_desk
    from claimtrack.services.sign_in import Identity, signed_in

    signed_in(Identity("https://id.example", "7", "Bea", "bea@ledger.example"), database_url)
    told = str(run("role", "bea", "editor").exception)
    assert "2 people" in told
    assert "bea@ledger.example" in told
    assert run("role", "bea@ledger.example", "editor").exit_code == 0
    assert open_desk(database_url, "Ada").name
