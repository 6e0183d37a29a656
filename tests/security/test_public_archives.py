"""Copies in public archives: links are recorded; nothing is asked of an archive unless the desk turned that on."""

import http.server
import ipaddress
import socket
import threading
from types import SimpleNamespace

import pytest

from claimtrack.errors import RoleError, RuleError, SourceError
from claimtrack.ingest import read_text
from claimtrack.ingest.fetch import Network
from claimtrack.ingest.public_archives import archive_link, save_page
from claimtrack.services import archive_links, documents
from claimtrack.services.desk import Desk, add_reviewer
from claimtrack.services.import_source import import_sources
from claimtrack.vocabulary import IdentityBasis, Role

PUBLIC = "198.35.26.96"
PAGE = "https://ledger.example/port?a=1"
COPY = "/web/20260312101500/https://ledger.example/port?a=1"


class Archive(http.server.BaseHTTPRequestHandler):
    """Answers as Save Page Now does: a redirect to the copy, or a page that names it."""

    def do_GET(self):
        self.server.asked.append((self.headers["Host"], self.path))
        if self.path.startswith("/save/") and self.server.moves:
            self.send_response(302)
            self.send_header("Location", COPY)
            self.send_header("Content-Length", "0")
        else:
            self.send_response(200)
            if self.server.names:
                self.send_header("Content-Location", COPY)
            self.send_header("Content-Length", "2")
        self.end_headers()
        if not self.path.startswith("/save/") or not self.server.moves:
            self.wfile.write(b"ok")

    def log_message(self, *_):
        pass


@pytest.fixture
def archive():
    """The test's own archive on this machine."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Archive)
    server.asked, server.moves, server.names = [], True, False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def network(archive):
    """Through the guard's own hook: each name has one public address, behind which the test's archive is."""

    def connect(address, timeout):
        assert ipaddress.ip_address(address[0]).is_global
        return socket.create_connection(("127.0.0.1", archive.server_address[1]), timeout)

    return Network(
        resolve=lambda *_: [PUBLIC],
        connect=connect,
        seconds=10.0,
        tls=lambda: SimpleNamespace(wrap_socket=lambda sock, **_: sock),  # certificates: test_fetch_answers
    )


@pytest.fixture
def desk(engine):
    return Desk(engine, Desk(engine).do(add_reviewer, "Ada", Role.ADMIN), IdentityBasis.SELF_DECLARED)


@pytest.fixture
def document(desk):
    (stored,) = import_sources(desk, [read_text("“No,” said Ada Moss.", url=PAGE, publisher="L")])
    return stored.document


@pytest.mark.parametrize(
    ("url", "service"),
    [
        ("https://web.archive.org/web/2026/https://ledger.example/", "Wayback Machine"),
        ("http://web.archive.org/web/20260312101500id_/http://ledger.example/a?b=c", "Wayback Machine"),
        ("https://archive.today/Ab3dE", "archive.today"),
        ("https://archive.ph/20260312/https://ledger.example/a", "archive.today"),
        ("https://perma.cc/AB12-CD34", "perma.cc"),
        ("https://perma.cc/about", None),
        ("https://web.archive.org/save/https://ledger.example/", None),
        ("https://web.archive.org.evil.example/web/2026/https://ledger.example/", None),
        ("ftp://perma.cc/AB12-CD34", None),
        ("https://[::1/web", None),
    ],
)
def test_links_of_archives_are_told_from_others(url, service):
    found = archive_link(url)
    assert (found.service if found else None) == service


def test_a_link_is_recorded_with_its_event_and_another_address_is_refused(desk, document):
    assert desk.do(archive_links.record, document, "https://perma.cc/AB12-CD34") == "perma.cc"
    assert desk.see(documents.document, document).archive_url == "https://perma.cc/AB12-CD34"
    with pytest.raises(RuleError, match="is not a link to a copy"):
        desk.do(archive_links.record, document, "https://ledger.example/copy")


def test_a_source_that_is_an_archives_copy_keeps_the_link(desk):
    url = "https://web.archive.org/web/2026/https://ledger.example/"
    (stored,) = import_sources(desk, [read_text("“No,” said Ada Moss.", url=url)])
    assert desk.see(documents.document, stored.document).archive_url == url


def test_nothing_is_asked_of_an_archive_until_the_desk_turns_it_on(desk, document, archive, network):
    with pytest.raises(RuleError, match="asks no archive"):
        archive_links.request(desk, document, network)
    assert archive.asked == []
    desk.do(archive_links.set_requests, are_on=True)
    assert archive_links.request(desk, document, network) == "https://web.archive.org" + COPY
    assert archive.asked == [("web.archive.org", "/save/" + PAGE), ("web.archive.org", COPY)]
    assert desk.see(documents.document, document).archive_url == "https://web.archive.org" + COPY
    desk.do(archive_links.set_requests, are_on=False)
    with pytest.raises(RuleError, match="asks no archive"):
        archive_links.request(desk, document, network)


def test_only_an_admin_turns_requests_on(engine, desk):
    checker = Desk(engine, Desk(engine).do(add_reviewer, "Bea", Role.SECOND_READER), IdentityBasis.SELF_DECLARED)
    with pytest.raises(RoleError):
        checker.do(archive_links.set_requests, are_on=True)
    assert not desk.see(archive_links.are_requests_on)


def test_an_archive_that_names_its_copy_in_a_header_is_understood(archive, network):
    archive.moves, archive.names = False, True
    assert save_page(PAGE, network).url == "https://web.archive.org" + COPY
    archive.names = False
    with pytest.raises(SourceError, match="did not say where its copy"):
        save_page(PAGE, network)


def test_a_name_of_the_archive_that_leads_inside_is_not_asked(archive, network):
    inside = Network(resolve=lambda *_: ["127.0.0.1"], connect=network.connect, seconds=5.0)
    with pytest.raises(SourceError, match="private network"):
        save_page(PAGE, inside)
    assert archive.asked == []


def test_a_document_without_an_address_cannot_be_saved(desk, network):
    (stored,) = import_sources(desk, [read_text("“No,” said Tor Vale.", title="A paste")])
    desk.do(archive_links.set_requests, are_on=True)
    with pytest.raises(RuleError, match="“A paste” has no address"):
        archive_links.request(desk, stored.document, network)
