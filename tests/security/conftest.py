"""A web server on this machine, for tests of the guarded fetch; and the helpers that test modules here import."""

import gzip
import importlib.util
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest

# Test folders are no packages: a helper is imported under a name of its own.
for _helper in ("examples",):
    _spec = importlib.util.spec_from_file_location(f"security_{_helper}", Path(__file__).with_name(f"{_helper}.py"))
    sys.modules[_spec.name] = importlib.util.module_from_spec(_spec)
    _spec.loader.exec_module(sys.modules[_spec.name])

PAGE = (
    "<!doctype html><html lang='en'><head><title>Port stays shut</title>"
    "<meta property='og:site_name' content='The Ledger'></head><body><article><h1>Port stays shut</h1>"
    + "<p>The port stays shut until the audit is done, the harbour office said on Tuesday.</p>" * 4
    + "</article></body></html>"
).encode()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        state = self.server.state
        state.asked.append((self.headers["Host"], self.path))
        name = self.path.strip("/").split("?", maxsplit=1)[0]
        getattr(self, "answer_" + name, self.answer_missing)(state)

    def send(self, body, status=200, kind="text/html; charset=utf-8", **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def answer_page(self, state):
        self.send(PAGE, ETag='"7"', Set_Cookie="secret=1")

    def answer_zipped(self, state):
        self.send(gzip.compress(PAGE), Content_Encoding="gzip")

    def answer_moved(self, state):
        self.send(b"", 302, Location=state.redirect_to)

    def answer_circle(self, state):
        self.send(b"", 302, Location="/circle")

    def answer_twice(self, state):
        self.send(b"", 301, Location="moved?from=twice")

    def answer_missing(self, state):
        self.send(b"gone", 404)

    def answer_picture(self, state):
        self.send(b"\x89PNG", kind="image/png")

    def answer_brotli(self, state):
        self.send(b"\x8b", Content_Encoding="br")

    def answer_bomb(self, state):
        self.send(gzip.compress(b"a" * 60_000_000), Content_Encoding="gzip")

    def answer_endless(self, state):
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        try:
            while not state.over.is_set():
                self.wfile.write(b"10000\r\n" + b"a" * 65536 + b"\r\n")
        except OSError:
            self.close_connection = True

    def answer_drip(self, state):
        self.drip(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1000000\r\n\r\n", state)

    def answer_headers(self, state):
        self.drip(b"HTTP/1.1 200 OK\r\nX-Slow: ", state)

    def drip(self, start, state):
        try:
            self.wfile.write(start)
            while not state.over.wait(0.02):
                self.wfile.write(b"a")
        except OSError:
            pass
        self.close_connection = True

    def answer_short(self, state):
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", "5000")
        self.end_headers()
        self.wfile.write(b"The port stays shut.")
        self.close_connection = True

    def answer_feed(self, state):
        self.send(
            b"<rss version='2.0'><channel><title>The Ledger</title>"
            b"<item><title>One</title><description>The port stays shut, she said.</description></item>"
            b"<item><title>Two</title><description>The port opens, he said.</description></item></channel></rss>",
            kind="application/rss+xml",
        )

    def log_message(self, *_):
        pass


@pytest.fixture
def page_server():
    """A server whose `redirect_to` says where /moved leads; `asked` holds (Host, path) of each request."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.state = SimpleNamespace(port=server.server_address[1], redirect_to="/page", asked=[], over=threading.Event())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server.state
    server.state.over.set()
    server.shutdown()
    server.server_close()
    thread.join()
