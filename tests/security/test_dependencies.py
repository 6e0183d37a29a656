"""What a newsroom installs with claimtrack: pinned, under licences it can use, and nothing secret in the repository."""

import re
import subprocess
import tomllib
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]

#: Optional parts of claimtrack that people install; what only its developers need is not handed on to anybody.
EXTRAS = ("postgres", "team")

#: Licences that ask for no more than a notice, or (LGPL, MPL) bind only changes to the library itself.
ALLOWED = re.compile(
    r"\b(MIT|MIT-0|BSD|0BSD|Apache|ISC|PSF|PSFL|Python Software Foundation|MPL|Mozilla Public|Unlicense|zlib|HPND|LGPL"
    r"|Lesser General Public|CC0|Public Domain)\b",
    re.IGNORECASE,
)

#: Licences that would reach over to a newsroom's own code or service.
REFUSED = re.compile(r"\b(AGPL|Affero|GPL|GNU General Public|SSPL|BUSL|Commons Clause|CC-BY-NC)", re.IGNORECASE)

#: Read by a person, because the package's metadata does not say it in a word; with where it says it.
READ_BY_HAND: dict[str, str] = {}


def installed() -> dict[str, Distribution]:
    """Every distribution that claimtrack needs here, by name, through all that those need."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *(line for one in EXTRAS for line in project["optional-dependencies"][one])]
    found: dict[str, Distribution] = {}
    needs = [Requirement(line) for line in asked]
    waiting = [(canonicalize_name(need.name), extra) for need in needs for extra in ("", *need.extras)]
    seen = set()
    while waiting:
        name, extra = waiting.pop()
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        one = found.setdefault(name, distribution(name))
        for line in one.requires or []:
            need = Requirement(line)
            if need.marker is None or need.marker.evaluate({**default_environment(), "extra": extra}):
                waiting += [(canonicalize_name(need.name), more) for more in ("", *need.extras)]
    return found


DISTRIBUTIONS = installed()


def pins() -> dict[str, str]:
    lines = (ROOT / ".ci" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("#")[0].split(";")[0].strip().split("==") for line in lines if "==" in line.split("#")[0]]
    return {canonicalize_name(name): version.strip() for name, version in pairs}


def licences(one: Distribution) -> str:
    """What the metadata says of the licence: the SPDX expression, else classifiers, else the field's first line."""
    meta = one.metadata
    said = [meta.get("License-Expression") or ""]
    said += [line.split("::")[-1].strip() for line in meta.get_all("Classifier") or [] if line.startswith("License ::")]
    said += [(meta.get("License") or "").strip().partition("\n")[0][:80]]
    return "; ".join(dict.fromkeys(word for word in said if word and word != "OSI Approved"))


def test_the_list_is_not_empty():
    assert {"sqlalchemy", "streamlit", "spacy", "psycopg", "authlib"} <= set(DISTRIBUTIONS)


@pytest.mark.parametrize("name", sorted(DISTRIBUTIONS))
def test_a_dependency_has_a_licence_that_a_newsroom_can_use(name):
    told = licences(DISTRIBUTIONS[name]) or READ_BY_HAND.get(name, "")
    for choice in re.split(r"\bOR\b", told):
        own = re.sub(r"LGPL|Lesser General Public", "lesser", choice, flags=re.IGNORECASE)
        if ALLOWED.search(choice) and not REFUSED.search(own):
            return
    pytest.fail(f"{name} says “{told}”: read its licence; take another package, or add it to READ_BY_HAND")


#: `python -m venv` brings it along, so that pip does not list it.
UNLISTED = {"setuptools"}


@pytest.mark.parametrize("name", sorted(set(DISTRIBUTIONS) - UNLISTED))
def test_a_dependency_is_the_one_that_is_pinned(name):
    assert DISTRIBUTIONS[name].version == pins().get(name), "run .ci/pin"


SECRETS = {
    "private key": r"-----BEGIN (?:RSA |EC |OPENSSH |PGP )?PRIVATE KEY",
    "AWS key": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "GitHub token": r"\bgh[pousr]_[A-Za-z0-9]{36}\b|\bgithub_pat_[A-Za-z0-9_]{60,}",
    "Slack token": r"\bxox[abprs]-[A-Za-z0-9-]{10,}",
    "Google key": r"\bAIza[0-9A-Za-z_-]{35}\b",
    "JSON web token": r"\beyJ[A-Za-z0-9_-]{20,}\.eyJ[A-Za-z0-9_-]{20,}\.",
    "password in an address": r"\b[a-z][a-z0-9+]+://[^\s:/@'\"<>{}]+:(?!secret\b|password\b|pw\b|x\b)[^\s:/@'\"<>{}]{6,}@",
}


def tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        pytest.skip("no checkout")
    return [ROOT / name for name in done.stdout.decode().split("\0") if name]


def test_no_secret_stands_in_the_repository():
    found = []
    for path in tracked():
        if not path.is_file() or path == Path(__file__):
            continue
        text = path.read_bytes().decode("utf-8", "replace")
        found += [f"{path.name}: {kind}" for kind, pattern in SECRETS.items() if re.search(pattern, text)]
    assert found == []


def test_the_search_for_secrets_finds_some():
    samples = [
        "-----BEGIN RSA PRIVATE" + " KEY-----", "AKIA" + "A1B2C3D4E5F6G7H8", "ghp_" + "a" * 36,
        "xoxb-" + "1234567890-abc", "AIza" + "b" * 35, "eyJ" + "a" * 30 + ".eyJ" + "b" * 30 + ".x",
        "postgresql://ada:" + "correcthorse@db.example/x",
    ]  # fmt: skip
    for sample, pattern in zip(samples, SECRETS.values(), strict=True):
        assert re.search(pattern, sample), sample


def test_no_tracked_file_is_one_that_holds_secrets_by_habit():
    names = {path.name for path in tracked()}
    assert not names & {"secrets.toml", ".env", "id_rsa", "id_ed25519", ".pypirc", ".netrc", "credentials.json"}
