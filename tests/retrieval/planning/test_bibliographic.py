"""What is asked of papers themselves."""

from __future__ import annotations

import pytest

from rag.assistant import Assistant
from rag.retrieval.planning.bibliographic import asked_of_papers
from rag.retrieval.planning.plan import plan
from rag.types import EVERYTHING


@pytest.mark.parametrize(
    ("question", "asks", "of"),
    [
        ("Who wrote KelpNet?", "authors", "KelpNet"),
        ("Who are the authors of TMT?", "authors", "TMT"),
        ("Please list the authors of TMT", "authors", "TMT"),
        ("KelpNet's authors?", "authors", "KelpNet"),
        ("By whom was TMT written?", "authors", "TMT"),
        ("Who introduced TMT?", "authors", "TMT"),
        ("When was TMT published?", "year", "TMT"),
        ("What year did TMT come out?", "year", "TMT"),
        ("Which of TMT and KelpNet is newer?", "year", "TMT and KelpNet"),
        ("Where did TMT appear?", "venue", "TMT"),
        ("When and where was TMT presented?", "venue", "TMT"),
        ("What is the venue of TMT?", "venue", "TMT"),
        ("Give me the link to TMT.", "link", "TMT"),
        ("What is TMT's DOI?", "link", "TMT"),
        ("Where can I read TMT?", "link", "TMT"),
    ],
)
def test_questions_about_a_paper(question: str, asks: str, of: str) -> None:
    assert asked_of_papers(question) == (asks, of, False)


def test_a_question_about_the_authors_of_several_papers() -> None:
    assert asked_of_papers("Who works on sea ice?") == ("authors", "sea ice", True)


@pytest.mark.parametrize(
    "question",
    [
        "",
        "Where can I find the code of KelpNet?",
        "Give me the link to the code of KelpNet",
        "What is the link to KelpNet's repository?",
        "When was KelpNet trained?",
        "In what year did the Western Roman Empire fall?",
        "At which conference did robots play chess?",
        "Where do kelp forests grow?",
        "When do sensor records span decades?",
        "What do the authors of KelpNet propose?",
        "Who labelled the images in KelpNet?",
        "Which papers were published in 2021?",
        "Who wrote the papers?",
        "Who won the World Cup?",
        "Who made the labels of the images?",
        "Who wrote " + "x" * 1000,
    ],
)
def test_questions_about_contents(question: str) -> None:
    assert asked_of_papers(question)[0] == "contents"


def test_the_plan_says_what_is_asked(invented: Assistant) -> None:
    planned = plan(invented.library, "Who wrote KelpNet?", EVERYTHING)
    assert (planned.asks, planned.question, planned.kind) == ("authors", "KelpNet", "fact")
    assert plan(invented.library, "Who studies snow?", EVERYTHING).asks == "authors"
    assert plan(invented.library, "What is KelpNet?", EVERYTHING).asks == "contents"
