"""Signing in at a team's desk, with Streamlit's OpenID Connect login: the settings, and who is signed in.

The secrets come from a file or from the environment, are handed to Streamlit in memory, and stand nowhere else.
"""

import os
import time
import tomllib
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from claimtrack import limits
from claimtrack.errors import ClaimTrackError
from claimtrack.services.sign_in import Identity

#: A TOML file with the table [auth] that Streamlit's documentation describes.
FILE_VARIABLE = "CLAIMTRACK_AUTH_FILE"

#: Each setting by the variable that may hold it; with _FILE behind its name, the variable names a file that does.
VARIABLES = {
    "client_id": "CLAIMTRACK_AUTH_CLIENT_ID",
    "client_secret": "CLAIMTRACK_AUTH_CLIENT_SECRET",
    "cookie_secret": "CLAIMTRACK_AUTH_COOKIE_SECRET",
    "server_metadata_url": "CLAIMTRACK_AUTH_METADATA_URL",
    "redirect_uri": "CLAIMTRACK_AUTH_REDIRECT_URI",
}

#: Domains of addresses that may sign in, separated by commas; unset: whoever the provider lets in.
DOMAINS_VARIABLE = "CLAIMTRACK_AUTH_DOMAINS"


class SignInError(ClaimTrackError):
    """Sign-in is not set up, or somebody may not come in that way."""


def settings(environment: MutableMapping[str, str] | None = None) -> dict[str, str]:
    """The settings of the login, taken out of the environment so that nothing this process starts inherits them.

    Raises:
        SignInError: every problem at once; no value is repeated.
    """
    environment = os.environ if environment is None else environment
    found, problems = _from_file(environment.pop(FILE_VARIABLE, None))
    for name, variable in VARIABLES.items():
        given = environment.pop(variable, None) or _read(environment.pop(f"{variable}_FILE", None), problems)
        if given:
            found[name] = given.strip()
    problems += _problems(found)
    if problems:
        raise SignInError("Nobody could sign in: " + "; ".join(problems) + ".")
    return {name: found[name] for name in VARIABLES}


def _from_file(named: str | None) -> tuple[dict[str, str], list[str]]:
    if named is None:
        return {}, []
    try:
        held = tomllib.loads(Path(named).read_text(encoding="utf-8")).get("auth", {})
    except (OSError, ValueError):
        return {}, [f"{FILE_VARIABLE} names a file that cannot be read as TOML"]
    return {str(name): str(value) for name, value in held.items() if name in VARIABLES}, []


def _read(named: str | None, problems: list[str]) -> str | None:
    if named is None:
        return None
    try:
        return Path(named).read_text(encoding="utf-8")
    except (OSError, ValueError):
        problems.append(f"the file {named} cannot be read")
        return None


def _problems(found: Mapping[str, str]) -> list[str]:
    """What is missing, and what would be unsafe."""
    problems = [f"{variable} is not set" for name, variable in VARIABLES.items() if not found.get(name)]
    if 0 < len(found.get("cookie_secret", "")) < limits.MIN_COOKIE_SECRET_CHARS:
        least = limits.MIN_COOKIE_SECRET_CHARS
        problems.append(f"{VARIABLES['cookie_secret']} needs {least} random characters or more (openssl rand -hex 32)")
    for name in ("server_metadata_url", "redirect_uri"):
        address = urlsplit(found.get(name, ""))
        is_near = address.hostname in {"127.0.0.1", "localhost", "::1"}
        if found.get(name) and not (address.scheme == "https" or (address.scheme == "http" and is_near)):
            problems.append(f"{VARIABLES[name]} has to begin with https://")
    if found.get("redirect_uri") and not found["redirect_uri"].endswith("/oauth2callback"):
        problems.append(f"{VARIABLES['redirect_uri']} has to end with /oauth2callback")
    return problems


def identity(claims: Mapping[str, object], client_id: str, now: float | None = None) -> Identity:
    """Who the claims of a verified ID token are about.

    Streamlit has checked signature, issuer, nonce and expiry when the person came back from the provider. Checked here,
    each time: that the token was made for this desk, that it is not older than `limits.SIGN_IN_S`, and the domain.

    Raises:
        SignInError: it was not, it is, or the address is of another domain.
    """
    audience = claims.get("aud")
    meant_for = audience if isinstance(audience, list) else [audience]
    issuer, subject = claims.get("iss"), claims.get("sub")
    if meant_for != [client_id] or not isinstance(issuer, str) or not isinstance(subject, str) or not subject:
        raise SignInError("This sign-in was made for another application. Sign in again.")
    made = claims.get("iat")
    if not isinstance(made, int | float) or (time.time() if now is None else now) - made > limits.SIGN_IN_S:
        raise SignInError("You signed in more than twelve hours ago. Sign in again.")
    given = claims.get("email") if claims.get("email_verified") is not False else None
    email = str(given) if given else None
    domains = {one.strip().casefold() for one in os.environ.get(DOMAINS_VARIABLE, "").split(",") if one.strip()}
    if domains and (email or "").rpartition("@")[2].casefold() not in domains:
        raise SignInError(
            "This desk is for other addresses than yours. Ask its admin, or sign in with another account."
        )
    return Identity(issuer, subject, str(claims.get("name") or claims.get("preferred_username") or ""), email)


def ask(told: str | None = None) -> None:
    """The page of somebody who is not signed in; nothing of the desk is on it. Ends the script's run."""
    st.title("claimtrack")
    if told:
        st.warning(told)
        st.button("Sign out", on_click=st.logout)
    st.write("This desk is for colleagues. What you do here is recorded under your name.")
    st.button("Sign in", type="primary", on_click=st.login)
    st.stop()
