"""Conversations in a browser: what a reload, a lost connection, another tab or another visitor sees of them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from page_server import address_of, serving
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

SCRIPT = "tests/ui/scripted_page.py"
# Lets a test cut the connection, with the server having no session to go back to.
CUT = """
window.WebSocket = new Proxy(WebSocket, { construct(target, [url, protocols]) {
  if (window.forgotten && Array.isArray(protocols)) protocols = protocols.slice(0, 2);
  window.connection = new target(url, protocols);
  window.connections = (window.connections ?? 0) + 1;
  return window.connection;
} });
"""

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor who was never here."""
    with browser.new_context() as context:
        context.set_default_timeout(30_000)
        yield context


@pytest.fixture
def page(context: BrowserContext, scripted: str) -> Iterator[Page]:
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: message.type != "error" or wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.add_init_script(CUT)
    page.goto(scripted)
    yield page
    assert wrong == []


def asked(page: Page, question: str) -> Locator:
    """The message that answers, as soon as it is there; the address names the conversation by then."""
    before = page.get_by_label("Chat message from assistant").count()
    page.get_by_test_id("stChatInputTextArea").fill(question)
    page.keyboard.press("Enter")
    answer = page.get_by_label("Chat message from assistant").nth(before)
    expect(answer).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?c=[\w-]{22}$"))
    return answer


def new_chat(page: Page) -> None:
    page.get_by_role("button", name="New chat").click()
    expect(page.get_by_role("heading", name="Ask the library")).to_be_visible()
    expect(page).not_to_have_url(re.compile(r"c="))


def entry(page: Page, title: str) -> Locator:
    return page.get_by_test_id("stSidebar").get_by_role("button", name=title, exact=True)


def menu(page: Page, title: str) -> None:
    page.get_by_role("button", name=f"More about {title}").click()
    expect(page.get_by_label("Title", exact=True)).to_have_value(title)


def expect_whole_slow_answer(page: Page) -> None:
    answer = page.get_by_label("Chat message from assistant")
    expect(answer).to_contain_text("20 of 20 sentences supported")
    text = answer.inner_text()
    assert [text.count(f"Slow sentence {part} ") for part in range(20)] == [1] * 20


def test_an_answer_outlives_a_reload(page: Page) -> None:
    expect(asked(page, "a slow answer")).to_contain_text("Slow sentence 1 ")
    page.reload()
    expect_whole_slow_answer(page)
    expect(page.get_by_label("Chat message from user")).to_have_count(1)


def test_an_answer_is_followed_and_stopped_in_two_tabs(page: Page, context: BrowserContext) -> None:
    expect(asked(page, "an endless answer")).to_contain_text("Wave 1 rolls")
    other = context.new_page()
    other.goto(address_of(page, "c="))
    answer = other.get_by_label("Chat message from assistant")
    expect(answer).to_contain_text(re.compile(r"Wave 1 rolls.*Wave \d", re.DOTALL))
    seen = len(answer.inner_text())
    other.wait_for_function(f"document.querySelector('.stApp').innerText.length > {seen + 400}")
    other.get_by_role("button", name="Stop").click()
    expect(answer.get_by_text("Stopped")).to_be_visible()
    expect(page.get_by_text("Stopped")).to_be_visible()
    texts = (answer.inner_text(), page.get_by_label("Chat message from assistant").inner_text())
    first, second = (re.findall(r"Wave \d+", text) for text in texts)
    assert first == second


def test_an_answer_outlives_a_lost_connection_and_session(page: Page) -> None:
    expect(asked(page, "a slow answer")).to_contain_text("Slow sentence 1 ")
    page.evaluate("window.forgotten = true; window.connection.close()")
    page.wait_for_function("window.connections > 1")
    expect_whole_slow_answer(page)
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)


def test_an_answer_goes_on_behind_a_new_chat(page: Page) -> None:
    asked(page, "a slow answer")
    new_chat(page)
    entry(page, "Slow answer").click()
    expect_whole_slow_answer(page)


def test_a_restart_leaves_the_question_and_another_try(
    tmp_path: Path, context: BrowserContext, browser: Browser
) -> None:
    with serving(tmp_path, SCRIPT) as address:
        page = context.new_page()
        page.goto(address)
        expect(asked(page, "a slow answer")).to_contain_text("Slow sentence 1 ")
        query = address_of(page, "c=").removeprefix(address)
        page.close()
    with serving(tmp_path, SCRIPT) as address:
        page = context.new_page()
        page.goto(address + query)
        expect(page.get_by_label("Chat message from user")).to_have_text("a slow answer")
        expect(page.get_by_text("Interrupted")).to_be_visible()
        page.get_by_role("button", name="Try again").click()
        expect_whole_slow_answer(page)


def test_a_link_opens_a_conversation_for_its_visitor_only(
    page: Page, context: BrowserContext, browser: Browser, scripted: str
) -> None:
    expect(asked(page, "How exact is KelpNet?")).to_contain_text("2.7 fronds")
    expect(entry(page, "How exact is KelpNet")).to_be_visible()
    with browser.new_context() as elsewhere:
        stranger = elsewhere.new_page()
        stranger.goto(address_of(page, "c="))
        expect(stranger.get_by_role("heading", name="This conversation is not here")).to_be_visible()
        expect(stranger.get_by_text("2.7 fronds")).to_have_count(0)
        expect(entry(stranger, "How exact is KelpNet")).to_have_count(0)
        stranger.get_by_role("button", name="Start a new chat").click()
        asked(stranger, "What is a strange question?")
        expect(entry(stranger, "Strange question")).to_be_visible()
    other = context.new_page()
    other.goto(address_of(page, "c="))
    answer = other.get_by_label("Chat message from assistant")
    expect(answer).to_contain_text("2.7 fronds")
    other.locator("#citation-overlay").wait_for(state="attached")
    answer.get_by_role("link", name="[1]").first.click()
    expect(other.get_by_role("dialog").locator("mark.quote")).to_be_visible()
    expect(entry(other, "Strange question")).to_have_count(0)
    other.goto(f"{scripted}/?c=unknown")
    expect(other.get_by_text("It may have been deleted")).to_be_visible()


def test_the_address_follows_the_open_conversation(page: Page) -> None:
    expect(asked(page, "What is the first?")).to_contain_text("2.7 fronds")
    first = address_of(page, "c=")
    new_chat(page)
    expect(asked(page, "What is the second?")).to_contain_text("2.7 fronds")
    second = address_of(page, "c=", other_than=first)
    question = page.get_by_label("Chat message from user")
    entry(page, "First").click()
    expect(question).to_have_text("What is the first?")
    expect(page).to_have_url(first)
    page.go_back()
    expect(question).to_have_text("What is the second?")
    expect(page).to_have_url(second)
    page.go_forward()
    expect(question).to_have_text("What is the first?")
    page.get_by_role("link", name="Authors").click()
    expect(page.get_by_role("heading", name="Authors")).to_be_visible()
    page.get_by_role("link", name="Chat").click()
    expect(question).to_have_text("What is the first?")
    expect(page).to_have_url(first)
    page.get_by_role("link", name="Authors").click()
    expect(page.get_by_role("heading", name="Authors")).to_be_visible()
    entry(page, "Second").click()
    expect(question).to_have_text("What is the second?")
    expect(page).to_have_url(second)


def test_a_conversation_is_renamed_found_handed_on_and_deleted(page: Page) -> None:
    for number, question in enumerate(("What is kelp?", "**b** :red[x] <i>y</i>", "How exact is TMT?", "a table")):
        if number:
            new_chat(page)
        expect(asked(page, question)).to_contain_text("2.7 fronds")
    expect(entry(page, "**b** :red[x] <i>y</i>")).to_be_visible()
    menu(page, "Kelp")
    page.get_by_label("Title", exact=True).fill("kelp " * 44)
    page.keyboard.press("Enter")
    page.get_by_role("button", name=re.compile("^More about kelp kelp.*…$")).click()
    page.get_by_label("Title", exact=True).fill("My *fronds*")
    page.keyboard.press("Enter")
    expect(entry(page, "My *fronds*")).to_be_visible()
    search = page.get_by_role("textbox", name="Search conversations")
    search.fill("FRONDS my")
    page.keyboard.press("Enter")
    expect(entry(page, "Table")).to_have_count(0)
    expect(entry(page, "My *fronds*")).to_be_visible()
    search.fill("nowhere")
    page.keyboard.press("Enter")
    expect(page.get_by_text("No conversation has these words.")).to_be_visible()
    search.fill("")
    page.keyboard.press("Enter")
    menu(page, "My *fronds*")
    with page.expect_download() as started:
        page.get_by_role("button", name="Export as Markdown").click()
    assert started.value.suggested_filename == "My fronds.md"
    text = Path(started.value.path()).read_text(encoding="utf-8")
    assert "# My \\*fronds\\*" in text
    assert "fronds per image. [2]" in text
    assert "[1] [2] [3] Orla Wen\\, Mateo Brandt. **KelpNet" in text
    expect(page.get_by_test_id("stPopoverBody").get_by_text("?c=")).to_be_visible()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_text("Delete this conversation")).to_be_visible()
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_text("Delete this conversation")).to_have_count(0)
    page.get_by_role("button", name="Delete", exact=True).click()
    page.get_by_role("button", name="Delete for good").click()
    expect(entry(page, "My *fronds*")).to_have_count(0)
    expect(page.get_by_label("Chat message from user")).to_have_text("a table")
    menu(page, "Table")
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_text("Delete this conversation")).to_be_visible()
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_role("heading", name="Ask the library")).to_be_visible()
    expect(page).not_to_have_url(re.compile(r"c="))


def test_the_list_of_a_phone_makes_way_for_what_is_chosen_in_it(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    asked(page, "a slow answer")
    side = page.get_by_test_id("stSidebar")
    for title in ("New chat", "Slow answer"):
        page.get_by_test_id("stExpandSidebarButton").click()
        expect(side).to_have_attribute("data-collapsed", "false")
        side.get_by_role("button", name=title, exact=True).click()
        expect(side).to_have_attribute("data-collapsed", "true")
    expect_whole_slow_answer(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
