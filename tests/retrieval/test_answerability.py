"""Whether the papers found can answer."""

from __future__ import annotations

import pytest

from rag.assistant import Assistant
from rag.retrieval.answerability import Verdict, judge, mentions
from rag.retrieval.question import content_terms
from rag.retrieval.search import search
from rag.types import EVERYTHING, Paper

DUNES = Paper("1", "Moving dunes", "Large language models read dune maps. We use SDEs and a graph network (GNN).")


def verdict(assistant: Assistant, question: str) -> Verdict:
    hits = search(assistant.indexes, question, 3, EVERYTHING)
    return judge(question, hits, {term: assistant.indexes.terms.idf(term) for term in content_terms(question)})


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("LLM", True),
        ("LLMs", True),
        ("SDE", True),
        ("SDEs", True),
        ("GNNs", True),
        ("gnn", True),
        ("Moving Dunes", True),
        ("ODE", False),
        ("KelpNet", False),
        ("GN", True),
        ("MLL", False),
    ],
)
def test_mentions(name: str, held: bool) -> None:
    assert mentions(DUNES, name) is held


@pytest.mark.parametrize(
    "question",
    [
        "What error does KelpNet reach?",
        "What is KelpNet's error?",
        "What is the Tidal Memory Transformer?",
        "How many GPU hours does TMT take?",
        "How is snow depth estimated?",
        "How many frames does Lichen-SLAM process a second?",
        "how do drones share a warehouse",
        "Which bays was KelpNet trained in?",
    ],
)
def test_what_is_there_is_not_refused(invented: Assistant, question: str) -> None:
    assert verdict(invented, question).hits


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("What does BarnacleNet reach?", ("BarnacleNet",)),
        ("How does KelpNet compare to BarnacleNet?", ("BarnacleNet",)),
        ("Who is the mayor of Reykjavik?", ("Reykjavik",)),
        ("What learning rate is KelpNet trained with?", ("learning rate",)),
        ("What is KelpNet's learning rate?", ("learning rate",)),
        ("How many astronauts took part in the trials of PollenGAN?", ("astronauts",)),
    ],
)
def test_what_is_missing_is_named(invented: Assistant, question: str, missing: tuple[str, ...]) -> None:
    assert verdict(invented, question) == Verdict((), missing)


@pytest.mark.parametrize(
    "question",
    ["how do I bake bread", "what is the best holiday destination", "tax law for small companies", "", "the of and"],
)
def test_other_subjects(invented: Assistant, question: str) -> None:
    assert verdict(invented, question) == Verdict(())


def test_no_papers_at_all() -> None:
    assert judge("What is KelpNet?", [], {"kelpnet": 1.0}) == Verdict((), ("KelpNet",))
    assert judge("how so", [], {}) == Verdict(())
