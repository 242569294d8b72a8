"""How quick the page is in the browser: `python benchmarks/page.py [--library DIR]`, over the seeds or a library.

Prints, measured in Chromium against a warm server, the median milliseconds until the page can be used, from Enter to
the first words of an answer that quotes the abstracts, from the pointer on a citation to its sentence, and from a
click to each page; with a library also until its map is drawn. The library is copied, so it stays as it is.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "ui"))

from page_server import FLAGS, chromium, serving  # noqa: E402

SEEDS = [
    "What FID does DPT reach on ImageNet 256x256 with one label per class?",
    "Which theorem is the Geometric Diffusion Bridge derived from?",
    "What is SA-Solver?",
    "How many tokens does the largest model have?",
    "Which spiking networks are trained directly?",
]
OTHER = [
    "Which methods reduce the memory of transformers?",
    "How are graph neural networks pretrained?",
    "What is known about contrastive learning for images?",
    "How do robots learn to grasp?",
    "Which data sets are there for question answering?",
]
PAGES = ["Authors", "Compare", "Library", "Settings", "Chat"]
SLOWEST = 180_000  # milliseconds until something counts as missing

# Notes in the browser itself when something is first there: asking from outside is slower than the page.
WATCH = """([find, since]) => {
    const look = eval(`() => ${find}`);
    const there = () => {
        const found = look();
        if (found) { window.waited = performance.now() - window.began; watch.disconnect(); clearInterval(often); }
        return found;
    };
    window.waited = null;
    const watch = new MutationObserver(there);
    const often = setInterval(there, 4);
    watch.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    window.began = Infinity;
    document.addEventListener(since, () => { window.began = performance.now(); }, { capture: true, once: true });
}"""
IDLE = "document.querySelector('[data-test-script-state=\"notRunning\"]') !== null"
HEADING = "document.querySelector('h1')?.innerText === {title!r} && !document.querySelector('[data-stale=\"true\"]')"
ANSWER = (
    "[...document.querySelectorAll('[aria-label=\"Chat message from assistant\"]')].at(-1)"
    '?.querySelectorAll(\'a[href^="#cite-"], [class*="st-key-refusal"]\').length > 0'
)
TOOLTIP = "document.querySelector('#citation-overlay')?.shadowRoot.querySelector('#tooltip:not([hidden])')"
MAP = (
    "[...document.querySelectorAll('.st-key-library-map *')].some("
    "(each) => (each.shadowRoot ?? each).querySelector('[data-drawn]'))"
)


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--library", type=Path, help="a library's folder; a copy of it is opened")
    arguments.add_argument("--runs", type=int, default=5)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        if given.library:
            shutil.copytree(given.library, Path(folder, "library"))
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        with serving(Path(folder)) as url:
            measure(browser, url, OTHER if given.library else SEEDS, given.runs, with_map=bool(given.library))
        browser.close()


def measure(browser: Browser, url: str, questions: list[str], runs: int, *, with_map: bool) -> None:
    """Everything, against one server."""
    page = opened(browser, url)
    ask(page, questions[0])
    page.context.close()
    told("page usable", [usable(browser, url) for _ in range(runs)])
    page = opened(browser, url)
    told("first words after Enter", [ask(page, questions[run % len(questions)]) for run in range(runs)])
    ask(page, questions[0])  # one that is answered with citations
    told("citation hover", [hover(page) for _ in range(runs)])
    switches: dict[str, list[float]] = {name: [] for name in PAGES}
    for _ in range(runs):
        for name in PAGES:
            switches[name].append(switch(page, name))
    for name, each in switches.items():
        told(f"switch to {name}", each)
    if with_map:
        told("library map drawn", [drawn(page) for _ in range(runs)])


def opened(browser: Browser, url: str) -> Page:
    """A new visitor, once the page can be used."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.set_default_timeout(SLOWEST)
    page.goto(url)
    page.get_by_role("heading", name="Ask the library").wait_for()
    page.wait_for_function(IDLE)
    return page


def usable(browser: Browser, url: str) -> float:
    """Milliseconds from the address to a question that can be typed and suggestions that can be clicked."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.set_default_timeout(SLOWEST)
    began = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.locator("[data-testid='stChatInputTextArea']:enabled").wait_for()
    page.get_by_role("heading", name="Ask the library").wait_for()
    milliseconds = (time.perf_counter() - began) * 1000
    context.close()
    return milliseconds


def ask(page: Page, question: str) -> float:
    """Milliseconds from Enter to the first cited words of the answer, in a new chat."""
    page.get_by_role("button", name="New chat").click()
    page.get_by_role("heading", name="Ask the library").wait_for()
    page.wait_for_function(IDLE)
    page.get_by_test_id("stChatInputTextArea").fill(question)
    page.evaluate(WATCH, [ANSWER, "keydown"])
    page.keyboard.press("Enter")
    return noted(page)


def hover(page: Page) -> float:
    """Milliseconds from the pointer on a citation to the sentence in its tooltip."""
    page.mouse.move(2, 2)
    page.wait_for_function(f"!{TOOLTIP}")
    link = page.locator("a[href^='#cite-']").first
    link.scroll_into_view_if_needed()
    page.evaluate(WATCH, [TOOLTIP, "mouseover"])
    link.hover()
    return noted(page)


def switch(page: Page, name: str) -> float:
    """Milliseconds from the click on a page's name to all of the page."""
    link = page.get_by_role("banner").get_by_role("link", name=name, exact=True)
    shown = HEADING.format(title=name) if name != "Chat" else ANSWER
    page.evaluate(WATCH, [f"{shown} && {IDLE}", "click"])
    link.click()
    return noted(page)


def drawn(page: Page) -> float:
    """Milliseconds from the click on "Map" to all its points."""
    switch(page, "Chat")
    switch(page, "Library")
    page.evaluate(WATCH, [MAP, "click"])
    page.get_by_role("radio", name="Map").or_(page.get_by_role("button", name="Map", exact=True)).first.click()
    return noted(page)


def noted(page: Page) -> float:
    """What the watch in the page noted, in milliseconds."""
    page.wait_for_function("window.waited !== null")
    return float(page.evaluate("window.waited"))


def told(name: str, milliseconds: list[float]) -> None:
    """One line: the median, and the range it comes from."""
    sys.stdout.write(
        f"{name:28} {statistics.median(milliseconds):7.0f} ms  "
        f"({min(milliseconds):.0f} to {max(milliseconds):.0f}, n={len(milliseconds)})\n"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    main()
