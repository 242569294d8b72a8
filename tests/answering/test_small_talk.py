"""Courtesies, and questions that only look like them."""

from __future__ import annotations

import pytest

from rag.answering.small_talk import is_courtesy, reply
from rag.assistant import Assistant
from rag.types import Message


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("hello", "Hello"),
        ("Hi there!", "Hello"),
        ("Good morning.", "Hello"),
        ("Good evening!", "Hello"),
        ("Good day", "Hello"),
        ("Good one", "Good."),
        ("Have a good day", "Goodbye"),
        ("thanks", "welcome"),
        ("Thank you very much!", "welcome"),
        ("ok, thanks a lot", "welcome"),
        ("That was very helpful.", "welcome"),
        ("ok great", "Good"),
        ("I see", "Good"),
        ("Bye bye", "Goodbye"),
        ("thanks, see you later", "Goodbye"),
        ("Who are you?", "12 papers"),
        ("Hi, what can you do?", "12 papers"),
    ],
)
def test_a_courtesy_is_answered_in_kind(text: str, part: str) -> None:
    assert is_courtesy(text)
    assert part in reply(text, 12)


@pytest.mark.parametrize(
    "text",
    ["", "?", "Thanks. What is KelpNet?", "What can KelpNet do?", "hello world programs", "Why?", "[1]", "ok " * 500,
     "Is it good?", "Who is Orla Wen?", "great apes", "no free lunch", "yes/no questions"],
)  # fmt: skip
def test_a_question_is_none(text: str) -> None:
    assert not is_courtesy(text)
    assert reply(text, 12) == ""


def test_a_courtesy_does_not_repeat_the_last_answer(invented: Assistant) -> None:
    history = [Message("user", "What is KelpNet?"), Message("assistant", "KelpNet counts fronds. [1]")]
    answer = invented.ask("thanks!", history).answer
    assert (answer.kind, answer.refused, answer.citations) == ("small talk", False, ())
    assert "KelpNet" not in answer.answer
