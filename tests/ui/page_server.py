"""Runs the page on a free port of loopback, for the browser tests and docs/screenshots.py."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str | None:
    """The path of an installed Chromium, if there is one."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


@contextmanager
def serving(folder: Path, script: str = "streamlit_app.py", **environment: str) -> Iterator[str]:
    """The address of a page whose library and home are in `folder`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {name: value for name, value in os.environ.items() if not name.startswith(("RAG_", "CHROMA"))}
    own |= {"HOME": str(folder), "RAG_LIBRARY": str(folder / "library")} | environment
    options = ["--server.port", str(port), "--server.headless", "true", "--server.fileWatcherType", "none"]
    command = [sys.executable, "-m", "streamlit", "run", script, *options]
    log = folder / "server.log"
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=own, stdout=output, stderr=output)
    try:
        _wait_until_healthy(port, process, log)
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait(timeout=10)


def address_of(page: Page, part: str, other_than: str = "") -> str:
    """A page's address once it has `part` and is another: the browser learns of it after what is drawn."""
    page.wait_for_url(lambda url: part in url and url != other_than)
    return page.url


def _wait_until_healthy(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the page did not start: {log.read_text()}")
