"""Takes the pictures of the README, of the page over the seeds: `python docs/screenshots.py`."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

DOCS = Path(__file__).parent
sys.path += [str(DOCS.parent / "tests"), str(DOCS.parent / "tests" / "ui")]

from model_server import ModelServer  # noqa: E402
from page_server import FLAGS, chromium, serving  # noqa: E402

QUESTION = "What FID does DPT reach on ImageNet 256x256 with one label per class?"
DIGEST = "Summarize the work of Jiacheng Sun."
COMPARISON = "Compare SA-Solver with Diff-Instruct."
# As a model might answer, its last number wrong.
SAYS = (
    "With one label per class, DPT reaches a Fréchet Inception Distance of 3.08 on ImageNet 256x256 [1]. "
    "It trains a classifier on partially labelled data, a generative model on its pseudo-labels, and the classifier "
    "again on real and pseudo images [1]. With two labels the distance falls to 2.25 [1]."
)


def main() -> None:
    """Quoted sentences with a citation opened, a digest, a comparison, and a model's answer that is checked."""
    with (
        tempfile.TemporaryDirectory() as folder,
        ModelServer(SAYS, ["llama3.2"]) as model,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        with serving(Path(folder)) as url:
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            ask(page, url, QUESTION)
            page.get_by_role("link", name="[1]").first.click()
            page.get_by_role("dialog").locator("mark.quote").wait_for()
            take(page, "chat")
            for question, name in ((DIGEST, "digest"), (COMPARISON, "comparison")):
                page = browser.new_page(viewport={"width": 1600, "height": 1000})
                ask(page, url, question)
                take(page, name)
        with serving(Path(folder), RAG_LLM_BASE_URL=model.url, RAG_LLM_MODEL="llama3.2") as url:
            page = browser.new_page(viewport={"width": 1280, "height": 560})
            ask(page, url, QUESTION)
            page.get_by_text("Reachable").wait_for()
            page.get_by_role("link", name="[3]").first.hover()
            take(page, "checked")
        browser.close()


def ask(page: Page, url: str, question: str) -> None:
    """Ask a question in a new chat, and wait for the sources."""
    page.goto(url)
    page.get_by_role("heading", name="Ask the library").wait_for()
    page.get_by_test_id("stChatInputTextArea").fill(question)
    page.keyboard.press("Enter")
    page.get_by_text("Sources", exact=True).wait_for()
    page.get_by_text("still being indexed").wait_for(state="hidden")


def take(page: Page, name: str) -> None:
    """The picture, once nothing moves."""
    page.wait_for_timeout(800)
    page.screenshot(path=DOCS / f"{name}.png")


if __name__ == "__main__":
    main()
