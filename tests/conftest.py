"""What tests share: no network but loopback, libraries, the bundled embedder."""

from __future__ import annotations

import ipaddress
import os
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from pytest_socket import SocketConnectBlockedError, socket_allow_hosts

from rag.assistant import Assistant
from rag.index.embedder import MiniLMEmbedder
from rag.library.store import Library
from rag.settings import Settings

TESTS = Path(__file__).parent
LOOPBACK = ["127.0.0.1", "::1", "localhost"]

# How long an example takes says more about what else the machine does; each test has a timeout of its own.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


def pytest_runtest_setup() -> None:
    """Let sockets connect to loopback alone, before the first fixture of each test."""
    socket_allow_hosts(LOOPBACK, allow_unix_socket=True)


def _refuse_outside(owner: Any, name: str, host_of: Callable[..., object], allowed: Callable[[str], bool]) -> None:
    """Guard what pytest-socket leaves open: looking names up, and sending without `connect`."""
    original = getattr(owner, name)

    def guarded(*args: Any, **options: Any) -> Any:
        host = host_of(*args, **options)
        if isinstance(host, str) and not allowed(host):
            raise SocketConnectBlockedError(LOOPBACK, host)
        return original(*args, **options)

    setattr(owner, name, guarded)


def _is_address(host: str) -> bool:
    try:
        return bool(ipaddress.ip_address(host.partition("%")[0]))
    except ValueError:
        return False


def _named(host: object, *_: object, **__: object) -> object:
    return host.decode("ascii", "replace") if isinstance(host, bytes) else host


def _addressed(_: socket.socket, *args: Any) -> object:
    return args[-1][0] if isinstance(args[-1], tuple) else None


for function in ("getaddrinfo", "gethostbyname", "gethostbyname_ex"):
    _refuse_outside(socket, function, _named, lambda host: host in ("", *LOOPBACK) or _is_address(host))
for method in ("connect_ex", "sendto"):
    _refuse_outside(socket.socket, method, _addressed, LOOPBACK.__contains__)


@pytest.fixture(scope="session")
def embedder() -> MiniLMEmbedder:
    """The model that ships with the package."""
    return MiniLMEmbedder()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library."""
    library = Library(tmp_path / "library")
    yield library
    library.close()


def _filled(folder: Path, source: Path) -> Iterator[Assistant]:
    with Assistant(Settings(folder)) as assistant:
        report = assistant.ingest([source])
        assert not report.failed
        yield assistant


@pytest.fixture(scope="session")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """A library of twelve invented papers, which no test changes."""
    yield from _filled(tmp_path_factory.mktemp("invented"), TESTS / "fixtures" / "answers_papers.jsonl")


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """A library of the project's own seeds, which no test changes."""
    yield from _filled(tmp_path_factory.mktemp("seeds"), TESTS.parent / "seeds")


@pytest.fixture
def unprivileged_folder() -> Iterator[Path]:
    """A folder of a user for whom permissions count, which this test is run as even by root."""
    folder = Path(tempfile.mkdtemp())
    user = os.geteuid()
    if user == 0:
        os.chown(folder, 65534, 65534)
        os.seteuid(65534)
    yield folder
    os.seteuid(user)
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o700)
    shutil.rmtree(folder)
