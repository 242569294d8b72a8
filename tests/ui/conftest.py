"""A server of the page on loopback and a Chromium that notices what must not happen."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Keeps what the progress bar said, however briefly.
WATCH_PROGRESS = """
window.progressSeen = [];
new MutationObserver(() => document.querySelectorAll('[data-testid="stProgress"]').forEach((bar) => {
  if (window.progressSeen.at(-1) !== bar.innerText) window.progressSeen.push(bar.innerText);
})).observe(document, { subtree: true, childList: true, characterData: true });
"""


@dataclass(frozen=True)
class FirstVisit:
    """What the first visitor of a server with an empty library saw."""

    url: str
    progress: list[str]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = next(filter(None, map(shutil.which, NAMES)), None)
    if executable is None:
        reason = "no Chromium found: install Debian's chromium package to run browser tests"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[str]:
    """The address of a page over a library that does not exist yet."""
    folder = tmp_path_factory.mktemp("page")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("RAG_", "CHROMA"))
    }
    environment |= {"HOME": str(folder), "RAG_LIBRARY": str(folder / "library")}
    options = ["--server.port", str(port), "--server.headless", "true", "--server.fileWatcherType", "none"]
    command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", *options]
    with (folder / "server.log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    url = f"http://localhost:{port}"
    try:
        _wait_for(f"{url}/_stcore/health", process, folder / "server.log")
        yield url
    finally:
        process.terminate()
        process.wait(timeout=10)


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        assert process.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"the page did not start within 30 s: {log.read_text()}")


@pytest.fixture(scope="module")
def first_visit(context: BrowserContext, server: str) -> FirstVisit:
    """The first visitor waits until the seeds are in the library."""
    with context.new_page() as page:
        page.add_init_script(WATCH_PROGRESS)
        page.goto(server)
        page.get_by_test_id("stChatInput").wait_for()
        page.get_by_role("heading", name="Ask the library").wait_for()
        return FirstVisit(server, page.evaluate("window.progressSeen"))


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One cache for all visitors, so that a test does not load the page's scripts again."""
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        yield context


@pytest.fixture
def page(context: BrowserContext, first_visit: FirstVisit) -> Iterator[Page]:
    """A new visitor on the welcome, who in the end saw no error and called no other host."""
    page = context.new_page()
    page.set_default_timeout(10_000)
    wrong: list[str] = []
    own = (first_visit.url, first_visit.url.replace("http", "ws"), "blob:", "data:")
    page.on("request", lambda request: request.url.startswith(own) or wrong.append(request.url))
    page.on("console", lambda message: message.type != "error" or wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(first_visit.url)
    page.get_by_role("heading", name="Ask the library").wait_for()
    yield page
    page.close()
    assert wrong == []
