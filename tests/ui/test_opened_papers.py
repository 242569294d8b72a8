from rag.types import Citation, Paper
from rag.ui import markdown
from rag.ui.chat.actions import as_markdown
from rag.ui.chat.generation import Written
from rag.ui.evidence import papers

PAPER = Paper("doi:10/a(b)", "On *kelp*", "See https://example.org/kelp. It grows.", ("Ann Bee",), True, 2021, "Sea")


def test_a_link_to_a_paper_is_its_title_and_no_more() -> None:
    assert papers.link(PAPER) == rf"[On \*kelp\*](#paper-id-{PAPER.id.encode().hex()})"
    assert papers.link(PAPER, "it").startswith("[it](")


def test_a_paper_is_shown_with_its_addresses_and_can_be_cited() -> None:
    entry = papers.entry(PAPER)
    assert entry["passages"] == [
        ("See ", "", False),
        ("https://example.org/kelp", "", True),
        (". It grows.", "", False),
    ]
    assert entry["bibtex"].startswith("@")
    assert "It grows" not in entry["bibtex"]


def test_only_plain_http_addresses_are_found_in_a_text() -> None:
    text = "At (https://a.example/b), javascript:alert(1), https://me@b.example and ftp://c.example."
    assert [piece for piece, found in markdown.addresses(text) if found] == ["https://a.example/b"]
    assert "".join(piece for piece, _ in markdown.addresses(text)) == text


def test_titles_in_italics_become_links() -> None:
    text = r"The nearest is *On \[1\] kelp*, not **this** or *that*."
    assert markdown.in_italics(text) == {"On [1] kelp", "that"}
    assert markdown.answer(text, 1, (), {"On [1] kelp": "[x](#paper-y)"}) == (
        r"The nearest is [x](#paper-y)\, not **this** or *that*\."
    )


def test_a_copied_answer_says_what_its_markers_stand_for_once_a_paper() -> None:
    citations = [Citation(number, PAPER.id, PAPER.title, (), 2021, None, None, "It grows.", True) for number in (1, 2)]
    text = as_markdown(Written("It grows. [1] [2]", tuple(citations), {PAPER.id: PAPER}))
    assert text == "It grows. [1] [2]\n\n**References**\n\n[1] [2] Ann Bee (2021). **On \\*kelp\\***. *Sea*."


def test_an_answer_without_citations_is_copied_as_it_is() -> None:
    assert as_markdown(Written("There is nothing.")) == "There is nothing."
