"""The repository's seeds, from the files to a cited answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.assistant import Assistant
from rag.settings import Settings
from rag.types import Answer, Message

SEEDS = Path(__file__).parents[1] / "seeds"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with Assistant(Settings(tmp_path_factory.mktemp("seeds"))) as assistant:
        report = assistant.ingest([SEEDS])
        assert (report.added, report.merged, report.failed, report.papers) == (19, 1, (), 19)
        yield assistant


def ask(library: Assistant, question: str, *earlier: str) -> Answer:
    return library.ask(question, [Message("user", text) for text in earlier]).answer


def titles(answer: Answer) -> list[str]:
    return list(dict.fromkeys(citation.title for citation in answer.citations))


@pytest.mark.parametrize(
    ("question", "title", "fact"),
    [
        ("Which pass rate does ProofAug reach on miniF2F-test?", "Efficient Neural Theorem Proving", "66.0%"),
        ("Where can I download the code of ProofAug?", "Efficient Neural Theorem Proving", "haoxiongliu/ProofAug"),
        ("What shift do knowledge circuits show over training?", "How Do LLMs Acquire New Knowledge", "phase shift"),
        ("What does RTO learn from preference data?", "DPO Meets PPO", "token-wise reward function"),
        ("How much energy does synaptic delay save on graph reasoning?", "Temporal Spiking Neural Networks", "20×"),
        ("What does SA-Solver solve?", "SA-Solver", "diffusion SDE"),
        ("What is BUSGen designed for?", "A Foundational Generative Model for Breast", "breast ultrasound"),
        ("How does GDB use the initial and target states?", "Bridging Geometric States", "bridge"),
    ],
)
def test_facts(library: Assistant, question: str, title: str, fact: str) -> None:
    answer = ask(library, question)
    assert (answer.kind, answer.refused) == ("fact", False)
    assert answer.citations[0].title.startswith(title)
    assert fact in answer.answer


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("How many GPUs was ProofAug run on?", "GPUs"),
        ("What does StableCascade say about SA-Solver?", "StableCascade"),
        ("Who invented the zip fastener?", "The library has nothing on "),
        ("What is the melting point of gallium?", "The library has nothing on "),
        ("What has Grace Hopper worked on?", "The library has no papers by Grace Hopper"),
        ("Which papers are by Grace Hopper?", "The library has no papers by Grace Hopper"),
    ],
)
def test_refusals(library: Assistant, question: str, part: str) -> None:
    answer = ask(library, question)
    assert answer.refused
    assert answer.citations == ()
    assert part in answer.answer


@pytest.mark.parametrize(
    ("question", "kind", "count"),
    [
        ("What has Di He worked on?", "author", 10),
        ("Summarise Di He's research", "author", 10),
        ("List the papers of Sun, Jiacheng", "list", 10),
        ("How many papers does di he have?", "count", 10),
        ("What have Di He and Jiacheng Sun written together?", "list", 1),
    ],
)
def test_authors(library: Assistant, question: str, kind: str, count: int) -> None:
    answer = ask(library, question)
    assert (answer.kind, len(titles(answer))) == (kind, count)


def test_an_author_on_a_subject(library: Assistant) -> None:
    answer = ask(library, "Which papers by Di He are about spiking neural networks?")
    assert answer.kind == "list"
    assert {title.split(":")[0] for title in titles(answer)} == {
        "Temporal Spiking Neural Networks with Synaptic Delay for Graph Reasoning",
        "Online Pseudo-Zeroth-Order Training of Neuromorphic Spiking Neural Networks",
    }


def test_a_list(library: Assistant) -> None:
    answer = ask(library, "Which papers study how transformers or language models reason?")
    assert answer.kind == "list"
    assert "Enhancing Auto-regressive Chain-of-Thought through Loop-Aligned Reasoning" in titles(answer)


def test_a_comparison(library: Assistant) -> None:
    answer = ask(library, "Compare RTO with SA-Solver")
    assert answer.kind == "compare"
    assert [title[:9] for title in titles(answer)] == ["DPO Meets", "SA-Solver"]


def test_follow_ups(library: Assistant) -> None:
    first = "What is ProofAug?"
    assert "66.0%" in ask(library, "Which pass rate does it reach?", first).answer
    assert titles(ask(library, "And BUSGen?", first))[0].startswith("A Foundational Generative Model")
    assert titles(ask(library, "What does RTO do?", first))[0].startswith("DPO Meets PPO")
    assert ask(library, "Which batch size does it use?", first).refused
