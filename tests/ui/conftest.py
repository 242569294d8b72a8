"""A server of the page on loopback and a Chromium that notices what must not happen."""

import os
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from page_server import FLAGS, chromium, serving
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright
from visits import click_unhurried

# A busy machine takes longer; what never comes fails all the same.
expect.set_options(timeout=30_000)
Locator.click = click_unhurried  # type: ignore[method-assign]

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
    if chromium() is None:
        reason = "no Chromium found: install Debian's chromium package to run browser tests"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[str]:
    """The address of a page over a library that does not exist yet."""
    with serving(tmp_path_factory.mktemp("page")) as url:
        yield url


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One cache for all visitors."""
    with browser.new_context() as context:
        yield context


@pytest.fixture(scope="session")
def scripted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a page whose answers are as the question says; every context there is a visitor of its own."""
    with serving(tmp_path_factory.mktemp("scripted"), "tests/ui/scripted_page.py") as address:
        yield address


@pytest.fixture(scope="session")
def first_visit(browser: Browser, server: str) -> FirstVisit:
    """The first visitor waits until the seeds are in the library."""
    with browser.new_context() as context, context.new_page() as page:
        page.add_init_script(WATCH_PROGRESS)
        page.goto(server)
        page.get_by_test_id("stChatInput").wait_for()
        page.get_by_role("heading", name="Ask the library").wait_for()
        return FirstVisit(server, page.evaluate("window.progressSeen"))


@pytest.fixture(scope="module")
def visitor(context: BrowserContext, first_visit: FirstVisit) -> Iterator[tuple[Page, list[str]]]:
    """A visitor and what went wrong: errors of the page, requests to any other host."""
    page = context.new_page()
    page.set_default_timeout(30_000)
    wrong: list[str] = []
    own = (first_visit.url, first_visit.url.replace("http", "ws"), "blob:", "data:")
    page.on("request", lambda request: request.url.startswith(own) or wrong.append(request.url))
    page.on("console", lambda message: message.type != "error" or wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(first_visit.url)
    yield page, wrong
    page.close()


@pytest.fixture
def page(visitor: tuple[Page, list[str]]) -> Iterator[Page]:
    """The visitor on a new chat; loading the page again for every test would take most of the time."""
    page, wrong = visitor
    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(color_scheme="light")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="New chat").click()
    page.get_by_role("heading", name="Ask the library").wait_for()
    expect(page.get_by_test_id("stChatMessage")).to_have_count(0)
    yield page
    assert wrong == []
