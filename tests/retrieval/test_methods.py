"""What a paper introduces by name."""

from __future__ import annotations

import pytest

from rag.retrieval.methods import methods
from rag.types import Paper


@pytest.mark.parametrize(
    ("title", "abstract", "name", "introduced"),
    [
        (
            "Counting Fronds",
            "Divers are slow. We propose KelpNet, a network.",
            "KelpNet",
            "We propose KelpNet, a network.",
        ),
        ("KelpNet: Counting", "Divers are slow. KelpNet counts.", "KelpNet", "KelpNet counts."),
        ("KelpNet (KN): Counting", "Fish.", "KelpNet", "KelpNet (KN): Counting"),
        ("Kelp", "We train a network, called Frond Counter, that counts.", "Frond Counter", None),
        ("Kelp", "We present a new data set (KelpSet) of fronds.", "KelpSet", None),
        ("Kelp", "We release a benchmark dubbed KB-1.", "KB-1", None),
        (
            "Kelp",
            "This work introduces the Tidal Memory Transformer (TMT), which waits.",
            "Tidal Memory Transformer",
            None,
        ),
        ("Kelp", "In this paper, we propose a novel tide-aware learning rule (TALR).", "TALR", None),
        ("Kelp", "We introduce a new dataset KelpQA to test readers.", "KelpQA", None),
        ("Kelp", "We do so by introducing Frond Encoding (FE).", "Frond Encoding", None),
        ("Fungal Graphs: Messages", "We propose Fungal Graphs, in which edges grow.", "Fungal Graphs", None),
    ],
)
def test_names(title: str, abstract: str, name: str, introduced: str | None) -> None:
    (found,) = methods([Paper("1", title, abstract)])
    assert found.name == name
    assert found.introduced.sentence == (introduced or abstract)
    if found.introduced.field == "abstract":
        assert abstract[found.introduced.start : found.introduced.end] == found.introduced.sentence


@pytest.mark.parametrize(
    ("title", "abstract"),
    [
        ("Learning to Count: A Study", "We study how to count. Counting is hard."),
        ("Divers Meet Fish: Counting Together", "We count with LIDAR (light detection and ranging)."),
        ("Kelp", "We propose a method that combines Supervised Fine-Tuning (SFT) and rules."),
        ("Kelp", "We propose a method for named entity recognition (NER)."),
        ("Kelp", "We introduce a framework that models GPS errors as noise."),
        ("Kelp", "We propose a loss dubbed Taylor cross entropy."),
        ("Kelp", "We present The code at https://example.org."),
        ("", ""),
    ],
)
def test_what_is_no_name(title: str, abstract: str) -> None:
    assert methods([Paper("1", title, abstract)]) == []


def test_the_first_paper_has_a_name_alone() -> None:
    papers = [Paper(str(n), "Kelp", "We propose KelpNet, which counts.") for n in range(2)]
    assert [method.paper.id for method in methods(papers)] == ["0"]
