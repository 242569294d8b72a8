"""What a visitor can compare."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from page_server import address_of
from people_library import serving_people, visiting
from playwright.sync_api import Browser, Page, expect

from rag.ui.compare.page import subjects

pytestmark = pytest.mark.timeout(120)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[str]:
    with serving_people(tmp_path_factory.mktemp("compare")) as address:
        yield address


@pytest.fixture(scope="module")
def visitor(browser: Browser, address: str) -> Iterator[Page]:
    with visiting(browser, address) as page:
        yield page


def at(page: Page, address: str, *names: str) -> Page:
    page.goto(f"{address}/compare?{urlencode([('of', name) for name in names])}")
    expect(page.get_by_role("heading", name="Compare", exact=True)).to_be_visible()
    return page


def compared(page: Page) -> None:
    expect(page.get_by_text("Sources", exact=True)).to_be_visible(timeout=15_000)


def test_an_address_names_each_subject_once() -> None:
    assert subjects(["  RELAY ", "relay", "", "A\n B", "x" * 999]) == ("RELAY", "A B", "x" * 300)


def test_what_the_library_can_compare_is_offered(visitor: Page, address: str) -> None:
    page = at(visitor, address)
    expect(page.get_by_role("button", name="Compare", exact=True)).to_be_disabled()
    offer = page.locator(".st-key-pairs").get_by_role("button").first
    one, _, other = offer.inner_text().partition(" and ")
    offer.click()
    compared(page)
    expect(page.get_by_role("heading", name=f"{one} · {other}")).to_be_visible()
    assert address_of(page, "of=").count("of=") == 2
    expect(page.locator("[class*='st-key-report-'] tbody tr")).to_have_count(2)


def test_papers_are_found_and_names_are_typed(visitor: Page, address: str) -> None:
    page = at(visitor, address)
    page.get_by_role("button", name="Find a paper").click()
    page.get_by_label("Find a paper to add").fill("counting kelp fronds")
    page.locator(".st-key-found").get_by_role("button").first.click()
    chosen = page.locator("[data-tag]")
    expect(chosen.filter(has_text="KelpNet: Counting Canopy Fronds")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.get_by_text("Choose at least one more.")).to_be_visible()
    typed = page.get_by_label("Papers and methods", exact=True)
    typed.fill("PollenGAN")
    typed.press("Enter")
    expect(chosen.filter(has_text="PollenGAN")).to_have_count(1)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Compare", exact=True).click()
    compared(page)
    expect(page.get_by_role("table").first).to_contain_text("2.7 fronds")


def test_a_link_shows_the_comparison_and_says_what_is_not_here(visitor: Page, address: str) -> None:
    page = at(visitor, address, "KelpNet", "PollenGAN", "Quux engine")
    compared(page)
    expect(page.get_by_text("The library has no paper on “Quux engine”")).to_be_visible()
    table = page.locator("[class*='st-key-report-'] table")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    table.get_by_role("link", name=re.compile(r"\[\d+\]")).first.click()
    expect(page.get_by_role("dialog").locator("mark.quote")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    page.get_by_role("button", name="Export").click()
    for form in ("Markdown table", "CSV table", "LaTeX table"):
        expect(page.get_by_role("button", name=form)).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV table").click()
    assert "KelpNet" in Path(download.value.path()).read_text()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="CSV table")).to_be_hidden()
    page.get_by_role("button", name="Ask about these papers").click()
    expect(page.get_by_test_id("stChatInput")).to_be_visible()


def test_too_few_and_too_many_are_said(visitor: Page, address: str) -> None:
    page = at(visitor, address, "KelpNet")
    expect(page.get_by_text("choose one more")).to_be_visible()
    page = at(visitor, address, *(f"Method {number}" for number in range(10)))
    expect(
        page.get_by_text("At most eight papers or methods can be compared at once; the address names 10.")
    ).to_be_visible()
    expect(page.locator("[data-tag]")).to_have_count(8)


def test_markup_in_the_address_is_text(visitor: Page, address: str) -> None:
    page = at(visitor, address, "<img src=http://evil.example/a.png>", "EvilNet", ":red[KelpNet]", "y" * 5_000)
    compared(page)
    main = page.get_by_test_id("stMain")
    expect(main.get_by_text("<img src=http://evil.example/a.png>").first).to_be_visible()
    assert main.locator("img[src*=evil], script, [onerror]").count() == 0
