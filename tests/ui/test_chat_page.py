import re

import pytest
from playwright.sync_api import Locator, Page, expect
from visits import settled

QUESTION = "What FID does DPT reach on ImageNet 256x256 with one label per class?"
PAPER = "Diffusion Models and Semi-Supervised Learners Benefit Mutually with Few Labels"
UNANSWERABLE = "Who won the 2018 football World Cup?"

pytestmark = pytest.mark.timeout(120)


def ask(page: Page, question: str) -> Locator:
    """The message of the finished answer."""
    asked = page.get_by_label("Chat message from assistant").count()
    page.get_by_test_id("stChatInputTextArea").fill(question)
    page.keyboard.press("Enter")
    answer = page.get_by_label("Chat message from assistant").nth(asked)
    expect(answer.get_by_text("Sources", exact=True).or_(answer.get_by_text("Not in this library"))).to_be_visible()
    settled(page)
    return answer


def quoted_sentence(page: Page) -> Locator:
    return page.get_by_role("dialog").locator("mark.quote")


def test_the_first_start_reads_the_seeds_in_sight(first_visit, page: Page) -> None:
    assert any(re.search(r"[1-9]", label) for label in first_visit.progress), "no counts were shown"
    expect(page.get_by_text("19 papers by")).to_be_visible()


def test_the_welcome_offers_four_questions_that_ask(page: Page) -> None:
    suggestions = page.locator(".st-key-welcome").get_by_role("button")
    expect(suggestions).to_have_count(4)
    question = suggestions.first.inner_text()
    suggestions.first.click()
    expect(page.get_by_label("Chat message from user")).to_have_text(question)
    expect(page.get_by_text("Sources", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="Ask the library")).to_have_count(0)


def test_an_answer_streams_and_cites(page: Page) -> None:
    answer = ask(page, QUESTION)
    expect(answer).to_contain_text("3.08")
    expect(answer.get_by_role("link", name="[1]").first).to_be_visible()
    expect(answer.get_by_text("No language model is configured")).to_be_visible()
    expect(answer.locator("[class*='st-key-sources-']")).to_contain_text(PAPER)
    expect(answer.locator("[class*='st-key-sources-']")).to_contain_text("Known authors: ")


def test_a_click_opens_the_paper_at_the_quoted_sentence(page: Page) -> None:
    ask(page, QUESTION).get_by_role("link", name="[1]").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name=PAPER)).to_be_visible()
    expect(quoted_sentence(page)).to_contain_text("3.08")
    expect(quoted_sentence(page)).to_be_in_viewport()
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()
    assert page.evaluate("location.hash") == ""


def test_citations_work_by_keyboard(page: Page) -> None:
    link = ask(page, QUESTION).get_by_role("link", name="[1]").first
    link.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    expect(page.locator("#tooltip")).to_contain_text("3.08")
    page.keyboard.press("Enter")
    expect(quoted_sentence(page)).to_be_visible()
    expect(page.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(link).to_be_focused()


def test_hovering_a_citation_shows_the_paper_and_the_sentence(page: Page) -> None:
    ask(page, QUESTION).get_by_role("link", name="[1]").first.hover()
    tooltip = page.locator("#tooltip")
    expect(tooltip).to_contain_text(PAPER)
    expect(tooltip).to_contain_text("3.08")
    page.mouse.move(5, 5)
    expect(tooltip).to_be_hidden()


def test_an_unanswerable_question_is_refused_without_citations(page: Page) -> None:
    answer = ask(page, UNANSWERABLE)
    expect(answer.get_by_text("Not in this library")).to_be_visible()
    expect(answer.locator("a[href^='#cite-']")).to_have_count(0)
    expect(answer.get_by_text("Sources", exact=True)).to_have_count(0)


def test_earlier_turns_stay_and_a_new_chat_is_empty(page: Page) -> None:
    first = ask(page, QUESTION)
    ask(page, UNANSWERABLE)
    expect(page.get_by_label("Chat message from user")).to_have_text([QUESTION, UNANSWERABLE])
    expect(first).to_contain_text("3.08")
    # Only the newest turn is given the height of the page.
    page.wait_for_function(
        """() => {
            const [first, second] = document.querySelectorAll("[class*='st-key-turn-']");
            return second && first.offsetHeight < second.offsetHeight;
        }"""
    )
    first.get_by_role("link", name="[1]").first.click()
    expect(quoted_sentence(page)).to_contain_text("3.08")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="New chat").click()
    expect(page.get_by_role("heading", name="Ask the library")).to_be_visible()
    expect(page.get_by_label("Chat message from user")).to_have_count(0)


def test_a_long_answer_is_read_from_its_question(page: Page) -> None:
    ask(page, "What has Di He worked on?")
    page.wait_for_timeout(2000)  # the page would have followed its end by then
    expect(page.get_by_label("Chat message from user").last).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_everything_without_scrolling_sideways(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 390, "height": 844})
    answer = ask(page, QUESTION)
    expect(page.get_by_label("Chat message from user")).to_be_in_viewport()
    brightness = "document.defaultView.getComputedStyle(document.querySelector('.stApp')).backgroundColor"
    red = int(re.findall(r"\d+", page.evaluate(brightness))[0])
    assert (red < 64) == (scheme == "dark")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    answer.get_by_role("link", name="[1]").first.click()
    expect(quoted_sentence(page)).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
