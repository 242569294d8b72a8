"""Follow-up questions."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.conversation.standalone import standalone
from rag.assistant import Assistant
from rag.types import Answer, Message


def turns(*questions: str) -> list[Message]:
    return [Message(role, text) for asked in questions for role, text in (("user", asked), ("assistant", "So [1]."))]  # type: ignore[arg-type]


def asked(assistant: Assistant, *questions: str) -> Answer:
    return assistant.ask(questions[-1], turns(*questions[:-1])).answer


@pytest.mark.parametrize(
    ("questions", "paper", "part"),
    [
        (("What is KelpNet?", "What error does it reach?"), "inv:1", "2.7"),
        (("What is KelpNet?", "In what year was it published?"), "inv:1", "2021"),
        (("What is KelpNet?", "Where is its code?"), "inv:1", "example.org/kelpnet"),
        (("What is KelpNet?", "How many images?"), "inv:1", "14,200"),
        (("What is KelpNet?", "and the code?"), "inv:1", "example.org/kelpnet"),
        (("What is KelpNet?", "What is the error of this method?"), "inv:1", "2.7"),
        (("What is KelpNet?", "And PollenGAN?"), "inv:9", "PollenGAN"),
        (("What is KelpNet?", "PollenGAN?"), "inv:9", "PollenGAN"),
        (("What is KelpNet?", "What is PollenGAN?"), "inv:9", "PollenGAN"),
        (("What is KelpNet?", "What is sparse attention?"), "inv:11", "sparse attention"),
        (("What is KelpNet?", "How deep is the snow below ski tracks?"), "inv:12", "Ski tracks"),
        (("What is KelpNet?", "What about TMT, does it need many GPU hours?"), "inv:2", "9 GPU hours"),
        (("What is TMT?", "Thanks. And PollenGAN?", "Which FID does it reach?"), "inv:9", "7.9"),
        (("What has Orla Wen worked on?", "What did she find about drones?"), "inv:5", "40% fewer"),
        (("What is KelpNet?", "What is TMT?", "How far ahead does it forecast?"), "inv:2", "48 hours"),
    ],
)
def test_follow_ups(invented: Assistant, questions: tuple[str, ...], paper: str, part: str) -> None:
    answer = asked(invented, *questions)
    assert not answer.refused
    assert answer.citations[0].paper_id == paper
    assert part in answer.answer
    assert answer.question == questions[-1]


@pytest.mark.parametrize(
    "second", ["And Bo He?", "What about Bo He?", "What has Bo He worked on?", "How about He, Bo?"]
)
def test_another_author(invented: Assistant, second: str) -> None:
    answer = asked(invented, "What has Orla Wen worked on?", second)
    assert {citation.paper_id for citation in answer.citations} == {"inv:5", "inv:6", "inv:11"}


def test_a_refused_follow_up_repeats_what_was_typed(invented: Assistant) -> None:
    answer = asked(invented, "What is KelpNet?", "What batch size does it use?")
    assert answer.refused
    assert "What batch size does it use" in answer.answer
    assert answer.standalone_question.find("KelpNet") >= 0


@pytest.mark.parametrize(
    "history",
    [
        [],
        [Message("assistant", "Hello, ask me.")],
        [Message("user", "   "), Message("assistant", "?")],
    ],
)
def test_no_earlier_question_changes_nothing(history: list[Message]) -> None:
    assert standalone("What is it?", history).question == "What is it?"


def test_a_history_may_end_anywhere(invented: Assistant) -> None:
    history = turns("What is KelpNet?")
    for some in (history, history[:1], [*history, Message("assistant", "One more thing.")]):
        assert "2.7" in invented.ask("What error does it reach?", some).answer.answer


def test_a_long_history_counts_by_its_end(invented: Assistant) -> None:
    history = turns(*["What is PollenGAN?"] * 200, "What is KelpNet?")
    assert "2.7" in invented.ask("What error does it reach?", history).answer.answer


def test_a_full_question_stands_alone() -> None:
    question = "Which benchmark does Lichen-SLAM use on rock faces?"
    assert standalone(question, turns("What is KelpNet?")).question == question


@given(st.lists(st.text(st.characters(), max_size=80), min_size=1, max_size=9))
def test_any_conversation_has_a_standalone_question(questions: list[str]) -> None:
    found = standalone(questions[-1], turns(*questions[:-1]))
    assert found.focus.casefold() in found.question.casefold() or found.follows
    assert len(found.question) < 10 * 90


@pytest.mark.parametrize(
    "history",
    [
        turns("What is KelpNet?") * 500,
        [Message("assistant", "Hello."), *turns("What is KelpNet?"), Message("user", "Hm."), Message("user", "")],
        [Message("user", "What is KelpNet?"), Message("assistant", "")],
        [*turns("What is KelpNet?"), Message("assistant", "It counts fronds [1]. " + "More of it. " * 100_000)],
    ],
    ids=["long", "odd", "empty", "enormous"],
)
def test_odd_histories_are_understood_quickly(history: list[Message]) -> None:
    began = time.process_time()
    assert standalone("Who wrote it?", history).question == "Who wrote KelpNet?"
    assert time.process_time() - began < 0.1


@pytest.mark.parametrize(
    "content",
    ["x" * 10**6, "**" * 10**5, "what does " * 10**4, "Aa Bb " * 10**4, "?" * 10**5, "- **a " * 10**4, "\ud800"],
)
def test_enormous_turns_are_cut(content: str) -> None:
    history = [Message(role, content) for role in ("assistant", "user", "user", "assistant")] * 10  # type: ignore[arg-type]
    began = time.process_time()
    for question in ("Who wrote it?", "And five?", content):
        standalone(question, history)
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("What is KelpNet?", "What are the limitations of masked diffusion models?"),
        ("Which papers use buoys?", "Which papers have code available?"),
        ("What does TMT stand for?", "Which papers use reinforcement learning?"),
        ("What did Bo He write?", "How many papers are in the library?"),
    ],
)
def test_a_question_to_the_library_drags_nothing_along(before: str, question: str) -> None:
    assert standalone(question, turns(before)).question == question
