"""What a visitor sees of authors."""

import re
from collections.abc import Iterator
from urllib.parse import quote_plus

import pytest
from people_library import MALLORY, serving_people, visiting
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.timeout(120)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[str]:
    with serving_people(tmp_path_factory.mktemp("authors")) as address:
        yield address


@pytest.fixture(scope="module")
def visitor(browser: Browser, address: str) -> Iterator[Page]:
    with visiting(browser, address) as page:
        page.goto(address)
        yield page


@pytest.fixture
def page(visitor: Page) -> Page:
    """The visitor at the list of authors."""
    visitor.get_by_test_id("stTopNavLink").filter(has_text="Authors").click()
    heading = visitor.get_by_role("heading", name="Authors", exact=True)
    back = visitor.get_by_role("link", name="All authors")
    expect(heading.or_(back)).to_be_visible()
    if back.is_visible():  # Streamlit's own link to the page one is on leaves its address as it is
        back.click()
    expect(heading).to_be_visible()
    visitor.get_by_label("Find an author").fill("")
    return visitor


def opened(page: Page, name: str) -> None:
    people(page).filter(has_text=name).click()
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
    expect(page.get_by_text("Sources", exact=True)).to_be_visible(timeout=15_000)


def people(page: Page) -> Locator:
    return page.locator(".st-key-people").get_by_role("link")


def test_those_of_most_papers_come_first(page: Page) -> None:
    expect(people(page).nth(0)).to_contain_text("10 papers")
    expect(people(page).nth(1)).to_contain_text("10 papers")
    expect(page.get_by_text("known authors of 32 papers")).to_be_visible()


def test_typing_narrows_and_a_slip_finds_the_nearest(page: Page) -> None:
    search = page.get_by_label("Find an author")
    search.press_sequentially("Lindqvis")
    expect(people(page)).to_have_count(1)
    search.fill("Saorse Lindquist")
    expect(people(page).first).to_contain_text("Saoirse Lindqvist")
    search.fill("qqqqqqqq")
    expect(page.get_by_text("No name in this library is near to “qqqqqqqq”")).to_be_visible()


def test_an_author_has_an_address_a_digest_and_a_way_back(page: Page) -> None:
    opened(page, "Di He")
    expect(page).to_have_url(re.compile(r"authors\?name=Di\+He$"))
    expect(page.get_by_text("10 papers · 1 known co-author")).to_be_visible()
    expect(page.get_by_text("Di He has 10 papers in this library")).to_be_visible()
    expect(page.get_by_text("The library does not know the years")).to_be_visible()
    page.get_by_role("link", name="[1]", exact=True).first.click()
    expect(page.get_by_role("dialog").locator("mark.quote")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    page.get_by_role("link", name="All authors").click()
    expect(page.get_by_role("heading", name="Authors", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile(r"authors$"))
    page.go_back()
    expect(page.get_by_role("heading", name="Di He", exact=True)).to_be_visible()


def test_a_coauthor_is_a_link_and_gaps_are_said(page: Page) -> None:
    opened(page, "Di He")
    expect(page.get_by_text("Not all authors of these papers are known here")).to_be_visible()
    page.locator(".st-key-coauthors").get_by_role("link", name="Jiacheng Sun").click()
    expect(page.get_by_role("heading", name="Jiacheng Sun", exact=True)).to_be_visible()


def test_themes_are_told_once(page: Page) -> None:
    opened(page, "Di He")
    main = page.get_by_test_id("stMain")
    expect(main.get_by_text(re.compile(r"^Large language models \(3\)$"))).to_have_count(1)


def test_papers_by_year_are_drawn_and_told(page: Page) -> None:
    opened(page, "Bo He")
    chart = page.locator(".st-key-years")
    expect(chart.locator("svg.marks")).to_be_visible(timeout=15_000)
    expect(chart.get_by_label("Papers per year. 2023: 1, 2024: 2.").first).to_be_attached()
    numbers = page.get_by_test_id("stExpander").filter(has_text="The numbers as a table")
    numbers.locator("summary").click()
    expect(numbers.get_by_role("row").nth(1)).to_contain_text("2024")


def test_a_click_in_the_graph_opens_the_coauthor(page: Page) -> None:
    opened(page, "Bo He")
    graph = page.locator("[class*='st-key-company-of-']")
    expect(graph.locator(".mark-symbol path")).to_have_count(4, timeout=15_000)
    expect(graph.get_by_label("Graph of Bo He's co-authors").first).to_be_attached()
    expect(graph.locator(".mark-text text").filter(has_text="Ines Quill")).to_have_count(1)
    graph.locator(".mark-symbol path").first.click()
    expect(page.get_by_role("heading", name="Ines Quill", exact=True)).to_be_visible()


def test_the_chat_can_be_asked_about_an_author(page: Page) -> None:
    opened(page, "Bo He")
    page.get_by_role("button", name="Ask about this author").click()
    expect(page.get_by_test_id("stChatInput")).to_be_visible()


def test_a_rerun_writes_nothing_again(page: Page) -> None:
    opened(page, "Di He")
    report = page.locator("[class*='st-key-report-']")
    before = report.get_attribute("class")
    opened_again = page.get_by_role("link", name="All authors")
    opened_again.click()
    opened(page, "Di He")
    assert report.get_attribute("class") == before


def test_markup_in_names_and_titles_is_text(page: Page) -> None:
    page.get_by_label("Find an author").fill("Peggy Row")
    opened(page, "Peggy Row")
    main = page.get_by_test_id("stMain")
    expect(main.get_by_text("<b>Bold</b>").locator("visible=true").first).to_be_visible()
    graph = page.locator("[class*='st-key-company-of-']")
    expect(graph.locator(".mark-symbol path")).to_have_count(4, timeout=15_000)
    for dot in graph.locator(".mark-symbol path").all()[:3]:
        dot.hover()
        expect(page.locator("#vg-tooltip-element")).to_contain_text("Joint papers")
        assert page.locator("#vg-tooltip-element :is(img, a, script, b, i)").count() == 0
    assert main.locator("img[src*=evil], script, [onerror]").count() == 0


@pytest.mark.parametrize(
    "name", [MALLORY, "<script>alert(1)</script>", "x" * 10_000, "[a](javascript:alert(1)) :red[b]"]
)
def test_whatever_the_address_names_is_data(browser: Browser, address: str, name: str) -> None:
    with visiting(browser, address) as page:
        page.goto(f"{address}/authors?name={quote_plus(name)}")
        main = page.get_by_test_id("stMain")
        expect(main.get_by_role("heading").first).to_be_visible()
        expect(main.get_by_text(name[:30]).first).to_be_visible()
        assert main.locator("img[src*=evil], script, [onerror], a[href^=javascript]").count() == 0


def test_a_name_of_several_asks_who_is_meant(browser: Browser, address: str) -> None:
    with visiting(browser, address) as page:
        page.goto(f"{address}/authors?name=He")
        expect(page.get_by_role("heading", name="Who is meant?")).to_be_visible()
        expect(people(page)).to_have_count(2)
        page.goto(f"{address}/authors?name=Saorse+Lindkvist")
        expect(page.get_by_role("heading", name="Not in this library")).to_be_visible()
        people(page).first.click()
        expect(page.get_by_role("heading", name="Saoirse Lindqvist")).to_be_visible()
