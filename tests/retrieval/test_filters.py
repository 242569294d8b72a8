"""Filters, exact."""

from __future__ import annotations

import pytest

from rag.assistant import Assistant
from rag.retrieval.filters import allowed_papers, papers_by
from rag.types import EVERYTHING, Filters


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
    assert papers_by(invented.library, form) == set()
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
    ],
)
def test_parts_combined(invented: Assistant, filters: Filters, expected: set[str]) -> None:
    assert ids(invented, filters) == expected
