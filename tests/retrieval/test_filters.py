"""Filters, exact."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented import put

from rag.assistant import Assistant
from rag.retrieval.filters import allowed_papers
from rag.retrieval.people import papers_of
from rag.settings import Settings
from rag.types import EVERYTHING, Filters, Record


def ids(assistant: Assistant, filters: Filters) -> set[str]:
    keys = allowed_papers(assistant.library, filters)
    assert keys is not None
    assert keys == sorted(set(keys))
    return {paper.id.removeprefix("inv:") for paper in assistant.library.papers(keys)}


@pytest.mark.parametrize("form", ["Bo He", "He, Bo", "B. He", "he bo", "BO HE", "He B", "He"])
def test_forms_of_a_name(invented: Assistant, form: str) -> None:
    assert ids(invented, Filters(authors=(form,))) == {"5", "6", "11"}


@pytest.mark.parametrize(
    "form", ["Di He", "D. He", "He, Di", "Bob He", "Hebo", "!!!", "", "😀", "\ud800", "%", "x" * 5000]
)
def test_nobody(invented: Assistant, form: str) -> None:
    assert papers_of(invented.library, form) == set()
    assert ids(invented, Filters(authors=(form,))) == set()


@pytest.mark.parametrize("form", ["Lise van der Moor", "van der Moor, Lise", "L. van der Moor", "Moor, Lise van der"])
def test_particles(invented: Assistant, form: str) -> None:
    assert ids(invented, Filters(authors=(form,))) == {"9", "10"}


def test_no_filter_is_not_a_filter_of_nothing(invented: Assistant) -> None:
    assert allowed_papers(invented.library, EVERYTHING) is None


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(authors=("Orla Wen", "Mateo Brandt")), {"1"}),
        (Filters(authors=("Orla Wen", "Saoirse Lindqvist")), set()),
        (Filters(venue="Annals of Imagined Ice"), {"4", "8"}),
        (Filters(venue="imagined"), {"4", "8"}),
        (Filters(venue="100%_"), set()),
        (Filters(venue="\ud800"), set()),
        (Filters(years=(2019, 2020)), {"4", "8"}),
        (Filters(years=(2024, None)), {"6", "10", "11"}),
        (Filters(years=(None, 2019)), {"8"}),
        (Filters(years=(None, None)), {str(n) for n in range(1, 12)}),
        (Filters(years=(2030, None)), set()),
        (Filters(authors=("He, Bo",), venue="fictional", years=(2024, 2024)), {"6"}),
        (Filters(authors=("He, Bo",), venue="fictional", years=(2023, 2023)), set()),
        (Filters(authors=("Bo He",), without_authors=("Ines Quill",)), {"5", "11"}),
        (Filters(authors=("Bo He",), without_authors=("Ines Quill", "Orla Wen")), {"11"}),
        (Filters(authors=("Bo He",), without_authors=("He, Bo",)), set()),
        (Filters(without_authors=("Nobody Known",)), {str(n) for n in range(1, 13)}),
        (Filters(years=(2024, None), without_authors=("B. He",)), {"10"}),
    ],
)
def test_parts_combined(invented: Assistant, filters: Filters, expected: set[str]) -> None:
    assert ids(invented, filters) == expected


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(lacking=("year",)), {"12"}),
        (Filters(lacking=("abstract",)), {"8"}),
        (Filters(lacking=("authors",)), set()),
        (Filters(lacking=("link", "venue")), {"12"}),
        (Filters(authors=("Saoirse Lindqvist",), lacking=("link",)), {"4", "8", "12"}),
        (Filters(team=(1, 1)), {"4", "7", "9", "11"}),
        (Filters(team=(3, None)), {"5"}),
        (Filters(team=(None, 1)), {"4", "7", "9", "11"}),
        (Filters(team=(40, None)), set()),
    ],
)
def test_what_papers_lack_and_how_many_wrote_them(invented: Assistant, filters: Filters, expected: set[str]) -> None:
    assert ids(invented, filters) == expected


def test_authors_not_all_known_are_no_small_team(seeds: Assistant) -> None:
    assert allowed_papers(seeds.library, Filters(team=(1, 2))) == []
    assert len(allowed_papers(seeds.library, Filters(team=(1, None))) or []) == 19


def test_venues_are_left_out(invented: Assistant) -> None:
    assert ids(invented, Filters(without_venues=("made-up", "imagined"))) == {"1", "5", "6", "7", "9", "10", "12"}


@pytest.mark.parametrize(
    ("source", "found"),
    [("/data/a.bib", {"A"}), ("a.bib", {"A", "B"}), ("/a.bib", set()), ("bib", set()), ("c.bib", {"C"})],
)
def test_a_file_is_meant_by_its_path_or_by_its_name_alone(tmp_path: Path, source: str, found: set[str]) -> None:
    with Assistant(Settings(tmp_path)) as assistant:
        for title, path in (("A", "/data/a.bib"), ("B", "/more/a.bib"), ("C", "/more/c.bib")):
            put(assistant.library, [Record("line 1", title, "")], path)
        keys = allowed_papers(assistant.library, Filters(sources=(source,)))
        assert {paper.title for paper in assistant.library.papers(keys or [])} == found
