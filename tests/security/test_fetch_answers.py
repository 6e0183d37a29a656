"""What servers may answer, and what is made of it."""

import socket
import ssl
import time
from dataclasses import replace

import pytest

from claimtrack.errors import LimitError, SourceError
from claimtrack.ingest import Document, fetch, fetch_all
from claimtrack.ingest.fetch import Network, get

PUBLIC = "198.35.26.96"


@pytest.fixture
def network(page_server):
    """Every name has one public address, behind which the test's own server is."""

    def connect(address, timeout):
        assert address[0] == PUBLIC
        return socket.create_connection(("127.0.0.1", page_server.port), timeout)

    def make(seconds=10.0):
        return Network(resolve=lambda *_: [PUBLIC], connect=connect, seconds=seconds)

    return make


def test_a_page_comes_with_its_text_address_time_and_headers(network):
    page = fetch("http://news.example/page", network=network())
    assert page.title == "Port stays shut"
    assert page.publisher == "The Ledger"
    assert page.text.startswith("Port stays shut")
    assert (page.url, page.final_url) == ("http://news.example/page", "http://news.example/page")
    assert page.headers["etag"] == '"7"'
    assert "set-cookie" not in page.headers
    assert page.captured_at.utcoffset().total_seconds() == 0


def test_the_host_that_was_asked_for_is_named_to_the_server(network, page_server):
    get("http://news.example:8080/page?a=%C3%A9&b=é", network())
    assert page_server.asked == [("news.example:8080", "/page?a=%C3%A9&b=%C3%A9")]


def test_a_compressed_page_is_kept_uncompressed(network):
    assert get("http://news.example/zipped", network()).data == get("http://news.example/page", network()).data


def test_redirects_are_followed_and_the_final_address_kept(network):
    page = get("http://news.example/twice", network())
    assert (page.url, page.final_url) == ("http://news.example/twice", "http://news.example/page")


@pytest.mark.parametrize(
    ("path", "error", "words"),
    [
        ("missing", SourceError, "404 Not Found"),
        ("picture", SourceError, "is a picture"),
        ("brotli", SourceError, "encoding that was not asked for"),
        ("short", SourceError, "broke off"),
        ("circle", LimitError, "redirected more than 5 times"),
        ("bomb", LimitError, "over 20 MB"),
        ("endless", LimitError, "over 20 MB"),
    ],
)
def test_an_answer_that_cannot_be_read_is_one_sentence_with_the_reason(network, path, error, words):
    with pytest.raises(error, match=words) as caught:
        get(f"http://news.example/{path}", network())
    assert caught.value.source == f"http://news.example/{path}"
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("path", ["drip", "headers"])
def test_a_server_that_drips_bytes_is_left_when_the_time_is_over(network, path):
    started = time.monotonic()
    with pytest.raises(LimitError, match=r"over 0\.5 seconds"):
        get(f"http://news.example/{path}", network(seconds=0.5))
    assert time.monotonic() - started < 3


def test_a_name_server_that_never_answers_is_left_when_the_time_is_over(page_server):
    def resolve(host, port):
        page_server.over.wait(5)
        return [PUBLIC]

    with pytest.raises(LimitError, match=r"over 0\.3 seconds"):
        get("http://news.example/page", Network(resolve=resolve, seconds=0.3))


def test_a_name_without_an_address_is_said_so():
    def resolve(host, port):
        raise socket.gaierror

    with pytest.raises(SourceError, match="no address is known"):
        get("http://news.example/page", Network(resolve=resolve))


def test_a_server_that_refuses_is_said_so():
    def connect(address, timeout):
        raise ConnectionRefusedError(111, "Connection refused")

    with pytest.raises(SourceError, match="Connection refused"):
        get("http://news.example/page", Network(resolve=lambda *_: [PUBLIC], connect=connect))


def test_a_server_that_does_not_speak_tls_is_said_so(network):
    with pytest.raises(SourceError, match="could not be read"):
        get("https://news.example/page", network())


def test_the_certificate_is_checked_for_the_name_that_was_asked_for(network):
    context = Network().tls()
    assert (context.check_hostname, context.verify_mode) == (True, ssl.CERT_REQUIRED)
    names = []

    class Context:
        def wrap_socket(self, sock, server_hostname, do_handshake_on_connect):
            names.append(server_hostname)
            return sock

    page = get("https://news.example/page", replace(network(), tls=Context))
    assert names == ["news.example"]
    assert page.data


@pytest.mark.parametrize(
    "url",
    [
        "ftp://news.example/",
        "file:///etc/hosts",
        "javascript:alert(1)",
        "news.example/page",
        "http://",
        "http:///page",
        "http://ana:secret@news.example/",
        "http://news.example:99999/",
        "http://news.example:0/",
        "http://[::1/",
        "http://news.example\\@10.0.0.1/",
        "http://news.example/\r\nHost: other.example",
        "http://news example/",
        "http://" + "a" * 70 + ".example/",
        "http://ex\u00adample\u2028.example/",
        "http://news.example/" + "a" * 9000,
    ],
)
def test_an_address_that_is_not_a_plain_web_address_is_refused_before_any_name_is_resolved(url):
    def resolve(host, port):
        if len(host) > 63:
            raise UnicodeError
        pytest.fail("resolved")

    with pytest.raises(SourceError):
        get(url, Network(resolve=resolve))


def test_fetch_all_gives_the_error_of_the_fetch(network):
    (found,) = fetch_all("http://news.example/missing", network=network())
    assert isinstance(found, SourceError)


def test_a_feed_gives_each_entry_and_is_not_one_document(network):
    found = list(fetch_all("http://news.example/feed", network=network()))
    assert [document.title for document in found if isinstance(document, Document)] == ["One", "Two"]
    with pytest.raises(SourceError, match="holds 2 documents"):
        fetch("http://news.example/feed", network=network())
