"""One paper from what several records say."""

from __future__ import annotations

import pytest

from rag.library.merging import merge_authors, paper_from
from rag.types import Record


def names(*lists: tuple[str, ...]) -> list[str]:
    return [name.display for name in merge_authors(lists)]


@pytest.mark.parametrize(
    ("lists", "merged"),
    [
        ([("Di He", "Ann Roe"), ("Roe, Ann", "Liwei Po")], ["Di He", "Ann Roe", "Liwei Po"]),
        ([("D. He",), ("Di He",)], ["Di He"]),
        ([("Di He",), ("D. He",)], ["Di He"]),
        ([("D. He",), ("D. J. He",), ("Di Jun He",)], ["Di Jun He"]),
        ([("Di He",), ("Dan He",)], ["Di He", "Dan He"]),
        ([("D. He", "Dan He")], ["D. He", "Dan He"]),
        ([("Di He", "Di He")], ["Di He"]),
        ([("", "...", "Di He")], ["Di He"]),
        ([(), ()], []),
    ],
)
def test_authors_of_several_lists(lists: list[tuple[str, ...]], merged: list[str]) -> None:
    assert names(*lists) == merged


def test_a_paper_takes_the_best_of_its_records() -> None:
    paper = paper_from(
        [
            Record("1", "The  Title", "Short.", ("Di He",), authors_complete=False, url="https://example.org/1"),
            Record("2", "THE TITLE", "A longer abstract.", ("Ann Roe", "D. He"), True, 2021, "Journal"),
            Record("3", "Title", "", (), True, 1999, "Elsewhere", "https://example.org/3"),
        ],
        "x:1",
    )
    assert (paper.id, paper.title, paper.abstract) == ("x:1", "The Title", "A longer abstract.")
    assert (paper.authors, paper.authors_complete) == (("Ann Roe", "Di He"), True)
    assert (paper.year, paper.venue, paper.url) == (2021, "Journal", "https://example.org/1")


def test_an_empty_list_of_authors_is_never_complete() -> None:
    assert not paper_from([Record("1", "T", authors=(), authors_complete=True)], "x").authors_complete


def test_the_abstract_is_the_longest_as_it_reads() -> None:
    written = r"\textbf{\textit{\underline{Nine}}} words."
    paper = paper_from([Record("1", "T", written), Record("2", "T", "Nine and a few more words.")], "x")
    assert paper.abstract == "Nine and a few more words."
