"""Papers by one author or another."""

from __future__ import annotations

import pytest

from rag.assistant import Assistant
from rag.retrieval.planning.parts import Part
from rag.types import Answer


def cited(answer: Answer) -> set[str]:
    return {citation.paper_id for citation in answer.citations}


def of(assistant: Assistant, author: str) -> set[str]:
    return cited(assistant.ask(f"Papers by {author}").answer)


@pytest.mark.parametrize(
    "question",
    ["Papers by Orla Wen or Bo He", "List papers by either Orla Wen or Bo He", "How many papers by Bo He or Orla Wen?"],
)
def test_one_of_them_is_enough(invented: Assistant, question: str) -> None:
    answer = invented.ask(question).answer
    assert cited(answer) == of(invented, "Orla Wen") | of(invented, "Bo He")
    assert " or " in answer.answer.splitlines()[0]
    assert "rag export" not in answer.answer
    assert answer.plan is not None and not answer.plan.filters.authors


def test_both_are_asked_for_with_and(invented: Assistant) -> None:
    answer = invented.ask("Papers by Orla Wen and Bo He").answer
    assert answer.plan is not None
    assert answer.plan.filters.authors == ("Orla Wen", "Bo He")
    assert not answer.plan.filters.any_authors


def test_one_of_them_can_be_dropped(invented: Assistant) -> None:
    answer = invented.ask("Papers by Orla Wen or Bo He", dropped={Part("author", "Bo He")}).answer
    assert cited(answer) == of(invented, "Orla Wen")


def test_neither_has_such_a_paper(invented: Assistant) -> None:
    answer = invented.ask("How many papers by Orla Wen or Bo He in 1950?").answer
    assert answer.refused
    assert "by Orla Wen or Bo He" in answer.answer
