"""What lets somebody in: the settings of the login, the claims of a token, and the role of somebody new."""

import pytest

from claimtrack.db.tables import Event, Reviewer
from claimtrack.errors import RuleError
from claimtrack.services.desk import Desk
from claimtrack.services.sign_in import Identity, signed_in
from claimtrack.ui.sign_in import SignInError, identity, settings
from claimtrack.vocabulary import IdentityBasis, Role

GOOD = {
    "CLAIMTRACK_AUTH_CLIENT_ID": "desk",
    "CLAIMTRACK_AUTH_CLIENT_SECRET": "the client's secret",
    "CLAIMTRACK_AUTH_COOKIE_SECRET": "f" * 32,
    "CLAIMTRACK_AUTH_METADATA_URL": "https://id.example/.well-known/openid-configuration",
    "CLAIMTRACK_AUTH_REDIRECT_URI": "https://desk.example/oauth2callback",
}
CLAIMS = {"iss": "https://id.example", "sub": "7", "aud": "desk", "iat": 1_000, "name": "Ada", "email": "a@b.example"}


def test_settings_come_from_the_environment_and_leave_it():
    environment = {**GOOD, "PATH": "/bin"}
    found = settings(environment)
    assert found["client_id"] == "desk"
    assert found["redirect_uri"].endswith("/oauth2callback")
    assert environment == {"PATH": "/bin"}


def test_settings_come_from_files(tmp_path):
    secret, table = tmp_path / "secret", tmp_path / "auth.toml"
    secret.write_text("the client's secret\n", encoding="utf-8")
    table.write_text('[auth]\nclient_id = "desk"\ncookie_secret = "' + "f" * 32 + '"\n', encoding="utf-8")
    rest = {name: GOOD[name] for name in GOOD if name.endswith(("URL", "URI"))}
    named = {"CLAIMTRACK_AUTH_FILE": str(table), "CLAIMTRACK_AUTH_CLIENT_SECRET_FILE": str(secret)}
    found = settings({**rest, **named})
    assert (found["client_id"], found["client_secret"]) == ("desk", "the client's secret")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"CLAIMTRACK_AUTH_CLIENT_ID": ""}, "CLIENT_ID is not set"),
        ({"CLAIMTRACK_AUTH_COOKIE_SECRET": "short"}, "32 random characters"),
        ({"CLAIMTRACK_AUTH_METADATA_URL": "http://id.example/x"}, "METADATA_URL has to begin with https"),
        ({"CLAIMTRACK_AUTH_REDIRECT_URI": "https://desk.example/back"}, "end with /oauth2callback"),
        (
            {"CLAIMTRACK_AUTH_REDIRECT_URI": "http://desk.example/oauth2callback"},
            "REDIRECT_URI has to begin with",
        ),
        ({"CLAIMTRACK_AUTH_FILE": "/nowhere/at/all.toml"}, "cannot be read as TOML"),
        ({"CLAIMTRACK_AUTH_CLIENT_SECRET": "", "CLAIMTRACK_AUTH_CLIENT_SECRET_FILE": "/nowhere"}, "cannot be read"),
    ],
)
def test_unsafe_settings_are_refused_without_repeating_them(wrong, told):
    with pytest.raises(SignInError, match=told) as caught:
        settings({**GOOD, **wrong})
    assert "the client's secret" not in str(caught.value)
    assert "short" not in str(caught.value)


def test_a_token_names_the_person():
    assert identity(CLAIMS, "desk", now=2_000) == Identity("https://id.example", "7", "Ada", "a@b.example")
    assert identity({**CLAIMS, "aud": ["desk"]}, "desk", now=2_000).subject == "7"
    assert identity({**CLAIMS, "email_verified": False}, "desk", now=2_000).email is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"aud": "other"}, {"aud": ["desk", "other"]}, {"aud": None}, {"aud": []}, {"iss": None}, {"sub": ""},
        {"sub": 7}, {"iat": None}, {"iat": 2_000 - 12 * 3600 - 1},
    ],
)  # fmt: skip
def test_a_token_for_somebody_else_or_of_yesterday_is_refused(wrong):
    with pytest.raises(SignInError):
        identity({**CLAIMS, **wrong}, "desk", now=2_000)


def test_a_desk_can_be_held_to_its_own_domain(monkeypatch):
    monkeypatch.setenv("CLAIMTRACK_AUTH_DOMAINS", "b.example, c.example")
    assert identity(CLAIMS, "desk", now=2_000).email == "a@b.example"
    for claims in (
        {"email": "a@evil.example"},
        {"email": "a@b.example.evil.example"},
        {"email": None},
        {"email_verified": False},
    ):
        with pytest.raises(SignInError, match="other addresses"):
            identity({**CLAIMS, **claims}, "desk", now=2_000)


def person(desk: Desk) -> Reviewer:
    return desk.see(lambda work: work.reviewer)


def test_issuer_and_subject_make_the_person_and_the_name_follows(database_url):
    first = signed_in(Identity("https://id.example", "7", "Ada", "a@b.example"), database_url)
    assert first.identity_basis is IdentityBasis.SIGNED_IN
    assert person(first).role is Role.READER
    renamed = signed_in(Identity("https://id.example", "7", "Ada L.", "ada@b.example"), database_url)
    assert renamed.reviewer_id == first.reviewer_id
    assert (person(renamed).name, person(renamed).email) == ("Ada L.", "ada@b.example")
    other = signed_in(Identity("https://other.example", "7", "Ada L.", "ada@b.example"), database_url)
    assert other.reviewer_id != first.reviewer_id


def test_somebody_new_gets_the_role_that_is_set_but_never_admin(database_url, monkeypatch):
    monkeypatch.setenv("CLAIMTRACK_NEW_ROLE", "checker")
    assert person(signed_in(Identity("i", "1", "Bea"), database_url)).role is Role.CHECKER
    monkeypatch.setenv("CLAIMTRACK_NEW_ROLE", "admin")
    with pytest.raises(RuleError, match="CLAIMTRACK_NEW_ROLE"):
        signed_in(Identity("i", "2", "Cy"), database_url)


def test_a_name_with_line_ends_and_direction_marks_stays_one_plain_line(database_url):
    desk = signed_in(Identity("i", "3", "Eve\r\nSet-Cookie: x=1\u202e\x00" + "e" * 900), database_url)
    name = person(desk).name
    assert name.startswith("Eve Set-Cookie: x=1 e")
    assert len(name) <= 300
    assert name.isprintable()


def test_the_first_to_sign_in_is_no_admin_and_the_operator_can_still_become_one(new_url, database_kind):
    from sqlmodel import select

    from claimtrack.services.desk import open_desk

    url = new_url()
    signed_in(Identity("i", "1", "Ada"), url)
    operator = open_desk(url, "Operator")
    assert person(operator).role is Role.ADMIN
    actions = operator.see(lambda work: work.session.exec(select(Event.identity_basis)).all())
    assert set(actions) <= {IdentityBasis.MACHINE, IdentityBasis.SELF_DECLARED}
