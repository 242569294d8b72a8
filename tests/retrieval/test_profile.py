"""An author at a glance."""

from __future__ import annotations

import pytest
from invented import put

from rag.assistant import Assistant
from rag.library.store import Library
from rag.retrieval.company import authors_of, together
from rag.retrieval.people import people
from rag.retrieval.profile import Profile, profile
from rag.retrieval.themes import FURTHER
from rag.types import Record


def of(assistant: Assistant, name: str) -> Profile:
    (person,) = people(assistant.library, name)
    return profile(assistant.indexes, person)


def test_every_paper_newest_first_and_how_many_of_each_year(invented: Assistant) -> None:
    found = of(invented, "Bo He")
    assert [paper.year for paper in found.papers] == [2024, 2024, 2023]
    assert found.years == {2023: 1, 2024: 2}
    assert all("Bo He" in paper.authors for paper in found.papers)


def test_coauthors_with_their_joint_papers_and_no_gaps(invented: Assistant) -> None:
    found = of(invented, "Bo He")
    assert found.coauthors == (("Ines Quill", 1), ("Orla Wen", 1), ("Tobias Anker", 1))
    assert found.partial == 0


def test_a_source_that_knows_one_author_leaves_gaps(seeds: Assistant) -> None:
    first = seeds.overview().author_names[0]
    found = of(seeds, first)
    assert found.partial == len(found.papers) == 10
    assert len(found.coauthors) == 1


def test_every_paper_is_in_one_theme(seeds: Assistant) -> None:
    found = of(seeds, seeds.overview().author_names[0])
    members = [member for theme in found.themes for member in theme.members]
    assert sorted(members) == list(range(len(found.papers)))
    assert any(theme.label not in ("", FURTHER) for theme in found.themes)


def test_few_papers_have_no_themes(invented: Assistant) -> None:
    (theme,) = of(invented, "Bo He").themes
    assert (theme.label, theme.members) == ("", (0, 1, 2))


@pytest.fixture
def group(library: Library) -> Library:
    teams = [("Ann Bee", "Cy Dee"), ("Ann Bee", "C. Dee", "Eve Fox"), ("Ann Bee", "Eve Fox", "Cy Dee"), ("Gus Hay",)]
    put(
        library, [Record(f"line {place}", f"Paper {place}", authors=team) for place, team in enumerate(teams)], "a file"
    )
    return library


def test_initials_are_the_one_author_they_can_be(group: Library) -> None:
    found = authors_of(group, [3, 2, 1, 4])
    assert [(author.name, author.papers) for author in found] == [
        ("Ann Bee", [3, 2, 1]),
        ("Cy Dee", [3, 2, 1]),
        ("Eve Fox", [3, 2]),
        ("Gus Hay", [4]),
    ]


def test_who_wrote_papers_with_whom(group: Library) -> None:
    found = authors_of(group, [1, 2, 3, 4])
    assert together(found) == {(0, 1): 3, (0, 2): 2, (1, 2): 2}
