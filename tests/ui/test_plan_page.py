"""What a visitor can do with how a question was understood, and with what an answer rests on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from visits import settled

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def page(browser: Browser, scripted: str) -> Iterator[Page]:
    page = browser.new_page()
    page.set_default_timeout(30_000)
    page.goto(scripted)
    yield page
    page.close()


def asked(page: Page, question: str) -> Locator:
    """The message of the finished answer."""
    before = page.get_by_label("Chat message from assistant").count()
    page.get_by_test_id("stChatInputTextArea").fill(question)
    page.keyboard.press("Enter")
    answer = page.get_by_label("Chat message from assistant").nth(before)
    expect(answer.get_by_text("Sources", exact=True)).to_be_visible()
    settled(page)
    return answer


def test_chips_show_how_a_question_was_understood_and_can_be_taken_away(page: Page) -> None:
    answer = asked(page, "a planned question")
    expect(answer.get_by_role("button", name="Orla Wen")).to_be_visible()
    answer.get_by_role("button", name="Orla Wen").click()
    expect(answer.get_by_role("button", name="Orla Wen")).to_have_count(0)
    expect(answer.get_by_role("button", name="2021")).to_have_count(1)
    answer.get_by_role("button", name="2021").click()
    expect(answer.get_by_role("button", name="2021")).to_have_count(0)
    expect(answer.get_by_role("button", name="Orla Wen")).to_have_count(0)
    expect(page.get_by_label("Chat message from user")).to_have_count(1)


def test_chips_of_earlier_questions_stay_to_be_read(page: Page) -> None:
    first = asked(page, "a planned question")
    asked(page, "How exact is KelpNet?")
    expect(first.get_by_role("button", name="Orla Wen")).to_have_count(0)
    read = first.locator("[class*='st-key-chips-']").get_by_test_id("stCaptionContainer")
    expect(read.filter(has_text="Orla Wen")).to_be_visible()


def test_an_offered_question_is_asked_with_a_click(page: Page) -> None:
    asked(page, "a question with offers").get_by_role("button", name="How exact is TMT?").click()
    expect(page.get_by_label("Chat message from user").last).to_have_text("How exact is TMT?")
    expect(page.get_by_role("button", name="What does KelpNet count?")).to_have_count(0)


def downloaded(page: Page, answer: Locator, label: str) -> tuple[str, str]:
    """The name and the text of what a button of the export menu gives."""
    if not page.get_by_role("button", name=label, exact=True).is_visible():
        answer.get_by_role("button", name="Export").click()
    with page.expect_download() as started:
        page.get_by_role("button", name=label, exact=True).click()
    return started.value.suggested_filename, Path(started.value.path()).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("label", "file", "holds"),
    [
        ("BibTeX", "sources.bib", "author = {"),
        ("RIS", "sources.ris", "TY  - "),
        ("CSL-JSON", "sources.json", '"issued"'),
        ("CSV", "sources.csv", "KelpNet"),
        ("Markdown", "sources.md", "**KelpNet"),
    ],
)
def test_the_sources_of_an_answer_are_downloaded(page: Page, label: str, file: str, holds: str) -> None:
    name, text = downloaded(page, asked(page, "How exact is KelpNet?"), label)
    assert name == file
    assert holds in text
    assert text.replace("{", "").replace("}", "").count("KelpNet: Counting Canopy") == 1


def test_a_table_is_downloaded(page: Page) -> None:
    name, text = downloaded(page, asked(page, "a table"), "LaTeX table")
    assert name == "table.tex"
    assert "KelpNet & 2021" in text.replace("[1]", "").replace("  ", " ")


def test_a_name_of_several_authors_is_asked_back(page: Page) -> None:
    page.get_by_test_id("stChatInputTextArea").fill("an ambiguous question with offers")
    page.keyboard.press("Enter")
    answer = page.get_by_label("Chat message from assistant").first
    expect(answer.get_by_text("Who is meant?")).to_be_visible()
    expect(answer.get_by_text("Not in this library")).to_have_count(0)
    expect(answer.get_by_role("button", name="What does KelpNet count?")).to_be_visible()
