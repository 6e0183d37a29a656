"""A page from the web, without ever connecting to the desk's own network.

Each host name is resolved once, every address it has is checked, and the connection goes to that very address, so that
a second, different answer of the name server is never asked for; after each redirect again. Proxies from the
environment are not used: through one the address could not be checked. Standard library only: a client library would
have to be taught all of this through its internals. Time is bounded by a watchdog that shuts the socket down, because
socket timeouts begin anew with every byte that a slow server drips.
"""

import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from queue import Empty, Queue
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from claimtrack import __version__
from claimtrack.errors import LimitError, SourceError
from claimtrack.ingest.addresses import is_public
from claimtrack.limits import MAX_FETCH_SECONDS, MAX_REDIRECTS, MAX_SOURCE_BYTES, MAX_URL_CHARS

#: Headers that tell where and when a page is from; kept with the capture. Cookies and the rest are not.
KEPT_HEADERS = frozenset(
    {
        "content-disposition",
        "content-language",
        "content-location",
        "content-type",
        "date",
        "etag",
        "last-modified",
        "link",
        "memento-datetime",
    }
)
_PORTS = {"http": 80, "https": 443}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MEDIA_KINDS = {"image": "a picture", "video": "a film", "audio": "a recording", "font": "a font"}


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answer to a request for a page, before anything is read out of it."""

    url: str  #: as it was asked for
    final_url: str  #: after redirects
    data: bytes  #: the body, its transfer compression undone
    media_type: str  #: lower case, without parameters; "" when the server names none
    charset: str | None  #: as the server names it
    headers: Mapping[str, str]  #: those of `KEPT_HEADERS`, lower case
    fetched_at: datetime  #: aware, UTC


def _resolve(host: str, port: int) -> list[str]:
    """Addresses of the host, as the system resolves them (numbers in any spelling, IPv6, the hosts file)."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _tls() -> ssl.SSLContext:
    """Certificates and host names checked against the system's authorities and Mozilla's (some systems have none)."""
    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


@dataclass(frozen=True, slots=True)
class Network:
    """The ways out: replaced in tests, so that these reach a server on the same machine and nothing else."""

    resolve: Callable[[str, int], list[str]] = _resolve
    is_allowed: Callable[[str], bool] = is_public
    connect: Callable[[tuple[str, int], float], socket.socket] = socket.create_connection
    seconds: float = MAX_FETCH_SECONDS
    tls: Callable[[], ssl.SSLContext] = _tls


NETWORK = Network()


def get(url: str, network: Network = NETWORK) -> Fetched:
    """The answer of the address, redirects followed.

    Args:
        url: http or https, without name and password.
        network: how names are resolved and connections made.

    Raises:
        SourceError: no such host, an address inside a private network, an error answer, a picture or film.
        LimitError: larger or slower than `claimtrack.limits` allows, or redirected too often.
    """
    deadline = time.monotonic() + network.seconds
    target = url
    for _ in range(MAX_REDIRECTS + 1):
        parts = _checked_url(target, url)
        answer = _request(parts, url, network, deadline)
        if isinstance(answer, Fetched):
            return answer
        target = urljoin(urlunsplit(parts), answer)
    raise LimitError(
        f"{url} is redirected more than {MAX_REDIRECTS} times; open it in a browser and import the saved page.",
        source=url,
    )


def _checked_url(target: str, url: str) -> SplitResult:
    """The parts of an address that may be asked for, its host in ASCII and its path quoted."""
    shown = url if target == url else f"{url} leads to {target:.200}, which"
    if len(target) > MAX_URL_CHARS:
        raise LimitError(f"The address {target:.80}… is over {MAX_URL_CHARS:,} characters; shorten it.", source=url)
    if any(letter.isspace() or not letter.isprintable() or letter == "\\" for letter in target.strip()):
        raise SourceError(f"{shown!r:.300} has a space, backslash or control character; copy it again.", source=url)
    try:
        parts = urlsplit(target.strip())
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise SourceError(f"{shown} is not a valid address ({error}); copy it again.", source=url) from error
    if parts.scheme not in _PORTS:
        raise SourceError(f"{shown} is not an http or https address; only those are fetched.", source=url)
    if not host or port == 0:
        raise SourceError(f"{shown} names no host; copy the whole address.", source=url)
    if parts.username is not None or parts.password is not None:
        raise SourceError(f"{shown} holds a name or password; leave them out.", source=url)
    try:
        ascii_host = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise SourceError(f"{shown} has a host name that is not valid; copy it again.", source=url) from error
    where = f"[{ascii_host}]" if ":" in ascii_host else ascii_host
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]")
    return SplitResult(parts.scheme, where + (f":{port}" if port else ""), path, query, "")


def _request(parts: SplitResult, url: str, network: Network, deadline: float) -> Fetched | str:
    """The answer of one server, or the address that it redirects to."""
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    place = urlunsplit(parts)
    try:
        with _connected(host, port, url, network, deadline, secure=parts.scheme == "https") as connection:
            asked = parts.path + (f"?{parts.query}" if parts.query else "")
            connection.request("GET", asked, headers=_headers(parts.netloc))
            with connection.getresponse() as response:
                answer = _answer(response, place, url)
            # A socket that was shut down looks like the end of the answer.
            if time.monotonic() >= deadline:
                raise _too_slow(url, network)
            return answer
    except (OSError, http.client.HTTPException, zlib.error, ValueError, AttributeError) as error:
        if time.monotonic() >= deadline:
            raise _too_slow(url, network) from error
        raise SourceError(
            f"{place} could not be read ({_reason(error)}); check the address and the connection, then try again.",
            source=url,
        ) from error


def _answer(response: http.client.HTTPResponse, place: str, url: str) -> Fetched | str:
    location = response.getheader("Location")
    if response.status in _REDIRECTS and location:
        return _as_text(location)
    if response.status != http.HTTPStatus.OK:
        raise SourceError(
            f"{place} answered {response.status} {_as_text(response.reason):.60}".rstrip()
            + "; open it in a browser and import the saved page.",
            source=url,
        )
    return _read(response, place, url)


def _as_text(header: str) -> str:
    """A header, which http.client reads as Latin-1, in the UTF-8 that servers send."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header


def _headers(host: str) -> dict[str, str]:
    return {
        "Host": host,
        "User-Agent": f"claimtrack/{__version__}",
        "Accept": "text/html,application/xhtml+xml,application/pdf,*/*;q=0.5",
        "Accept-Encoding": "gzip",
        "Accept-Language": "en",
        "Connection": "close",
    }


@contextmanager
def _connected(
    host: str, port: int, url: str, network: Network, deadline: float, *, secure: bool
) -> Iterator[http.client.HTTPConnection]:
    """A connection to an address of the host that was checked; shut down when the time is over."""
    sock = _open(_allowed_addresses(host, port, url, network, deadline), port, network, deadline)
    if secure:
        sock = network.tls().wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)
    guard = threading.Timer(_left(deadline), _shut, [sock])
    guard.daemon = True
    guard.start()
    try:
        sock.settimeout(_left(deadline))
        if isinstance(sock, ssl.SSLSocket):
            sock.do_handshake()
        connection = http.client.HTTPConnection(host, port)
        connection.sock = sock
        yield connection
    finally:
        guard.cancel()
        sock.close()


def _left(deadline: float) -> float:
    """Seconds until the deadline; a little when it has passed, since 0 means "never" to sockets."""
    return max(0.01, deadline - time.monotonic())


def _shut(sock: socket.socket) -> None:
    """End what is under way on the socket, from another thread (past TLS, which would want to say goodbye first)."""
    with suppress(OSError):
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


def _allowed_addresses(host: str, port: int, url: str, network: Network, deadline: float) -> list[str]:
    """Addresses of the host; an error when it has none, or one of them is not public."""
    answers: Queue[list[str] | Exception] = Queue()

    def ask() -> None:
        try:
            answers.put(network.resolve(host, port))
        except (OSError, ValueError) as error:
            answers.put(error)

    # The system's resolver knows no time limit: it is waited for, not interrupted.
    threading.Thread(target=ask, daemon=True).start()
    try:
        found = answers.get(timeout=_left(deadline))
    except Empty:
        raise _too_slow(url, network) from None
    if isinstance(found, Exception) or not found:
        raise SourceError(
            f"{url}: no address is known for the host {host!r:.100}; check the spelling and the connection.", source=url
        )
    for address in found:
        if not network.is_allowed(address):
            raise SourceError(
                f"{url} leads to {address:.60}, an address inside a private network or not for public use; it was not "
                "fetched. Save the page yourself and import the file.",
                source=url,
            )
    return found


def _open(addresses: list[str], port: int, network: Network, deadline: float) -> socket.socket:
    """A connection to the first of the checked addresses that takes one."""
    refusal: OSError | None = None
    for address in addresses[:4]:
        try:
            return network.connect((address, port), _left(deadline))
        except OSError as error:
            refusal = error
    assert refusal is not None
    raise refusal


def _read(response: http.client.HTTPResponse, place: str, url: str) -> Fetched:
    """The body within the limits, decompressed."""
    headers = {name.lower(): _as_text(value) for name, value in response.getheaders()}
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind := _MEDIA_KINDS.get(media_type.partition("/")[0]):
        raise SourceError(f"{place} is {kind} ({media_type:.60}), not text; give the page's address.", source=url)
    encoding = headers.get("content-encoding", "identity").strip().lower()
    if encoding not in {"", "identity", "gzip", "x-gzip"}:
        raise SourceError(
            f"{place} answers in an encoding that was not asked for ({encoding:.30}); import the saved page.",
            source=url,
        )
    data = bytearray()
    unpack = zlib.decompressobj(wbits=31) if "gzip" in encoding else None
    while chunk := response.read1(65536):
        # One byte more than fits is enough to know that it does not fit.
        data += unpack.decompress(chunk, MAX_SOURCE_BYTES + 1 - len(data)) if unpack else chunk
        if len(data) > MAX_SOURCE_BYTES:
            raise LimitError(
                f"{place} is over {MAX_SOURCE_BYTES // 1024 // 1024} MB, the limit for one source; "
                "save the part you need as plain text and import that.",
                source=url,
            )
    if (response.length or 0) > 0 or (unpack and not unpack.eof):
        raise http.client.IncompleteRead(b"")
    return Fetched(
        url=url,
        final_url=place,
        data=bytes(data),
        media_type=media_type,
        charset=response.headers.get_content_charset(),
        headers={name: value for name, value in headers.items() if name in KEPT_HEADERS},
        fetched_at=datetime.now(UTC),
    )


def _too_slow(url: str, network: Network) -> LimitError:
    return LimitError(
        f"{url} took over {network.seconds:g} seconds, the limit for one page; try again later or import the saved "
        "page.",
        source=url,
    )


def _reason(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate does not hold: {error.verify_message}"
    if isinstance(error, http.client.IncompleteRead):
        return "the answer broke off"
    return " ".join(str(error).split())[:200] or type(error).__name__
