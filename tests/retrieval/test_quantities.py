"""What a question asks the amount of."""

from __future__ import annotations

import pytest

from rag.retrieval.quantities import asked_quantities


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("How many GPU hours does TMT need?", [("GPU hours", True)]),
        ("What learning rate is used?", [("learning rate", False)]),
        ("What is the frame rate of Lichen-SLAM?", [("frame rate", False)]),
        ("Give the number of labelled images, please", [("labelled images", True)]),
        ("By how many percent do collisions fall?", []),
        ("What is KelpNet's mean absolute error?", [("mean absolute error", False)]),
        ("What is Reward Splitting’s learning rate on StackHall?", [("learning rate", False)]),
        ("What is Fungal Graphs' accuracy?", [("accuracy", False)]),
        ("What is the effect of noise on KelpNet's accuracy?", []),
        ("What does KelpNet do?", []),
        ("Which method is best?", []),
        ("How many?", []),
        ("", []),
    ],
)
def test_asked_quantities(question: str, asked: list[tuple[str, bool]]) -> None:
    assert asked_quantities(question) == asked
