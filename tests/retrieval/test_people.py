"""Who a name means."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import put

from rag.assistant import Assistant
from rag.library.store import Library
from rag.retrieval.people import Person, maybe_same, nearest_people, papers_of, people
from rag.types import Record


def by(library: Library, *author_lists: str) -> None:
    """A paper for each list of authors, parted by semicolons."""
    known = library.count("papers")
    put(
        library,
        [
            Record(f"line {known + place}", f"Paper number {known + place} of all", authors=tuple(names.split("; ")))
            for place, names in enumerate(author_lists)
        ],
        f"source {known}",
    )


def found(library: Library, written: str) -> list[tuple[str, int]]:
    return [(person.name, person.papers) for person in people(library, written)]


@pytest.fixture
def two_of_a_kind(library: Library) -> Library:
    by(library, "Di Fen; Ada Roe", "Di Fen", "Dan Fen", "D. Fen", "D. Fen; Ada Roe", "Moe Fen", "M. Fen")
    return library


@pytest.mark.parametrize("written", ["Di Fen", "Fen, Di", "di fen", "FEN DI", "Fen Di", "  Dí   Fén "])
def test_a_full_name_means_one_person_alone(two_of_a_kind: Library, written: str) -> None:
    assert found(two_of_a_kind, written) == [("Di Fen", 2)]
    assert papers_of(two_of_a_kind, "Di Fen") == {1, 2}


def test_initials_of_several_mean_each_of_them_and_whoever_is_written_so(two_of_a_kind: Library) -> None:
    assert found(two_of_a_kind, "D. Fen") == [("D. Fen", 2), ("Di Fen", 2), ("Dan Fen", 1)]
    assert papers_of(two_of_a_kind, "D. Fen") == {1, 2, 3, 4, 5}


def test_initials_that_fit_one_full_name_belong_to_it(two_of_a_kind: Library) -> None:
    (moe,) = people(two_of_a_kind, "Moe Fen")
    assert (moe.name, moe.papers, len(moe.keys)) == ("Moe Fen", 2, 2)
    assert people(two_of_a_kind, "M. Fen") == people(two_of_a_kind, "fen m") == [moe]
    assert maybe_same(two_of_a_kind, moe) == []


def test_a_family_means_everyone_of_it_most_papers_first(two_of_a_kind: Library) -> None:
    assert found(two_of_a_kind, "Fen") == [("D. Fen", 2), ("Di Fen", 2), ("Moe Fen", 2), ("Dan Fen", 1)]


def test_what_may_be_theirs_is_told(two_of_a_kind: Library) -> None:
    (di,) = people(two_of_a_kind, "Di Fen")
    assert [(person.name, person.papers) for person in maybe_same(two_of_a_kind, di)] == [("D. Fen", 2)]


def test_another_full_name_is_nobody(two_of_a_kind: Library) -> None:
    assert found(two_of_a_kind, "Mira Fen") == []
    assert found(two_of_a_kind, "Moe Fen-Li") == []


def test_middle_initials_are_not_collapsed_but_told(library: Library) -> None:
    by(library, "Ada Roe", "Ada B. Roe", "Ada B. Roe", "A. B. Roe", "Ada C. Roe")
    assert found(library, "Ada Roe") == [("Ada Roe", 1)]
    assert found(library, "Ada B. Roe") == [("Ada B. Roe", 2)]
    (ada,) = people(library, "Ada Roe")
    assert [person.name for person in maybe_same(library, ada)] == ["Ada B. Roe", "A. B. Roe", "Ada C. Roe"]


def test_a_full_name_with_a_middle_name_that_is_not_written(library: Library) -> None:
    by(library, "Ada B. Roe")
    assert found(library, "Ada Roe") == [("Ada B. Roe", 1)]


def test_people_known_by_initials_alone(library: Library) -> None:
    by(library, "D. Okafor", "D Okafor; E. Okafor", "D.E. Okafor")
    assert found(library, "D. Okafor") == [("D. Okafor", 2), ("D.E. Okafor", 1)]
    assert found(library, "Daniel Okafor") == [("D. Okafor", 2), ("D.E. Okafor", 1)]


@pytest.mark.parametrize("written", ["Luc Van Ginneken", "Van Ginneken, Luc", "luc van ginneken", "Ginneken, Luc van"])
def test_a_name_parted_in_two_ways_is_one_person(library: Library, written: str) -> None:
    by(library, "Luc Van Ginneken", "Van Ginneken, Luc", "L. Van Ginneken")
    assert found(library, written) == [("Luc Van Ginneken", 3)]


def test_hyphens_and_capitals_within_make_nobody_else(library: Library) -> None:
    by(library, "Jian-Guo Moss", "Jianguo Moss", "JianGuo Moss", "Jian Guo Moss")
    assert [papers for _, papers in found(library, "jian guo moss")] == [4]
    assert len(people(library, "Moss")) == 1


@pytest.mark.parametrize(
    ("stored", "written"),
    [
        ("何迪", "何 迪"),
        ("何 迪", "何迪"),
        ("Øyvind Ærø", "oyvind aero"),
        ("Иван Петров", "Петров, Иван"),
        ("김철수", "김철수"),
    ],
)
def test_scripts(library: Library, stored: str, written: str) -> None:
    by(library, stored, "Ada Roe")
    ((_, papers),) = found(library, written)
    assert papers == 1


def test_a_name_of_one_sign_is_no_initial(library: Library) -> None:
    by(library, "何, 迪", "何, 伟")
    assert {name for name, _ in found(library, "何")} == {"何迪", "何伟"}


def test_names_without_given_names(library: Library) -> None:
    by(library, "Mausolf", "The Harbour Collaboration; Ada Mausolf")
    assert found(library, "the harbour collaboration") == [("The Harbour Collaboration", 1)]
    assert found(library, "Ada Mausolf") == [("Ada Mausolf", 1)]
    assert len(found(library, "Mausolf")) == 2
    assert found(library, "Eda Mausolf") == []


def test_whom_both_orders_fit(library: Library) -> None:
    by(library, "Yi Ma", "Ma Yi", "Ma Yi")
    assert found(library, "Yi Ma") == [("Yi Ma", 1)]
    assert found(library, "Ma Yi") == [("Ma Yi", 2)]


@given(st.text(max_size=30))
def test_any_text_may_be_asked_for(invented: Assistant, text: str) -> None:
    assert all(isinstance(person, Person) for person in people(invented.library, text))
    assert len(nearest_people(invented.library, text)) <= 5


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    library = Library(tmp_path_factory.mktemp("crowd"))
    by(
        library,
        "Orsolya Wintergreen; Tobias Ankermann; Lise van der Moor",
        "Orsolya Wintergreen; Zhihan Lu",
        "P. Nakamura-Holt; Zhihan Lu; Zhihao Lu; Z. Lu",
    )
    yield library
    library.close()


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("Orsolya Wintergren", "Orsolya Wintergreen"),
        ("Orsola Wintergreen", "Orsolya Wintergreen"),
        ("Wintergren Orsola", "Orsolya Wintergreen"),
        ("wintergren, o.", "Orsolya Wintergreen"),
        ("Wintergren", "Orsolya Wintergreen"),
        ("Orsolya", "Orsolya Wintergreen"),
        ("Anckermann", "Tobias Ankermann"),
        ("Maria Ankermann", None),
        ("Liese van de Moor", "Lise van der Moor"),
        ("Moor", "Lise van der Moor"),
        ("Priya Nakamura-Hold", "P. Nakamura-Holt"),
        ("Zhihn Lu", "Zhihan Lu"),
        ("Qqqq Xxxx", None),
        ("!!!", None),
        ("", None),
        ("\ud800", None),
        ("w" * 5000, None),
    ],
)
def test_nearest(crowd: Library, written: str, first: str | None) -> None:
    names = [person.name for person in nearest_people(crowd, written)]
    assert (names[0] if names else None) == first


def test_the_number_of_nearest_people(crowd: Library) -> None:
    assert len(nearest_people(crowd, "Zhihen Lu", 1)) == 1
    assert len(nearest_people(crowd, "Zhihen Lu")) == 3
