"""How visitors in a browser wait for the page."""

from playwright.sync_api import Page

STILL_FOR_A_WHILE = """(milliseconds) => {
    const still = document.querySelector('[data-test-script-state="notRunning"]') !== null
        && document.querySelector('[data-stale="true"]') === null;
    window.stillSince = still ? window.stillSince ?? performance.now() : undefined;
    return performance.now() - window.stillSince >= milliseconds;
}"""


def settled(page: Page, milliseconds: int = 300) -> None:
    """Until no run of the page has been under way, and nothing left of an earlier one, for so long.

    Until then what is clicked may be drawn anew between the button's going down and up.
    """
    page.evaluate("window.stillSince = undefined")
    page.wait_for_function(STILL_FOR_A_WHILE, arg=milliseconds)
