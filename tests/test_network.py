"""No test reaches beyond this machine."""

from __future__ import annotations

import socket
import urllib.request
from collections.abc import Callable

import pytest

BLOCKED = "A test tried to use socket"
OUTSIDE = ("192.0.2.1", 443)


@pytest.mark.parametrize(
    "reach",
    [
        lambda: socket.create_connection(OUTSIDE, timeout=0.2),
        lambda: socket.create_connection(("2001:db8::1", 443), timeout=0.2),
        lambda: socket.create_connection(("example.org", 443), timeout=0.2),
        lambda: socket.getaddrinfo("example.org", 443),
        lambda: socket.getaddrinfo(b"example.org", 443),
        lambda: socket.gethostbyname("example.org"),
        lambda: urllib.request.urlopen("https://example.org", timeout=0.2),
    ],
)
def test_addresses_and_names_outside_are_refused(reach: Callable[[], object]) -> None:
    with pytest.raises(Exception, match=BLOCKED):
        reach()


@pytest.mark.parametrize(
    "reach",
    [
        lambda wire: wire.connect(OUTSIDE),
        lambda wire: wire.connect_ex(OUTSIDE),
        lambda wire: wire.sendto(b"", OUTSIDE),
        lambda wire: wire.sendto(b"", 0, OUTSIDE),
    ],
)
def test_a_socket_reaches_nothing_outside(reach: Callable[[socket.socket], object]) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as wire, pytest.raises(Exception, match=BLOCKED):
        reach(wire)


def test_loopback_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        for host in ("127.0.0.1", "localhost"):
            with socket.create_connection((host, server.getsockname()[1]), timeout=5):
                pass
