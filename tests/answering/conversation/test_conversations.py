"""Conversations of our own invention: what the last question becomes, and what answers it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from rag.answering.conversation.standalone import standalone
from rag.assistant import Assistant
from rag.types import Message
from tests.invented import ROOT

LINES = (ROOT / "tests" / "fixtures" / "conversations.jsonl").read_text(encoding="utf-8").splitlines()
CONVERSATIONS: list[dict[str, Any]] = [json.loads(line) for line in LINES]
IN_LIBRARY = [each for each in CONVERSATIONS if "asked" in each]
ANYWHERE = [each for each in CONVERSATIONS if "talk" in each]


def check(expected: dict[str, Any], question: str) -> None:
    for part in expected["says"]:
        assert part.casefold() in question.casefold()
    for part in expected.get("never", ()):
        assert part.casefold() not in question.casefold()


@pytest.mark.parametrize("expected", IN_LIBRARY, ids=lambda each: " | ".join(each["asked"]))
def test_a_conversation_with_the_library(invented: Assistant, expected: dict[str, Any]) -> None:
    history: list[Message] = []
    for question in expected["asked"]:
        answer = invented.ask(question, history).answer
        history += [Message("user", question), Message("assistant", answer.answer)]
    check(expected, answer.standalone_question)
    assert next((citation.paper_id for citation in answer.citations), None) == expected["cites"]
    assert answer.refused == (expected["cites"] is None)
    assert expected["answer"] in answer.answer


@pytest.mark.parametrize("expected", ANYWHERE, ids=lambda each: " | ".join(each["talk"][::2]))
def test_a_conversation_with_answers_of_any_make(expected: dict[str, Any]) -> None:
    *before, question = expected["talk"]
    history = [Message("assistant" if place % 2 else "user", text) for place, text in enumerate(before)]
    found = standalone(question, history)
    check(expected, found.question)
