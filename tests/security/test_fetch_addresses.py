"""No spelling of an internal address, and no way round to one, is ever connected to."""

import random
import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

import pytest

from claimtrack.errors import SourceError
from claimtrack.ingest.addresses import is_public
from claimtrack.ingest.fetch import Network, get

PUBLIC = "198.35.26.96"
INTERNAL_V4 = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.2.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "224.0.0.0/4",
    "240.0.0.0/4",
]
INTERNAL_V6 = ["::/128", "::1/128", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8", "2001:db8::/32", "100::/64"]
PER_WAY = 500


def internal_v4(chance):
    block = IPv4Network(chance.choice(INTERNAL_V4))
    return IPv4Address(int(block.network_address) + chance.randrange(block.num_addresses))


def internal_v6(chance):
    block = IPv6Network(chance.choice(INTERNAL_V6))
    return IPv6Address(int(block.network_address) + chance.randrange(min(block.num_addresses, 2**100)))


def carriers(v4):
    """IPv6 addresses that carry the IPv4 one: mapped, compatible, NAT64, 6to4, Teredo (client inverted), ISATAP."""
    number = int(v4)
    return [
        IPv6Address((0xFFFF << 32) | number),
        IPv6Address(number),
        IPv6Address((0x0064FF9B << 96) | number),
        IPv6Address((0x0064FF9B0001 << 80) | number),
        IPv6Address((0x2002 << 112) | (number << 80) | 1),
        IPv6Address((0x20010000 << 96) | (number ^ 0xFFFFFFFF)),
        IPv6Address((0x20010000 << 96) | (number << 64) | 1),
        IPv6Address((0x2600 << 112) | (0x5EFE << 32) | number),
    ]


def spellings(v4):
    """Ways to write an IPv4 address in a URL that some resolver takes."""
    number, parts = int(v4), str(v4).split(".")
    octets = [int(part) for part in parts]
    rest = octets[1] << 16 | octets[2] << 8 | octets[3]
    return [
        str(v4),
        str(number),
        hex(number),
        f"0{number:o}",
        ".".join(hex(octet) for octet in octets),
        ".".join(f"0{octet:o}" for octet in octets),
        ".".join(f"{octet:#04X}" for octet in octets),
        f"{octets[0]}.{rest}",
        f"{octets[0]}.{octets[1]}.{octets[2] << 8 | octets[3]}",
        f"{hex(octets[0])}.{octets[1]}.0{octets[2]:o}.{octets[3]}",
        str(v4) + ".",
        str(v4).replace(".", "。"),
        "".join(chr(0xFF10 + int(letter)) if letter.isdigit() else letter for letter in str(v4)),
        *(f"[{carrier}]" for carrier in carriers(v4)),
        f"[::ffff:{v4}]",
        f"[64:ff9b::{v4}]",
    ]


def numeric_only(host, port):
    """The system's own reading of numeric hosts, without asking any name server."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    return [str(entry[4][0]) for entry in found]


class NothingConnects:
    """A way out that fails the test when it is used for anything but the public address."""

    def __init__(self, server_port=None):
        self.server_port = server_port
        self.used = []

    def __call__(self, address, timeout):
        self.used.append(address[0])
        if address[0] != PUBLIC or self.server_port is None:
            raise ConnectionRefusedError
        return socket.create_connection(("127.0.0.1", self.server_port), timeout)


def test_no_spelling_of_an_internal_address_is_connected_to():
    chance, way_out, urls = random.Random(1), NothingConnects(), set()
    while len(urls) < 4 * PER_WAY:
        hosts = [*spellings(internal_v4(chance)), f"[{internal_v6(chance)}]"]
        urls.update(
            f"{chance.choice(['http', 'https'])}://{host}{chance.choice(['', ':80', ':8080'])}/" for host in hosts
        )
    for url in sorted(urls):
        with pytest.raises(SourceError):
            get(url, Network(resolve=numeric_only, connect=way_out))
    assert way_out.used == []


def test_no_name_that_resolves_to_an_internal_address_is_connected_to():
    chance, way_out = random.Random(2), NothingConnects()
    for _ in range(PER_WAY):
        v4 = internal_v4(chance)
        inside = str(chance.choice([v4, internal_v6(chance), *carriers(v4)]))
        answers = chance.choice([[inside], [PUBLIC, inside], [inside, PUBLIC]])
        with pytest.raises(SourceError, match="private network"):
            get("http://news.example/", Network(resolve=lambda *_, answers=answers: answers, connect=way_out))
    assert way_out.used == []


def test_no_redirect_to_an_internal_address_is_followed(page_server):
    chance = random.Random(3)
    way_out = NothingConnects(page_server.port)

    def resolve(host, port):
        return [PUBLIC] if host == "news.example" else numeric_only(host, port)

    for count in range(PER_WAY):
        page_server.redirect_to = f"http://{chance.choice(spellings(internal_v4(chance)))}/{count}"
        with pytest.raises(SourceError):
            get("http://news.example/moved", Network(resolve=resolve, connect=way_out))
    assert set(way_out.used) == {PUBLIC}
    assert len(way_out.used) == PER_WAY


def test_a_second_different_answer_of_the_name_server_is_never_used(page_server):
    chance = random.Random(4)
    way_out = NothingConnects(page_server.port)
    for _ in range(PER_WAY):
        answers = [[PUBLIC], [str(internal_v4(chance))]]
        page = get(
            "http://news.example/page", Network(resolve=lambda *_, answers=answers: answers.pop(0), connect=way_out)
        )
        assert page.data
        assert len(answers) == 1
    assert set(way_out.used) == {PUBLIC}


def test_a_name_that_changes_between_redirects_is_checked_again(page_server):
    way_out = NothingConnects(page_server.port)
    answers = [[PUBLIC], ["10.0.0.7"]]
    page_server.redirect_to = "http://news.example/page"
    with pytest.raises(SourceError, match=r"10\.0\.0\.7"):
        get("http://news.example/moved", Network(resolve=lambda *_: answers.pop(0), connect=way_out))
    assert way_out.used == [PUBLIC]


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "1.1.1.1", "172.15.0.1", "172.32.0.1", "2606:4700::1111", "2a00:1450::1", "64:ff9b::808:808"]
)
def test_public_addresses_are_allowed(address):
    assert is_public(address)


@pytest.mark.parametrize("address", ["", "news.example", "127.1", "fe80::1%eth0", "2606:4700::1111%1", "168.63.129.16"])
def test_what_is_no_public_address_is_refused(address):
    assert not is_public(address)
