"""What a topic is made of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.retrieval.aspects import alternatives


@pytest.mark.parametrize(
    ("topic", "aspects"),
    [
        ("SLAM", [("SLAM",)]),
        ("snow or ice", [("snow",), ("ice",)]),
        ("snow, ice, or hail", [("snow",), ("ice",), ("hail",)]),
        ("snow and/or ice", [("snow",), ("ice",)]),
        ("diffusion models and contrastive learning", [("diffusion models", "contrastive learning")]),
        ("counting things in images", [("counting", "images")]),
        ("hallucination of language models", [("hallucination", "language models")]),
        ("robots that climb", [("robots", "climb")]),
        ("the topic of robots.", [("robots",)]),
        ("papers about robots", [("robots",)]),
        ("sampling or distillation of trees", [("sampling", "trees"), ("distillation", "trees")]),
        ("privacy, fairness, and robustness", [("privacy", "fairness", "robustness")]),
        ("LLM reasoning", [("LLM", "reasoning")]),
        ("study graph theory", [("graph theory",)]),
        ("published on trees", [("trees",)]),
        ("report generation", [("report generation",)]),
        ("imaging such as MRI or tomography", [("imaging",), ("MRI",), ("tomography",)]),
        ("apply trees to something other than images, e.g. text", [("trees", "text")]),
        ("chain-of-thought", [("chain-of-thought",)]),
        ("", []),
        ("of the or and", []),
    ],
)
def test_alternatives_and_their_aspects(topic: str, aspects: list[tuple[str, ...]]) -> None:
    assert [found.aspects for found in alternatives(topic)] == aspects


def test_parts_are_what_and_joins() -> None:
    (found,) = alternatives("hallucination in language models and robots")
    assert found.parts == (("hallucination", "language models"), ("robots",))


def test_what_goes_with_all_alternatives_is_in_the_text_of_each() -> None:
    assert [found.text for found in alternatives("sampling or distillation of trees")] == [
        "sampling of trees",
        "distillation of trees",
    ]


@given(st.text(max_size=200))
def test_any_text(topic: str) -> None:
    assert all(found.text and found.aspects and all(found.aspects) for found in alternatives(topic))
