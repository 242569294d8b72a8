from rag.types import Citation, Paper
from rag.ui.chat.generation import Written
from rag.ui.evidence.citations import NOT_SAID, entries

PAPER = Paper(
    "p1", "<b>On kelp</b>", "Kelp is brown. It grows fast. It is old.", ("Ann Bee",), False, 2021, "Sea", "x:y"
)


def citation(marker: int, quote: str, supported: bool | None) -> Citation:
    return Citation(marker, "p1", PAPER.title, PAPER.authors, 2021, "Sea", PAPER.url, quote, supported)


SUPPORTED = citation(1, "Kelp is brown.", True)
DOUBTFUL = citation(2, "It grows fast.", False)


def test_a_citation_has_its_paper_and_its_sentence() -> None:
    entry = entries(3, Written("x", (SUPPORTED,), {"p1": PAPER}))["cite-3-1"]
    assert (entry["title"], entry["authors"], entry["published"]) == (
        PAPER.title,
        "Known authors: Ann Bee",
        "Sea · 2021",
    )
    assert (entry["url"], entry["linked"]) == ("x:y", False)
    assert (entry["quote"], entry["doubt"]) == ("Kelp is brown.", "")
    assert entry["passages"][0] == ("Kelp is brown.", "quote", False)


def test_what_the_abstract_does_not_say_is_told_and_shown_apart() -> None:
    entry = entries(3, Written("x", (SUPPORTED, DOUBTFUL), {"p1": PAPER}))["cite-3-2-unsupported"]
    assert entry["doubt"] == NOT_SAID
    assert entry["passages"] == [
        ("Kelp is brown.", "also", False),
        (" ", "", False),
        ("It grows fast.", "nearest", False),
        (" It is old.", "", False),
    ]


def test_a_nearest_sentence_is_not_shown_with_the_quotes_of_others() -> None:
    entry = entries(3, Written("x", (SUPPORTED, DOUBTFUL), {"p1": PAPER}))["cite-3-1"]
    assert entry["passages"] == [("Kelp is brown.", "quote", False), (" It grows fast. It is old.", "", False)]


def test_what_was_not_checked_is_not_doubted() -> None:
    assert entries(3, Written("x", (citation(1, "It is old.", None),), {"p1": PAPER}))["cite-3-1"]["doubt"] == ""


def test_a_citation_whose_paper_has_not_arrived_is_left_out() -> None:
    assert entries(3, Written("x", (SUPPORTED,), {})) == {}
