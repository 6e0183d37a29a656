"""Signing in at a team's desk: a real provider, a real browser, and what the log says of who decided."""

import importlib.util
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from sqlmodel import select

from claimtrack.db.engine import open_engine
from claimtrack.db.tables import Event, Reviewer, Statement
from claimtrack.ingest import read_text
from claimtrack.services import colleagues
from claimtrack.services.desk import Desk, open_desk
from claimtrack.services.import_source import import_sources
from claimtrack.vocabulary import IdentityBasis, Role

HERE = Path(__file__).parent
COOKIE_SECRET = "0123456789abcdef0123456789abcdef"
ARTICLE = "Talks stall\n\n12 March 2026\n\n“We were told nothing,” said Tor Vale, a union official.\n"

_spec = importlib.util.spec_from_file_location("oidc_provider", HERE / "oidc_provider.py")
oidc = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(oidc)

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]


@pytest.fixture(scope="module")
def provider():
    made = oidc.Provider()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def database(tmp_path_factory) -> str:
    path = str(tmp_path_factory.mktemp("team") / "team.sqlite3")
    list(import_sources(open_desk(path, "Operator"), [read_text(ARTICLE, name="paste", publisher="The Ledger")]))
    return path


@pytest.fixture(scope="module")
def team(provider, database, tmp_path_factory):
    """Address of a team's desk that signs in at the provider, and its log."""
    folder = tmp_path_factory.mktemp("server")
    port = free_port()
    (folder / "client_secret").write_text(oidc.SECRET, encoding="utf-8")
    env = {
        "CLAIMTRACK_LOG": str(folder / "log.jsonl"),
        "CLAIMTRACK_AUTH_CLIENT_ID": oidc.CLIENT,
        "CLAIMTRACK_AUTH_CLIENT_SECRET_FILE": str(folder / "client_secret"),
        "CLAIMTRACK_AUTH_COOKIE_SECRET": COOKIE_SECRET,
        "CLAIMTRACK_AUTH_METADATA_URL": f"{provider.issuer}/.well-known/openid-configuration",
        "CLAIMTRACK_AUTH_REDIRECT_URI": f"http://127.0.0.1:{port}/oauth2callback",
    }
    command = [sys.executable, str(HERE / "apps" / "serve_command.py"), "ui", "--team", "--db", database]
    with (folder / "out").open("wb") as out:
        process = subprocess.Popen(
            [*command, "--port", str(port), "--no-browser"],
            env={**os.environ, **env}, stdin=subprocess.PIPE, stdout=out, stderr=out,
        )  # fmt: skip
    try:
        wait_for(f"http://127.0.0.1:{port}/health", process, folder / "out")
        yield f"http://127.0.0.1:{port}", folder
    finally:
        process.kill()
        process.wait()
        process.stdin.close()


def free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, process, out: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None, out.read_text(encoding="utf-8")[-2000:]
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError


@pytest.fixture
def tab(chromium, team):
    context = chromium.new_context()
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.goto(team[0])
    yield page
    context.close()


def sign_in(tab, provider, **claims: object) -> None:
    """Go to the provider and come back with a token that says so."""
    provider.claims, before = claims, provider.tokens
    tab.get_by_role("button", name="Sign in").click()
    until = time.monotonic() + 30
    while provider.tokens == before and time.monotonic() < until:
        tab.wait_for_timeout(50)
    assert provider.tokens > before, "the desk never asked for the token"
    tab.wait_for_load_state("networkidle")


def rows(database: str, query):
    engine = open_engine(database)
    try:
        return Desk(engine).see(lambda work: work.session.exec(query).all())
    finally:
        engine.dispose()


def set_role(database: str, email: str, role: Role) -> None:
    operator = open_desk(database, "Operator")
    operator.do(colleagues.set_role, operator.see(colleagues.find_colleague, email), role)


def test_somebody_who_is_not_signed_in_sees_nothing_of_the_desk(tab, team):
    tab.get_by_role("button", name="Sign in").wait_for()
    assert "Tor Vale" not in tab.content()
    for page in ("review", "sources", "activity", "reports?story=1"):
        tab.goto(f"{team[0]}/{page}")
        tab.get_by_role("button", name="Sign in").wait_for()
        assert "told nothing" not in tab.content(), page
        assert tab.get_by_role("button", name="Sign out").count() == 0


def test_a_new_colleague_is_a_reader_until_an_admin_says_otherwise_and_decides_under_that_name(
    tab, provider, team, database
):
    sign_in(tab, provider, sub="ada-1", name="Ada Lovelock", email="ada@ledger.example")
    tab.get_by_text("Ada Lovelock (reader)").wait_for()
    tab.goto(f"{team[0]}/review")
    tab.locator(".ct-doc .ct-now").first.wait_for()
    tab.keyboard.press("v")
    tab.get_by_text("is a reader at this desk; this needs a checker").first.wait_for()
    assert rows(database, select(Statement.state)) == ["extracted"]

    set_role(database, "ada@ledger.example", Role.CHECKER)
    tab.goto(f"{team[0]}/review")
    tab.get_by_text("Ada Lovelock (checker)").wait_for()
    tab.locator(".ct-doc .ct-now").first.wait_for()
    tab.keyboard.press("v")
    until = time.monotonic() + 30
    while rows(database, select(Statement.state)) != ["as_printed"] and time.monotonic() < until:
        time.sleep(0.2)
    (event,) = rows(database, select(Event).where(Event.action == "statement.decided"))
    (person,) = rows(database, select(Reviewer).where(Reviewer.email == "ada@ledger.example"))
    assert event.identity_basis is IdentityBasis.SIGNED_IN
    assert event.reviewer == person.public_id
    assert person.subject == f"{provider.issuer} ada-1"

    tab.get_by_role("button", name="Sign out").click()
    tab.get_by_role("button", name="Sign in").wait_for()
    assert provider.ended >= 1
    assert "Ada Lovelock" not in tab.content()


def test_another_subject_of_the_same_name_is_another_person(tab, provider, database):
    sign_in(tab, provider, sub="ada-2", name="Ada Lovelock", email="other@ledger.example")
    tab.get_by_text("Ada Lovelock (reader)").first.wait_for()
    same = rows(database, select(Reviewer.role).where(Reviewer.name == "Ada Lovelock").order_by(Reviewer.id))
    assert list(same)[-1] is Role.READER


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "another-application"},
        {"aud": ["another-application", oidc.CLIENT], "azp": oidc.CLIENT},
        {"iss": "https://elsewhere.example"},
        {"exp": 1},
        {"nonce": "replayed"},
    ],
    ids=["audience", "two audiences", "issuer", "expired", "nonce"],
)
def test_a_token_that_was_not_made_for_this_desk_lets_nobody_in(claims, tab, provider, team, database):
    sign_in(tab, provider, sub="mallory", name="Mallory", email="mallory@ledger.example", **claims)
    tab.goto(f"{team[0]}/review")
    tab.get_by_role("button", name="Sign in").wait_for()
    assert "told nothing" not in tab.content()
    assert rows(database, select(Reviewer).where(Reviewer.name == "Mallory")) == []


def test_a_token_signed_by_somebody_else_lets_nobody_in(tab, provider, database):
    provider.signed_with = oidc.RSAKey.generate_key(2048, {"kid": "1"})
    try:
        sign_in(tab, provider, sub="mallory", name="Mallory", email="mallory@ledger.example")
        tab.get_by_role("button", name="Sign in").wait_for()
    finally:
        provider.signed_with = provider.key
    assert rows(database, select(Reviewer).where(Reviewer.name == "Mallory")) == []


def test_a_forged_cookie_lets_nobody_in(chromium, team):
    context = chromium.new_context()
    forged = "eyJpc19sb2dnZWRfaW4iOiB0cnVlfQ==|1|0000000000000000000000000000000000000000000000000000000000000000"
    context.add_cookies([{"name": "_streamlit_user", "value": forged, "url": team[0]}])
    tab = context.new_page()
    tab.goto(team[0])
    tab.get_by_role("button", name="Sign in").wait_for()
    context.close()


def test_somebody_who_left_sees_nothing_any_more(tab, provider, team, database):
    sign_in(tab, provider, sub="leo", name="Leo", email="leo@ledger.example")
    tab.get_by_text("Leo (reader)").wait_for()
    operator = open_desk(database, "Operator")
    operator.do(colleagues.let_go, operator.see(colleagues.find_colleague, "leo@ledger.example"))
    tab.goto(f"{team[0]}/review")
    tab.get_by_text("no longer works at this desk").wait_for()
    assert "told nothing" not in tab.content()


def test_neither_secrets_nor_words_stand_in_the_log_or_on_the_terminal(team, database):
    """Last: it reads what all the tests above left."""
    _, folder = team
    kept = (folder / "log.jsonl").read_text(encoding="utf-8") + (folder / "out").read_text(encoding="utf-8")
    for words in (oidc.SECRET, COOKIE_SECRET, "told nothing", "Tor Vale", "mallory@", "eyJ"):
        assert words not in kept, words
    with Path(database).open("rb") as file:
        assert oidc.SECRET.encode() not in file.read()
