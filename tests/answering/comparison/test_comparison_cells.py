"""What abstracts say for the columns of a comparison."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.comparison.cells import cells
from rag.answering.comparison.clauses import clause
from rag.answering.comparison.columns import COLUMNS
from rag.answering.comparison.data import data_phrase
from rag.assistant import Assistant
from rag.types import Paper
from tests.answering.comparison.papers import BARE, CORPUS, REEF, THEORY


def said(paper: Paper) -> dict[str, str]:
    return {column: each.phrase for column, each in cells(paper).items()}


def test_every_column_of_an_abstract_that_has_all() -> None:
    assert said(REEF) == {
        "Problem": "existing surveys rely on divers and fail in murky water.",
        "Approach": "we propose ReefNet, a convolutional network that counts corals in pictures taken by kites.",
        "Data and benchmarks": "the KiteReef and ShoalBank datasets",
        "Results": "Experiments on the KiteReef and ShoalBank datasets show that ReefNet reaches an F1 score of 91.2%,"
        " while the best earlier method reaches 84.0%.",
        "Limits": "our method fails at night.",
        "Code": "The code is available at https://example.org/reefnet.",
    }


def test_what_is_not_stated_is_not_there() -> None:
    found = said(THEORY)
    assert found["Problem"].startswith("We study the problem of counting")
    assert {"Data and benchmarks", "Limits", "Code"}.isdisjoint(found)
    assert said(BARE) == {}


def test_limits_of_earlier_work_are_none_of_this() -> None:
    earlier = "We propose Kite. Previous methods cannot see at night. Unlike these, Kite does not require light."
    assert "Limits" not in said(Paper("x", "Kite: Seeing", earlier))


def test_a_corpus_its_numbers_and_where_it_is() -> None:
    found = said(CORPUS)
    assert "4,120 recordings" in found["Data and benchmarks"]
    assert found["Results"] == "Annotators agree with a kappa of 0.81."
    assert "www.example.org/knottalk" in found["Code"]
    assert found["Limits"].startswith("This work has some limitations")


def test_phrases_are_verbatim_and_numbers_whole(invented: Assistant, seeds: Assistant) -> None:
    for assistant in (invented, seeds):
        for paper in assistant.library.papers(range(1, assistant.paper_count() + 1)):
            for column, each in cells(paper).items():
                assert column in COLUMNS
                assert each.phrase
                assert each.phrase in each.evidence.sentence
                assert paper.abstract[each.evidence.start : each.evidence.end] == each.evidence.sentence


def test_the_invented_papers(invented: Assistant) -> None:
    slam, skim = said(invented.paper("inv:3")), said(invented.paper("inv:11"))
    assert slam["Limits"] == "It fails on freshly broken rock, where no lichen grows."
    assert slam["Data and benchmarks"] == "the CragBench benchmark"
    assert "0.8%" in slam["Results"]
    assert "3.4%" in slam["Results"]
    assert skim["Limits"] == "loses 0.4 points of accuracy on long documents."
    # An address in an example is no code of the paper's.
    assert "Code" not in said(invented.paper("inv:7"))


@pytest.mark.parametrize(
    ("sentence", "phrase"),
    [
        ("We test on MNIST, CIFAR-10, and STL-10.", "MNIST, CIFAR-10, and STL-10"),
        ("It is trained on 5,600 tracks of skiers, which is little.", "5,600 tracks of skiers"),
        ("Results on two datasets, TideSet and BuoySet, agree.", "two datasets, TideSet and BuoySet"),
        ("We use a dataset.", ""),
        ("Nothing is tried.", ""),
    ],
)
def test_the_phrase_that_names_data(sentence: str, phrase: str) -> None:
    assert data_phrase(sentence, whole=False, most=150) == phrase


def test_a_long_sentence_is_cut_behind_what_is_needed() -> None:
    sentence = (
        "However, the net counts every coral in the picture of the kite (even the small ones, which are many), while"
        " the divers of the older method count only what they can see from where they swim in the evening."
    )
    start, end = clause(sentence, (13, 30), 120)
    assert sentence[start:end].startswith("the net counts")
    assert sentence[start:end].endswith("which are many)")
    assert clause(sentence, (150, 170), 60)[1] == len(sentence)


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 200), st.integers(1, 100))
def test_a_clause_is_a_part_of_its_sentence(sentence: str, first: int, last: int, most: int) -> None:
    low, high = sorted((min(first, len(sentence)), min(last, len(sentence))))
    start, end = clause(sentence, (low, high), most)
    assert 0 <= start <= end <= len(sentence)
    assert end >= min(high, len(sentence))
