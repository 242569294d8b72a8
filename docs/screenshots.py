"""Takes docs/chat.png of the page over the seeds: `python docs/screenshots.py`."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

DOCS = Path(__file__).parent
sys.path.insert(0, str(DOCS.parent / "tests" / "ui"))

from page_server import FLAGS, chromium, serving  # noqa: E402

QUESTION = "What FID does DPT reach on ImageNet 256x256 with one label per class?"


def main() -> None:
    """Ask, and open the first citation."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder)) as url,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(url)
        page.get_by_role("heading", name="Ask the library").wait_for()
        page.get_by_test_id("stChatInputTextArea").fill(QUESTION)
        page.keyboard.press("Enter")
        page.get_by_text("Sources", exact=True).wait_for()
        page.get_by_text("still being indexed").wait_for(state="hidden")
        page.get_by_role("link", name="[1]").first.click()
        page.get_by_role("dialog").locator("mark.quote").wait_for()
        page.wait_for_timeout(500)
        page.screenshot(path=DOCS / "chat.png")
        browser.close()


if __name__ == "__main__":
    main()
