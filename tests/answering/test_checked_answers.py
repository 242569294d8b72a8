"""The repository's seeds, asked with language models that are faithful, that lie, and that write nonsense."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from real_model import RealModel
from trials import Trial, asking, dangling, scripted, unmarked_numbers

from rag.assistant import Assistant

# A question, how its papers' titles begin, and what the answer says.
QUESTIONS = (
    ("Which pass rate does ProofAug reach on miniF2F-test?", ("Efficient Neural Theorem Proving",), "66.0%"),
    ("How much energy does synaptic delay save on graph reasoning?", ("Temporal Spiking Neural Networks",), "20×"),
    ("How accurate is BUSGen compared with radiologists?", ("A Foundational Generative Model",), "16.5%"),
    ("How many categories does LarvSeg know?", ("LarvSeg",), "21K"),
    ("By how much does Positional Integrity Encoding reduce the overhead?", ("Let the Code LLM",), "85%"),
    ("Which FID does DPT reach?", ("Diffusion Models and Semi-Supervised",), "3.08"),
    ("Which papers are about spiking neural networks?", ("Temporal Spiking", "Online Pseudo-Zeroth-Order"), ""),
    ("Compare RTO with SA-Solver", ("DPO Meets PPO", "SA-Solver"), ""),
    ("What have Di He and Jiacheng Sun written together?", ("How Numerical Precision",), ""),
    ("What is the melting point of gallium?", (), ""),
    ("Which batch size does ProofAug use?", (), ""),
)


@pytest.fixture(scope="module")
def folder(seeds: Assistant) -> Path:
    return seeds.settings.library


@pytest.fixture(scope="module")
def lines(seeds: Assistant) -> list[dict[str, Any]]:
    """The questions in the form of an evaluation file."""
    titles = [title for (title,) in seeds.library.rows("SELECT title FROM papers")]
    return [
        {
            "question": question,
            "titles": [title for title in titles if starts and title.startswith(starts)],
            "must_include": [[says]] if says else [],
        }
        for question, starts, says in QUESTIONS
    ]


@pytest.fixture(scope="module")
def truths(folder: Path, lines: list[dict[str, Any]]) -> list[Trial]:
    return list(scripted(folder, lines, lying=False))


def test_a_faithful_model_is_cited_exactly(truths: list[Trial]) -> None:
    assert [(trial.line["question"], trial.cited) for trial in truths] == [
        (trial.line["question"], trial.wanted) for trial in truths
    ]
    assert all(trial.answer.refused for trial in truths if not trial.wanted)
    assert not any(dangling(trial.answer) for trial in truths)


def test_a_faithful_model_is_not_accused(truths: list[Trial]) -> None:
    assert [sentence for trial in truths for sentence in trial.answer.unsupported] == []


def test_a_liar_is_marked(folder: Path, lines: list[dict[str, Any]]) -> None:
    lies = [trial for trial in scripted(folder, lines, lying=True) if trial.lie]
    assert len(lies) >= 5
    assert [str(trial.lie) for trial in lies if not trial.marked] == []
    assert all(any(not citation.supported for citation in trial.answer.citations) for trial in lies)


@pytest.fixture(scope="module")
def nonsense(folder: Path, real_model: RealModel) -> Iterator[Any]:
    with asking(folder, real_model.url, real_model.name, llm_max_output=96) as ask:
        yield ask


@pytest.mark.parametrize("number", range(4))
def test_nothing_dangles_under_a_model_that_writes_nonsense(
    nonsense: Any, lines: list[dict[str, Any]], number: int
) -> None:
    answer = nonsense(lines[number])
    assert answer.model in ("smollm2", "extractive")
    assert not dangling(answer)
    assert unmarked_numbers(answer) == []


def test_the_same_answer_again(nonsense: Any, lines: list[dict[str, Any]]) -> None:
    first, second = nonsense(lines[0]), nonsense(lines[0])
    assert first.citations == second.citations
    assert first.provenance == second.provenance
