"""The words of a refusal."""

from __future__ import annotations

from rag.answering.refusal import refusal
from rag.assistant import Assistant
from rag.types import Paper


def test_what_is_missing_and_what_is_near() -> None:
    text = refusal("What is *it*  [3]?", ["A [1]", "B"], [Paper("1", "On [2] *x*"), Paper("2", "Two")])
    assert text == (
        "The library has nothing on “What is \\*it\\* \\[3\\]”. "
        "No abstract that fits the question says anything about “A \\[1\\]”, “B”.\n\n"
        "The nearest papers are:\n\n- *On \\[2\\] \\*x\\**\n- *Two*"
    )


def test_nothing_near() -> None:
    assert refusal("Why?", [], []) == "The library has nothing on “Why”."


def test_no_question() -> None:
    for blank in ("", " \n", "???"):
        assert "no question" in refusal(blank, [], [Paper("1", "One")])


def test_a_long_question_is_not_repeated_whole() -> None:
    text = refusal("snow " * 5000, [], [])
    assert len(text) < 400
    assert text.endswith(" …”.")


def test_the_nearest_papers_are_offered(invented: Assistant) -> None:
    answer = invented.ask("What learning rate is KelpNet trained with?").answer
    assert answer.refused
    assert "“learning rate”" in answer.answer
    assert answer.answer.count("\n- *") == 3
    assert "KelpNet: Counting Canopy Fronds" in answer.answer
