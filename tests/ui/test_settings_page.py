"""The page "Settings" in a browser, over an assistant that follows a script."""

from collections.abc import Iterator

import pytest
from page_server import serving
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.timeout(90)


@pytest.fixture(scope="module")
def allowed(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[str]:
    """A page whose visitors may see and change the settings."""
    permission = {"RAG_ALLOW_SETTINGS": "1", "SCRIPTED_MODEL": "unreachable"}
    with serving(tmp_path_factory.mktemp("allowed"), "tests/ui/scripted_page.py", **permission) as address:
        yield address


def opened(browser: Browser, address: str) -> Page:
    page = browser.new_page()
    page.set_default_timeout(30_000)
    page.goto(address)
    page.get_by_role("banner").get_by_role("link", name="Settings").click()
    page.get_by_role("heading", name="Language model").wait_for()
    return page


@pytest.fixture
def page(browser: Browser, scripted: str) -> Iterator[Page]:
    page = opened(browser, scripted)
    yield page
    page.close()


def test_it_says_what_writes_the_answers_but_not_where_it_is(page: Page) -> None:
    main = page.get_by_role("main")
    expect(main.get_by_text("Its server answers in 12 ms")).to_be_visible()
    expect(main.get_by_text("8,192 tokens at once")).to_be_visible()
    expect(main.get_by_text("all-MiniLM-L6-v2")).to_be_visible()
    expect(main.get_by_text("5ca1ab1e0ddf")).to_be_visible()
    assert "localhost:8080" not in page.content()
    assert "/library" not in main.inner_text()
    expect(page.get_by_label("Key")).to_have_count(0)
    expect(page.get_by_label("Address")).to_have_count(0)


def test_a_test_says_that_the_model_answers(page: Page) -> None:
    page.get_by_role("button", name="Test").click()
    expect(page.get_by_text("tern-3b-instruct answered in 0.4 seconds.")).to_be_visible()


def test_a_visitor_chooses_another_model_of_the_server_for_themselves(page: Page, browser: Browser) -> None:
    page.get_by_role("combobox", name="Model for your questions").click()
    options = page.get_by_role("option")
    expect(options).to_have_text(["tern-3b-instruct", "auk-7b", "![x](http://evil.example/a.png) :red[x]"])
    options.nth(2).click()
    page.get_by_role("button", name="Test").click()
    expect(page.get_by_text("does not have this model. Choose another.")).to_be_visible()
    expect(page.locator("main img")).to_have_count(0)
    page.get_by_role("combobox", name="Model for your questions").click()
    page.get_by_role("option", name="auk-7b").click()
    expect(page.get_by_test_id("stSidebar").get_by_text("auk-7b")).to_be_visible()
    with_default = opened(browser, page.url.removesuffix("settings"))
    expect(with_default.get_by_test_id("stSidebar").get_by_text("tern-3b-instruct")).to_be_visible()
    with_default.close()


def test_the_indexes_are_checked_and_made_again_once_that_is_sure(page: Page) -> None:
    page.get_by_role("button", name="Check now").click()
    expect(page.get_by_text("Both indexes can be read")).to_be_visible()
    page.get_by_role("button", name="Rebuild the indexes").click()
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Rebuild the indexes").click()
    page.get_by_role("button", name="Rebuild", exact=True).click()
    expect(page.get_by_text("Indexing words · ")).to_be_visible()
    page.get_by_role("banner").get_by_role("link", name="Library").click()
    page.get_by_role("banner").get_by_role("link", name="Settings").click()
    expect(page.get_by_text("Both indexes were made again in")).to_be_visible()


def test_who_may_sees_where_the_model_is_and_does_without_it(browser: Browser, allowed: str) -> None:
    page = opened(browser, allowed)
    main = page.get_by_role("main")
    expect(main.get_by_text("Its server does not answer")).to_be_visible()
    expect(main.get_by_text("Nothing answers at")).to_be_visible()
    expect(main.get_by_text("localhost:8080/v1").first).to_be_visible()
    expect(main.get_by_text("/library")).to_be_visible()
    page.get_by_text("Choose another server").click()
    page.get_by_role("textbox", name="Address").fill("http://localhost:9/v1")
    page.get_by_role("textbox", name="Model", exact=True).fill("auk-7b")
    expect(page.get_by_label("Key", exact=True)).to_have_attribute("type", "password")
    page.get_by_role("button", name="Use it").click()
    expect(main.get_by_text("Answers are written by it from now on.")).to_be_visible()
    expect(main.get_by_text("auk-7b", exact=True).first).to_be_visible()
    page.get_by_role("button", name="Do without a language model").click()
    expect(main.get_by_text("No language model is set")).to_be_visible()
    expect(main.get_by_text("Ollama runs on this machine")).to_be_visible()
    page.get_by_role("button", name="Use it").first.click()
    expect(main.get_by_text("llama3.2:3b", exact=True).first).to_be_visible()
    page.close()
