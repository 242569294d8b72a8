"""How visitors in a browser wait for the page."""

from contextlib import suppress
from typing import Any

from playwright.sync_api import Error, Locator, Page

# One run may ask for the next, and what it has not come to yet is shown faint.
STILL_FOR_A_WHILE = """(milliseconds) => {
    const app = document.querySelector('[data-test-script-state]');
    const still = (!app || app.dataset.testScriptState === 'notRunning')
        && document.querySelector('[data-stale="true"]') === null;
    window.stillSince = still ? window.stillSince ?? performance.now() : undefined;
    return performance.now() - window.stillSince >= milliseconds;
}"""
GLANCE = 60  # milliseconds
PATIENCE = 700  # milliseconds
_click = Locator.click


def settled(page: Page, milliseconds: int = 300, timeout: float | None = None) -> None:
    """Until no run of the page has been under way, and nothing left of an earlier one, for so long."""
    page.evaluate("window.stillSince = undefined")
    page.wait_for_function(STILL_FOR_A_WHILE, arg=milliseconds, timeout=timeout)


def click_unhurried(locator: Locator, **options: Any) -> None:
    """Click as a person does, who sees that the page is still being drawn: not in the middle of that, if it ends soon.

    What is drawn anew between the button's going down and up is not clicked.
    """
    with suppress(Error):  # it goes on being drawn, as it is while an answer is written
        settled(locator.page, GLANCE, PATIENCE)
    _click(locator, **options)
