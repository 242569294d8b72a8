"""The server of the page is for this machine alone, and for pages of its own."""

import socket
import sys
import tomllib
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

CONFIG = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


def test_the_config_keeps_the_page_to_this_machine() -> None:
    assert CONFIG["server"]["address"] == "localhost"
    assert CONFIG["browser"]["gatherUsageStats"] is False
    # Streamlit's own defaults keep pages of other sites out: nothing here may switch them off.
    assert CONFIG["server"].get("enableXsrfProtection", True)
    assert CONFIG["server"].get("enableCORS", True)
    assert CONFIG["client"]["showErrorDetails"] == "none"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have one address of loopback only")
def test_no_other_interface_answers(server: str) -> None:
    with socket.socket() as door:
        door.bind(("127.0.0.2", urlsplit(server).port))  # which fails where the server listens on all interfaces


@pytest.mark.parametrize(("origin", "status"), [("http://evil.example", 403), ("null", 403), ("", 101)])
def test_the_socket_of_the_page_is_closed_to_other_sites(server: str, origin: str, status: int) -> None:
    connection = HTTPConnection(urlsplit(server).netloc, timeout=10)
    headers = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
        "Origin": origin or server,
    }
    connection.request("GET", "/_stcore/stream", headers=headers)
    assert connection.getresponse().status == status
    connection.close()
