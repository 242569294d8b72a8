"""What can be done with an answer, its question and the papers it cites, in a browser, over a script."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from visits import settled

pytestmark = pytest.mark.timeout(120)

KELP = "KelpNet: Counting Canopy Fronds from Drifting Buoys"


@pytest.fixture(scope="module")
def visitor(browser: Browser, scripted: str) -> Iterator[tuple[Page, list[str]]]:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.set_default_timeout(30_000)
    wrong: list[str] = []
    own = (scripted, scripted.replace("http", "ws"), "blob:", "data:")
    page.on("request", lambda request: request.url.startswith(own) or wrong.append(request.url))
    page.on("console", lambda message: message.type != "error" or wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(scripted)
    yield page, wrong
    context.close()


def asked(page: Page, question: str) -> Locator:
    """The message of the answer, once it can be copied."""
    before = page.get_by_label("Chat message from assistant").count()
    page.get_by_test_id("stChatInputTextArea").fill(question)
    page.keyboard.press("Enter")
    answer = page.get_by_label("Chat message from assistant").nth(before)
    expect(answer.get_by_role("button", name="Copy")).to_be_visible()
    settled(page)
    return answer


def copied(page: Page) -> str:
    return page.evaluate("navigator.clipboard.readText()")


def opened(page: Page, answer: Locator) -> Locator:
    """The dialog of the first source, opened by its title."""
    answer.get_by_role("link", name=KELP).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name=KELP)).to_be_visible()
    return dialog


def test_an_answer_is_copied_with_its_references(page: Page) -> None:
    asked(page, "How exact is KelpNet?").get_by_role("button", name="Copy").click()
    expect(page.locator("#tooltip")).to_have_text("Copied")
    text = copied(page)
    assert text.startswith("KelpNet counts canopy fronds in images taken by drifting buoys. [1] Its mean")
    assert "**References**\n\n[1] [2] [3] Orla Wen, Mateo Brandt (2021). **KelpNet" in text
    assert "[4] Ines Quill *et al.*" in text


def test_where_the_browser_has_no_clipboard_it_is_copied_all_the_same(page: Page) -> None:
    answer = asked(page, "How exact is KelpNet?")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('not here')); }")
    answer.get_by_role("button", name="Copy").click()
    expect(page.locator("#tooltip")).to_have_text("Copied")
    assert "**References**" in copied(page)
    dialog = opened(page, answer)
    dialog.get_by_role("button", name="Copy BibTeX").click()
    expect(dialog.get_by_role("status")).to_have_text("Copied")
    assert copied(page).startswith("@article{wen2021kelpnet,")
    page.evaluate("() => { delete navigator.clipboard.writeText; }")
    page.keyboard.press("Escape")


def test_an_answer_is_rated_and_the_rating_stays(page: Page) -> None:
    answer = asked(page, "How exact is KelpNet?")
    answer.get_by_role("radio", name="Thumbs down").click()
    expect(answer.get_by_role("radio", name="Thumbs down")).to_be_checked()
    asked(page, "a planned question")
    expect(answer.get_by_role("radio", name="Thumbs down")).to_be_checked()
    expect(answer.get_by_role("radio", name="Thumbs up")).not_to_be_checked()


def test_only_the_last_answer_is_written_again_and_only_the_last_question_changed(page: Page) -> None:
    first = asked(page, "How exact is KelpNet?")
    asked(page, "a planned question")
    expect(first.get_by_role("button", name="Answer again")).to_have_count(0)
    expect(page.get_by_role("button", name="Edit")).to_have_count(1)
    turn = page.locator("[class*='st-key-turn-']").last.get_attribute("class") or ""
    page.get_by_role("button", name="Answer again").click()
    expect(page.locator("[class*='st-key-turn-']").last).not_to_have_class(turn)
    expect(page.get_by_label("Chat message from user")).to_have_text(["How exact is KelpNet?", "a planned question"])
    expect(page.get_by_role("button", name="Answer again")).to_be_visible()


def test_a_question_is_changed_in_its_place_by_keyboard(page: Page) -> None:
    asked(page, "How exact is KelpNet?")
    page.get_by_role("button", name="Edit").click()
    field = page.get_by_role("textbox", name="Your question")
    expect(field).to_be_focused()
    expect(field).to_have_value("How exact is KelpNet?")
    page.keyboard.type(" And a planned one?")
    page.keyboard.press("Control+Enter")
    expect(field).to_have_count(0)
    expect(page.get_by_label("Chat message from user")).to_have_text("How exact is KelpNet? And a planned one?")
    expect(page.get_by_role("button", name="Orla Wen")).to_be_visible()


def test_a_question_can_be_left_as_it_is(page: Page) -> None:
    asked(page, "How exact is KelpNet?")
    page.get_by_role("button", name="Edit").click()
    page.get_by_role("textbox", name="Your question").fill("Something else")
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_label("Chat message from user")).to_have_text("How exact is KelpNet?")


def test_a_long_question_is_folded(page: Page) -> None:
    asked(page, "How exact is KelpNet, " + "and please look well, " * 60 + "at the end?")
    bubble = page.get_by_label("Chat message from user")
    folded = bubble.bounding_box()
    bubble.get_by_role("button", name="Show all of it").click()
    expect(bubble.get_by_role("button", name="Show less")).to_be_visible()
    whole = bubble.bounding_box()
    assert folded and whole and folded["height"] < 300 < whole["height"]


def test_a_paper_is_asked_about_until_that_is_taken_back(page: Page) -> None:
    opened(page, asked(page, "How exact is KelpNet?")).get_by_role("button", name="Ask about this paper").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    chip = page.get_by_role("button", name=f"About: {KELP}")
    expect(chip).to_be_visible()
    expect(page.get_by_test_id("stChatInputTextArea")).to_be_focused()
    expect(asked(page, "a filtered answer")).to_contain_text(KELP)
    expect(page.get_by_label("Chat message from assistant").last).not_to_contain_text("Tidal Memory")
    chip.click()
    expect(chip).to_have_count(0)
    expect(asked(page, "a filtered answer")).to_contain_text("Tidal Memory")


def test_a_new_chat_is_about_all_papers_again(page: Page) -> None:
    opened(page, asked(page, "How exact is KelpNet?")).get_by_role("button", name="Ask about this paper").click()
    chip = page.get_by_role("button", name=f"About: {KELP}")
    expect(chip).to_be_visible()
    page.get_by_role("button", name="New chat").click()
    expect(chip).to_have_count(0)


def test_papers_like_one_are_asked_for(page: Page) -> None:
    opened(page, asked(page, "How exact is KelpNet?")).get_by_role("button", name="Papers like this").click()
    expect(page.get_by_label("Chat message from user").last).to_have_text(f"Which papers are like “{KELP}”?")


def test_addresses_in_an_abstract_are_links_that_read_as_where_they_go(page: Page) -> None:
    link = opened(page, asked(page, "How exact is KelpNet?")).get_by_role("link", name="https://example.org/kelpnet")
    expect(link).to_have_attribute("href", "https://example.org/kelpnet")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    page.keyboard.press("Escape")


def test_the_badge_says_what_it_counts_out(page: Page) -> None:
    answer = asked(page, "How exact is KelpNet?")
    answer.get_by_role("button", name="2 of 5 sentences are not supported").click()
    explained = page.get_by_test_id("stPopoverBody")
    expect(explained).to_contain_text("compared with the abstracts")
    expect(explained).to_contain_text("It was also tested in 19 bays of Iceland.")
    page.keyboard.press("Escape")


def test_papers_that_a_refusal_names_can_be_opened(page: Page) -> None:
    answer = asked(page, "a refused question")
    expect(answer.get_by_text("Not in this library")).to_be_visible()
    dialog = opened(page, answer)
    expect(dialog).to_contain_text("Paper")
    expect(dialog.locator("mark")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(answer.get_by_role("link", name=KELP)).to_be_focused()


def caret(page: Page, what: str = "content") -> str:
    """How the end of the answer's text is drawn."""
    end = page.locator("[class*='st-key-answer-'] p").last
    return str(end.evaluate("(text, what) => getComputedStyle(text, '::after')[what]", what))


def test_a_model_that_falls_silent_can_be_stopped(page: Page) -> None:
    page.get_by_test_id("stChatInputTextArea").fill("a stalling answer")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing new for 1 second")).to_be_visible()
    assert caret(page) == '""'
    page.emulate_media(reduced_motion="reduce")
    assert caret(page, "animationName") == "none"
    page.emulate_media(reduced_motion="no-preference")
    page.get_by_role("button", name="Stop here").click()
    expect(page.get_by_text("Stopped")).to_be_visible()
    expect(page.get_by_label("Chat message from assistant")).to_contain_text("KelpNet counts")
    assert caret(page) == "none"


COUNT_LISTENERS = """() => {
    const add = window.addEventListener;
    window.everListened = 0;
    window.addEventListener = (type, ...rest) => {
        window.everListened += type === "touchmove";
        return add.call(window, type, ...rest);
    };
}"""


def listening(page: Page) -> int:
    """How many listeners for touches the window has."""
    session = page.context.new_cdp_session(page)
    window = session.send("Runtime.evaluate", {"expression": "window"})["result"]["objectId"]
    listeners = session.send("DOMDebugger.getEventListeners", {"objectId": window})["listeners"]
    session.detach()
    return [each["type"] for each in listeners].count("touchmove")


def test_what_brings_a_question_to_the_top_listens_only_meanwhile(page: Page) -> None:
    page.evaluate(COUNT_LISTENERS)
    for question in ("How exact is KelpNet?", "How exact is KelpNet, again?"):
        before = page.evaluate("window.everListened")
        asked(page, question)
        page.wait_for_function("before => window.everListened === before + 1", arg=before)
        for _ in range(100):
            if listening(page) == 0:
                break
            page.wait_for_timeout(100)
        assert listening(page) == 0
