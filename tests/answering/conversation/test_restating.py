"""Follow-ups restated by a language model that may wander."""

from __future__ import annotations

import pytest

from rag.answering.conversation.restating import prompt, rewritten
from rag.answering.conversation.standalone import Standalone, standalone
from rag.errors import LanguageModelError
from rag.types import Message, Prompt

HISTORY = (
    Message("user", "What is KelpNet?"),
    Message("assistant", "KelpNet counts canopy fronds in images from drifting buoys in 2021 [1]."),
)


def restated(question: str, said: str, history: tuple[Message, ...] = HISTORY) -> tuple[Standalone, Standalone]:
    rules = standalone(question, history)
    return rewritten(question, history, rules, lambda _: said), rules


@pytest.mark.parametrize(
    ("question", "said", "kept"),
    [
        ("Is its code available?", "Is the code of KelpNet available?", "Is the code of KelpNet available?"),
        ("Does it need five cameras?", " Rewritten: Does KelpNet need 5 cameras?\n", "Does KelpNet need 5 cameras?"),
        ("And on how many buoys?", "“On how many buoys was KelpNet used?”", "On how many buoys was KelpNet used?"),
        (
            "compare it with TMT",
            "Compare KelpNet with TMT in counting fronds",
            "Compare KelpNet with TMT in counting fronds",
        ),
        ("And in 2021?", "What did KelpNet count in 2021?", "What did KelpNet count in 2021?"),
    ],
)
def test_a_faithful_restatement_is_taken(question: str, said: str, kept: str) -> None:
    found, _ = restated(question, said)
    assert found == Standalone(kept, kept, True)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Is its code available?", ""),
        ("Is its code available?", "Yes, the code of KelpNet is available."),
        ("Is its code available?", "Yes, is the code of KelpNet available?"),
        ("Is its code available?", "The code of KelpNet is available."),
        ("Is its code available?", "Is the code of BERT available?"),
        ("Is its code available?", "Is the code of KelpNet from 2023 available?"),
        ("Is its code available?", "Is its code available?"),
        ("Is its code available?", "Is the code of KelpNet available?\nIt is on a website."),
        ("Is its code available?", "Is the code of KelpNet available? It is."),
        ("Is its code available?", "Is the code of KelpNet [1] available?"),
        ("Is its code available?", "What is KelpNet?"),
        ("Is its code available?", "How does KelpNet count canopy fronds?"),
        ("Is its code available?", "Is the code of KelpNet available" + " and also useful" * 20 + "?"),
        ("Is its code available?", "<think>Is the code of KelpNet available?"),
        ("Does it beat TMT?", "Does KelpNet beat all others?"),
        ("And with five labels?", "What is KelpNet with labels?"),
        ("And with five labels?", "What is KelpNet with six labels?"),
        ("And with five labels?", "I am sorry, what is KelpNet with five labels?"),
    ],
)
def test_a_model_that_wanders_is_not_followed(question: str, said: str) -> None:
    found, rules = restated(question, said)
    assert found == rules


def test_a_model_that_fails_is_not_followed() -> None:
    def fails(_: Prompt) -> str:
        raise LanguageModelError("The server does not answer.")

    rules = standalone("Who wrote it?", HISTORY)
    assert rewritten("Who wrote it?", HISTORY, rules, fails) == rules


@pytest.mark.parametrize(
    ("question", "history"),
    [
        ("What is KelpNet?", ()),
        ("Is its code available?", ()),
        ("Which benchmark does Lichen-SLAM use on rocks?", HISTORY),
    ],
)
def test_a_model_is_not_asked_without_need(question: str, history: tuple[Message, ...]) -> None:
    def never(_: Prompt) -> str:
        raise AssertionError

    rules = standalone(question, history)
    assert rewritten(question, history, rules, never) == rules


def test_the_prompt_is_short_and_ends_with_the_question() -> None:
    history = [Message("user" if turn % 2 else "assistant", f"turn {turn} " + "word " * 5000) for turn in range(1000)]
    asked = prompt("Who\nwrote it?", history)
    (turn,) = asked.turns
    assert turn.role == "user"
    assert turn.content.endswith("Last question: Who wrote it?\nRewritten:")
    assert len(turn.content) < 3000
    assert "turn 999" in turn.content
    assert "turn 10 " not in turn.content
