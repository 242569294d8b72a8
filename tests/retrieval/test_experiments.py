"""What a method was tried with, as it is asked for and as sentences name it."""

from __future__ import annotations

import pytest

from rag.retrieval.experiments import asked_of_experiments, naming


def told(question: str, sentence: str) -> bool:
    asked = asked_of_experiments(question)
    assert asked is not None
    return naming(asked[1], [sentence]) == [0]


@pytest.mark.parametrize(
    "sentence",
    [
        "Experiments on Quarry show fewer cracks.",
        "It is pretrained on over 2.5 million tide tables.",
        "We evaluate it on the Quarry-2 benchmark.",
        "It beats others on three datasets, including Quarry and Bays.",
        "We introduce a large corpus of harbour logs.",
    ],
)
def test_a_sentence_that_names_data(sentence: str) -> None:
    assert told("Which dataset is used?", sentence)
    assert told("What data is it trained on?", sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Labels are expensive.",
        "As benchmarks age, they mean less.",
        "Experiments on several standard benchmarks confirm this.",
        "Code and data are available at https://example.org/quarry.",
    ],
)
def test_a_sentence_that_names_none(sentence: str) -> None:
    assert not told("Which dataset is used?", sentence)


def test_measures_and_rivals() -> None:
    assert told("Which metrics are reported?", "It reaches an accuracy of 81%.")
    assert not told("Which metrics are reported?", "It is accurate.")
    assert told("What baselines is it compared with?", "It outperforms the older gauge.")
    assert not told("What baselines is it compared with?", "It counts fronds.")


@pytest.mark.parametrize(
    "question",
    ["What is it about?", "How many datasets are used?", "Where is the data?", "Which harbour dataset has waves?"],
)
def test_other_questions(question: str) -> None:
    assert asked_of_experiments(question) is None
