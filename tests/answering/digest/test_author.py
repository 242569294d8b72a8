"""What an author has written, without a language model."""

from __future__ import annotations

import re
import time

import pytest
from digests import digest, filled, ids, many

from rag.assistant import Assistant
from rag.library.store import Library
from rag.types import Filters, Record


def test_every_paper_of_the_author_and_none_of_anyone_else(invented: Assistant) -> None:
    found = digest(invented.indexes, "Bo He")
    assert found.cited == ["inv:11", "inv:5", "inv:6"]
    assert found.text.startswith(
        "Bo He has 3 papers in this library, from 2023 to 2024, in *Transactions on Fictional Graphs*, "
        "*Conference on Made-up Learning* and *Journal of Invented Oceans*."
    )
    assert "We propose Fungal Graphs, in which edges grow" in found.text
    assert found.section("Introduced by name").count("Fungal Graphs") == 1
    assert "Timeline" not in found.text
    assert "Co-authors (joint papers): Ines Quill (1), Orla Wen (1) and Tobias Anker (1)." in found.text
    assert found.outcome.model == "extractive" and not found.outcome.refused


@pytest.mark.parametrize("name", ["Di He", "he, di", "Jiacheng Sun"])
def test_the_seeds(seeds: Assistant, name: str) -> None:
    found = digest(seeds.indexes, name)
    assert len(found.cited) == 10
    assert " has 10 papers in this library" in found.text
    bold = re.findall(r"^- \*\*(.+?)\*\*: .+ \[\d+\]$", found.text, re.MULTILINE)
    assert len(bold) == len(set(bold)) == 10
    assert "Timeline" not in found.text
    assert "Known co-authors (joint papers): " in found.text
    assert "does not know all authors of these papers" in found.text
    assert found.section("Selected results").count("\n- ") >= 2


def test_the_only_paper_of_an_author_is_told_as_one(library: Library) -> None:
    indexes = filled(library, many(1))
    found = digest(indexes, "Orla Fenwick")
    assert found.text == (
        "The library has 1 paper by Orla Fenwick: **Net0: Kelp Forests Measured in Way Number 0** "
        "(2000, *Journal of Invented Measures*), written with Helper Numbera.\n\n"
        "We propose Net0, a method that measures kelp forests in way 0. [1] "
        "Experiments show that the error falls by 1% on kelp forests. [2]"
    )


def test_papers_without_abstracts_are_cited_by_title(library: Library) -> None:
    titles = ("Salt in Wind", "Wind in Salt", "Sand in Both")
    indexes = filled(library, [Record(f"line {n}", title, authors=("Ada Roe",)) for n, title in enumerate(titles)])
    found = digest(indexes, "Ada Roe")
    assert found.text.startswith("Ada Roe has 3 papers in this library.")
    assert {citation.quote for citation in found.citations} == set(titles)
    assert found.text.count("**Salt in Wind**") == 1 and "No paper has a co-author." in found.text


def test_one_paper_without_an_abstract(library: Library) -> None:
    indexes = filled(library, [Record("line 1", "Salt in Wind", authors=("Ada Roe",))])
    found = digest(indexes, "Ada Roe")
    assert found.text == (
        "The library has 1 paper by Ada Roe: **Salt in Wind**.\n\nThe library does not have its abstract [1]."
    )


def test_years_and_venue_narrow_it_and_the_whole_is_told(invented: Assistant) -> None:
    found = digest(invented.indexes, "Bo He", filters=Filters(years=(2024, None)))
    assert found.cited == ["inv:11", "inv:6"]
    assert (
        found.text.startswith("Bo He has 2 papers in this library since 2024") and "There are 3 in all." in found.text
    )
    found = digest(invented.indexes, "Saoirse Lindqvist", filters=Filters(venue="imagined ice"))
    assert found.cited == ["inv:4", "inv:8"]


def test_nothing_within_the_years(invented: Assistant) -> None:
    found = digest(invented.indexes, "Bo He", filters=Filters(years=(1990, 1999)))
    assert found.text == "The library has 3 papers by Bo He, and none from 1990 to 1999."
    assert found.outcome.refused and found.outcome.offers == ("What has Bo He worked on?",)


def test_a_topic_leaves_the_papers_about_it_and_counts_the_others(invented: Assistant) -> None:
    found = digest(invented.indexes, "Bo He", topic="language models")
    assert found.cited == ["inv:11"]
    assert found.text.startswith("1 of the 3 papers by Bo He in this library is about language models")
    assert "the other 2 are not" in found.text


def test_a_topic_of_none(invented: Assistant) -> None:
    found = digest(invented.indexes, "Bo He", topic="volcanic ash clouds")
    assert found.text == "None of the 3 papers by Bo He in this library is about volcanic ash clouds."
    assert found.outcome.refused


def test_a_topic_of_none_and_what_there_is_instead(seeds: Assistant) -> None:
    found = digest(seeds.indexes, "Di He", topic="volcanic ash clouds")
    assert found.text.startswith(
        "None of the 10 papers by Di He in this library is about volcanic ash clouds. The main "
    )
    assert found.outcome.refused


def test_papers_with_somebody(invented: Assistant) -> None:
    found = digest(invented.indexes, "Bo He", filters=Filters(authors=("Ines Quill",)))
    assert found.cited == ["inv:6"]
    assert "1 paper in this library with Ines Quill" in found.text


def test_several_authors_have_a_section_each(invented: Assistant) -> None:
    found = digest(invented.indexes, "Bo He", "Orla Wen")
    first, second = found.text.split("## Orla Wen")
    assert first.startswith("## Bo He\n\nBo He has 3 papers") and "Orla Wen has 2 papers" in second
    assert found.cited == ["inv:1", "inv:11", "inv:5", "inv:6"]


def test_others_who_may_be_the_same_are_told(library: Library) -> None:
    records = [
        Record(f"line {n}", f"Salt of Sea Number {n}", authors=(name,))
        for n, name in enumerate(["Di Fen", "Di Fen", "Dan Fen", "D. Fen", "D. Fen"])
    ]
    found = digest(filled(library, records), "Di Fen")
    assert found.cited == ids(library, "Salt of Sea Number 0", "Salt of Sea Number 1")
    assert found.text.endswith("2 more papers by D. Fen may be theirs.")


def test_a_name_that_is_not_one_persons_is_asked_about(library: Library) -> None:
    records = [Record(f"line {n}", f"Salt {n}", authors=(name,)) for n, name in enumerate(["Di Fen", "Dan Fen"])]
    found = digest(filled(library, records), "D. Fen")
    assert found.outcome.refused and "Which one?" in found.text
    assert found.outcome.offers == ("What has Dan Fen worked on?", "What has Di Fen worked on?")


def test_markup_in_titles_and_abstracts_stays_text(invented: Assistant) -> None:
    found = digest(invented.indexes, "Priya Nakamura-Holt")
    assert found.cited == ["inv:7", "inv:8"]
    assert r"\[3\]" in found.text


def test_five_hundred_papers(library: Library) -> None:
    indexes = filled(library, many(500))
    began = time.perf_counter()
    found = digest(indexes, "Orla Fenwick")
    assert time.perf_counter() - began < 10
    assert len(found.cited) == 500
    assert found.text.startswith("Orla Fenwick has 500 papers in this library, from 2000 to 2019, all in *Journal")
    titles = [title for (title,) in library.rows("SELECT title FROM papers")]
    assert [title for title in titles if len(re.findall(rf"\*{re.escape(title)}\*", found.text)) != 1] == []
    quoted = re.findall(r"^- \*\*.+\*\* \(\d+\): .+ \[\d+\]$", found.text, re.MULTILINE)
    assert 5 <= len(quoted) <= 60
    assert found.section("Timeline").count("\n- ") == 20
    assert "- **2000**: 25 papers (" in found.text and " and 21 more)" in found.text


@pytest.mark.parametrize("count", [2, 3, 4, 12])
def test_themes_and_gaps_in_what_is_known(library: Library, count: int) -> None:
    indexes = filled(library, many(count, complete=False, years=False))
    found = digest(indexes, "Orla Fenwick")
    assert len(found.cited) == count
    assert "Timeline" not in found.text
    assert "Known co-authors (joint papers): " in found.text
    counted = [int(number) for number in re.findall(r"^### .+ \((\d+)\)$", found.text, re.MULTILINE)]
    assert not counted or sum(counted) == count


def test_an_author_nobody_else_is_known_to_have_written_with(library: Library) -> None:
    records = [
        Record(f"line {n}", f"Salt of Sea Number {n}", authors=("Ada Roe",), authors_complete=False) for n in range(3)
    ]
    found = digest(filled(library, records), "Ada Roe")
    assert "The library knows no co-authors: its sources name Ada Roe alone." in found.text


def test_years_of_which_some_are_not_known(library: Library) -> None:
    years = (2001, 2003, None, 2003)
    records = [Record(f"line {n}", f"Salt Number {n}", authors=("Ada Roe",), year=year) for n, year in enumerate(years)]
    found = digest(filled(library, records), "Ada Roe")
    assert "4 papers in this library, from 2001 to 2003 (the year of 1 is not known)." in found.text
    assert found.section("Timeline").startswith("\n\n- **2001**: 1 paper (Salt Number 0)\n- **2003**: 2 papers (")
    assert "- Year not known: 1 paper" in found.text
