"""The whole page with a model server: asked, checked, stopped, failing."""

from collections.abc import Iterator

import pytest
from model_server import Fails, ModelServer, Says, words
from page_server import serving
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.timeout(90)

QUESTION = "What is dual pseudo training?"
KEY = "sk-a-secret-that-nobody-may-see"
SAYS = (
    "Dual pseudo training (DPT) is built upon strong semi-supervised learners and diffusion models [1]. "
    "It achieves a Fréchet Inception Distance of 9.99 on ImageNet 256x256 [1]."
)


@pytest.fixture(scope="module")
def models() -> Iterator[ModelServer]:
    with ModelServer(SAYS, ["small"]) as server:
        yield server


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory, browser: Browser, models: ModelServer) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("page")
    with (
        serving(folder, RAG_LLM_BASE_URL=models.url, RAG_LLM_MODEL="small", RAG_LLM_API_KEY=KEY) as url,
        browser.new_page() as page,
    ):
        page.set_default_timeout(30_000)
        page.goto(url)
        page.get_by_role("heading", name="Ask the library").wait_for(timeout=60_000)
        yield page
        assert KEY not in page.content()
        assert KEY not in (folder / "server.log").read_text()


def asked(page: Page, question: str) -> Locator:
    before = page.get_by_label("Chat message from assistant").count()
    page.get_by_test_id("stChatInputTextArea").fill(question)
    page.keyboard.press("Enter")
    return page.get_by_label("Chat message from assistant").nth(before)


def test_the_sidebar_tells_of_the_model_but_not_where_it_is(page: Page) -> None:
    sidebar = page.get_by_test_id("stSidebar")
    expect(sidebar).to_contain_text("small")
    expect(sidebar).to_contain_text("Reachable")
    expect(sidebar).not_to_contain_text("localhost")


def test_what_no_abstract_supports_is_marked(page: Page) -> None:
    answer = asked(page, QUESTION)
    expect(answer).to_contain_text("1 of 2 sentences is not supported", timeout=30_000)
    expect(answer.get_by_role("link", name="[1]").first).to_be_visible()
    answer.get_by_role("link", name="[2]").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("The abstract does not say this")
    page.keyboard.press("Escape")


def test_stop_is_heard_by_the_model_server(page: Page, models: ModelServer) -> None:
    models.hung_up.clear()
    models.script = Says(words(SAYS) + ["on and on "] * 5000, delay=0.05)
    answer = asked(page, QUESTION)
    expect(answer).to_contain_text("Dual pseudo training")
    page.get_by_role("button", name="Stop").click()
    expect(answer).to_contain_text("Stopped")
    assert models.hung_up.wait(10)
    expect(answer).to_contain_text("Dual pseudo training")


def test_a_model_that_fails_is_replaced_by_quotations(page: Page, models: ModelServer) -> None:
    models.script = Fails(401, {"error": {"message": f"Incorrect API key provided: {KEY}"}})
    answer = asked(page, QUESTION)
    expect(answer).to_contain_text("does not accept the key")
    expect(answer.get_by_text("Sources", exact=True)).to_be_visible()
    expect(answer.get_by_role("button", name="Try again")).to_be_visible()
