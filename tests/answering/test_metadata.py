"""Answers from what the library knows of papers themselves."""

from __future__ import annotations

import pytest

from rag.answering.citations import Numbering
from rag.answering.metadata import write
from rag.assistant import Assistant
from rag.types import Asks, Evidence, Hit, Paper


def written(asks: Asks, *papers: Paper) -> str:
    hits = [Hit(paper, 1.0, 0.0, (Evidence(paper.title, "title", 0, len(paper.title), 1.0),)) for paper in papers]
    return "".join(write(asks, hits, Numbering()))


FULL = Paper("a", "Knots", "", ("Ana Roe", "Bo Li", "Cy Fu"), True, 2020, "Rope Letters", "https://example.org/k")
BARE = Paper("b", "Ropes")


@pytest.mark.parametrize(
    ("asks", "paper", "answer"),
    [
        ("authors", FULL, "**Knots** is by Ana Roe, Bo Li and Cy Fu. [1]"),
        ("authors", Paper("c", "Twine", "", ("Ana Roe",)), "**Twine** is by Ana Roe. [1]"),
        ("authors", BARE, "The library does not say who wrote **Ropes**."),
        (
            "authors",
            Paper("c", "Twine", "", ("Ana Roe", "Bo Li"), False),
            "The known authors of **Twine** are Ana Roe and Bo Li; there may be more. [1]",
        ),
        (
            "authors",
            Paper("c", "Twine", "", ("Ana Roe",), False),
            "The only known author of **Twine** is Ana Roe; there may be more. [1]",
        ),
        ("year", FULL, "**Knots** appeared in 2020. [1]"),
        ("year", BARE, "The library does not say when **Ropes** appeared."),
        ("venue", FULL, "**Knots** appeared in *Rope Letters* in 2020. [1]"),
        ("venue", BARE, "The library does not say where **Ropes** appeared."),
        (
            "venue",
            Paper("c", "Twine", year=1999),
            "The library does not say where **Twine** appeared, only that it was in 1999.",
        ),
        ("link", FULL, "**Knots** is at https://example.org/k [1]"),
        ("link", BARE, "The library has no link for **Ropes**."),
    ],
)
def test_a_sentence_for_a_paper(asks: Asks, paper: Paper, answer: str) -> None:
    assert written(asks, paper) == answer


def test_a_bullet_for_each_of_several_papers() -> None:
    assert written("year", FULL, BARE) == (
        "- **Knots** appeared in 2020. [1]\n- The library does not say when **Ropes** appeared. [2]"
    )


@pytest.mark.parametrize(
    ("question", "paper", "part"),
    [
        ("Who wrote KelpNet?", "inv:1", "Orla Wen and Mateo Brandt"),
        ("who wrote kelpnet", "inv:1", "Orla Wen"),
        ("Who are the authors of the Tidal Memory Transformer?", "inv:2", "Mateo Brandt and Ines Quill"),
        ('Who wrote "Do Language Models Know Knots?"', "inv:10", "Lise van der Moor"),
        ("Who wrote the paper on counting kelp?", "inv:1", "Orla Wen"),
        ("Who wrote the paper on StackHall?", "inv:5", "Tobias Anker"),
        ("Can you tell me who proposed Fungal Graphs?", "inv:6", "Bo He"),
        ("When was PollenGAN published?", "inv:9", "2021"),
        ("In which journal did Reward Splitting appear?", "inv:5", "Journal of Invented Oceans"),
        ("Where was Soil Moisture from the Sound of Rain published?", "inv:8", "Annals of Imagined Ice"),
        ("Give me the DOI of Lichen-SLAM", "inv:3", "https://example.org/3"),
        ("Who works on language models?", "inv:11", "Bo He"),
    ],
)
def test_the_paper_that_is_meant(invented: Assistant, question: str, paper: str, part: str) -> None:
    answer = invented.ask(question).answer
    assert not answer.refused
    assert answer.citations[0].paper_id == paper
    assert answer.citations[0].quote == answer.citations[0].title
    assert part in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "Who wrote BERT?",
        "Who wrote hamlet?",
        "Who wrote GrainSet?",
        "When was Emma published?",
        "Who are the authors of Counting Is All You Need?",
    ],
)
def test_a_paper_the_library_does_not_have(invented: Assistant, question: str) -> None:
    answer = invented.ask(question).answer
    assert answer.refused
    assert "nearest papers" in answer.answer


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("Where can I read the paper on ski tracks?", "no link for **Estimating Snow Depth"),
        ("When was the paper on ski tracks published?", "does not say when **Estimating Snow Depth"),
    ],
)
def test_what_the_library_does_not_know_of_a_paper(invented: Assistant, question: str, part: str) -> None:
    answer = invented.ask(question).answer
    assert (answer.refused, answer.citations) == (True, ())
    assert part in answer.answer


def test_both_papers_of_two_names(invented: Assistant) -> None:
    answer = invented.ask("Who wrote KelpNet and PollenGAN?").answer
    assert [citation.paper_id for citation in answer.citations] == ["inv:1", "inv:9"]
