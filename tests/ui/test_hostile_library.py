"""A library whose papers are markup: all of it is text, on every page."""

import json
from collections.abc import Iterator

import pytest
from page_server import serving
from playwright.sync_api import Browser, Page, expect

from rag.assistant import Assistant
from rag.settings import Settings

pytestmark = pytest.mark.timeout(120)

MARK = "http://evil.example"
HOSTILE = (
    f"<img src={MARK}/i.png onerror=document.title='owned'> ![p]({MARK}/p.png) [c]({MARK}/c) :red[r] $\\frac12$ "
    f"<script>document.title='owned'</script> [j](javascript:owned()) :material/home: :smile: `code` ~~gone~~ "
    f"<a href='{MARK}/a' style='position:fixed'>x</a> [^1] #h \u202eesrever | a | b | www.evil.example"
)
PAPERS = [
    {
        "id": f"bad-{number}",
        "title": f"Kelp survey {number} {HOSTILE}",
        "abstract": f"We count kelp fronds {number}. {HOSTILE}. The error is {number}.7 fronds per image.",
        "authors": [f"Wen {HOSTILE}", "Orla Wen"],
        "year": 2020 + number,
        "venue": f"Journal {HOSTILE}",
        "url": url,
    }
    for number, url in enumerate(
        [
            "javascript:document.title='owned'",
            "data:text/html,<script>document.title='owned'</script>",
            f"{MARK}/\"onmouseover=document.title='owned'",
            f"{MARK})![x]({MARK}/u.png",
            f"//evil.example/{HOSTILE}",
            "https://user:word@evil.example/",
        ]
    )
]
# What no text of a paper may become. Links are the page's own, or read as exactly where they go.
MADE = """() => [...document.querySelectorAll('img, script, iframe, a, .katex, del, [onerror], [style*="fixed"]')]
    .filter((each) => !(each.matches('a[href^="http"]') && each.textContent === each.getAttribute('href')))
    .filter((each) => !(each.matches('a[href^="#"]') && /^#(cite|paper)-[-a-z0-9]+$/.test(each.getAttribute('href'))))
    .filter((each) => !(each.matches('a[href^="authors?name="]') && each.origin === location.origin
                        && !each.querySelector('a, img, script, [onerror], [style*="fixed"]')))
    .map((each) => each.outerHTML)
    .filter((html) => /evil|javascript:|data:text|owned|katex|<del/.test(html))"""


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A visitor of the hostile library, and what went wrong."""
    folder = tmp_path_factory.mktemp("hostile")
    source = folder / "evil ![x](__) :red[x] $x$.jsonl"
    source.write_text("\n".join(map(json.dumps, PAPERS)), encoding="utf-8")
    with Assistant(Settings(folder / "library")) as assistant:
        assert not assistant.ingest([source]).failed
    wrong: list[str] = []
    with serving(folder) as address, browser.new_context() as context:
        page = context.new_page()
        page.set_default_timeout(30_000)
        own = (address, address.replace("http", "ws"), "blob:", "data:")
        page.on("request", lambda request: request.url.startswith(own) or wrong.append(request.url))
        page.on("console", lambda message: message.type != "error" or wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", lambda dialog: wrong.append(dialog.message) or dialog.dismiss())
        page.goto(address)
        page.get_by_role("heading", name="Ask the library").wait_for()
        yield page, wrong


@pytest.fixture
def page(visitor: tuple[Page, list[str]]) -> Iterator[Page]:
    page, wrong = visitor
    yield page
    assert page.evaluate(MADE) == []
    assert "owned" not in page.title()
    assert wrong == []


def settle(page: Page) -> None:
    """Until the run of the page is over."""
    page.wait_for_function("document.querySelector('[data-test-script-state=\"notRunning\"]') !== null")


def go(page: Page, name: str) -> None:
    page.keyboard.press("Escape")
    page.get_by_role("banner").get_by_role("link", name=name, exact=True).click()
    heading = "Ask the library" if name == "Chat" else name
    page.get_by_role("heading", name=heading, exact=True, level=1).wait_for()
    settle(page)


@pytest.mark.parametrize("name", ["Chat", "Authors", "Compare", "Library", "Settings"])
def test_a_page_shows_it_as_text(page: Page, name: str) -> None:
    go(page, name)


@pytest.mark.parametrize(
    "question",
    [
        "How many kelp fronds are counted in kelp survey 3?",
        "What has Orla Wen worked on?",
        "Which venues are there?",
        f"Tell me of kelp {HOSTILE}",
        "Compare Kelp survey 1 with Kelp survey 2.",
    ],
)
def test_an_answer_is_text(page: Page, question: str) -> None:
    page.keyboard.press("Escape")
    page.get_by_role("banner").get_by_role("link", name="Chat", exact=True).click()
    settle(page)
    page.get_by_role("button", name="New chat").click()
    page.get_by_role("heading", name="Ask the library").wait_for()
    page.get_by_test_id("stChatInputTextArea").fill(question)
    page.keyboard.press("Enter")
    answer = page.get_by_label("Chat message from assistant").last
    over = answer.get_by_text("Sources", exact=True).or_(answer.get_by_text("Not in this library"))
    expect(over).to_be_visible(timeout=20_000)
    settle(page)
    assert page.evaluate(MADE) == []
    links = answer.get_by_role("link", name="[1]")
    if links.count():
        links.first.hover()
        expect(page.locator("#tooltip")).to_be_visible()
        links.first.click()
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text("Kelp survey")
        shadow = "document.querySelector('#citation-overlay').shadowRoot"
        assert page.evaluate(f"{shadow}.querySelectorAll('img, script, a:not([href^=\"http\"])').length") == 0
        assert page.evaluate(f"[...{shadow}.querySelectorAll('a')].every((a) => a.textContent === a.href)")
        page.keyboard.press("Escape")
