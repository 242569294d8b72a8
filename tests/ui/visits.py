"""How visitors in a browser wait for the page."""

from typing import Any

from playwright.sync_api import Error, Locator, Page

STILL_FOR_A_WHILE = """(milliseconds) => {
    const still = document.querySelector('[data-test-script-state="notRunning"]') !== null
        && document.querySelector('[data-stale="true"]') === null;
    window.stillSince = still ? window.stillSince ?? performance.now() : undefined;
    return performance.now() - window.stillSince >= milliseconds;
}"""


NOTHING_RUNS = """() => {
    const runs = document.querySelector('[data-test-script-state="running"], [data-stale="true"]') !== null;
    window.quietSince = runs ? undefined : window.quietSince ?? performance.now();
    return performance.now() - window.quietSince >= 60;
}"""
GLANCE = 700  # milliseconds
_click = Locator.click


def click_unhurried(locator: Locator, **options: Any) -> None:
    """Click as a person does, who sees that the page is still being drawn: not in the middle of that, if it ends soon.

    What is drawn anew between the button's going down and up is not clicked.
    """
    try:
        locator.page.evaluate("window.quietSince = undefined")
        locator.page.wait_for_function(NOTHING_RUNS, timeout=GLANCE)
    except Error:
        pass  # it goes on being drawn, as it is while an answer is written
    _click(locator, **options)


def settled(page: Page, milliseconds: int = 300) -> None:
    """Until no run of the page has been under way, and nothing left of an earlier one, for so long.

    Until then what is clicked may be drawn anew between the button's going down and up.
    """
    page.evaluate("window.stillSince = undefined")
    page.wait_for_function(STILL_FOR_A_WHILE, arg=milliseconds)
