"""An answer that is stopped ends with what there is of it, also where no language model writes it."""

from __future__ import annotations

import re

import pytest

from rag.assistant import Assistant


@pytest.mark.parametrize(
    "question",
    [
        "Which papers are there?",
        "How many papers are there?",
        "Which authors are there?",
        "Which venues are there?",
        "What is this library about?",
        "How did the number of papers change over the years?",
        "Compare KelpNet and Lichen-SLAM",
        "What has Bo He worked on?",
        "papers by Wen and Nobody Knowntwice",
        "papers similar to Lichen-SLAM",
    ],
)
def test_a_quoted_answer_ends_when_it_is_stopped(invented: Assistant, question: str) -> None:
    stream = invented.ask(question)
    first = next(stream)
    stream.stop()
    assert list(stream) == []
    answer = stream.answer
    assert answer.answer == first
    markers = {int(marker) for marker in re.findall(r"(?<!\\)\[(\d+)\]", first)}
    assert {citation.marker for citation in answer.citations} == markers


def test_one_that_is_stopped_before_it_begins_is_empty(invented: Assistant) -> None:
    stream = invented.ask("Which papers are there?")
    stream.stop()
    assert (stream.answer.answer, stream.answer.citations) == ("", ())
