"""Where names come from."""

from __future__ import annotations

import pytest

from rag.retrieval.origin import MENTIONED, OWN, compact, is_coined, occurrences, origin

ABSTRACT = (
    "Reefs are counted by hand. We propose ReefNet, a network that counts corals. ReefNet outperforms CoralCNN, which"
    " extends methods such as AlgaeNet. The code is at https://example.org/x/PolypTool."
)


@pytest.mark.parametrize(
    ("title", "abstract", "name"),
    [
        ("ReefNet: Counting Corals", "", "ReefNet"),
        ("ReefNet: Counting Corals", "", "reef-net"),
        ("Counting Corals", ABSTRACT, "reefnet"),
        ("Counting Corals", ABSTRACT, "Reef Net"),
        ("Counting Corals", ABSTRACT, "PolypTool"),
        ("Counting Corals from Boats", "", "Counting Corals"),
        ("Counting Corals", "We call it Octopus Sampling (OPS). It is quick.", "OPS"),
        ("Counting Corals", "A sampler called OPS is used.", "OPS"),
        ("Counting Corals", "Our method, U-Fish, swims.", "ufish"),
        ("Counting Corals", "With Reefs-2020, we present a corpus of reefs.", "Reefs-2020"),
        ("Counting Corals", "A tool named Bucket is presented.", "Bucket"),
    ],
)
def test_a_name_comes_from_here(title: str, abstract: str, name: str) -> None:
    assert origin(title, abstract, name) >= OWN


@pytest.mark.parametrize(
    ("title", "abstract", "name"),
    [
        ("Counting Corals", ABSTRACT, "CoralCNN"),
        ("Counting Corals", ABSTRACT, "AlgaeNet"),
        ("Counting Corals with SquidBERT", "We use SquidBERT to count.", "SquidBERT"),
        ("Counting Corals", "We present walk-MATE, a cane.", "MATE"),
        ("Counting Corals", "We introduce the Scale-Aware Relay Layer.", "Relay"),
    ],
)
def test_a_name_is_only_mentioned(title: str, abstract: str, name: str) -> None:
    assert MENTIONED <= origin(title, abstract, name) < OWN


def test_a_name_that_is_not_there() -> None:
    assert origin("Counting Corals", ABSTRACT, "DeepReef") == 0.0
    assert origin("Counting Corals", ABSTRACT, "…") == 0.0


def test_the_better_the_surer() -> None:
    scores = [
        origin("ReefNet", "", "ReefNet"),
        origin("ReefNet: Counting", "", "ReefNet"),
        origin("Counting", ABSTRACT, "ReefNet"),
        origin("Counting", "ReefNet is used.", "ReefNet"),
        origin("Counting", "Others use ReefNet.", "ReefNet"),
    ]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)


def test_of_a_name_that_many_have_little_speaks_for_one() -> None:
    assert origin("T", "SquidBERT models read.", "SquidBERT", holders=1) >= OWN
    assert origin("T", "SquidBERT models read.", "SquidBERT", holders=100) < OWN
    assert origin("T", "We introduce SquidBERT, a reader.", "SquidBERT", holders=100) >= OWN


def test_the_case_tells_names_apart() -> None:
    assert origin("T", "We propose MATE, a model.", "MATE") > origin("MaTe: Tea", "", "MATE")


def test_places_are_of_whole_words() -> None:
    text = "Lichen-SLAM, lichen slams. LichenSLAMming"
    assert [text[start:end] for start, end in occurrences(text, compact("LichenSLAM"))] == [
        "Lichen-SLAM",
        "lichen slams",
    ]


@pytest.mark.parametrize(
    ("text", "coined"), [("KelpNet", True), ("GPT-4", True), ("Multi-Agent", False), ("rain", False)]
)
def test_coined(text: str, coined: bool) -> None:
    assert is_coined(text) is coined
