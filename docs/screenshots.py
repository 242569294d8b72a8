"""Takes the pictures of the README, of the page over the seeds: `python docs/screenshots.py`.

With a folder, every page instead, light, dark and as wide as a phone: `python docs/screenshots.py DIR`.
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

DOCS = Path(__file__).parent
sys.path += [str(DOCS.parent / "tests"), str(DOCS.parent / "tests" / "ui")]

from model_server import ModelServer  # noqa: E402
from page_server import FLAGS, chromium, serving  # noqa: E402

QUESTION = "What FID does DPT reach on ImageNet 256x256 with one label per class?"
COMPARISON = "compare?of=SA-Solver&of=Diff-Instruct"
PAGES = {
    "authors": "authors",
    "digest": "authors?name=Di+He",
    "compare": "compare",
    "comparison": COMPARISON,
    "library": "library",
    "add": "library?view=add",
    "files": "library?view=sources",
    "map": "library?view=map",
    "figures": "library?view=figures",
    "settings": "settings",
}
MODES = {"light": (1280, 860), "dark": (1280, 860), "phone": (390, 844)}
# As a model might answer, its last number wrong.
SAYS = (
    "With one label per class, DPT reaches a Fréchet Inception Distance of 3.08 on ImageNet 256x256 [1]. "
    "It trains a classifier on partially labelled data, a generative model on its pseudo-labels, and the classifier "
    "again on real and pseudo images [1]. With two labels the distance falls to 2.25 [1]."
)


def main() -> None:
    """The pictures of the README, or every page."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        with serving(Path(folder)) as url:
            if sys.argv[1:]:
                take_every_page(browser, url, Path(sys.argv[1]))
            else:
                take_for_readme(browser, url)
        if not sys.argv[1:]:
            take_checked(browser, Path(folder))
        browser.close()


def take_for_readme(browser: Browser, url: str) -> None:
    """Quoted sentences with a citation opened, a digest, a comparison, the papers."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    ask(page, url, QUESTION)
    page.get_by_role("link", name="[1]").first.click()
    page.get_by_role("dialog").locator("mark.quote").wait_for()
    take(page, DOCS / "chat.png")
    for name, width, scheme in (("digest", 1280, "light"), ("comparison", 1500, "light"), ("library", 1280, "dark")):
        page = browser.new_page(viewport={"width": width, "height": 860}, color_scheme=scheme)
        show(page, f"{url}/{PAGES[name]}")
        take(page, DOCS / f"{name}.png")


def take_checked(browser: Browser, folder: Path) -> None:
    """A model's answer that is checked."""
    with (
        ModelServer(SAYS, ["llama3.2"]) as model,
        serving(folder, RAG_LLM_BASE_URL=model.url, RAG_LLM_MODEL="llama3.2") as url,
    ):
        page = browser.new_page(viewport={"width": 1280, "height": 620})
        ask(page, url, QUESTION)
        page.get_by_role("link", name="[3]").first.hover()
        take(page, DOCS / "checked.png")


def take_every_page(browser: Browser, url: str, folder: Path) -> None:
    """Every page in every mode."""
    folder.mkdir(parents=True, exist_ok=True)
    for mode, (width, height) in MODES.items():
        scheme = "dark" if mode == "dark" else "light"
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        page = context.new_page()
        show(page, url)
        take(page, folder / f"welcome-{mode}.png")
        ask(page, url, QUESTION)
        take(page, folder / f"chat-{mode}.png")
        page.get_by_role("link", name="[1]").first.click()
        take(page, folder / f"paper-{mode}.png")
        for name, address in PAGES.items():
            show(page, f"{url}/{address}")
            take(page, folder / f"{name}-{mode}.png")
        context.close()


def show(page: Page, address: str) -> None:
    """Open a page, and wait until all of it is there."""
    page.goto(address)
    page.locator("h1").first.wait_for(timeout=60_000)
    page.wait_for_function("document.querySelector('[data-test-script-state=\"notRunning\"]') !== null")
    page.get_by_text("still being indexed").wait_for(state="hidden")


def ask(page: Page, url: str, question: str) -> None:
    """Ask a question in a new chat, and wait for the sources."""
    page.goto(url)
    page.get_by_role("heading", name="Ask the library").wait_for(timeout=60_000)
    page.get_by_test_id("stChatInputTextArea").fill(question)
    page.keyboard.press("Enter")
    page.get_by_text("Sources", exact=True).wait_for()
    page.get_by_text("still being indexed").wait_for(state="hidden")


def take(page: Page, file: Path) -> None:
    """The picture, once nothing moves."""
    page.wait_for_timeout(1200)
    page.screenshot(path=file)


if __name__ == "__main__":
    main()
