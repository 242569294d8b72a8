"""Where co-authors and their names are drawn."""

from itertools import combinations, pairwise

import pytest

from rag.retrieval.people import Person
from rag.retrieval.profile import Profile
from rag.types import Paper
from rag.ui.authors.graph import Drawing, chart


def of(number: int) -> Profile:
    coauthors = tuple((f"Ann Author {place}", 1 + place % 3) for place in range(number))
    shared = {(one, one + 1): 1 for one in range(0, min(number, 40) - 1, 2)}
    return Profile(Person("Cy Centre", (1,), 3), (Paper("a", "T"),), (), coauthors, shared, 0, ())


def test_the_same_author_is_drawn_the_same() -> None:
    assert Drawing.of(of(12)) == Drawing.of(of(12))


def test_nobody_is_outside_or_on_another() -> None:
    places = Drawing.of(of(30)).places
    assert all(abs(coordinate) <= 1 for place in places for coordinate in place)
    assert all(max(abs(a - x), abs(b - y)) > 0.01 for (a, b), (x, y) in combinations(places, 2))


def test_of_very_many_those_with_most_joint_papers_are_drawn() -> None:
    drawing = Drawing.of(of(500))
    assert len(drawing.coauthors) == 24
    assert all(max(one, other) < 24 for one, other, _ in drawing.lines)


def test_names_have_lines_of_their_own_beside_the_ring() -> None:
    for number in (3, 15, 24):
        places = Drawing.of(of(number)).places
        assert all(abs(x) <= 0.42 for x, _ in places)
        for side in (-1, 1):
            heights = sorted(y for x, y in places if x * side > 0)
            assert all(above - below > 0.15 for below, above in pairwise(heights))


def test_those_who_wrote_together_are_next_to_each_other() -> None:
    lines = Drawing.of(of(12)).lines
    assert lines
    assert all(abs(one - other) == 1 for one, other, _ in lines)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_hostile_name_is_data_of_the_chart() -> None:
    hostile = "<img src=x> {{datum.x}} 'a' + b"
    profile = Profile(Person(hostile, (1,), 3), (), (), ((hostile, 1), ("B", 1), ("C", 2)), {}, 0, ())
    spec = chart(Drawing.of(profile)).to_dict()
    assert hostile not in str({name: part for name, part in spec.items() if name not in ("datasets", "layer")})
