"""Figures in their lists and surroundings, and which of them a claim has mixed up."""

from __future__ import annotations

import pytest

from rag.answering.support.figures import series
from rag.answering.support.respectively import crossed

STATED = (
    "GullNet reaches top-1 accuracies of 59.0 (+2.8), 69.5 (+3.0) and 74.4 (+2.0) with one, two, or five photographs, "
    "and costs fall from 30% to 4%."
)


def written(text: str) -> list[list[str]]:
    return [[text[figure.start : figure.end] for figure in each.figures] for each in series(text)]


def test_figures_that_stand_together_are_one_series() -> None:
    assert written("3.08 or 2.52 with one or two labels on CIFAR-10 in 3D") == [
        ["3.08", "2.52"],
        ["one", "two"],
        ["CIFAR-10"],
        ["3D"],
    ]
    assert written("(1) one bay; (2) 256x256 pixels, 38/40 of them") == [
        ["(1)"],
        ["one"],
        ["(2)"],
        ["256", "256"],
        ["38", "40"],
    ]


def test_the_nearest_words_come_first_and_figures_are_no_words() -> None:
    (each,) = series("The error falls to 2.7 fronds per image")
    assert each.before[:3] == ("to", "fall", "error")
    assert each.after == ("frond", "per", "imag")


def test_likeness_is_greatest_for_the_same_surroundings() -> None:
    claimed, *_ = series("it needs 9 GPU hours to train")
    right, wrong = series("Training needs 10 GPU hours. The library holds 12 gulls.")
    assert claimed.likeness(claimed) == pytest.approx(1.0)
    assert claimed.likeness(right) > claimed.likeness(wrong)


@pytest.mark.parametrize(
    "claim",
    [
        "With five photographs, the top-1 accuracy is 74.4 (+2.0).",
        "The accuracy is 59.0 with one photograph, 69.5 with two and 74.4 with five.",
        "Costs fall from 30% to 4% with five photographs.",
        "It is 74.4 at best.",
        "Nothing is counted here.",
    ],
)
def test_figures_in_the_order_of_the_lists(claim: str) -> None:
    assert crossed(series(claim), series(STATED)) == []


@pytest.mark.parametrize(
    "claim",
    [
        "With five photographs, the top-1 accuracy is 59.0.",
        "With five photographs, the top-1 accuracy is 74.4 (+3.0).",
        "The accuracy is 74.4 with one photograph and 59.0 with five.",
    ],
)
def test_figures_of_different_places_of_the_lists(claim: str) -> None:
    assert crossed(series(claim), series(STATED))
