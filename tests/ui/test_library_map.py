"""The map on the page, over a library of twelve invented papers."""

import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from page_server import serving
from playwright.sync_api import Locator, Page, expect

from rag.assistant import Assistant
from rag.settings import Settings

PAPERS = Path(__file__).parents[1] / "fixtures" / "answers_papers.jsonl"
# Leads a pointer over the canvas until a paper is named, and says where that was.
LOOK = """(canvas) => {
  const box = canvas.getBoundingClientRect(), tip = canvas.getRootNode().querySelector("#tip");
  for (let x = box.left + 8; x < box.right - 8; x += 12)
    for (let y = box.top + 90; y < box.bottom - 90; y += 12) {
      canvas.dispatchEvent(new PointerEvent("pointermove", { clientX: x, clientY: y, pointerId: 7 }));
      if (!tip.hidden) return [x, y];
    }
}"""

pytestmark = pytest.mark.timeout(120)


@pytest.fixture(scope="module")
def first_visit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    """A page over the invented papers, in place of the seeds."""
    folder = tmp_path_factory.mktemp("page")
    with Assistant(Settings(folder / "library")) as assistant:
        assistant.ingest([PAPERS])
    with serving(folder) as url:
        yield SimpleNamespace(url=url)


def drawn(page: Page) -> Locator:
    """The canvas, once the map has been drawn on it."""
    expect(page.locator(".st-key-answering-from")).to_have_count(0)  # the new chat has come
    page.get_by_role("link", name="Library", exact=True).click()
    page.get_by_role("radio", name="Map").click()
    page.locator("#map[data-drawn]").wait_for()
    fit = page.get_by_role("button", name="Fit")
    fit.click()
    clear = page.get_by_role("button", name="Clear", exact=True)
    if clear.is_visible():
        clear.click()
    return page.locator("#canvas")


def a_point(page: Page, canvas: Locator) -> tuple[float, float]:
    """Where on the page some paper lies; the pointer is led there."""
    across, down = canvas.evaluate(LOOK)
    page.mouse.move(across + 1, down + 1)
    expect(page.locator("#tip strong")).to_contain_text(re.compile(r"\w{3,}"))
    return across + 1, down + 1


def pixels(canvas: Locator) -> str:
    return canvas.evaluate("(canvas) => new Promise((done) => requestAnimationFrame(() => done(canvas.toDataURL())))")


def test_hovering_a_point_names_the_paper(page: Page) -> None:
    canvas = drawn(page)
    a_point(page, canvas)

    expect(page.locator("#tip span")).to_contain_text(re.compile(r"20\d\d · \w{3,}"))
    for colours in ("Years", "Themes"):  # what is drawn anew under a pointer that rests
        named = page.get_by_role("group", name="Colour by").get_by_role("button", name=colours)
        named.dispatch_event("click")
        expect(named).to_have_attribute("aria-pressed", "true")
        expect(page.locator("#tip strong")).to_be_visible()
    page.mouse.move(1, 1)
    expect(page.locator("#tip")).to_be_hidden()


def test_a_click_opens_a_paper_that_can_be_asked_about(page: Page) -> None:
    canvas = drawn(page)
    page.mouse.click(*a_point(page, canvas))
    card = page.get_by_role("region", name="Paper", exact=True)
    expect(card.get_by_role("heading")).to_contain_text(re.compile(r"\w{3,}"))
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(canvas).to_be_focused()

    page.mouse.click(*a_point(page, canvas))
    title = card.get_by_role("heading").inner_text()
    card.get_by_role("button", name="Ask about this paper").click()

    expect(page.get_by_role("button", name=f"About: {title}")).to_be_visible()


def test_a_theme_selects_its_papers_and_lists_them(page: Page) -> None:
    drawn(page)
    theme = page.get_by_role("group", name="Themes").get_by_role("button").first
    label = theme.get_attribute("aria-label") or ""
    number = int(re.findall(r"(\d+) papers?$", label)[0])

    theme.focus()
    page.keyboard.press("Enter")

    expect(theme).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("status").filter(has_text="selected")).to_have_text(f"{number} papers selected")
    page.get_by_role("button", name="Show the list").click()
    listed = page.locator(".st-key-map-list")
    expect(listed).to_contain_text(f"{number} papers selected")
    expect(listed.get_by_test_id("stMarkdown")).to_have_count(number + 1)
    page.get_by_role("button", name="Ask about these").click()
    expect(page.get_by_role("button", name=f"About: {number} chosen papers")).to_be_visible()


@pytest.mark.parametrize("way", ["the button", "the key Shift"])
def test_papers_inside_a_line_are_selected(page: Page, way: str) -> None:
    box = drawn(page).bounding_box()
    assert box
    if way == "the button":
        page.get_by_role("button", name="Select", exact=True).click()
    else:
        page.keyboard.down("Shift")
    corners = [(2, 2), (98, 2), (98, 98), (2, 98)]
    page.mouse.move(box["x"] + 3, box["y"] + 3)
    page.mouse.down()
    for across, down in corners:
        page.mouse.move(box["x"] + box["width"] * across / 100, box["y"] + box["height"] * down / 100)
    page.mouse.up()
    page.keyboard.up("Shift")

    expect(page.get_by_text("12 papers selected")).to_be_visible()
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(page.get_by_text("12 papers selected")).to_have_count(0)
    page.get_by_role("button", name="Move", exact=True).click()


def test_the_map_is_coloured_by_year(page: Page) -> None:
    canvas = drawn(page)
    before = pixels(canvas)

    page.get_by_role("button", name="Years").click()

    expect(page.locator("#years")).to_contain_text(re.compile(r"20\d\d"))
    assert pixels(canvas) != before
    page.get_by_role("group", name="Colour by").get_by_role("button", name="Themes").click()
    expect(page.locator("#years")).to_be_hidden()
    assert pixels(canvas) == before


def test_keys_zoom_move_and_fit(page: Page) -> None:
    canvas = drawn(page)
    canvas.focus()
    seen = [pixels(canvas)]
    for key in ("+", "ArrowLeft", "-", "0"):
        page.keyboard.press(key)
        seen.append(pixels(canvas))
    assert seen[-1] == seen[0]
    assert len({*seen}) == 4


def test_a_phone_and_the_dark_show_the_map(page: Page) -> None:
    canvas = drawn(page)
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark")
    expect(page.locator("#map")).to_have_css("color", "rgb(229, 227, 222)")
    box = canvas.bounding_box()
    assert box and box["width"] <= 390
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    corner = canvas.evaluate("(canvas) => [...canvas.getContext('2d').getImageData(2, 2, 1, 1).data]")
    assert max(corner[:3]) < 64
