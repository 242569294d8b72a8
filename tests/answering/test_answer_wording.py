from __future__ import annotations

from collections import Counter

import pytest

from rag.answering.wording import appeared, counted, joined, period, short_title


@pytest.mark.parametrize(
    ("items", "more", "said"),
    [
        (["a"], 0, "a"),
        (["a", "b"], 0, "a and b"),
        (["a", "b", "c"], 0, "a, b and c"),
        (["a"], 1000, "a and 1,000 more"),
    ],
)
def test_lists_end_with_and(items: list[str], more: int, said: str) -> None:
    assert joined(items, more=more) == said


def test_numbers_have_separators_and_their_noun() -> None:
    assert [counted(1, "paper"), counted(0, "paper"), counted(1204, "paper")] == ["1 paper", "0 papers", "1,204 papers"]
    assert counted(2, "study", "studies") == "2 studies"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (2022, 2022, "from 2022"),
        (2019, 2024, "from 2019 to 2024"),
        (2022, None, "since 2022"),
        (None, 2020, "until 2020"),
        (None, None, "with a known year"),
    ],
)
def test_years_of_papers(first: int | None, last: int | None, said: str) -> None:
    assert period(first, last) == said


@pytest.mark.parametrize(
    ("venues", "papers", "said"),
    [
        ({"Ice": 1}, 1, "in *Ice*"),
        ({"Ice": 3}, 3, "all in *Ice*"),
        ({"Ice": 3}, 4, "in *Ice* (3)"),
        ({"Ice": 1200, "Snow": 1}, 1300, "in *Ice* (1,200) and *Snow*"),
        ({"Ice": 5, "Snow": 4, "Rain": 3, "Hail": 2}, 14, "in *Ice* (5), *Snow* (4), *Rain* (3) and 1 other venue"),
        ({"A* Letters": 1}, 1, r"in *A\* Letters*"),
    ],
)
def test_venues_are_named_with_how_many_papers(venues: dict[str, int], papers: int, said: str) -> None:
    assert appeared(Counter(venues), papers) == said


def test_titles_are_shortened_at_their_colon_or_between_words() -> None:
    assert short_title("KelpNet: Counting Canopy Fronds") == "KelpNet"
    assert short_title("Snow on Tin Roofs") == "Snow on Tin Roofs"
    long = short_title("On the Many Ways in which the Depth of Snow is Told: " + "A Survey " * 9)
    assert len(long) <= 70
    assert long.endswith(" …")
