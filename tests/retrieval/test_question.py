"""Terms and names of a question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.retrieval.question import content_terms, names, searchable, without_names


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("What does the method do?", ["method"]),
        ("How do the authors describe it, please?", []),
        ("sampling of samples by a sampler", ["sampl", "sampler"]),
        ("Fréchet distances", ["frechet", "distanc"]),
        ("", []),
        ("😀 ?!", []),
        ("What's KelpNet's error?", ["kelpnet", "error"]),
    ],
)
def test_content_terms(question: str, terms: list[str]) -> None:
    assert content_terms(question) == terms


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("What is KelpNet?", ["KelpNet"]),
        ("KelpNet or TMT?", ["KelpNet", "TMT"]),
        ("Does Lichen-SLAM beat GPT-3 on CIFAR-10?", ["Lichen-SLAM", "GPT-3", "CIFAR-10"]),
        ("Who won the World Cup in 2018?", ["World Cup"]),
        ("Why is snow deep?", []),
        ("Which is best? Snow or ice?", []),
        ("What does The paper say?", []),
        ("how large is 300 in percent", []),
        ("it uses iPhone pictures", ["iPhone"]),
    ],
)
def test_names(question: str, found: list[str]) -> None:
    assert names(question) == found


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("What error does KelpNet reach?", "What error does reach?"),
        ("What is KelpNet?", "What is KelpNet?"),
        ("What depth has the GPT-3 network?", "What depth has the network?"),
    ],
)
def test_without_names(question: str, rest: str) -> None:
    assert without_names(question) == rest


def test_a_question_is_searched_for_as_text_is_kept() -> None:
    assert searchable("What is the Fr\\'echet\tdistance\x00?") == "What is the Fréchet distance?"
    assert searchable("\ud800 snow") == "? snow"
    assert len(searchable("snow " * 10_000)) <= 4000


@given(st.text(st.characters()))
def test_any_text_has_terms_and_names(text: str) -> None:
    text = searchable(text)
    terms = content_terms(text)
    assert len(set(terms)) == len(terms)
    assert all(name.split()[0] in text for name in names(text))
    assert isinstance(without_names(text), str)
