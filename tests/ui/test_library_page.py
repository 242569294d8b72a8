import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from page_server import address_of
from playwright.sync_api import BrowserContext, Locator, Page, expect

pytestmark = pytest.mark.timeout(90)

KELP = """@article{kelp,
  title = {KelpNet counts canopy fronds},
  author = {Wen, Orla and Brandt, Mateo},
  year = {2021},
  journal = {Journal of Invented Oceans},
  abstract = {KelpNet counts fronds in images of drifting buoys. <img src=x onerror=alert(1)> It errs by 2.7.},
  url = {https://example.org/kelp},
}
@article{tide,
  title = {Tidal memory for :red[long] records},
  author = {Quill, Ines},
  year = {2022},
}
"""
SLOWLY = 20_000  # milliseconds, for what is read in the background or opened anew
HOSTILE = "<img src=x onerror=alert(1)>.bib"


def file(name: str, content: str | bytes) -> dict[str, object]:
    content = content.encode() if isinstance(content, str) else content
    return {"name": name, "mimeType": "text/plain", "buffer": content}


@pytest.fixture
def library(visitor: tuple[Page, list[str]]) -> Iterator[Page]:
    """The visitor on the library's page, as one comes to it from the chat."""
    page, wrong = visitor
    page.set_viewport_size({"width": 1280, "height": 800})
    page.keyboard.press("Escape")
    page.get_by_test_id("stTopNavLink").get_by_text("Chat").click()
    page.get_by_test_id("stChatInput").wait_for()
    page.get_by_test_id("stTopNavLink").get_by_text("Library").click()
    page.get_by_role("heading", name="Library").wait_for()
    yield page
    assert wrong == []


def view(page: Page, name: str) -> None:
    """Choose a view; what is clicked before the browser has its address would be of the view before."""
    radio = page.get_by_role("radio", name=name)
    if not radio.is_checked():
        radio.click()
        address_of(page, "view=sources" if name == "Files" else f"view={name.lower()}")


def drop(page: Page, *files: dict[str, object]) -> None:
    page.locator("input[type=file]").set_input_files(files)  # type: ignore[arg-type]


def expect_ledger(page: Page, **fates: int) -> Locator:
    """The ledger, once it says that so many records were added, updated, unchanged, merged, failed."""
    ledger = page.locator(".st-key-ledger")
    names = ("added", "updated", "unchanged", "merged", "failed")
    figures = [re.compile(rf"^\s*{name.capitalize()}\s*{fates.get(name, 0)}\s*$") for name in names]
    expect(ledger.get_by_test_id("stMetric")).to_have_text(figures, timeout=SLOWLY)
    expect(page.locator(".st-key-library-run")).to_have_count(0)
    return ledger


def rows(page: Page) -> Locator:
    return page.locator(".shelf li")


def test_files_are_dropped_read_and_accounted_for(library: Page, tmp_path: Path) -> None:
    view(library, "Add")
    broken = [
        file("empty.ris", b""),
        file("a.pdf", b"%PDF-1.7"),
        file("note.txt", "dear diary"),
        file("b.bib", "@article{x,"),
    ]
    drop(library, file(HOSTILE, KELP), *broken)
    ledger = expect_ledger(library, added=2, failed=4)
    expect(ledger).to_contain_text("_img src=x onerror=alert(1)_.bib")
    ledger.get_by_text("4 records could not be kept").click()
    expect(ledger.get_by_text("the file is empty")).to_be_visible()
    expect(ledger.get_by_text("this is a PDF document")).to_be_visible()
    with library.expect_download() as download:
        ledger.get_by_role("button", name="Failures as CSV").click()
    with open(download.value.path(), newline="") as table:
        assert {row["file"] for row in csv.DictReader(table)} == {"empty.ris", "a.pdf", "note.txt", "b.bib"}
    expect(library.locator(".st-key-facts")).to_contain_text("21 papers")


def test_the_same_file_again_changes_nothing_and_another_of_its_name_is_kept_beside_it(library: Page) -> None:
    view(library, "Add")
    drop(library, file(HOSTILE, KELP))
    expect_ledger(library, unchanged=2)
    drop(library, file(HOSTILE, KELP.replace("2.7", "2.6")), file("merged.bib", KELP))
    ledger = expect_ledger(library, merged=4)
    expect(ledger).to_contain_text("_img src=x onerror=alert(1)_ (2).bib, merged.bib")


def test_the_ledger_is_there_for_whoever_comes_next(library: Page, context: BrowserContext) -> None:
    with context.new_page() as other:
        other.goto(address_of(library, "/library").split("?")[0] + "?view=add")
        expect(other.locator(".st-key-ledger")).to_contain_text("merged.bib", timeout=SLOWLY)


def test_papers_are_read_in_place_and_hostile_text_is_text(library: Page) -> None:
    paper = rows(library).filter(has_text="KelpNet counts canopy fronds")
    expect(paper).to_contain_text("2021 · Journal of Invented Oceans · Orla Wen, Mateo Brandt")
    paper.locator("summary").click()
    expect(paper).to_contain_text("<img src=x onerror=alert(1)>")
    expect(paper.get_by_role("link", name="https://example.org/kelp")).to_be_visible()
    expect(library.locator(".shelf img")).to_have_count(0)
    bare = rows(library).filter(has_text="Tidal memory for :red[long] records")
    bare.locator("summary").click()
    expect(bare).to_contain_text("The library has no abstract of this paper.")


def test_papers_are_found_narrowed_and_ordered(library: Page) -> None:
    expect(library.get_by_text("21 papers").last).to_be_visible()
    library.get_by_role("textbox", name="Search").fill("drifting buoys")
    library.keyboard.press("Enter")
    expect(library.get_by_text("of 21 papers, best first")).to_be_visible()
    expect(rows(library).first).to_contain_text("KelpNet")
    library.get_by_role("button", name="Search: drifting buoys").click()
    library.get_by_role("button", name="Filters").click()
    library.get_by_role("combobox", name="Author").fill("Orla")
    library.keyboard.press("Enter")
    expect(library.get_by_text("1 of 21 papers")).to_be_visible()
    narrowed = address_of(library, "author=Orla")
    with library.context.new_page() as other:
        other.goto(narrowed)
        expect(rows(other)).to_have_count(1, timeout=SLOWLY)
    library.get_by_role("button", name="Author: Orla").click()
    # Only then is the list drawn anew: a menu that is opened before is closed by that.
    expect(library.get_by_role("button", name="Author: Orla")).to_have_count(0)
    expect(rows(library)).not_to_have_count(1, timeout=SLOWLY)
    library.get_by_role("combobox", name="Order").click()
    library.get_by_role("option", name="By title").click()
    expect(rows(library).first).not_to_contain_text("Tidal")
    titles = rows(library).locator(".title").all_inner_texts()
    assert [title.lower() for title in titles] == sorted(title.lower() for title in titles)


def test_the_list_is_used_by_keyboard(library: Page) -> None:
    rows(library).first.locator("summary").focus()
    library.keyboard.press("ArrowDown")
    library.keyboard.press("Enter")
    expect(rows(library).nth(1).locator(".abstract, .missing")).to_be_visible()
    library.keyboard.press("x")
    expect(rows(library).nth(1).get_by_role("checkbox")).to_be_checked()
    expect(library.get_by_role("button", name="1 chosen")).to_be_visible()
    library.get_by_role("button", name="1 chosen").click()
    expect(rows(library).nth(1).get_by_role("checkbox")).not_to_be_checked()


def test_chosen_papers_are_handed_on_asked_about_and_compared(library: Page) -> None:
    for name in ("KelpNet counts", "Tidal memory"):
        rows(library).filter(has_text=name).get_by_role("checkbox").check()
    library.get_by_role("button", name="2 chosen").wait_for()
    library.get_by_role("button", name="Export").click()
    with library.expect_download() as download:
        library.get_by_role("button", name="RIS").click()
    written = Path(download.value.path()).read_text(encoding="utf-8")
    assert written.count("TY  -") == 2
    library.keyboard.press("Escape")
    library.get_by_role("button", name="Compare", exact=True).click()
    library.get_by_role("heading", name="Compare").wait_for()
    assert address_of(library, "of=").count("of=") == 2
    library.get_by_test_id("stTopNavLink").get_by_text("Library").click()
    library.get_by_role("button", name="Ask about these").click()
    expect(library.get_by_test_id("stChatInput")).to_be_visible()


def test_an_author_leads_to_the_authors_page(library: Page) -> None:
    paper = rows(library).filter(has_text="KelpNet counts")
    paper.locator("summary").click()
    paper.get_by_role("button", name="Orla Wen").click()
    library.get_by_role("heading", name=re.compile("Authors|Orla Wen")).first.wait_for()
    address_of(library, "name=Orla")


def test_a_paper_is_opened_by_its_address(library: Page) -> None:
    base = "/".join([*library.url.split("/")[:3], "library"])
    paper = rows(library).filter(has_text="KelpNet counts").get_by_role("checkbox").get_attribute("value")
    with library.context.new_page() as other:
        other.goto(f"{base}?paper={paper}")
        expect(other.get_by_role("dialog")).to_contain_text("KelpNet counts fronds in images", timeout=SLOWLY)
        other.goto(f"{base}?paper=none")
        expect(other.get_by_text("no such paper")).to_be_visible(timeout=SLOWLY)


def test_figures_lead_to_their_papers(library: Page) -> None:
    view(library, "Figures")
    chart = library.get_by_test_id("stVegaLiteChart").nth(1)
    bars = chart.locator("canvas, svg").first
    bars.wait_for()
    expect(library.get_by_text("Click a bar").first).to_be_visible()
    library.get_by_text("The numbers as a table").first.click()
    expect(library.get_by_role("cell", name="2021")).to_be_visible()
    library.get_by_test_id("stVegaLiteChart").first.locator("canvas, svg").first.click(position={"x": 200, "y": 150})
    expect(library.get_by_role("button", name=re.compile("Years: 202[12]"))).to_be_visible()


def remove(page: Page, name: str, answer: str) -> None:
    """Ask for a file to be removed, and answer what is asked back."""
    entry = page.locator("[class*='st-key-library-source-']").filter(has_text=name).first
    entry.get_by_role("button", name="Remove").click()
    asked = page.locator(".st-key-library-ask-once")
    expect(asked).to_contain_text(name)
    asked.get_by_role("button", name=answer).click()
    expect(asked).to_have_count(0)


def test_a_file_is_removed_after_asking_once(library: Page) -> None:
    view(library, "Files")
    remove(library, "_img src=x", "Keep it")
    for name in ("_img src=x onerror=alert(1)_ (2).bib", "_img src=x onerror=alert(1)_.bib"):
        remove(library, name, "Remove it")
        said = library.get_by_text(f"{name} was removed").filter(has_text="all papers are kept")
        expect(said).to_be_visible(timeout=SLOWLY)
    remove(library, "merged.bib", "Remove it")
    expect(library.get_by_text("2 papers that no other file states")).to_be_visible(timeout=SLOWLY)
    expect(library.locator(".st-key-facts")).to_contain_text("19 papers")


@pytest.mark.parametrize("name", ["Papers", "Add", "Files", "Figures"])
def test_a_phone_shows_every_view_without_scrolling_sideways(library: Page, name: str) -> None:
    library.set_viewport_size({"width": 390, "height": 844})
    view(library, name)
    expect(library.get_by_role("radio", name=name)).to_be_checked()
    assert library.evaluate("document.documentElement.scrollWidth") <= 390
