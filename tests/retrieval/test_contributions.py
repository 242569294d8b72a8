"""The sentences that stand for a paper."""

from __future__ import annotations

import pytest

from rag.retrieval.contributions import Reading
from rag.types import Paper


@pytest.mark.parametrize(
    ("title", "abstract", "contribution"),
    [
        (
            "KelpNet: Counting Fronds",
            "Kelp forests are hard to survey. We propose KelpNet, a network that counts fronds. We further propose a "
            "loss. Experiments show that we propose a good method.",
            "We propose KelpNet, a network that counts fronds.",
        ),
        (
            "Frond Growth in Winter",
            "However, we know little of winter. This paper examines the growth of fronds in winter. It is slow.",
            "This paper examines the growth of fronds in winter.",
        ),
        (
            "Frond Growth in Winter",
            "Fronds matter to fish. The growth of fronds in winter is measured with a tape. It was 3 cm.",
            "The growth of fronds in winter is measured with a tape.",
        ),
        ("Only a Title", "", "Only a Title"),
    ],
)
def test_contribution(title: str, abstract: str, contribution: str) -> None:
    evidence = Reading(Paper("1", title, abstract)).contribution
    assert evidence.sentence == contribution
    assert (abstract or title)[evidence.start : evidence.end] == contribution


def test_a_result_tells_an_amount_if_it_can_and_no_address() -> None:
    abstract = (
        "Kelp is hard to survey. We propose KelpNet, which counts fronds. Experiments show that it outperforms others. "
        "Results show that KelpNet lowers the error by 40% on seven bays. The code is at https://example.org/kelp."
    )
    result = Reading(Paper("1", "KelpNet", abstract)).result
    assert result is not None and "40%" in result.sentence


@pytest.mark.parametrize("abstract", ["", "Kelp is hard to survey."])
def test_no_result(abstract: str) -> None:
    assert Reading(Paper("1", "KelpNet", abstract)).result is None


def test_sentences_are_scored_for_a_summary() -> None:
    abstract = "Kelp is hard to survey. We propose KelpNet, which counts fronds. Results show an error of 2 fronds."
    sentences = Reading(Paper("1", "KelpNet", abstract)).sentences
    assert [item.sentence for item in sentences] == [abstract[item.start : item.end] for item in sentences]
    assert max(sentences, key=lambda item: item.score).sentence.startswith("We propose")
    assert min(sentences, key=lambda item: item.score).sentence.startswith("Kelp is hard")
    assert all(0 <= item.score <= 1 for item in sentences)
