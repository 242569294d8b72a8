"""Follow-ups that ask for fewer of someone's papers."""

from __future__ import annotations

import pytest

from rag.answering.conversation.narrowing import narrowed
from rag.answering.conversation.scene import Scene
from rag.assistant import Assistant
from rag.types import Message

OF_BRANDT = Scene(question="What has Mateo Brandt worked on?", people=("Mateo Brandt",))


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("how many since 2020?", "How many papers by Mateo Brandt since 2020?"),
        ("how many of them are from 2021", "How many papers by Mateo Brandt from 2021?"),
        ("only the ones since 2022", "Which papers by Mateo Brandt since 2022?"),
        ("which are at ICML?", "Which papers by Mateo Brandt at ICML?"),
        ("since 2022?", "Which papers by Mateo Brandt since 2022?"),
        ("with whom?", "Who has Mateo Brandt written with?"),
        ("who are the co-authors?", "Who has Mateo Brandt written with?"),
        ("in which venues?", "Which venues has Mateo Brandt published in?"),
        ("how many parameters does it have?", ""),
        ("what about kelp?", ""),
        ("which are in the best shape?", ""),
    ],
)
def test_a_question_about_the_same_papers_is_whole(question: str, whole: str) -> None:
    assert narrowed(question, OF_BRANDT) == whole


def test_after_a_question_about_a_paper_nothing_is_narrowed() -> None:
    assert narrowed("since 2020?", Scene(question="What is KelpNet?", things=("KelpNet",))) == ""
    told = Scene(question="Who wrote KelpNet?", things=("KelpNet",), people=("Mateo Brandt",))
    assert narrowed("which venue?", told) == ""


def test_a_digest_then_fewer_papers_then_two_of_them(invented: Assistant) -> None:
    history: tuple[Message, ...] = ()
    cited = []
    for question in ("What has Mateo Brandt worked on?", "and how many since 2022?", "compare the first two"):
        answer = invented.ask(question, history).answer
        history += (Message("user", question), Message("assistant", answer.answer))
        cited.append((answer.kind, {citation.paper_id for citation in answer.citations}))
    assert cited == [
        ("author", {"inv:1", "inv:2", "inv:10"}),
        ("count", {"inv:2", "inv:10"}),
        ("compare", {"inv:2", "inv:10"}),
    ]
