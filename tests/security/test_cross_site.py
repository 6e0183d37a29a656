"""What a page elsewhere, or anybody who can reach the port, gets from a running desk: nothing."""

import http.client
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from claimtrack.ingest import read_text
from claimtrack.services.desk import open_desk
from claimtrack.services.import_source import import_sources
from claimtrack.ui import launch

SERVE = Path(__file__).parents[1] / "ui" / "apps" / "serve_command.py"
SECRET = "the ferry papers lie under the third plank"

pytestmark = pytest.mark.timeout(200)


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    """A desk that runs as `claimtrack ui` does, reached by a proxy as desk.example too."""
    folder = tmp_path_factory.mktemp("desk")
    database = str(folder / "desk.sqlite3")
    list(
        import_sources(open_desk(database, "Ada"), [read_text(f"Talks\n\n“{SECRET},” said Tor Vale.\n", name="paste")])
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = probe.getsockname()[1]
    command = ["ui", "--db", database, "--port", str(number), "--no-browser", "--host", "desk.example"]
    with (folder / "out").open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, str(SERVE), *command], stdin=subprocess.PIPE, stdout=out, stderr=out,
            env={**os.environ, "CLAIMTRACK_LOG": str(folder / "log.jsonl")},
        )  # fmt: skip
    until = time.monotonic() + 60
    while True:
        try:
            if ask(number, "/health")[0] == 200:
                break
        except OSError:
            assert time.monotonic() < until, (folder / "out").read_text(encoding="utf-8")[-1000:]
            time.sleep(0.1)
    yield number
    process.kill()
    process.wait()
    process.stdin.close()


def ask(port: int, path: str, method: str = "GET", body: bytes | None = None, **headers: str):
    """Status, headers and body of one request."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.putrequest(method, path, skip_host="Host" in headers, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read() if answer.status != 101 else b""
    finally:
        connection.close()


def knock(port: int, *, origin: str | None, host: str) -> int:
    """Status of a handshake for the page's connection."""
    headers = {
        "Host": host, "Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Version": "13",
        "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }  # fmt: skip
    if origin is not None:
        headers["Origin"] = origin
    return ask(port, "/_stcore/stream", **headers)[0]


def test_the_desks_own_page_gets_its_connection(port):
    assert knock(port, origin=f"http://127.0.0.1:{port}", host=f"127.0.0.1:{port}") == 101
    assert knock(port, origin="https://desk.example", host="desk.example") == 101


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("https://evil.example", "127.0.0.1"),
        ("http://127.0.0.1.evil.example", "127.0.0.1"),
        ("http://desk.example.evil.example", "desk.example"),
        ("https://evil.example", "desk.example"),
        ("https://desk.example@evil.example", "desk.example"),
        ("null", "127.0.0.1"),
        ("https://rebound.example", "rebound.example"),  # a name of theirs that points at this machine
        ("http://desk.example", "rebound.example"),
    ],
)
def test_a_page_elsewhere_gets_no_connection(port, origin, host):
    begun = time.monotonic()
    assert knock(port, origin=origin, host=f"{host}:{port}" if host == "127.0.0.1" else host) in {400, 403}
    assert time.monotonic() - begun < 15, "nobody outside was asked for this machine's address"


@pytest.mark.parametrize("path", ["/", "/review", "/health", "/review?item=%0d%0aSet-Cookie:%20x=1&story=%0aX:%20y"])
def test_answers_tell_the_browser_what_it_may_not_do_and_carry_nothing_smuggled(port, path):
    status, headers, _ = ask(port, path)
    assert status == 200
    told = {name.lower(): value for name, value in headers.items()}
    assert told["x-frame-options"] == "SAMEORIGIN"
    assert told["content-security-policy"] == "frame-ancestors 'self'"
    assert told["x-content-type-options"] == "nosniff"
    assert told["referrer-policy"] == "same-origin"
    assert "x=1" not in told.get("set-cookie", "")
    assert "x" not in told


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_nobody_uploads_without_the_pages_own_token(port, method):
    status, _, _ = ask(port, "/_stcore/upload_file/some-session/some-file", method, b"x", Origin="https://evil.example")
    assert status in {400, 403, 405}


@pytest.mark.parametrize(
    "path",
    [
        "/.streamlit/config.toml", "/server.py", "/app.py", "/pages/review.py", "/..%2f..%2fdesk.sqlite3",
        "/static/..%2f..%2f..%2fserver.py", "/media/..%2f..%2fdesk.sqlite3", "/component/..%2f..%2fetc%2fpasswd",
        "/app/static/..%2fserver.py", "//evil.example/%2e%2e", "/_stcore/metrics", "/_stcore/message?hash=1",
        "/component/claimtrack_reader/..%5c..%5cserver.py", "/%00", "/review/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    ],
)  # fmt: skip
def test_no_file_of_the_machine_and_no_word_of_the_desk_is_served(port, path):
    status, headers, body = ask(port, path)
    assert SECRET.encode() not in body
    for words in (b"allowedHosts", b"import streamlit", b"SQLite format 3", b"root:x:0"):
        assert words not in body
    assert "evil.example" not in headers.get("location", headers.get("Location", ""))
    assert status < 500 or status == 503


def test_health_tells_nothing_of_the_desk(port):
    _, _, body = ask(port, "/health")
    assert body == b'{"status":"ok","told":"ok, schema 0001"}'


def test_the_environment_cannot_weaken_what_protects_the_desk():
    given = launch.flags({})
    for flag in ("enableXsrfProtection=true", "enableCORS=true", "allowedHosts=127.0.0.1", "enableStaticServing=false"):
        assert f"--server.{flag}" in given, "a flag wins over STREAMLIT_ variables and over a config.toml elsewhere"
