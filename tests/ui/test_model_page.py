"""The page with a language model, in a browser, over an assistant that follows a script."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.timeout(120)


@pytest.fixture(scope="module")
def visitor(browser: Browser, scripted: str) -> Iterator[tuple[Page, list[str]]]:
    page = browser.new_page()
    page.set_default_timeout(30_000)
    wrong: list[str] = []
    own = (scripted, scripted.replace("http", "ws"), "blob:", "data:")
    page.on("request", lambda request: request.url.startswith(own) or wrong.append(request.url))
    page.on("console", lambda message: message.type != "error" or wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(scripted)
    yield page, wrong
    page.close()


def asked(page: Page, question: str) -> Locator:
    """The message that answers, as soon as it is there."""
    before = page.get_by_label("Chat message from assistant").count()
    page.get_by_test_id("stChatInputTextArea").fill(question)
    page.keyboard.press("Enter")
    answer = page.get_by_label("Chat message from assistant").nth(before)
    expect(answer).to_be_visible()
    return answer


def stop(page: Page) -> Locator:
    return page.get_by_role("button", name="Stop")


def test_an_answer_outlives_reruns_of_the_page(page: Page) -> None:
    answer = asked(page, "a slow answer")
    expect(answer).to_contain_text("Slow sentence 1")
    page.emulate_media(color_scheme="dark")
    next_answer = asked(page, "How exact is KelpNet?")
    expect(next_answer).to_have_text("Waiting for the answer before…")
    expect(answer).to_contain_text("20 of 20 sentences supported")
    text = answer.inner_text()
    assert [text.count(f"Slow sentence {part} ") for part in range(20)] == [1] * 20
    expect(next_answer).to_contain_text("2 of 5 sentences are not supported")
    expect(stop(page)).to_have_count(0)


def test_stop_keeps_what_was_written_and_offers_another_try(page: Page) -> None:
    answer = asked(page, "an endless answer")
    expect(answer).to_contain_text("Wave 1 rolls")
    stop(page).click()
    expect(answer.get_by_text("Stopped")).to_be_visible()
    expect(stop(page)).to_have_count(0)
    text = answer.inner_text()
    page.wait_for_timeout(300)
    assert answer.inner_text() == text
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("Stopped")).to_have_count(0)
    expect(page.get_by_label("Chat message from assistant")).to_have_count(1)
    expect(stop(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("Stopped")).to_be_visible()


def test_stop_is_reached_by_keyboard_and_escape_in_the_paper_closes_the_paper_only(page: Page) -> None:
    answer = asked(page, "an endless answer")
    expect(answer).to_contain_text("Wave 9 rolls")  # the page has come to rest at the question
    answer.get_by_role("link", name="[1]").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(stop(page)).to_be_visible()
    page.get_by_test_id("stChatInputTextArea").focus()
    page.keyboard.press("Shift+Tab")
    expect(stop(page)).to_be_focused()
    page.keyboard.press("Enter")
    expect(answer.get_by_text("Stopped")).to_be_visible()


def test_a_citation_that_is_drawn_anew_while_it_is_clicked_opens(page: Page) -> None:
    link = asked(page, "How exact is KelpNet?").get_by_role("link", name="[1]").first
    link.hover()
    page.mouse.down()
    link.evaluate("link => link.replaceWith(link.cloneNode(true))")
    page.mouse.up()
    expect(page.get_by_role("dialog")).to_be_visible()


def test_it_is_said_what_is_waited_for(page: Page) -> None:
    answer = asked(page, "a late answer")
    expect(answer).to_contain_text("Reading the abstracts…")
    expect(answer).to_contain_text("Waiting for tern-3b-instruct…")
    expect(answer).to_contain_text("KelpNet counts")


def test_what_no_abstract_says_is_marked_and_explained(page: Page) -> None:
    answer = asked(page, "How exact is KelpNet?")
    label = answer.get_by_role("link", name="unsupported").first
    tooltip = page.locator("#tooltip")
    label.hover()
    expect(tooltip).to_have_text("No abstract supports this sentence.")
    page.mouse.move(5, 5)
    expect(tooltip).to_be_hidden()
    label.click()
    expect(tooltip).to_be_visible()
    assert page.evaluate("location.hash") == ""
    doubtful = answer.get_by_role("link", name="[3]").first
    doubtful.hover()
    expect(tooltip).to_contain_text("The abstract does not say this; the nearest sentence is:")
    assert doubtful.evaluate("link => getComputedStyle(link).borderTopStyle") == "dashed"
    doubtful.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("The abstract does not say this; the nearest sentence is:")
    expect(dialog.locator("mark.nearest")).to_have_text("KelpNet is trained on 14,200 labelled images from seven bays.")
    expect(dialog.locator("mark.quote")).to_have_count(0)
    page.keyboard.press("Escape")
    answer.get_by_role("link", name="[1]").first.click()
    expect(dialog.locator("mark.quote")).to_be_visible()
    expect(dialog).not_to_contain_text("does not say this")


def test_a_failure_says_what_to_do_and_keeps_what_was_written(page: Page) -> None:
    answer = asked(page, "a failing answer")
    expect(answer.get_by_text("broke off its answer. Ask again")).to_be_visible()
    expect(answer).to_contain_text("KelpNet counts canopy")
    expect(answer.get_by_role("button", name="Try again")).to_be_visible()


def test_a_hostile_answer_is_text(page: Page) -> None:
    answer = asked(page, "a hostile answer")
    expect(answer).to_contain_text(":red[x] $\\int x$")
    expect(answer.locator("img, pre, .katex, script, h1")).to_have_count(0)
    expect(answer.locator("a[href^='javascript'], a[href^='#cite-']")).to_have_count(0)


def test_the_sidebar_tells_the_state_of_the_model(page: Page) -> None:
    expect(page.get_by_text("Reachable · 12 ms")).to_be_visible()
    expect(page.get_by_text("tern-3b-instruct").first).to_be_visible()
