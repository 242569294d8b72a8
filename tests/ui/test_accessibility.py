"""Every page by axe-core, in light and dark, wide and narrow, and by keyboard."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect
from visits import settled

pytestmark = pytest.mark.timeout(120)

PAGES = ["Chat", "Authors", "Compare", "Library", "Settings"]
SIZES = {"wide": (1280, 800), "narrow": (390, 844)}
QUESTION = "What FID does DPT reach on ImageNet 256x256 with one label per class?"
# Colours change over a moment, and in between nothing is as it will be.
STILL = "*, *::before, *::after { transition: none !important; animation: none !important; }"
# One run may ask for the next, and what it has not come to yet is shown faint.
# Notes what can be reached on a page and how it looks without the focus, which is put before the first of it.
LOOK_ROUND = """() => {
    window.look = (element) => {
        // Some widgets show the focus at what holds the element.
        const around = [0, 1, 2, 3].reduce((found) => [...found, found.at(-1)?.parentElement], [element]);
        return around.filter(Boolean).map((each) => {
            const style = getComputedStyle(each);
            return [style.outline, style.boxShadow, style.border, style.backgroundColor, style.textDecoration].join();
        }).join(' ');
    };
    const can = 'a[href], button, input, textarea, select, summary, [tabindex]';
    const shown = (each) => each.checkVisibility({ visibilityProperty: true }) && each.getClientRects().length > 0;
    // The keyboard reaches one of a group, and from it the others by arrows.
    window.group = (each) => each.closest('[role="radiogroup"], [role="toolbar"]') ?? each;
    const first = (each, place, all) => all.findIndex((other) => group(other) === group(each)) === place;
    window.stops = [...document.querySelectorAll(can)]
        .filter((each) => each.tabIndex >= 0 && !each.disabled && shown(each))
        .filter(first)
        .map((element) => [element, look(element)]);
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
    window.scrollTo(0, 0);
    return window.stops.map(([each]) => (each.ariaLabel ?? each.innerText).trim() + ' ' + each.outerHTML.slice(0, 150));
}"""
# Which of them has the focus now, -1 for none, and whether that is to be seen.
LOOK_AT_FOCUS = """() => {
    const index = window.stops.findIndex(([element]) => group(element) === group(document.activeElement));
    return [index, index < 0 || look(window.stops[index][0]) !== window.stops[index][1]];
}"""


@pytest.fixture
def page(visitor: tuple[Page, list[str]]) -> Iterator[Page]:
    page, wrong = visitor
    page.add_style_tag(content=STILL)
    yield page
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(color_scheme="light")
    assert wrong == []


def go(page: Page, name: str) -> None:
    """To a page by its link, as a visitor goes."""
    page.get_by_test_id("stHeader").get_by_role("link", name=name, exact=True).click()
    settled(page)
    if name == "Chat":
        page.get_by_role("button", name="New chat").click()
    heading = "Ask the library" if name == "Chat" else name
    page.get_by_role("heading", name=heading, exact=True, level=1).wait_for()
    settled(page)


def ask(page: Page) -> None:
    go(page, "Chat")
    page.get_by_test_id("stChatInputTextArea").fill(QUESTION)
    page.keyboard.press("Enter")
    page.get_by_text("Sources", exact=True).wait_for()
    settled(page)


def findings(page: Page) -> list[str]:
    """What axe-core finds that is serious or critical, one line each."""
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
    return [
        f"{finding['id']}: {' '.join(map(str, node['target']))} {node['html'][:200]} {node['failureSummary']}"
        for finding in found
        if finding["impact"] in ("serious", "critical")
        for node in finding["nodes"]
    ]


def in_all_looks(page: Page) -> dict[str, list[str]]:
    """The findings in light and dark, wide and narrow, where there are any."""
    found = {}
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.wait_for_function(
                "dark => (getComputedStyle(document.querySelector('.stApp')).colorScheme === 'dark') === dark",
                arg=scheme == "dark",
            )
            settled(page)
            found[f"{size}, {scheme}"] = findings(page)
    return {look: lines for look, lines in found.items() if lines}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_serious_finding(page: Page, name: str) -> None:
    go(page, name)
    assert in_all_looks(page) == {}


def test_an_answer_and_its_paper_have_no_serious_finding(page: Page) -> None:
    ask(page)
    assert in_all_looks(page) == {}
    page.get_by_role("link", name="[1]").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert in_all_looks(page) == {}


@pytest.mark.parametrize("name", PAGES)
def test_the_keyboard_reaches_all_of_a_page_and_is_seen_there(page: Page, name: str) -> None:
    go(page, name)
    stops: list[str] = page.evaluate(LOOK_ROUND)
    reached: list[int] = []
    unseen: list[str] = []
    for _ in range(2 * len(stops)):  # a table is one stop here, and several for the browser
        page.keyboard.press("Tab")
        index, seen = page.evaluate(LOOK_AT_FOCUS)
        if index < 0:
            continue
        if index in reached:
            break
        reached.append(index)
        unseen += [] if seen else [stops[index]]
    missed = [stops[index] for index in range(len(stops)) if index not in reached]
    assert missed == []
    assert reached == sorted(reached)
    assert unseen == []
