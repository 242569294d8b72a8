"""The filters in the sidebar, in a browser, over a script."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.timeout(120)


@pytest.fixture(scope="module")
def visitor(browser: Browser, scripted: str) -> Iterator[Page]:
    page = browser.new_page()
    page.set_default_timeout(30_000)
    page.goto(scripted)
    page.get_by_text("Filters", exact=True).click()
    yield page
    page.close()


@pytest.fixture
def page(visitor: Page) -> Page:
    """The visitor without filters, on a new chat; loading the page again for every test would take most of the time."""
    settled(visitor)
    if over_the_input(visitor).is_visible():
        over_the_input(visitor).get_by_role("button").click()
        expect(over_the_input(visitor)).to_have_count(0)
        settled(visitor)
    visitor.get_by_role("button", name="New chat").click()
    expect(visitor.get_by_text("All 2 papers")).to_be_visible()
    expect(visitor.get_by_test_id("stChatMessage")).to_have_count(0)
    return visitor


def settled(page: Page) -> None:
    """Nothing is on its way, neither a run of the page nor a list that opens or closes."""
    page.locator("[data-testid='stApp'][data-test-script-state='notRunning']").wait_for()
    expect(page.get_by_role("listbox")).to_have_count(0)


def choose(page: Page, label: str, typed: str, option: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.keyboard.type(typed)
    page.get_by_role("option", name=option).click()
    page.keyboard.press("Escape")
    settled(page)


def over_the_input(page: Page) -> Locator:
    return page.locator(".st-key-chip-filtered")


def test_filters_say_what_they_leave_and_answers_keep_to_it(page: Page) -> None:
    expect(page.get_by_text("All 2 papers")).to_be_visible()
    choose(page, "Authors", "quill", "Ines Quill")
    expect(page.locator(".st-key-filters").get_by_text("1 of 2 papers")).to_be_visible()
    expect(over_the_input(page)).to_contain_text("Ines Quill · 1 of 2 papers")
    page.get_by_test_id("stChatInputTextArea").fill("a filtered answer")
    page.keyboard.press("Enter")
    answer = page.get_by_label("Chat message from assistant")
    expect(answer).to_contain_text("Tidal Memory")
    expect(answer).not_to_contain_text("KelpNet")
    page.get_by_role("button", name="Clear filters").click()
    expect(page.get_by_text("All 2 papers")).to_be_visible()
    expect(over_the_input(page)).to_have_count(0)


def test_a_typed_name_of_several_authors_is_chosen_from_these(page: Page) -> None:
    page.get_by_role("combobox", name="Authors").click()
    page.keyboard.type("wen")
    page.get_by_role("option", name="Add: wen").click()
    expect(page.get_by_role("option")).to_have_text(["Orla Wen", "Ada Wen"])
    page.get_by_role("option", name="Orla Wen").click()
    page.keyboard.press("Escape")
    expect(page.locator(".st-key-filters").get_by_text("1 of 2 papers")).to_be_visible()


def test_a_name_that_the_library_does_not_have_is_said(page: Page) -> None:
    choose(page, "Authors", "Zzyzx", "Add: Zzyzx")
    expect(page.get_by_text("The library has no author “Zzyzx”.")).to_be_visible()


def test_no_paper_left_is_said_in_words(page: Page) -> None:
    choose(page, "Authors", "quill", "Ines Quill")
    expect(over_the_input(page)).to_be_visible()
    choose(page, "Venue", "Invented", "Journal of Invented Oceans")
    expect(page.locator(".st-key-filters").get_by_text("No paper has all of this")).to_be_visible()
    expect(over_the_input(page)).to_contain_text("No paper has all of this")


def test_filters_outlast_a_visit_to_another_page(page: Page) -> None:
    choose(page, "Files", "kelp", "kelp.bib")
    expect(over_the_input(page)).to_contain_text("kelp.bib · 1 of 2 papers")
    page.get_by_role("link", name="Compare").click()
    expect(over_the_input(page)).to_have_count(0)
    page.get_by_role("link", name="Chat").click()
    expect(over_the_input(page)).to_contain_text("kelp.bib · 1 of 2 papers")
    page.get_by_text("Filters", exact=True).click()
    expect(page.locator(".st-key-filters").get_by_text("kelp.bib")).to_be_visible()


def test_filters_outlast_a_reload_of_the_page(page: Page) -> None:
    choose(page, "Authors", "quill", "Ines Quill")
    expect(over_the_input(page)).to_contain_text("Ines Quill · 1 of 2 papers")
    page.reload()
    expect(over_the_input(page)).to_contain_text("Ines Quill · 1 of 2 papers")
    page.get_by_text("Filters", exact=True).click()
    expect(page.locator(".st-key-filters [data-tag]")).to_have_text("Ines Quill")
    page.get_by_role("button", name="Clear filters").click()
    expect(over_the_input(page)).to_have_count(0)
    settled(page)
    page.reload()
    page.get_by_text("Filters", exact=True).click()
    expect(page.get_by_text("All 2 papers")).to_be_visible()
    expect(over_the_input(page)).to_have_count(0)


def test_years_leave_papers_out_and_a_phone_is_told_too(page: Page) -> None:
    page.get_by_role("slider").first.focus()
    page.keyboard.press("ArrowRight")
    expect(over_the_input(page)).to_contain_text("2022 · 1 of 2 papers")
    page.set_viewport_size({"width": 390, "height": 844})
    expect(over_the_input(page)).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.set_viewport_size({"width": 1280, "height": 800})
