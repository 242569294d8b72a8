"""Whether the names of a claim are in the papers it cites."""

from __future__ import annotations

import pytest

from rag.answering.support.naming import unnamed
from rag.types import Paper

REEF = Paper(
    "inv:r",
    "ReefGPT-2: Tidal Language Models for Reef Surveys",
    "We train on CIFAR-10 and ImageNet-21k. Large reef models are slow. DriftNet is not; NF-κB is unrelated. "
    "Code is at https://example.org/reef_gpt/.",
    authors=("Orla Wen",),
    year=2022,
    venue="Journal of Invented Oceans",
)


@pytest.mark.parametrize(
    "claim",
    [
        "ReefGPT-2 surveys reefs.",
        "ReefGPT2 surveys reefs.",
        "reefGPT 2 surveys reefs.",
        "A DriftNet-based model, and two DriftNets.",
        "Orla Wen wrote it for the Journal of Invented Oceans.",
        "Tidal language models (TLMs) are slow.",
        "LRMs are slow.",
        "It uses CIFAR-10 and ImageNet21k.",
        "The code is at https://example.org/reef_gpt.",
        "Accuracy is 85% with 32x32 images in 3.5M steps.",
        "plain words only",
    ],
)
def test_names_the_paper_has_in_some_writing(claim: str) -> None:
    assert unnamed(claim, [REEF]) == []


@pytest.mark.parametrize(
    ("claim", "missing"),
    [
        ("ReefGPT-3 surveys reefs.", ["ReefGPT-3"]),
        ("It uses CIFAR-100.", ["CIFAR-100"]),
        ("It beats KelpNet.", ["KelpNet"]),
        ("The code is at https://example.org/kelp.", ["https://example.org/kelp"]),
        ("ReefGPT-20x surveys reefs.", ["ReefGPT-20x"]),
    ],
)
def test_names_the_paper_does_not_have(claim: str, missing: list[str]) -> None:
    assert unnamed(claim, [REEF]) == missing


def test_one_of_several_papers_is_enough() -> None:
    other = Paper("inv:k", "KelpNet: Counting Fronds")
    assert unnamed("KelpNet and ReefGPT-2 differ.", [REEF, other]) == []
