"""Which papers a model names in brackets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.citing.markers import NumberedPapers, may_go_on
from rag.types import Paper

PAPERS = (
    Paper("1", "Boats", authors=("Anna Vale", "Bo Oar"), year=2020),
    Paper("2", "Oars", authors=("Cleo Reed", "Anna Vale"), year=2021),
    Paper("3", "Sails", authors=("Finn, Dora",)),
    Paper("4", "Rivers", authors=("Jan van der Meer", "?"), year=1999),
    Paper("5", "Locks", authors=("Élise Grün",), year=2020),
    Paper("6", "Weirs", authors=("Bo Oar", "Anna Vale"), year=2020),
)
NUMBERED = NumberedPapers(PAPERS)


def named(content: str) -> str:
    """The numbers of the papers named, `none` for a marker of no paper, `text` for no marker."""
    reading = NUMBERED.read(content)
    return "text" if reading is None else "".join(paper.id for paper in reading.papers) or "none"


@pytest.mark.parametrize(
    ("content", "papers"),
    [
        ("1", "1"),
        (" 2 ", "2"),
        ("1, 2", "12"),
        ("2; 1", "21"),
        ("1,\n3", "13"),
        ("2-4", "234"),
        ("2–4, 1", "2341"),
        ("5-9", "56"),
        ("1, 1, 1-2", "12"),
        ("1 and 3", "13"),
        ("1, 2, and 3", "123"),
        ("#2", "2"),
        ("^2", "2"),
        ("^1, ^2", "12"),
        ("1†source", "1"),
        ("2†L1-L5", "2"),
        ("Paper 1", "1"),
        ("paper 1, 3", "13"),
        ("Papers 1 and 3", "13"),
        ("Paper 1, Paper 2", "12"),
        ("Ref. 4", "4"),
        ("see 2", "2"),
        ("9", "none"),
        ("1, 9", "1"),
        ("Paper 9", "none"),
        ("Paper 0", "none"),
        ("900-999", "none"),
    ],
)
def test_numbers_name_papers_by_their_place(content: str, papers: str) -> None:
    assert named(content) == papers


@pytest.mark.parametrize(
    ("content", "papers"),
    [
        ("Reed 2021", "2"),
        ("Reed, 2021", "2"),
        ("Reed (2021)", "2"),
        ("Reed et al., 2021", "2"),
        ("Reed et al. 2021a", "2"),
        ("Reed and Vale, 2021", "2"),
        ("Reed & Vale 2021", "2"),
        ("Reed, C. 2021", "2"),
        ("Cleo Reed 2021", "2"),
        ("Reed et al.", "2"),
        ("Reed et al., 2021; Grun 2020", "25"),
        ("Reed et al., 2021, Grün, 2020", "25"),
        ("see also Reed, 2021", "2"),
        ("e.g., Reed, 2021", "2"),
        ("1; Reed, 2021", "12"),
        ("Vale 2021", "2"),
        ("Vale et al., 2020", "1"),
        ("Oar and Vale, 2020", "6"),
        ("Finn 2017", "3"),
        ("van der Meer, 1999", "4"),
        ("Meer, 1999", "4"),
        ("Reed 2019", "none"),
        ("Nobody 2020", "none"),
        ("Nobody et al., 2020; Reed 2021", "2"),
    ],
)
def test_authors_and_years_name_papers(content: str, papers: str) -> None:
    assert named(content) == papers


def test_authors_that_fit_several_papers_name_none() -> None:
    twins = NumberedPapers(
        [Paper("1", "A", authors=("Vale",), year=2020), Paper("2", "B", authors=("Vale",), year=2020)]
    )
    reading = twins.read("Vale, 2020")
    assert reading is not None
    assert reading.papers == ()
    unknown_years = NumberedPapers([Paper("1", "A", authors=("Vale",)), Paper("2", "B", authors=("Vale",))])
    reading = unknown_years.read("Vale, 2020")
    assert reading is not None
    assert reading.papers == ()


@pytest.mark.parametrize(
    "content",
    """0|0, 1|1, 0|2-1|2020|1000|1.5, 2|-1, 1|1 2|1,|n=12|MASK|CLS|x|a, b|?||  |ICML 2020|NeurIPS 2021|May 2020|
    in 2020|since 2019|the 2020 season|Reed|Reed and Vale|1: Boats|Boats, an essay, 2020 edition""".split("|"),
)
def test_what_names_no_paper_is_no_marker(content: str) -> None:
    assert named(content) == "text"


@pytest.mark.parametrize(
    ("content", "style"),
    [("1, 2", "number"), ("Paper 1", "label"), ("1†s", "label"), ("Reed 2021", "author"), ("Paris 2020", "name"),
     ("Paris et al., 2020", "author"), ("Paris, 2020", "author"), ("1; Reed 2021", "author")],
)  # fmt: skip
def test_the_style_says_how_sure_a_marker_is(content: str, style: str) -> None:
    reading = NUMBERED.read(content)
    assert reading is not None
    assert reading.style == style


NAMING = st.lists(
    st.sampled_from(
        ["1", "9", "-", ", ", "; ", " and ", "Paper ", "Vale", "Reed", " et al.", "2020", "2021", "see ", "("]
    )
).map("".join)


@given(st.one_of(st.text(max_size=200), NAMING))
def test_any_text_can_be_read(content: str) -> None:
    reading = NUMBERED.read(content)
    if reading is not None:
        assert set(reading.papers) <= set(PAPERS)
        assert len(reading.papers) == len(set(reading.papers))


@given(st.one_of(st.text(), NAMING))
def test_what_may_go_on_could_before(content: str) -> None:
    if may_go_on(content):
        assert all(may_go_on(content[:end]) for end in range(len(content)))


@pytest.mark.parametrize(
    "content", ["Reed et al., 2021", "see Reed and Vale, 2021; van der Meer 1999", "Papers 1 and 3"]
)
def test_a_marker_may_always_go_on(content: str) -> None:
    assert may_go_on(content)
